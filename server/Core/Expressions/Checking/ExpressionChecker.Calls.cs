// Calls: is there such a function, may it stand here, do its arguments fit, what does it give.
using System.Buffers;
using System.Collections.Immutable;
using System.Globalization;
using Pipewright.Core.Expressions.Evaluation;
using Pipewright.Core.Text;

namespace Pipewright.Core.Expressions;

public sealed partial class ExpressionChecker
{
    private static readonly SearchValues<char> OperatorSigns = SearchValues.Create("=!<>&|+*/%-");

    private static readonly StringValue AnyTime = new("2000-06-15T12:00:00");

    /// <summary>How many arguments around are evaluated only if they are needed. People put what fails there, to make a run fail.</summary>
    private int _branches;

    private ExpressionType CheckCall(CallNode call)
    {
        if (call.Open is null)
        {
            // A name alone, which the parser has reported.
            return ExpressionType.Any;
        }

        if (FunctionCatalog.Find(call.Name) is not { } function)
        {
            CheckArguments(call, null);
            ReportUnknown(call);
            return ExpressionType.Any;
        }

        var before = _findings.Count;
        var arguments = CheckArguments(call, function);
        CheckCount(call, function);
        if (function.Category == FunctionCatalog.ContextCategory)
        {
            return CheckContext(call, function);
        }

        if (!function.IsDocumented)
        {
            Report(
                CheckDiagnostics.UndocumentedFunction, call.NameToken.Span,
                $"'{function.Name}' is a function of Logic Apps. It is not documented for Data Factory, and may not work there.");
        }

        if (function.Name == "equals")
        {
            CheckComparison(call, arguments);
        }

        if (_findings.Count == before)
        {
            CheckConstant(call, function);
        }

        return _constants.TryGetValue(call, out var value) && value is not (ArrayValue or ObjectValue) ? TypeOf(value) : TypeOf(function, arguments);
    }

    /// <summary>A call of constants gives the same in every run, or fails in every run.</summary>
    private void CheckConstant(CallNode call, FunctionSignature function)
    {
        // A call that is not closed is still being typed, and may lack arguments; so may one with something in it that is not understood.
        if (call.Close is null || call.Arguments.Length < function.MinimumArguments || call.Arguments.Length > (function.MaximumArguments ?? int.MaxValue) || FindArguments(call, function, out var isWhole) is not { } arguments)
        {
            return;
        }

        if (ConstantCalls.TryCall(function, arguments, out var error) is { } value)
        {
            if (isWhole)
            {
                _constants[call] = value;
            }
        }
        else if (error is not null && _branches == 0 && (isWhole || (error.Argument is { } wrong && _constants.ContainsKey(call.Arguments[wrong]))))
        {
            var span = error.Argument is { } index && index < call.Arguments.Length ? call.Arguments[index].Span : call.Span;
            Report(CheckDiagnostics.AlwaysFails, span, $"This fails in every run. {error.Message}");
        }
    }

    /// <summary>The values of a call's arguments; null where one is not known before a run.</summary>
    /// <param name="isWhole">Whether all are as in every run; else any time stands for a time that is not known: zones, units and formats are right or wrong with every one.</param>
    private ImmutableArray<ExpressionValue>? FindArguments(CallNode call, FunctionSignature function, out bool isWhole)
    {
        isWhole = true;
        var values = ImmutableArray.CreateBuilder<ExpressionValue>(call.Arguments.Length);
        for (var i = 0; i < call.Arguments.Length; i++)
        {
            if (_constants.TryGetValue(call.Arguments[i], out var value))
            {
                values.Add(value);
            }
            else if (function.ParameterAt(i)?.Role == ParameterRole.Timestamp)
            {
                isWhole = false;
                values.Add(AnyTime);
            }
            else
            {
                return null;
            }
        }

        return values.ToImmutable();
    }

