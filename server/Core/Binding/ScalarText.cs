// The JSON text of scalars: YAML's core schema knows spellings of numbers, booleans and null that JSON does not.
using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;
using Pipewright.Core.Syntax;

namespace Pipewright.Core.Binding;

public static partial class ScalarText
{
    /// <summary>The JSON text of a scalar that is not a string.</summary>
    /// <returns>Null for a number that JSON has no text for: <c>.inf</c>, <c>.nan</c>.</returns>
    public static string? ToJson(string text, ScalarKind kind) => kind switch
    {
        ScalarKind.Null => "null",
        ScalarKind.Boolean => text.Equals("true", StringComparison.OrdinalIgnoreCase) ? "true" : "false",
        _ when JsonNumber().IsMatch(text) => text,
        ScalarKind.Integer => IntegerToJson(text),
        _ => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
            ? number.ToString("R", CultureInfo.InvariantCulture)
            : null,
    };

    private static string? IntegerToJson(string text)
    {
        if (text.StartsWith("0x", StringComparison.Ordinal))
        {
            return BigInteger.TryParse("0" + text[2..], NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var hex) ? Text(hex) : null;
        }

        if (text.StartsWith("0o", StringComparison.Ordinal))
        {
            return Text(text[2..].Aggregate(BigInteger.Zero, (sum, digit) => (sum * 8) + (digit - '0')));
        }

        return BigInteger.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? Text(number) : null;
    }

    private static string Text(BigInteger number) => number.ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?$", RegexOptions.CultureInvariant)]
    private static partial Regex JsonNumber();
}
