using System.Collections.Immutable;
using Pipewright.Core.Schema;
using Pipewright.Deployment;
using Pipewright.Deployment.Applying;
using Pipewright.Deployment.Planning;
using Xunit;

namespace Pipewright.Server.Tests.Deployment;

public sealed class DeployerTests
{
    private const string Waits = """{"properties":{"activities":[{"name":"W","type":"Wait","typeProperties":{"waitTimeInSeconds":1}}]}}""";
    private const string Other = """{"activities":[{"name":"W","type":"Wait","typeProperties":{"waitTimeInSeconds":2}}]}""";
    private const string Nightly = """{"properties":{"type":"ScheduleTrigger","typeProperties":{"recurrence":{"frequency":"Day","interval":1}}}}""";
    private const string Hourly = """{"type":"ScheduleTrigger","typeProperties":{"recurrence":{"frequency":"Hour","interval":1}},"runtimeState":"Started"}""";

    [Fact]
    public async Task What_is_not_there_is_created_what_differs_is_changed_and_the_rest_left_alone()
    {
        var factory = new MemoryFactory();
        factory.Seed(ResourceKind.Pipeline, "b", Other);
        factory.Seed(ResourceKind.Pipeline, "c", """{"activities":[{"typeProperties":{"waitTimeInSeconds":1},"type":"Wait","name":"W"}]}""");
        Assert.Equal("a Created, b Updated", await DeployAsync(factory, [Unit("a"), Unit("b"), Unit("c")]));
        Assert.Equal(["put pipeline a", "put pipeline b"], factory.Calls.Where(c => c.StartsWith("put", StringComparison.Ordinal)).Order());
        Assert.Equal("", await DeployAsync(factory, [Unit("a"), Unit("b"), Unit("c")]));
    }

    [Fact]
    public async Task Resources_wait_for_what_they_refer_to_and_others_go_side_by_side()
    {
        var factory = new MemoryFactory { Fault = (_, isDone) => isDone ? Task.CompletedTask : Task.Delay(5) };
        var leaves = Enumerable.Range(0, 20).Select(i => Unit($"leaf{i}")).ToList();
        var roots = Enumerable.Range(0, 20).Select(i => Caller($"root{i}", $"leaf{i}"));
        var results = await DeployAsync(factory, [.. roots, .. leaves]);
        Assert.Equal(40, results.Split(", ").Count(r => r.EndsWith("Created", StringComparison.Ordinal)));
        Assert.InRange(factory.MostAtOnce, 2, 16);
    }

    [Fact]
    public async Task No_more_are_sent_at_once_than_allowed()
    {
        var factory = new MemoryFactory { Fault = (c, isDone) => isDone || !c.StartsWith("put", StringComparison.Ordinal) ? Task.CompletedTask : Task.Delay(5) };
        var plan = await new Planner(factory).MakeAsync(new PlanRequest([.. Enumerable.Range(0, 20).Select(i => Unit($"p{i}"))]), default);
        await new Deployer(factory) { Parallel = 3 }.ApplyAsync(plan, _ => { }, _ => { }, default);
        Assert.Equal(3, factory.MostAtOnce);
    }

    [Fact]
    public async Task After_a_failure_nothing_more_is_begun_and_why_is_said()
    {
        var factory = new MemoryFactory();
        Assert.Equal(
            "a Failed (BadRequest: The document creation or update failed because of invalid reference 'gone'.), b NotAttempted (pipeline a failed before.)",
            await DeployAsync(factory, [Caller("b", "a"), Caller("a", "gone")]));
        Assert.Empty(factory.Content);
    }

