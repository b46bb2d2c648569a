using System.Collections.Immutable;
using Pipewright.Core.Factory;
using Pipewright.Core.Text;

namespace Pipewright.Core.Features;

/// <summary>Every feature that the editor asks for, each a function of a snapshot and a place. All throw <see cref="OperationCanceledException"/> when cancelled.</summary>
public static class LanguageFeatures
{
    /// <summary>All findings on one document: its own and those that come from the rest of the factory.</summary>
    public static ImmutableArray<Diagnostic> GetDiagnostics(FactorySnapshot factory, ResourceDocument document, CancellationToken cancellation) =>
        document.Diagnostics;

    public static CompletionResult GetCompletion(FactorySnapshot factory, ResourceDocument document, int offset, CancellationToken cancellation) =>
        CompletionResult.Empty;

    public static HoverResult? GetHover(FactorySnapshot factory, ResourceDocument document, int offset, CancellationToken cancellation) => null;

    public static ImmutableArray<OutlineItem> GetOutline(ResourceDocument document, CancellationToken cancellation) => [];
}
