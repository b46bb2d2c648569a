// Where files name something that a Databricks workspace has.
using System.Collections.Immutable;
using Pipewright.Core.Binding;
using Pipewright.Core.Schema;
using Pipewright.Core.Syntax;

namespace Pipewright.Core.Factory;

public enum WorkspaceNameKind
{
    Notebook,

    /// <summary>A plain file: a Python script.</summary>
    File,
    Job,
    Cluster,
    Runtime,
    NodeType,
    Pool,
    Policy,
}

/// <summary>A place for the name of something that a workspace has.</summary>
/// <param name="Domain">The workspace; null where that can't be told.</param>
public sealed record WorkspaceSlot(WorkspaceNameKind Kind, string? Domain)
{
    /// <summary>The properties of activities.</summary>
    private static readonly ImmutableDictionary<string, WorkspaceNameKind> OfActivity = ImmutableDictionary.CreateRange(
        StringComparer.OrdinalIgnoreCase,
        [
            KeyValuePair.Create("notebookPath", WorkspaceNameKind.Notebook), KeyValuePair.Create("pythonFile", WorkspaceNameKind.File), KeyValuePair.Create("jobId", WorkspaceNameKind.Job),
        ]);

    /// <summary>The properties of linked services; <c>clusterId</c> is that of one to a Delta Lake.</summary>
    private static readonly ImmutableDictionary<string, WorkspaceNameKind> OfLinkedService = ImmutableDictionary.CreateRange(
        StringComparer.OrdinalIgnoreCase,
        [
            KeyValuePair.Create("existingClusterId", WorkspaceNameKind.Cluster), KeyValuePair.Create("clusterId", WorkspaceNameKind.Cluster), KeyValuePair.Create("newClusterVersion", WorkspaceNameKind.Runtime),
            KeyValuePair.Create("newClusterNodeType", WorkspaceNameKind.NodeType), KeyValuePair.Create("newClusterDriverNodeType", WorkspaceNameKind.NodeType),
            KeyValuePair.Create("instancePoolId", WorkspaceNameKind.Pool), KeyValuePair.Create("policyId", WorkspaceNameKind.Policy),
        ]);

    /// <summary>The part of the workspace that lists what fits here; null where it is found folder by folder.</summary>
    public WorkspacePart? List => ListOf(Kind);

    /// <summary>What a property is the place of; null for other properties.</summary>
    /// <param name="owner">The object that has it.</param>
    public static WorkspaceSlot? Of(FactorySnapshot factory, BoundResource resource, BoundObject owner, string key) => resource.Kind switch
    {
        ResourceKind.Pipeline => OfPipeline(factory, owner, key),
        ResourceKind.LinkedService when WorkspaceAddress.IsDatabricks(resource) => KindIn(resource, owner, key) is { } kind ? new WorkspaceSlot(kind, WorkspaceAddress.Of(factory, resource, null)) : null,
        _ => null,
    };

    private static WorkspacePart? ListOf(WorkspaceNameKind kind) => kind switch
    {
        WorkspaceNameKind.Job => new WorkspacePart(WorkspacePartKind.Jobs),
        WorkspaceNameKind.Cluster => new WorkspacePart(WorkspacePartKind.Clusters),
        WorkspaceNameKind.Runtime => new WorkspacePart(WorkspacePartKind.Runtimes),
        WorkspaceNameKind.NodeType => new WorkspacePart(WorkspacePartKind.NodeTypes),
        WorkspaceNameKind.Pool => new WorkspacePart(WorkspacePartKind.Pools),
        WorkspaceNameKind.Policy => new WorkspacePart(WorkspacePartKind.Policies),
        _ => null,
    };

    private static WorkspaceSlot? OfPipeline(FactorySnapshot factory, BoundObject owner, string key)
    {
        if (IsNamed(owner.Parent, "typeProperties") && OfActivity.TryGetValue(key, out var kind))
        {
            return ActivityScope.FindActivity(owner) is { Type: { } type } activity && activity.Node == owner.Parent!.Parent && type.StartsWith("Databricks", StringComparison.OrdinalIgnoreCase)
                ? new WorkspaceSlot(kind, WorkspaceAddress.Of(factory, activity.Node))
                : null;
        }

        // What a parametrised linked service is given: a cluster's id where the parameter stands for that.
        return IsNamed(owner.Parent, "parameters") && IsNamed(owner.Parent!.Parent?.Parent, "linkedServiceName") && ActivityScope.FindActivity(owner) is { Node: var caller }
            && WorkspaceAddress.FindLinkedService(factory, caller) is { } service && KindOfParameter(service, key) is { } given
                ? new WorkspaceSlot(given, WorkspaceAddress.Of(factory, caller))
                : null;
    }

