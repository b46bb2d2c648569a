using Pipewright.Core.Factory;
using Pipewright.Core.Features;
using Xunit;

namespace Pipewright.Core.Tests.Features.Completion;

/// <summary>What comes first: what fits, then what this factory uses most, then what all factories use most.</summary>
public sealed class CompletionRankingTests
{
    private static readonly FactorySnapshot Around = TestText.Factory(
        "ALake.linkedService.yaml", "type: AzureBlobFS\nurl: https://lake.dfs.core.windows.net",
        "Work.linkedService.yaml", "type: AzureDatabricks\ndomain: https://adb-1.azuredatabricks.net",
        "Vault.linkedService.yaml", "type: AzureKeyVault\nbaseUrl: https://kv.vault.azure.net",
        "Sql.linkedService.yaml", "type: AzureSqlDatabase",
        "ATable.dataset.yaml", "type: AzureSqlTable\nlinkedServiceName: Sql",
        "Csv.dataset.yaml", "type: DelimitedText\nlinkedServiceName: ALake\nlocation: { type: AzureBlobFSLocation }",
        "Csv2.dataset.yaml", "type: DelimitedText\nlinkedServiceName: ALake\nlocation: { type: AzureBlobFSLocation }",
        "one.pipeline.yaml", "activities:\n  - { name: A, type: Custom, command: x, state: Active }\n  - { name: B, type: Custom, command: x, inputs: [Csv2] }",
        "two.pipeline.yaml", "activities:\n  - { name: A, type: Lookup, dataset: Csv2 }");

    [Theory]
    [InlineData("p.pipeline.yaml", "activities:\n  - |", "Custom, Lookup, Copy, ExecutePipeline")]
    [InlineData("p.pipeline.yaml", "activities:\n  - name: A\n    type: Copy\n    inputs: [|]", "Csv2, ATable, Csv")]
    [InlineData("p.pipeline.yaml", "activities:\n  - name: A\n    type: Copy\n    source: { type: AzureSqlSource }\n    inputs: [|]", "ATable, Csv2, Csv")]
    [InlineData("p.pipeline.yaml", "activities:\n  - name: A\n    type: DatabricksNotebook\n    linkedServiceName: |", "Work, ALake")]
    [InlineData("p.pipeline.yaml", "activities:\n  - name: A\n    type: Copy\n    inputs: [ATable]\n    source:\n      type: |", "AzureSqlSource")]
    [InlineData("p.pipeline.yaml", "activities:\n  - name: A\n    type: Copy\n    inputs: [Csv]\n    source: { type: DelimitedTextSource, storeSettings: { type: | } }", "AzureBlobFSReadSettings")]
    [InlineData("pipeline/p.json", """{ "properties": { "activities": [ { "type": "Lookup", "typeProperties": { "source": { "type": "AzureSqlSource" }, "dataset": { "referenceName": "|" } } } ] } }""", "ATable, Csv2, Csv")]
    [InlineData("d.dataset.yaml", "type: AzureSqlTable\nlinkedServiceName: |", "Sql, ALake")]
    [InlineData("d.dataset.yaml", "type: Parquet\nlinkedServiceName: ALake\nlocation: { type: | }", "AzureBlobFSLocation")]
    [InlineData("l.linkedService.yaml", "type: AzureDatabricks\naccessToken: { type: AzureKeyVaultSecret, store: | }", "Vault")]
    [InlineData("d.dataset.yaml", "type: |", "DelimitedText, AzureSqlTable, Parquet, Binary")]
    public void What_fits_and_what_is_usual_comes_first(string path, string marked, string first) => Assert.Equal(first, First(Around, path, marked, first.Split(", ").Length));

    [Fact]
    public void An_edit_changes_what_is_usual()
    {
        const string asked = "activities:\n  - |";
        Assert.StartsWith("Custom", First(Around, "p.pipeline.yaml", asked, 1), StringComparison.Ordinal);
        var edited = Around.With(TestText.Document("one.pipeline.yaml", "activities:\n  - { name: A, type: Until }\n  - { name: B, type: Until }"));
        Assert.Equal("Until, Lookup, Copy", First(edited, "p.pipeline.yaml", asked, 3));
        Assert.Equal("Lookup, Copy", First(edited.Without("one.pipeline.yaml"), "p.pipeline.yaml", asked, 2));
        Assert.Equal("Until, Lookup, Copy", First(Around.With([TestText.Document("one.pipeline.yaml", ""), TestText.Document("three.pipeline.yaml", "activities:\n  - { name: A, type: Until }\n  - { name: B, type: Until }")]), "p.pipeline.yaml", asked, 3));
    }

    private static string First(FactorySnapshot factory, string path, string marked, int count)
    {
        var (text, offset) = TestText.WithCursor(marked);
        var document = TestText.Document(path, text);
        return string.Join(", ", LanguageFeatures.GetCompletion(factory.With(document), document, offset, default).Items.Take(count).Select(i => i.Label));
    }
}
