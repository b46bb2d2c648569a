using System.Text.Json.Nodes;
using Pipewright.Azure;
using Pipewright.Core.Factory;
using Pipewright.Core.Schema;
using Pipewright.LanguageServer.Live;
using Pipewright.Server.Tests.Emulator;
using Pipewright.Server.Tests.Protocol;
using Xunit;

namespace Pipewright.Server.Tests.Live;

/// <summary>What the target's factory has is known in the editor, soon, and never waited for.</summary>
public sealed class LiveTests
{
    private const string Vault = """{"properties":{"type":"AzureKeyVault","typeProperties":{"baseUrl":"https://v.vault.azure.net/"}}}""";
    private const string Dataset = "type: AzureSqlTable\nlinkedServiceName: SharedVault\n";
    private const string Creates = """{"workspace":{"workspaceEdit":{"documentChanges":true,"resourceOperations":["create","rename","delete"]}},"textDocument":{"publishDiagnostics":{"versionSupport":true}}}""";

    private static string OptionsFor(Uri address, string more = "") => $$"""{"targets": [{"name": "here", "endpoint": "{{address.AbsoluteUri}}"}]{{more}}}""";

    [Fact]
    public async Task A_name_that_is_only_live_is_proposed_and_is_no_mistake()
    {
        using var folder = new TestFolder(("Own.linkedService.yaml", "type: AzureBlobFS\nurl: https://x\n"));
        await using var emulator = await TestEmulator.StartAsync();
        await emulator.PutAsync("linkedservices/SharedVault", Vault);
        await using var client = await LspClient.StartAsync(folder, Creates, OptionsFor(emulator.Address));
        var uri = folder.UriOf("d.dataset.yaml");
        var position = await client.OpenAsync(uri, Dataset.Replace("SharedVault", "|SharedVault", StringComparison.Ordinal));
        var codes = await client.PublishedAsync(uri, c => c.Contains("PW8001"));
        Assert.DoesNotContain("PW4001", codes);

        // The finding comes as soon as its kind has been read; the list is whole when all have.
        var list = await client.AskAsync("textDocument/completion", uri, position);
        for (var tries = 0; list!["isIncomplete"]!.GetValue<bool>() && tries < 1000; tries++)
        {
            await Task.Delay(50);
            list = await client.AskAsync("textDocument/completion", uri, position);
        }

        Assert.False(list["isIncomplete"]!.GetValue<bool>());
        Assert.EndsWith("live, only in local", list["items"]!.AsArray().Single(i => (string)i!["label"]! == "SharedVault")!["detail"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Contains("Only in local, as of just now", (string)(await client.AskAsync("textDocument/hover", uri, position))!["contents"]!["value"]!, StringComparison.Ordinal);

        var live = await client.RequestAsync("pipewright/liveResources", new JsonObject { ["uri"] = uri, ["kind"] = "linkedService" });
        Assert.Equal(["SharedVault AzureKeyVault"], live!["resources"]!.AsArray().Select(r => $"{r!["name"]} {r["type"]}"));
        Assert.Null(live["resources"]![0]!["uri"]);
    }

    [Fact]
    public async Task It_can_be_brought_into_the_repository()
    {
        using var folder = new TestFolder(("sets/d.dataset.yaml", Dataset), ("links/Own.linkedService.yaml", "type: AzureBlobFS\nurl: https://x\n"));
        await using var emulator = await TestEmulator.StartAsync();
        await emulator.PutAsync("linkedservices/SharedVault", Vault);
        await using var client = await LspClient.StartAsync(folder, Creates, OptionsFor(emulator.Address));
        var uri = folder.UriOf("sets/d.dataset.yaml");
        var result = await client.RequestAsync("pipewright/bringIn", new JsonObject { ["uri"] = uri, ["kind"] = "linkedService", ["name"] = "sharedvault" });
        Assert.Equal(folder.UriOf("links/SharedVault.linkedService.yaml"), (string)result!["uri"]!);
        Assert.Equal("type: AzureKeyVault\nbaseUrl: \"https://v.vault.azure.net/\"\nannotations: []\n", (string)result["edit"]!["documentChanges"]![1]!["edits"]![0]!["newText"]!);

        // What has not changed since is asked for by its version, and sent by nobody.
        await client.RequestAsync("pipewright/bringIn", new JsonObject { ["uri"] = uri, ["kind"] = "linkedService", ["name"] = "SharedVault" });
        var asked = (await emulator.GetAsync("/_emulator/requests")).Content!["value"]!.AsArray();
        Assert.Contains(asked, r => ((string)r!["path"]!).EndsWith("linkedservices/SharedVault", StringComparison.OrdinalIgnoreCase) && (int)r["status"]! == 304);

        var refusal = await Assert.ThrowsAsync<LspErrorException>(() => client.RequestAsync("pipewright/bringIn", new JsonObject { ["uri"] = uri, ["kind"] = "linkedService", ["name"] = "Nowhere" }));
        Assert.Contains("has no linkedService 'Nowhere'", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_network_that_hangs_holds_nothing_up()
    {
        using var folder = new TestFolder(("Own.linkedService.yaml", "type: AzureBlobFS\nurl: https://x\n"));
        var emulator = await TestEmulator.StartAsync();
        await emulator.FaultAsync("""{"method":"GET","path":"**/linkedservices","action":"timeout"}""");
        await using var client = await LspClient.StartAsync(folder, Creates, OptionsFor(emulator.Address));
        var uri = folder.UriOf("d.dataset.yaml");
        var position = await client.OpenAsync(uri, "type: AzureSqlTable\nlinkedServiceName: |");
        while ((int)(await emulator.GetAsync("/_emulator/faults")).Content!["value"]![0]!["happened"]! == 0)
        {
            await Task.Yield();
        }

        var list = await client.AskAsync("textDocument/completion", uri, position);
        Assert.Contains(list!["items"]!.AsArray(), i => (string)i!["label"]! == "Own");
        Assert.True(list["isIncomplete"]!.GetValue<bool>());
        await client.HangUpAsync();
        await emulator.DisposeAsync();
    }

    [Fact]
    public async Task What_is_known_survives_the_session_and_the_factory()
    {
        using var folder = new TestFolder(("d.dataset.yaml", Dataset));
        var emulator = await TestEmulator.StartAsync();
        await emulator.PutAsync("linkedservices/SharedVault", Vault);
        var uri = folder.UriOf("d.dataset.yaml");
        await using (var client = await LspClient.StartAsync(folder, Creates, OptionsFor(emulator.Address)))
        {
            var live = await client.RequestAsync("pipewright/refreshLive", new JsonObject { ["uri"] = uri });
            Assert.Contains(live!["resources"]!.AsArray(), r => (string)r!["name"]! == "SharedVault");
        }

        await emulator.DisposeAsync();
        var file = LiveCache.OfUser.FileOf(TargetAt(emulator.Address));
        Assert.StartsWith(CacheFolder.Path, file, StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        }

        await using (var client = await LspClient.StartAsync(folder, Creates, OptionsFor(emulator.Address)))
        {
            await client.OpenAsync(uri, Dataset);
            await client.PublishedAsync(uri, c => c.Contains("PW8001"));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("""{"live":99}""")]
    [InlineData("""{"live":1,"factory":"another","readAt":"2024-01-01T00:00:00Z","kinds":{}}""")]
    public void A_cache_that_is_damaged_is_as_good_as_none(string content)
    {
        using var folder = new TestFolder();
        var (cache, target) = (new LiveCache(new CacheFiles(folder.Path)), TargetAt(new Uri("http://localhost:1")));
        var live = new LiveResources("dev", "local", DateTimeOffset.UnixEpoch, IsFilling: false)
            .With(ResourceKind.ManagedPrivateEndpoint, [new LiveEntry("local", ResourceKind.ManagedPrivateEndpoint, "e", """{"name":"e","properties":{}}""", null, "default")])
            .With(ResourceKind.Pipeline, [new LiveEntry("local", ResourceKind.Pipeline, "p", """{"name":"p","properties":{"a":[1,2]}}""", "tag")]);
        cache.Write(target, live);
        var read = cache.Read(target, "dev")!;
        Assert.Equal(["e  default", "p tag "], read.All.OrderBy(e => e.Name, StringComparer.Ordinal).Select(e => $"{e.Name} {e.ETag} {e.Network}"));
        Assert.True(read.HasRead(ResourceKind.Pipeline));
        Assert.False(read.HasRead(ResourceKind.Dataset));
        Assert.Single(Directory.GetFiles(folder.Path));
        File.WriteAllText(cache.FileOf(target), content);
        Assert.Null(cache.Read(target, "dev"));
        cache.Write(target, live);
        Assert.NotNull(cache.Read(target, "dev"));
        File.WriteAllText(cache.FileOf(target), File.ReadAllText(cache.FileOf(target))[..^20]);
        Assert.Null(cache.Read(target, "dev"));
    }

    [Fact]
    public async Task A_deployment_is_seen_at_once()
    {
        using var folder = new TestFolder(("a.pipeline.yaml", "activities:\n  - { name: W, type: Wait, waitTimeInSeconds: 1 }\n"));
        await using var emulator = await TestEmulator.StartAsync();
        await using var client = await LspClient.StartAsync(folder, Creates, OptionsFor(emulator.Address));
        var uri = folder.UriOf("a.pipeline.yaml");
        await client.RequestAsync("pipewright/refreshLive", new JsonObject { ["uri"] = uri });
        await client.RequestAsync("pipewright/deploy", LspClient.At(uri));
        JsonNode? live;
        do
        {
            live = await client.RequestAsync("pipewright/liveResources", new JsonObject { ["uri"] = uri, ["kind"] = "pipeline" });
        }
        while (live!["resources"]!.AsArray().Count == 0);

        Assert.Equal(uri, (string)live["resources"]![0]!["uri"]!);
        Assert.StartsWith("1 the same", (string)(await client.RequestAsync("pipewright/status", LspClient.At(uri)))!["summary"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_is_asked_of_a_factory_where_the_user_does_not_want_it()
    {
        using var folder = new TestFolder(("d.dataset.yaml", Dataset));
        await using var emulator = await TestEmulator.StartAsync();
        await using var client = await LspClient.StartAsync(folder, Creates, OptionsFor(emulator.Address, """, "live": {"enabled": "never"}"""));
        var uri = folder.UriOf("d.dataset.yaml");
        await client.OpenAsync(uri, Dataset);
        Assert.Contains("PW4001", await client.PublishedAsync(uri, c => c.Length > 0));
        Assert.Null((await client.RequestAsync("pipewright/liveResources", new JsonObject { ["uri"] = uri }))!["readAt"]);
        Assert.DoesNotContain((await emulator.GetAsync("/_emulator/requests")).Content!["value"]!.AsArray(), r => ((string)r!["path"]!).Contains("/factories/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Factories_to_choose_from_are_listed_by_subscription()
    {
        using var folder = new TestFolder(("d.dataset.yaml", Dataset));
        await using var emulator = await TestEmulator.StartAsync();
        await using var client = await LspClient.StartAsync(folder, Creates, OptionsFor(emulator.Address));
        var found = await client.RequestAsync("pipewright/factories", new JsonObject { ["uri"] = folder.UriOf("d.dataset.yaml") });
        Assert.Contains(found!["subscriptions"]!.AsArray().SelectMany(s => s!["factories"]!.AsArray()), f => (string)f!["name"]! == "local" && (string)f["resourceGroup"]! == "local");
    }

    /// <summary>Who works with an emulator has not asked for a workspace in Azure, nor to sign in there.</summary>
    [Fact]
    public async Task To_look_at_an_emulator_asks_for_no_sign_in()
    {
        using var folder = new TestFolder(("W.linkedService.yaml", "type: AzureDatabricks\ndomain: https://adb-1.2.azuredatabricks.net\naccessToken: { type: SecureString, value: x }\n"));
        await using var emulator = await TestEmulator.StartAsync();
        await using var client = await LspClient.StartAsync(folder, Creates, OptionsFor(emulator.Address, """, "tokens": true"""));
        await client.RequestAsync("pipewright/refreshLive", new JsonObject { ["uri"] = folder.UriOf("W.linkedService.yaml") });
        await client.RequestAsync("pipewright/validateFactory", new JsonObject());
        Assert.DoesNotContain(client.Received, m => (string?)m["method"] == "pipewright/getToken");

        // It is asked for where the workspaces themselves are.
        await client.RequestAsync("pipewright/workspaces", new JsonObject { ["uri"] = folder.UriOf("W.linkedService.yaml"), ["refresh"] = true });
        Assert.Contains(client.Received, m => (string?)m["method"] == "pipewright/getToken");
    }

    private static FactoryTarget TargetAt(Uri address) => new(address, "00000000-0000-0000-0000-000000000000", "local", "local");
}
