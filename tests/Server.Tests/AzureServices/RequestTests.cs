using Pipewright.Azure;
using Pipewright.Core.Schema;
using Pipewright.Deployment;
using Xunit;
using static Pipewright.Server.Tests.AzureServices.ScriptedAzure;

namespace Pipewright.Server.Tests.AzureServices;

/// <summary>How requests are sent, tried again, and understood.</summary>
public sealed class RequestTests
{
    private static readonly ResourceId Pipeline = new(ResourceKind.Pipeline, "p");

    private static readonly Dictionary<string, Func<HttpResponseMessage>> Failures = new()
    {
        ["429"] = () => Refuse(429, "TooManyRequests", "Slower."),
        ["500"] = () => Refuse(500, "InternalServerError", "Oops."),
        ["503"] = () => Answer(503, "<html>"),
        ["reset"] = Reset,
        ["timeout"] = () => throw new TaskCanceledException("too long"),
        ["unreachable"] = Unreachable,
        ["garbage"] = () => Answer(200, "<html>"),
        ["412"] = () => Refuse(412, "PreconditionFailed", "Changed."),
        ["400"] = () => Refuse(400, "BadRequest", "No."),
        ["redirect"] = () => Answer(307, "", ("Location", "https://example.org/")),
    };

    [Theory]
    [InlineData("GET", "429", 2, "done")]
    [InlineData("GET", "500", 2, "done")]
    [InlineData("GET", "503", 2, "done")]
    [InlineData("GET", "reset", 2, "done")]
    [InlineData("GET", "timeout", 2, "done")]
    [InlineData("GET", "unreachable", 2, "done")]
    [InlineData("GET", "garbage", 1, "200 InvalidResponse")]
    [InlineData("GET", "400", 1, "400 BadRequest")]
    [InlineData("GET", "redirect", 1, "307 Http307")]
    [InlineData("PUT", "429", 2, "done")]
    [InlineData("PUT", "unreachable", 2, "done")]
    [InlineData("PUT", "500", 1, "500 InternalServerError, who knows")]
    [InlineData("PUT", "503", 1, "503 Http503, who knows")]
    [InlineData("PUT", "reset", 1, "0 NoResponse, who knows")]
    [InlineData("PUT", "timeout", 1, "0 NoResponse, who knows")]
    [InlineData("PUT", "garbage", 1, "200 InvalidResponse, who knows")]
    [InlineData("PUT", "412", 1, "412 PreconditionFailed")]
    [InlineData("PUT", "400", 1, "400 BadRequest")]
    [InlineData("PUT", "redirect", 1, "307 Http307")]
    [InlineData("DELETE", "429", 2, "done")]
    [InlineData("DELETE", "reset", 1, "0 NoResponse, who knows")]
    [InlineData("DELETE", "503", 1, "503 Http503, who knows")]
    public async Task Only_what_was_surely_not_done_is_done_again(string method, string failure, int requests, string outcome)
    {
        var azure = InTurn(Failures[failure], () => Answer(200, """{"name":"p","etag":"v2"}"""));
        var client = azure.FactoryClient();
        Assert.Equal(outcome, await OutcomeAsync(() => method switch
        {
            "GET" => (Task)client.FindAsync(Pipeline, default),
            "PUT" => client.PutAsync(Pipeline, "{}", "v1", default),
            _ => client.DeleteAsync(Pipeline, default),
        }));
        Assert.Equal(requests, azure.Seen.Count);
    }

    [Theory]
    [InlineData("PUT", "0 NoResponse")]
    [InlineData("GET", "0 NoResponse")]
    public async Task A_service_that_is_never_reached_has_done_nothing(string method, string outcome)
    {
        var azure = InTurn(Unreachable);
        var client = azure.FactoryClient();
        Assert.Equal(outcome, await OutcomeAsync(() => method == "GET" ? (Task)client.FindAsync(Pipeline, default) : client.PutAsync(Pipeline, "{}", null, default)));
        Assert.Equal(4, azure.Seen.Count);
    }

    [Fact]
    public async Task What_does_not_pass_is_given_up()
    {
        var azure = InTurn(Failures["503"]);
        Assert.Equal("503 Http503", await OutcomeAsync(() => azure.FactoryClient().FindAsync(Pipeline, default)));
        Assert.Equal(4, azure.Seen.Count);
        var pauses = azure.Clock.Pauses.Select(p => p.TotalSeconds).ToArray();
        Assert.True(pauses[0] < pauses[1] && pauses[1] < pauses[2], string.Join(", ", pauses));
    }

