// What a Databricks workspace has, where files name it: paths folder by folder, ids by their names, and the parameters of a job.
using System.Globalization;
using Pipewright.Core.Binding;
using Pipewright.Core.Factory;
using Pipewright.Core.Syntax;

namespace Pipewright.Core.Features.Completion;

internal static class WorkspaceCompletion
{
    private const string ParametersProperty = "jobParameters";

    /// <summary>Long-term support comes before any version that is newer.</summary>
    private const int LongTerm = 1_000_000;

    /// <summary>The entries of one folder that fit.</summary>
    /// <param name="folder">What is typed of the path, up to its last slash.</param>
    /// <param name="wanted">Notebooks, or plain files.</param>
    public static void AddPaths(CompletionList list, CompletionRequest request, ValueSite site, string folder, WorkspaceItemKind wanted)
    {
        if (SlotAt(request, site) is not { Domain: { } domain } || (folder.Length > 0 && folder[0] != '/'))
        {
            return;
        }

        var prefix = folder.StartsWith("/Workspace/", StringComparison.OrdinalIgnoreCase) ? folder[.."/Workspace".Length] : "";
        foreach (var item in Find<FolderContent>(list, request, domain, WorkspacePart.Folder(folder))?.Items ?? [])
        {
            var path = prefix + item.Path;
            if (item.Kind == WorkspaceItemKind.Folder)
            {
                list.Add(site, CompletionRank.Default, path + "/", CompletionKind.Value, site.Write(new TextTemplate(path + "/")), "folder, in the workspace");
            }
            else if (item.Kind == wanted && (wanted != WorkspaceItemKind.File || path.EndsWith(".py", StringComparison.OrdinalIgnoreCase)))
            {
                var source = request.Factory.FindInWorkspace<NotebookContent>(domain, WorkspacePart.Notebook(item.Path), mayBeOld: true)?.File?.Notebook;
                list.Add(
                    site, CompletionRank.Value, path, CompletionKind.Value, site.Write(new TextTemplate(path)), wanted == WorkspaceItemKind.File ? "file, in the workspace" : "notebook, in the workspace",
                    source?.Introduction);
            }
        }
    }

    /// <summary>The ids of all that a list of the workspace has, found by their names.</summary>
    public static void AddIds(CompletionList list, CompletionRequest request, ValueSite site)
    {
        if (SlotAt(request, site) is not { Domain: { } domain, List: { } part } || Find<ListContent>(list, request, domain, part) is not { } content)
        {
            return;
        }

        foreach (var entry in content.Entries.Where(IsForFiles).OrderBy(e => e.Name, StringComparer.OrdinalIgnoreCase))
        {
            var rank = entry is WorkspaceNodeType { IsDeprecated: true } ? CompletionRank.Deprecated : CompletionRank.Value;
            list.Add(
                site, rank, entry.Id, CompletionKind.Value, site.Write(new TextTemplate(entry.Id)), Describe(entry), weight: WeightOf(entry),
                filter: entry.Name == entry.Id ? null : $"{entry.Name} {entry.Id}");
        }
    }

    /// <summary>The parameters of a job, those that want a value first.</summary>
    public static void AddNames(CompletionList list, CompletionRequest request, PropertySite site)
    {
        if (!IsNamed(site.Place.Key, ParametersProperty) || FindJob(list, request, site.Place.Holder as BoundObject) is not { } job)
        {
            return;
        }

        var content = site.Mapping is null ? null : new SchemaPlaces(request.Document).FindBound(site.Mapping) as BoundObject;
        var passed = content?.Properties.Where(p => p.Entry is { } entry && entry != site.Entry).Select(p => p.Name).ToHashSet(StringComparer.Ordinal) ?? [];
        var parameters = Declared.In(request.Resource?.Properties, "parameters").Select(p => p.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var parameter in job.Parameters.Where(p => !passed.Contains(p.Name)))
        {
            Template value = parameters.TryGetValue(parameter.Name, out var own) ? new TextTemplate($"@pipeline().parameters.{own}") : new StopTemplate(parameter.Default ?? "");
            list.Add(
                site, parameter.WantsValue ? CompletionRank.Value : CompletionRank.Property, parameter.Name, CompletionKind.Parameter, site.Write(parameter.Name, value),
                parameter.WantsValue ? "job parameter" : $"job parameter, default '{parameter.Default}'");
        }
    }

    /// <summary>The default of a job's parameter.</summary>
    public static void AddValues(CompletionList list, CompletionRequest request, ValueSite site)
    {
        if (site is { Place.Key: { } key, Owner: { Parent: BoundProperty { Name: var map, Parent: BoundObject holder } } } && IsNamed(map, ParametersProperty)
            && FindJob(list, request, holder)?.Parameters.FirstOrDefault(p => p.Name == key) is { Default: { Length: > 0 } value })
        {
            list.Add(site, CompletionRank.Default, value, CompletionKind.Value, site.Write(new TextTemplate(value)), $"default of '{key}'");
        }
    }

