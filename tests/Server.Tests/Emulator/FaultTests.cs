using System.Diagnostics;
using Pipewright.Emulator;
using Pipewright.Emulator.Faults;
using Xunit;

namespace Pipewright.Server.Tests.Emulator;

/// <summary>What goes wrong on demand, and whether the request was carried out all the same.</summary>
public sealed class FaultTests
{
    private const string Body = """{"properties":{}}""";

    [Theory]
    [InlineData("before", false)]
    [InlineData("after", true)]
    public async Task A_reset_connection_loses_the_request_or_only_the_answer(string when, bool isKept)
    {
        await using var emulator = await TestEmulator.StartAsync();
        await emulator.FaultAsync($$"""{"method":"PUT","path":"**/pipelines/*","action":"reset","when":"{{when}}","count":1}""");
        await Assert.ThrowsAsync<HttpRequestException>(() => emulator.PutAsync("pipelines/p", Body));
        Assert.Equal(isKept ? 200 : 404, (await emulator.GetAsync("pipelines/p")).Status);
        Assert.Equal(200, (await emulator.PutAsync("pipelines/p", Body)).Status);
    }

    [Theory]
    [InlineData(429, "TooManyRequests", "before", false)]
    [InlineData(500, "InternalServerError", "before", false)]
    [InlineData(500, "InternalServerError", "after", true)]
    [InlineData(502, "BadGateway", "before", false)]
    [InlineData(503, "ServiceUnavailable", "after", true)]
    [InlineData(401, "ExpiredAuthenticationToken", "before", false)]
    [InlineData(403, "AuthorizationFailed", "before", false)]
    [InlineData(409, "ConflictingOperation", "before", false)]
    [InlineData(412, "PreconditionFailed", "before", false)]
    public async Task An_error_comes_in_the_envelope_of_Azure(int status, string code, string when, bool isKept)
    {
        await using var emulator = await TestEmulator.StartAsync();
        await emulator.FaultAsync($$"""{"method":"PUT","action":"status","status":{{status}},"when":"{{when}}","count":1}""");
        var answer = await emulator.PutAsync("pipelines/p", Body);
        Assert.Equal((status, code), (answer.Status, answer.Error));
        Assert.Equal(status == 429 ? TimeSpan.FromSeconds(1) : null, answer.Message.Headers.RetryAfter?.Delta);
        Assert.Equal(isKept ? 200 : 404, (await emulator.GetAsync("pipelines/p")).Status);
    }

    [Fact]
    public async Task An_error_says_what_the_rule_says()
    {
        await using var emulator = await TestEmulator.StartAsync();
        await emulator.FaultAsync("""{"action":"status","status":418,"code":"Teapot","message":"Short and stout.","retryAfter":7}""");
        var answer = await emulator.GetAsync("pipelines");
        Assert.Equal((418, "Teapot", "Short and stout."), (answer.Status, answer.Error, (string)answer.Content!["error"]!["message"]!));
        Assert.Equal(TimeSpan.FromSeconds(7), answer.Message.Headers.RetryAfter!.Delta);
    }

    [Theory]
    [InlineData("before", false)]
    [InlineData("after", true)]
    public async Task An_answer_never_comes(string when, bool isKept)
    {
        var emulator = await TestEmulator.StartAsync();
        await emulator.FaultAsync($$"""{"method":"PUT","action":"timeout","when":"{{when}}","count":1}""");
        var request = emulator.PutAsync("pipelines/p", Body);
        while ((int)(await emulator.GetAsync("/_emulator/faults")).Content!["value"]![0]!["happened"]! == 0 || (isKept && (await emulator.GetAsync("pipelines/p")).Status == 404))
        {
            await Task.Yield();
        }

        Assert.Equal(isKept ? 200 : 404, (await emulator.GetAsync("pipelines/p")).Status);
        Assert.False(request.IsCompleted);
        await emulator.DisposeAsync();
        await Assert.ThrowsAnyAsync<Exception>(() => request);
    }

