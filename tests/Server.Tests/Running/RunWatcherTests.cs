using Pipewright.Azure;
using Pipewright.Deployment;
using Pipewright.Deployment.Running;
using Pipewright.Emulator;
using Pipewright.LanguageServer.AzureServices;
using Pipewright.Server.Tests.Emulator;
using Xunit;

namespace Pipewright.Server.Tests.Running;

/// <summary>Watching runs of the emulator over HTTP.</summary>
public sealed class RunWatcherTests
{
    private const string Child = """{"properties":{"activities":[{"name":"Fetch","type":"WebActivity","policy":{"retry":1,"retryIntervalInSeconds":30},"typeProperties":{"method":"GET","url":"https://example.org"}}]}}""";
    private const string Parent = """{"properties":{"activities":[{"name":"Each","type":"ForEach","typeProperties":{"isSequential":true,"items":{"value":"@createArray('a','b')","type":"Expression"},"activities":[{"name":"Call","type":"ExecutePipeline","typeProperties":{"pipeline":{"referenceName":"child","type":"PipelineReference"},"waitOnCompletion":true}}]}}]}}""";

    [Fact]
    public async Task What_a_run_does_is_told_with_rounds_attempts_and_called_runs()
    {
        await using var emulator = await StartAsync(0);
        await emulator.PostAsync("/_emulator/stubs", """{"activity":"Fetch","attempt":1,"error":{"code":"2001","message":"Busy"}}""");
        var client = Client(emulator);
        var id = await client.StartAsync(new RunStart("parent"), default);
        var (end, events) = await WatchAsync(client, id);
        Assert.Equal("Succeeded", end.Status);
        Assert.Equal(
            ["0 Each Succeeded", "0 Call [0] Succeeded", "0 Call [1] Succeeded", "0 parent Succeeded",
             "1 Fetch #1 Failed 2001", "1 Fetch #2 Succeeded", "1 child Succeeded", "1 Fetch #1 Failed 2001", "1 Fetch #2 Succeeded", "1 child Succeeded"],
            events.Select(Describe));
    }

    [Fact]
    public async Task Only_what_has_changed_is_told_again()
    {
        await using var emulator = await StartAsync(1, new TickingTime());
        var client = Client(emulator);
        var id = await client.StartAsync(new RunStart("child"), default);
        var events = new List<string>();
        var end = await Watcher(client).WatchAsync(id, change => events.Add(Describe(change)), default);
        Assert.Equal(["0 child InProgress", "0 Fetch InProgress", "0 Fetch Succeeded", "0 child Succeeded"], events);
        Assert.Equal("Succeeded", end.Status);
    }

    [Theory]
    [InlineData("""{"action":"status","status":429,"count":2,"retryAfter":0}""")]
    [InlineData("""{"action":"status","status":500,"count":2}""")]
    [InlineData("""{"action":"status","status":503,"count":2}""")]
    [InlineData("""{"action":"reset","count":2}""")]
    [InlineData("""{"action":"malformed","count":2}""")]
    public async Task Watching_survives_what_passes(string fault)
    {
        await using var emulator = await StartAsync(0);
        var client = Client(emulator);
        var id = await client.StartAsync(new RunStart("child"), default);
        Assert.Equal(201, (await emulator.FaultAsync(fault.Replace("{", """{"path":"**/pipelineruns/**",""", StringComparison.Ordinal))).Status);
        var (end, events) = await WatchAsync(client, id);
        Assert.Equal("Succeeded", end.Status);
        Assert.Equal(["0 Fetch Succeeded", "0 child Succeeded"], events.Where(e => e is not LookFailed).Select(Describe));
        Assert.Equal(2, (int)(await emulator.GetAsync("/_emulator/faults")).Content!["value"]![0]!["happened"]!);
    }

    [Fact]
    public async Task Watching_ends_when_looking_fails_for_too_long_or_is_refused()
    {
        await using var emulator = await StartAsync(0);
        var client = Client(emulator);
        var id = await client.StartAsync(new RunStart("child"), default);
        var unknown = await Assert.ThrowsAsync<FactoryRequestException>(() => WatchAsync(client, "gone"));
        Assert.Contains("'gone'", unknown.Message, StringComparison.Ordinal);
        await emulator.FaultAsync("""{"path":"**/pipelineruns/**","action":"status","status":500}""");
        Assert.Equal(500, (await Assert.ThrowsAsync<FactoryRequestException>(() => WatchAsync(client, id, patience: TimeSpan.Zero))).Status);
        await emulator.DeleteAsync("/_emulator/faults");
        await emulator.FaultAsync("""{"path":"**/pipelineruns/**","action":"status","status":403}""");
        Assert.Equal(403, (await Assert.ThrowsAsync<FactoryRequestException>(() => WatchAsync(client, id))).Status);
    }

