// From a run that was made in a factory to a test that a run goes like that: what the cloud answered becomes stubs, what came of it expectations.
using System.Collections.Immutable;
using System.Globalization;
using Pipewright.Core.Binding;
using Pipewright.Core.Expressions;
using Pipewright.Core.Factory;
using Pipewright.Core.Schema;

namespace Pipewright.Core.PipelineTests;

/// <param name="hide">Takes the secrets out of a text, given the name of what holds it.</param>
internal sealed class RecordedTest(FactorySnapshot factory, ResourceSymbol pipeline, RecordedRun run, Func<string, string, string> hide)
{
    /// <summary>Monitoring adds to outputs what was billed, which no expression wants.</summary>
    private static readonly ImmutableArray<string> Left = ["billingReference", "effectiveIntegrationRuntime", "integrationRuntimeQueue", "durationInQueue", "executionDetails", "ADFWebActivityResponseHeaders"];

    private readonly BlockYaml _yaml = new();

    public string Write()
    {
        var start = run.Start ?? DateTime.UnixEpoch;
        _yaml.Comment(0, $"Recorded from a run of {start.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)}. Secrets are left out.").Entry(0, "pipeline", pipeline.Name);
        if (Parameters() is { Names.IsEmpty: false } parameters)
        {
            _yaml.Entry(0, "parameters", parameters);
        }

        _yaml.Entry(0, "start", start.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture));
        var stubs = StubsOf(pipeline, run, "").ToList();
        if (stubs.Count > 0)
        {
            _yaml.Key(0, "stubs");
            stubs.ForEach(s => _yaml.Entry(1, s.Name, s.Stub));
        }

