using Pipewright.Core.Factory;
using Pipewright.Core.Features;
using Pipewright.Core.Features.Hints;
using Pipewright.Core.Text;
using Xunit;

namespace Pipewright.Core.Tests.Features;

/// <summary>What an editor shows of Databricks workspaces.</summary>
public sealed class WorkspaceFeatureTests
{
    private const string Pipeline = "p.pipeline.yaml";
    private const string Service = "s.linkedService.yaml";

    private static string Activity(string type, string rest) => $"parameters: {{ day: string }}\nactivities:\n  - name: A\n    type: {type}\n    linkedServiceName: Databricks\n    {rest}\n";

    private static string Git(string type, string rest) =>
        $$$"""{"name":"p","properties":{"activities":[{"name":"A","type":"{{{type}}}","linkedServiceName":{"referenceName":"Databricks","type":"LinkedServiceReference"},"typeProperties":{{{{rest}}}}}]}}""";

    private static string Compute(string rest) => $"type: AzureDatabricks\ndomain: https://adb-1.2.azuredatabricks.net\n{rest}\n";

    private static (FactorySnapshot Factory, CompletionResult Result) Complete(string path, string marked, LiveWorkspaces? workspaces = null, params string[] others)
    {
        var (text, offset) = TestText.WithCursor(marked);
        var factory = TestText.Factory([KnownWorkspaces.Path, KnownWorkspaces.Service, .. others, path, text]).WithWorkspaces(workspaces);
        return (factory, LanguageFeatures.GetCompletion(factory, factory.Documents[path], offset, default));
    }

    public static TheoryData<string, string, string> Lists { get; } = Rows(
        (Pipeline, Activity("DatabricksNotebook", "notebookPath: |"), "/Shared/ /Users/"),
        (Pipeline, Activity("DatabricksNotebook", "notebookPath: /Shared/|"), "/Shared/setup /Shared/etl/"),
        (Pipeline, Activity("DatabricksNotebook", "notebookPath: /Workspace/Shared/etl/l|"), "/Workspace/Shared/etl/load /Workspace/Shared/etl/clean /Workspace/Shared/etl/old/"),
        ("pipeline/p.json", Git("DatabricksNotebook", "\"notebookPath\":\"/Shared/etl/|\""), "/Shared/etl/load /Shared/etl/clean /Shared/etl/old/"),
        (Pipeline, Activity("DatabricksSparkPython", "pythonFile: /Shared/etl/|"), "/Shared/etl/tool.py /Shared/etl/old/"),
        (Pipeline, Activity("DatabricksNotebook", "notebookPath: /Shared/etl/load\n    baseParameters:\n      |"), "day mode"),
        (Pipeline, Activity("DatabricksNotebook", "notebookPath: /Shared/etl/load\n    baseParameters:\n      mode: |"), "full delta"),
        ("pipeline/p.json", Git("DatabricksNotebook", "\"notebookPath\":\"/Shared/etl/load\",\"baseParameters\":{\"mode\":\"|\"}"), "full delta"),
        (Pipeline, Activity("DatabricksJob", "jobId: |"), "7 42"),
        ("pipeline/p.json", Git("DatabricksJob", "\"jobId\":\"|\""), "7 42"),
        (Pipeline, Activity("DatabricksJob", "jobId: '42'\n    jobParameters:\n      |"), "day mode"),
        ("pipeline/p.json", Git("DatabricksJob", "\"jobId\":\"42\",\"jobParameters\":{\"|\"}"), "day mode"),
        (Pipeline, Activity("DatabricksJob", "jobId: '42'\n    jobParameters:\n      mode: |"), "full"),
        (Service, Compute("existingClusterId: |"), "0101-120000-shared01"),
        ("linkedService/s.json", """{"name":"s","properties":{"type":"AzureDatabricks","typeProperties":{"domain":"https://adb-1.2.azuredatabricks.net","existingClusterId":"|"}}}""", "0101-120000-shared01"),
        (Service, Compute("newClusterVersion: |"), "15.4.x-scala2.12 15.4.x-photon-scala2.12 14.3.x-scala2.12 16.1.x-scala2.12"),
        (Service, Compute("newClusterNodeType: |"), "Standard_D4ds_v5 Standard_DS3_v2"),
        (Service, Compute("newClusterDriverNodeType: |"), "Standard_D4ds_v5 Standard_DS3_v2"),
        (Service, Compute("instancePoolId: |"), "1234-pool"),
        (Service, Compute("policyId: |"), "ABC123"),
        (Service, "parameters: { c: { type: string, defaultValue: | } }\n" + Compute("existingClusterId: \"@linkedService().c\""), "0101-120000-shared01"),
        (Pipeline, Activity("DatabricksNotebook", "notebookPath: /x").Replace("Databricks\n", "{ referenceName: ByCluster, parameters: { cluster: | } }\n", StringComparison.Ordinal), "0101-120000-shared01"));

