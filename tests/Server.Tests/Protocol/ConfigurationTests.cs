using System.Text.Json.Nodes;
using Xunit;

namespace Pipewright.Server.Tests.Protocol;

/// <summary>The settings of a factory count in the editor as soon as they are typed, and findings can be switched off and mended all at once.</summary>
public sealed class ConfigurationTests
{
    private const string Pipeline = "activities:\n  - { name: A, type: Wait, waitTimeInSeconds: 1, dependsOn: [B] }\n";

    private const string Everything = """
        {"workspace": {"workspaceEdit": {"documentChanges": true, "resourceOperations": ["create", "rename", "delete"]} },
         "textDocument": {"diagnostic": {}, "codeAction": {"codeActionLiteralSupport": {"codeActionKind": {"valueSet": [] } } } } }
        """;

    [Fact]
    public async Task Settings_on_disk_and_settings_that_are_typed_both_count()
    {
        using var folder = new TestFolder(("p.pipeline.yaml", Pipeline), ("pipewright.yaml", "rules: { PW4101: hint }\n"));
        await using var client = await LspClient.StartAsync(folder, Everything);
        await client.RequestAsync("pipewright/validateFactory", null);
        var uri = folder.UriOf("p.pipeline.yaml");
        await client.OpenAsync(uri, Pipeline);
        Assert.Equal(4, await SeverityAsync(client, uri));

        var settings = folder.UriOf("pipewright.yaml");
        await client.OpenAsync(settings, "rules: { PW4101: off }\n");
        Assert.Null(await SeverityAsync(client, uri));
        await client.ReplaceAsync(settings, "rules: { PW4101: warning }\n");
        Assert.Equal(2, await SeverityAsync(client, uri));
        await client.CloseAsync(settings);
        Assert.Equal(4, await SeverityAsync(client, uri));
    }

    [Theory]
    [InlineData(null, "create")]
    [InlineData("defaultTarget: dev\n", null)]
    public async Task A_rule_is_switched_off_in_the_settings_of_the_factory(string? settings, string? operation)
    {
        using var folder = new TestFolder([("p.pipeline.yaml", Pipeline), .. settings is null ? Array.Empty<(string, string)>() : [("pipewright.yaml", settings)]]);
        await using var client = await LspClient.StartAsync(folder, Everything);
        await client.RequestAsync("pipewright/validateFactory", null);
        var uri = folder.UriOf("p.pipeline.yaml");
        await client.OpenAsync(uri, Pipeline);
        var action = Assert.Single(await ActionsAsync(client, uri, null), a => a["title"]!.GetValue<string>() == "Switch PW4101 off in pipewright.yaml");
        var change = action["edit"]!["documentChanges"]![0]!;
        Assert.Equal(operation, change["kind"]?.GetValue<string>());
        Assert.Equal(folder.UriOf("pipewright.yaml"), (change["uri"] ?? change["textDocument"]!["uri"])!.GetValue<string>());
    }

    /// <summary>The client is asked for its settings once it is there; those that it sends while it is being asked are newer than what it answers.</summary>
    [Fact]
    public async Task Settings_that_are_sent_while_they_are_asked_for_count()
    {
        var (old, newer) = ("""{"target": "old"}""", """{"pipewright": {"target": "new"} }""");
        var answered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var client = LspClient.Connect();
        client.Answers["workspace/configuration"] = asked =>
        {
            _ = client.NotifyAsync("workspace/didChangeConfiguration", new JsonObject { ["settings"] = JsonNode.Parse(newer) });
            answered.SetResult();
            return new JsonArray(JsonNode.Parse(old));
        };
        await client.InitializeAsync([], """{"workspace": {"configuration": true} }""", old);
        await answered.Task;
        for (var i = 0; i < 20; i++)
        {
            Assert.Equal("new", (await client.RequestAsync("pipewright/targets", null))!["current"]!.GetValue<string>());
        }
    }

