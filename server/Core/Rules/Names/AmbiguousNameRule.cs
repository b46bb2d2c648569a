using Pipewright.Core.Text;

namespace Pipewright.Core.Rules.Names;

/// <summary>
/// Two parameters, or two variables, whose names differ in case only: the service compares names without regard to case. Two of the very same
/// name are another finding, PW2007.
/// </summary>
internal sealed class AmbiguousNameRule() : Rule(new("PW5006", DiagnosticSeverity.Error, "Two parameters or variables have one name"))
{
    public override IEnumerable<Diagnostic> Check(RuleContext context)
    {
        foreach (var (noun, table) in DeclaredNames.FindTables(context))
        {
            foreach (var group in table.Properties.Where(p => !p.IsImplied).GroupBy(p => p.Name, StringComparer.OrdinalIgnoreCase))
            {
                var first = group.First();
                foreach (var declared in group.Where(p => p.Name != first.Name))
                {
                    yield return Descriptor.At(
                        declared.NameSpan, $"'{declared.Name}' and '{first.Name}' are one {noun} to the service, which compares names without regard to case. Remove or rename one.",
                        new CodeFix($"Remove '{declared.Name}'", context.Edits.Remove(declared)) { IsPreferred = false }) with
                    {
                        Related = [new RelatedPlace(context.Document.Path, first.NameSpan, $"'{first.Name}' is declared here")],
                    };
                }
            }
        }
    }
}
