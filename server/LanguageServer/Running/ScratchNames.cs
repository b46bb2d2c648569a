namespace Pipewright.LanguageServer.Running;

/// <summary>Of the latest runs under scratch names, the names that their pipelines have in the files. Calls may come from any thread.</summary>
internal sealed class ScratchNames
{
    /// <summary>Nobody watches an older run than this many; a session of days would keep all of them.</summary>
    private const int MostRuns = 50;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, IReadOnlyDictionary<string, string>> _names = [];
    private readonly Queue<string> _order = new();

    public void Add(string runId, IReadOnlyDictionary<string, string> names)
    {
        lock (_lock)
        {
            if (_names.TryAdd(runId, names))
            {
                _order.Enqueue(runId);
            }

            if (_order.Count > MostRuns)
            {
                _names.Remove(_order.Dequeue());
            }
        }
    }

    /// <summary>The names in the files by the scratch names; null for a run that is none, or long ago.</summary>
    public IReadOnlyDictionary<string, string>? Find(string runId)
    {
        lock (_lock)
        {
            return _names.GetValueOrDefault(runId);
        }
    }
}