    [Fact]
    public async Task A_gateway_gives_up_after_a_time()
    {
        await using var emulator = await TestEmulator.StartAsync();
        await emulator.FaultAsync("""{"action":"timeout","milliseconds":20}""");
        Assert.Equal((504, "GatewayTimeout"), await emulator.GetAsync("pipelines") is var answer ? (answer.Status, answer.Error) : default);
    }

    [Theory]
    [InlineData("truncated", "before", "application/json", false)]
    [InlineData("truncated", "after", "application/json", true)]
    [InlineData("html", "before", "text/html", false)]
    [InlineData("html", "after", "text/html", true)]
    public async Task A_body_is_malformed(string body, string when, string type, bool isKept)
    {
        await using var emulator = await TestEmulator.StartAsync();
        await emulator.FaultAsync($$"""{"method":"PUT","action":"malformed","body":"{{body}}","when":"{{when}}","count":1}""");
        using var http = new HttpClient();
        using var content = new StringContent(Body);
        using var answer = await http.PutAsync(new Uri(emulator.Address, $"{TestEmulator.Factory}/pipelines/p?api-version=2018-06-01"), content);
        Assert.Equal((200, type), ((int)answer.StatusCode, answer.Content.Headers.ContentType!.MediaType));
        var text = await answer.Content.ReadAsStringAsync();
        Assert.ThrowsAny<System.Text.Json.JsonException>(() => System.Text.Json.Nodes.JsonNode.Parse(text));
        Assert.Equal(isKept ? 200 : 404, (await emulator.GetAsync("pipelines/p")).Status);
    }

    [Theory]
    [InlineData("""{"action":"slow","milliseconds":64}""")]
    [InlineData("""{"action":"latency","milliseconds":30}""")]
    [InlineData("""{"action":"latency","milliseconds":30,"when":"after"}""")]
    public async Task What_is_late_is_whole(string rule)
    {
        await using var emulator = await TestEmulator.StartAsync();
        await emulator.FaultAsync(rule);
        var start = Stopwatch.GetTimestamp();
        Assert.Equal("p", (string)(await emulator.PutAsync("pipelines/p", Body)).Content!["name"]!);
        Assert.True(Stopwatch.GetElapsedTime(start) >= TimeSpan.FromMilliseconds(25));
    }

    [Theory]
    [InlineData("\"on\":3", "..X...")]
    [InlineData("\"every\":2", ".X.X.X")]
    [InlineData("\"every\":2,\"count\":2", ".X.X..")]
    [InlineData("\"count\":2", "XX....")]
    [InlineData("\"probability\":1", "XXXXXX")]
    [InlineData("\"probability\":0", "......")]
    [InlineData("\"method\":\"put\"", "......")]
    [InlineData("\"method\":\"*\"", "XXXXXX")]
    [InlineData("\"path\":\"**/PIPELINES\"", "XXXXXX")]
    [InlineData("\"path\":\"/subscriptions/*/pipelines\"", "......")]
    [InlineData("\"path\":\"/subscriptions/*/resourceGroups/local/**\"", "XXXXXX")]
    [InlineData("\"path\":\"**/pipeline.\"", "......")]
    public async Task A_rule_takes_its_turn(string condition, string expected)
    {
        await using var emulator = await TestEmulator.StartAsync();
        await emulator.FaultAsync($$"""{"action":"status","status":500,{{condition}}}""");
        Assert.Equal(expected, await DrawAsync(emulator, expected.Length));
    }

    [Fact]
    public async Task Chance_repeats_itself_with_the_same_seed()
    {
        async Task<string> RunAsync(int seed)
        {
            await using var emulator = await TestEmulator.StartAsync(new EmulatorOptions(0, null, null, 50) { RandomSeed = seed });
            await emulator.FaultAsync("""{"action":"status","status":500,"probability":0.5}""");
            return await DrawAsync(emulator, 40);
        }

        var first = await RunAsync(7);
        Assert.Contains('X', first);
        Assert.Contains('.', first);
        Assert.Equal(first, await RunAsync(7));
        Assert.NotEqual(first, await RunAsync(8));
    }

