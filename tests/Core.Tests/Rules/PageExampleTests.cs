using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Pipewright.Core.Factory;
using Pipewright.Core.Features;
using Pipewright.Core.Rules;
using Pipewright.Core.Text;
using Xunit;

namespace Pipewright.Core.Tests.Rules;

/// <summary>
/// The example of a page has the mistake that the page is about, in the lines that say so. It is a part of some file: one of the frames
/// makes a file of it, in a factory with what examples refer to.
/// </summary>
public sealed partial class PageExampleTests
{
    private const string Place = "…";

    private const string Declared = """
        parameters: { p: string, day: string, tables: array, files: array, pause: int, count: int, mode: string, token: secureString, a: bool, b: bool, c: bool }
        variables: { text: String, list: Array, State: String }
        activities:
          - { name: Load, type: Wait, waitTimeInSeconds: 1 }
          - { name: Look up, type: Lookup, dataset: orders, source: { type: ParquetSource } }

        """;

    private const string Begin = "  - { name: Copy, type: Copy, inputs: [orders], outputs: [orders], source: { type: ParquetSource }, sink: { type: ParquetSink } }\n";

    private const string Schedule = "type: ScheduleTrigger\npipelines: [{ pipelineReference: load }]\n";

    private const string Window = "type: TumblingWindowTrigger\npipeline: { pipelineReference: load }\nfrequency: Hour\ninterval: 1\nstartTime: 2025-01-01T00:00:00Z\nmaxConcurrency: 1\n";

    private const string Blobs = "type: BlobEventsTrigger\nevents: [Microsoft.Storage.BlobCreated]\nscope: /subscriptions/0/resourceGroups/g/providers/Microsoft.Storage/storageAccounts/a\n";

    private const string Workspace = "type: AzureDatabricks\ndomain: https://adb-1.2.azuredatabricks.net\nauthentication: MSI\nworkspaceResourceId: /subscriptions/0\nnewClusterVersion: v\nnewClusterNodeType: n\n";

    /// <summary>What an example may be a part of.</summary>
    private static readonly (string Path, string Text)[] Frames =
    [
        .. ((string[])["pipeline", "dataset", "linkedService", "trigger", "dataflow", "factory"]).Select(k => ($"example.{k}.yaml", Place)),
        ("pipeline/example.json", Place),
        (FactoryConfiguration.FileName, Place),
        ("example.pipeline-test.yaml", Place),
        ("example.pipeline.yaml", "activities:\n  - { name: Before, type: Wait, waitTimeInSeconds: 1 }\n" + Place),
        ("example.pipeline.yaml", Place + "\nactivities:\n  - { name: Before, type: Wait, waitTimeInSeconds: 1 }\n"),
        ("example.pipeline.yaml", Declared + "  " + Place),
        ("example.pipeline.yaml", Declared + Begin + "  " + Place),
        .. ((string[])
        [
            "Wait\nwaitTimeInSeconds: 1", "SetVariable\nvariableName: text", "SetVariable\nvariableName: pipelineReturnValue\nsetSystemVariable: true", "ForEach\nitems: \"@pipeline().parameters.tables\"",
            "Lookup\ndataset: orders\nsource: { type: ParquetSource }", "WebActivity\nmethod: GET\nurl: https://example.com", "Switch\non: \"@pipeline().parameters.mode\"",
            "Copy\ninputs: [orders]\noutputs: [customersTable]\nsource: { type: ParquetSource }", "SqlServerStoredProcedure\nlinkedServiceName: Sql\nstoredProcedureName: p",
            "Copy\ninputs: [orders]\noutputs: [ordersCsv]\nsource: { type: ParquetSource }", "ExecuteDataFlow", "ExecutePipeline\nwaitOnCompletion: true", "ExecutePipeline\npipeline: load_day", "DatabricksNotebook\nlinkedServiceName: example",
        ]).Select(a => ("example.pipeline.yaml", $"{Declared}  - name: Example\n    type: {a.Replace("\n", "\n    ", StringComparison.Ordinal)}\n    {Place}")),
        ("example.pipeline.yaml", $"{Declared}  - name: Example\n    type: SetVariable\n    variableName: pipelineReturnValue\n    setSystemVariable: true\n    value:\n      {Place}"),
        ("example.pipeline.yaml", $"{Declared}  - name: Example\n    type: ExecuteDataFlow\n    dataFlow: clean\n    compute:\n      coreCount: 8\n      {Place}"),
        ("example.pipeline.yaml", $"{Declared}  - name: Example\n    type: Script\n    linkedServiceName: Sql\n    scripts:\n      - type: Query\n        text: SELECT 1\n        {Place}"),
        ("example.pipeline.yaml", $"{Declared}  - name: Each\n    type: ForEach\n    items: \"@pipeline().parameters.tables\"\n    activities:\n      - name: Example\n        type: ExecuteDataFlow\n        {Place}"),
        ("example.trigger.yaml", Schedule + Place),
        ("example.trigger.yaml", "type: ScheduleTrigger\nrecurrence: { frequency: Day, interval: 1 }\n" + Place),
        ("example.trigger.yaml", Window + Place),
        ("example.trigger.yaml", Blobs + Place),
        ("example.linkedService.yaml", Workspace + Place),
        ("example.linkedService.yaml", "type: AzureDatabricks\nauthentication: MSI\nworkspaceResourceId: /subscriptions/0\nexistingClusterId: c\n" + Place),
        ("example.dataflow.yaml", "type: MappingDataFlow\n" + Place),
        ("example.dataflow.yaml", "type: MappingDataFlow\nsources: [{ name: Orders, dataset: orders }]\n" + Place),
    ];

