using Pipewright.Core.Emit;
using Pipewright.Core.Factory;
using Pipewright.Core.Features;
using Pipewright.Core.Features.Graphs;
using Pipewright.Core.Schema;
using Xunit;

namespace Pipewright.Core.Tests.Features.Graphs;

/// <summary>Pipelines and factories as graphs, and as the text of other tools.</summary>
public sealed class GraphTests
{
    private const string Medallion = """
        parameters: { day: { type: string } }
        activities:
          - { name: Find, type: Lookup, dataset: Orders, source: { type: ParquetSource } }
          - name: Each
            type: ForEach
            dependsOn: [Find]
            items: "@activity('Find').output.value"
            activities:
              - { name: Clean, type: DatabricksNotebook, linkedServiceName: Bricks, notebookPath: /a }
              - { name: Call, type: ExecutePipeline, pipeline: Child, dependsOn: { Clean: [Succeeded, Skipped] } }
          - name: Choose
            type: Switch
            state: Inactive
            on: "@pipeline().parameters.day"
            dependsOn: { Each: Completed }
            cases:
              - { value: mon, activities: [{ name: Rest, type: Wait, waitTimeInSeconds: 1 }] }
            defaultActivities: []
          - { name: Tell, type: Fail, message: x, errorCode: "1", dependsOn: { Each: Failed, Gone: Failed } }
        """;

    private static (FactorySnapshot Factory, ResourceDocument Document) Open(string text, bool inGitForm)
    {
        var document = TestText.Document("p.pipeline.yaml", text);
        var git = inGitForm ? TestText.Document("pipeline/p.json", Conversion.ToGit(document)[0].Text) : document;
        return (FactorySnapshot.Empty.With([git, TestText.Document("Child.pipeline.yaml", "activities: []\n")]), git);
    }

