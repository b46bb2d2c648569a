using Pipewright.Core.Text;

namespace Pipewright.Core.Rules.Names;

/// <summary>
/// A parameter or variable whose name is no identifier: an expression reaches such a parameter in brackets only, and no rule of Microsoft's says
/// that such names work everywhere.
/// </summary>
internal sealed class DeclaredNameRule() : Rule(new("PW5005", DiagnosticSeverity.Warning, "Parameter or variable name is no identifier"))
{
    public override IEnumerable<Diagnostic> Check(RuleContext context) =>
        from table in DeclaredNames.FindTables(context)
        from declared in table.Table.Properties
        where !declared.IsImplied && !DeclaredNames.IsIdentifier(declared.Name)
        let advice = table.Noun == "variable"
            ? "Use letters, digits and '_', with no digit first"
            : $"An expression has to write ['{declared.Name.Replace("'", "''", StringComparison.Ordinal)}'] for it; use letters, digits and '_', with no digit first"
        select Descriptor.At(
            declared.NameSpan, $"The {table.Noun} name '{declared.Name}' is no identifier. {advice}.",
            [.. Renames.OfDeclared(context, declared, ToIdentifier(declared.Name))]);

    private static string ToIdentifier(string name)
    {
        var words = new string([.. name.Trim().Select(c => char.IsAsciiLetterOrDigit(c) ? c : '_')]).Trim('_');
        return words.Length > 0 && char.IsAsciiDigit(words[0]) ? "_" + words : words;
    }
}