    [Fact]
    public async Task A_cancellation_takes_effect_between_two_resources()
    {
        using var source = new CancellationTokenSource();
        var factory = new MemoryFactory();
        var plan = await new Planner(factory).MakeAsync(new PlanRequest([Unit("a"), Caller("b", "a"), Caller("c", "b")]), default);
        var results = await new Deployer(factory).ApplyAsync(plan, p => Cancel(p.Current.Id.Name == "b"), _ => { }, source.Token);
        Assert.Equal([DeploymentAction.Created, DeploymentAction.Created, DeploymentAction.NotAttempted], results.Select(r => r.Action));

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
        var factory = new MemoryFactory();
        var plan = await new Planner(factory).MakeAsync(new PlanRequest([Unit("a"), Caller("b", "a")]), default);
        await new Deployer(factory).ApplyAsync(plan, p => told.Add($"{p.Done} of {p.Total}: {p.Current.Id.Name}"), r => told.Add($"{r.Change.Id.Name} {r.Action}"), default);
        Assert.Equal(["0 of 2: a", "a Created", "1 of 2: b", "b Created"], told);
    }

    [Theory]
    [InlineData("", "t Updated", "stop t, put trigger t, start t")]
    [InlineData("put trigger t", "t Failed (Refused: put trigger t)", "stop t, put trigger t, start t")]
    [InlineData("stop t", "t Failed (Refused: stop t)", "stop t")]
    public async Task A_trigger_that_fires_is_stopped_and_started_again_whatever_comes_of_its_change(string refused, string result, string calls)
    {
        var factory = new MemoryFactory { Fault = (call, _) => call == refused ? throw new FactoryRequestException("Refused", call) { Status = 400 } : Task.CompletedTask };
        factory.Seed(ResourceKind.Trigger, "t", Hourly);
        Assert.Equal(result, await DeployAsync(factory, [Trigger("t")]));
        Assert.Equal(calls, string.Join(", ", factory.Calls.Where(c => !c.StartsWith("get", StringComparison.Ordinal))));
        Assert.True(factory[ResourceKind.Trigger, "t"]!.IsStarted);
    }

    [Theory]
    [InlineData("start t", "could not be started", "Refused: The trigger")]
    [InlineData("put trigger t|start t", "could not be started", "Refused: put trigger t The trigger")]
    public async Task A_trigger_that_stays_stopped_is_said_to_with_why_its_change_was_refused(string refused, string stays, string beginning)
    {
        var factory = new MemoryFactory { Fault = (call, _) => refused.Split('|').Contains(call) ? throw new FactoryRequestException("Refused", call) { Status = 400 } : Task.CompletedTask };
        factory.Seed(ResourceKind.Trigger, "t", Hourly);
        var result = await DeployAsync(factory, [Trigger("t")]);
        Assert.StartsWith($"t Failed ({beginning}", result, StringComparison.Ordinal);
        Assert.Contains(stays, result, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, null, "put trigger t")]
    [InlineData(false, true, "put trigger t, start t")]
    [InlineData(true, false, "stop t, put trigger t")]
    public async Task A_trigger_ends_as_it_was_unless_the_target_wants_it_otherwise(bool wasStarted, bool? wanted, string calls)
    {
        var factory = new MemoryFactory();
        factory.Seed(ResourceKind.Trigger, "t", Hourly.Replace("Started", wasStarted ? "Started" : "Stopped", StringComparison.Ordinal));
        await DeployAsync(factory, [Trigger("t") with { IsStarted = wanted }]);
        Assert.Equal(calls, string.Join(", ", factory.Calls.Where(c => !c.StartsWith("get", StringComparison.Ordinal))));
        Assert.Equal(wanted ?? wasStarted, factory[ResourceKind.Trigger, "t"]!.IsStarted);
        Assert.Equal("", await DeployAsync(factory, [Trigger("t") with { IsStarted = wanted }]));
    }

