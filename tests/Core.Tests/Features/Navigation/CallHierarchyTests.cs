using Pipewright.Core.Features;
using Pipewright.Core.Features.Navigation;
using Pipewright.Core.Schema;
using Xunit;

namespace Pipewright.Core.Tests.Features.Navigation;

public sealed class CallHierarchyTests
{
    private const string Files =
        """
        === a.pipeline.yaml
        activities:
          - { name: A, type: ExecutePipeline, pipeline: b }
          - name: Each
            type: ForEach
            items: "@createArray(1)"
            activities:
              - { name: C, type: ExecutePipeline, pipeline: lost }
              - { name: B, type: ExecutePipeline, pipeline: { referenceName: B } }
          - { name: D, type: ExecuteDataFlow, dataflow: flow }
          - { name: E, type: Lookup, dataset: d, source: { type: JsonSource } }
        === b.pipeline.yaml
        name: b
        activities: [{ name: A, type: ExecutePipeline, pipeline: a }, { name: B, type: ExecutePipeline, pipeline: b }]
        === flow.dataflow.yaml
        type: MappingDataFlow
        === trigger/t.json
        { "name": "t", "properties": { "type": "ScheduleTrigger", "pipelines": [{ "pipelineReference": { "referenceName": "a", "type": "PipelineReference" } }] } }

        """;

    [Theory]
    [InlineData("pipeline: b }", "b: b")]
    [InlineData("name: Each", "a: activities:")]
    [InlineData("pipeline: lost", "lost: lost, missing")]
    [InlineData("dataflow: flow", "flow: type: MappingDataFlow")]
    [InlineData("\"type\": \"Sch", "t: { ")]
    public void What_the_cursor_is_on_or_in_is_the_start(string at, string expected)
    {
        var case_ = NavigationCase.Open(Files.Insert(Files.IndexOf(at, StringComparison.Ordinal) + at.IndexOf(' ', StringComparison.Ordinal) + 1, "|"));
        var item = Assert.Single(LanguageFeatures.GetCallItems(case_.Factory, case_.Document, case_.Offset, default));
        var text = case_.TextOf(item.Place.Path, item.Place.Span);
        Assert.StartsWith(expected.Split(", ")[0], $"{item.Name}: {(text.StartsWith("name: ", StringComparison.Ordinal) ? text["name: ".Length..] : text)}", StringComparison.Ordinal);
        Assert.Equal(expected.EndsWith("missing", StringComparison.Ordinal), item.IsMissing);
    }

    [Fact]
    public void A_dataset_calls_nobody()
    {
        var at = NavigationCase.Open("=== d.dataset.yaml\nty|pe: Json\n");
        Assert.Empty(LanguageFeatures.GetCallItems(at.Factory, at.Document, at.Offset, default));
    }

    [Theory]
    [InlineData(ResourceKind.Pipeline, "a", "b.pipeline.yaml (a); trigger/t.json (a)")]
    [InlineData(ResourceKind.Pipeline, "B", "a.pipeline.yaml (b, B); b.pipeline.yaml (b)")]
    [InlineData(ResourceKind.Pipeline, "lost", "a.pipeline.yaml (lost)")]
    [InlineData(ResourceKind.DataFlow, "flow", "a.pipeline.yaml (flow)")]
    [InlineData(ResourceKind.Trigger, "t", "")]
    [InlineData(ResourceKind.Dataset, "d", "")]
    public void Callers_are_told_with_their_calls(ResourceKind kind, string name, string expected)
    {
        var factory = NavigationCase.Open(Files).Factory;
        Assert.Equal(expected, Write(LanguageFeatures.GetCallers(factory, kind, name, default), l => (l.Item.Place.Path, l.Item.Place.Path)));
    }

    [Theory]
    [InlineData(ResourceKind.Pipeline, "a", "a.pipeline.yaml", "b (b, B); lost (lost); flow (flow)")]
    [InlineData(ResourceKind.Pipeline, "b", "b.pipeline.yaml", "a (a); b (b)")]
    [InlineData(ResourceKind.Trigger, "t", "trigger/t.json", "a (a)")]
    [InlineData(ResourceKind.Pipeline, "lost", "a.pipeline.yaml", "")]
    [InlineData(ResourceKind.DataFlow, "flow", "flow.dataflow.yaml", "")]
    public void What_is_called_is_told_with_the_calls(ResourceKind kind, string name, string path, string expected)
    {
        var at = NavigationCase.Open(Files);
        var called = LanguageFeatures.GetCalled(at.Factory, kind, name, path, default);
        Assert.Equal(expected, string.Join("; ", called.Select(l => $"{l.Item.Name} ({string.Join(", ", l.Calls.Select(c => at.TextOf(path, c)))})")));
    }

    private static string Write(IEnumerable<CallLink> links, Func<CallLink, (string Title, string Path)> tell) =>
        string.Join("; ", links.Select(l => $"{tell(l).Title} ({string.Join(", ", l.Calls.Select(c => NavigationCase.Open(Files).TextOf(tell(l).Path, c)))})"));
}
