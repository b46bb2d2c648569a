using Pipewright.Core.Binding;
using Pipewright.Core.Factory;
using Pipewright.Core.Notebooks;
using Pipewright.Core.Text;

namespace Pipewright.Core.Features.Completion;

/// <summary>Notebooks by their paths in the workspace, folder by folder, the parameters that they take, and what these may be.</summary>
internal static class NotebookCompletion
{
    private const string PathProperty = "notebookPath";

    /// <summary>A path of the workspace, among other places where a script can be.</summary>
    private const string ScriptProperty = "pythonFile";

    private const string ParametersProperty = "baseParameters";

    /// <summary>Those of the files, and behind them what only the workspace has.</summary>
    public static void AddPaths(CompletionList list, CompletionRequest request, ValueSite site)
    {
        var isScript = IsNamed(site.Place.Key, ScriptProperty);
        if (!isScript && !IsNamed(site.Place.Key, PathProperty))
        {
            return;
        }

        var start = Math.Min(site.Insertion.Span.Start, request.Offset);
        var typed = request.Document.Text.ToString(TextSpan.FromBounds(start, Math.Clamp(request.Offset, start, Math.Max(start, site.Insertion.Span.End)))).TrimStart('"', '\'');
        var folder = typed[..(typed.LastIndexOf('/') + 1)];
        var paths = request.Factory.Notebooks.Files.Where(f => f.Notebook.IsNotebook != isScript && (!isScript || f.Path.EndsWith(".py", StringComparison.OrdinalIgnoreCase)))
            .Select(f => isScript ? f.WorkspacePath + f.Path[^".py".Length..] : f.WorkspacePath);
        foreach (var path in paths.Where(p => p.StartsWith(folder, StringComparison.OrdinalIgnoreCase)))
        {
            var end = path.IndexOf('/', folder.Length == 0 ? Math.Min(1, path.Length) : folder.Length);
            var label = end < 0 ? path : path[..(end + 1)];
            list.Add(
                site, end < 0 ? CompletionRank.Value : CompletionRank.Default, label, CompletionKind.Value, site.Write(new TextTemplate(label)),
                end >= 0 ? "folder" : isScript ? "file" : "notebook", end < 0 && !isScript ? Describe(request.Factory, path) : null);
        }

        WorkspaceCompletion.AddPaths(list, request, site, folder, isScript ? WorkspaceItemKind.File : WorkspaceItemKind.Notebook);
    }

    public static void AddNames(CompletionList list, CompletionRequest request, PropertySite site)
    {
        if (!IsNamed(site.Place.Key, ParametersProperty) || FindContract(list, request, site.Place.Holder as BoundObject) is not { } contract)
        {
            return;
        }

        var content = site.Mapping is null ? null : new SchemaPlaces(request.Document).FindBound(site.Mapping) as BoundObject;
        var passed = content?.Properties.Where(p => p.Entry is { } entry && entry != site.Entry).Select(p => p.Name).ToHashSet(StringComparer.Ordinal) ?? [];
        var parameters = Declared.In(request.Resource?.Properties, "parameters").Select(p => p.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var declared = contract.Widgets.ToDictionary(w => w.Name, StringComparer.Ordinal);
        foreach (var name in declared.Keys.Concat(contract.Reads.Select(r => r.Name)).Distinct(StringComparer.Ordinal).Where(n => !passed.Contains(n)))
        {
            var widget = declared.GetValueOrDefault(name);
            Template value = parameters.TryGetValue(name, out var parameter) ? new TextTemplate($"@pipeline().parameters.{parameter}")
                : widget?.Choices is { IsEmpty: false } choices ? new ChoiceTemplate(choices) : new StopTemplate();
            list.Add(site, widget is { WantsValue: false } ? CompletionRank.Property : CompletionRank.Value, name, CompletionKind.Parameter, site.Write(name, value), Describe(widget));
        }
    }

    public static void AddValues(CompletionList list, CompletionRequest request, ValueSite site)
    {
        if (site is not { Place.Key: { } key, Owner: { Parent: BoundProperty { Name: var map, Parent: BoundObject holder } } } || !IsNamed(map, ParametersProperty)
            || FindContract(list, request, holder)?.Widgets.FirstOrDefault(w => w.Name == key) is not { } widget)
        {
            return;
        }

        foreach (var choice in widget.Choices ?? [])
        {
            list.Add(site, CompletionRank.Value, choice, CompletionKind.EnumValue, site.Write(new TextTemplate(choice)), choice == widget.Default ? "default" : null);
        }

        if (widget is { Default: { Length: > 0 } value })
        {
            list.Add(site, CompletionRank.Default, value, CompletionKind.Value, site.Write(new TextTemplate(value)), $"default of '{key}'");
        }
    }

    /// <summary>What a widget takes, in a few words.</summary>
    internal static string Describe(Widget? widget) => widget is null ? "parameter, required"
        : (widget.Kind == WidgetKind.Text ? "widget" : $"{widget.Kind.ToString().ToLowerInvariant()} widget") + (widget.WantsValue ? ", required" : widget.Default is { } value ? $", default '{value}'" : "");

    private static string? Describe(FactorySnapshot factory, string path) => factory.Notebooks.Find(path)?.Notebook.Introduction;

    /// <summary>The notebook that is called. One that no file has is wanted of the workspace, with those that it includes.</summary>
    private static NotebookContract? FindContract(CompletionList list, CompletionRequest request, BoundObject? holder)
    {
        if (holder?.FindString(PathProperty) is not { } path || ActivityScope.FindActivity(holder) is not { Node: var activity })
        {
            return null;
        }

        var contract = NotebookContract.Of(request.Factory, path, activity, mayBeOld: true);
        if (contract is not { File.IsLive: false } && path.StartsWith('/') && request.Factory.FindNotebook(path) is null && WorkspaceAddress.Of(request.Factory, activity) is { } domain)
        {
            foreach (var needed in (contract?.Missing ?? []).Append(path))
            {
                WorkspaceCompletion.Find<NotebookContent>(list, request, domain, WorkspacePart.Notebook(needed));
            }
        }

        return contract;
    }

    private static bool IsNamed(string? key, string name) => name.Equals(key, StringComparison.OrdinalIgnoreCase);
}
