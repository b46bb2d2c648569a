using Pipewright.Core.Features;
using Pipewright.Core.Tests.Features.Navigation;
using Xunit;

namespace Pipewright.Core.Tests.Features;

/// <summary>What a hover says of names: what they stand for, and where they are used.</summary>
public sealed class NameHoverTests
{
    private const string Files =
        """
        === load.pipeline.yaml
        description: Loads a day
        parameters:
          day: string
          size: { type: int, defaultValue: 5 }
          idle: bool
        variables: { State: { type: String, defaultValue: open } }
        activities:
          - { name: Look, type: Lookup, description: Looks, dataset: orders, source: { type: JsonSource, x: "@pipeline().parameters.day" } }
          - name: Each
            type: ForEach
            dependsOn: { Look: [Succeeded, Skipped] }
            items: "@createArray(pipeline().parameters.day)"
            activities:
              - { name: Inner, type: SetVariable, variableName: State, value: "@variables('State')" }
          - { name: Last, type: Fail, dependsOn: [Each], message: "@{activity('Each').output}", errorCode: "@pipeline().globalParameters.env" }
        === caller.pipeline.yaml
        activities: [{ name: Run, type: ExecutePipeline, pipeline: load, parameters: { day: 1, nothing: 2 } }]
        === orders.dataset.yaml
        type: Json
        linkedServiceName: lake
        parameters: { file: string }
        === f.factory.yaml
        globalParameters: { env: { type: string, value: dev } }

        """;

    [Theory]
    [InlineData("  d|ay: string", "**day** `string` · parameter of the pipeline 'load' · required", "Used twice: `Look`, `Each`", "Passed once: `Run` of `caller.pipeline.yaml`")]
    [InlineData("  si|ze:", "**size** `int` · parameter of the pipeline 'load'\n", "Default: `5`", "Not used.")]
    [InlineData("{ d|ay: 1", "**day** `string` · parameter of the pipeline 'load' · required", "Passed once: `Run`")]
    [InlineData("no|thing: 2", "**nothing** · parameter of the pipeline 'load'", "No file here declares it.")]
    [InlineData("{ St|ate:", "**State** `String` · variable", "Starts as `open`.", "Used once: `Inner`", "Set once: `Inner`")]
    [InlineData("variableName: St|ate", "**State** `String` · variable")]
    [InlineData("variables('St|ate')", "**State** `string` · variable", "Set once: `Inner`")]
    [InlineData("(pipeline().parameters.d|ay", "**day** `string`", "Used twice: `Look`, `Each`")]
    [InlineData("name: Lo|ok", "**Look** · Lookup activity", "Looks", "Runs before: `Each`", "control-flow-lookup-activity")]
    [InlineData("name: Ea|ch", "**Each** · ForEach activity", "Runs after: `Look` (Succeeded, Skipped)", "Runs before: `Last`")]
    [InlineData("name: In|ner", "Inside of `Each`")]
    [InlineData("dependsOn: [Ea|ch]", "**Each** · ForEach activity", "Runs after: `Look`")]
    [InlineData("activity('Ea|ch')", "**Each** · ForEach", "Runs after: `Look` (Succeeded, Skipped)")]
    [InlineData("globalParameters.e|nv", "**env** `string`", "Used once: `Last`")]
    [InlineData("{ e|nv:", "**env** `string` · global parameter", "Value: `dev`")]
    [InlineData("pipeline: lo|ad", "**load** · pipeline of 4 activities", "Loads a day", "`day: string`, `size: int`", "`load.pipeline.yaml` · 1 file refers to it")]
    [InlineData("dataset: or|ders", "**orders** · Json dataset", "`file: string`", "format-json", "1 file refers to it")]
    [InlineData("linkedServiceName: la|ke", "**lake** · linked service", "No file here declares it.")]
    [InlineData("variable|Name: State", "**variableName** `string` · required", "control-flow-set-variable-activity")]
    [InlineData("type: Loo|kup", "**Lookup activity**", "[Documentation of the Lookup activity](https://learn.microsoft.com/azure/data-factory/control-flow-lookup-activity)")]
    public void It_tells_what_a_name_stands_for(string at, params string[] parts)
    {
        var found = NavigationCase.Open(Files.Replace(at.Replace("|", "", StringComparison.Ordinal), at, StringComparison.Ordinal));
        var hover = LanguageFeatures.GetHover(found.Factory, found.Document, found.Offset, default);
        Assert.NotNull(hover);
        Assert.True(hover.Span.Touches(found.Offset));
        Assert.All(parts, part => Assert.Contains(part, hover.Markdown + "\n", StringComparison.Ordinal));
    }

    [Fact]
    public void Of_many_files_only_the_number_is_told()
    {
        var callers = string.Concat(Enumerable.Range(0, 60).Select(i => $"=== c{i}.pipeline.yaml\nactivities: [{{ name: Run, type: ExecutePipeline, pipeline: load, parameters: {{ day: 1 }} }}]\n"));
        var at = NavigationCase.Open("=== load.pipeline.yaml\nparameters: { da|y: string }\nactivities: []\n" + callers);
        Assert.Contains("Up to 61 files may name it.", LanguageFeatures.GetHover(at.Factory, at.Document, at.Offset, default)!.Markdown, StringComparison.Ordinal);
    }
}
