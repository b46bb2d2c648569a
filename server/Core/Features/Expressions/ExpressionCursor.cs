// What stands at a cursor in an expression, from the text before it: what follows may belong to what was there before.
using Pipewright.Core.Expressions;
using Pipewright.Core.Factory;
using Pipewright.Core.Text;

namespace Pipewright.Core.Features.Expressions;

/// <summary>What can be typed at a cursor.</summary>
internal enum CursorKind
{
    /// <summary>Nothing that is known.</summary>
    None,

    /// <summary>An expression: a call or a literal.</summary>
    Expression,

    /// <summary>The name of a member, after a dot.</summary>
    Member,

    /// <summary>The text of a string.</summary>
    Text,
}

/// <summary>A cursor in an expression.</summary>
/// <param name="Node">
/// The node that is being typed, in the tree of the text before the cursor: of <see cref="CursorKind.Member"/> the access, of
/// <see cref="CursorKind.Text"/> the literal.
/// </param>
/// <param name="Analysis">Of the text before the cursor.</param>
/// <param name="Replaced">The word or the string's content that is being typed, with what of it stands after the cursor; in the value.</param>
/// <param name="IsClosed">Of a string: its closing quote is there.</param>
internal sealed record ExpressionCursor(
    CursorKind Kind, ExpressionSite Site, ExpressionScope Scope, ExpressionNode? Node, ExpressionAnalysis Analysis, TextSpan Replaced, bool IsClosed)
{
    public string Text => Site.Scalar.Text;

    /// <summary>The first character after what is replaced that is not white space; <c>\0</c> at the end.</summary>
    public char Next => Text.AsSpan(Replaced.End).TrimStart() is [var next, ..] ? next : '\0';

    /// <summary>Finds a cursor; null outside of expressions.</summary>
    public static ExpressionCursor? Find(FactorySnapshot factory, ResourceDocument document, int offset)
    {
        if (ExpressionSite.FindAt(document, offset) is not var (site, resource))
        {
            return null;
        }

        // In the middle of an escape, or in the indentation of a line, nothing can be typed that would be part of the value.
        var at = site.Syntax.ToValueOffset(offset);
        if (site.Syntax.ToSourceOffset(at) != offset)
        {
            return null;
        }

        var before = Template.Parse(site.Scalar.Text[..at]);
        if (before.Parts is not [.., ExpressionPart last] || !IsOpen(before, last, at))
        {
            return null;
        }

        var scope = new ResourceNames(factory, resource).ScopeAt(site.Scalar);
        var analysis = ExpressionChecker.Check(before, scope, ExpectedType.Anything);
        var node = FindLast(last.Expression, at);
        return node switch
        {
            LiteralNode { Token.Kind: ExpressionTokenKind.String } literal when IsUnclosed(before, literal) => InText(site, scope, analysis, literal, at),
            LiteralNode { Token.Kind: ExpressionTokenKind.String } => null,
            MemberNode member => Word(CursorKind.Member, site, scope, analysis, member, member.NameToken?.Span.Start ?? at, at),
            CallNode { Open: null } name => Word(CursorKind.Expression, site, scope, analysis, name, name.Span.Start, at),
            LiteralNode { Token.Kind: ExpressionTokenKind.Identifier } keyword => Word(CursorKind.Expression, site, scope, analysis, keyword, keyword.Span.Start, at),
            ErrorNode { Span.Length: 0 } => Word(CursorKind.Expression, site, scope, analysis, node, at, at),
            _ => null,
        };
    }

    /// <summary>What the place of the node wants.</summary>
    public ExpressionType Wanted
    {
        get
        {
            var child = Node;
            while (child?.Parent is MemberNode or IndexNode && child.Parent.Children[0] == child)
            {
                child = child.Parent;
            }

            return child?.Parent switch
            {
                CallNode call => FunctionCatalog.Find(call.Name)?.ParameterAt(call.Arguments.IndexOf(child))?.Type ?? ExpressionType.Any,
                null when Site.Template.Kind == TemplateKind.Expression => Site.Expected.Type,
                _ => ExpressionType.Any,
            };
        }
    }

    /// <summary>The parameter whose argument is being typed; null where there is none.</summary>
    public FunctionParameter? Parameter => Node?.Parent is CallNode call ? FunctionCatalog.Find(call.Name)?.ParameterAt(call.Arguments.IndexOf(Node)) : null;

    private static bool IsOpen(Template template, ExpressionPart part, int at) => part.Span.End == at
        && (template.Kind == TemplateKind.Expression || template.Tokens[^1].Kind != ExpressionTokenKind.InterpolationEnd || part.Span.Length <= 2);

    private static ExpressionCursor Word(CursorKind kind, ExpressionSite site, ExpressionScope scope, ExpressionAnalysis analysis, ExpressionNode node, int start, int at)
    {
        var text = site.Scalar.Text;
        var end = at;
        while (end < text.Length && (char.IsLetterOrDigit(text[end]) || text[end] == '_'))
        {
            end++;
        }

        return new ExpressionCursor(kind, site, scope, node, analysis, TextSpan.FromBounds(start, end), false);
    }

    /// <summary>A quote that is not closed pairs up with one further on: then what lies between is not the string's content.</summary>
    private static ExpressionCursor InText(ExpressionSite site, ExpressionScope scope, ExpressionAnalysis analysis, LiteralNode literal, int at)
    {
        var text = site.Scalar.Text;
        var end = text.IndexOf('\'', at);
        var isClosed = end >= 0 && !text.AsSpan(at, end - at).ContainsAny("(),[]");
        if (!isClosed)
        {
            end = at;
            while (end < text.Length && (char.IsLetterOrDigit(text[end]) || text[end] is '_' or '-'))
            {
                end++;
            }
        }

        return new ExpressionCursor(CursorKind.Text, site, scope, literal, analysis, TextSpan.FromBounds(literal.Span.Start + 1, end), isClosed);
    }

    private static bool IsUnclosed(Template template, LiteralNode literal) => template.Diagnostics.Any(d => d.Span == literal.Span) || !EndsWithQuote(template.TextOf(literal.Span));

    private static bool EndsWithQuote(string literal) => literal.Length > 1 && ExpressionLexer.IsClosed(literal);

    /// <summary>The node whose text ends at the cursor, innermost.</summary>
    private static ExpressionNode? FindLast(ExpressionNode root, int at)
    {
        var node = root;
        while (true)
        {
            var inner = node switch
            {
                CallNode { Open: not null, Close: null, Arguments: [.., var argument] } => argument,
                IndexNode { Close: null } index => index.Index,
                _ => null,
            };
            if (inner is null)
            {
                return node.Span.End == at ? node : null;
            }

            node = inner;
        }
    }
}