    private static TheoryData<string, string, string> Rows(params (string Path, string Marked, string Expected)[] rows)
    {
        var table = new TheoryData<string, string, string>();
        foreach (var (path, marked, expected) in rows)
        {
            table.Add(path, marked, expected);
        }

        return table;
    }

    [Theory]
    [MemberData(nameof(Lists))]
    public void What_the_workspace_has_is_proposed(string path, string marked, string expected)
    {
        string[] byCluster = ["ByCluster.linkedService.yaml", "parameters: { cluster: string }\n" + Compute("existingClusterId: \"@linkedService().cluster\"")];
        var (_, result) = Complete(path, marked, null, byCluster);
        var wanted = expected.Split(' ');
        Assert.Equal(wanted, result.Items.Select(i => i.Label).Where(l => wanted.Contains(l) || l.StartsWith('/') || l.Contains("-120000-", StringComparison.Ordinal)));
        Assert.False(result.IsIncomplete);
        Assert.All(result.Wanted, w => Assert.Equal(KnownWorkspaces.Domain, w.Domain));
        Assert.NotEmpty(result.Wanted);

        // What is being read is to be asked for again; what an earlier session read is better than nothing.
        var (_, filling) = Complete(path, marked, KnownWorkspaces.Usual.Change(p => p with { IsFilling = true, IsFromDisk = true }), byCluster);
        Assert.True(filling.IsIncomplete);
        Assert.Equal(result.Items.Select(i => i.Label), filling.Items.Select(i => i.Label));

        // Nothing is known: nothing is proposed, and the same is wanted.
        var (_, nothing) = Complete(path, marked, LiveWorkspaces.Empty, byCluster);
        Assert.Empty(nothing.Items.Select(i => i.Label).Intersect(wanted));
        Assert.Contains(nothing.Wanted[0], result.Wanted);
    }

    [Fact]
    public void Ids_are_found_by_name_and_tell_what_they_are()
    {
        var (_, jobs) = Complete(Pipeline, Activity("DatabricksJob", "jobId: |"));
        var job = jobs.Items.Single(i => i.Label == "42");
        Assert.Equal(("Nightly load", "Nightly load 42", "\"42\""), (job.Detail, job.FilterText, job.NewText.Replace('\'', '"')));
        var (_, clusters) = Complete(Service, Compute("existingClusterId: |"));
        Assert.Equal("Shared, running", clusters.Items.Single(i => i.Label == "0101-120000-shared01").Detail);
        var (_, nodes) = Complete(Service, Compute("newClusterNodeType: |"));
        Assert.Equal("4 cores, 16 GB, General Purpose", nodes.Items.Single(i => i.Label == "Standard_D4ds_v5").Detail);
        Assert.True(nodes.Items.Single(i => i.Label == "Standard_DS3_v2").IsDeprecated);
        var (_, quoted) = Complete("pipeline/p.json", Git("DatabricksJob", "\"jobId\":|"));
        Assert.Equal("\"42\"", quoted.Items.Single(i => i.Label == "42").NewText.Trim());
    }