    [Fact]
    public async Task A_trigger_that_is_only_started_is_not_sent()
    {
        var factory = new MemoryFactory();
        await DeployAsync(factory, [Trigger("t")]);
        factory.Calls.Clear();
        Assert.Equal("t Updated", await DeployAsync(factory, [Trigger("t") with { IsStarted = true }]));
        Assert.Equal(["start t"], factory.Calls.Where(c => !c.StartsWith("get", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task What_somebody_else_changed_after_the_plan_is_not_overwritten()
    {
        var factory = new MemoryFactory();
        factory.Seed(ResourceKind.Pipeline, "a", Other);
        var plan = await new Planner(factory).MakeAsync(new PlanRequest([Unit("a")]), default);
        factory.Seed(ResourceKind.Pipeline, "a", """{"description":"theirs"}""");
        var result = Assert.Single(await new Deployer(factory) { Pause = TimeSpan.Zero }.ApplyAsync(plan, _ => { }, _ => { }, default));
        Assert.StartsWith("PreconditionFailed: pipeline a was changed by somebody else", result.Error, StringComparison.Ordinal);
        Assert.False(result.IsOutcomeUnknown);
        Assert.Contains("theirs", factory.Content["pipeline a"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, 3, "a Updated")]
    [InlineData(true, 1, "a Updated")]
    [InlineData(false, 99, "a Failed (Lost: no answer)")]
    public async Task A_request_without_an_answer_is_found_out_about(bool isCarriedOut, int times, string result)
    {
        var left = times;
        var factory = new MemoryFactory
        {
            Fault = (call, isDone) => call == "put pipeline a" && isDone == isCarriedOut && left-- > 0 ? throw new FactoryRequestException("Lost", "no answer") { IsOutcomeUnknown = true } : Task.CompletedTask,
        };
        factory.Seed(ResourceKind.Pipeline, "a", Other);
        Assert.Equal(result, await DeployAsync(factory, [Unit("a")]));
    }

    [Fact]
    public async Task What_goes_goes_before_what_it_refers_to()
    {
        var factory = new MemoryFactory();
        await DeployAsync(factory, [Caller("a", "b"), Caller("b", "c"), Unit("c"), Unit("kept"), Trigger("t")]);
        await factory.StartTriggerAsync("t", default);
        var plan = await new Planner(factory).MakeAsync(new PlanRequest([Unit("kept")]) { Deletes = true }, default);
        Assert.Equal(["kept None", "t Delete", "a Delete", "b Delete", "c Delete"], plan.Changes.Select(c => $"{c.Id.Name} {c.Action}"));
        var results = await new Deployer(factory).ApplyAsync(plan, _ => { }, _ => { }, default);
        Assert.All(results, r => Assert.Equal(DeploymentAction.Deleted, r.Action));
        Assert.Equal(["pipeline kept"], factory.Content.Keys);
    }

    [Fact]
    public void A_unit_with_another_body_has_another_content()
    {
        var unit = Unit("a");
        Assert.Equal(unit.Content.GetRawText(), (unit with { Path = "b.yaml" }).Content.GetRawText());
        Assert.Equal("{}", (unit with { Body = "{}" }).Content.GetRawText());
        Assert.Equal(unit, Unit("a"));
    }

    private static DeploymentUnit Unit(string name) => new(new ResourceId(ResourceKind.Pipeline, name), Waits, $"{name}.yaml", []);

    private static DeploymentUnit Trigger(string name) => new(new ResourceId(ResourceKind.Trigger, name), Nightly, $"{name}.yaml", []);

    private static DeploymentUnit Caller(string name, string called)
    {
        var body = $$$$"""{"properties":{"activities":[{"name":"E","type":"ExecutePipeline","typeProperties":{"pipeline":{"referenceName":"{{{{called}}}}","type":"PipelineReference"}}}]}}""";
        return new DeploymentUnit(new ResourceId(ResourceKind.Pipeline, name), body, $"{name}.yaml", [new ResourceId(ResourceKind.Pipeline, called)]);
    }

    private static async Task<string> DeployAsync(MemoryFactory factory, ImmutableArray<DeploymentUnit> units)
    {
        var plan = await new Planner(factory).MakeAsync(new PlanRequest(units), default);
        var results = await new Deployer(factory) { Pause = TimeSpan.Zero }.ApplyAsync(plan, _ => { }, _ => { }, default);
        return string.Join(", ", results.Select(r => $"{r.Change.Id.Name} {r.Action}{(r.Error is null ? "" : $" ({r.Error})")}"));
    }
}