        _yaml.Key(0, "cases").Key(1, $"it goes as on {start.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}").Key(2, "expect");
        WriteExpectations();
        return _yaml.ToString();
    }

    /// <summary>Monitoring tells values as text; what the pipeline declares says what they are.</summary>
    private ObjectValue Parameters() => new(
        from parameter in Declared.Parameters(pipeline.Resource)
        let given = run.Parameters.Find(parameter.Name)
        where given is not null
        select KeyValuePair.Create(parameter.Name, parameter.IsSecret ? new StringValue("a secret of the test") : Mask(parameter.Name, Typed(given, parameter.TypeText))));

    private static ExpressionValue Typed(ExpressionValue value, string? type) => value is StringValue { Value: var text } && type?.ToUpperInvariant() is "INT" or "FLOAT" or "BOOL" or "ARRAY" or "OBJECT"
        ? ValueJson.TryParse(text.Equals("True", StringComparison.Ordinal) || text.Equals("False", StringComparison.Ordinal) ? text.ToLowerInvariant() : text, out _) ?? value
        : value;

    /// <summary>What the cloud answered, of a run and those that it started.</summary>
    private IEnumerable<(string Name, ExpressionValue Stub)> StubsOf(ResourceSymbol of, RecordedRun recorded, string prefix)
    {
        var graph = new ActivityGraph(of.Resource);
        foreach (var group in recorded.Activities.GroupBy(a => a.Name, StringComparer.OrdinalIgnoreCase))
        {
            if (graph.Find(group.Key) is not { } node)
            {
                continue;
            }

            if (PipelineTestText.NeedsCloud(node) && Combine([.. group.Where(IsAnswer)], node) is { } stub)
            {
                yield return (prefix + node.Name, stub);
            }

            // Of several runs of one pipeline the first one speaks.
            if (group.Select(a => a.Child).FirstOrDefault(c => c is not null) is { } child && factory.Find(ResourceKind.Pipeline, child.Pipeline) is [var called, ..])
            {
                foreach (var inner in StubsOf(called, child, called.Name + PipelineTestNames.Separator))
                {
                    yield return inner;
                }
            }
        }
    }

    private static bool IsAnswer(RecordedActivity activity) => activity.Status is "Succeeded" or "Failed";

    /// <summary>One stub of all attempts and iterations of an activity; null where there is nothing to say.</summary>
    private ObjectValue? Combine(ImmutableArray<RecordedActivity> answers, ActivityNode node)
    {
        var byIteration = answers.GroupBy(a => a.Iteration).OrderBy(g => g.Key).Select(g => (g.Key, Stub: Attempts([.. g.OrderBy(a => a.Attempt)], node))).ToList();
        return byIteration switch
        {
            [] => null,
            [(_, var only)] => only,
            _ when byIteration.TrueForAll(i => i.Stub == byIteration[0].Stub || ValueEquality.Instance.Equals(i.Stub, byIteration[0].Stub)) => byIteration[0].Stub,
            _ => new ObjectValue([Member("iterations", new ObjectValue(byIteration.Select(i => Member((i.Key ?? 0).ToString(CultureInfo.InvariantCulture), i.Stub))))]),
        };
    }

    private ObjectValue Attempts(ImmutableArray<RecordedActivity> attempts, ActivityNode node) => attempts is [var only]
        ? Stub(only, node)
        : new ObjectValue([Member("attempts", new ArrayValue([.. attempts.Select(a => Stub(a, node))]))]);

    private ObjectValue Stub(RecordedActivity activity, ActivityNode node)
    {
        if (activity.Status == "Failed")
        {
            return new ObjectValue(
            [
                Member("fails", new StringValue(hide("message", activity.ErrorMessage ?? "It failed."))),
                .. activity.ErrorCode is { Length: > 0 } code ? [Member("errorCode", new StringValue(code))] : Array.Empty<KeyValuePair<string, ExpressionValue>>(),
                .. activity.FailureType == "SystemError" ? [Member("failureType", new StringValue("SystemError"))] : Array.Empty<KeyValuePair<string, ExpressionValue>>(),
            ]);
        }

        // What must not be shown has its shape only.
        var output = IsSecure(node, "secureOutput") || activity.Output is not ObjectValue told ? PipelineTestText.OutputOf(factory, node)
            : new ObjectValue(told.Members.Where(m => !Left.Contains(m.Key)).Select(m => Member(m.Key, Mask(m.Key, m.Value))));
        return output.Names.Any(n => StubReader.Words.Contains(n)) || output.Names.IsEmpty ? new ObjectValue([Member("output", output)]) : output;
    }

    private static bool IsSecure(ActivityNode node, string setting) => (node.Activity.Node.FindValue("policy") as BoundObject)?.FindValue(setting) is BoundScalar { Text: var text } && text.Equals("true", StringComparison.OrdinalIgnoreCase);

    private void WriteExpectations()
    {
        _yaml.Entry(3, "status", run.Status is "Failed" or "Cancelled" ? run.Status : "Succeeded");
        ImmutableArray<string> Ended(string status) =>
            [.. run.Activities.GroupBy(a => a.Name, StringComparer.OrdinalIgnoreCase).Where(g => LastAttempts(g).All(a => a.Status == status)).Select(g => g.Key)];
        _yaml.Names(3, "succeeded", Ended("Succeeded")).Names(3, "failed", Ended("Failed")).Names(3, "skipped", Ended("Skipped"));
        var loops = run.Activities.Where(a => a.Iteration is not null).GroupBy(a => a.Name, StringComparer.OrdinalIgnoreCase).Where(g => LastAttempts(g).Any(a => a.Status is "Succeeded" or "Failed")).ToList();
        if (loops.Count == 0)
        {
            return;
        }

        _yaml.Key(3, "activities");
        foreach (var activity in loops)
        {
            _yaml.Entry(4, activity.Key, new ObjectValue([Member("runs", new IntegerValue(LastAttempts(activity).Count(a => a.Status is "Succeeded" or "Failed")))]));
        }
    }

    private static IEnumerable<RecordedActivity> LastAttempts(IEnumerable<RecordedActivity> runs) => runs.GroupBy(a => a.Iteration).Select(g => g.MaxBy(a => a.Attempt)!);

    private static KeyValuePair<string, ExpressionValue> Member(string name, ExpressionValue value) => KeyValuePair.Create(name, value);

    /// <summary>The value without what looks like a secret.</summary>
    private ExpressionValue Mask(string name, ExpressionValue value) => value switch
    {
        ObjectValue members => new ObjectValue(members.Members.Select(m => Member(m.Key, Mask(m.Key, m.Value)))),
        ArrayValue { Items: var items } => new ArrayValue([.. items.Select(i => Mask(name, i))]),
        StringValue text => new StringValue(hide(name, text.Value)),
        _ => value,
    };
}
