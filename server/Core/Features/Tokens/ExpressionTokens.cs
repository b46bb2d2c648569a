// The tokens of expressions for colouring: what a grammar of the editor cannot tell apart.
using Pipewright.Core.Expressions;
using Pipewright.Core.Factory;
using Pipewright.Core.Syntax;
using Pipewright.Core.Text;

namespace Pipewright.Core.Features.Tokens;

internal static class ExpressionTokens
{
    /// <summary>The tokens of all expressions of a document, or of those that touch a span. None is longer than a line.</summary>
    public static List<SemanticToken> Find(ResourceDocument document, TextSpan? within, CancellationToken cancellation)
    {
        var tokens = new List<SemanticToken>();
        foreach (var site in document.Resources.SelectMany(ExpressionSite.FindAll).Where(s => s.IsDynamic && (within is not { } span || s.Syntax.Span.Overlaps(span))))
        {
            cancellation.ThrowIfCancellationRequested();
            AddTokens(tokens, site, document.Text);
        }

        return tokens;
    }

    private static void AddTokens(List<SemanticToken> tokens, ExpressionSite site, SourceText text)
    {
        var names = new Dictionary<int, SemanticTokenKind>();
        foreach (var part in site.Template.Parts.OfType<ExpressionPart>())
        {
            Classify(part.Expression, names);
        }

        foreach (var token in site.Template.Tokens)
        {
            if (KindOf(token, names) is { } kind)
            {
                tokens.AddRange(SplitLines(site.Syntax, token.Span, text).Select(s => new SemanticToken(s, kind)));
            }
        }
    }

    private static SemanticTokenKind? KindOf(ExpressionToken token, Dictionary<int, SemanticTokenKind> names) => token.Kind switch
    {
        ExpressionTokenKind.At or ExpressionTokenKind.InterpolationStart or ExpressionTokenKind.InterpolationEnd or ExpressionTokenKind.Question => SemanticTokenKind.Operator,
        ExpressionTokenKind.Integer or ExpressionTokenKind.Float => SemanticTokenKind.Number,
        ExpressionTokenKind.String => names.GetValueOrDefault(token.Span.Start, SemanticTokenKind.String),
        ExpressionTokenKind.Identifier => names.TryGetValue(token.Span.Start, out var kind) ? kind : null,
        _ => null,
    };

    /// <summary>What the names in a tree are, by where they start.</summary>
    private static void Classify(ExpressionNode root, Dictionary<int, SemanticTokenKind> names)
    {
        var pending = new Stack<ExpressionNode>([root]);
        while (pending.TryPop(out var node))
        {
            switch (node)
            {
                case CallNode { Open: not null } call:
                    names[call.NameToken.Span.Start] = SemanticTokenKind.Function;
                    break;
                case MemberNode { NameToken: { } name } member:
                    names[name.Span.Start] = IsParameter(member.Target) ? SemanticTokenKind.Parameter : SemanticTokenKind.Property;
                    break;
                case LiteralNode { Token.Kind: ExpressionTokenKind.Identifier } keyword:
                    names[keyword.Span.Start] = SemanticTokenKind.Keyword;
                    break;
                case LiteralNode { Parent: CallNode owner } name when owner.Calls("variables") || owner.Calls("activity"):
                    names[name.Span.Start] = SemanticTokenKind.Variable;
                    break;
            }

            foreach (var child in node.Children)
            {
                pending.Push(child);
            }
        }
    }

    private static bool IsParameter(ExpressionNode target) => target switch
    {
        CallNode call => call.Calls("dataset") || call.Calls("linkedService"),
        MemberNode { Target: CallNode call, Name: var name } => call.Calls("pipeline")
            && (name.Equals("parameters", StringComparison.OrdinalIgnoreCase) || name.Equals("globalParameters", StringComparison.OrdinalIgnoreCase)),
        _ => false,
    };

    /// <summary>The places of a part of a scalar's value, line by line.</summary>
    public static IEnumerable<TextSpan> SplitLines(ScalarSyntax syntax, TextSpan span, SourceText text)
    {
        var source = syntax.ToSourceSpan(span);
        for (var start = source.Start; start < source.End;)
        {
            var line = text.GetLineSpan(text.GetLine(start));
            var end = Math.Min(line.End, source.End);
            while (start < end && char.IsWhiteSpace(text[start]))
            {
                start++;
            }

            if (end > start)
            {
                yield return TextSpan.FromBounds(start, end);
            }

            start = Math.Max(end, NextLine(text, line));
        }
    }

    private static int NextLine(SourceText text, TextSpan line)
    {
        var number = text.GetLine(line.Start) + 1;
        return number < text.LineCount ? text.GetLineSpan(number).Start : text.Length;
    }
}
