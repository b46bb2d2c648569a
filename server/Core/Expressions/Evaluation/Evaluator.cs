// Works out the value of a template.
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Pipewright.Core.Text;

namespace Pipewright.Core.Expressions.Evaluation;

/// <summary>What came of an evaluation: a value or an error.</summary>
public sealed record EvaluationResult(ExpressionValue? Value, EvaluationError? Error);

/// <summary>Why there is no value.</summary>
/// <param name="Message">In the engine's words, where they are known.</param>
/// <param name="Span">In the template's text.</param>
public sealed record EvaluationError(EvaluationErrorCode Code, string Message, TextSpan Span);

public sealed class Evaluator
{
    /// <summary>
    /// What all results of functions may take together, in characters; an element of an array counts as eight. No expression in use comes near it, while
    /// a hostile one would take all memory.
    /// </summary>
    private const long MaximumSize = 8L * BoundedText.DefaultMaximum;

    private const int ElementSize = 8;

    /// <summary>A message that holds a value must not hold all of it.</summary>
    private const int LongestMessage = 1000;

    private readonly Template _template;
    private readonly EvaluationContext _context;
    private long _size;

    private Evaluator(Template template, EvaluationContext context) => (_template, _context) = (template, context);

    /// <summary>Evaluates a template. Never throws: whatever is wrong with it or the context is an error in the result.</summary>
    public static EvaluationResult Evaluate(Template template, EvaluationContext context)
    {
        if (template.Diagnostics is [var first, ..])
        {
            var code = first.Code == ExpressionDiagnostics.TooDeep.Code ? EvaluationErrorCode.NestingTooDeep : EvaluationErrorCode.SyntaxError;
            return new EvaluationResult(null, new EvaluationError(code, $"Unable to parse template language expression '{Shorten(template.Text, 200)}': {first.Message}", first.Span));
        }

        try
        {
            return new EvaluationResult(new Evaluator(template, context).Evaluate(), null);
        }
        catch (EvaluationException e)
        {
            return new EvaluationResult(null, e.Error);
        }
        catch (ValueTooLargeException e)
        {
            return new EvaluationResult(null, new EvaluationError(EvaluationErrorCode.ResultTooLarge, e.Message, new TextSpan(0, template.Text.Length)));
        }
        catch (InsufficientExecutionStackException)
        {
            return new EvaluationResult(null, new EvaluationError(EvaluationErrorCode.NestingTooDeep, "A value is nested too deeply.", new TextSpan(0, template.Text.Length)));
        }
    }

    private ExpressionValue Evaluate()
    {
        foreach (var part in _template.Parts.OfType<ExpressionPart>())
        {
            CheckCalls(part.Expression);
        }

        if (_template.Parts is [ExpressionPart whole] && _template.Kind == TemplateKind.Expression)
        {
            return Evaluate(whole.Expression);
        }

        var text = new BoundedText();
        foreach (var part in _template.Parts)
        {
            text.Append(part is ExpressionPart piece ? Evaluate(piece.Expression).ToText() : ((TextPart)part).Value);
        }

        return new StringValue(text.ToString());
    }

    /// <summary>The engine looks at all calls before it evaluates any, those in branches that are not taken as well.</summary>
    private void CheckCalls(ExpressionNode root)
    {
        var pending = new Stack<ExpressionNode>([root]);
        while (pending.TryPop(out var node))
        {
            if (node is CallNode call)
            {
                CheckCall(call);
            }

            foreach (var child in node.Children.Reverse())
            {
                pending.Push(child);
            }
        }
    }

    private static void CheckCall(CallNode call)
    {
        if (FunctionCatalog.Find(call.Name) is not { } function || (function.Category != FunctionCatalog.ContextCategory && !IsKnown(function.Name)))
        {
            throw Fail(EvaluationErrorCode.FunctionNotDefined, call.NameToken.Span, $"The template function '{call.Name}' is not defined or not valid.");
        }

        var count = call.Arguments.Length;
        if (count < function.MinimumArguments || count > function.MaximumArguments)
        {
            var expected = function.MaximumArguments is not { } most ? $"{function.MinimumArguments} or more"
                : most == function.MinimumArguments ? $"{most}" : $"{function.MinimumArguments} to {most}";
            throw Fail(
                EvaluationErrorCode.ArgumentCount, call.Span,
                $"The template language function '{function.Name}' expects {expected} parameter(s). The function was invoked with '{count}' parameter(s).");
        }
    }

