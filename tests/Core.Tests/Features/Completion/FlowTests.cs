using System.Collections.Immutable;
using Pipewright.Core.Factory;
using Pipewright.Core.Features;
using Pipewright.Core.Features.Completion.Flows;
using Pipewright.Core.Schema;
using Pipewright.Core.Text;
using Xunit;

namespace Pipewright.Core.Tests.Features.Completion;

/// <summary>The snippets of whole files: with nothing but their defaults filled in they are right.</summary>
public sealed class FlowTests
{
    private static readonly FactorySnapshot Around = TestText.Factory(
        "Lake.linkedService.yaml", "type: AzureBlobFS\nurl: https://lake.dfs.core.windows.net",
        "Databricks.linkedService.yaml", "type: AzureDatabricks\ndomain: https://adb-1.azuredatabricks.net\nauthentication: MSI\nworkspaceResourceId: /subscriptions/a/resourceGroups/b/providers/Microsoft.Databricks/workspaces/c\nexistingClusterId: x",
        "Sales.linkedService.yaml", "type: AzureSqlDatabase\nserver: s.database.windows.net\ndatabase: sales\nauthenticationType: SystemAssignedManagedIdentity",
        "OrdersCsv.dataset.yaml", "type: DelimitedText\nlinkedServiceName: Lake\nlocation: { type: AzureBlobFSLocation, fileSystem: landing }\nschema: []",
        "BronzeOrders.dataset.yaml", "type: Parquet\nlinkedServiceName: Lake\nlocation: { type: AzureBlobFSLocation, fileSystem: bronze }\nschema: []",
        "SalesTable.dataset.yaml", "type: AzureSqlTable\nlinkedServiceName: Sales\nschema: []",
        "load.pipeline.yaml", "activities:\n  - { name: W, type: Wait, waitTimeInSeconds: 1 }");

    /// <summary>With the dataset whose parameter the metadata-driven flow fills.</summary>
    private static readonly FactorySnapshot WithTables = Around.Without("BronzeOrders.dataset.yaml").With(TestText.Document(
        "BronzeTables.dataset.yaml", "type: Parquet\nlinkedServiceName: Lake\nparameters: { table: string }\nlocation: { type: AzureBlobFSLocation, fileSystem: bronze, folderPath: \"@dataset().table\" }\nschema: []"));

    public static TheoryData<string, bool> Flows
    {
        get
        {
            var rows = new TheoryData<string, bool>();
            foreach (var flow in Flow.All)
            {
                rows.Add(flow.Title, true);
                rows.Add(flow.Title, false);
            }

            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(Flows))]
    public void A_whole_file_is_right_as_it_stands(string title, bool isSpec)
    {
        var kind = Flow.All.Single(f => f.Title == title).Kind;
        var folder = FileClassification.GitFolders.First(f => f.Value == kind).Key;
        AssertRight(isSpec ? $"new.{folder}.yaml" : $"{folder}/new.json", "|", title);
    }

    [Theory]
    [MemberData(nameof(Flows))]
    public void Its_activities_go_into_a_list(string title, bool isSpec)
    {
        if (Flow.All.Single(f => f.Title == title).Kind != ResourceKind.Pipeline)
        {
            return;
        }

        if (isSpec)
        {
            AssertRight("new.pipeline.yaml", "activities:\n  - name: Copy files\n    type: Wait\n    waitTimeInSeconds: 1\n  - |\n", title);
            AssertRight("new.pipeline.yaml", "activities:\n- name: Copy files\n  type: Wait\n  waitTimeInSeconds: 1\n|\ndescription: a\n", title);
            AssertRight("new.pipeline.yaml", "activities:\n  |", title);
            AssertRight("new.pipeline.yaml", "activities: [|]", title);
        }
        else
        {
            AssertRight("pipeline/new.json", "{\n\t\"name\": \"new\",\n\t\"properties\": {\n\t\t\"activities\": [\n\t\t\t|\n\t\t]\n\t}\n}", title);
        }
    }

    [Fact]
    public void New_names_clash_with_none_that_is_there()
    {
        var after = Accept("p.pipeline.yaml", "activities:\n  - { name: Copy files, type: Wait, waitTimeInSeconds: 1 }\n  - |", "Copy, then notebook", Around);
        Assert.Contains("- name: Copy files 2\n", after, StringComparison.Ordinal);
        Assert.Contains("dependsOn: [Copy files 2]\n", after, StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_factory_has_is_there_to_choose()
    {
        var document = TestText.Document("p.pipeline.yaml", "");
        var factory = Around.With(TestText.Document("Other.linkedService.yaml", "type: AzureDatabricks\ndomain: https://adb-2.azuredatabricks.net"));
        var flow = LanguageFeatures.GetCompletion(factory.With(document), document, 0, default).Items.Single(i => i.Label == "Copy, then notebook");
        Assert.Contains("linkedServiceName: ${5|Databricks,Other|}", flow.NewText, StringComparison.Ordinal);
        Assert.Contains("inputs: [${2:OrdersCsv}]", flow.NewText, StringComparison.Ordinal);
        Assert.Contains("dependsOn: [${1:Copy files}]", flow.NewText, StringComparison.Ordinal);
    }

    private static void AssertRight(string path, string marked, string title)
    {
        var factory = title.StartsWith("Metadata", StringComparison.Ordinal) ? WithTables : Around;
        var document = TestText.Document(path, Accept(path, marked, title, factory));
        var found = LanguageFeatures.GetDiagnostics(factory.With(document), document, default)
            .Where(d => d.Severity >= DiagnosticSeverity.Warning).Select(d => $"{d.Code} {d.Message}").ToImmutableArray();
        Assert.True(found.IsEmpty, $"{string.Join("\n", found)}\n{document.Text.Content}");
    }

    private static string Accept(string path, string marked, string title, FactorySnapshot factory)
    {
        var (text, offset) = TestText.WithCursor(marked);
        var document = TestText.Document(path, text);
        var items = LanguageFeatures.GetCompletion(factory.With(document), document, offset, default).Items;
        var item = items.FirstOrDefault(i => i.Label == title) ?? throw new ArgumentException($"'{title}' is not offered, but: {string.Join(", ", items.Select(i => i.Label))}", nameof(title));
        return CompletionCase.Accept(document.Text, item);
    }
}