    private ImmutableArray<ExpressionType> CheckArguments(CallNode call, FunctionSignature? function)
    {
        var types = ImmutableArray.CreateBuilder<ExpressionType>(call.Arguments.Length);
        for (var i = 0; i < call.Arguments.Length; i++)
        {
            var argument = call.Arguments[i];
            var parameter = function?.ParameterAt(i);
            var isBranch = i > 0 && function?.Name is "if" or "coalesce" or "and" or "or";
            _branches += isBranch ? 1 : 0;
            var type = CheckNode(argument, parameter?.Type ?? ExpressionType.Any);
            _branches -= isBranch ? 1 : 0;
            types.Add(type);
            if (parameter is not null && !Fits(type, parameter.IsOptional ? parameter.Type.OrNull() : parameter.Type))
            {
                Report(
                    CheckDiagnostics.ArgumentType, argument.Span,
                    $"'{function!.Name}' takes {WithArticle(parameter.Type)} as its {Ordinal(i)} argument ('{parameter.Name}'), and this is {WithArticle(type)}.",
                    Convert(argument, type, parameter.Type));
            }
            else if (parameter?.Role == ParameterRole.DateFormat && argument is LiteralNode { Value: StringValue format })
            {
                CheckDateFormat((LiteralNode)argument, format.Value);
            }
        }

        return types.ToImmutable();
    }

    /// <summary>Whether a value of one type may be one of another: only what can never fit is wrong.</summary>
    private static bool Fits(ExpressionType type, ExpressionType wanted)
    {
        // Binary values and XML are objects that the engine turns into text where it wants one.
        const TypeKinds Envelope = TypeKinds.Binary | TypeKinds.Xml;
        var kinds = (type.Kinds & Envelope) != 0 ? type.Kinds | TypeKinds.Object | TypeKinds.String : type.Kinds;
        var taken = (wanted.Kinds & Envelope) != 0 ? wanted.Kinds | TypeKinds.Object : wanted.Kinds;

        // What may be null is only known when it runs.
        return type.Kinds == TypeKinds.None || (kinds & taken) != 0 || (type.Kinds.HasFlag(TypeKinds.Null) && type.Kinds != TypeKinds.Null);
    }

    private void CheckCount(CallNode call, FunctionSignature function)
    {
        // What is missing after the last comma, or in a call that is not closed, is still being typed.
        var count = call.Arguments.Length;
        if (call.Close is null || call.Arguments.Any(a => a is ErrorNode))
        {
            return;
        }

        if (count < function.MinimumArguments || count > function.MaximumArguments)
        {
            var wanted = (function.MinimumArguments, function.MaximumArguments) switch
            {
                (0, 0) => "no arguments",
                (1, 1) => "one argument",
                var (least, most) when least == most => $"{least} arguments",
                (var least, null) => $"{least} or more arguments",
                var (least, most) => $"{least} to {most} arguments",
            };
            var span = count > function.MaximumArguments
                ? TextSpan.FromBounds(call.Arguments[function.MaximumArguments!.Value].Span.Start, call.Arguments[^1].Span.End)
                : call.NameToken.Span;
            Report(CheckDiagnostics.ArgumentCount, span, $"'{function.Name}' takes {wanted}, and this call has {(count == 0 ? "none" : count.ToString(CultureInfo.InvariantCulture))}: {function}.");
            return;
        }

        var isUnusual = function.Name switch
        {
            "and" or "or" => count != 2,
            "substring" => count == 2,
            "formatDateTime" => count == 3,
            "float" => count == 2,
            _ => false,
        };
        if (isUnusual)
        {
            Report(CheckDiagnostics.UnusualCount, call.NameToken.Span, $"The engine takes this number of arguments, but '{function.Name}' is documented with {(function.Name is "substring" ? "three" : function.Name is "float" ? "one" : "two")}.");
        }
    }