    [Fact]
    public async Task All_is_mended_at_once_when_the_client_asks_for_that()
    {
        const string Text = "activities:\n  - { name: A, type: Wiat, waitTimeInSeconds: 1 }\n  - { name: B, type: Wiat, waitTimeInSeconds: 1 }\n";
        await using var client = await LspClient.StartAsync(capabilities: Everything);
        const string Uri = "untitled:p.pipeline.yaml";
        await client.OpenAsync(Uri, Text);
        var actions = await ActionsAsync(client, Uri, "source.fixAll");
        var action = Assert.Single(actions);
        Assert.Equal("source.fixAll.pipewright", action["kind"]!.GetValue<string>());
        var edits = action["edit"]!["documentChanges"]![0]!["edits"]!.AsArray();
        Assert.DoesNotContain("Wiat", string.Concat(edits.Select(e => e!["newText"]!.GetValue<string>())), StringComparison.Ordinal);
        Assert.Equal((1, 2), (edits[0]!["range"]!["start"]!["line"]!.GetValue<int>(), edits[^1]!["range"]!["end"]!["line"]!.GetValue<int>()));
        Assert.Contains(await ActionsAsync(client, Uri, "quickfix"), a => a["title"]!.GetValue<string>() == "Fix all of PW2006 in this file");
        Assert.DoesNotContain(await ActionsAsync(client, Uri, null), a => a["kind"]!.GetValue<string>().StartsWith("source", StringComparison.Ordinal));
    }

    /// <summary>Clients send an action back as they keep it: VS Code leaves out what was null, others add what is theirs.</summary>
    [Fact]
    public async Task An_action_is_filled_in_whatever_the_client_kept_of_it()
    {
        const string Text = "activities:\n  - { name: A, type: Wiat, waitTimeInSeconds: 1 }\n  - { name: B, type: Wiat, waitTimeInSeconds: 1 }\n";
        const string Uri = "untitled:p.pipeline.yaml";
        await using var client = await LspClient.StartAsync(capabilities: Everything.Replace(
            "\"codeActionLiteralSupport\"", "\"dataSupport\": true, \"resolveSupport\": {\"properties\": [\"edit\"]}, \"codeActionLiteralSupport\"", StringComparison.Ordinal));
        await client.OpenAsync(Uri, Text);
        var action = Assert.Single(await ActionsAsync(client, Uri, "quickfix"), a => a["title"]!.GetValue<string>() == "Fix all of PW2006 in this file").AsObject();
        Assert.Null(action["edit"]);
        action["diagnostics"] = JsonNode.Parse("""[{"range": {}, "message": "kept", "code": {"value": 1, "target": "x"} }]""");
        var resolved = await client.RequestAsync("codeAction/resolve", action);
        Assert.NotEmpty(resolved!["edit"]!["documentChanges"]!.AsArray());
        Assert.Equal("kept", resolved["diagnostics"]![0]!["message"]!.GetValue<string>());
    }

    private static async Task<int?> SeverityAsync(LspClient client, string uri)
    {
        var report = await client.RequestAsync("textDocument/diagnostic", new JsonObject { ["textDocument"] = new JsonObject { ["uri"] = uri } });
        return report!["items"]!.AsArray().SingleOrDefault(d => d!["code"]!.GetValue<string>() == "PW4101")?["severity"]!.GetValue<int>();
    }

    private static async Task<List<JsonNode>> ActionsAsync(LspClient client, string uri, string? only)
    {
        var context = new JsonObject { ["diagnostics"] = new JsonArray() };
        if (only is not null)
        {
            context["only"] = new JsonArray(only);
        }

        var parameters = new JsonObject
        {
            ["textDocument"] = new JsonObject { ["uri"] = uri },
            ["range"] = JsonNode.Parse("""{"start": {"line": 1, "character": 0}, "end": {"line": 1, "character": 70} }"""),
            ["context"] = context,
        };
        return [.. (await client.RequestAsync("textDocument/codeAction", parameters))!.AsArray().OfType<JsonNode>()];
    }
}
