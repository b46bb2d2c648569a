using Pipewright.Core.Features;
using Pipewright.Core.Text;
using Xunit;

namespace Pipewright.Core.Tests.Features.Navigation;

public sealed class DefinitionTests
{
    private const string Child = "=== child.pipeline.yaml\nname: child\nparameters: { day: string }\nactivities: []\n";

    [Theory]
    [InlineData("activities:\n  - { name: A, type: ExecutePipeline, pipeline: chi|ld }\n=== child.pipeline.yaml\nname: [|child|]\nactivities: []\n")]
    [InlineData("activities:\n  - { name: A, type: ExecutePipeline, pipeline: chi|ld }\n=== child.pipeline.yaml\n[||]activities: []\n")]
    [InlineData("activities:\n  - { name: A, type: ExecutePipeline, pipeline: { referenceName: |CHILD, type: PipelineReference } }\n=== child.pipeline.yaml\nname: [|child|]\nactivities: []\n")]
    [InlineData("activities:\n  - { name: A, type: ExecutePipeline, pipeline: child, parameters: { da|y: 1 } }\n=== child.pipeline.yaml\nparameters: { [|day|]: string }\nactivities: []\n")]
    [InlineData("activities:\n  - { name: A, type: ExecutePipeline, pipeline: chi|ld }\n=== child.pipeline.yaml\nname: [|child|]\n=== sub/child.pipeline.yaml\nname: \"[|child|]\"\n")]
    [InlineData("activities:\n  - { name: [|A|], type: Wait }\n  - { name: B, type: Wait, dependsOn: [ A| ] }\n")]
    [InlineData("activities:\n  - { name: [|A|], type: Wait }\n  - { name: B, type: Wait, dependsOn: { A|: Failed } }\n")]
    [InlineData("activities:\n  - { name: [|A|], type: Wait }\n  - { name: B, type: SetVariable, variableName: v, value: \"@activity('|A').output\" }\n")]
    [InlineData("activities:\n  - { name: '[|A|]', type: Wait }\n  - { name: B, type: SetVariable, variableName: v, value: 'x @{activity(''|A'').output} y' }\n")]
    [InlineData("activities:\n  - { name: |[|A|], type: Wait }\n  - { name: B, type: Wait, dependsOn: [A] }\n")]
    [InlineData("variables: { [|v|]: String }\nactivities:\n  - { name: B, type: SetVariable, variableName: |v, value: 1 }\n")]
    [InlineData("variables: { [|v|]: String }\nactivities:\n  - { name: B, type: Fail, message: \"@variables('v|')\", errorCode: '1' }\n")]
    [InlineData("parameters: { [|day|]: string }\nactivities:\n  - { name: B, type: Fail, message: \"@pipeline().parameters.d|ay\", errorCode: '1' }\n")]
    [InlineData("parameters: { [|day|]: string }\nactivities:\n  - { name: B, type: Fail, message: \"@pipeline().parameters['d|ay']\", errorCode: '1' }\n")]
    [InlineData("activities:\n  - { name: B, type: Fail, message: \"@pipeline().globalParameters.en|v\", errorCode: '1' }\n=== f.factory.yaml\nglobalParameters: { [|env|]: { type: string, value: dev } }\n")]
    [InlineData("activities:\n  - { name: A, type: Lookup, dataset: { referenceName: d, parameters: { fi|le: x } }, source: { type: JsonSource } }\n=== d.dataset.yaml\ntype: Json\nlinkedServiceName: l\nparameters: { [|file|]: string }\n")]
    public void A_name_leads_to_its_declaration(string files) => Check("=== a.pipeline.yaml\n" + files);

