namespace Pipewright.LanguageServer;

/// <summary>
/// Gives memory back to the system when nobody has asked for anything for some seconds. While somebody types, old versions are left lying about, because looking for them would
/// hold up what is typed.
/// </summary>
internal sealed class IdleMemory : IDisposable
{
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(4);

    /// <summary>Where there is much to look at, that takes as long as people notice, and they had better be away.</summary>
    private static readonly TimeSpan LongRest = TimeSpan.FromSeconds(30);

    /// <summary>In bytes.</summary>
    private const long Much = 256 * 1024 * 1024;

    /// <summary>In bytes. What has been given out since the last time is not worth a look below this.</summary>
    private const long Worth = 16 * 1024 * 1024;

    private readonly ITimer _timer;
    private long _allocated;

    public IdleMemory() => _timer = TimeProvider.System.CreateTimer(_ => Return(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

    /// <summary>Somebody has asked for something: the rest begins anew.</summary>
    public void Touch() => _timer.Change(GC.GetTotalMemory(forceFullCollection: false) < Much ? Rest : LongRest, Timeout.InfiniteTimeSpan);

    public void Dispose() => _timer.Dispose();

    private void Return()
    {
        var allocated = GC.GetTotalAllocatedBytes();
        if (allocated - _allocated >= Worth)
        {
            _allocated = allocated;
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        }
    }
}
