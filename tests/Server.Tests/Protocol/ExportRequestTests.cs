using System.Text.Json.Nodes;
using Xunit;

namespace Pipewright.Server.Tests.Protocol;

public sealed class ExportRequestTests
{
    [Fact]
    public async Task A_factory_or_one_file_comes_as_texts_of_what_is_open()
    {
        using var folder = new TestFolder(("pipewright.yaml", ""), ("a.pipeline.yaml", "activities: []\n"), ("b.pipeline.yaml", "activities: []\n"));
        await using var client = await LspClient.StartAsync(folder);
        await client.OpenAsync(folder.UriOf("a.pipeline.yaml"), "description: not saved\nactivities: []\n");
        var whole = (await client.RequestAsync("pipewright/export", Ask(folder, "arm", true)))!;
        Assert.Equal(["ARMTemplateForFactory.json", "ARMTemplateParametersForFactory.json"], whole["files"]!.AsArray().Select(f => (string)f!["path"]!));
        Assert.Contains("not saved", (string)whole["files"]![0]!["text"]!, StringComparison.Ordinal);
        Assert.Equal("[] []", $"{whole["losses"]!.ToJsonString()} {whole["notes"]!.ToJsonString()}");
        var one = (await client.RequestAsync("pipewright/export", Ask(folder, "bicep", false)))!;
        Assert.DoesNotContain("pipeline_b", (string)one["files"]![0]!["text"]!, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("arm", "nowhere", "a.pipeline.yaml", "There is no target 'nowhere'")]
    [InlineData("terraform", null, "a.pipeline.yaml", "'terraform' is no form of templates")]
    [InlineData("arm", null, "notes.md", "nothing to export")]
    public async Task What_cannot_be_exported_is_an_error(string form, string? target, string file, string message)
    {
        using var folder = new TestFolder(("pipewright.yaml", ""), ("a.pipeline.yaml", "activities: []\n"));
        await using var client = await LspClient.StartAsync(folder);
        var asked = Ask(folder, form, false);
        asked["textDocument"]!["uri"] = folder.UriOf(file);
        asked["target"] = target;
        var error = await Assert.ThrowsAsync<LspErrorException>(() => client.RequestAsync("pipewright/export", asked));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    private static JsonObject Ask(TestFolder folder, string form, bool wholeFactory) => new()
    {
        ["textDocument"] = new JsonObject { ["uri"] = folder.UriOf("a.pipeline.yaml") },
        ["form"] = form,
        ["wholeFactory"] = wholeFactory,
    };
}
