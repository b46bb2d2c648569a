// The tree of an expression. Nodes are immutable once built. A broken text gives a tree all the same: what is missing is an ErrorNode of no length.
using System.Collections.Immutable;
using Pipewright.Core.Text;

namespace Pipewright.Core.Expressions;

/// <summary>A node.</summary>
public abstract class ExpressionNode(TextSpan span)
{
    /// <summary>In the template's text, without white space around.</summary>
    public TextSpan Span { get; } = span;

    /// <summary>The call, member or index that this is a part of; null for a whole expression.</summary>
    public ExpressionNode? Parent { get; private set; }

    /// <summary>In text order.</summary>
    public abstract ImmutableArray<ExpressionNode> Children { get; }

    private protected void Adopt()
    {
        foreach (var child in Children)
        {
            child.Parent = this;
        }
    }
}

/// <summary>A string, number, boolean or null.</summary>
public sealed class LiteralNode(ExpressionToken token, ExpressionValue value) : ExpressionNode(token.Span)
{
    public ExpressionToken Token { get; } = token;

    /// <summary>What it stands for: quotes undone, a number as the engine reads it.</summary>
    public ExpressionValue Value { get; } = value;

    public override ImmutableArray<ExpressionNode> Children => [];
}

/// <summary>A call of a function.</summary>
public sealed class CallNode : ExpressionNode
{
    public CallNode(
        TextSpan span, ExpressionToken nameToken, string name, ExpressionToken? open, ImmutableArray<ExpressionNode> arguments,
        ImmutableArray<ExpressionToken> commas, ExpressionToken? close)
        : base(span)
    {
        (NameToken, Name, Open, Arguments, Commas, Close) = (nameToken, name, open, arguments, commas, close);
        Adopt();
    }

    public ExpressionToken NameToken { get; }

    /// <summary>The function's name as written.</summary>
    public string Name { get; }

    /// <summary>Null for a name that no parenthesis follows, which is an error.</summary>
    public ExpressionToken? Open { get; }

    /// <summary>As written: an argument that is missing beside a comma is an <see cref="ErrorNode"/>.</summary>
    public ImmutableArray<ExpressionNode> Arguments { get; }

    public ImmutableArray<ExpressionToken> Commas { get; }

    /// <summary>Null where it is missing.</summary>
    public ExpressionToken? Close { get; }

    public override ImmutableArray<ExpressionNode> Children => Arguments;

    /// <summary>Whether this calls a function, whose name is matched without regard to case.</summary>
    public bool Calls(string function) => Name.Equals(function, StringComparison.OrdinalIgnoreCase);
}

/// <summary><c>target.name</c> or <c>target?.name</c>.</summary>
public sealed class MemberNode : ExpressionNode
{
    public MemberNode(TextSpan span, ExpressionNode target, ExpressionToken? question, ExpressionToken dot, ExpressionToken? nameToken, string name)
        : base(span)
    {
        (Target, Question, Dot, NameToken, Name) = (target, question, dot, nameToken, name);
        Adopt();
    }

    public ExpressionNode Target { get; }

    /// <summary>The <c>?</c> that makes the result null where the target is, or has no such member.</summary>
    public ExpressionToken? Question { get; }

    /// <summary>The question mark where the dot is missing.</summary>
    public ExpressionToken Dot { get; }

    /// <summary>Only a question mark is there.</summary>
    public bool LacksDot => Question is { } question && question.Span == Dot.Span;

    /// <summary>Null where nothing follows the dot.</summary>
    public ExpressionToken? NameToken { get; }

    /// <summary>Empty where nothing follows the dot.</summary>
    public string Name { get; }

    public override ImmutableArray<ExpressionNode> Children => [Target];
}

/// <summary><c>target[index]</c> or <c>target?[index]</c>.</summary>
public sealed class IndexNode : ExpressionNode
{
    public IndexNode(TextSpan span, ExpressionNode target, ExpressionToken? question, ExpressionToken open, ExpressionNode index, ExpressionToken? close)
        : base(span)
    {
        (Target, Question, Open, Index, Close) = (target, question, open, index, close);
        Adopt();
    }

    public ExpressionNode Target { get; }

    /// <summary>The <c>?</c> that makes the result null where the target is, or has no such element.</summary>
    public ExpressionToken? Question { get; }

    public ExpressionToken Open { get; }

    public ExpressionNode Index { get; }

    /// <summary>Null where it is missing.</summary>
    public ExpressionToken? Close { get; }

    public override ImmutableArray<ExpressionNode> Children => [Target, Index];
}

/// <summary>What is not an expression: of no length where one is missing. The parser has reported it.</summary>
public sealed class ErrorNode(TextSpan span) : ExpressionNode(span)
{
    public override ImmutableArray<ExpressionNode> Children => [];
}
