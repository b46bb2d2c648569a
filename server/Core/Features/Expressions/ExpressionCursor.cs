// What stands at a cursor in an expression, from the text before it: what follows may belong to what was there before.
using Pipewright.Core.Expressions;
using Pipewright.Core.Factory;
using Pipewright.Core.Text;

namespace Pipewright.Core.Features.Expressions;

/// <summary>What can be typed at a cursor.</summary>
internal enum CursorKind
{
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
/// <param name="Source">The document's text.</param>
internal sealed record ExpressionCursor(
    CursorKind Kind, ExpressionSite Site, ExpressionScope Scope, ExpressionNode Node, ExpressionAnalysis Analysis, TextSpan Replaced, bool IsClosed, SourceText Source)
{
    public string Text => Site.Scalar.Text;

    /// <summary>The first character after what is replaced that is not white space; <c>\0</c> at the end.</summary>
    public char Next => Text.AsSpan(Replaced.End).TrimStart() is [var next, ..] ? next : '\0';

    /// <summary>
    /// What another name takes the place of: the word, with the call and the members that follow it. Null where what follows goes with a
    /// function's name only.
    /// </summary>
    public TextSpan? WholeName
    {
        get
        {
            if (Replaced.Length == 0 || Site.Template.FindNode(Replaced.Start) is not { } node || node.Span.Start != Replaced.Start || node is CallNode { Open: not null, Close: null })
            {
                return Next == '(' ? null : Replaced;
            }

            while (node.Parent is MemberNode or IndexNode && node.Parent.Children[0] == node)
            {
                node = node.Parent;
            }

            return IsOneLine(node.Span) ? node.Span : Next == '(' ? null : Replaced;
        }
    }

    /// <summary>The literal that starts at the cursor, where no word is being typed before it.</summary>
    public TextSpan? LiteralAhead => Replaced.Length == 0 && Next == '\''
        && Site.Template.FindNode(Replaced.End) is LiteralNode literal && literal.Span.Start == Replaced.End && IsClosedAt(literal.Span) && IsOneLine(literal.Span) ? literal.Span : null;

    /// <summary>Whether an expression stands after the cursor that is none of what is being typed.</summary>
    public bool IsBeforeExpression => Replaced.Length == 0 && Next != '\0' && (Next is '\'' or '{' || ExpressionLexer.IsIdentifier(Next));

    /// <summary>Whether a part of the value is written in one line: an editor replaces nothing else.</summary>
    public bool IsOneLine(TextSpan span)
    {
        var source = Site.Syntax.ToSourceSpan(span);
        return Source.GetLine(source.Start) == Source.GetLine(source.End);
    }

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
        (CursorKind Kind, ExpressionNode Node, TextSpan Replaced, bool IsClosed)? found = node switch
        {
            LiteralNode { Token.Kind: ExpressionTokenKind.String } literal when IsUnclosed(before, literal) => InText(site.Scalar.Text, literal, at),
            LiteralNode { Token.Kind: ExpressionTokenKind.String } => null,
            MemberNode member => Word(CursorKind.Member, site.Scalar.Text, member, member.NameToken?.Span.Start ?? at, at),
            CallNode { Open: null } or LiteralNode { Token.Kind: ExpressionTokenKind.Identifier } => Word(CursorKind.Expression, site.Scalar.Text, node, node.Span.Start, at),
            ErrorNode { Span.Length: 0 } => Word(CursorKind.Expression, site.Scalar.Text, node, at, at),
            _ => null,
        };
        return found is var (kind, typed, replaced, isClosed) ? new ExpressionCursor(kind, site, scope, typed, analysis, replaced, isClosed, document.Text) : null;
    }

    /// <summary>What the place of the node wants.</summary>
    public ExpressionType Wanted
    {
        get
        {
            var child = Node;
            while (child.Parent is MemberNode or IndexNode && child.Parent.Children[0] == child)
            {
                child = child.Parent;
            }

            return child.Parent switch
            {
                CallNode call => FunctionCatalog.Find(call.Name)?.ParameterAt(call.Arguments.IndexOf(child))?.Type ?? ExpressionType.Any,
                null when Site.Template.Kind == TemplateKind.Expression => Site.Expected.Type,
                _ => ExpressionType.Any,
            };
        }
    }

    /// <summary>The parameter whose argument is being typed; null where there is none.</summary>
    public FunctionParameter? Parameter => Node.Parent is CallNode call ? FunctionCatalog.Find(call.Name)?.ParameterAt(call.Arguments.IndexOf(Node)) : null;

    private static bool IsOpen(Template template, ExpressionPart part, int at) => part.Span.End == at
        && (template.Kind == TemplateKind.Expression || template.Tokens[^1].Kind != ExpressionTokenKind.InterpolationEnd || part.Span.Length <= 2);

    private static (CursorKind Kind, ExpressionNode Node, TextSpan Replaced, bool IsClosed) Word(CursorKind kind, string text, ExpressionNode node, int start, int at)
    {
        // After a question mark that has no dot before the cursor, the one after it is of the same access.
        var end = node is MemberNode { LacksDot: true } && at < text.Length && text[at] == '.' ? at + 1 : at;
        while (end < text.Length && (char.IsLetterOrDigit(text[end]) || text[end] == '_' || (kind == CursorKind.Member && text[end] == '-')))
        {
            end++;
        }

        return (kind, node, TextSpan.FromBounds(start, end), false);
    }

    /// <summary>A quote that is not closed pairs up with one further on: then what lies between is not the string's content.</summary>
    private static (CursorKind Kind, ExpressionNode Node, TextSpan Replaced, bool IsClosed) InText(string text, LiteralNode literal, int at)
    {
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

        return (CursorKind.Text, literal, TextSpan.FromBounds(literal.Span.Start + 1, end), isClosed);
    }

    private static bool IsUnclosed(Template template, LiteralNode literal) => template.Diagnostics.Any(d => d.Span == literal.Span) || !EndsWithQuote(template.TextOf(literal.Span));

    private bool IsClosedAt(TextSpan literal) => EndsWithQuote(Text.Substring(literal.Start, literal.Length));

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
