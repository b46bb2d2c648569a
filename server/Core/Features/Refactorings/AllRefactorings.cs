// Every refactoring that applies to a selection.
using System.Collections.Immutable;
using Pipewright.Core.Factory;
using Pipewright.Core.Features.Expressions;
using Pipewright.Core.Text;

namespace Pipewright.Core.Features.Refactorings;

internal static class AllRefactorings
{
    private static readonly ImmutableArray<Func<RefactoringContext, IEnumerable<Refactoring>>> All =
    [
        ExtractParameter.Find, ExtractVariable.Find, ExtractChildPipeline.Find, ExtractDataset.Find, InlineParameter.Find, InlineVariable.Find, WrapActivities.Find, UnwrapContainer.Find,
        ChangeLength.Find, SortProperties.Find, ConvertFile.Find,
    ];

    /// <summary>What applies. Nothing in a text with syntax errors, whose structure nobody knows for sure.</summary>
    /// <param name="selection">Empty for a cursor.</param>
    public static ImmutableArray<Refactoring> Find(FactorySnapshot factory, ResourceDocument document, TextSpan selection, CancellationToken cancellation)
    {
        var found = ImmutableArray.CreateBuilder<Refactoring>();
        found.AddRange(ExpressionRewrites.Find(document, selection.Start).Select(r => new Refactoring(Refactoring.Rewrite, r)));
        for (var i = 0; i < document.Resources.Length; i++)
        {
            if (!document.HasSyntaxErrors && document.Resources[i].Root?.Span is { } span && (document.Resources.Length == 1 || span.Touches(selection.Start)))
            {
                var context = new RefactoringContext(factory, document, i, selection);
                foreach (var find in All)
                {
                    cancellation.ThrowIfCancellationRequested();
                    found.AddRange(find(context));
                }
            }
        }

        return found.ToImmutable();
    }
}
