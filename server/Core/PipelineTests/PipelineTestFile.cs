// What a file of tests says, read: the runs to simulate, and what is expected of them.
using System.Collections.Immutable;
using Pipewright.Core.Expressions;
using Pipewright.Core.Expressions.Evaluation;
using Pipewright.Core.Factory;
using Pipewright.Core.Simulation;
using Pipewright.Core.Syntax;
using Pipewright.Core.Text;

namespace Pipewright.Core.PipelineTests;

/// <summary>The tests of one file.</summary>
/// <param name="Cases">In text order.</param>
/// <param name="Diagnostics">What is wrong with the values, in text order. Whether there is what is named is not looked at.</param>
public sealed record PipelineTestFile(ResourceDocument Document, ImmutableArray<PipelineTestCase> Cases, ImmutableArray<Diagnostic> Diagnostics)
{
    /// <summary>Reads a document. What is not understood is reported and left out.</summary>
    public static PipelineTestFile Read(ResourceDocument document) => PipelineTestReader.Read(document);
}

/// <summary>One run of a pipeline, and what is expected of it.</summary>
public sealed record PipelineTestCase
{
    /// <summary>What stands for a file without cases.</summary>
    public static PipelineTestCase None { get; } = new() { Name = "(no cases)", NameSpan = default, Span = default, Pipeline = "" };

    public required string Name { get; init; }

    /// <summary>Its name, without quotes.</summary>
    public required TextSpan NameSpan { get; init; }

    /// <summary>All of it.</summary>
    public required TextSpan Span { get; init; }

    /// <summary>Null where there is none.</summary>
    public string? Description { get; init; }

    /// <summary>The tested pipeline; empty where none is named.</summary>
    public required string Pipeline { get; init; }

    public ImmutableDictionary<string, ExpressionValue> Parameters { get; init; } = EvaluationContext.Empty;

    public ImmutableDictionary<string, ExpressionValue> GlobalParameters { get; init; } = EvaluationContext.Empty;

    /// <summary>Null where none starts it.</summary>
    public TestedTrigger? Trigger { get; init; }

    /// <summary>In UTC; null for the usual time.</summary>
    public DateTime? Start { get; init; }

    public ulong Seed { get; init; }

    /// <summary>Null for never.</summary>
    public TimeSpan? CancelAfter { get; init; }

    public ImmutableArray<ActivityStub> Stubs { get; init; } = [];

    /// <summary>In text order; the first may be one that is not written: that the run succeeds.</summary>
    public ImmutableArray<Expectation> Expectations { get; init; } = [];
}

/// <summary>A trigger that fires.</summary>
/// <param name="Time">In UTC; null for the start of the run.</param>
/// <param name="Body">What <c>triggerBody()</c> gives; null where nothing is said.</param>
/// <param name="Span">Its name.</param>
public sealed record TestedTrigger(string Name, DateTime? Time, DateTime? WindowStart, DateTime? WindowEnd, ExpressionValue? Body, TextSpan Span);

/// <summary>An activity that a test names.</summary>
/// <param name="Pipeline">The pipeline that it is in.</param>
/// <param name="Span">Where it is named.</param>
public sealed record TestedActivity(string Pipeline, string Name, TextSpan Span);

/// <summary>What is looked at of a run, or of an activity.</summary>
public enum Aspect
{
    Status,
    Error,
    ErrorCode,
    Returns,
    Variable,
    Runs,
    Attempts,
    Branch,
    Rounds,
    Input,
    Output,
    Takes,
}

/// <summary>Something that must come of a run.</summary>
/// <param name="Span">Where it is written; the name of the case where it is not.</param>
public abstract record Expectation(TextSpan Span);

/// <summary>Something about the run or about an activity.</summary>
/// <param name="Activity">Null for the run itself.</param>
/// <param name="Iteration">Of the nearest loop; null for every run.</param>
/// <param name="Member">The variable, or the path into an input or output; empty for other aspects.</param>
/// <param name="Value">What is expected, as it is written; null where <paramref name="Text"/> says it.</param>
/// <param name="Text">The word or number that is expected; empty where <paramref name="Value"/> says it.</param>
public sealed record AspectExpectation(Aspect Aspect, TestedActivity? Activity, int? Iteration, string Member, SyntaxNode? Value, string Text, TextSpan Span) : Expectation(Span);

/// <summary>Each activity starts when the one before it has ended, or later.</summary>
public sealed record OrderExpectation(ImmutableArray<TestedActivity> Activities, TextSpan Span) : Expectation(Span);
