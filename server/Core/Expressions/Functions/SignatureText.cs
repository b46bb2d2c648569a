// The written form of a function's signature in schemas/curated/expressions/functions.yaml, shared by its reader here and the tool that checks it.
using System.Text.RegularExpressions;

namespace Pipewright.Core.Expressions;

/// <summary>A signature as it is written: <c>name(first: type, second?: type, more...: type): returns</c>.</summary>
/// <param name="Returns">A type, or one of <see cref="ReturnWords"/>.</param>
internal sealed partial record SignatureText(string Name, IReadOnlyList<ParameterText> Parameters, string Returns)
{
    /// <summary>How a function's type follows from its arguments.</summary>
    public static IReadOnlyList<string> ReturnWords { get; } = ["same", "element", "union", "branches", "items", "arithmetic"];

    /// <summary>Kinds of text that an argument can be.</summary>
    public static IReadOnlyList<string> RoleWords { get; } =
        ["timestamp", "dateFormat", "timeZone", "timeUnit", "guidFormat", "xpath", "locale", "activityName", "variableName"];

    public static IReadOnlyList<string> KindWords { get; } =
        ["any", "string", "int", "float", "number", "bool", "null", "array", "object", "binary", "xml", "array<string>", "array<int>", "array<object>"];

    /// <exception cref="FormatException">The text is not a signature.</exception>
    public static SignatureText Parse(string text)
    {
        var match = Signature().Match(text);
        if (!match.Success)
        {
            throw new FormatException($"'{text}' is not written as name(parameter: type): type");
        }

        var parts = match.Groups["parameters"].Value;
        var parameters = parts.Length == 0 ? [] : parts.Split(", ").Select(ParameterText.Parse).ToList();
        var returns = match.Groups["returns"].Value;
        return ReturnWords.Contains(returns) || returns.Split('|').All(KindWords.Contains)
            ? new SignatureText(match.Groups["name"].Value, parameters, returns)
            : throw new FormatException($"'{returns}' in '{text}' is neither a type nor a rule for one");
    }

    [GeneratedRegex(@"^(?<name>[A-Za-z0-9]+)\((?<parameters>.*)\): (?<returns>\S+)$", RegexOptions.CultureInvariant)]
    private static partial Regex Signature();
}

/// <summary>A parameter as it is written.</summary>
/// <param name="Type">Kinds with <c>|</c> between them, or a kind of text.</param>
internal sealed partial record ParameterText(string Name, string Type, bool IsOptional, bool Repeats)
{
    /// <exception cref="FormatException">The text is not a parameter.</exception>
    public static ParameterText Parse(string text)
    {
        var match = Parameter().Match(text);
        var type = match.Groups["type"].Value;
        return match.Success && (SignatureText.RoleWords.Contains(type) || type.Split('|').All(SignatureText.KindWords.Contains))
            ? new ParameterText(match.Groups["name"].Value, type, match.Groups["mark"].Value == "?", match.Groups["mark"].Value == "...")
            : throw new FormatException($"'{text}' is not written as name: type, or has an unknown type");
    }

    [GeneratedRegex(@"^(?<name>[A-Za-z0-9]+)(?<mark>\?|\.\.\.)?: (?<type>\S+)$", RegexOptions.CultureInvariant)]
    private static partial Regex Parameter();
}