    /// <summary>What is known of a part, which is noted as wanted.</summary>
    public static T? Find<T>(CompletionList list, CompletionRequest request, string domain, WorkspacePart part)
        where T : WorkspaceContent
    {
        list.Want(new WorkspaceNeed(domain, part));
        list.IsIncomplete |= request.Factory.Workspaces.Find(domain, part) is { IsFilling: true };
        return request.Factory.FindInWorkspace<T>(domain, part, mayBeOld: true);
    }

    /// <summary>What something is called, and what else helps to choose it.</summary>
    internal static string Describe(WorkspaceEntry entry) => entry switch
    {
        WorkspaceCluster cluster => string.Join(", ", new[] { cluster.Name, cluster.State?.ToLowerInvariant() }.OfType<string>()),
        WorkspaceNodeType node => string.Join(", ", new[]
        {
            node.Cores is { } cores ? string.Create(CultureInfo.InvariantCulture, $"{cores:0.#} cores") : null,
            node.Memory is { } memory ? string.Create(CultureInfo.InvariantCulture, $"{memory / 1024.0:0.#} GB") : null, node.Category, node.IsDeprecated ? "deprecated" : null,
        }.OfType<string>()),
        _ => entry.Name,
    };

    private static WorkspaceSlot? SlotAt(CompletionRequest request, ValueSite site) =>
        site is { Place.Key: { } key, Owner: { } owner } && request.Resource is { } resource ? WorkspaceSlot.Of(request.Factory, resource, owner, key) : null;

    private static JobDefinition? FindJob(CompletionList list, CompletionRequest request, BoundObject? holder) =>
        holder?.Find("jobId") is { } id && request.Resource is { } resource && WorkspaceName.Of(request.Factory, resource, id) is { Kind: WorkspaceNameKind.Job } name
            ? Find<JobContent>(list, request, name.Domain, name.Part)?.Job
            : null;

    private static bool IsForFiles(WorkspaceEntry entry) => entry is not WorkspaceCluster { IsForAll: false };

    /// <summary>Of runtimes the newest with long-term support first, and plain ones before those for machine learning; the others stay in the order of their names.</summary>
    private static int WeightOf(WorkspaceEntry entry) => entry is not WorkspaceRuntime runtime ? 0
        : (runtime.IsLongTerm ? LongTerm : 0) + (runtime.Version * 10) + (runtime.Id.Contains("-ml-", StringComparison.Ordinal) || runtime.Id.Contains("-gpu-", StringComparison.Ordinal) ? 0
            : runtime.Id.Contains("-photon-", StringComparison.Ordinal) ? 1 : 2);

    private static bool IsNamed(string? key, string name) => name.Equals(key, StringComparison.OrdinalIgnoreCase);
}

/// <summary>Values that nothing lists and that the factory's other files use at the same place: classes, libraries, scripts.</summary>
internal static class UsedValueCompletion
{
    private static readonly string[] OfActivity = ["mainClassName", "pythonFile"];
    private static readonly string[] OfLibrary = ["jar", "whl", "egg", "requirements"];

    public static void Add(CompletionList list, CompletionRequest request, ValueSite site)
    {
        if (site is not { Place.Key: { } key, Owner: { } owner } || !IsPlace(owner, key))
        {
            return;
        }

        var used = request.Factory.OfKind(Schema.ResourceKind.Pipeline)
            .SelectMany(s => s.Resource.AllProperties.Where(p => p.Name.Equals(key, StringComparison.OrdinalIgnoreCase) && IsPlace(p.Parent as BoundObject, p.Name)
                && !(s.Document == request.Document && p.Span.Touches(request.Offset))))
            .Select(p => p.Value).OfType<BoundScalar>().Where(v => v is { Kind: ScalarKind.String, Text.Length: > 0 } && !SpecForm.IsExpression(v.Text));
        foreach (var value in used.GroupBy(v => v.Text, StringComparer.Ordinal).OrderBy(v => v.Key, StringComparer.Ordinal))
        {
            list.Add(site, CompletionRank.Value, value.Key, CompletionKind.Value, site.Write(new TextTemplate(value.Key)), "used in this factory", weight: value.Count());
        }
    }

    private static bool IsPlace(BoundObject? owner, string key) => ActivityScope.FindActivity(owner!) is { Type: { } type } && type.StartsWith("Databricks", StringComparison.OrdinalIgnoreCase)
        && (OfActivity.Contains(key, StringComparer.OrdinalIgnoreCase)
            || (OfLibrary.Contains(key, StringComparer.OrdinalIgnoreCase) && owner!.Parent is BoundArray { Parent: BoundProperty { Name: var list } } && list.Equals("libraries", StringComparison.OrdinalIgnoreCase)));
}