    private static PipelineGraph Draw(string text, bool inGitForm = false)
    {
        var (factory, document) = Open(text, inGitForm);
        return LanguageFeatures.GetGraph(factory, document, 0, CancellationToken.None)!;
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_pipeline_is_activities_in_branches_and_dependencies(bool inGitForm)
    {
        var graph = Draw(Medallion, inGitForm);
        Assert.Equal(
            ["Find Lookup Data", "Each ForEach Container", "Clean DatabricksNotebook Service in Each/", "Call ExecutePipeline Pipeline in Each/", "Choose Switch Container off", "Rest Wait Control in Choose/mon off", "Tell Fail Control"],
            graph.Nodes.Select(n => $"{n.Id} {n.Type} {n.Shape}{(n.Branch is { } branch ? $" in {branch}" : "")}{(n.IsInactive ? " off" : "")}"));
        Assert.Equal(["Each/ of Each ''", "Choose/mon of Choose 'mon'", "Choose/default of Choose 'default'"], graph.Branches.Select(b => $"{b.Id} of {b.Node} '{b.Label}'"));
        Assert.Equal(
            ["Find>Each Succeeded", "Clean>Call Succeeded,Skipped", "Each>Choose Completed", "Each>Tell Failed"],
            graph.Edges.Select(e => $"{e.From}>{e.To} {string.Join(',', e.Conditions)}"));
        Assert.False(graph.IsBroken);
    }

    [Theory]
    [InlineData("{ name: A, type: IfCondition, expression: \"@true\", ifTrueActivities: [], ifFalseActivities: [] }", "true|false")]
    [InlineData("{ name: A, type: Until, expression: \"@true\", activities: [] }", "")]
    [InlineData("{ name: A, type: Switch, on: x, cases: [{ value: 1, activities: [] }, { value: 2, activities: [] }] }", "1|2")]
    public void A_branch_is_called_after_what_chooses_it(string activity, string labels) =>
        Assert.Equal(labels, string.Join('|', Draw($"activities:\n  - {activity}\n").Branches.Select(b => b.Label)));

    [Fact]
    public void What_an_activity_uses_is_named_with_its_file()
    {
        var uses = Draw(Medallion).Nodes.SelectMany(n => n.Uses).Select(u => $"{u.Kind} {u.Name} {u.Path ?? "nowhere"}");
        Assert.Equal(["Dataset Orders nowhere", "LinkedService Bricks nowhere", "Pipeline Child Child.pipeline.yaml"], uses);
    }

    [Theory]
    [InlineData("[|{ name: A, type: Wait }|]", "A 1 0")]
    [InlineData("[|{ name: A, type: Wait, waitTimeInSeconds: 1, dependsOn: [Nobody] }|]", "A 1 0")]
    public void What_is_wrong_is_told_at_the_innermost_activity(string activity, string expected)
    {
        var (text, spans) = TestText.WithSpans($"activities:\n  - name: Each\n    type: ForEach\n    items: \"@createArray(1)\"\n    activities:\n      - {activity}\n");
        var graph = Draw(text);
        var node = graph.Nodes[1];
        Assert.Equal(expected, $"{node.Name} {node.Errors} {node.Warnings}");
        Assert.NotNull(node.Finding);
        Assert.Equal(spans[0], node.Span);
        Assert.Equal(0, graph.Nodes[0].Errors);
    }

    [Theory]
    [InlineData("activities:\n  - { name: A|, type: Wait }\n", "A")]
    [InlineData("activities:\n  - { name: E, type: ForEach, activities: [{ name: B, |type: Wait }] }\n", "B")]
    [InlineData("activities:\n  - { name: E, |type: ForEach, activities: [{ name: B, type: Wait }] }\n", "E")]
    [InlineData("parameters: {|}\nactivities:\n  - { name: A, type: Wait }\n", null)]
    public void A_cursor_is_in_the_innermost_activity(string text, string? expected)
    {
        var (content, offset) = TestText.WithCursor(text);
        Assert.Equal(expected, Draw(content).FindAt(offset)?.Name);
    }

    [Fact]
    public void Ids_are_unique_and_stay_with_names()
    {
        var graph = Draw("activities:\n  - { name: A, type: Wait }\n  - { name: A, type: Wait }\n  - { type: Wait }\n  - { type: Wait }\n");
        Assert.Equal(["A", "A#2", "?", "?#2"], graph.Nodes.Select(n => n.Id));
    }

    [Fact]
    public void A_broken_text_says_so_and_a_file_of_something_else_has_no_graph()
    {
        Assert.True(Draw("activities:\n  - { name: A, type: Wait\n").IsBroken);
        var dataset = TestText.Document("d.dataset.yaml", "type: Parquet\n");
        Assert.Null(LanguageFeatures.GetGraph(FactorySnapshot.Empty.With(dataset), dataset, 0, CancellationToken.None));
    }

    [Fact]
    public void Of_several_pipelines_in_a_file_that_at_the_place_is_meant()
    {
        const string text = "name: One\nactivities: []\n---\nname: Two\nactivities: []\n";
        var document = TestText.Document("p.pipeline.yaml", text);
        var factory = FactorySnapshot.Empty.With(document);
        Assert.Equal("One", LanguageFeatures.GetGraph(factory, document, 0, CancellationToken.None)!.Name);
        Assert.Equal("Two", LanguageFeatures.GetGraph(factory, document, text.Length - 3, CancellationToken.None)!.Name);
    }

    [Fact]
    public void Mermaid_draws_boxes_and_conditions() => Assert.Equal(
        """
        flowchart LR
          n1["Find<br/><small>Lookup</small>"]
          subgraph n2["Each (ForEach)"]
            direction LR
            n3["Clean<br/><small>DatabricksNotebook</small>"]
            n4["Call<br/><small>ExecutePipeline</small>"]
          end
          subgraph n5["Choose (Switch)"]
            direction LR
            subgraph n5b0["mon"]
              direction LR
              n6["Rest<br/><small>Wait</small>"]
            end
            subgraph n5b1["default"]
              direction LR
              n5e1["empty"]
            end
          end
          n7["Tell<br/><small>Fail</small>"]
          n1 --> n2
          n3 -->|"Succeeded or Skipped"| n4
          n2 ==>|"Completed"| n5
          n2 -.->|"Failed"| n7
          linkStyle 0 stroke:#2e7d32
          linkStyle 2 stroke:#1565c0
          linkStyle 3 stroke:#c62828
        """,
        WithoutClasses(LanguageFeatures.WriteGraph(Draw(Medallion), GraphLanguage.Mermaid)));

    [Theory]
    [InlineData("a\"]; n9[b", "a#34;#93;#59; n9#91;b")]
    [InlineData("<b>`x`</b> & #1", "#60;b#62;#96;x#96;#60;/b#62; #38; #35;1")]
    [InlineData("end", "end")]
    [InlineData("Größe 日本", "Größe 日本")]
    public void Odd_names_stay_names_in_Mermaid(string name, string written) =>
        Assert.Contains($"n1[\"{written}<br/>", LanguageFeatures.WriteGraph(Draw($"activities:\n  - {{ name: '{name}', type: Wait, waitTimeInSeconds: 1 }}\n"), GraphLanguage.Mermaid), StringComparison.Ordinal);

    [Theory]
    [InlineData("a\\\"b", "[label=\"a\\\\\\\"b\\nWait\"")]
    [InlineData("plain", "[label=\"plain\\nWait\"")]
    public void Odd_names_stay_names_in_Dot(string name, string written) =>
        Assert.Contains(written, LanguageFeatures.WriteGraph(Draw($"activities:\n  - {{ name: '{name}', type: Wait, waitTimeInSeconds: 1 }}\n"), GraphLanguage.Dot), StringComparison.Ordinal);

    [Fact]
    public void Dot_ends_edges_at_boxes()
    {
        var text = LanguageFeatures.WriteGraph(Draw(Medallion), GraphLanguage.Dot);
        Assert.Contains("n1 -> n2 [lhead=cluster2, color=\"#2e7d32\", style=solid];", text, StringComparison.Ordinal);
        Assert.Contains("n2 -> n7 [ltail=cluster2, label=\"Failed\", color=\"#c62828\", style=dashed];", text, StringComparison.Ordinal);
        Assert.Equal(text.Count(c => c == '{'), text.Count(c => c == '}'));
    }

    [Fact]
    public void A_factory_is_resources_and_references()
    {
        var factory = TestText.Factory(
            "Nightly.trigger.yaml", "type: ScheduleTrigger\nruntimeState: Started\nrecurrence: { frequency: Day, interval: 1 }\npipelines: [{ pipelineReference: p }]\n",
            "p.pipeline.yaml", Medallion,
            "Child.pipeline.yaml", "folder: { name: Helpers }\nactivities: []\n",
            "Orders.dataset.yaml", "type: Parquet\nlinkedServiceName: Lake\nlocation: { type: AzureBlobFSLocation, fileSystem: raw }\n");
        var graph = LanguageFeatures.GetGraph(factory, withFindings: true, CancellationToken.None);
        Assert.Equal(
            ["pipeline/child", "pipeline/p", "dataset/orders", "trigger/nightly", "linkedService/lake", "linkedService/bricks"],
            graph.Nodes.OrderBy(n => n.Path is null).ThenBy(n => n.Kind).Select(n => n.Id));
        Assert.Equal(
            ["dataset/orders>linkedService/lake", "pipeline/p>dataset/orders", "pipeline/p>linkedService/bricks", "pipeline/p>pipeline/child", "trigger/nightly>pipeline/p"],
            graph.Edges.Select(e => $"{e.From}>{e.To}").Order(StringComparer.Ordinal));
        Assert.Equal(("Started", "ScheduleTrigger"), (graph.Nodes.Single(n => n.Kind == ResourceKind.Trigger).State, graph.Nodes.Single(n => n.Kind == ResourceKind.Trigger).Type));
        Assert.Equal("Helpers", graph.Nodes.Single(n => n.Name == "Child").Folder);
        Assert.Contains("Lake", graph.Nodes.Single(n => n.Kind == ResourceKind.Dataset).Finding, StringComparison.Ordinal);
        Assert.All(LanguageFeatures.GetGraph(factory, withFindings: false, CancellationToken.None).Nodes, n => Assert.Null(n.Finding));
        Assert.Contains("n", LanguageFeatures.WriteGraph(graph, GraphLanguage.Mermaid), StringComparison.Ordinal);
    }

    [CorpusFact]
    public void Every_real_pipeline_has_a_graph_of_all_its_activities()
    {
        foreach (var folder in CorpusFiles.Factories)
        {
            var factory = FactorySnapshot.Empty.With(CorpusFiles.Load(folder));
            foreach (var symbol in factory.OfKind(ResourceKind.Pipeline))
            {
                var graph = LanguageFeatures.GetGraph(factory, symbol.Document, symbol.Resource.Content!.Span.Start, CancellationToken.None)!;
                Assert.Equal(new ActivityGraph(symbol.Resource).All.Length, graph.Nodes.Length);
                var ids = graph.Nodes.Select(n => n.Id).Concat(graph.Branches.Select(b => b.Id)).ToHashSet();
                Assert.Equal(graph.Nodes.Length + graph.Branches.Length, ids.Count);
                Assert.All(graph.Nodes, n => Assert.True(n.Branch is null || graph.Branches.Any(b => b.Id == n.Branch), $"{symbol.Document.Path}: {n.Id}"));
                var text = LanguageFeatures.WriteGraph(graph, GraphLanguage.Mermaid);
                Assert.Equal(graph.Edges.Length, text.Split('\n').Count(l => l.Contains("-->", StringComparison.Ordinal) || l.Contains("==>", StringComparison.Ordinal) || l.Contains(".->", StringComparison.Ordinal)));
            }

            var whole = LanguageFeatures.GetGraph(factory, withFindings: false, CancellationToken.None);
            var known = whole.Nodes.Select(n => n.Id).ToHashSet();
            Assert.Equal(whole.Nodes.Length, known.Count);
            Assert.All(whole.Edges, e => Assert.True(known.Contains(e.From) && known.Contains(e.To), $"{folder}: {e.From} to {e.To}"));
        }
    }

    private static string WithoutClasses(string mermaid) => string.Join('\n', mermaid.Split('\n').Where(l => l.Length > 0 && !l.TrimStart().StartsWith("class", StringComparison.Ordinal)));
}
