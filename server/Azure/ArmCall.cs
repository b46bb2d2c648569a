using Azure.Core;

namespace Pipewright.Azure;

/// <summary>One operation, however many requests it takes.</summary>
/// <param name="isRead">Whether it changes nothing, so that it can be tried again whatever became of it.</param>
/// <param name="wait">How long it may wait in all.</param>
internal sealed class ArmCall(bool isRead, TimeSpan wait)
{
    public bool IsRead { get; } = isRead;

    private TimeSpan _left = wait;

    private long _taken;

    /// <summary>Counts bytes of answers; false where they are more than an operation may have.</summary>
    public bool TryTake(long bytes, long most)
    {
        _taken += bytes;
        return _taken <= most;
    }

    /// <summary>Takes a pause out of what the operation may wait; false where that is not enough.</summary>
    public bool TryWait(TimeSpan pause)
    {
        if (pause > _left)
        {
            return false;
        }

        _left -= pause;
        return true;
    }

    public static ArmCall Of(HttpMessage message) =>
        message.TryGetProperty(typeof(ArmCall), out var call) && call is ArmCall known ? known : throw new InvalidOperationException("A request without its operation.");
}
