using System.Text.Json.Nodes;
using Azure.Core;
using Pipewright.Azure;
using Pipewright.Deployment;
using Pipewright.LanguageServer;
using Pipewright.LanguageServer.AzureServices;
using Pipewright.Server.Tests.Protocol;
using Xunit;
using static Pipewright.Server.Tests.AzureServices.ScriptedAzure;

namespace Pipewright.Server.Tests.AzureServices;

/// <summary>A token is seen by the service that it is for, and by nobody else.</summary>
public sealed class TokenLeakTests
{
    private const string Secret = "eyJ-a-token-that-nobody-may-see";

    /// <summary>A service that does all that could make a token show.</summary>
    private static readonly Dictionary<string, Func<SeenRequest, HttpResponseMessage>> Services = new()
    {
        ["works"] = r => EmptyFactory(r, () => Answer(200, """{"name":"a"}""")),
        ["echoes the token in its error"] = r => Refuse(400, "BadRequest", $"You sent {r.Token}."),
        ["echoes the token in its details"] = r => Answer(400, $$"""{"error":{"code":"A","message":"m","details":[{"code":"B","message":"{{r.Token}}"}]} }"""),
        ["echoes the token as it throttles"] = r => Refuse(429, "TooManyRequests", r.Token!, ("Retry-After", "4000")),
        ["refuses the token"] = r => Refuse(401, "InvalidAuthenticationToken", $"The token {r.Token} is bad."),
        ["is of another tenant"] = r => Refuse(401, "InvalidAuthenticationTokenTenant", r.Token!, ("WWW-Authenticate", """Bearer authorization_uri="https://login.windows.net/bbbb" """)),
        ["redirects"] = _ => Answer(307, "", ("Location", "https://example.org/stolen")),
        ["redirects for good"] = _ => Answer(301, "", ("Location", "http://management.usgovcloudapi.net/stolen")),
        ["breaks off"] = _ => Reset(),
        ["answers with garbage"] = r => Answer(200, $"<html>{r.Token}"),
        ["goes on elsewhere"] = r => EmptyFactory(r, () => Answer(202, "", ("Location", "https://example.org/stolen"))),
        ["tells its state elsewhere"] = r => EmptyFactory(r, () => Answer(202, "", ("Azure-AsyncOperation", "https://example.org/stolen"))),
    };

    public static TheoryData<string> ServiceNames => [.. Services.Keys];

    [Theory]
    [MemberData(nameof(ServiceNames))]
    public async Task No_message_and_no_file_of_a_session_holds_a_token(string service)
    {
        using var folder = SignInTests.Folder();
        var azure = new ScriptedAzure(Services[service]);
        await using var client = await SignInTests.StartAsync(folder, azure, _ => new JsonObject { ["token"] = Secret });
        var answer = "";
        var failure = await Record.ExceptionAsync(async () => answer = (await SignInTests.DeployAsync(client, folder))!.ToJsonString());
        Assert.True(failure is null or LspErrorException, failure?.ToString());
        foreach (var request in (string[])["plan", "refreshLive", "status", "pull", "run", "recentRuns", "rollback"])
        {
            failure = await Record.ExceptionAsync(async () => answer += (await client.RequestAsync($"pipewright/{request}", LspClient.At(folder.UriOf("a.pipeline.yaml"))))?.ToJsonString());
            Assert.True(failure is null or LspErrorException, failure?.ToString());
            AssertHidden(failure?.Message ?? "");
        }

        Assert.Contains(azure.Seen, s => s.Token == "Bearer " + Secret);
        Assert.All(azure.Seen, s => Assert.Equal("https://management.usgovcloudapi.net", s.Address.GetLeftPart(UriPartial.Authority)));
        Assert.All(azure.Seen, s => Assert.DoesNotContain(Secret, s.Address.AbsoluteUri + s.Body, StringComparison.Ordinal));
        await client.RequestAsync("shutdown", null);
        AssertHidden(answer);
        Assert.Contains(client.Received, m => m["method"]!.GetValue<string>() == "$/logTrace" && m.ToJsonString().Contains("client request id", StringComparison.Ordinal));
        Assert.All(client.Received, m => AssertHidden(m.ToJsonString()));

        // Journals, baselines, and what is known of live factories.
        var files = Directory.EnumerateFiles(folder.Path, "*", SearchOption.AllDirectories).Concat(Directory.Exists(CacheFolder.Path) ? Directory.EnumerateFiles(CacheFolder.Path, "*", SearchOption.AllDirectories) : []);
        Assert.All(files, f => AssertHidden(File.ReadAllText(f)));
    }

    [Theory]
    [MemberData(nameof(ServiceNames))]
    public async Task No_exception_holds_a_token(string service)
    {
        var azure = new ScriptedAzure(Services[service]);
        var traces = new List<RequestTrace>();
        var client = azure.Client(azure.Credential(Secret), o => o with { Trace = traces.Add });
        foreach (var call in Calls(client))
        {
            // The whole chain, with what each exception says of itself.
            AssertHidden((await Record.ExceptionAsync(call))?.ToString() ?? "");
        }

        Assert.All(traces, t => AssertHidden(t.ToString()));
        Assert.All(azure.Seen, s => Assert.Equal("management.azure.com", s.Address.Host));
    }

    [Theory]
    [InlineData("https://example.org/stolen")]
    [InlineData("http://management.azure.com/stolen")]
    [InlineData("//example.org/stolen")]
    public async Task A_service_that_lies_gets_no_token_sent_elsewhere(string address)
    {
        var azure = new ScriptedAzure(r => r.Method == "GET"
            ? Answer(200, $$"""{"value":[],"nextLink":"{{address}}"}""")
            : Answer(202, "", ("Location", address), ("Azure-AsyncOperation", address)));
        foreach (var call in Calls(azure.Client(azure.Credential(Secret))))
        {
            await Record.ExceptionAsync(call);
        }

        Assert.True(azure.Seen.Count > 3);
        Assert.All(azure.Seen, s => Assert.Equal("https://management.azure.com", s.Address.GetLeftPart(UriPartial.Authority)));
    }

    [Fact]
    public async Task A_credential_that_fails_with_a_token_in_its_words_is_not_quoted()
    {
        var azure = InTurn(() => Refuse(401, "Expired", "Over."));
        var count = 0;
        var credential = DelegatedTokenCredential.Create((_, _) => ++count == 1
            ? new AccessToken(Secret, azure.Clock.GetUtcNow().AddHours(1))
            : throw new global::Azure.Identity.AuthenticationFailedException($"{Secret} is over."));
        var e = await Assert.ThrowsAsync<ArmException>(() => azure.Client(credential).FindAsync("", default));
        AssertHidden(e.ToString());
    }

    private static IEnumerable<Func<Task>> Calls(DataFactoryClient client)
    {
        var (factory, runs) = (new AzureFactoryClient(client), new AzureRunClient(client));
        yield return () => client.FindAsync("pipelines/p", default);
        yield return () => client.PutAsync("pipelines/p", "{}", "v1", default);
        yield return () => client.DeleteAsync("pipelines/p", default);
        yield return () => RequestTests.ToListAsync(client.ListAsync("pipelines", default));
        yield return () => factory.StartTriggerAsync("t", default);
        yield return () => factory.StartIntegrationRuntimeAsync("ir", default);
        yield return () => runs.StartAsync(new RunStart("p"), default);
        yield return () => RequestTests.ToListAsync(runs.ListAsync(new RunFilter(default, default, []), default));
    }

    private static void AssertHidden(string text) => Assert.DoesNotContain(Secret, text, StringComparison.Ordinal);
}
