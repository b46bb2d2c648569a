using System.Text;
using System.Text.Json.Nodes;
using Azure.Core;
using Azure.Identity;
using Pipewright.Azure;
using Pipewright.Core.Factory;
using Pipewright.LanguageServer;
using Pipewright.LanguageServer.Deploying;
using Pipewright.Server.Tests.Protocol;
using Xunit;
using static Pipewright.Server.Tests.AzureServices.ScriptedAzure;

namespace Pipewright.Server.Tests.AzureServices;

/// <summary>Tokens: from whom, for whom, how long.</summary>
public sealed class SignInTests
{
    [Fact]
    public void The_clouds_of_the_configuration_are_those_of_Azure() => Assert.Equal(DeploymentTarget.Clouds, AzureCloud.All.Select(c => c.Name));

    [Theory]
    [InlineData("public", "https://management.azure.com/.default", "login.microsoftonline.com", "adf.azure.com", "adb-1.2.azuredatabricks.net")]
    [InlineData("usGovernment", "https://management.usgovcloudapi.net/.default", "login.microsoftonline.us", "adf.azure.us", "adb-1.2.databricks.azure.us")]
    [InlineData("china", "https://management.chinacloudapi.cn/.default", "login.chinacloudapi.cn", "adf.azure.cn", "adb-1.2.databricks.azure.cn")]
    public async Task Each_cloud_has_its_own_addresses(string name, string scope, string authority, string studio, string workspace)
    {
        var cloud = AzureCloud.Find(name)!;
        Assert.Equal((scope, authority), (cloud.Scope, cloud.AuthorityHost.Host));
        Assert.True(cloud.IsDatabricks(new Uri("https://" + workspace)));
        Assert.False(cloud.IsDatabricks(new Uri("http://" + workspace)));
        Assert.False(cloud.IsDatabricks(new Uri($"https://{workspace}.example.org")));
        Assert.False(cloud.IsDatabricks(new Uri($"https://{cloud.DatabricksDomain}.example.org")));
        Assert.Single(AzureCloud.All, c => c.IsDatabricks(new Uri("https://" + workspace)));

        var configuration = FactoryConfiguration.Parse(new($"targets:\n  t: {{ subscription: s, resourceGroup: g, factory: f, cloud: {name}, tenant: contoso }}"));
        var target = Targets.Resolve(ServerSettings.Default, configuration, "t", null).Factory;
        Assert.Equal((cloud, "contoso", cloud.Endpoint), (target.Cloud, target.Tenant, target.Endpoint));
        Assert.Equal($"https://{studio}/en/monitoring/pipelineruns/r?factory=%2Fsubscriptions%2Fs%2FresourceGroups%2Fg%2Fproviders%2FMicrosoft.DataFactory%2Ffactories%2Ff", target.MonitoringAddress("r")!.AbsoluteUri);

        // Neither the authority nor the tenant is refused by the library that takes them.
        Assert.NotNull(AzureCredentials.FromMachine(cloud, "contoso.onmicrosoft.com"));

        string[]? scopes = null;
        var azure = InTurn(() => Answer(200, "{}"));
        await azure.Client(Ask(azure, c => scopes = c.Scopes), null, target).FindAsync("", default);
        Assert.Equal(scope, Assert.Single(scopes!));
        Assert.Equal(cloud.Endpoint.Host, Assert.Single(azure.Seen).Address.Host);
    }

    [Theory]
    [InlineData("https://management.azure.com.example.org")]
    [InlineData("https://example.org")]
    [InlineData("http://management.azure.com")]
    [InlineData("https://127.0.0.1")]
    public void Nobody_else_is_ever_connected_to(string address)
    {
        var azure = InTurn(() => Answer(200, "{}"));
        Assert.Throws<ArgumentException>(() => azure.Client(null, null, Target with { Endpoint = new Uri(address) }));
    }

