namespace Pipewright.Server.Tests.Emulator;

/// <summary>A clock that stands still until it is turned.</summary>
internal sealed class TurnedTime : TimeProvider
{
    private DateTimeOffset _now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow() => _now;

    public void Turn(TimeSpan by) => _now += by;
}
