// Which strings YAML takes for what they are without quotes.
using System.Text;
using System.Text.Encodings.Web;
using System.Text.RegularExpressions;

namespace Pipewright.Core.Syntax;

/// <summary>How a string is written in YAML.</summary>
public static partial class YamlScalars
{
    /// <summary>Whether a string means itself when it is written plain, in block and flow text, as key and as value, and in YAML 1.1 readers too.</summary>
    public static bool IsPlain(string text) => PlainString().IsMatch(text) && !NotAString().IsMatch(text);

    /// <summary>A string as one line of YAML: plain where that is safe, else in double quotes.</summary>
    public static string Write(string text) => IsPlain(text) ? text : $"\"{EscapeDoubleQuoted(text)}\"";

    /// <summary>The text between double quotes; it is JSON's too.</summary>
    public static string EscapeDoubleQuoted(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            // JSON escapes what is not in the basic plane as two halves, which readers of YAML need not put together.
            escaped.Append(rune.IsBmp ? JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(rune.ToString()) : rune.ToString());
        }

        return escaped.ToString();
    }

    /// <summary>The text between single quotes.</summary>
    public static string EscapeSingleQuoted(string text) => text.Replace("'", "''", StringComparison.Ordinal);

    [GeneratedRegex(@"\A[A-Za-z0-9_/.$(][A-Za-z0-9_/.$() +=<>*;~^-]*(?<! )\z", RegexOptions.CultureInvariant)]
    private static partial Regex PlainString();

    /// <summary>What YAML 1.2's core schema, or 1.1 in other readers, takes for a number, a boolean, null or a date.</summary>
    [GeneratedRegex(@"\A(~|null|true|false|yes|no|on|off|y|n|[-+.]?[0-9][0-9_,.:xo+a-fe-]*|[-+]?\.(inf|nan)|=|<<)\z", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex NotAString();
}
