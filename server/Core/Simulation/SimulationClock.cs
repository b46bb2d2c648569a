// Simulated time: what happens next is the earliest of what is due, and of what is due at one time that which was planned first.
namespace Pipewright.Core.Simulation;

internal sealed class SimulationClock(DateTime start)
{
    private readonly PriorityQueue<PlannedEvent, (DateTime At, long Order)> _events = new();
    private long _planned;

    /// <summary>In UTC.</summary>
    public DateTime Now { get; private set; } = start;

    /// <summary>Plans something for later; a negative delay is none.</summary>
    public PlannedEvent After(TimeSpan delay, Action action)
    {
        var planned = new PlannedEvent(action);
        _events.Enqueue(planned, (At(delay), _planned++));
        return planned;
    }

    /// <summary>Plans something to come after all that is planned for now.</summary>
    public void Soon(Action action) => After(TimeSpan.Zero, action);

    /// <summary>Goes on to the next event and lets it happen. False where there is none.</summary>
    public bool Step()
    {
        while (_events.TryDequeue(out var next, out var due))
        {
            if (next.Take() is { } action)
            {
                Now = due.At;
                action();
                return true;
            }
        }

        return false;
    }

    private DateTime At(TimeSpan delay) => delay <= TimeSpan.Zero ? Now : delay >= DateTime.MaxValue - Now ? DateTime.SpecifyKind(DateTime.MaxValue, DateTimeKind.Utc) : Now + delay;
}

/// <summary>Something that is to happen, unless it is called off.</summary>
internal sealed class PlannedEvent(Action action)
{
    private Action? _action = action;

    public void CallOff() => _action = null;

    public Action? Take()
    {
        var action = _action;
        _action = null;
        return action;
    }
}
