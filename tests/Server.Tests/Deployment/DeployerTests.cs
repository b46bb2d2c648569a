using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Pipewright.Core.Schema;
using Pipewright.Deployment;
using Xunit;

namespace Pipewright.Server.Tests.Deployment;

public sealed class DeployerTests
{
    private static readonly ImmutableArray<DeploymentUnit> ThreePipelines = [Unit("a"), Unit("b"), Unit("c")];

    [Fact]
    public async Task Everything_is_put_in_order_with_the_version_that_was_found()
    {
        var client = new RecordingClient { Live = { ["b"] = Found("v1") } };
        Assert.Equal("a Created, b Updated, c Created", await DeployAsync(ThreePipelines, client));
        Assert.Equal(["put a ", "put b v1", "put c "], client.Calls);
    }

    [Fact]
    public async Task After_a_failure_nothing_more_is_attempted()
    {
        var client = new RecordingClient { Refuse = { "put b " } };
        Assert.Equal("a Created, b Failed (Refused: put b ), c NotAttempted", await DeployAsync(ThreePipelines, client));
        Assert.Equal(["put a ", "put b "], client.Calls);
    }

    [Fact]
    public async Task A_cancellation_takes_effect_between_two_resources()
    {
        using var source = new CancellationTokenSource();
        var client = new RecordingClient();
        var results = await Deployer.ApplyAsync(ThreePipelines, client, p => Cancel(p.Current.Id.Name == "b"), _ => { }, source.Token);
        Assert.Equal([DeploymentAction.Created, DeploymentAction.Created, DeploymentAction.NotAttempted], results.Select(r => r.Action));
        Assert.Equal(["put a ", "put b "], client.Calls);

        void Cancel(bool now)
        {
            if (now)
            {
                source.Cancel();
            }
        }
    }

    [Fact]
    public async Task Progress_and_results_are_told_one_by_one()
    {
        var told = new List<string>();
        await Deployer.ApplyAsync(
            ThreePipelines, new RecordingClient(), p => told.Add($"{p.Done} of {p.Total}: {p.Current.Id.Name}"), r => told.Add($"{r.Unit.Id.Name} {r.Action}"), default);
        Assert.Equal(["0 of 3: a", "a Created", "1 of 3: b", "b Created", "2 of 3: c", "c Created"], told);
    }

    [Theory]
    [InlineData("", "t Updated", "stop t, put t v2, start t")]
    [InlineData("put t v2", "t Failed (Refused: put t v2)", "stop t, put t v2, start t")]
    [InlineData("stop t", "t Failed (Refused: stop t)", "stop t")]
    public async Task A_trigger_that_fires_is_stopped_and_started_again_whatever_comes_of_its_change(string refused, string result, string calls)
    {
        var client = new RecordingClient { Live = { ["t"] = Found("v1", "Started") }, Refuse = { refused } };
        Assert.Equal(result, await DeployAsync([Unit("t", ResourceKind.Trigger)], client));
        Assert.Equal(calls, string.Join(", ", client.Calls));
    }

    [Theory]
    [InlineData("start t", "could not be started again", "Refused: The trigger")]
    [InlineData("put t v2|start t", "could not be started again", "Refused: put t v2 The trigger")]
    public async Task A_trigger_that_stays_stopped_is_said_to_with_why_its_change_was_refused(string refused, string stays, string beginning)
    {
        var client = new RecordingClient { Live = { ["t"] = Found("v1", "Started") } };
        client.Refuse.UnionWith(refused.Split('|'));
        var results = await Deployer.ApplyAsync([Unit("t", ResourceKind.Trigger)], client, _ => { }, _ => { }, default);
        Assert.StartsWith(beginning, results[0].Error, StringComparison.Ordinal);
        Assert.Contains(stays, results[0].Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_trigger_that_does_not_fire_is_not_started()
    {
        var client = new RecordingClient { Live = { ["t"] = Found("v1") } };
        await DeployAsync([Unit("t", ResourceKind.Trigger)], client);
        Assert.Equal(["put t v1"], client.Calls);
    }

    private static DeploymentUnit Unit(string name, ResourceKind kind = ResourceKind.Pipeline) => new(new ResourceId(kind, name), "{}", $"{name}.yaml", []);

    private static LiveResource Found(string etag, string state = "Stopped") => new(
        new ResourceId(ResourceKind.Pipeline, "any"), JsonDocument.Parse($$"""{"properties":{"runtimeState":"{{state}}"} }""").RootElement, etag);

    private static async Task<string> DeployAsync(ImmutableArray<DeploymentUnit> units, RecordingClient client) =>
        string.Join(", ", (await Deployer.ApplyAsync(units, client, _ => { }, _ => { }, default)).Select(r => $"{r.Unit.Id.Name} {r.Action}{(r.Error is null ? "" : $" ({r.Error})")}"));

    /// <summary>A factory in memory that writes down what is asked of it.</summary>
    private sealed class RecordingClient : IFactoryClient
    {
        public Dictionary<string, LiveResource> Live { get; } = [];

        public HashSet<string> Refuse { get; } = [];

        public List<string> Calls { get; } = [];

        public Task<LiveResource?> FindAsync(ResourceId id, CancellationToken cancellation) => Task.FromResult(Live.GetValueOrDefault(id.Name));

        public async IAsyncEnumerable<LiveResource> ListAsync(ResourceKind kind, [EnumeratorCancellation] CancellationToken cancellation)
        {
            await Record($"list {kind}");
            foreach (var live in Live.Values)
            {
                yield return live;
            }
        }

        public async Task<LiveResource> PutAsync(ResourceId id, string body, string? etag, CancellationToken cancellation)
        {
            await Record($"put {id.Name} {etag}");
            return Live[id.Name] = Found("put");
        }

        public async Task<bool> DeleteAsync(ResourceId id, CancellationToken cancellation)
        {
            await Record($"delete {id.Name}");
            return Live.Remove(id.Name);
        }

        public Task StopTriggerAsync(string name, CancellationToken cancellation)
        {
            var done = Record($"stop {name}");
            Live[name] = Found("v2");
            return done;
        }

        public Task StartTriggerAsync(string name, CancellationToken cancellation) => Record($"start {name}");

        private Task Record(string call)
        {
            Calls.Add(call);
            return Refuse.Contains(call) ? throw new FactoryRequestException("Refused", call) : Task.CompletedTask;
        }
    }
}
