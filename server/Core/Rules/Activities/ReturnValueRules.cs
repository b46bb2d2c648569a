// Rules about the values that a pipeline returns: SetVariable with setSystemVariable.
using System.Collections.Immutable;
using Pipewright.Core.Binding;
using Pipewright.Core.Expressions;
using Pipewright.Core.Factory;
using Pipewright.Core.Rules.References;
using Pipewright.Core.Syntax;
using Pipewright.Core.Text;

namespace Pipewright.Core.Rules.Activities;

/// <summary>A value that a pipeline returns.</summary>
/// <param name="Key">Null where it is missing or is no text.</param>
/// <param name="Type">Null where it is missing or is no text.</param>
internal sealed record ReturnValue(BoundNode Node, BoundScalar? Key, BoundScalar? Type, BoundNode? Content)
{
    /// <summary>The types that Studio offers, with the type of expression that each is.</summary>
    public static ImmutableDictionary<string, ExpressionType> Types { get; } = new Dictionary<string, ExpressionType>
    {
        ["String"] = ExpressionType.String,
        ["Expression"] = ExpressionType.Any,
        ["Array"] = ExpressionType.Array,
        ["Boolean"] = ExpressionType.Boolean,
        ["Null"] = ExpressionType.Any,
        ["Int"] = ExpressionType.Integer,
        ["Float"] = ExpressionType.Number,
        ["Object"] = ExpressionType.Object,
    }.ToImmutableDictionary(StringComparer.OrdinalIgnoreCase);

    public bool IsNull => "Null".Equals(Type?.Text, StringComparison.OrdinalIgnoreCase);

    /// <summary>The values that an activity returns; none where they are not a list.</summary>
    public static IEnumerable<ReturnValue> FindAll(ActivityNode activity) =>
        from item in (activity.FindValue("value") as BoundArray)?.Items ?? []
        let value = (item as BoundObject)?.FindValue("value") as BoundObject
        select new ReturnValue(
            item, ActivityReading.Literal((item as BoundObject)?.FindValue("key")), ActivityReading.Literal(value?.FindValue("type")),
            ActivityReading.Given(value?.FindValue("content")));
}

/// <summary>Return values in another form than Studio writes, and the service reads: a list of <c>{key, value: {type, content}}</c>.</summary>
internal sealed class ReturnShapeRule() : Rule(new("PW4215", DiagnosticSeverity.Warning, "Return values are in the wrong form"))
{
    public override IEnumerable<Diagnostic> Check(RuleContext context) => context.Running("SetVariable").Where(VariableWrite.IsReturn).SelectMany(a => Check(context, a));

    private IEnumerable<Diagnostic> Check(RuleContext context, ActivityNode activity)
    {
        if (activity.FindLiteral("variableName") is { } name && name.Text != VariableWrite.ReturnVariable)
        {
            yield return Descriptor.At(
                name.Span, $"With 'setSystemVariable' the activity sets what the pipeline returns: its variable is '{VariableWrite.ReturnVariable}'.",
                context.ChangeTo(name, VariableWrite.ReturnVariable));
        }

        if (activity.FindValue("value") is not (null or BoundArray) and { } value && DynamicContent.FindExpression(value) is null)
        {
            yield return Descriptor.At(ActivityReading.Place(value), "What a pipeline returns is a list of { key, value: { type, content } }.");
        }

        foreach (var item in ReturnValue.FindAll(activity).Where(i => DynamicContent.FindExpression(i.Node) is null))
        {
            if (FindMistake(item) is var (place, what))
            {
                var closest = item.Type is { } type && place == type ? Spelling.FindClosest(type.Text, ReturnValue.Types.Keys.Order(StringComparer.Ordinal)) : null;
                yield return Descriptor.At(
                    ActivityReading.Place(place), what + (closest is null ? "" : $" Did you mean '{closest}'?"),
                    [.. closest is null ? Array.Empty<CodeFix>() : [context.ChangeTo(item.Type!, closest)]]);
            }
        }
    }

    private static (BoundNode Place, string What)? FindMistake(ReturnValue item) => item switch
    {
        { Key: null } or { Key.Text: "" } => (item.Node, "A value that a pipeline returns needs a 'key': { key, value: { type, content } }."),
        { Type: null } => (item.Key, $"The value of '{item.Key.Text}' needs a 'type' and a 'content': value: {{ type: String, content: … }}."),
        _ when !ReturnValue.Types.ContainsKey(item.Type.Text) => (item.Type, $"'{item.Type.Text}' is not a type of return values: {string.Join(", ", ReturnValue.Types.Keys.Order(StringComparer.Ordinal))}."),
        { Content: null, IsNull: false } => (item.Key, $"The value of '{item.Key.Text}' has no 'content'."),
        _ => null,
    };
}

/// <summary>Two values that a pipeline returns have one key (Microsoft's documentation: keys are unique).</summary>
internal sealed class ReturnKeyRule() : Rule(new("PW4216", DiagnosticSeverity.Warning, "Key of a return value is used twice"))
{
    public override IEnumerable<Diagnostic> Check(RuleContext context)
    {
        foreach (var activity in context.Running("SetVariable").Where(VariableWrite.IsReturn))
        {
            var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
            foreach (var item in ReturnValue.FindAll(activity).Where(i => i.Key is { Text.Length: > 0 } key && !seen.Add(key.Text)))
            {
                yield return Descriptor.At(item.Key!.Span, $"The pipeline returns '{item.Key.Text}' already. Give each value a key of its own.");
            }
        }
    }
}

/// <summary>What is returned is not of the type that it is said to be.</summary>
internal sealed class ReturnTypeRule() : Rule(new("PW4217", DiagnosticSeverity.Warning, "Return value is not of its type"))
{
    public override IEnumerable<Diagnostic> Check(RuleContext context) =>
        from activity in context.Running("SetVariable")
        where VariableWrite.IsReturn(activity)
        from item in ReturnValue.FindAll(activity)
        where item is { Type: not null, Content: not null } && !Fits(item.Type.Text, item.Content)
        select Descriptor.At(ActivityReading.Place(item.Content!), $"The value is said to be of type {item.Type!.Text}, and this is {TypeNames.DescribeValue(item.Content!)}.");

    private static bool Fits(string type, BoundNode content)
    {
        var text = ActivityReading.Literal(content) is { Kind: ScalarKind.String } scalar ? scalar.Text : null;
        return ArgumentTypes.Fits(ArgumentTypes.Of(content), ReturnValue.Types.GetValueOrDefault(type, ExpressionType.Any), text);
    }
}

/// <summary>A pipeline returns what the last of these activities sets, and no value of those before it (Microsoft's documentation).</summary>
internal sealed class OverwrittenReturnRule() : Rule(new("PW4218", DiagnosticSeverity.Warning, "Return value is overwritten"))
{
    public override IEnumerable<Diagnostic> Check(RuleContext context)
    {
        var returns = context.Running("SetVariable").Where(VariableWrite.IsReturn).ToList();
        foreach (var first in returns.Count < 2 ? [] : returns)
        {
            var later = returns.Find(r => r != first && r.Siblings == first.Siblings && context.Graph.IsUpstream(r, first)
                && !r.Dependencies.Any(d => d.OnlyFailed && d.Name.Equals(first.Name, StringComparison.OrdinalIgnoreCase)));
            if (later is not null)
            {
                yield return Descriptor.At(
                    first.FindValue("variableName")?.Span ?? first.Anchor(),
                    $"'{later.Name}' comes after this and sets anew what the pipeline returns: nothing of this is kept. Return all values in one activity.");
            }
        }
    }
}
