// Which type a scalar without quotes has.
using System.Text.RegularExpressions;

namespace Pipewright.Core.Syntax;

public static partial class ScalarResolution
{
    /// <summary>By YAML 1.2's core schema: <c>yes</c> and <c>on</c> are strings.</summary>
    public static ScalarKind Resolve(string text) => text switch
    {
        "" or "~" or "null" or "Null" or "NULL" => ScalarKind.Null,
        "true" or "True" or "TRUE" or "false" or "False" or "FALSE" => ScalarKind.Boolean,
        _ when text[0] is not ('-' or '+' or '.' or (>= '0' and <= '9')) => ScalarKind.String,
        _ when Integer().IsMatch(text) => ScalarKind.Integer,
        _ when Float().IsMatch(text) => ScalarKind.Float,
        _ => ScalarKind.String,
    };

    /// <summary>By JSON's grammar; what is none of its words or numbers is a string that lacks its quotes.</summary>
    public static ScalarKind ResolveJson(string text) => text switch
    {
        "null" => ScalarKind.Null,
        "true" or "false" => ScalarKind.Boolean,
        _ when JsonNumber().Match(text) is { Success: true } match => match.Groups[1].Length + match.Groups[2].Length > 0 ? ScalarKind.Float : ScalarKind.Integer,
        _ => ScalarKind.String,
    };

    [GeneratedRegex(@"^([-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+)\z", RegexOptions.CultureInvariant)]
    private static partial Regex Integer();

    [GeneratedRegex(@"^([-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN))\z", RegexOptions.CultureInvariant)]
    private static partial Regex Float();

    [GeneratedRegex(@"^-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex JsonNumber();
}