    [Fact]
    public void Files_come_with_what_only_the_workspace_has()
    {
        var workspaces = KnownWorkspaces.Of((WorkspacePart.Folder("/Shared/demo"), KnownWorkspaces.Folder("/Shared/demo/here", "/Shared/demo/there", "/Shared/demo/tool.py")));
        string[] files = ["notebooks/here.py", "# Databricks notebook source\n", "notebooks/lib.py", "x = 1\n"];
        var (_, notebooks) = Complete(Pipeline, Activity("DatabricksNotebook", "notebookPath: /Shared/demo/|"), workspaces, files);
        Assert.Equal(["/Shared/demo/here notebook", "/Shared/demo/there notebook, in the workspace"], notebooks.Items.Where(i => i.Label.StartsWith('/')).Select(i => $"{i.Label} {i.Detail}"));
        var (_, scripts) = Complete(Pipeline, Activity("DatabricksSparkPython", "pythonFile: /Shared/demo/|"), workspaces, files);
        Assert.Equal(["/Shared/demo/lib.py file", "/Shared/demo/tool.py file, in the workspace"], scripts.Items.Where(i => i.Label.StartsWith('/')).Select(i => $"{i.Label} {i.Detail}"));
    }

    [Theory]
    [InlineData("DatabricksSparkJar", "mainClassName: |", "com.example.Main")]
    [InlineData("DatabricksSparkJar", "mainClassName: X\n    libraries: [{ jar: | }]", "dbfs:/jars/a.jar")]
    [InlineData("DatabricksSparkPython", "pythonFile: |", "dbfs:/scripts/a.py")]
    public void What_the_factory_uses_elsewhere_is_proposed(string type, string rest, string expected)
    {
        const string Other = "activities:\n  - { name: J, type: DatabricksSparkJar, linkedServiceName: Databricks, mainClassName: com.example.Main, libraries: [{ jar: 'dbfs:/jars/a.jar' }] }\n  - { name: P, type: DatabricksSparkPython, linkedServiceName: Databricks, pythonFile: 'dbfs:/scripts/a.py' }";
        var (_, result) = Complete(Pipeline, Activity(type, rest), null, "other.pipeline.yaml", Other);
        Assert.Equal("used in this factory", result.Items.Single(i => i.Label == expected).Detail);
    }

    [Fact]
    public void Members_of_what_a_live_notebook_returns_are_proposed()
    {
        var (_, result) = Complete(Pipeline, Activity("DatabricksNotebook", "notebookPath: /Shared/etl/load") + "  - { name: F, type: Fail, errorCode: '1', dependsOn: A, message: \"@{activity('A').output.runOutput.|}\" }\n");
        Assert.Equal(["rows", "state"], result.Items.Select(i => i.Label).Where(l => l is "rows" or "state"));
    }

