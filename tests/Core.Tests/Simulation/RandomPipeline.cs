// Pipelines made by chance, with an oracle of how they end that knows nothing of the simulator.
using System.Globalization;
using System.Text;
using Pipewright.Core.Simulation;

namespace Pipewright.Core.Tests.Simulation;

/// <summary>One activity of a random list.</summary>
/// <param name="Failures">How many of its attempts fail before one succeeds.</param>
/// <param name="Dependencies">The places of those that it waits for, all before its own, with the ends that it wants.</param>
internal sealed record RandomActivity(string Name, int Retries, int Failures, int Seconds, List<(int Upstream, string[] Conditions)> Dependencies)
{
    public bool Fails => Failures > Retries;

    public int Attempts => Math.Min(Failures, Retries) + 1;
}

internal sealed class RandomPipeline
{
    private static readonly string[] Conditions = ["Succeeded", "Failed", "Skipped", "Completed"];

    public RandomPipeline(int seed)
    {
        var random = new Random(seed);
        for (var i = random.Next(1, 9); i > 0; i--)
        {
            var before = Enumerable.Range(0, Activities.Count).Where(_ => random.Next(3) == 0).ToList();
            Activities.Add(new RandomActivity(
                $"A{Activities.Count}", random.Next(3), random.Next(4) == 0 ? random.Next(1, 5) : 0, random.Next(10),
                [.. before.Select(b => (b, Conditions.Where(_ => random.Next(2) == 0).DefaultIfEmpty("Succeeded").ToArray()))]));
        }
    }

    public List<RandomActivity> Activities { get; } = [];

    public string Yaml
    {
        get
        {
            var text = new StringBuilder("activities:\n");
            foreach (var activity in Activities)
            {
                var dependencies = string.Join(", ", activity.Dependencies.Select(d => $"{{ activity: A{d.Upstream}, dependencyConditions: [{string.Join(", ", d.Conditions)}] }}"));
                text.Append(CultureInfo.InvariantCulture, $"  - {{ name: {activity.Name}, type: Copy, policy: {{ retry: {activity.Retries}, retryIntervalInSeconds: 30 }}, dependsOn: [{dependencies}] }}\n");
            }

            return text.ToString();
        }
    }

    public StubSet Stubs => new(Activities.SelectMany(a => Enumerable.Range(1, 1 + a.Retries).Select(n => new ActivityStub
    {
        Activity = a.Name,
        Attempt = n,
        Duration = TimeSpan.FromSeconds(a.Seconds),
        Error = n <= a.Failures ? new StubError("E", "It broke.") : null,
    })));

    /// <summary>How each activity ends: S, F or K for skipped.</summary>
    public string Ends
    {
        get
        {
            var ends = new StringBuilder();
            foreach (var activity in Activities)
            {
                var runs = activity.Dependencies.TrueForAll(d => Array.Exists(d.Conditions, c => Accepts(c, ends[d.Upstream])));
                ends.Append(!runs ? 'K' : activity.Fails ? 'F' : 'S');
            }

            return ends.ToString();
        }
    }

    /// <summary>The documented rule: all leaves succeed, where a leaf that was skipped is what those are that it waits for.</summary>
    public bool Succeeds
    {
        get
        {
            var ends = Ends;
            bool IsGood(int i) => ends[i] == 'K' ? Activities[i].Dependencies.TrueForAll(d => IsGood(d.Upstream)) : ends[i] == 'S';
            return Enumerable.Range(0, Activities.Count).Where(i => !Activities.Exists(a => a.Dependencies.Exists(d => d.Upstream == i))).All(IsGood);
        }
    }

    private static bool Accepts(string condition, char end) => condition switch
    {
        "Succeeded" => end == 'S',
        "Failed" => end == 'F',
        "Skipped" => end == 'K',
        _ => end is 'S' or 'F',
    };
}
