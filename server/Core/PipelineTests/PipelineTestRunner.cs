using System.Collections.Immutable;
using Pipewright.Core.Expressions.Evaluation;
using Pipewright.Core.Factory;
using Pipewright.Core.Simulation;
using Pipewright.Core.Text;

namespace Pipewright.Core.PipelineTests;

/// <summary>Something of a case that is not as expected.</summary>
/// <param name="Message">A sentence that says it all.</param>
/// <param name="Span">Where it is expected, in the file of the test.</param>
/// <param name="Expected">Null where there is nothing to compare.</param>
/// <param name="Actual">Null where there is nothing to compare.</param>
/// <param name="Activity">Where the activity is written that it is about; of a run that fails what fails it. Null where no text is.</param>
public sealed record TestFailure(string Message, TextSpan Span, string? Expected = null, string? Actual = null, SourcePlace? Activity = null);

/// <summary>What came of a case.</summary>
/// <param name="Trace">The run; null where the case can't be run as it is written.</param>
/// <param name="Failures">In text order; none where all is as expected.</param>
public sealed record PipelineTestResult(PipelineTestCase Case, SimulationTrace? Trace, ImmutableArray<TestFailure> Failures)
{
    public bool IsPassed => Failures.IsEmpty;
}

/// <summary>Runs cases. The same files give the same results.</summary>
public static class PipelineTestRunner
{
    private static readonly DateTime UsualStart = new SimulationRequest().Start;

    /// <summary>Runs one case of a file.</summary>
    /// <param name="keepsExpressions">Whether the trace is to tell what each expression came to.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static PipelineTestResult Run(FactorySnapshot factory, PipelineTestFile file, PipelineTestCase one, bool keepsExpressions = false, CancellationToken cancellation = default)
    {
        var mistakes = PipelineTestFindings.Find(factory, file).Concat(file.Document.Diagnostics).Where(d => d.Severity == DiagnosticSeverity.Error && IsAbout(file, one, d.Span))
            .OrderBy(d => d.Span.Start).Select(d => new TestFailure($"{d.Code}: {d.Message}", d.Span)).ToImmutableArray();
        if (!mistakes.IsEmpty)
        {
            return new PipelineTestResult(one, null, mistakes);
        }

        if (one.Pipeline.Length == 0)
        {
            return new PipelineTestResult(one, null, [new TestFailure("The case names no pipeline. Write 'pipeline:' at the top of the file.", one.NameSpan)]);
        }

        var trigger = one.Trigger is { } given ? TriggerValues.Of(factory, given, one.Pipeline, one.Start ?? UsualStart) : null;
        if (trigger?.Problem is { } problem)
        {
            return new PipelineTestResult(one, null, [new TestFailure(problem, one.Trigger!.Span)]);
        }

        var trace = PipelineSimulator.Run(factory, one.Pipeline, MakeRequest(one, trigger, keepsExpressions), cancellation);
        return new PipelineTestResult(one, trace, [.. ExpectationCheck.Find(factory, one, trace).OrderBy(f => f.Span.Start)]);
    }

    /// <summary>What there is to say of a file without cases, which must not pass for one whose cases all do.</summary>
    public static PipelineTestResult RunEmpty(FactorySnapshot factory, PipelineTestFile file)
    {
        var mistakes = PipelineTestFindings.Find(factory, file).Concat(file.Document.Diagnostics).Where(d => d.Severity == DiagnosticSeverity.Error).OrderBy(d => d.Span.Start)
            .Select(d => new TestFailure($"{d.Code}: {d.Message}", d.Span)).ToImmutableArray();
        return new PipelineTestResult(PipelineTestCase.None, null, mistakes.IsEmpty ? [new TestFailure("The file has no cases. Write them below 'cases', by a name each.", default)] : mistakes);
    }

    /// <summary>Whether a finding keeps a case from running: one in it, or in what all cases share.</summary>
    private static bool IsAbout(PipelineTestFile file, PipelineTestCase one, TextSpan span) => one.Span.Touches(span.Start) || !file.Cases.Any(c => c.Span.Touches(span.Start));

    private static SimulationRequest MakeRequest(PipelineTestCase one, TriggerValues? trigger, bool keepsExpressions) => new()
    {
        Parameters = (trigger?.Parameters ?? EvaluationContext.Empty).SetItems(one.Parameters),
        GlobalParameters = one.GlobalParameters,
        Stubs = new StubSet(one.Stubs),
        Start = one.Start ?? UsualStart,
        Seed = one.Seed,
        Cause = trigger?.Cause ?? RunCause.Manual,
        CancelAfter = one.CancelAfter,
        ShowsSecured = true,
        KeepsExpressions = keepsExpressions,
    };
}