    /// <summary>What examples refer to.</summary>
    private static readonly string[] Others =
    [
        "notebooks/clean.py", "# Databricks notebook source\ndbutils.widgets.text(\"day\", \"\")\ndbutils.widgets.dropdown(\"mode\", \"full\", [\"full\", \"delta\"])\nday = dbutils.widgets.get(\"day\")\n",
        "notebooks/strict.py", "# Databricks notebook source\nday = dbutils.widgets.get(\"day\")\n",
        "notebooks/plain.py", "x = 1\n",
        "load.pipeline.yaml", "activities: [{ name: W, type: Wait, waitTimeInSeconds: 1 }]",
        "load_day.pipeline.yaml", "parameters: { day: string, retries: { type: int, defaultValue: 1 } }\nactivities: [{ name: W, type: Wait, waitTimeInSeconds: 1 }]",
        "notebooks.pipeline.yaml", "activities: [{ name: N, type: DatabricksNotebook, linkedServiceName: example, notebookPath: /x }]",
        "Lake.linkedService.yaml", "type: AzureBlobFS\nurl: https://lake.dfs.core.windows.net",
        "Sql.linkedService.yaml", "type: AzureSqlDatabase\nserver: s\ndatabase: d\nauthenticationType: SystemAssignedManagedIdentity",
        "OnPremises.integrationRuntime.yaml", "type: SelfHosted",
        "Tills.linkedService.yaml", "type: SqlServer\nserver: s\ndatabase: d\nauthenticationType: Windows\nconnectVia: OnPremises",
        "OnPremisesOrders.dataset.yaml", "type: SqlServerTable\nlinkedServiceName: Tills\ntable: orders",
        "orders.dataset.yaml", "type: Parquet\nlinkedServiceName: Lake\nlocation: { type: AzureBlobFSLocation, fileSystem: raw }",
        "OrdersParquet.dataset.yaml", "type: Parquet\nlinkedServiceName: Lake\nlocation: { type: AzureBlobFSLocation, fileSystem: raw }",
        "ordersCsv.dataset.yaml", "type: DelimitedText\nlinkedServiceName: Lake\nlocation: { type: AzureBlobFSLocation, fileSystem: raw }",
        "oneFile.dataset.yaml", "type: Json\nlinkedServiceName: Lake\nlocation: { type: AzureBlobFSLocation, fileSystem: raw, fileName: a.json }",
        "customersTable.dataset.yaml", "type: AzureSqlTable\nlinkedServiceName: Sql\ntypeProperties: { schema: dbo, table: customers }",
        "clean.dataflow.yaml", "type: MappingDataFlow\nsources: [{ name: s, dataset: orders }]\nscriptLines: [\"parameters{ table as string }\", \"source() ~> s\"]",
        "Cleanse.dataflow.yaml", "type: MappingDataFlow\nsources: [{ name: s, dataset: orders }]\nscriptLines: [\"source() ~> s\"]",
        "Nightly.trigger.yaml", Schedule + "recurrence: { frequency: Day, interval: 1 }",
        "A.trigger.yaml", Window,
        "orders.factory.yaml", "location: westeurope\nglobalParameters: { env: { type: String, value: test } }",
    ];

