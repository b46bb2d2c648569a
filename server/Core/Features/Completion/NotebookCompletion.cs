using Pipewright.Core.Binding;
using Pipewright.Core.Factory;
using Pipewright.Core.Notebooks;
using Pipewright.Core.Text;

namespace Pipewright.Core.Features.Completion;

/// <summary>Notebooks by their paths in the workspace, folder by folder, the parameters that they take, and what these may be.</summary>
internal static class NotebookCompletion
{
    private const string PathProperty = "notebookPath";

    private const string ParametersProperty = "baseParameters";

    public static void AddPaths(CompletionList list, CompletionRequest request, ValueSite site)
    {
        if (!IsNamed(site.Place.Key, PathProperty) || request.Factory.Notebooks.Folders.IsEmpty)
        {
            return;
        }

        var start = Math.Min(site.Insertion.Span.Start, request.Offset);
        var typed = request.Document.Text.ToString(TextSpan.FromBounds(start, Math.Clamp(request.Offset, start, Math.Max(start, site.Insertion.Span.End))));
        var folder = typed[..(typed.LastIndexOf('/') + 1)];
        foreach (var path in request.Factory.Notebooks.Files.Where(f => f.Notebook.IsNotebook).Select(f => f.WorkspacePath).Where(p => p.StartsWith(folder, StringComparison.OrdinalIgnoreCase)))
        {
            var end = path.IndexOf('/', folder.Length == 0 ? Math.Min(1, path.Length) : folder.Length);
            var label = end < 0 ? path : path[..(end + 1)];
            list.Add(
                site, end < 0 ? CompletionRank.Value : CompletionRank.Default, label, CompletionKind.Value, site.Write(new TextTemplate(label)),
                end < 0 ? "notebook" : "folder", end < 0 ? Describe(request.Factory, path) : null);
        }
    }

    public static void AddNames(CompletionList list, CompletionRequest request, PropertySite site)
    {
        if (!IsNamed(site.Place.Key, ParametersProperty) || FindContract(request, site.Place.Holder as BoundObject) is not { } contract)
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
            || FindContract(request, holder)?.Widgets.FirstOrDefault(w => w.Name == key) is not { } widget)
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

    private static NotebookContract? FindContract(CompletionRequest request, BoundObject? holder) =>
        holder?.FindString(PathProperty) is { } path && request.Factory.FindNotebook(path) is { } file ? NotebookContract.Of(request.Factory, file) : null;

    private static bool IsNamed(string? key, string name) => name.Equals(key, StringComparison.OrdinalIgnoreCase);
}
