using System.Collections.Immutable;
using Pipewright.Core.Factory;
using Pipewright.Core.Features;
using Pipewright.Core.Features.Navigation;
using Xunit;

namespace Pipewright.Core.Tests.Features.Navigation;

public sealed class NameSearchTests
{
    [Theory]
    [InlineData("io", "IngestOrders", "ingestion", "Audio")]
    [InlineData("ord", "Orders", "IngestOrders", "ingest_orders", "ReloadRecords")]
    [InlineData("copyorders", "Copy orders", "CopyAllOrders")]
    [InlineData("copy orders", "CopyOrders", "CopyAllOrders")]
    [InlineData("load", "load", "Load", "LoadAll", "Reload")]
    [InlineData("dim2", "dim2", "Dim_2", "dim12")]
    [InlineData("API", "RatesAPI", "RatesApi", "Capability")]
    public void The_better_a_name_fits_the_earlier_it_comes(string query, params string[] ordered)
    {
        var scores = ordered.Select(n => new NameMatch(query).Score(n, NameMatch.LettersOf(n))).ToList();
        Assert.DoesNotContain(null, scores);
        Assert.Equal(ordered, ordered.Zip(scores).OrderByDescending(s => s.Second).ThenBy(s => s.First.Length).Select(s => s.First));
    }

    [Theory]
    [InlineData("abc", "acb")]
    [InlineData("orders1", "orders")]
    [InlineData("ordersx", "orders")]
    [InlineData("ü", "u")]
    public void What_lacks_a_letter_does_not_fit(string query, string name) => Assert.Null(new NameMatch(query).Score(name, NameMatch.LettersOf(name)));

    [Fact]
    public void Everything_that_has_a_name_is_found()
    {
        var factory = TestText.Factory(
            "p.pipeline.yaml", "parameters: { xa: string }\nvariables: { xb: String }\nactivities:\n  - name: xc\n    type: ForEach\n    items: '@createArray()'\n    activities: [{ name: xd, type: Wait }]\n",
            "xe.dataset.yaml", "type: Json\n", "linkedService/xf.json", """{ "name": "xf", "properties": { "type": "AzureBlobFS" } }""",
            "f.factory.yaml", "globalParameters: { xg: { type: string } }\n", "x.dataflow.yaml", "type: MappingDataFlow\nsources: [{ name: xh }]\n");
        var found = Find([factory], "x", 100).OrderBy(f => f.Named.Name, StringComparer.Ordinal);
        Assert.Equal(
            "x Resource -, xa Parameter p, xb Variable p, xc Activity p, xd Activity xc, xe Resource -, xf Resource -, xg GlobalParameter f, xh Stream x",
            string.Join(", ", found.Select(f => $"{f.Named.Name} {f.Named.Kind} {f.Named.Container ?? "-"}")));
        Assert.All(found, f => Assert.Equal(f.Named.NameSpan.Length == 0 ? "" : f.Named.Name, factory.Documents[f.Path].Text.ToString(f.Named.NameSpan)));
    }

    [Fact]
    public void The_best_are_left_where_there_are_too_many()
    {
        var factories = Enumerable.Range(0, 3).Select(r => TestText.Factory(
            [.. Enumerable.Range(0, 20).SelectMany(i => new[] { $"ReOrder{i}.dataset.yaml", "type: Json\n" }), "Orders.dataset.yaml", "type: Json\n"])).ToList();
        var found = Find(factories, "order", 5);
        Assert.Equal(["Orders", "Orders", "Orders", "ReOrder0", "ReOrder0"], found.Select(f => f.Named.Name));
        Assert.Equal([0, 1, 2], found.Take(3).Select(f => f.Root));
        Assert.Equal(5, Find(factories, "", 5).Length);
    }

    [Fact]
    public void After_an_edit_the_new_text_counts()
    {
        var factory = TestText.Factory("p.pipeline.yaml", "activities: [{ name: Old, type: Wait }]\n");
        Assert.Single(Find([factory], "old", 5));
        var edited = factory.With(TestText.Document("p.pipeline.yaml", "activities: [{ name: New, type: Wait }]\n"));
        Assert.Empty(Find([edited], "old", 5));
        Assert.Single(Find([edited], "new", 5));
    }

    private static ImmutableArray<FoundName> Find(IReadOnlyList<FactorySnapshot> factories, string query, int most) => LanguageFeatures.FindNames(factories, query, most, default);
}
