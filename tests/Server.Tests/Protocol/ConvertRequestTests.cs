using System.Text.Json.Nodes;
using Xunit;

namespace Pipewright.Server.Tests.Protocol;

/// <summary>Converting between the forms, as an editor asks for it.</summary>
public sealed class ConvertRequestTests
{
    private const int RequestFailed = -32803;
    private const string Git = """{"name":"load","properties":{"activities":[{"name":"A","type":"Wait","typeProperties":{"waitTimeInSeconds":1}}]}}""";
    private const string Spec = "# What it is for\nactivities:\n  - { name: A, type: Wait, waitTimeInSeconds: 1 } # long enough\n";

    [Fact]
    public async Task A_folder_in_the_Git_form_becomes_specs_and_nothing_is_written()
    {
        using var folder = new TestFolder(("pipeline/load.json", Git), ("pipeline/tell.json", Git.Replace("load", "tell", StringComparison.Ordinal)), ("package.json", "{}"));
        await using var client = await LspClient.StartAsync(folder);
        var result = await ConvertAsync(client, folder.Uri);
        Assert.Equal(("spec", 0), ((string?)result["to"], (int?)result["already"]));
        Assert.Empty(result["losses"]!.AsArray());
        var files = result["files"]!.AsArray();
        Assert.Equal(["pipeline/load.pipeline.yaml new", "pipeline/tell.pipeline.yaml new"], files.Select(f => $"{f!["path"]} {f["state"]}"));
        Assert.Equal((folder.UriOf("pipeline/load.json"), folder.UriOf("pipeline/load.pipeline.yaml")), ((string?)files[0]!["source"], (string?)files[0]!["uri"]));
        Assert.Contains("waitTimeInSeconds: 1", (string?)files[0]!["text"], StringComparison.Ordinal);
        Assert.False(File.Exists(folder["pipeline/load.pipeline.yaml"]));
    }

    [Fact]
    public async Task What_the_Git_form_has_no_place_for_is_reported()
    {
        using var folder = new TestFolder(("load.pipeline.yaml", Spec), ("tell.pipeline.yaml", "# One\nactivities: []\n"));
        await using var client = await LspClient.StartAsync(folder);
        var result = await ConvertAsync(client, folder.Uri);
        Assert.Equal("git", (string?)result["to"]);
        Assert.Equal(["pipeline/load.json", "pipeline/tell.json"], result["files"]!.AsArray().Select(f => (string?)f!["path"]));
        Assert.Equal(
            [
                "load.pipeline.yaml: JSON has no place for the comments in lines 1, 3.",
                "tell.pipeline.yaml: JSON has no place for the comment in line 1.",
            ],
            result["losses"]!.AsArray().Select(l => (string?)l));
    }

    [Theory]
    [InlineData("activities: []\n", "differs")]
    [InlineData(null, "same")]
    public async Task What_would_be_overwritten_is_told(string? text, string state)
    {
        using var folder = new TestFolder(("pipeline/load.json", Git));
        await using var client = await LspClient.StartAsync(folder);
        var made = (string)(await ConvertAsync(client, folder.UriOf("pipeline/load.json")))["files"]![0]!["text"]!;
        await client.OpenAsync(folder.Write("pipeline/load.pipeline.yaml", "activities: []\n# on the disk\n"), text ?? made);
        var file = Assert.Single((await ConvertAsync(client, folder.Uri, ("to", "spec")))["files"]!.AsArray())!;
        Assert.Equal(state, (string?)file["state"]);
    }

    [Fact]
    public async Task One_file_goes_into_another_folder()
    {
        using var folder = new TestFolder(("load.pipeline.yaml", Spec), ("tell.pipeline.yaml", Spec));
        await using var client = await LspClient.StartAsync(folder);
        var result = await ConvertAsync(client, folder.UriOf("load.pipeline.yaml"), ("out", folder.UriOf("studio")));
        Assert.Equal(folder.UriOf("studio/pipeline/load.json"), (string?)Assert.Single(result["files"]!.AsArray())!["uri"]);
    }

    [Fact]
    public async Task What_is_in_the_form_already_is_counted_and_left_alone()
    {
        using var folder = new TestFolder(("load.pipeline.yaml", Spec), ("pipeline/tell.json", Git.Replace("load", "tell", StringComparison.Ordinal)));
        await using var client = await LspClient.StartAsync(folder);
        var result = await ConvertAsync(client, folder.Uri, ("to", "spec"));
        Assert.Equal(1, (int?)result["already"]);
        Assert.Equal("pipeline/tell.pipeline.yaml", (string?)Assert.Single(result["files"]!.AsArray())!["path"]);
    }

    [Fact]
    public async Task Two_files_of_one_resource_do_not_overwrite_each_other()
    {
        using var folder = new TestFolder(("a/load.pipeline.yaml", Spec), ("b/load.pipeline.yaml", Spec));
        await using var client = await LspClient.StartAsync(folder);
        var result = await ConvertAsync(client, folder.Uri);
        Assert.Single(result["files"]!.AsArray());
        Assert.Contains("two files declare one resource", (string?)result["losses"]![1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("readme.md", null, "nothing to convert")]
    [InlineData("load.pipeline.yaml", "xml", "no form 'xml'")]
    public async Task What_can_not_be_converted_is_refused(string file, string? form, string reason)
    {
        using var folder = new TestFolder(("load.pipeline.yaml", Spec), ("readme.md", ""));
        await using var client = await LspClient.StartAsync(folder);
        var refusal = await Assert.ThrowsAsync<LspErrorException>(() => ConvertAsync(client, folder.UriOf(file), ("to", form)));
        Assert.Equal(RequestFailed, refusal.Code);
        Assert.Contains(reason, refusal.Message, StringComparison.Ordinal);
    }

    private static async Task<JsonNode> ConvertAsync(LspClient client, string uri, params (string Name, JsonNode? Value)[] more)
    {
        var parameters = new JsonObject { ["uri"] = uri };
        foreach (var (name, value) in more)
        {
            parameters[name] = value;
        }

        return (await client.RequestAsync("pipewright/convert", parameters))!;
    }
}
