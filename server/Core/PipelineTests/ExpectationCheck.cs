// Holds what came of a run against what is expected of it.
using System.Globalization;
using Pipewright.Core.Expressions;
using Pipewright.Core.Expressions.Evaluation;
using Pipewright.Core.Factory;
using Pipewright.Core.Schema;
using Pipewright.Core.Simulation;
using Pipewright.Core.Text;

namespace Pipewright.Core.PipelineTests;

internal sealed class ExpectationCheck
{
    /// <summary>The status of an activity whose turn never came.</summary>
    public const string NotRun = "NotRun";

    private readonly FactorySnapshot _factory;
    private readonly PipelineRun _run;
    private readonly ILookup<(string Pipeline, string Activity), FoundActivityRun> _activities;
    private readonly EvaluationContext _context;
    private readonly List<TestFailure> _failures = [];

    private ExpectationCheck(FactorySnapshot factory, PipelineTestCase one, SimulationTrace trace)
    {
        _factory = factory;
        _run = trace.Run;
        _activities = ActivityRuns.FindAll(trace.Run).ToLookup(a => Key(a.Owner.Pipeline, a.Run.Name));
        _context = MakeContext(factory, one, trace.Run);
    }

    /// <summary>All that is not as expected, in no order.</summary>
    public static IReadOnlyList<TestFailure> Find(FactorySnapshot factory, PipelineTestCase one, SimulationTrace trace)
    {
        var check = new ExpectationCheck(factory, one, trace);
        foreach (var expectation in one.Expectations)
        {
            switch (expectation)
            {
                case OrderExpectation order:
                    check.CheckOrder(order);
                    break;
                case AspectExpectation { Activity: { } activity } aspect:
                    check.CheckActivity(aspect, activity);
                    break;
                case AspectExpectation aspect:
                    check.CheckRun(aspect);
                    break;
            }
        }

        return check._failures;
    }

    /// <summary>What expressions among the expected values can read: the run as it ended.</summary>
    private static EvaluationContext MakeContext(FactorySnapshot factory, PipelineTestCase one, PipelineRun run)
    {
        var activities = EvaluationContext.Empty.ToBuilder();
        foreach (var activity in run.AllActivities())
        {
            activities[activity.Name] = ActivityResult.Of(activity, run.RunId);
        }

        var system = new Dictionary<string, string>
        {
            ["Pipeline"] = run.Pipeline,
            ["RunId"] = run.RunId,
            ["GroupId"] = run.GroupId,
            ["TriggerType"] = run.TriggerType,
            ["TriggerName"] = run.TriggerName,
            ["DataFactory"] = factory.OfKind(ResourceKind.Factory).FirstOrDefault()?.Name ?? "",
        };
        return new EvaluationContext
        {
            Parameters = EvaluationContext.Empty.SetItems(run.Parameters.Members),
            GlobalParameters = RunParameters.FindGlobal(factory, one.GlobalParameters),
            Variables = EvaluationContext.Empty.SetItems(run.Variables.Members),
            System = EvaluationContext.Empty.SetItems(system.Select(s => KeyValuePair.Create<string, ExpressionValue>(s.Key, new StringValue(s.Value)))),
            Activities = activities.ToImmutable(),
            Now = run.Start,
        };
    }

    private void CheckRun(AspectExpectation expectation)
    {
        switch (expectation.Aspect)
        {
            case Aspect.Status when !IsSame(expectation.Text, _run.Status.ToString()):
                var reason = _run.Error is { } error ? $"{_run.Status}: {error.Message}" : _run.Status.ToString();
                Report($"The run should end as {expectation.Text}, but it is {reason}", expectation.Span, expectation.Text, reason, _run.Error?.Place);
                break;
            case Aspect.Error or Aspect.ErrorCode:
                CheckError(expectation, "The run", _run.Error, _run.Error?.Place);
                break;
            case Aspect.Returns:
                CheckValue(expectation, "what the pipeline returns", _run.ReturnValue, null);
                break;
            case Aspect.Variable:
                CheckValue(expectation, "the variable", _run.Variables, null);
                break;
        }
    }

