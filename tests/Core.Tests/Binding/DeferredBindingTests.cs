using System.Collections.Immutable;
using Pipewright.Core.Binding;
using Pipewright.Core.Factory;
using Pipewright.Core.Schema;
using Pipewright.Core.Text;
using Xunit;

namespace Pipewright.Core.Tests.Binding;

/// <summary>An object of a list is bound when somebody asks what it holds, and nobody can tell the difference.</summary>
public sealed class DeferredBindingTests
{
    private const string Pipeline = """
        parameters: { day: string }
        activities:
          - name: First
            type: Wait
            waitTimeInSeconds: 1
          - name: Each
            type: ForEach
            dependsOn: [First]
            items: "@createArray(1)"
            activities:
              - name: Inner
                type: Wait
                waitTimeInSeconds: 2
        """;

    private const string Json = """
        {"name": "p", "properties": {"activities": [
            {"name": "First", "type": "Wait", "typeProperties": {"waitTimeInSeconds": 1}},
            {"name": "Second", "type": "Wait", "dependsOn": [{"activity": "First", "dependencyConditions": ["Succeeded"]}], "typeProperties": {"waitTimeInSeconds": 2}}]}}
        """;

    public static TheoryData<string> Texts => [.. RepositoryFiles.Read("samples").Where(f => FileClassification.Classify(f.Path) is not null).Select(f => f.Path)];

    [Fact]
    public void An_activity_waits_until_somebody_asks_for_it()
    {
        var items = Activities(Open("p.pipeline.yaml", Pipeline));
        Assert.All(items, i => Assert.True(((BoundObject)i).IsDeferred));
        Assert.Equal("Each", ((BoundObject)items[1]).FindString("name"));
        Assert.True(((BoundObject)items[0]).IsDeferred);
        Assert.False(((BoundObject)items[1]).IsDeferred);
        Assert.Equal(["name", "type", "dependsOn", "typeProperties"], ((BoundObject)items[1]).Properties.Select(p => p.Name));
    }

    [Theory]
    [InlineData("waitTimeInSeconds: 2", "waitTimeInSeconds")]
    [InlineData("Inner", "name")]
    public void A_place_in_an_activity_that_waits_has_its_meaning(string text, string property)
    {
        var document = Open("p.pipeline.yaml", Pipeline);
        var node = document.FindNode(Pipeline.IndexOf(text, StringComparison.Ordinal) + text.Length - 1);
        Assert.Equal(property, Assert.IsType<BoundProperty>(node as BoundProperty ?? node!.Parent).Name);
        var inner = Assert.IsType<BoundArray>(((BoundObject)Activities(document)[1]).Properties.Single(p => p.Name == "typeProperties").Value is BoundObject settings ? settings.FindValue("activities") : null);
        Assert.False(((BoundObject)inner.Items[0]).IsDeferred);
        Assert.True(((BoundObject)Activities(document)[0]).IsDeferred);
    }

    [Fact]
    public void Who_asks_beside_another_gets_the_same_nodes()
    {
        for (var round = 0; round < 50; round++)
        {
            var document = Open("pipeline/p.json", Json).WithText(new SourceText(Json.Replace("First", "Frist", StringComparison.Ordinal)));
            var seen = new BoundNode[8];
            Parallel.For(0, seen.Length, i => seen[i] = i % 2 == 0
                ? document.FindNode(Json.IndexOf("2}}]", StringComparison.Ordinal))!
                : ((BoundObject)Activities(document)[1]).FindValue("typeProperties") is BoundObject settings ? settings.FindValue("waitTimeInSeconds")! : null!);
            Assert.All(seen, node => Assert.Same(seen[0], node));
        }
    }

    [Theory]
    [MemberData(nameof(Texts))]
    public void A_sample_means_the_same_as_if_all_were_bound_at_once(string path)
    {
        var document = Open(path, File.ReadAllText(Path.Combine(RepositoryFiles.Root, "samples", path)));
        var atOnce = document.Syntax.Documents.Select(d => d.Root).Where(r => r is not null)
            .Select(r => Binder.Bind(SchemaCatalog.Default, document.Classification.Kind, r, document.IsSpec && !document.IsTest, document.Classification.Name, hasAliases: true));
        Assert.Equal(atOnce.Select(Describe), document.Resources.Where(r => r.Content is not null).Select(Describe));
    }

    private static string Describe(BoundResource resource) => string.Join('\n', resource.Content!.DescendantsAndSelf().Select(n => n switch
    {
        BoundProperty property => $"{property.Span} {property.Name}: {property.Schema?.Name}",
        BoundObject value => $"{value.Span} {{{value.Shape?.Name} {string.Join(' ', value.Levels.Select(l => l.Name))}}}",
        BoundArray array => $"{array.Span} [{array.Items.Length}]",
        BoundScalar scalar => $"{scalar.Span} {scalar.Kind} {scalar.Text}",
        _ => n.GetType().Name,
    }));

    private static ResourceDocument Open(string path, string text) => ResourceDocument.Create(path, new SourceText(text), FileClassification.Classify(path)!);

    private static ImmutableArray<BoundNode> Activities(ResourceDocument document) => ((BoundArray)document.Resources[0].Properties!.FindValue("activities")!).Items;
}
