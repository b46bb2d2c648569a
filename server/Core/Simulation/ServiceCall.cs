// An activity that needs a cloud: its stub answers, attempt by attempt, with the policy's timeout and retries.
using Pipewright.Core.Expressions;

namespace Pipewright.Core.Simulation;

internal sealed class ServiceCall
{
    private const int UsualInterval = 30;

    private readonly ActivityWalk _walk;
    private readonly TimeSpan _timeout;
    private readonly long _retries;
    private readonly TimeSpan _interval;

    /// <exception cref="UnresolvedException">An expression of the policy gives an error.</exception>
    private ServiceCall(ActivityWalk walk, TimeSpan? timeout)
    {
        _walk = walk;
        _timeout = timeout ?? UsualTimeout(walk.Type);

        // Nor have they one for retries.
        _retries = IsControl(walk.Type) ? 0 : Math.Max(0, PlainValue.Integer(walk.ReadPolicy("retry")) ?? 0);
        _interval = TimeSpan.FromSeconds(Math.Clamp(PlainValue.Integer(walk.ReadPolicy("retryIntervalInSeconds")) ?? UsualInterval, 0, int.MaxValue));
    }

    /// <exception cref="UnresolvedException">An expression of the policy gives an error.</exception>
    public static void Start(ActivityWalk walk)
    {
        var timeout = ReadTimeout(walk);
        if (timeout is null or NullValue || PlainValue.Span(timeout) is not null)
        {
            new ServiceCall(walk, PlainValue.Span(timeout)).StartAttempt(1);
        }
        else
        {
            walk.Fail(SimulationErrors.BadRequest, SimulationErrors.WrongValue(walk.Node.Name, "timeout", timeout, "a time span, d.hh:mm:ss"), null);
        }
    }

    /// <summary>Activities of control flow have no policy of their own for this (the REST model); some have a timeout among their own properties.</summary>
    private static ExpressionValue? ReadTimeout(ActivityWalk walk) => IsControl(walk.Type) ? walk.Input.Find("timeout") : walk.ReadPolicy("timeout");

    private void StartAttempt(int number)
    {
        if (_walk.IsEnded || (number > 1 && !_walk.Simulation.CountStart()))
        {
            return;
        }

        var start = _walk.Simulation.Clock.Now;
        var stub = _walk.FindStub(number);
        var duration = stub?.Duration ?? UsualDuration(_walk.Type);
        if (duration > _timeout)
        {
            var error = _walk.MakeError(SimulationErrors.Timeout, SimulationErrors.TimedOut(_walk.Node.Name, _timeout), null);
            _walk.Simulation.Clock.After(_timeout, () => EndAttempt(number, start, stub, null, error));
        }
        else
        {
            var error = stub?.Error is { } given ? _walk.MakeError(given.Code, given.Message, null, given.FailureType) : null;
            var output = stub?.Output ?? (error is null ? DefaultOutput.Of(_walk, duration) : null);
            _walk.Simulation.Clock.After(duration, () => EndAttempt(number, start, stub, output, error));
        }
    }

    private void EndAttempt(int number, DateTime start, ActivityStub? stub, ExpressionValue? output, RunError? error)
    {
        if (_walk.IsEnded)
        {
            return;
        }

        var id = number == 1 ? _walk.RunId : _walk.Simulation.NextId();
        var status = error is null ? ActivityRunStatus.Succeeded : ActivityRunStatus.Failed;
        _walk.Source = stub is { Answers: true } ? AnswerSource.Stub : AnswerSource.DefaultStub;
        _walk.AddAttempt(new ActivityAttempt(number, id, start, _walk.Simulation.Clock.Now, status, _walk.IsOutputSecure && !_walk.Simulation.Request.ShowsSecured ? null : output, error, _walk.Source));
        if (error is null)
        {
            _walk.Succeed(output);
        }
        else if (number <= _retries)
        {
            _walk.Simulation.Clock.After(_interval, () => StartAttempt(number + 1));
        }
        else
        {
            _walk.Fail(error, output);
        }
    }

    private static bool IsControl(string type) => type.ToUpperInvariant() is "IFCONDITION" or "SWITCH" or "FOREACH" or "UNTIL" or "SETVARIABLE" or "APPENDVARIABLE"
        or "FILTER" or "WAIT" or "FAIL" or "EXECUTEPIPELINE" or "VALIDATION" or "WEBHOOK";

    private static TimeSpan UsualTimeout(string type) => type.ToUpperInvariant() switch
    {
        "WEBHOOK" => TimeSpan.FromMinutes(10),
        "UNTIL" or "VALIDATION" => TimeSpan.FromDays(7),
        var other => IsControl(other) ? TimeSpan.MaxValue : TimeSpan.FromHours(12),
    };

    /// <summary>How long an attempt takes whose stub does not say: nobody can know, so about what is common.</summary>
    private static TimeSpan UsualDuration(string type) => TimeSpan.FromSeconds(type.ToUpperInvariant() switch
    {
        "COPY" => 20,
        "EXECUTEDATAFLOW" or "EXECUTEWRANGLINGDATAFLOW" => 240,
        "LOOKUP" or "SCRIPT" => 5,
        "SQLSERVERSTOREDPROCEDURE" => 10,
        "GETMETADATA" or "DELETE" or "WEBACTIVITY" or "WEBHOOK" or "AZUREFUNCTIONACTIVITY" or "VALIDATION" => 3,
        var other when IsControl(other) => 0,
        var other when other.StartsWith("DATABRICKS", StringComparison.Ordinal) => 120,
        _ => 60,
    });
}
