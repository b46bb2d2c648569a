// What stands for the cloud: the answers of activities, given by whoever simulates.
using System.Collections.Immutable;
using Pipewright.Core.Expressions;

namespace Pipewright.Core.Simulation;

/// <summary>
/// An answer, and the activity runs that it is for. A selector that is null is for any. Names are matched without regard to case. An activity that needs no
/// cloud is walked as ever, unless its stub has an output or an error: that then stands for all that it would do.
/// </summary>
public sealed record ActivityStub
{
    /// <summary>The name of the activity.</summary>
    public string? Activity { get; init; }

    /// <summary>The type of activity: <c>Copy</c>.</summary>
    public string? Type { get; init; }

    /// <summary>The pipeline that the activity is in.</summary>
    public string? Pipeline { get; init; }

    /// <summary>A container that the activity is in, at any depth.</summary>
    public string? Container { get; init; }

    /// <summary>The number of the iteration of the nearest loop around, from 0.</summary>
    public int? Iteration { get; init; }

    /// <summary>The number of the attempt, from 1: the second is the first retry.</summary>
    public int? Attempt { get; init; }

    /// <summary>Null for an output of the shape that the activity's type has.</summary>
    public ExpressionValue? Output { get; init; }

    /// <summary>What the activity fails with; null where it succeeds.</summary>
    public StubError? Error { get; init; }

    /// <summary>How long an attempt takes; null for what is usual for the type. One that is longer than the activity's timeout ends in that.</summary>
    public TimeSpan? Duration { get; init; }

    /// <summary>Whether it says how the activity ends, rather than only how long it takes.</summary>
    internal bool Answers => Output is not null || Error is not null;

    /// <summary>The more selectors, the more it counts; the name before all others.</summary>
    internal int Precedence => (Activity is null ? 0 : 8) + (Pipeline is null ? 0 : 1) + (Container is null ? 0 : 1) + (Iteration is null ? 0 : 1) + (Attempt is null ? 0 : 1);
}

/// <summary>What an activity fails with.</summary>
/// <param name="FailureType"><c>UserError</c> or <c>SystemError</c>.</param>
public sealed record StubError(string Code, string Message, string FailureType = "UserError");

/// <summary>All stubs of a simulation. Of those that are for a run, the one with the most selectors counts; of equals, the first.</summary>
public sealed class StubSet
{
    private readonly ImmutableDictionary<string, ImmutableArray<ActivityStub>> _byActivity;
    private readonly ImmutableArray<ActivityStub> _others;

    public StubSet(IEnumerable<ActivityStub> stubs)
    {
        All = [.. stubs];
        var ordered = All.OrderByDescending(s => s.Precedence).ToList();
        _byActivity = ordered.Where(s => s.Activity is not null).GroupBy(s => s.Activity!, StringComparer.OrdinalIgnoreCase)
            .ToImmutableDictionary(g => g.Key, g => g.ToImmutableArray(), StringComparer.OrdinalIgnoreCase);
        _others = [.. ordered.Where(s => s.Activity is null)];
    }

    public static StubSet Empty { get; } = new([]);

    /// <summary>In the order in which they were given.</summary>
    public ImmutableArray<ActivityStub> All { get; }

    /// <summary>The stub for an attempt; null where none is for it.</summary>
    internal ActivityStub? Find(StubQuestion question)
    {
        var named = _byActivity.GetValueOrDefault(question.Activity, []);
        foreach (var stub in named)
        {
            if (question.Fits(stub))
            {
                return stub;
            }
        }

        foreach (var stub in _others)
        {
            if (question.Fits(stub))
            {
                return stub;
            }
        }

        return null;
    }
}

/// <summary>The attempt that an answer is wanted for.</summary>
/// <param name="Containers">The names of all containers around.</param>
/// <param name="Iteration">Of the nearest loop around; null outside of any.</param>
/// <param name="Attempt">From 1.</param>
internal readonly record struct StubQuestion(string Pipeline, string Activity, string Type, IEnumerable<string> Containers, int? Iteration, int Attempt)
{
    /// <summary>The name has been looked at already.</summary>
    public bool Fits(ActivityStub stub) => Fits(stub.Type, Type) && Fits(stub.Pipeline, Pipeline)
        && (stub.Container is null || Containers.Contains(stub.Container, StringComparer.OrdinalIgnoreCase))
        && (stub.Iteration is null || stub.Iteration == Iteration) && (stub.Attempt is null || stub.Attempt == Attempt);

    private static bool Fits(string? wanted, string given) => wanted is null || wanted.Equals(given, StringComparison.OrdinalIgnoreCase);
}