    private void CheckActivity(AspectExpectation expectation, TestedActivity activity)
    {
        var all = _activities[Key(activity.Pipeline, activity.Name)].ToList();
        var runs = expectation.Iteration is { } number ? all.Where(r => r.Iteration == number).ToList() : all;
        var started = runs.Where(r => r.Run.Status is not (ActivityRunStatus.Skipped or ActivityRunStatus.Inactive)).ToList();
        switch (expectation.Aspect)
        {
            case Aspect.Status:
                CheckStatus(expectation, activity, runs);
                return;
            case Aspect.Runs:
                CheckText(expectation, $"'{activity.Name}' should be started {expectation.Text} times", started.Count.ToString(CultureInfo.InvariantCulture), PlaceOf(activity));
                return;
        }

        if (started.Count == 0)
        {
            var subject = expectation.Iteration is { } iteration ? $"Iteration {iteration} of '{activity.Name}'" : $"'{activity.Name}'";
            Report($"{subject} did not run. {Explanation.Of(_factory, _run, activity.Pipeline, activity.Name)}", expectation.Span, null, null, PlaceOf(activity));
            return;
        }

        foreach (var run in started)
        {
            var before = _failures.Count;
            CheckOne(expectation, run);

            // The same in every iteration would hide all else.
            if (_failures.Count > before)
            {
                return;
            }
        }
    }

    private void CheckOne(AspectExpectation expectation, FoundActivityRun found)
    {
        var run = found.Run;
        var name = found.Iteration is { } number ? $"'{run.Name}' in iteration {number}" : $"'{run.Name}'";
        switch (expectation.Aspect)
        {
            case Aspect.Attempts:
                CheckText(expectation, $"{name} should be tried {expectation.Text} times", run.Attempts.Length.ToString(CultureInfo.InvariantCulture), run.Place);
                break;
            case Aspect.Branch:
                CheckText(expectation, $"{name} should take the branch '{expectation.Text}'", BranchOf(run) ?? "none", run.Place);
                break;
            case Aspect.Rounds:
                CheckText(expectation, $"{name} should make {expectation.Text} iterations", run.BranchCount.ToString(CultureInfo.InvariantCulture), run.Place);
                break;
            case Aspect.Takes when WrittenValue.Span(expectation.Text) != run.End - run.Start:
                var actual = (run.End - run.Start).ToString("c", CultureInfo.InvariantCulture);
                Report($"{name} should take {expectation.Text}, but takes {actual}.", expectation.Span, expectation.Text, actual, run.Place);
                break;
            case Aspect.Error or Aspect.ErrorCode:
                CheckError(expectation, name, run.Error, run.Place);
                break;
            case Aspect.Input:
                CheckValue(expectation, $"the input of {name}", run.Input, run.Place);
                break;
            case Aspect.Output:
                CheckValue(expectation, $"the output of {name}", run.Output, run.Place);
                break;
        }
    }

    private void CheckStatus(AspectExpectation expectation, TestedActivity activity, List<FoundActivityRun> runs)
    {
        var isAsExpected = runs.Count == 0 ? IsSame(expectation.Text, NotRun) : runs.TrueForAll(r => IsSame(expectation.Text, r.Run.Status.ToString()));
        if (isAsExpected)
        {
            return;
        }

        var actual = runs.Count switch
        {
            0 => NotRun,
            1 => runs[0].Run.Status.ToString(),
            _ => string.Join(", ", runs.GroupBy(r => r.Run.Status).Select(g => $"{g.Count()} {g.Key}")),
        };
        var other = runs.Find(r => !IsSame(expectation.Text, r.Run.Status.ToString()));
        var reason = other?.Run.Error is { } error ? $" {error.Message}" : other is null or { Run.Status: ActivityRunStatus.Skipped } ? $" {Explanation.Of(_factory, _run, activity.Pipeline, activity.Name)}" : "";
        Report($"'{activity.Name}' should be {expectation.Text}, but is {actual}.{reason}", expectation.Span, expectation.Text, actual, other?.Run.Error?.Place ?? PlaceOf(activity));
    }

    private void CheckError(AspectExpectation expectation, string subject, RunError? error, SourcePlace? place)
    {
        var isCode = expectation.Aspect == Aspect.ErrorCode;
        var actual = error is null ? "no error" : isCode ? error.Code : error.Message;
        if (error is null || !(isCode ? IsSame(error.Code, expectation.Text) : error.Message.Contains(expectation.Text, StringComparison.OrdinalIgnoreCase)))
        {
            Report($"{subject} should fail with {(isCode ? "the code" : "a message that has")} '{expectation.Text}', but has {(error is null ? actual : $"'{actual}'")}.", expectation.Span, expectation.Text, actual, place);
        }
    }

