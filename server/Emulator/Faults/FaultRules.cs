using System.Text.Json.Nodes;

namespace Pipewright.Emulator.Faults;

/// <summary>The faults that are asked for, and how often each has happened.</summary>
/// <param name="seed">Of the chance that probabilities and latencies are drawn by.</param>
internal sealed class FaultRules(int seed)
{
    private readonly Lock _lock = new();
    private readonly List<Counted> _rules = [];
    private Random _random = Seed(seed);
    private int _last;

    private sealed class Counted(FaultRule rule)
    {
        public FaultRule Rule { get; } = rule;

        public int Matched { get; set; }

        public int Happened { get; set; }
    }

    /// <returns>The rule as it is listed.</returns>
    /// <exception cref="ArmErrorException">The rule says something that can't be.</exception>
    public JsonObject Add(JsonObject source)
    {
        lock (_lock)
        {
            var rule = new Counted(FaultRule.Read(_last + 1, source));
            _last++;
            _rules.Add(rule);
            return Describe(rule);
        }
    }

    public JsonObject List()
    {
        lock (_lock)
        {
            return new JsonObject { ["value"] = new JsonArray([.. _rules.Select(Describe)]) };
        }
    }

    /// <returns>Whether there was one.</returns>
    public bool Remove(int id)
    {
        lock (_lock)
        {
            return _rules.RemoveAll(r => r.Rule.Id == id) > 0;
        }
    }

    /// <summary>Takes all away, and begins chance anew.</summary>
    public void Clear()
    {
        lock (_lock)
        {
            _rules.Clear();
            _random = Seed(seed);
        }
    }

    /// <summary>What happens to a request: the first rule, in the order of adding, whose turn it is. Every rule that matches counts it.</summary>
    public FaultRule? Take(string method, string path)
    {
        lock (_lock)
        {
            FaultRule? taken = null;
            foreach (var rule in _rules.Where(r => r.Rule.Condition.Matches(method, path)))
            {
                rule.Matched++;
                if (taken is null && IsDue(rule))
                {
                    rule.Happened++;
                    taken = rule.Rule;
                }
            }

            return taken;
        }
    }

    public TimeSpan Draw(LatencyRange range)
    {
        lock (_lock)
        {
            return range.Least + (range.Most - range.Least) * Draw();
        }
    }

    private bool IsDue(Counted rule)
    {
        var condition = rule.Rule.Condition;
        return (condition.Count is not { } count || rule.Happened < count)
            && (condition.On is not { } on || rule.Matched == on)
            && (condition.Every is not { } every || rule.Matched % every == 0)
            && (condition.Probability is not { } probability || Draw() < probability);
    }

    private static JsonObject Describe(Counted rule)
    {
        var described = new JsonObject { ["id"] = rule.Rule.Id };
        foreach (var (name, value) in rule.Rule.Source.Where(p => p.Key != "id"))
        {
            described[name] = value?.DeepClone();
        }

        described["matched"] = rule.Matched;
        described["happened"] = rule.Happened;
        return described;
    }

    private static Random Seed(int seed) => new(seed);

#pragma warning disable CA5394 // Faults are drawn so that they can be drawn again, not so that nobody guesses them.
    private double Draw() => _random.NextDouble();
#pragma warning restore CA5394
}

/// <summary>How long every request waits before it is carried out.</summary>
internal readonly record struct LatencyRange(TimeSpan Least, TimeSpan Most)
{
    /// <summary>Reads <c>50</c> or <c>20-80</c>, in milliseconds; null for anything else.</summary>
    public static LatencyRange? Parse(string text)
    {
        var parts = text.Split('-');
        return parts.Length is 1 or 2
            && int.TryParse(parts[0], out var least) && int.TryParse(parts[^1], out var most) && least >= 0 && most >= least
                ? new LatencyRange(TimeSpan.FromMilliseconds(least), TimeSpan.FromMilliseconds(most))
                : null;
    }
}
