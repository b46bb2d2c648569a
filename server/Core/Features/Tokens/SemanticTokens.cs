using System.Collections.Immutable;
using Pipewright.Core.Factory;
using Pipewright.Core.Text;

namespace Pipewright.Core.Features.Tokens;

internal static class SemanticTokens
{
    /// <summary>The tokens of a document, or of what touches a span, in text order; they do not overlap.</summary>
    public static ImmutableArray<SemanticToken> Find(FactorySnapshot factory, ResourceDocument document, TextSpan? within, CancellationToken cancellation)
    {
        var tokens = ImmutableArray.CreateBuilder<SemanticToken>();
        var end = 0;
        foreach (var token in ExpressionTokens.Find(document, within, cancellation).Concat(NameTokens.Find(factory, document, cancellation)).OrderBy(t => t.Span.Start))
        {
            // An alias stands for text that has its tokens already.
            if (token.Span.Start >= end && (within is not { } asked || token.Span.Overlaps(asked)))
            {
                tokens.Add(token.Kind == SemanticTokenKind.Parameter ? token with { Modifiers = token.Modifiers | SemanticTokenModifiers.Readonly } : token);
                end = token.Span.End;
            }
        }

        return tokens.ToImmutable();
    }
}
