using System.Globalization;
using System.Text.Json.Nodes;
using Pipewright.Azure;
using Pipewright.Core.Schema;
using Pipewright.Deployment;
using Pipewright.Deployment.Applying;
using Pipewright.Deployment.Planning;
using Pipewright.LanguageServer;
using Pipewright.Server.Tests.Emulator;
using Xunit;

namespace Pipewright.Server.Tests.Deployment;

/// <summary>The faults of <see cref="ReliabilityTests"/> over HTTP, with the client that people use, before the emulator.</summary>
public sealed class FaultMatrixTests
{
    private static readonly Dictionary<string, string> Faults = new()
    {
        ["timeout"] = """{"action":"timeout","when":"before"}""",
        ["timeout after it was carried out"] = """{"action":"timeout","when":"after"}""",
        ["connection reset"] = """{"action":"reset","when":"before"}""",
        ["connection reset after it was carried out"] = """{"action":"reset","when":"after"}""",
        ["429"] = """{"action":"status","status":429,"retryAfter":0}""",
        ["500"] = """{"action":"status","status":500}""",
        ["500 after it was carried out"] = """{"action":"status","status":500,"when":"after"}""",
        ["401 in the middle"] = """{"action":"status","status":401}""",
        ["412"] = """{"action":"status","status":412}""",
        ["malformed body"] = """{"action":"malformed","when":"after"}""",
    };

    /// <summary>Asks quickly again. How long an answer may take depends on the fault: a machine that is busy is none.</summary>
    private static ArmOptions Options { get; } = ArmOptions.Default with
    {
        MaxRetries = 4,
        FirstPause = TimeSpan.FromMilliseconds(1),
        PollInterval = TimeSpan.FromMilliseconds(10),
        MaxWait = TimeSpan.FromSeconds(60),
    };

    /// <summary>Each of these faults is waited for, so the client is less patient there.</summary>
    private static ArmOptions OptionsFor(string fault) => fault.StartsWith("timeout", StringComparison.Ordinal) ? Options with { NetworkTimeout = TimeSpan.FromMilliseconds(400) } : Options;

    public static TheoryData<string> FaultNames => [.. Faults.Keys];

    [Theory]
    [MemberData(nameof(FaultNames))]
    public async Task A_fault_of_any_request_is_got_over(string fault)
    {
        var rule = JsonNode.Parse(Faults[fault])!.AsObject();
        rule["path"] = "**";
        await using var emulator = await TestEmulator.StartAsync();
        var client = new AzureFactoryClient(new DataFactoryClient(new FactoryTarget(emulator.Address, "00000000-0000-0000-0000-000000000000", "local", "local"), null, OptionsFor(fault)));
        var requests = await CountAsync(emulator, client);
        Assert.InRange(requests, 50, 120);
        for (var at = 1; at <= requests; at++)
        {
            await ResetAsync(emulator, client);
            rule["on"] = at;
            await emulator.FaultAsync(rule.ToJsonString());
            var machine = new DeployingMachine(client);
            var results = await machine.DeployAsync();
            await emulator.DeleteAsync("/_emulator/faults");
            var where = string.Create(CultureInfo.InvariantCulture, $"{fault}, request {at}");

            // On odd ones the way back, on even ones the same once more.
            if (at % 2 == 1)
            {
                Assert.True(await machine.RollBackAsync(), $"{where}: the way back failed");
                await AssertOldAsync(client, where);
            }
            else
            {
                results = await machine.DeployAsync();
                Assert.True(results.All(r => r.IsDone), $"{where}: {results.FirstOrDefault(r => !r.IsDone)?.Error}");
                Assert.True((await machine.PlanAsync()).IsEmpty, where);
                Assert.True((await client.FindAsync(new ResourceId(ResourceKind.Trigger, "Nightly"), default))!.IsStarted, $"{where}: the trigger was left stopped");
            }
        }
    }

    private static async Task<int> CountAsync(TestEmulator emulator, IFactoryClient client)
    {
        await ResetAsync(emulator, client);
        await new DeployingMachine(client).DeployAsync();
        return (await emulator.GetAsync("/_emulator/requests")).Content!["value"]!.AsArray().Count;
    }

    /// <summary>The old state, and an empty log.</summary>
    private static async Task ResetAsync(TestEmulator emulator, IFactoryClient client)
    {
        await emulator.PostAsync("/_emulator/reset");
        var plan = await new Planner(client).MakeAsync(new PlanRequest(FortyResources.Old), default);
        Assert.All(await new Deployer(client).ApplyAsync(plan, _ => { }, _ => { }, default), r => Assert.True(r.IsDone, r.Error));
        await emulator.DeleteAsync("/_emulator/requests");
    }

    private static async Task AssertOldAsync(IFactoryClient client, string where)
    {
        var plan = await new Planner(client).MakeAsync(new PlanRequest(FortyResources.Old) { Deletes = true }, default);
        Assert.True(plan.IsEmpty, $"{where}, rolled back: {string.Join(", ", plan.Changes.Where(c => c.Action != PlannedAction.None).Select(c => $"{c.Action} {c.Id} {string.Join(' ', c.Properties)}"))}");
    }
}
