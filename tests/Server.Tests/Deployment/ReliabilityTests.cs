using System.Collections.Concurrent;
using System.Globalization;
using Pipewright.Core.Schema;
using Pipewright.Deployment;
using Pipewright.Deployment.Applying;
using Xunit;

namespace Pipewright.Server.Tests.Deployment;

/// <summary>
/// Each request of a deployment of 40 resources fails in each way that a network, a service or a machine has. Nothing is lost, what was done is known,
/// and the same deployment once more, or the way back, ends where it should.
/// </summary>
public sealed class ReliabilityTests
{
    /// <summary>How requests fail. Those of unknown outcome are tried both before and after the service has carried them out.</summary>
    private static readonly Dictionary<string, (bool IsAfter, Func<Exception> Make)> Faults = new()
    {
        ["timeout before"] = (false, () => Lost("Timeout")),
        ["timeout after"] = (true, () => Lost("Timeout")),
        ["connection reset before"] = (false, () => Lost("NoResponse")),
        ["connection reset after"] = (true, () => Lost("NoResponse")),
        ["500 before"] = (false, () => Lost("InternalServerError", 500)),
        ["500 after"] = (true, () => Lost("InternalServerError", 500)),
        ["malformed body"] = (true, () => Lost("InvalidResponse", 200)),
        ["429 without end"] = (false, () => new FactoryRequestException("TooManyRequests", "Wait.") { Status = 429 }),
        ["401"] = (false, () => new FactoryRequestException("ExpiredAuthenticationToken", "The token has expired.") { Status = 401 }),
        ["412"] = (false, () => new FactoryRequestException("PreconditionFailed", "Changed.") { Status = 412 }),
        ["process killed before"] = (false, () => new ProcessKilledException()),
        ["process killed after"] = (true, () => new ProcessKilledException()),
    };

    public static TheoryData<string, bool> Cells
    {
        get
        {
            var cells = new TheoryData<string, bool>();
            foreach (var fault in Faults.Keys)
            {
                cells.Add(fault, true);
                cells.Add(fault, false);
            }

            return cells;
        }
    }

    [Theory]
    [MemberData(nameof(Cells))]
    public async Task Whatever_happens_to_a_request_nothing_is_lost(string fault, bool isLasting)
    {
        var requests = await CountRequestsAsync();
        Assert.InRange(requests, 50, 120);
        for (var at = 0; at < requests; at++)
        {
            await TryAsync(fault, at, isLasting);
        }
    }

    private static async Task<int> CountRequestsAsync()
    {
        var factory = FortyResources.MakeFactory();
        await new DeployingMachine(factory).DeployAsync();
        return factory.Calls.Count;
    }

    private static async Task TryAsync(string fault, int at, bool isLasting)
    {
        var where = $"{fault}, {(isLasting ? "from" : "at")} request {at.ToString(CultureInfo.InvariantCulture)}";
        var factory = FortyResources.MakeFactory();
        var old = factory.Content;
        var machine = new DeployingMachine(factory);
        var (isAfter, make) = Faults[fault];
        var count = -1;
        var numbers = new ConcurrentDictionary<string, int>();
        factory.Fault = (call, isDone) =>
        {
            var number = isDone ? numbers[call] : numbers[call] = Interlocked.Increment(ref count);
            var hits = isLasting ? number >= at : number == at;
            if (machine.IsRepaired)
            {
                return Task.CompletedTask;
            }

            var thrown = hits && isDone == isAfter ? make() : machine.IsDead ? new ProcessKilledException() : null;
            machine.IsDead |= thrown is ProcessKilledException;
            return thrown is null ? Task.CompletedTask : throw thrown;
        };

        var result = await machine.DeployAsync();
        machine.Repair();

        // What the result says was done is done, and what it says was not even tried is as it was.
        foreach (var told in result)
        {
            var now = factory.Content.GetValueOrDefault(told.Change.Id.ToString());
            if (told.Action == DeploymentAction.NotAttempted)
            {
                Assert.True(Same(old.GetValueOrDefault(told.Change.Id.ToString()), now), $"{where}: {told.Change.Id} was changed though it was not attempted");
            }
            else if (told.IsDone && told.Action != DeploymentAction.Deleted)
            {
                Assert.True(now is not null, $"{where}: {told.Change.Id} is not there though it was done");
            }
        }

        // The way back, in a copy of this world.
        var twin = factory.Copy();
        var copy = machine.Copy(twin);
        var rollback = await copy.RollBackAsync();
        Assert.True(rollback, $"{where}: the way back failed");
        AssertSame(old, twin.Content, $"{where}, rolled back");

        // The same once more.
        var again = await machine.DeployAsync();
        Assert.True(again.All(r => r.IsDone), $"{where}: once more failed: {again.FirstOrDefault(r => !r.IsDone)?.Error}");
        Assert.True((await machine.PlanAsync()).IsEmpty, $"{where}: the plan is not empty in the end");
        Assert.True(factory[ResourceKind.Trigger, "Nightly"]!.IsStarted, $"{where}: the trigger was left stopped");
        Assert.False(factory[ResourceKind.Trigger, "Hourly"]!.IsStarted, where);
        Assert.Null(factory[ResourceKind.Pipeline, "Gone"]);
    }

    private static void AssertSame(SortedDictionary<string, string> expected, SortedDictionary<string, string> actual, string where)
    {
        Assert.True(expected.Keys.SequenceEqual(actual.Keys), $"{where}: {string.Join(' ', expected.Keys.Except(actual.Keys))} missing, {string.Join(' ', actual.Keys.Except(expected.Keys))} too many");
        foreach (var (id, properties) in expected)
        {
            Assert.True(Same(properties, actual[id]), $"{where}: {id} is {actual[id]}");
        }
    }

    private static bool Same(string? left, string? right) => left == right
        || (left is not null && right is not null && System.Text.Json.JsonElement.DeepEquals(System.Text.Json.JsonElement.Parse(left), System.Text.Json.JsonElement.Parse(right)));

    private static FactoryRequestException Lost(string code, int status = 0) => new(code, "No answer that can be read.") { Status = status, IsOutcomeUnknown = true };
}
