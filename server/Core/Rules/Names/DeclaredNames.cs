using Pipewright.Core.Binding;

namespace Pipewright.Core.Rules.Names;

/// <summary>The parameters and variables that a resource declares.</summary>
internal static class DeclaredNames
{
    private static readonly (string Section, string Noun)[] Sections = [("parameters", "parameter"), ("variables", "variable")];

    /// <summary>Each table with the word for what it declares. Data flows have their parameters in their script.</summary>
    public static IEnumerable<(string Noun, BoundObject Table)> FindTables(RuleContext context) =>
        from section in Sections
        let table = context.Properties?.FindValue(section.Section) as BoundObject
        where table?.Shape?.AdditionalProperties is not null
        select (section.Noun, table);

    /// <summary>Whether an expression can name it behind a dot: <c>pipeline().parameters.x</c>.</summary>
    public static bool IsIdentifier(string name) => name.Length > 0 && !char.IsAsciiDigit(name[0]) && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_');
}