    private void ReportUnknown(CallNode call)
    {
        var span = call.NameToken.Span;
        if (FunctionCatalog.FindForeign(call.Name) is { } foreign)
        {
            var origin = foreign.IsDataFlow ? "data flows" : "Logic Apps";
            if (foreign.Replacement is null)
            {
                Report(CheckDiagnostics.UnknownFunction, span, $"'{foreign.Name}' is a function of {origin}, and pipelines have nothing like it.");
                return;
            }

            var written = Fill(foreign.Replacement, call);
            var shown = written ?? foreign.Replacement.Replace("{text0}", "…", StringComparison.Ordinal).Replace("{0}", "…", StringComparison.Ordinal);
            Report(
                CheckDiagnostics.UnknownFunction, span, $"'{foreign.Name}' is a function of {origin}. In a pipeline write {shown}.",
                written is null ? [] : [new CodeFix($"Change to {written}", [new TextChange(call.Span, written)])]);
            return;
        }

        if (RewriteForeign(call.Name, call) is [var rewriting])
        {
            Report(CheckDiagnostics.UnknownFunction, span, $"There is no function '{call.Name}', and pipelines have no operators. {rewriting.Title}.", rewriting);
            return;
        }

        var (advice, fixes) = Suggest(call.Name, span, FunctionCatalog.All.Where(f => f.IsDocumented).Select(f => f.Name));
        Report(CheckDiagnostics.UnknownFunction, span, $"There is no function '{call.Name}'.{advice}", fixes);
    }

    /// <summary>A name may hold the signs of operators, and hardly ever means to: what the whole expression was meant to be.</summary>
    private ImmutableArray<CodeFix> RewriteForeign(string name, ExpressionNode node)
    {
        if (HasEnough || !name.AsSpan().ContainsAny(OperatorSigns))
        {
            return [];
        }

        var whole = node;
        while (whole.Parent is { } outer)
        {
            whole = outer;
        }

        return ForeignExpression.TryRewrite(_template.TextOf(whole.Span)) is { } rewritten ? [new CodeFix($"Change to {rewritten}", [new TextChange(whole.Span, rewritten)])] : [];
    }

    /// <summary>What to write instead of a call, with its arguments put in; null where it lacks one.</summary>
    private string? Fill(string replacement, CallNode call)
    {
        var text = replacement;
        for (var i = 0; i < call.Arguments.Length; i++)
        {
            text = text.Replace($"{{{i}}}", _template.TextOf(call.Arguments[i].Span), StringComparison.Ordinal);
        }

        if (call.Arguments is [LiteralNode { Value: StringValue name }, ..])
        {
            text = text.Replace(".{text0}", ExpressionText.IsPlainName(name.Value) ? "." + name.Value : $"[{ExpressionText.Quote(name.Value)}]", StringComparison.Ordinal);
        }

        return HasPlaceholder(text) ? null : text;
    }

    private static bool HasPlaceholder(string text) => text.Contains("{0}", StringComparison.Ordinal) || text.Contains("{1}", StringComparison.Ordinal)
        || text.Contains("{2}", StringComparison.Ordinal) || text.Contains("{text0}", StringComparison.Ordinal);

    private void CheckComparison(CallNode call, ImmutableArray<ExpressionType> types)
    {
        if (types is not [var left, var right] || left.IsUnknown || right.IsUnknown || (left.Kinds & right.Kinds) != 0
            || ((left.Kinds & TypeKinds.Number) != 0 && (right.Kinds & TypeKinds.Number) != 0)
            || ((left.Kinds | right.Kinds) & (TypeKinds.Null | TypeKinds.Binary | TypeKinds.Xml)) != 0)
        {
            return;
        }

        // A number beside a text is turned into text.
        var other = left.Kinds == TypeKinds.String ? call.Arguments[1] : right.Kinds == TypeKinds.String ? call.Arguments[0] : null;
        Report(CheckDiagnostics.NeverEqual, call.NameToken.Span, $"{Capitalise(WithArticle(left))} and {WithArticle(right)} are never equal. Convert one of them.", other is null ? [] : [Wrap(other, "string(", ")")]);
    }

