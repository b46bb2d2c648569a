// What a workspace tells, as far as it is asked for. Members that are not known are left out, and a value of an enumeration is a text: the service adds to both without
// another version. The names of values are those of the Databricks REST API reference.
using System.Collections.Immutable;

namespace Pipewright.Azure.Databricks;

/// <summary>What stands at a path of the workspace.</summary>
/// <param name="Path">Absolute; a notebook's is without an extension.</param>
/// <param name="Type">Such as <c>NOTEBOOK</c>, <c>DIRECTORY</c>, <c>FILE</c>, <c>REPO</c>, <c>LIBRARY</c>, <c>DASHBOARD</c>.</param>
/// <param name="Language">A notebook's: <c>PYTHON</c>, <c>SQL</c>, <c>SCALA</c>, <c>R</c>. Null for anything else.</param>
/// <param name="ModifiedAt">Null where the service does not tell.</param>
public sealed record WorkspaceObject(string Path, string Type, string? Language, long? Id, DateTimeOffset? ModifiedAt)
{
    public bool IsNotebook => Type == "NOTEBOOK";

    /// <summary>Whether it can hold others.</summary>
    public bool IsFolder => Type is "DIRECTORY" or "REPO";
}

/// <summary>What is imported at a path.</summary>
/// <param name="Content">The source, with the first line that makes it a notebook; JSON for Jupyter's format.</param>
/// <param name="Format"><c>SOURCE</c>, <c>JUPYTER</c> or <c>AUTO</c>.</param>
/// <param name="Language">Needed for <c>SOURCE</c>: <c>PYTHON</c>, <c>SQL</c>, <c>SCALA</c>, <c>R</c>.</param>
/// <param name="Overwrite">Whether what is there is replaced; otherwise that is refused.</param>
public sealed record WorkspaceImport(string Path, string Content, string Format, string? Language, bool Overwrite);

/// <param name="Default">Null where there is none.</param>
public sealed record JobParameter(string Name, string? Default);

/// <summary>A task of a job.</summary>
/// <param name="NotebookPath">Null where it runs no notebook.</param>
/// <param name="NotebookSource"><c>WORKSPACE</c> or <c>GIT</c>; null where it is not told.</param>
public sealed record JobTask(string Key, string? NotebookPath, string? NotebookSource, ImmutableDictionary<string, string> NotebookParameters);

/// <summary>A job; of a list it has no parameters and no tasks.</summary>
public sealed record DatabricksJob(long Id, string Name, ImmutableArray<JobParameter> Parameters, ImmutableArray<JobTask> Tasks);

/// <summary>A task of a run.</summary>
/// <param name="RunId">Its own run, which has the output.</param>
public sealed record DatabricksTaskRun(long RunId, string Key, string? LifeCycle, string? Result);

/// <summary>A run of a job, or one that was submitted on its own.</summary>
/// <param name="LifeCycle">Such as <c>RUNNING</c>, <c>TERMINATED</c>, <c>INTERNAL_ERROR</c>; null where it is not told.</param>
/// <param name="Result">Such as <c>SUCCESS</c>, <c>FAILED</c>, <c>CANCELED</c>; null as long as it runs.</param>
/// <param name="StateMessage">What the workspace says of its state; empty for nothing.</param>
/// <param name="Page">The run's page, if it is the workspace's own; null otherwise.</param>
public sealed record DatabricksRun(long Id, string? Name, string? LifeCycle, string? Result, string StateMessage, Uri? Page, ImmutableArray<DatabricksTaskRun> Tasks)
{
    public bool IsOver => LifeCycle is "TERMINATED" or "SKIPPED" or "INTERNAL_ERROR";
}

/// <summary>What a run has given.</summary>
/// <param name="Result">What the notebook gave to <c>dbutils.notebook.exit</c>; null for nothing.</param>
/// <param name="IsTruncated">The service has cut it: there is more than 5 MB.</param>
/// <param name="Error">Why it failed; null where it did not.</param>
/// <param name="ErrorTrace">Where the failing cell failed; null where the service tells none.</param>
public sealed record DatabricksRunOutput(string? Result, bool IsTruncated, string? Error, string? ErrorTrace);

/// <summary>A cluster.</summary>
/// <param name="State">Such as <c>RUNNING</c> or <c>TERMINATED</c>.</param>
/// <param name="Source">Who made it: <c>UI</c>, <c>API</c>, <c>JOB</c>. A job's goes with its run, and is nothing to choose.</param>
public sealed record DatabricksCluster(string Id, string Name, string? State, string? SparkVersion, string? NodeType, string? Source, string? DataSecurityMode);

/// <param name="Key">As <c>newClusterVersion</c> names it: <c>15.4.x-scala2.12</c>.</param>
public sealed record SparkVersion(string Key, string Name);

/// <param name="MemoryMegabytes">Null where it is not told.</param>
/// <param name="Cores">Null where it is not told. Small ones have a half.</param>
public sealed record NodeType(string Id, long? MemoryMegabytes, double? Cores, string? Category, bool IsDeprecated);

public sealed record InstancePool(string Id, string Name, string? NodeType, string? State);

/// <param name="Definition">JSON, as the service has it; null where it does not tell.</param>
public sealed record ClusterPolicy(string Id, string Name, string? Definition);

/// <summary>A folder of the workspace that is a branch of a Git repository.</summary>
/// <param name="Branch">Null where none is checked out.</param>
public sealed record GitFolder(long Id, string Path, string? Url, string? Branch);
