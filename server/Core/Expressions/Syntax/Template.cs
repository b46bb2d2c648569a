// A string value at a place that takes dynamic content.
using System.Collections.Immutable;
using Pipewright.Core.Text;

namespace Pipewright.Core.Expressions;

public enum TemplateKind
{
    /// <summary>Text that stands for itself; after <c>@@</c> at its start, without one of them.</summary>
    Literal,

    /// <summary><c>@…</c>: one expression, whose value keeps its type.</summary>
    Expression,

    /// <summary>Text with <c>@{…}</c> in it: always a string.</summary>
    Interpolation,
}

/// <summary>A string value, parsed. Any text gives one.</summary>
/// <param name="Parts">In text order: one for an expression or a literal, any number for an interpolation.</param>
/// <param name="Tokens">They cover <paramref name="Text"/> without gaps.</param>
/// <param name="Diagnostics">What is wrong with its syntax; spans and fixes are in <paramref name="Text"/>.</param>
public sealed record Template(
    string Text, TemplateKind Kind, ImmutableArray<TemplatePart> Parts, ImmutableArray<ExpressionToken> Tokens, ImmutableArray<Diagnostic> Diagnostics)
{
    /// <summary>The most that the service takes in one expression: 8,192 UTF-16 code units (Microsoft's expression limits).</summary>
    public const int MaximumLength = 8192;

    /// <summary>Parses a string value, in time linear in its length.</summary>
    public static Template Parse(string text) => new TemplateParser(text).Parse();

    public string TextOf(TextSpan span) => Text.Substring(span.Start, span.Length);

    /// <summary>The innermost node that a cursor touches; null in plain text.</summary>
    public ExpressionNode? FindNode(int offset)
    {
        var node = Parts.OfType<ExpressionPart>().FirstOrDefault(p => p.Expression.Span.Touches(offset))?.Expression;
        while (node?.Children.LastOrDefault(c => c.Span.Touches(offset)) is { } child)
        {
            node = child;
        }

        return node;
    }
}

/// <summary>A part of a template.</summary>
public abstract record TemplatePart(TextSpan Span);

/// <summary>Text that stands for itself.</summary>
/// <param name="Value">Without escapes.</param>
public sealed record TextPart(TextSpan Span, string Value) : TemplatePart(Span);

/// <summary>An expression: after an <c>@</c>, or in <c>@{…}</c>.</summary>
/// <param name="Span">With what marks it as one.</param>
public sealed record ExpressionPart(TextSpan Span, ExpressionNode Expression) : TemplatePart(Span);