    [Theory]
    [InlineData("=== d.dataset.yaml\ntype: Json\nlinkedServiceName: l\nparameters: { [|file|]: string }\nlocation: { type: AzureBlobFSLocation, fileName: \"@dataset().fi|le\" }\n")]
    [InlineData("=== l.linkedService.yaml\ntype: AzureBlobFS\nparameters: { [|host|]: string }\nurl: \"@{linkedService().ho|st}\"\n")]
    [InlineData("=== d.dataset.yaml\ntype: Json\nlinkedServiceName: { referenceName: l, parameters: { ho|st: x } }\n=== l.linkedService.yaml\ntype: AzureBlobFS\nparameters: { [|host|]: string }\nurl: x\n")]
    [InlineData("=== t.trigger.yaml\ntype: ScheduleTrigger\npipelines: [{ pipelineReference: chi|ld }]\n=== child.pipeline.yaml\nname: [|child|]\nactivities: []\n")]
    [InlineData("=== t.trigger.yaml\ntype: ScheduleTrigger\npipelines: [{ pipelineReference: child, parameters: { |day: 1 } }]\n=== child.pipeline.yaml\nparameters: { [|day|]: string }\nactivities: []\n")]
    [InlineData("=== a.pipeline.yaml\nactivities:\n  - { name: A, type: ExecuteDataFlow, dataflow: flo|w }\n=== flow.dataflow.yaml\nname: [|flow|]\ntype: MappingDataFlow\n")]
    [InlineData("=== flow.dataflow.yaml\ntype: MappingDataFlow\nsources: [{ name: [|orders|], dataset: d }]\nscriptLines:\n  - source() ~> orders\n  - ord|ers sink() ~> out\n")]
    [InlineData("=== pipeline/a.json\n{\"name\":\"a\",\"properties\":{\"activities\":[{\"name\":\"A\",\"type\":\"ExecutePipeline\",\"typeProperties\":{\"pipeline\":{\"referenceName\":\"c|\",\"type\":\"PipelineReference\"}}}]}}\n=== pipeline/c.json\n{\"name\":\"[|c|]\",\"properties\":{}}\n")]
    [InlineData("=== pipeline/a.json\n{\"name\":\"a\",\"properties\":{\"activities\":[{\"name\":\"A\",\"type\":\"ExecutePipeline\",\"typeProperties\":{\"pipeline\":{\"referenceName\":\"c\",\"type\":\"PipelineReference\"},\"parameters\":{\"d|ay\":1}}}]}}\n=== pipeline/c.json\n{\"name\":\"c\",\"properties\":{\"parameters\":{\"[|day|]\":{\"type\":\"string\"}}}}\n")]
    [InlineData("=== pipeline/a.json\n{\"name\":\"a\",\"properties\":{\"parameters\":{\"[|day|]\":{\"type\":\"string\"}},\"activities\":[{\"name\":\"A\",\"type\":\"Wait\",\"typeProperties\":{\"waitTimeInSeconds\":{\"value\":\"@int(pipeline().parameters.|day)\",\"type\":\"Expression\"}}}]}}\n")]
    [InlineData("=== dataset/d.json\n{\"name\":\"d\",\"properties\":{\"linkedServiceName\":{\"referenceName\":\"|l\",\"type\":\"LinkedServiceReference\"},\"type\":\"Json\"}}\n=== linkedService/l.json\n{\"name\":\"[|l|]\",\"properties\":{\"type\":\"AzureBlobFS\"}}\n")]
    public void So_it_does_in_every_kind_of_file_and_in_both_forms(string files) => Check(files);

    [Theory]
    [InlineData("activities:\n  - { name: A, type: ExecutePipeline, pipeline: los|t }\n")]
    [InlineData("activities:\n  - { name: A, ty|pe: Wait }\n")]
    [InlineData("activities:\n|\n")]
    [InlineData("activities:\n  - { name: A, type: Fail, message: '@variables(''v|'')' }\n")]
    public void Elsewhere_it_leads_nowhere(string text)
    {
        var at = NavigationCase.Open("=== a.pipeline.yaml\n" + text);
        Assert.Null(LanguageFeatures.GetDefinition(at.Factory, at.Document, at.Offset, default));
    }

    [Theory]
    [InlineData("activities:\n  - { name: A, type: ExecutePipeline, pipeline: chi|ld }\n" + Child, "child", "name: child\nparameters: { day: string }\nactivities: []")]
    [InlineData("activities:\n  - { name: A, type: ExecutePipeline, pipeline: child, parameters: { d|ay: 1 } }\n" + Child, "day", "day: string")]
    [InlineData("activities:\n  - name: A\n    type: Wait\n  - { name: B, type: Wait, dependsOn: [ |A ] }\n", "A", "name: A\n    type: Wait")]
    public void All_that_belongs_to_a_declaration_is_told(string text, string name, string all)
    {
        var at = NavigationCase.Open("=== a.pipeline.yaml\n" + text);
        var target = Assert.Single(LanguageFeatures.GetDefinition(at.Factory, at.Document, at.Offset, default)!.Targets);
        Assert.Equal((name, all), (at.TextOf(target.Path, target.NameSpan), at.TextOf(target.Path, target.Span)));
    }

