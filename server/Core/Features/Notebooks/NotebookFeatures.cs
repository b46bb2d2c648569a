// What an editor asks about the file of a notebook. Everything else about it is for others to answer.
using System.Collections.Immutable;
using Pipewright.Core.Factory;
using Pipewright.Core.Features.Navigation;
using Pipewright.Core.Notebooks;
using Pipewright.Core.Text;

namespace Pipewright.Core.Features.Notebooks;

public static class NotebookFeatures
{
    /// <summary>What is said of a name that no widget can have in every language.</summary>
    public const string BadWidgetName = WidgetRenaming.BadName;

    /// <summary>The activities that call a notebook.</summary>
    /// <param name="path">Of its file, relative to the factory root. None for another file.</param>
    public static ImmutableArray<Place> GetCallers(FactorySnapshot factory, string path, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return factory.Notebooks.FindFile(path) is null ? [] : [.. NotebookCallers.Find(factory, path, null)];
    }

    /// <summary>All places that name the widget at an offset: in the notebooks that share it, and in the activities that pass it. Elsewhere the activities that call the notebook.</summary>
    public static ImmutableArray<Place> GetReferences(FactorySnapshot factory, string path, int offset, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return FindUse(factory, path, offset) is { } use
            ? NotebookCallers.FindAll(factory, path, use.Name)
            : GetCallers(factory, path, cancellation);
    }

    /// <summary>The name of the widget at an offset with its place; null elsewhere.</summary>
    public static (string Name, TextSpan Span)? GetRenameTarget(FactorySnapshot factory, string path, int offset, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return FindUse(factory, path, offset) is { IsWritten: true } use ? (use.Name, use.Span) : null;
    }

    /// <summary>The edits that give a widget another name, in the notebook and in all activities that pass it; null where no widget is there, or the name can't be one.</summary>
    public static ImmutableArray<FileChange>? GetRename(FactorySnapshot factory, string path, int offset, string newName, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return FindUse(factory, path, offset) is { IsWritten: true } use ? WidgetRenaming.Make(factory, path, use.Name, newName) : null;
    }

    /// <summary>Where what stands at an offset leads: from an include or a call to the other notebook, from a use of a widget to its declaration. None elsewhere.</summary>
    public static ImmutableArray<Place> GetDefinition(FactorySnapshot factory, string path, int offset, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (factory.Notebooks.FindFile(path) is not { } file)
        {
            return [];
        }

        if (file.Notebook.Links.FirstOrDefault(l => l.Path is not null && l.Span.Touches(offset)) is { } link)
        {
            return factory.FindNotebook(NotebookContract.Resolve(file.WorkspacePath, link.Path!)) is { } other ? [new Place(other.Path, default, default)] : [];
        }

        return FindUse(factory, path, offset) is not { } use ? [] :
        [
            .. from shared in WidgetScope.Find(factory, path, use.Name)
               from declared in WidgetScope.UsesIn(shared, use.Name)
               where declared.Kind == WidgetUseKind.Declaration
               select new Place(shared.Path, declared.Span, declared.Span),
        ];
    }

    private static WidgetUse? FindUse(FactorySnapshot factory, string path, int offset) =>
        factory.Notebooks.FindFile(path)?.Notebook.WidgetUses.FirstOrDefault(u => u.Span.Touches(offset));
}
