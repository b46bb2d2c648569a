// The package types most properties as "any" and says the type in words: "Type: string (or Expression with resultType string)." This reads it.
using System.Globalization;
using System.Text.RegularExpressions;

namespace Pipewright.Generator;

/// <summary>What a description says of a property's value.</summary>
/// <param name="Type">Null where it says nothing.</param>
/// <param name="Expression">The type that an expression may have there; null where none is mentioned.</param>
internal sealed partial record DescriptionText(TypeText? Type, string? Expression, string? Pattern, long? Minimum, bool IsDeprecated)
{
    public static DescriptionText Parse(string? description)
    {
        if (description is null)
        {
            return new DescriptionText(null, null, null, null, false);
        }

        var match = TypePhrase().Match(description);
        var type = match.Success ? ParseType(match.Groups["type"].Value) : null;
        var expression = ExpressionPhrase().Match(description) is { Success: true } found ? ParseExpression(found.Groups["type"].Value, type) : null;
        var pattern = PatternPhrase().Match(description) is { Success: true } p ? $"^(?:{p.Groups["pattern"].Value})$" : null;
        var minimum = MinimumPhrase().Match(description) is { Success: true } m
            ? long.Parse(m.Groups["value"].Value, CultureInfo.InvariantCulture)
            : (long?)null;
        return new DescriptionText(type, expression, pattern, minimum, DeprecatedPhrase().IsMatch(description));
    }

    private static TypeText? ParseType(string words) => words.Trim().ToUpperInvariant() switch
    {
        var w when w.Contains("SECURESTRING", StringComparison.Ordinal) => new TypeText("secret"),
        var w when w.StartsWith("ARRAY OF STRING", StringComparison.Ordinal) || w.StartsWith("LIST OF STRING", StringComparison.Ordinal) =>
            new TypeText("string").InList(),
        var w when w.StartsWith("ARRAY", StringComparison.Ordinal) || w.StartsWith("LIST", StringComparison.Ordinal) => TypeText.Any.InList(),
        var w when w.StartsWith("STRING", StringComparison.Ordinal) || w.EndsWith("ENUM", StringComparison.Ordinal) => new TypeText("string"),
        var w when w.StartsWith("BOOL", StringComparison.Ordinal) => new TypeText("boolean"),
        var w when w.StartsWith("INT", StringComparison.Ordinal) => new TypeText("integer"),
        var w when w.StartsWith("NUMBER", StringComparison.Ordinal) || w.StartsWith("DOUBLE", StringComparison.Ordinal) => new TypeText("number"),
        var w when w.StartsWith("OBJECT", StringComparison.Ordinal) || w.StartsWith("KEY VALUE PAIRS", StringComparison.Ordinal) => TypeText.Any.InMap(),
        _ => null,
    };

    private static string ParseExpression(string words, TypeText? type)
    {
        var expected = ParseType(words) is { } found ? KindOf(found) : "any";
        // "integer (or Expression with resultType string)": the service converts, so either may come.
        return type is { } known && KindOf(known) != expected ? "any" : expected;
    }

    /// <summary>The word for the kind of value that a type holds, as expressions are typed by it.</summary>
    public static string KindOf(TypeText type) => type switch
    {
        { IsList: true } => "array",
        { IsMap: true } => "object",
        { Text: "secret" } => "string",
        { IsScalar: true } => type.Text,
        _ => "object",
    };

    [GeneratedRegex(@"\bType:\s*(?<type>[A-Za-z][A-Za-z ,]*)", RegexOptions.CultureInvariant)]
    private static partial Regex TypePhrase();

    [GeneratedRegex(@"(?:\bor Expression\b|\bExpression(?= with resultType))(?: with resultType (?<type>[A-Za-z ]+))?", RegexOptions.CultureInvariant)]
    private static partial Regex ExpressionPhrase();

    [GeneratedRegex(@"\bpattern: (?<pattern>\S*\))\.", RegexOptions.CultureInvariant)]
    private static partial Regex PatternPhrase();

    [GeneratedRegex(@"\bminimum: (?<value>\d+)", RegexOptions.CultureInvariant)]
    private static partial Regex MinimumPhrase();

    [GeneratedRegex(@"^\W*(Deprecated|Deprecating)\b|\bwill be retired\b", RegexOptions.CultureInvariant)]
    private static partial Regex DeprecatedPhrase();
}
