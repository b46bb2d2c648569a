// All fixes of a document at once that people would take without thinking.
using System.Collections.Immutable;
using Pipewright.Core.Factory;
using Pipewright.Core.Text;

namespace Pipewright.Core.Features;

internal static class FixAll
{
    /// <summary>A fix may uncover another finding; nobody waits for more rounds than this.</summary>
    private const int MostPasses = 10;

    /// <summary>The changes of the document's text that the fixes come to, one after the other.</summary>
    /// <param name="code">Only findings of this code; null for errors and warnings of all codes.</param>
    public static ImmutableArray<TextChange> Find(FactorySnapshot factory, ResourceDocument document, string? code, CancellationToken cancellation)
    {
        var current = document;
        for (var pass = 0; pass < MostPasses; pass++)
        {
            var changes = Choose(factory, current, code, cancellation);
            if (changes.IsEmpty || Apply(current, changes) is not { } next)
            {
                break;
            }

            factory = factory.With(next);
            current = next;
        }

        return current == document ? [] : TextComparison.FindChanges(document.Text, current.Text);
    }

    /// <summary>How many findings of a document one can mend in one go.</summary>
    public static int Count(IEnumerable<Diagnostic> found, string code) => found.Count(d => d.Code == code && FixOf(d) is not null);

    /// <summary>Null where the fixes together would break the text, which each alone does not.</summary>
    private static ResourceDocument? Apply(ResourceDocument document, ImmutableArray<TextChange> changes)
    {
        var next = ResourceDocument.Create(document.Path, document.Text.WithChanges(changes), document.Classification);
        return next.HasSyntaxErrors && !document.HasSyntaxErrors ? null : next;
    }

    /// <summary>The changes of fixes that do not get into each other's way, in text order. The others have their turn in the next pass.</summary>
    private static ImmutableArray<TextChange> Choose(FactorySnapshot factory, ResourceDocument document, string? code, CancellationToken cancellation)
    {
        var chosen = new List<TextChange>();
        foreach (var finding in LanguageFeatures.GetDiagnosticsWithFixes(factory, document, cancellation))
        {
            var isWanted = code is null ? finding.Severity >= DiagnosticSeverity.Warning : finding.Code == code;
            if (isWanted && FixOf(finding) is { Changes: var changes } && !changes.Any(c => chosen.Exists(o => o.Span.Touches(c.Span.Start) || c.Span.Touches(o.Span.Start))))
            {
                chosen.AddRange(changes);
            }
        }

        return [.. chosen.OrderBy(c => c.Span.Start)];
    }

    /// <summary>The fix that needs no choice and changes nothing but the document itself; null where there is none.</summary>
    private static CodeFix? FixOf(Diagnostic finding) => finding.PreferredFix is { } fix && fix.Edit is { Changes.IsEmpty: false, Files.IsEmpty: true } ? fix : null;
}
