// What a trigger passes to a pipeline when it fires.
using System.Collections.Immutable;
using System.Globalization;
using Pipewright.Core.Binding;
using Pipewright.Core.Expressions;
using Pipewright.Core.Expressions.Evaluation;
using Pipewright.Core.Factory;
using Pipewright.Core.Schema;
using Pipewright.Core.Simulation;

namespace Pipewright.Core.PipelineTests;

/// <param name="Cause">What the run sees of the trigger.</param>
/// <param name="Parameters">What it passes.</param>
/// <param name="Problem">Why a value cannot be made; null where all can.</param>
internal sealed record TriggerValues(RunCause Cause, ImmutableDictionary<string, ExpressionValue> Parameters, string? Problem)
{
    /// <param name="start">Of the run, in UTC.</param>
    public static TriggerValues Of(FactorySnapshot factory, TestedTrigger trigger, string pipeline, DateTime start)
    {
        var time = trigger.Time ?? start;
        if (factory.Find(ResourceKind.Trigger, trigger.Name) is not [var symbol, ..] || symbol.Resource.Properties is not { } properties)
        {
            return new TriggerValues(RunCause.Manual, EvaluationContext.Empty, $"The factory has no trigger '{trigger.Name}'.");
        }

        var cause = new RunCause(properties.FindString("type") ?? "Manual", symbol.Name, null, time);
        var context = MakeContext(factory, trigger, symbol.Name, time);
        var parameters = EvaluationContext.Empty.ToBuilder();
        var problem = FindCalls(properties).Any(c => IsOf(c, pipeline)) ? null : $"The trigger '{symbol.Name}' does not start the pipeline '{pipeline}'.";
        foreach (var given in FindCalls(properties).Where(c => IsOf(c, pipeline)).Take(1).SelectMany(c => (c.FindValue("parameters") as BoundObject)?.Properties ?? []))
        {
            var result = Resolve(given.Value, context);
            parameters[given.Name] = result.Value ?? NullValue.Instance;
            problem ??= result.Error is { } error ? $"The trigger '{symbol.Name}' can't make the value of '{given.Name}': {error.Message}" : null;
        }

        return new TriggerValues(cause, parameters.ToImmutable(), problem);
    }

    /// <summary>A schedule starts several pipelines, a window one.</summary>
    private static IEnumerable<BoundObject> FindCalls(BoundObject properties) => properties.FindValue("pipelines") is BoundArray many
        ? many.Items.OfType<BoundObject>()
        : properties.FindValue("pipeline") is BoundObject one ? [one] : [];

    private static bool IsOf(BoundObject call, string pipeline) =>
        (call.FindValue("pipelineReference") as BoundObject)?.FindString("referenceName") is { } name && name.Equals(pipeline, StringComparison.OrdinalIgnoreCase);

    private static EvaluationResult Resolve(BoundNode node, EvaluationContext context) => DynamicContent.FindExpression(node) is { Text: var text } && text.Contains('@', StringComparison.Ordinal)
        ? Evaluator.Evaluate(Template.Parse(text), context)
        : node is BoundScalar { Kind: Syntax.ScalarKind.String } scalar ? Evaluator.Evaluate(Template.Parse(scalar.Text), context) : new EvaluationResult(PlainValue.Of(node), null);

    private static EvaluationContext MakeContext(FactorySnapshot factory, TestedTrigger trigger, string name, DateTime time)
    {
        static KeyValuePair<string, ExpressionValue> Member(string key, ExpressionValue value) => KeyValuePair.Create(key, value);
        static StringValue Text(DateTime moment) => new(moment.ToString("yyyy-MM-ddTHH:mm:ss.fffffffZ", CultureInfo.InvariantCulture));
        var body = trigger.Body as ObjectValue;
        var outputs = new ObjectValue(
        [
            .. trigger.WindowStart is { } begin ? [Member("windowStartTime", Text(begin))] : Array.Empty<KeyValuePair<string, ExpressionValue>>(),
            .. trigger.WindowEnd is { } end ? [Member("windowEndTime", Text(end))] : Array.Empty<KeyValuePair<string, ExpressionValue>>(),
            .. body is not null ? [Member("body", body)] : Array.Empty<KeyValuePair<string, ExpressionValue>>(),
        ]);
        return new EvaluationContext
        {
            Trigger = new ObjectValue([Member("name", new StringValue(name)), Member("scheduledTime", Text(time)), Member("startTime", Text(time)), Member("outputs", outputs)]),
            TriggerBody = body,
            GlobalParameters = RunParameters.FindGlobal(factory, EvaluationContext.Empty),
            Now = time,
        };
    }
}