    /// <summary>Pages with another kind of example.</summary>
    private static readonly Dictionary<string, string[]> NotTried = new()
    {
        ["tells in words what no short text shows"] = ["PW1009", "PW1012", "PW1022", "PW1023", "PW3008", "PW3009", "PW4002", "PW4102", "PW4103"],
        ["is a few words within a sentence"] = ["PW1018", "PW2010", "PW2011", "PW2012"],
        ["leaves out what is too long to read"] = ["PW4227", "PW5003", "PW5101", "PW5102", "PW5103", "PW5104", "PW5105", "PW5106"],
        ["reads activities that it does not show"] = ["PW3109", "PW3113", "PW3114"],
        ["depends on what the rest of the pipeline does"] = ["PW4022", "PW4023"],
        ["depends on the resources of the factory"] = ["PW9009"],
        ["takes a factory in Azure"] = ["PW8001"],
        ["takes a Databricks workspace"] = ["PW6021", "PW6022", "PW6023", "PW6024", "PW6025", "PW6026", "PW6027", "PW6028", "PW6029"],
        ["is told by the path of the file"] = ["PW4013", "PW5013"],
        ["takes the code of a notebook"] = ["PW6012", "PW6013", "PW6014", "PW6015"],
        ["takes two files"] = ["PW4004", "PW4007", "PW4237", "PW4316", "PW4434", "PW5010", "PW5312", "PW5313"],
    };

    /// <summary>By code: to look takes a while, and two tests want to know.</summary>
    private static readonly ConcurrentDictionary<string, Lazy<ImmutableArray<Diagnostic>?>> Found = new();

    public static TheoryData<string> Codes => [.. RuleCatalog.All.Select(r => r.Code)];

    [Theory]
    [MemberData(nameof(Codes))]
    public void It_is_found(string code) => Assert.Equal(!NotTried.Values.Any(c => c.Contains(code)), Find(code) is not null);

    /// <summary>What is found in the example of a page, in the first frame that makes a file of it; null where none does.</summary>
    internal static ImmutableArray<Diagnostic>? Find(string code) => Found.GetOrAdd(code, c => new Lazy<ImmutableArray<Diagnostic>?>(() =>
        ExampleOf(c) is { } example ? Frames.Select(f => Find(c, f.Path, f.Text, example)).FirstOrDefault(f => f is not null) : null)).Value;

    private static string? ExampleOf(string code) => Example().Match(File.ReadAllText(Path.Combine(RepositoryFiles.Root, "docs/rules", code + ".md"))) is { Success: true } match ? match.Groups["text"].Value : null;

    private static ImmutableArray<Diagnostic>? Find(string code, string path, string frame, string example)
    {
        var named = FileName().Match(example);
        path = named.Success && frame == Place ? named.Groups["path"].Value : path;
        var indent = frame.IndexOf(Place, StringComparison.Ordinal) is var at ? at - (frame.LastIndexOf('\n', at) + 1) : 0;
        var text = new SourceText(frame.Replace(Place, example.Replace("\n", "\n" + new string(' ', indent), StringComparison.Ordinal), StringComparison.Ordinal));
        ImmutableArray<Diagnostic> diagnostics = [.. Find(code, path, text)];
        var found = diagnostics.Select(d => text.GetLine(d.Span.Start)).ToHashSet();

        // A comment on a line of its own is about all of the file.
        var marked = Enumerable.Range(0, text.LineCount).Where(l => Mark().Match(text.ToString(text.GetLineSpan(l))) is { Success: true } m && m.Groups["code"].Value == code).ToHashSet();
        return found.Count > 0 && (marked.Count == 0 || marked.SetEquals(found)) ? diagnostics : null;
    }

    private static IEnumerable<Diagnostic> Find(string code, string path, SourceText text)
    {
        if (path == FactoryConfiguration.FileName)
        {
            return ConfigurationFindings.Find(FactoryConfiguration.Parse(text)).Where(d => d.Code == code);
        }

        var factory = TestText.Factory([.. Others, path, text.Content]);
        return factory.Tests.GetValueOrDefault(path) is { } test ? LanguageFeatures.GetDiagnostics(factory, test, default).Where(d => d.Code == code) : RuleCases.Find(factory, factory.Documents[path], code);
    }

    [GeneratedRegex("## Example\n+```(yaml|json|)\n(?<text>.*?)\n```", RegexOptions.Singleline)]
    private static partial Regex Example();

    [GeneratedRegex(@"\A# (?<path>[\w ./-]+\.(yaml|json))( .*PW.*)?$", RegexOptions.Multiline)]
    private static partial Regex FileName();

    [GeneratedRegex(@"\S.*(#|//) *(?<code>PW\d{4})")]
    private static partial Regex Mark();
}