    [Theory]
    [InlineData(Pipeline, "DatabricksJob", "jobId: '4|2'", "**Nightly load** · job 42", "Parameters: `day`, `mode` = `full`", "Tasks: `load`, `report`", "In `adb-1.2.azuredatabricks.net`, as of 3 min ago")]
    [InlineData(Pipeline, "DatabricksJob", "jobId: '4|3'", "The workspace shows none of that id.")]
    [InlineData(Pipeline, "DatabricksNotebook", "notebookPath: /Shared/etl/lo|ad", "**/Shared/etl/load**", "Loads a day.", "`mode` dropdown widget", "In the workspace `adb-1.2.azuredatabricks.net`, as of 3 min ago")]
    [InlineData(Pipeline, "DatabricksNotebook", "notebookPath: /Shared/etl/cl|ean", "**/Shared/etl/clean** · Python notebook", "In the workspace")]
    [InlineData(Pipeline, "DatabricksNotebook", "notebookPath: /Shared/etl/no|ne", "Not in the workspace `adb-1.2.azuredatabricks.net`")]
    [InlineData(Pipeline, "DatabricksNotebook", "notebookPath: /Shared/etl/load\n    baseParameters: { mo|de: full }", "**mode** dropdown widget, default 'full': `full`, `delta`")]
    [InlineData(Service, "", "existingClusterId: 0101-12|0000-shared01", "**Shared** · cluster · 15.4.x-scala2.12 · Standard_D4ds_v5 · running")]
    [InlineData(Service, "", "policyId: ABC|123", "**Small** · cluster policy")]
    [InlineData(Service, "", "instancePoolId: 1234-|pool", "**Warm** · instance pool · Standard_D4ds_v5")]
    [InlineData(Service, "", "newClusterVersion: 15.4.x-sc|ala2.12", "**15.4 LTS (includes Apache Spark 3.5.0, Scala 2.12)** · runtime `15.4.x-scala2.12`")]
    public void A_hover_tells_what_the_workspace_knows(string path, string type, string rest, params string[] expected)
    {
        var (text, offset) = TestText.WithCursor(path == Service ? Compute(rest) : Activity(type, rest));
        var factory = TestText.Factory(KnownWorkspaces.Path, KnownWorkspaces.Service, path, text).WithWorkspaces();
        var hover = LanguageFeatures.GetHover(factory, factory.Documents[path], offset, default, new LiveView(KnownWorkspaces.ReadAt.AddMinutes(3), (_, _) => null))!.Markdown;
        Assert.All(expected, e => Assert.Contains(e, hover, StringComparison.Ordinal));
    }

    [Fact]
    public void Names_stand_beside_ids()
    {
        static IEnumerable<string> Hints(string path, string text)
        {
            var factory = TestText.Factory(KnownWorkspaces.Path, KnownWorkspaces.Service, path, text).WithWorkspaces();
            return LanguageFeatures.GetHints(factory, factory.Documents[path], new TextSpan(0, text.Length), HintKinds.Names, default).Select(h => text[..h.Offset].TrimEnd('\'').Split(' ', '\'')[^1] + " " + h.Label);
        }

        Assert.Equal(["42 Nightly load"], Hints(Pipeline, Activity("DatabricksJob", "jobId: '42'")));
        Assert.Equal(["0101-120000-shared01 Shared", "ABC123 Small"], Hints(Service, Compute("existingClusterId: 0101-120000-shared01\nnewClusterNodeType: Standard_D4ds_v5\npolicyId: ABC123")));
    }

    [Fact]
    public void A_document_wants_what_it_names_and_no_more()
    {
        const string Including = "# Databricks notebook source\n# MAGIC %run ./shared\n";
        var text = Activity("DatabricksNotebook", "notebookPath: /Shared/etl/load") + "  - { name: B, type: DatabricksJob, linkedServiceName: Databricks, jobId: '42' }\n  - { name: C, type: DatabricksNotebook, linkedServiceName: Databricks, notebookPath: /Shared/demo/here }\n";
        var factory = TestText.Factory(KnownWorkspaces.Path, KnownWorkspaces.Service, "notebooks/here.py", "# Databricks notebook source\n", Pipeline, text);
        static string Needs(FactorySnapshot factory, string path) => string.Join(' ', LanguageFeatures.GetWorkspaceNeeds(factory, factory.Documents[path]).Select(n => $"{n.Part.Kind}{n.Part.Key}"));
        Assert.Equal("Folder/Shared/etl Notebook/Shared/etl/load Job42 Folder/Shared/demo", Needs(factory, Pipeline));
        Assert.Equal("Clusters", Needs(factory, KnownWorkspaces.Path));
        var including = factory.WithWorkspaces(KnownWorkspaces.Of((WorkspacePart.Notebook("/Shared/etl/load"), KnownWorkspaces.Notebook("/Shared/etl/load", Including))));
        Assert.Contains("Notebook/Shared/etl/shared", Needs(including, Pipeline), StringComparison.Ordinal);
    }
}
