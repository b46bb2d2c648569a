using Pipewright.Core.Factory;
using Pipewright.Core.Notebooks;
using Pipewright.Core.Text;

namespace Pipewright.Core.Tests;

/// <summary>Databricks workspaces, as they would have answered.</summary>
internal static class KnownWorkspaces
{
    public const string Domain = "https://adb-1.2.azuredatabricks.net";

    /// <summary>A linked service to it, and its file.</summary>
    public const string Path = "Databricks.linkedService.yaml";
    public const string Service = "type: AzureDatabricks\ndomain: https://adb-1.2.azuredatabricks.net/\nauthentication: MSI\nworkspaceResourceId: /subscriptions/s/w\nexistingClusterId: 0101-120000-shared01\n";

    public const string Source = """
        # Databricks notebook source
        # MAGIC %md
        # MAGIC Loads a day.

        # COMMAND ----------

        dbutils.widgets.text("day", "")
        dbutils.widgets.dropdown("mode", "full", ["full", "delta"])
        print(dbutils.widgets.get("day"), dbutils.widgets.get("mode"))
        dbutils.notebook.exit('{"rows": 3, "state": "ok"}')
        """;

    public static DateTimeOffset ReadAt { get; } = new(2024, 5, 1, 12, 0, 0, TimeSpan.Zero);

    public static LiveWorkspaces Usual { get; } = Of(
        (WorkspacePart.Folder("/"), Folder("Shared/", "Users/")),
        (WorkspacePart.Folder("/Shared"), Folder("/Shared/etl/", "/Shared/setup", "/Shared/run.py")),
        (WorkspacePart.Folder("/Shared/etl"), Folder("/Shared/etl/load", "/Shared/etl/clean", "/Shared/etl/tool.py", "/Shared/etl/old/")),
        (WorkspacePart.Folder("/Gone"), FolderContent.Missing),
        (WorkspacePart.Notebook("/Shared/etl/load"), Notebook("/Shared/etl/load", Source)),
        (new(WorkspacePartKind.Jobs), new ListContent([new WorkspaceJob("42", "Nightly load"), new WorkspaceJob("7", "Audit")])),
        (WorkspacePart.Job("42"), new JobContent(new JobDefinition("42", "Nightly load", [new("day", ""), new("mode", "full")], ["load", "report"]))),
        (WorkspacePart.Job("43"), new JobContent(null)),
        (new(WorkspacePartKind.Clusters), new ListContent(
        [
            new WorkspaceCluster("0101-120000-shared01", "Shared", "RUNNING", "15.4.x-scala2.12", "Standard_D4ds_v5", "UI"),
            new WorkspaceCluster("0202-120000-job00001", "job-1-run-2", "TERMINATED", "15.4.x-scala2.12", "Standard_D4ds_v5", "JOB"),
        ])),
        (new(WorkspacePartKind.Policies), new ListContent([new WorkspacePolicy("ABC123", "Small")])),
        (new(WorkspacePartKind.Pools), new ListContent([new WorkspacePool("1234-pool", "Warm", "Standard_D4ds_v5")])),
        (new(WorkspacePartKind.NodeTypes), new ListContent(
        [
            new WorkspaceNodeType("Standard_D4ds_v5", "Standard_D4ds_v5", 4, 16384, "General Purpose", false), new WorkspaceNodeType("Standard_DS3_v2", "Standard_DS3_v2", 4, 14336, null, true),
        ])),
        (new(WorkspacePartKind.Runtimes), new ListContent(
        [
            new WorkspaceRuntime("16.1.x-scala2.12", "16.1 (includes Apache Spark 3.5.0, Scala 2.12)"), new WorkspaceRuntime("14.3.x-scala2.12", "14.3 LTS (includes Apache Spark 3.5.0, Scala 2.12)"),
            new WorkspaceRuntime("15.4.x-photon-scala2.12", "15.4 LTS Photon"), new WorkspaceRuntime("15.4.x-scala2.12", "15.4 LTS (includes Apache Spark 3.5.0, Scala 2.12)"),
        ])));

    /// <summary>One workspace of which these parts have been read.</summary>
    public static LiveWorkspaces Of(params (WorkspacePart Part, WorkspaceContent Content)[] parts) =>
        LiveWorkspaces.Empty.With(parts.Aggregate(new LiveWorkspace(Domain), (w, p) => w.With(p.Part, new KnownPart(p.Content, ReadAt))));

    /// <param name="paths">Of folders with a slash at their end; those with an extension are plain files.</param>
    public static FolderContent Folder(params string[] paths) => new([.. paths.Select(p => "/" + p.Trim('/') is var path && p.EndsWith('/') ? new WorkspaceItem(path, WorkspaceItemKind.Folder)
        : path.Contains('.', StringComparison.Ordinal) ? new WorkspaceItem(path, WorkspaceItemKind.File)
        : new WorkspaceItem(path, WorkspaceItemKind.Notebook, NotebookLanguage.Python))]);

    public static NotebookContent Notebook(string path, string source) =>
        new(new NotebookFile(path + ".py", path, Pipewright.Core.Notebooks.Notebook.Parse(path + ".py", new SourceText(source))) { IsLive = true });

    public static FactorySnapshot WithWorkspaces(this FactorySnapshot factory, LiveWorkspaces? workspaces = null) => factory.With(workspaces ?? Usual);

    /// <summary>The same, where each part is as one changes it.</summary>
    public static LiveWorkspaces Change(this LiveWorkspaces workspaces, Func<KnownPart, KnownPart> change) => workspaces.All
        .Aggregate(workspaces, (all, w) => all.With(w.Parts.Aggregate(w, (one, p) => one.With(p.Key, change(p.Value)))));
}