    [Fact]
    public async Task Not_all_come_back_at_the_same_time()
    {
        var pauses = new HashSet<TimeSpan>();
        for (var i = 0; i < 20; i++)
        {
            var azure = InTurn(Failures["503"], () => Answer(200, "{}"));
            await azure.FactoryClient().FindAsync(Pipeline, default);
            pauses.Add(Assert.Single(azure.Clock.Pauses));
        }

        Assert.True(pauses.Count > 1, "All pauses were alike.");
        Assert.All(pauses, p => Assert.InRange(p.TotalSeconds, 0.6, 1.0));
    }

    [Fact]
    public async Task The_service_says_how_long_to_wait()
    {
        var azure = InTurn(() => Refuse(429, "TooManyRequests", "Slower.", ("Retry-After", "17")), () => Answer(200, "{}"));
        await azure.FactoryClient().FindAsync(Pipeline, default);
        Assert.Equal([TimeSpan.FromSeconds(17)], azure.Clock.Pauses);
    }

    [Theory]
    [InlineData("3600", 1, "3600 seconds")]
    [InlineData("100", 4, "100 seconds")]
    [InlineData("1", null, "Try again later")]
    public async Task An_operation_waits_no_longer_than_it_may(string wait, int? requests, string said)
    {
        var azure = InTurn(() => Refuse(429, "TooManyRequests", "Slower.", ("Retry-After", wait)));
        var e = await Assert.ThrowsAsync<FactoryRequestException>(() => azure.FactoryClient().PutAsync(Pipeline, "{}", null, default));
        Assert.Equal((429, false), (e.Status, e.IsOutcomeUnknown));
        Assert.Contains(said, e.Message, StringComparison.Ordinal);
        Assert.True(azure.Clock.Pauses.Sum(p => p.TotalSeconds) <= ArmOptions.Default.MaxWait.TotalSeconds);
        Assert.True(requests is null || azure.Seen.Count == requests, $"{azure.Seen.Count} requests");
    }

    [Fact]
    public async Task All_pages_of_a_list_share_what_it_may_wait()
    {
        var page = 0;
        var isSlow = false;
        var azure = new ScriptedAzure(_ => (isSlow = !isSlow)
            ? Refuse(429, "TooManyRequests", "Slower.", ("Retry-After", "100"))
            : Answer(200, $$"""{"value":[],"nextLink":"https://management.azure.com/next?page={{page++}}"}"""));
        Assert.Equal("429 TooManyRequests", await OutcomeAsync(() => ListAsync(azure)));
        Assert.Equal(3, page);
    }