    private static bool IsKnown(string function) => FunctionBodies.All.ContainsKey(function) || LazyFunctions.Contains(function);

    private ExpressionValue Evaluate(ExpressionNode node)
    {
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            throw Fail(EvaluationErrorCode.NestingTooDeep, node.Span, "The expression is nested too deeply to be evaluated. Split it.");
        }

        return node switch
        {
            LiteralNode literal => literal.Value,
            CallNode call => EvaluateCall(call),
            MemberNode member => Select(member, Evaluate(member.Target), member.Name, member.NameToken?.Span ?? member.Span, member.Question is not null),
            IndexNode index => EvaluateIndex(index),
            _ => throw Fail(EvaluationErrorCode.SyntaxError, node.Span, "An expression is missing."),
        };
    }

    private static readonly ImmutableHashSet<string> LazyFunctions = ImmutableHashSet.Create(StringComparer.OrdinalIgnoreCase, "if", "and", "or", "coalesce");

    private ExpressionValue EvaluateCall(CallNode call)
    {
        var function = FunctionCatalog.Find(call.Name)!;
        if (LazyFunctions.Contains(function.Name))
        {
            return EvaluateLazily(function.Name, call);
        }

        var arguments = call.Arguments.Select(Evaluate).ToImmutableArray();
        if (function.Category == FunctionCatalog.ContextCategory)
        {
            return EvaluateContext(function.Name, call, arguments);
        }

        try
        {
            return Count(call, FunctionBodies.Call(new FunctionCall(function.Name, arguments, _context)));
        }
        catch (FunctionException e)
        {
            var span = e.Argument is { } index && index < call.Arguments.Length ? call.Arguments[index].Span : call.Span;
            throw Fail(e.Code, span, e.Message);
        }
    }

    private ExpressionValue Count(CallNode call, ExpressionValue value)
    {
        _size += value switch
        {
            StringValue text => text.Value.Length,
            ArrayValue array => (long)array.Items.Length * ElementSize,
            ObjectValue members => (long)members.Names.Length * ElementSize,
            _ => 0,
        };
        return _size <= MaximumSize ? value : throw Fail(EvaluationErrorCode.ResultTooLarge, call.Span, "The values that the expression makes are too large together.");
    }

    private ExpressionValue EvaluateLazily(string function, CallNode call)
    {
        switch (function)
        {
            case "if":
                return Evaluate(call.Arguments[EvaluateCondition(function, call, 0) ? 1 : 2]);
            case "coalesce":
                return call.Arguments.Select(Evaluate).FirstOrDefault(v => v is not NullValue) ?? NullValue.Instance;
            default:
                var decides = function == "or";
                for (var i = 0; i < call.Arguments.Length; i++)
                {
                    if (EvaluateCondition(function, call, i) == decides)
                    {
                        return new BooleanValue(decides);
                    }
                }

                return new BooleanValue(!decides);
        }
    }

    private bool EvaluateCondition(string function, CallNode call, int argument)
    {
        var value = Evaluate(call.Arguments[argument]);
        return value is BooleanValue boolean
            ? boolean.Value
            : throw Fail(
                EvaluationErrorCode.ArgumentType, call.Arguments[argument].Span,
                $"The template language function '{function}' expects its parameter to be a boolean. The provided value is of type '{value.KindName}'.");
    }

    private ExpressionValue EvaluateContext(string function, CallNode call, ImmutableArray<ExpressionValue> arguments) => function switch
    {
        "pipeline" => ContextValues.MakePipeline(_context),
        "activity" => Find(_context.Activities, call, arguments, "the template action '{0}' is not defined at current scope"),
        "variables" => Find(_context.Variables, call, arguments, "the template variable '{0}' cannot be found"),
        "item" => _context.Item ?? throw NotExpected(call),
        "dataset" => ContextValues.MakeObject(_context.Dataset) ?? throw NotExpected(call),
        "linkedService" => ContextValues.MakeObject(_context.LinkedService) ?? throw NotExpected(call),
        "trigger" => _context.Trigger ?? throw NotExpected(call),
        _ => _context.TriggerBody ?? throw NotExpected(call),
    };

    private ExpressionValue Find(ImmutableDictionary<string, ExpressionValue> table, CallNode call, ImmutableArray<ExpressionValue> arguments, string problem)
    {
        if (arguments is not [StringValue { Value: var name }])
        {
            throw Fail(EvaluationErrorCode.ArgumentType, call.Arguments[0].Span, $"The template language function '{call.Name}' expects a name. The provided value is of type '{arguments[0].KindName}'.");
        }

        return table.GetValueOrDefault(name)
            ?? throw Fail(EvaluationErrorCode.NameNotFound, call.Arguments[0].Span, $"{CannotEvaluate(call)}: {problem.Replace("{0}", name, StringComparison.Ordinal)}.");
    }

    private static EvaluationException NotExpected(CallNode call) =>
        Fail(EvaluationErrorCode.FunctionNotExpected, call.Span, $"The template function '{call.Name}' is not expected at this location.");

    private ExpressionValue EvaluateIndex(IndexNode node)
    {
        var target = Evaluate(node.Target);
        var index = Evaluate(node.Index);
        var isNullSafe = node.Question is not null;
        return (target, index) switch
        {
            (ArrayValue array, IntegerValue { Value: var at }) when at >= 0 && at < array.Items.Length => array.Items[(int)at],
            (NullValue, _) or (ArrayValue, IntegerValue) when isNullSafe => NullValue.Instance,
            (ArrayValue { Items.Length: var length }, IntegerValue { Value: var at }) => throw Fail(
                EvaluationErrorCode.IndexOutOfBounds, node.Index.Span,
                $"{CannotEvaluate(node)} because array index '{at}' is outside bounds (0, {length - 1}) of array."),
            (ObjectValue, StringValue { Value: var name }) => Select(node, target, name, node.Index.Span, isNullSafe),
            (ArrayValue, _) => throw Fail(
                EvaluationErrorCode.PropertyNotSelectable, node.Index.Span,
                $"{CannotEvaluate(node)} because the elements of an array are selected by an integer index. The provided value is of type '{index.KindName}'."),
            (ObjectValue, _) => throw Fail(
                EvaluationErrorCode.PropertyNotSelectable, node.Index.Span,
                $"{CannotEvaluate(node)} because the properties of an object are selected by a string. The provided value is of type '{index.KindName}'."),
            _ => throw NotSelectable(node, target, index.ToText(), node.Index.Span),
        };
    }

    private ExpressionValue Select(ExpressionNode node, ExpressionValue target, string name, TextSpan span, bool isNullSafe)
    {
        switch (target)
        {
            case ObjectValue members when members.Find(name) is { } value:
                return value;
            case ObjectValue or NullValue when isNullSafe:
                return NullValue.Instance;
            case ObjectValue members:
                var available = members.Names.IsEmpty ? "" : $", available properties are '{string.Join(", ", members.Names)}'";
                throw Fail(EvaluationErrorCode.PropertyMissing, span, $"{CannotEvaluate(node)} because property '{name}' doesn't exist{available}.");
            default:
                throw NotSelectable(node, target, name, span);
        }
    }

    private EvaluationException NotSelectable(ExpressionNode node, ExpressionValue target, string name, TextSpan span) => Fail(
        EvaluationErrorCode.PropertyNotSelectable, span,
        $"{CannotEvaluate(node)} because property '{name}' cannot be selected. A property of a value of type '{target.KindName}' was asked for.");

    private string CannotEvaluate(ExpressionNode node) => $"The template language expression '{TextOf(node)}' cannot be evaluated";

    private string TextOf(ExpressionNode node) => Shorten(_template.TextOf(node.Span), 200);

    private static string Shorten(string text, int length) => text.Length <= length ? text : text[..length] + "…";

    private static EvaluationException Fail(EvaluationErrorCode code, TextSpan span, string message) => new(new EvaluationError(code, Shorten(message, LongestMessage), span));

    private sealed class EvaluationException(EvaluationError error) : Exception(error.Message)
    {
        public EvaluationError Error { get; } = error;
    }
}
