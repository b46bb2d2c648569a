using System.Collections.Immutable;
using Pipewright.Core.Factory;
using Pipewright.Core.Features.Completion;
using Pipewright.Core.Features.Expressions;
using Pipewright.Core.Features.Refactorings;
using Pipewright.Core.Rules;
using Pipewright.Core.Text;

namespace Pipewright.Core.Features;

/// <summary>Every feature that the editor asks for, each a function of a snapshot and a place. All throw <see cref="OperationCanceledException"/> when cancelled.</summary>
public static class LanguageFeatures
{
    /// <summary>All findings on one document: its own and those that come from the rest of the factory. None on a file that is not ours.</summary>
    public static ImmutableArray<Diagnostic> GetDiagnostics(FactorySnapshot factory, ResourceDocument document, CancellationToken cancellation) =>
        document.IsForeign ? [] : [.. document.Diagnostics.AddRange(RuleSet.Check(factory, document, cancellation)).OrderBy(d => d.Span.Start)];

    /// <summary>The same findings, with fixes that fit the factory as it is now: those remembered may have been thought of for an older one.</summary>
    public static ImmutableArray<Diagnostic> GetDiagnosticsWithFixes(FactorySnapshot factory, ResourceDocument document, CancellationToken cancellation) =>
        document.IsForeign ? [] : [.. document.Diagnostics.AddRange(RuleSet.CheckAnew(factory, document, cancellation)).OrderBy(d => d.Span.Start)];

    public static CompletionResult GetCompletion(FactorySnapshot factory, ResourceDocument document, int offset, CancellationToken cancellation) =>
        Completions.Find(factory, document, offset, null, cancellation);

    /// <summary>The proposals that come unasked.</summary>
    /// <param name="typed">The character before the cursor, which has just been typed.</param>
    public static CompletionResult GetCompletion(FactorySnapshot factory, ResourceDocument document, int offset, char typed, CancellationToken cancellation) =>
        Completions.Find(factory, document, offset, typed, cancellation);

    public static HoverResult? GetHover(FactorySnapshot factory, ResourceDocument document, int offset, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return ExpressionHover.Find(factory, document, offset) ?? Hover.Find(factory, document, offset);
    }

    public static ImmutableArray<OutlineItem> GetOutline(ResourceDocument document, CancellationToken cancellation) => Outline.Find(document, cancellation);

    public static SignatureResult? GetSignature(ResourceDocument document, int offset, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return ExpressionSignature.Find(document, offset);
    }

    /// <summary>The tokens of a document, or of what touches a span of it, in text order.</summary>
    public static ImmutableArray<SemanticToken> GetTokens(ResourceDocument document, TextSpan? within, CancellationToken cancellation) =>
        ExpressionTokens.Find(document, within, cancellation);

    /// <summary>Other ways to write or to order what is selected, which mean the same.</summary>
    /// <param name="selection">Empty for a cursor.</param>
    public static ImmutableArray<Refactoring> GetRefactorings(FactorySnapshot factory, ResourceDocument document, TextSpan selection, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return AllRefactorings.Find(factory, document, selection, cancellation);
    }
}