    [Theory]
    [InlineData("=== a.pipeline.yaml\nactivities:\n  - { name: A, type: Lookup, dataset: |d, source: { type: JsonSource } }\n=== d.dataset.yaml\ntype: Json\nlinkedServiceName: l\n=== l.linkedService.yaml\nname: [|l|]\ntype: AzureBlobFS\n")]
    [InlineData("=== a.pipeline.yaml\nactivities:\n  - { name: A, type: ExecutePipeline, pipeline: c }\n  - { name: B, type: Wait, dependsOn: [ A| ] }\n=== c.pipeline.yaml\nname: [|c|]\n")]
    public void Behind_a_name_stands_what_it_reads_or_runs(string files)
    {
        var at = NavigationCase.Open(files);
        Assert.Equal(at.Marked, LanguageFeatures.GetTypeDefinition(at.Factory, at.Document, at.Offset, default)!.Targets.Select(t => (t.Path, t.NameSpan)));
    }

    [Theory]
    [InlineData("=== a.pipeline.yaml\nactivities:\n  - { name: A, type: ExecutePipeline, pipeline: [|chi|ld|], parameters: { child: 1 } }\n  - { name: child, type: ExecutePipeline, pipeline: { referenceName: [|child|] } }\n=== t.trigger.yaml\ntype: ScheduleTrigger\npipelines: [{ pipelineReference: [|child|] }]\n", "=== child.pipeline.yaml\nname: [|child|]\n")]
    [InlineData("=== a.pipeline.yaml\nactivities:\n  - { name: A, type: ExecutePipeline, pipeline: child, parameters: { [|d|ay|]: \"@pipeline().parameters.day\" } }\n=== child.pipeline.yaml\nactivities: [{ name: A, type: Wait, waitTimeInSeconds: \"@pipeline().parameters.[|day|]\" }]\nparameters:\n", "  [|day|]: string\n")]
    [InlineData("=== a.pipeline.yaml\nactivities:\n  - { name: B, type: Wait, dependsOn: [[|A|]] }\n  - { name: C, type: Fail, message: \"@{activity('[|A|]').output}\", dependsOn: { [|A|]: Failed } }\n", "  - { name: [||A|], type: Wait }\n")]
    [InlineData("=== a.pipeline.yaml\nactivities: [{ name: B, type: Fail, message: \"@pipeline().globalParameters.[|en|v|]\" }]\n=== b.pipeline.yaml\nactivities: [{ name: B, type: Fail, message: \"@pipeline().globalParameters.[|env|]\" }]\n=== f.factory.yaml\nglobalParameters:\n", "  [|env|]: { type: string, value: dev }\n")]
    public void References_are_found_in_all_files(string files, string declaration)
    {
        var at = NavigationCase.Open(files + declaration);
        Assert.Equal(at.Marked.OrderBy(m => m.Path, StringComparer.Ordinal), Find(at, withDeclaration: true));
        var uses = NavigationCase.Open(files + declaration.Replace("[|", "", StringComparison.Ordinal).Replace("|]", "", StringComparison.Ordinal));
        Assert.Equal(uses.Marked.OrderBy(m => m.Path, StringComparer.Ordinal), Find(uses, withDeclaration: false));
    }

    [Theory]
    [InlineData("variables: { [|v|]: String }\nactivities:\n  - { name: A, type: SetVariable, variableName: [|v|], value: \"@variables('[|v||]')\" }\n", "DWR")]
    [InlineData("activities:\n  - { name: [|A||], type: Wait }\n  - { name: B, type: Wait, dependsOn: [[|A|]] }\n", "DR")]
    [InlineData("activities:\n  - { name: A, type: ExecutePipeline, pipeline: [||child|] }\n" + Child, "R")]
    [InlineData("activities:\n  - { name: A, t|ype: Wait }\n", "")]
    public void Highlights_are_those_of_the_document(string text, string kinds)
    {
        var at = NavigationCase.Open("=== a.pipeline.yaml\n" + text);
        var found = LanguageFeatures.GetHighlights(at.Factory, at.Document, at.Offset, default);
        Assert.Equal(at.Marked.Select(m => m.Span), found.Select(h => h.Span));
        Assert.Equal(kinds, string.Concat(found.Select(h => h.Kind.ToString()[0])));
    }

    private static IEnumerable<(string, TextSpan)> Find(NavigationCase at, bool withDeclaration) =>
        LanguageFeatures.GetReferences(at.Factory, at.Document, at.Offset, withDeclaration, default).Select(p => (p.Path, p.NameSpan));

    private static void Check(string files)
    {
        var at = NavigationCase.Open(files);
        var found = LanguageFeatures.GetDefinition(at.Factory, at.Document, at.Offset, default);
        Assert.NotNull(found);
        Assert.True(found.Origin.Touches(at.Offset));
        Assert.Equal(at.Marked, found.Targets.Select(t => (t.Path, t.NameSpan)));
        Assert.All(found.Targets, t => Assert.True(t.Span.Contains(t.NameSpan)));
    }
}