    private void CheckValue(AspectExpectation expectation, string subject, ExpressionValue? actual, SourcePlace? place)
    {
        foreach (var mismatch in ValueMatch.Compare(expectation.Value, expectation.Span, expectation.Member, actual, _context))
        {
            var path = mismatch.Path.Length == 0 ? "" : $" '{mismatch.Path}'";
            var of = expectation.Aspect == Aspect.Variable ? $"{subject}{path}" : path.Length == 0 ? subject : $"{path[1..]} in {subject}";
            Report($"{char.ToUpperInvariant(of[0])}{of[1..]} should be {mismatch.Expected}, but is {mismatch.Actual}.", mismatch.Span, mismatch.Expected, mismatch.Actual, place);
        }
    }

    private void CheckText(AspectExpectation expectation, string claim, string actual, SourcePlace? place)
    {
        if (!IsSame(expectation.Text, actual))
        {
            Report($"{claim}, but it is {actual}.", expectation.Span, expectation.Text, actual, place);
        }
    }

    private void CheckOrder(OrderExpectation order)
    {
        foreach (var (first, second) in order.Activities.Zip(order.Activities.Skip(1)))
        {
            var (before, after) = (Started(first), Started(second));
            if (before.Count == 0 || after.Count == 0)
            {
                var missing = before.Count == 0 ? first : second;
                Report($"'{missing.Name}' did not run. {Explanation.Of(_factory, _run, missing.Pipeline, missing.Name)}", missing.Span, null, null, PlaceOf(missing));
            }
            else if (!IsAfter(before, after))
            {
                Report(
                    $"'{second.Name}' should start when '{first.Name}' has ended, but starts at {After(after.Min(r => r.Run.Start))}, and that ends at {After(before.Max(r => r.Run.End))}.",
                    second.Span, null, null, PlaceOf(second));
            }
        }
    }

    /// <summary>Within each iteration where both are in the same ones; else the first of the one after the last of the other.</summary>
    private static bool IsAfter(List<FoundActivityRun> before, List<FoundActivityRun> after)
    {
        var byIteration = before.GroupBy(r => string.Join('/', r.Iterations)).ToDictionary(g => g.Key, g => g.Max(r => r.Run.End));
        return after.TrueForAll(r => byIteration.ContainsKey(string.Join('/', r.Iterations)))
            ? after.TrueForAll(r => r.Run.Start >= byIteration[string.Join('/', r.Iterations)])
            : after.Min(r => r.Run.Start) >= before.Max(r => r.Run.End);
    }

    private List<FoundActivityRun> Started(TestedActivity activity) => [.. _activities[Key(activity.Pipeline, activity.Name)].Where(r => r.Run.Status != ActivityRunStatus.Skipped)];

    /// <summary>Which branch a container took; null where it took none.</summary>
    internal static string? BranchOf(ActivityRun run) => run.Branches is not [{ Iteration: null, Name: var name }, ..] ? null : BranchWord(name);

    /// <summary>The word for a list of activities, of its name as <see cref="BranchRun.Name"/> has it.</summary>
    internal static string BranchWord(string list) => list switch
    {
        "ifTrueActivities" => "true",
        "ifFalseActivities" => "false",
        "defaultActivities" => "default",
        _ => list.StartsWith("cases/", StringComparison.Ordinal) ? list["cases/".Length..] : list,
    };

    private string After(DateTime time) => (time - _run.Start).ToString("c", CultureInfo.InvariantCulture);

    private SourcePlace? PlaceOf(TestedActivity activity) => ActivityPlaces.Find(_factory, activity.Pipeline, activity.Name);

    private void Report(string message, TextSpan span, string? expected, string? actual, SourcePlace? activity) => _failures.Add(new TestFailure(message.TrimEnd(), span, expected, actual, activity));

    private static (string, string) Key(string pipeline, string activity) => (pipeline.ToUpperInvariant(), activity.ToUpperInvariant());

    private static bool IsSame(string one, string other) => one.Equals(other, StringComparison.OrdinalIgnoreCase);
}