    [Fact]
    public async Task A_token_is_asked_for_once_and_again_shortly_before_its_end()
    {
        var azure = InTurn(() => Answer(200, "{}"));
        var client = azure.Client(azure.Credential("one", "two"));
        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => client.FindAsync("pipelines/p", default)));
        azure.Clock.Advance(TimeSpan.FromMinutes(54));
        await client.FindAsync("pipelines/p", default);
        Assert.All(azure.Seen, s => Assert.Equal("Bearer one", s.Token));
        azure.Clock.Advance(TimeSpan.FromMinutes(2));
        await client.FindAsync("pipelines/p", default);
        Assert.Equal("Bearer two", azure.Seen.Last().Token);
    }

    [Fact]
    public async Task Clients_with_one_sign_in_ask_once()
    {
        var azure = InTurn(() => Answer(200, "{}"));
        var (tokens, asked) = (new TokenCache(azure.Clock), 0);
        foreach (var _ in (int[])[1, 2, 3])
        {
            await azure.Client(Ask(azure, c => asked++), o => o with { Tokens = tokens }).FindAsync("", default);
        }

        Assert.Equal(1, asked);
    }

    [Theory]
    [InlineData(true, 2)]
    [InlineData(false, 1)]
    public async Task A_token_that_is_refused_is_replaced_once_by_another(bool hasAnother, int requests)
    {
        var azure = new ScriptedAzure(r => r.Token == "Bearer two" ? Answer(200, """{"etag":"v2"}""") : Refuse(401, "ExpiredAuthenticationToken", "Over."));
        var client = azure.Client(hasAnother ? azure.Credential("one", "two") : azure.Credential("one"));
        Assert.Equal(hasAnother ? "v2" : null, (await Record.ExceptionAsync(async () => await client.PutAsync("pipelines/p", "{}", "v1", default))) is null ? "v2" : null);
        Assert.Equal(requests, azure.Seen.Count);
        Assert.All(azure.Seen, s => Assert.Equal(("{}", "v1"), (s.Body, s.Headers["if-match"])));
    }

    [Theory]
    [InlineData("""{"access_token":{"nbf":{"essential":true}}}""", true)]
    [InlineData(null, false)]
    public async Task What_the_service_asks_for_beyond_a_token_is_passed_on(string? claims, bool isPassedOn)
    {
        var challenge = claims is null ? "not base64!" : Convert.ToBase64String(Encoding.UTF8.GetBytes(claims));
        var azure = new ScriptedAzure(r => r.Token == "Bearer two"
            ? Answer(200, "{}")
            : Refuse(401, "LocationConditionEvaluationFailed", "Elsewhere.", ("WWW-Authenticate", $"""Bearer realm="", error="insufficient_claims", claims="{challenge}" """)));
        var asked = new List<string?>();
        await azure.Client(Ask(azure, c => asked.Add(c.Claims), "one", "two")).FindAsync("", default);
        Assert.Equal([null, isPassedOn ? claims : null], asked);
    }

    [Fact]
    public async Task Who_is_not_signed_in_is_told_how_to()
    {
        var azure = InTurn(() => Answer(200, "{}"));
        var client = azure.Client(DelegatedTokenCredential.Create((_, _) => throw new CredentialUnavailableException("Nothing worked.")), null, Target with { Tenant = "contoso" });
        var e = await Assert.ThrowsAsync<ArmException>(() => client.PutAsync("pipelines/p", "{}", null, default));
        Assert.Equal((0, "NotSignedIn", false), (e.Status, e.Code, e.IsOutcomeUnknown));
        Assert.StartsWith("There is no sign-in to Azure to the tenant contoso. In VS Code run 'Pipewright: Sign In'; elsewhere run 'az login --tenant contoso'", e.Message, StringComparison.Ordinal);
        Assert.Contains("Nothing worked.", e.Message, StringComparison.Ordinal);
        Assert.Empty(azure.Seen);
    }

    [Theory]
    [InlineData("a.b.c")]
    [InlineData("..")]
    [InlineData("opaque")]
    [InlineData("a.bnVsbA.c")]
    [InlineData("a.eyJleHAiOjFlOTl9.c")]
    public void A_token_that_says_nothing_is_no_error(string token) => Assert.Equal(new TokenClaims(null, null), TokenClaims.Read(token));

    [Fact]
    public void A_token_says_its_tenant_and_its_end() =>
        Assert.Equal(new TokenClaims("aaaa", DateTimeOffset.FromUnixTimeSeconds(1_800_000_000)), TokenClaims.Read(Token("aaaa", 1_800_000_000)));

    [Fact]
    public async Task An_editor_that_has_the_sign_in_is_asked_for_tokens()
    {
        using var folder = Folder();
        var azure = new ScriptedAzure(r => EmptyFactory(r, () => Answer(200, """{"name":"a"}""")));
        await using var client = await StartAsync(folder, azure, _ => new JsonObject { ["token"] = "from-the-editor", ["account"] = "me" });
        await DeployAsync(client, folder);
        await DeployAsync(client, folder);
        var asked = Assert.Single(client.Received, m => m["method"]!.GetValue<string>() == "pipewright/getToken")["params"]!;
        Assert.Equal("""{"scopes":["https://management.usgovcloudapi.net/.default"],"cloud":"usGovernment","tenant":"contoso","interactive":true}""", asked.ToJsonString());
        Assert.NotEmpty(azure.Seen);
        Assert.All(azure.Seen, s => Assert.Equal("Bearer from-the-editor", s.Token));
    }

    [Fact]
    public async Task An_editor_that_gives_no_token_has_the_deployment_say_so()
    {
        using var folder = Folder();
        var azure = InTurn(() => Answer(200, "{}"));
        await using var client = await StartAsync(folder, azure, _ => null);
        var failure = await Assert.ThrowsAsync<LspErrorException>(() => DeployAsync(client, folder));
        Assert.Contains("NotSignedIn: There is no sign-in to Azure to the tenant contoso.", failure.Message, StringComparison.Ordinal);
        Assert.Empty(azure.Seen);
    }

    [Fact]
    public async Task Who_wants_to_sign_in_is_asked_whatever_is_known()
    {
        using var folder = Folder();
        await using var client = await StartAsync(folder, InTurn(() => Answer(200, "{}")), _ => new JsonObject { ["token"] = Token("aaaa"), ["account"] = "me@contoso.com" });
        foreach (var _ in (int[])[1, 2])
        {
            var result = await client.RequestAsync("pipewright/signIn", new JsonObject { ["uri"] = folder.UriOf("a.pipeline.yaml") });
            Assert.Equal("""{"summary":"Signed in as me@contoso.com to the tenant aaaa."}""", result!.ToJsonString());
        }

        Assert.Equal(2, client.Received.Count(m => m["method"]!.GetValue<string>() == "pipewright/getToken"));
    }

    [Theory]
    [InlineData(true, "refused or cancelled")]
    [InlineData(false, "az login --tenant contoso")]
    public async Task Who_can_not_sign_in_is_told_why(bool hasTokens, string reason)
    {
        using var folder = Folder();
        await using var client = await LspClient.StartAsync(folder, options: hasTokens ? """{"tokens": true}""" : "{}");
        var refusal = await Assert.ThrowsAsync<LspErrorException>(() => client.RequestAsync("pipewright/signIn", null));
        Assert.Contains(reason, refusal.Message, StringComparison.Ordinal);
    }

    /// <summary>A token as Microsoft Entra makes them, but for the signature.</summary>
    internal static string Token(string tenant, long expires = 4_000_000_000)
    {
        var payload = $$"""{"tid":"{{tenant}}","exp":{{expires}}}""";
        return $"eyJhbGciOiJub25lIn0.{Convert.ToBase64String(Encoding.UTF8.GetBytes(payload)).TrimEnd('=').Replace('+', '-').Replace('/', '_')}.c2ln";
    }

    internal static TestFolder Folder() => new(
        ("pipewright.yaml", "targets:\n  dev: { subscription: s, resourceGroup: g, factory: f, cloud: usGovernment, tenant: contoso }\ndefaultTarget: dev\n"),
        ("a.pipeline.yaml", "activities:\n  - { name: A, type: Wait, waitTimeInSeconds: 1 }\n"));

    /// <summary>A client that gives tokens, and traces all that the server tells.</summary>
    internal static async Task<LspClient> StartAsync(TestFolder folder, ScriptedAzure azure, Func<JsonNode, JsonNode?> giveToken)
    {
        var client = LspClient.Connect(azure.Transport);
        client.Answers["pipewright/getToken"] = giveToken;
        await client.InitializeAsync([folder.Uri], options: """{"tokens": true}""");
        await client.NotifyAsync("$/setTrace", new JsonObject { ["value"] = "verbose" });
        return client;
    }

    internal static Task<JsonNode?> DeployAsync(LspClient client, TestFolder folder) => client.RequestAsync("pipewright/deploy", LspClient.At(folder.UriOf("a.pipeline.yaml")));

    private static TokenCredential Ask(ScriptedAzure azure, Action<TokenRequestContext> look, params string[] tokens)
    {
        var inner = azure.Credential(tokens.Length == 0 ? ["token"] : tokens);
        return DelegatedTokenCredential.Create((context, cancellation) =>
        {
            look(context);
            return inner.GetToken(context, cancellation);
        });
    }
}
