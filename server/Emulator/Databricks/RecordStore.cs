using System.Text.Json.Nodes;

namespace Pipewright.Emulator.Databricks;

/// <summary>Things of one kind, such as jobs, each with a number.</summary>
/// <param name="state">Keeps them over a restart; null for memory only.</param>
internal sealed class RecordStore(string kind, DatabricksState? state, long first = 1)
{
    private const string Number = "_number";

    private readonly Lock _lock = new();
    private readonly SortedDictionary<long, JsonObject> _records = [];
    private long _next = first;

    public void Load()
    {
        lock (_lock)
        {
            foreach (var kept in state?.Load(kind) ?? [])
            {
                if (kept.Long(Number) is { } number)
                {
                    kept.Remove(Number);
                    _records[number] = kept;
                    _next = Math.Max(_next, number + 1);
                }
            }
        }
    }

    public void Clear()
    {
        lock (_lock)
        {
            foreach (var number in _records.Keys.ToArray())
            {
                Delete(number);
            }
        }
    }

    /// <param name="count">How many numbers in a row it takes.</param>
    /// <param name="make">Makes it from its number.</param>
    public JsonObject Add(Func<long, JsonObject> make, int count = 1)
    {
        lock (_lock)
        {
            var number = _next;
            _next += count;
            return Put(number, make(number));
        }
    }

    public JsonObject Put(long number, JsonObject record)
    {
        lock (_lock)
        {
            var kept = (JsonObject)record.DeepClone();
            kept[Number] = number;
            state?.Write(kind, number, kept);
            _records[number] = record;
            return (JsonObject)record.DeepClone();
        }
    }

    /// <summary>Null for none.</summary>
    public JsonObject? Find(long number)
    {
        lock (_lock)
        {
            return _records.GetValueOrDefault(number)?.DeepClone() as JsonObject;
        }
    }

    /// <summary>All of them, each with its number.</summary>
    public IReadOnlyList<KeyValuePair<long, JsonObject>> All
    {
        get
        {
            lock (_lock)
            {
                return [.. _records.Select(r => KeyValuePair.Create(r.Key, (JsonObject)r.Value.DeepClone()))];
            }
        }
    }

    /// <returns>Whether there was one.</returns>
    public bool Delete(long number)
    {
        lock (_lock)
        {
            state?.Delete(kind, number);
            return _records.Remove(number);
        }
    }
}
