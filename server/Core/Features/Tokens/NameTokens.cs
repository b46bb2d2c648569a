// The names outside of expressions, and the types: what a grammar, which knows nothing of other lines and files, takes for any text.
using Pipewright.Core.Binding;
using Pipewright.Core.Factory;
using Pipewright.Core.Schema;
using Pipewright.Core.Syntax;
using Pipewright.Core.Text;

namespace Pipewright.Core.Features.Tokens;

internal static class NameTokens
{
    /// <summary>In no order. None is longer than a line.</summary>
    public static IEnumerable<SemanticToken> Find(FactorySnapshot factory, ResourceDocument document, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return document.IsForeign ? [] : SymbolScan.Find(factory, document).SelectMany(u => OfName(u, document.Text)).Concat(document.Resources.SelectMany(r => OfTypes(r, document.Text)));
    }

    /// <summary>The names in expressions have tokens as parts of those.</summary>
    private static IEnumerable<SemanticToken> OfName(SymbolUse use, SourceText text) => use.Written is { Kind: WrittenKind.Whole or WrittenKind.Part } written && !IsExpression(written)
        ? Split(written.Scalar, written.Part, text, KindOf(use.Symbol.Kind), use.IsDeclaration ? SemanticTokenModifiers.Declaration : SemanticTokenModifiers.None)
        : [];

    private static bool IsExpression(WrittenName written) => written.Kind == WrittenKind.Part && SpecForm.IsExpression(written.Scalar.Value);

    private static SemanticTokenKind KindOf(SymbolKind kind) => kind switch
    {
        SymbolKind.Resource => SemanticTokenKind.Class,
        SymbolKind.Parameter or SymbolKind.GlobalParameter => SemanticTokenKind.Parameter,
        _ => SemanticTokenKind.Variable,
    };

    private static IEnumerable<SemanticToken> OfTypes(BoundResource resource, SourceText text)
    {
        foreach (var node in resource.Root?.DescendantsAndSelf() ?? [])
        {
            if (node is BoundObject { Type: DiscriminatedType type } value && value.FindValue(type.DiscriminatorName) is BoundScalar { Kind: ScalarKind.String, Syntax: ScalarSyntax written } && !value.HasUnknownVariant)
            {
                var modifiers = value.Shape is { IsDeprecated: true } ? SemanticTokenModifiers.Deprecated : SemanticTokenModifiers.None;
                foreach (var token in Split(written, new TextSpan(0, written.Value.Length), text, SemanticTokenKind.Type, modifiers))
                {
                    yield return token;
                }
            }
            else if (node is BoundProperty { Schema.IsDeprecated: true, Entry.Key: var key })
            {
                foreach (var token in Split(key, new TextSpan(0, key.Value.Length), text, SemanticTokenKind.Property, SemanticTokenModifiers.Deprecated))
                {
                    yield return token;
                }
            }
        }
    }

    private static IEnumerable<SemanticToken> Split(ScalarSyntax scalar, TextSpan part, SourceText text, SemanticTokenKind kind, SemanticTokenModifiers modifiers) =>
        ExpressionTokens.SplitLines(scalar, part, text).Select(s => new SemanticToken(s, kind, modifiers));
}
