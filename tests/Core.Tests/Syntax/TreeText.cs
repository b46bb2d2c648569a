// A tree as a line of text, for tests: what it holds, with broken parts marked.
using System.Text.Json.Nodes;
using Pipewright.Core.Syntax;
using Pipewright.Core.Text;
using Xunit;

namespace Pipewright.Core.Tests.Syntax;

internal static class TreeText
{
    public static SyntaxTree Parse(string text, SyntaxLanguage language) => SyntaxTree.Parse(new SourceText(text), language);

    /// <summary>Mappings as <c>{a: 1}</c>, a missing value as <c>?</c>, misplaced nodes behind a <c>~</c>.</summary>
    public static string Describe(SyntaxNode? node) => node switch
    {
        null => "?",
        MappingSyntax mapping => "{" + string.Join(", ", mapping.Entries.Select(e => e.Key.Value + ": " + Describe(e.Value)).Concat(mapping.Misplaced.Select(m => "~" + Describe(m)))) + "}",
        SequenceSyntax sequence => "[" + string.Join(", ", sequence.Items.Select(Describe).Concat(sequence.Misplaced.Select(m => "~" + Describe(m)))) + "]",
        ScalarSyntax { Kind: ScalarKind.String } scalar => "'" + scalar.Value + "'",
        ScalarSyntax { Kind: ScalarKind.Null } => "null",
        ScalarSyntax scalar => scalar.Value,
        AliasSyntax alias => "*" + Describe(alias.Target),
        MappingEntrySyntax entry => entry.Key.Value + ": " + Describe(entry.Value),
        _ => throw new InvalidOperationException(),
    };

    public static JsonNode? ToJson(SyntaxNode? node) => node switch
    {
        MappingSyntax mapping => new JsonObject(mapping.Entries.GroupBy(e => e.Key.Value).Select(g => KeyValuePair.Create(g.Key, ToJson(g.Last().Value)))),
        SequenceSyntax sequence => new JsonArray([.. sequence.Items.Select(ToJson)]),
        ScalarSyntax { Kind: ScalarKind.String } scalar => JsonValue.Create(scalar.Value),
        ScalarSyntax { Kind: ScalarKind.Null } or null => null,
        ScalarSyntax scalar => JsonNode.Parse(scalar.Value),
        _ => throw new InvalidOperationException(),
    };

    /// <summary>Tokens touch each other and cover the text; children lie inside their parents.</summary>
    public static void CheckShape(SyntaxTree tree)
    {
        var position = 0;
        foreach (var token in tree.Tokens)
        {
            Assert.Equal(position, token.Span.Start);
            Assert.True(token.Span.Length > 0);
            position = token.Span.End;
        }

        Assert.Equal(tree.Text.Length, position);
        foreach (var root in tree.Documents.Select(d => d.Root).OfType<SyntaxNode>())
        {
            CheckInside(root, new TextSpan(0, tree.Text.Length));
        }

        Assert.All(tree.Diagnostics, d => Assert.True(d.Span.Start >= 0 && d.Span.End <= tree.Text.Length && d.Message.Length > 0));
    }

    private static void CheckInside(SyntaxNode node, TextSpan outer)
    {
        Assert.True(outer.Contains(node.Span), $"{node.Span} is not inside {outer}: {Describe(node)}");
        foreach (var child in node.Children)
        {
            Assert.Same(node, child.Parent);
            CheckInside(child, node.Span);
        }
    }
}
