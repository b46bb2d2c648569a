using System.Text.RegularExpressions;

namespace Pipewright.Emulator.Faults;

/// <summary>So many requests a minute for each factory and for the workspace, then none until the minute is over.</summary>
/// <param name="limit">0 for no limit.</param>
internal sealed partial class Throttle(TimeProvider time, int limit)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, (DateTimeOffset Start, int Count)> _byFactory = new(StringComparer.OrdinalIgnoreCase);

    /// <returns>Null where the request may pass; else how long to wait, in whole seconds.</returns>
    public int? Count(string path)
    {
        if (limit == 0 || FactoryOf().Match(path) is not { Success: true } factory)
        {
            return null;
        }

        lock (_lock)
        {
            var now = time.GetUtcNow();
            var (start, count) = _byFactory.GetValueOrDefault(factory.Value, (now, 0));
            if (now - start >= TimeSpan.FromMinutes(1))
            {
                (start, count) = (now, 0);
            }

            _byFactory[factory.Value] = (start, count + 1);
            return count < limit ? null : Math.Max(1, (int)Math.Ceiling((start + TimeSpan.FromMinutes(1) - now).TotalSeconds));
        }
    }

    public void Clear()
    {
        lock (_lock)
        {
            _byFactory.Clear();
        }
    }

    [GeneratedRegex("^/api/|^/subscriptions/[^/]+/resourceGroups/[^/]+/providers/Microsoft.DataFactory/factories/[^/]+", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex FactoryOf();
}
