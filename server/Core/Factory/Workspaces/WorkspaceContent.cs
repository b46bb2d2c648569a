// What a Databricks workspace answers when it is asked for one thing. Facts by Databricks' documentation of its REST API.
using System.Collections.Immutable;
using Pipewright.Core.Notebooks;

namespace Pipewright.Core.Factory;

public enum WorkspacePartKind
{
    /// <summary>What is in one folder, without what is in those below it.</summary>
    Folder,

    /// <summary>The source of a notebook.</summary>
    Notebook,

    /// <summary>All jobs, by id and name.</summary>
    Jobs,

    /// <summary>One job with its parameters and tasks.</summary>
    Job,
    Clusters,
    Policies,
    Pools,
    NodeTypes,
    Runtimes,
}

/// <summary>One thing that a workspace can be asked for.</summary>
/// <param name="Key">The path of a folder or notebook, the id of a job; empty for the others.</param>
public readonly record struct WorkspacePart(WorkspacePartKind Kind, string Key = "")
{
    /// <param name="path">With or without a slash at its end, and with or without <c>/Workspace</c> before it.</param>
    public static WorkspacePart Folder(string path) => new(WorkspacePartKind.Folder, NotebookIndex.Normalise(path) is { Length: > 0 } folder ? folder : "/");

    /// <inheritdoc cref="Folder"/>
    public static WorkspacePart Notebook(string path) => new(WorkspacePartKind.Notebook, NotebookIndex.Normalise(path));

    public static WorkspacePart Job(string id) => new(WorkspacePartKind.Job, id);

    /// <summary>The folder that a path lies in.</summary>
    public static WorkspacePart FolderAround(string path) => NotebookIndex.Normalise(path) is var full && full.LastIndexOf('/') is > 0 and var end ? Folder(full[..end]) : Folder("/");
}

/// <summary>The answer to one question.</summary>
public abstract record WorkspaceContent
{
    /// <summary>Whether it is the same answer.</summary>
    public abstract bool IsSameAs(WorkspaceContent other);
}

public enum WorkspaceItemKind
{
    Notebook,

    /// <summary>A folder, a Git folder included.</summary>
    Folder,

    /// <summary>A plain file.</summary>
    File,

    /// <summary>A library, a dashboard, or what this version does not know.</summary>
    Other,
}

/// <summary>Something in a folder.</summary>
/// <param name="Path">Absolute; of a notebook without an extension.</param>
public sealed record WorkspaceItem(string Path, WorkspaceItemKind Kind, NotebookLanguage? Language = null)
{
    public string Name => Path[(Path.LastIndexOf('/') + 1)..];
}

/// <param name="Items">In the order of the service.</param>
/// <param name="IsThere">Whether there is such a folder.</param>
public sealed record FolderContent(ImmutableArray<WorkspaceItem> Items, bool IsThere = true) : WorkspaceContent
{
    public static FolderContent Missing { get; } = new([], IsThere: false);

    /// <summary>What has a path, which is matched without regard to case; null for nothing.</summary>
    public WorkspaceItem? Find(string path) => Items.FirstOrDefault(i => i.Path.Equals(path, StringComparison.OrdinalIgnoreCase));

    public override bool IsSameAs(WorkspaceContent other) => other is FolderContent folder && folder.IsThere == IsThere && folder.Items.SequenceEqual(Items);
}

/// <param name="File">Null where it is not there, or is too large to be given.</param>
public sealed record NotebookContent(NotebookFile? File) : WorkspaceContent
{
    public override bool IsSameAs(WorkspaceContent other) => other is NotebookContent notebook && notebook.File?.Path == File?.Path && notebook.File?.Notebook.Text.Content == File?.Notebook.Text.Content;
}

/// <summary>A list of what has an id.</summary>
/// <param name="Entries">In the order of the service; all of one type.</param>
public sealed record ListContent(ImmutableArray<WorkspaceEntry> Entries) : WorkspaceContent
{
    public WorkspaceEntry? Find(string id) => Entries.FirstOrDefault(e => e.Id.Equals(id, StringComparison.OrdinalIgnoreCase));

    public override bool IsSameAs(WorkspaceContent other) => other is ListContent list && list.Entries.SequenceEqual(Entries);
}

/// <param name="Job">Null where there is none of that id.</param>
public sealed record JobContent(JobDefinition? Job) : WorkspaceContent
{
    public override bool IsSameAs(WorkspaceContent other) => other is JobContent { Job: var job } && (job is null || Job is null ? job == Job
        : job.Id == Job.Id && job.Name == Job.Name && job.Parameters.SequenceEqual(Job.Parameters) && job.Tasks.SequenceEqual(Job.Tasks));
}

/// <summary>Something of a workspace that files name by its id.</summary>
/// <param name="Name">What people know it by; the id again where it has none.</param>
public abstract record WorkspaceEntry(string Id, string Name);

public sealed record WorkspaceJob(string Id, string Name) : WorkspaceEntry(Id, Name);

/// <param name="State">Such as <c>RUNNING</c>, <c>TERMINATED</c>.</param>
/// <param name="Source">Who made it: <c>UI</c>, <c>API</c>, <c>JOB</c>; null where it is not told.</param>
public sealed record WorkspaceCluster(string Id, string Name, string? State, string? Runtime, string? NodeType, string? Source) : WorkspaceEntry(Id, Name)
{
    /// <summary>Whether a linked service can name it: one that a job has made is gone with its run.</summary>
    public bool IsForAll => Source is null or "UI" or "API";
}

public sealed record WorkspacePolicy(string Id, string Name) : WorkspaceEntry(Id, Name);

public sealed record WorkspacePool(string Id, string Name, string? NodeType) : WorkspaceEntry(Id, Name);

/// <param name="Memory">In MB; null where it is not told.</param>
/// <param name="Cores">Null where they are not told.</param>
public sealed record WorkspaceNodeType(string Id, string Name, double? Cores, long? Memory, string? Category, bool IsDeprecated) : WorkspaceEntry(Id, Name);

/// <param name="Id">The key: <c>15.4.x-scala2.12</c>.</param>
public sealed record WorkspaceRuntime(string Id, string Name) : WorkspaceEntry(Id, Name)
{
    /// <summary>Whether Databricks keeps it up for long: its name says LTS.</summary>
    public bool IsLongTerm => Name.Contains("LTS", StringComparison.Ordinal);

    /// <summary>Such as 1504 of <c>15.4.x-scala2.12</c>; 0 where the key tells no version.</summary>
    public int Version => Id.Split('.') is [var major, var minor, ..] && int.TryParse(major, out var first) && int.TryParse(minor, out var second) ? (first * 100) + second : 0;
}

/// <summary>A job as it is defined.</summary>
/// <param name="Tasks">The keys of its tasks.</param>
public sealed record JobDefinition(string Id, string Name, ImmutableArray<JobParameter> Parameters, ImmutableArray<string> Tasks);

/// <param name="Default">Null where it has none.</param>
public sealed record JobParameter(string Name, string? Default)
{
    /// <summary>Whether it is meant to be given a value: an empty default stands for none.</summary>
    public bool WantsValue => Default is null or "";
}