    [Fact]
    public async Task Rules_are_listed_with_what_they_did_and_taken_away()
    {
        await using var emulator = await TestEmulator.StartAsync();
        var made = await emulator.FaultAsync("""{"action":"status","status":500,"on":2}""");
        Assert.Equal((201, 1), (made.Status, (int)made.Content!["id"]!));
        await emulator.FaultAsync("""{"action":"reset","path":"/nowhere"}""");
        await DrawAsync(emulator, 3);
        var rules = (await emulator.GetAsync("/_emulator/faults")).Content!["value"]!.AsArray();
        Assert.Equal([(3, 1), (0, 0)], rules.Select(r => ((int)r!["matched"]!, (int)r["happened"]!)));
        Assert.Equal(200, (await emulator.DeleteAsync("/_emulator/faults/1")).Status);
        Assert.Equal(204, (await emulator.DeleteAsync("/_emulator/faults/1")).Status);
        Assert.Equal(200, (await emulator.DeleteAsync("/_emulator/faults")).Status);
        Assert.Empty((await emulator.GetAsync("/_emulator/faults")).Content!["value"]!.AsArray());
    }

    [Theory]
    [InlineData("{}", "'action'")]
    [InlineData("""{"action":"1"}""", "'action'")]
    [InlineData("""{"action":"explode"}""", "'action'")]
    [InlineData("""{"action":"status"}""", "'status'")]
    [InlineData("""{"action":"status","status":200}""", "'status'")]
    [InlineData("""{"action":"status","status":600}""", "'status'")]
    [InlineData("""{"action":"slow"}""", "'milliseconds'")]
    [InlineData("""{"action":"latency"}""", "'milliseconds'")]
    [InlineData("""{"action":"slow","milliseconds":5,"when":"before"}""", "'when'")]
    [InlineData("""{"action":"reset","on":0}""", "'on'")]
    [InlineData("""{"action":"reset","probability":2}""", "'probability'")]
    [InlineData("""{"action":"reset","method":1}""", "'method'")]
    [InlineData("""{"action":"malformed","body":"xml"}""", "'body'")]
    [InlineData("""{"action":"reset","chance":1}""", "'chance'")]
    public async Task A_rule_that_cannot_be_is_refused(string rule, string about)
    {
        await using var emulator = await TestEmulator.StartAsync();
        var answer = await emulator.FaultAsync(rule);
        Assert.Equal((400, "InvalidFault"), (answer.Status, answer.Error));
        Assert.Contains(about, (string)answer.Content!["error"]!["message"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_factory_has_so_many_requests_a_minute()
    {
        var time = new TurnedTime();
        await using var emulator = await TestEmulator.StartAsync(new EmulatorOptions(0, null, null, 50) { Throttle = 3, Time = time });
        var other = TestEmulator.Factory.Replace("factories/local", "factories/other", StringComparison.Ordinal);
        Assert.Equal(200, (await emulator.PutAsync(other, """{"location":"x"}""")).Status);
        Assert.Equal("200 200 200 429", await StatusesAsync(emulator, 4));
        Assert.Equal(200, (await emulator.GetAsync(other)).Status);
        time.Turn(TimeSpan.FromSeconds(20));
        var refused = await emulator.GetAsync("pipelines");
        Assert.Equal((429, "TooManyRequests", TimeSpan.FromSeconds(40)), (refused.Status, refused.Error, refused.Message.Headers.RetryAfter!.Delta));
        time.Turn(TimeSpan.FromSeconds(40));
        Assert.Equal("200 200 200 429", await StatusesAsync(emulator, 4));
    }

    [Fact]
    public async Task The_log_tells_of_every_request_but_not_of_its_token()
    {
        await using var emulator = await TestEmulator.StartAsync();
        await emulator.SendAsync("GET", "pipelines/none", null, ("Authorization", "Bearer hush-hush"), ("x-ms-client-request-id", "mine"));
        await emulator.FaultAsync("""{"action":"reset"}""");
        await Assert.ThrowsAsync<HttpRequestException>(() => emulator.PutAsync("pipelines/p", Body, "\"e\""));
        await emulator.DeleteAsync("/_emulator/faults");
        var answer = (await emulator.GetAsync("/_emulator/requests")).Content!;
        Assert.DoesNotContain("hush", answer.ToJsonString(), StringComparison.Ordinal);
        var entries = answer["value"]!.AsArray();
        Assert.Equal(2, entries.Count);
        Assert.Equal(("GET", $"{TestEmulator.Factory}/pipelines/none", "Pipelines_Get"), ((string)entries[0]!["method"]!, (string)entries[0]!["path"]!, (string)entries[0]!["operation"]!));
        Assert.Equal((404, true, "mine", null), ((int)entries[0]!["status"]!, (bool)entries[0]!["authorization"]!, (string)entries[0]!["clientRequestId"]!, (int?)entries[0]!["fault"]));
        Assert.Equal((null, false, "\"e\"", 1), ((int?)entries[1]!["status"], (bool)entries[1]!["authorization"]!, (string)entries[1]!["ifMatch"]!, (int?)entries[1]!["fault"]));
        Assert.Single((await emulator.GetAsync("/_emulator/requests?after=1")).Content!["value"]!.AsArray());
        await emulator.DeleteAsync("/_emulator/requests");
        Assert.Empty((await emulator.GetAsync("/_emulator/requests")).Content!["value"]!.AsArray());
    }

    [Fact]
    public async Task A_reset_begins_everything_anew()
    {
        using var state = new TestFolder();
        using var seed = new TestFolder(("load.pipeline.yaml", "activities:\n  - { name: W, type: Wait, waitTimeInSeconds: 1 }\n"));
        var options = new EmulatorOptions(0, state.Path, seed.Path, 50);
        await using (var emulator = await TestEmulator.StartAsync(options))
        {
            await emulator.DeleteAsync("pipelines/load");
            await emulator.PutAsync("pipelines/p", Body);
            await emulator.FaultAsync("""{"action":"status","status":500}""");
            Assert.Equal(200, (await emulator.PostAsync("/_emulator/reset")).Status);
            Assert.Equal(["load"], (await emulator.GetAsync("pipelines")).Names);
            Assert.Single((await emulator.GetAsync("/_emulator/requests")).Content!["value"]!.AsArray());
            await emulator.DeleteAsync("pipelines/load");
        }

        await using var restarted = await TestEmulator.StartAsync(options);
        Assert.Empty((await restarted.GetAsync("pipelines")).Names);
    }

    [Fact]
    public async Task What_the_admin_route_does_not_have_is_said()
    {
        await using var emulator = await TestEmulator.StartAsync();
        Assert.Equal(404, (await emulator.GetAsync("/_emulator")).Status);
        Assert.Equal(404, (await emulator.PostAsync("/_emulator/nonsense", "{}")).Status);
        Assert.Equal(400, (await emulator.FaultAsync("[]")).Status);
    }

    [Theory]
    [InlineData("50", 50, 50)]
    [InlineData("0", 0, 0)]
    [InlineData("20-80", 20, 80)]
    public void A_latency_is_a_number_or_a_range(string text, int least, int most) =>
        Assert.Equal(new LatencyRange(TimeSpan.FromMilliseconds(least), TimeSpan.FromMilliseconds(most)), LatencyRange.Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData("-5")]
    [InlineData("80-20")]
    [InlineData("1-2-3")]
    [InlineData("fast")]
    public void Anything_else_is_no_latency(string text) => Assert.Null(LatencyRange.Parse(text));

    private static async Task<string> DrawAsync(TestEmulator emulator, int times)
    {
        var drawn = "";
        for (var i = 0; i < times; i++)
        {
            drawn += (await emulator.GetAsync("pipelines")).Status == 500 ? 'X' : '.';
        }

        return drawn;
    }

    private static async Task<string> StatusesAsync(TestEmulator emulator, int times)
    {
        List<int> statuses = [];
        for (var i = 0; i < times; i++)
        {
            statuses.Add((await emulator.GetAsync("pipelines")).Status);
        }

        return string.Join(' ', statuses);
    }
}