    private static ExpressionType TypeOf(FunctionSignature function, ImmutableArray<ExpressionType> arguments) => function.Rule switch
    {
        _ when arguments.IsEmpty => function.Returns,
        ReturnRule.Same => TypeOfSame(arguments),
        ReturnRule.Element => TypeOfElement(arguments[0]),
        ReturnRule.Union => UnionOf(arguments),
        ReturnRule.Branches when arguments.Length == 3 => ExpressionType.Union(arguments[1], arguments[2]),
        ReturnRule.Items => ExpressionType.ArrayOf(UnionOf(arguments)),
        ReturnRule.Arithmetic when arguments.All(a => a.Kinds == TypeKinds.Integer) => ExpressionType.Integer,
        ReturnRule.Arithmetic when arguments.All(a => (a.Kinds & ~TypeKinds.Number) == 0) && arguments.Any(a => a.Kinds == TypeKinds.Float) => ExpressionType.Float,
        _ => function.Returns,
    };

    private static ExpressionType UnionOf(IEnumerable<ExpressionType> types) => types.Aggregate((left, right) => ExpressionType.Union(left, right));

    /// <summary>All arguments are of one kind, and what they hold is mixed.</summary>
    private static ExpressionType TypeOfSame(ImmutableArray<ExpressionType> arguments)
    {
        var collections = arguments.Where(a => (a.Kinds & (TypeKinds.Array | TypeKinds.Object | TypeKinds.String)) != 0 && a.Kinds != TypeKinds.Integer).ToList();
        var first = arguments[0];
        return collections.Count < 2
            ? first
            : first.Kinds == TypeKinds.Array ? UnionOf(collections) with { Kinds = TypeKinds.Array } : new ExpressionType(first.Kinds);
    }

    /// <summary>Empty collections have no element, so null is always possible.</summary>
    private static ExpressionType TypeOfElement(ExpressionType collection)
    {
        var element = collection.Kinds.HasFlag(TypeKinds.Array) ? collection.Element ?? ExpressionType.Any : null;
        var text = collection.Kinds.HasFlag(TypeKinds.String) ? ExpressionType.String : null;
        return ((element, text) switch
        {
            ({ } one, { } other) => ExpressionType.Union(one, other),
            _ => element ?? text ?? ExpressionType.Any,
        }).OrNull();
    }

    /// <summary>What makes a value of the type that is wanted.</summary>
    private static ImmutableArray<CodeFix> Convert(ExpressionNode node, ExpressionType type, ExpressionType wanted)
    {
        if (wanted.Kinds.HasFlag(TypeKinds.String) && type.Kinds != TypeKinds.Null)
        {
            return [Wrap(node, "string(", ")")];
        }

        return type.Kinds switch
        {
            TypeKinds.String when wanted.Kinds.HasFlag(TypeKinds.Integer) => [Wrap(node, "int(", ")"), Wrap(node, "float(", ")")],
            TypeKinds.String when wanted.Kinds.HasFlag(TypeKinds.Boolean) => [Wrap(node, "bool(", ")")],
            TypeKinds.String when wanted.Kinds.HasFlag(TypeKinds.Xml) => [Wrap(node, "xml(", ")")],
            TypeKinds.String when (wanted.Kinds & (TypeKinds.Array | TypeKinds.Object)) != 0 => [Wrap(node, "json(", ")")],
            _ => [],
        };
    }

    private static string WithArticle(ExpressionType type)
    {
        var words = type.Describe();
        return type.Kinds == TypeKinds.Null ? "null" : words[0] is 'a' or 'i' or 'o' ? "an " + words : "a " + words;
    }

    private static string Capitalise(string text) => char.ToUpperInvariant(text[0]) + text[1..];

    private static string Ordinal(int index) => index switch { 0 => "first", 1 => "second", 2 => "third", 3 => "fourth", _ => $"{index + 1}th" };
}