    [Fact]
    public async Task Who_gives_up_waits_no_more()
    {
        using var source = new CancellationTokenSource();
        var azure = new ScriptedAzure(_ =>
        {
            source.Cancel();
            return Answer(503);
        });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => azure.FactoryClient().FindAsync(Pipeline, source.Token));
        Assert.Single(azure.Seen);
    }

    [Fact]
    public async Task Every_request_has_an_id_that_its_error_and_its_trace_tell()
    {
        var traces = new List<RequestTrace>();
        var azure = InTurn(Failures["503"], () => Refuse(400, "BadRequest", "No."));
        var e = await Assert.ThrowsAsync<FactoryRequestException>(() => azure.FactoryClient(o => o with { Trace = traces.Add }).FindAsync(Pipeline, default));
        var id = Assert.Single(azure.Seen.Select(s => s.Headers["x-ms-client-request-id"]).Distinct());
        Assert.Contains($"client request id {id}", e.Message, StringComparison.Ordinal);
        Assert.Equal([("GET", Target.ResourceId + "/pipelines/p", 503, id), ("GET", Target.ResourceId + "/pipelines/p", 400, id)], traces.Select(t => (t.Method, t.Path, t.Status, t.ClientRequestId)));
    }

    [Fact]
    public async Task Azures_own_id_comes_before_ours()
    {
        var azure = InTurn(() => Refuse(400, "BadRequest", "No.", ("x-ms-correlation-request-id", "c-1")));
        var e = await Assert.ThrowsAsync<FactoryRequestException>(() => azure.FactoryClient().FindAsync(Pipeline, default));
        Assert.EndsWith("(correlation id c-1)", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("v1", "If-None-Match")]
    [InlineData(null, null)]
    public async Task What_is_known_is_not_read_again(string? known, string? header)
    {
        var azure = new ScriptedAzure(r => r.Headers.ContainsKey("if-none-match") ? Answer(304) : Answer(200, """{"etag":"v1"}"""));
        var found = await azure.FactoryClient().FindAsync(Pipeline, known, default);
        Assert.Equal((known is not null, known is null), (found.IsUnchanged, found.Resource is not null));
        Assert.Equal(header is null ? null : known, Assert.Single(azure.Seen).Headers.GetValueOrDefault("if-none-match"));
    }

    [Theory]
    [InlineData("""[]""")]
    [InlineData("""{}""")]
    [InlineData("""{"value":{}}""")]
    [InlineData("""{"value":[""")]
    [InlineData("")]
    public async Task A_list_that_is_none_is_an_error(string content) =>
        Assert.Equal("200 InvalidResponse", await OutcomeAsync(() => ListAsync(InTurn(() => Answer(200, content)))));

    [Fact]
    public async Task What_is_no_resource_is_left_out_of_a_list()
    {
        var azure = InTurn(() => Answer(200, """{"value":[1,{},{"name":2},{"name":""},{"name":"a","etag":7},{"name":"b","properties":[]}],"nextLink":5}"""));
        Assert.Equal(["a", "b"], await ListAsync(azure));
    }

    [Theory]
    [InlineData("https://management.azure.com/next", "200 InvalidResponse")]
    [InlineData("/next", "200 InvalidResponse")]
    [InlineData("https://management.azure.com.example.org/next", "200 InvalidNextLink")]
    [InlineData("https://management.azure.com:444/next", "200 InvalidNextLink")]
    [InlineData("https://management.azure.com@example.org/next", "200 InvalidNextLink")]
    [InlineData("http://management.azure.com/next", "200 InvalidNextLink")]
    [InlineData("//example.org/next", "200 InvalidNextLink")]
    public async Task A_list_that_has_no_end_or_leads_elsewhere_is_an_error(string link, string outcome)
    {
        var azure = InTurn(() => Answer(200, $$"""{"value":[],"nextLink":"{{link}}"}"""));
        Assert.Equal(outcome, await OutcomeAsync(() => ListAsync(azure)));
        Assert.All(azure.Seen, s => Assert.Equal("management.azure.com:443", $"{s.Address.Host}:{s.Address.Port}"));
    }

    [Fact]
    public async Task Private_endpoints_of_all_networks_are_listed()
    {
        var azure = new ScriptedAzure(r => Answer(200, r.Address.AbsolutePath.Split('/')[^1] == "managedVirtualNetworks"
            ? """{"value":[{"name":"default"},{"name":"other"}]}"""
            : $$"""{"value":[{"name":"of-{{r.Address.AbsolutePath.Split('/')[^2]}}"}]}"""));
        var found = new List<string>();
        await foreach (var item in azure.FactoryClient().ListAsync(ResourceKind.ManagedPrivateEndpoint, default))
        {
            found.Add($"{item.Id.VirtualNetwork}/{item.Id.Name}");
        }

        Assert.Equal(["default/of-default", "other/of-other"], found);
    }

    [Fact]
    public async Task Subscriptions_and_factories_are_found()
    {
        var azure = new ScriptedAzure(r => Answer(200, r.Address.AbsolutePath == "/subscriptions"
            ? """{"value":[{"subscriptionId":"s","displayName":"Mine","tenantId":"t","state":"Enabled"},{}]}"""
            : """{"value":[{"name":"f","location":"West","id":"/subscriptions/s/resourceGroups/g/providers/Microsoft.DataFactory/factories/f","properties":{"repoConfiguration":{}}}]}"""));
        var client = new SubscriptionClient(AzureCloud.Public.Endpoint, null, azure.Credential("t"), azure.Options);
        Assert.Equal([new AzureSubscription("s", "Mine", "t", "Enabled")], await ToListAsync(client.ListSubscriptionsAsync(default)));
        Assert.Equal([new AzureFactory("s", "g", "f", "West", true)], await ToListAsync(client.ListFactoriesAsync("s", null, default)));
        Assert.Equal([new AzureFactory("s", "g x", "f", "West", true)], await ToListAsync(client.ListFactoriesAsync("s", "g x", default)));
        Assert.Equal(
            ["/subscriptions", "/subscriptions/s/providers/Microsoft.DataFactory/factories", "/subscriptions/s/resourceGroups/g%20x/providers/Microsoft.DataFactory/factories"],
            azure.Seen.Select(s => s.Address.AbsolutePath));
    }

    internal static async Task<List<T>> ToListAsync<T>(IAsyncEnumerable<T> items)
    {
        var list = new List<T>();
        await foreach (var item in items)
        {
            list.Add(item);
        }

        return list;
    }

    /// <summary>"done", or the error's status, code, and whether nobody knows what became of it.</summary>
    internal static async Task<string> OutcomeAsync(Func<Task> call)
    {
        try
        {
            await call();
            return "done";
        }
        catch (FactoryRequestException e)
        {
            return $"{e.Status} {e.Code}{(e.IsOutcomeUnknown ? ", who knows" : "")}";
        }
    }

    private static async Task<List<string>> ListAsync(ScriptedAzure azure) => [.. (await ToListAsync(azure.FactoryClient().ListAsync(ResourceKind.Pipeline, default))).Select(i => i.Id.Name)];
}