    [Fact]
    public async Task A_run_that_is_cancelled_ends_as_such()
    {
        await using var emulator = await StartAsync(1, new TickingTime(), TimeSpan.FromSeconds(3));
        var client = Client(emulator);
        var id = await client.StartAsync(new RunStart("parent"), default);
        var events = new List<string>();
        var isAsked = false;
        var end = await Watcher(client).WatchAsync(
            id,
            change =>
            {
                events.Add(Describe(change));
                if (!isAsked && change is ActivityChanged { Activity.Activity: "Call" })
                {
                    isAsked = true;
                    client.CancelAsync(id, true, default).Wait();
                }
            },
            default);
        Assert.Equal("Cancelled", end.Status);
        Assert.Contains("0 Each Cancelled", events);
        Assert.Contains("0 parent Canceling", events);
    }

    [Fact]
    public async Task A_start_of_unknown_outcome_names_what_may_be_the_run()
    {
        await using var emulator = await StartAsync(0);
        await emulator.FaultAsync("""{"path":"**/createRun","action":"reset","when":"after"}""");
        var unknown = await Assert.ThrowsAsync<FactoryRequestException>(() => new RunStarter(Client(emulator), TimeProvider.System).StartAsync(new RunStart("child"), default));
        var run = Assert.Single(await Watcher(Client(emulator)).ListRecentAsync("child", 5, default));
        Assert.Contains(run.RunId, unknown.Message, StringComparison.Ordinal);
    }

    /// <summary>A clock that goes on by a twentieth of a second whenever somebody looks at it, so that nothing has to wait.</summary>
    private sealed class TickingTime : TimeProvider
    {
        private long _ticks = System.GetUtcNow().Ticks;

        public override DateTimeOffset GetUtcNow() => new(Interlocked.Add(ref _ticks, TimeSpan.TicksPerSecond / 20), TimeSpan.Zero);
    }

    private static RunWatcher Watcher(IRunClient client, TimeSpan? patience = null) =>
        new(client, TimeProvider.System) { ShortestPause = TimeSpan.Zero, LongestPause = TimeSpan.Zero, Patience = patience ?? TimeSpan.FromMinutes(5) };

    private static async Task<(PipelineRunState End, List<RunEvent> Events)> WatchAsync(IRunClient client, string id, TimeSpan? patience = null)
    {
        var events = new List<RunEvent>();
        return (await Watcher(client, patience).WatchAsync(id, events.Add, default), events);
    }

    private static string Describe(RunEvent change) => change switch
    {
        RunChanged run => $"{run.Depth} {run.Run.Pipeline} {run.Run.Status}",
        ActivityChanged { Activity: var activity } changed =>
            $"{changed.Depth} {activity.Activity}{(changed.Iteration is { } round ? $" [{round}]" : "")}{(activity.Activity == "Fetch" && activity.Pipeline == "child" && changed.Depth == 1 ? $" #{changed.Attempt}" : "")} {activity.Status}{(activity.Error is { } error ? $" {error.Code}" : "")}",
        LookFailed failed => failed.Message,
        _ => "",
    };

    private static AzureRunClient Client(TestEmulator emulator) => new(new DataFactoryClient(
        new FactoryTarget(emulator.Address, "00000000-0000-0000-0000-000000000000", "local", "local"), null, new ArmOptions { MaxRetries = 0, MaxWait = TimeSpan.Zero }));

    private static async Task<TestEmulator> StartAsync(double speed, TimeProvider? time = null, TimeSpan operationTime = default)
    {
        var emulator = await TestEmulator.StartAsync(new EmulatorOptions(0, null, null, 2) { Time = time ?? TimeProvider.System, Speed = speed, OperationTime = operationTime });
        await emulator.PutAsync("pipelines/child", Child);
        await emulator.PutAsync("pipelines/parent", Parent);
        return emulator;
    }
}
