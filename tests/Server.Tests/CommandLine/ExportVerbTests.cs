using System.Text.Json.Nodes;
using Xunit;

namespace Pipewright.Server.Tests.CommandLine;

public sealed class ExportVerbTests
{
    private const string Wait = "activities:\n  - { name: A, type: Wait, waitTimeInSeconds: 1 }\n";

    private const string Targets = """
        targets:
          prod:
            subscription: 00000000-0000-0000-0000-000000000000
            resourceGroup: rg
            factory: adf-prod
            overrides:
              - linkedService: Lake
                set: { typeProperties.url: https://prod }
                add: { description: "${env:PIPEWRIGHT_TEST_SECRET}" }
              - trigger: Nightly
                set: { runtimeState: Started }
          wrong:
            subscription: 00000000-0000-0000-0000-000000000000
            resourceGroup: rg
            factory: adf-wrong
            overrides:
              - linkedService: Lake
                set: { typeProperties.uri: https://wrong }
        """;

    private static readonly (string Path, string Text)[] Files =
    [
        ("pipewright.yaml", Targets), ("a.pipeline.yaml", Wait), ("Lake.linkedService.yaml", "type: AzureBlobFS\nurl: https://dev\n"), ("Nightly.trigger.yaml", "type: ScheduleTrigger\npipelines:\n  - pipelineReference: a\n"),
        ("adf-dev.factory.yaml", "location: x\n"),
    ];

    [Theory]
    [InlineData("arm", "ARMTemplateForFactory.json ARMTemplateParametersForFactory.json factory/adf-dev_ARMTemplateForFactory.json factory/adf-dev_ARMTemplateParametersForFactory.json")]
    [InlineData("bicep", "factory.bicep factory.bicepparam main.bicep main.bicepparam")]
    public async Task A_folder_takes_all_files(string form, string expected)
    {
        using var folder = new TestFolder(Files);
        var (code, output, error) = await PipewrightProgram.RunAsync("export", folder.Path, "--to", form, "--out", folder["out"]);
        Assert.Equal((0, 0), (code, output.Length));
        Assert.Contains("4 files written", error, StringComparison.Ordinal);
        Assert.Equal(expected, string.Join(' ', Directory.EnumerateFiles(folder["out"], "*", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(folder["out"], f)).Order(StringComparer.Ordinal)));
    }

    [Fact]
    public async Task A_target_gives_its_overrides_and_its_name_but_no_variable_of_the_environment()
    {
        using var folder = new TestFolder(Files);
        var (code, output, error) = await PipewrightProgram.RunInAsync([("PIPEWRIGHT_TEST_SECRET", "hush")], ["export", folder.Path, "--to", "arm", "--target", "prod"]);
        Assert.Equal(0, code);
        Assert.Equal("Whether the trigger 'Nightly' runs is no part of a template: start it after the deployment.", error.Trim());
        var text = string.Join('\n', output);
        Assert.DoesNotContain("hush", text, StringComparison.Ordinal);
        var parameters = JsonNode.Parse(text)!["parameters"]!;
        Assert.Equal("adf-prod", parameters["factoryName"]!["defaultValue"]!.GetValue<string>());
        Assert.Equal("https://prod", parameters["Lake_properties_typeProperties_url"]!["defaultValue"]!.GetValue<string>());
        Assert.Equal("secureString", parameters["Lake_description"]!["type"]!.GetValue<string>());
    }

    [Fact]
    public async Task The_definition_in_the_root_is_taken_and_what_is_wrong_in_it_is_said()
    {
        using var folder = new TestFolder([.. Files, ("arm-template-parameters-definition.json", """{ "Microsoft.DataFactory/factories/pipelines": { "properties": { "activities": [ { "typeProperties": { "*": "=" } } ], "x": "?" } } }""")]);
        var (code, output, error) = await PipewrightProgram.RunAsync("export", folder["a.pipeline.yaml"], "--to", "bicep");
        Assert.Equal(1, code);
        Assert.Contains("param a_properties_A_typeProperties_waitTimeInSeconds int = 1", output);
        Assert.DoesNotContain(output, l => l.Contains("Lake", StringComparison.Ordinal));
        Assert.Contains("\"?\"", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2, "no target 'nowhere'", "nowhere")]
    [InlineData(1, "PW9009", "wrong")]
    [InlineData(1, "b.pipeline.yaml has syntax errors", null, "b.pipeline.yaml", "activities: [\n")]
    [InlineData(1, "in a circle", null, "a.pipeline.yaml", "activities:\n  - { name: A, type: ExecutePipeline, pipeline: b }\n", "b.pipeline.yaml", "activities:\n  - { name: A, type: ExecutePipeline, pipeline: a }\n")]
    [InlineData(1, "is no JSON", null, "arm-template-parameters-definition.json", "{")]
    public async Task What_cannot_be_exported_is_said(int expected, string message, string? target, params string[] changed)
    {
        using var folder = new TestFolder(Files);
        for (var i = 0; i < changed.Length; i += 2)
        {
            folder.Write(changed[i], changed[i + 1]);
        }

        string[] arguments = ["export", folder.Path, "--to", "arm", "--out", folder["out"], .. target is null ? [] : new[] { "--target", target }];
        var (code, _, error) = await PipewrightProgram.RunAsync(arguments);
        Assert.Equal(expected, code);
        Assert.Contains(message, error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder["out"]));
    }

    [Fact]
    public async Task A_factory_with_private_endpoints_in_the_Git_form_is_one_factory()
    {
        using var folder = new TestFolder(
            ("managedVirtualNetwork/default.json", """{ "name": "default", "properties": {} }"""),
            ("managedVirtualNetwork/default/managedPrivateEndpoint/lake.json", """{ "name": "lake", "properties": { "groupId": "dfs", "privateLinkResourceId": "/x" } }"""),
            ("pipeline/a.json", """{ "name": "a", "properties": { "activities": [] } }"""));
        var (code, output, error) = await PipewrightProgram.RunAsync("export", folder.Path, "--to", "arm");
        Assert.True(code == 0, error);
        Assert.Contains("\"[concat(parameters('factoryName'), '/default/lake')]\"", string.Join('\n', output), StringComparison.Ordinal);
    }
}