    private static WorkspaceNameKind? KindIn(BoundResource service, BoundObject owner, string key)
    {
        if (owner == WorkspaceAddress.Settings(service))
        {
            return OfLinkedService.TryGetValue(key, out var kind) ? kind : null;
        }

        return key.Equals("defaultValue", StringComparison.OrdinalIgnoreCase) && owner.Parent is BoundProperty { Name: var name } parameter
            && IsNamed(parameter.Parent?.Parent, "parameters") && parameter.Parent!.Parent!.Parent == service.Properties ? KindOfParameter(service, name) : null;
    }

    /// <summary>The setting that is just a parameter: <c>@linkedService().clusterId</c>.</summary>
    private static WorkspaceNameKind? KindOfParameter(BoundResource service, string parameter)
    {
        foreach (var setting in WorkspaceAddress.Settings(service)?.Properties ?? [])
        {
            if (OfLinkedService.TryGetValue(setting.Name, out var kind) && DynamicContent.FindExpression(setting.Value) is { Text: var text }
                && text.Replace("{", "", StringComparison.Ordinal).TrimEnd('}').Equals($"@linkedService().{parameter}", StringComparison.OrdinalIgnoreCase))
            {
                return kind;
            }
        }

        return null;
    }

    private static bool IsNamed(BoundNode? node, string name) => node is BoundProperty property && property.Name.Equals(name, StringComparison.OrdinalIgnoreCase);
}

/// <summary>The name, written out, of something that a workspace has.</summary>
public sealed record WorkspaceName(BoundScalar Value, WorkspaceNameKind Kind, string Domain)
{
    public string Text => Value.Text;

    /// <summary>The folders and lists, or the one job, that tell whether it is there.</summary>
    public WorkspacePart Part => Kind switch
    {
        WorkspaceNameKind.Job => WorkspacePart.Job(Text),
        WorkspaceNameKind.Notebook or WorkspaceNameKind.File => WorkspacePart.FolderAround(Text),
        _ => new WorkspaceSlot(Kind, Domain).List!.Value,
    };

    /// <summary>All in a resource, in text order. None where the workspace can't be told, and of computed names.</summary>
    public static IEnumerable<WorkspaceName> FindAll(FactorySnapshot factory, BoundResource resource) => resource.Kind is not (ResourceKind.Pipeline or ResourceKind.LinkedService)
        ? []
        : resource.AllProperties.Select(p => Of(factory, resource, p)).OfType<WorkspaceName>();

    /// <summary>What a property names; null for nothing that a workspace has.</summary>
    public static WorkspaceName? Of(FactorySnapshot factory, BoundResource resource, BoundProperty property) =>
        property is { Parent: BoundObject owner, Value: BoundScalar { Kind: not ScalarKind.Null, Text.Length: > 0 } value } && !SpecForm.IsExpression(value.Text) && !value.Text.Contains("@{", StringComparison.Ordinal)
        && WorkspaceSlot.Of(factory, resource, owner, property.Name) is { Domain: { } domain, Kind: var kind } && IsOfWorkspace(kind, value.Text) ? new WorkspaceName(value, kind, domain) : null;

    /// <summary>Whether a text is a name at all: paths are absolute, and a file may be somewhere else; a job has a number; a runtime may be an image of one's own, or an alias.</summary>
    private static bool IsOfWorkspace(WorkspaceNameKind kind, string text) => kind switch
    {
        WorkspaceNameKind.Notebook => text is ['/', not '/', ..] && !text.Contains('\\', StringComparison.Ordinal),
        WorkspaceNameKind.File => text is ['/', not '/', ..] && !text.StartsWith("/Volumes/", StringComparison.OrdinalIgnoreCase) && !text.StartsWith("/dbfs/", StringComparison.OrdinalIgnoreCase),
        WorkspaceNameKind.Job => text.All(char.IsAsciiDigit),
        WorkspaceNameKind.Runtime => !text.Contains(':', StringComparison.Ordinal),
        _ => true,
    };
}

/// <summary>What a document would like to know of workspaces.</summary>
public static class WorkspaceNeeds
{
    /// <summary>The parts that tell whether what it names is there and what that takes, in text order. Of a notebook that a file has, only whether the workspace has it too.</summary>
    public static ImmutableArray<WorkspaceNeed> Find(FactorySnapshot factory, ResourceDocument document)
    {
        var needs = new List<WorkspaceNeed>();
        foreach (var resource in document.Resources)
        {
            foreach (var name in WorkspaceName.FindAll(factory, resource))
            {
                needs.Add(new WorkspaceNeed(name.Domain, name.Part));
                if (name.Kind == WorkspaceNameKind.Notebook && factory.FindNotebook(name.Text) is null)
                {
                    needs.Add(new WorkspaceNeed(name.Domain, WorkspacePart.Notebook(name.Text)));
                    var included = NotebookContract.FindLive(factory, name.Domain, name.Text, mayBeOld: true) is { } file ? NotebookContract.Of(factory, file, name.Domain, mayBeOld: true).Missing : [];
                    needs.AddRange(included.Select(p => new WorkspaceNeed(name.Domain, WorkspacePart.Notebook(p))));
                }
            }
        }

        return [.. needs.Distinct()];
    }
}
