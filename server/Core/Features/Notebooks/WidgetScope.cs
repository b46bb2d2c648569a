using System.Collections.Immutable;
using Pipewright.Core.Factory;
using Pipewright.Core.Notebooks;

namespace Pipewright.Core.Features.Notebooks;

/// <summary>
/// The notebooks that share a widget: cells of an included notebook stand as if in the one that includes it, so a name in one is the same widget as in the other.
/// </summary>
internal static class WidgetScope
{
    /// <summary>All files that name the widget, that of <paramref name="path"/> first; none if that is no notebook.</summary>
    /// <param name="path">Of a notebook that names it, relative to the factory root.</param>
    public static ImmutableArray<NotebookFile> Find(FactorySnapshot factory, string path, string name)
    {
        if (factory.Notebooks.FindFile(path) is not { } first)
        {
            return [];
        }

        var groups = factory.Notebooks.Files.Select(f => NotebookContract.Of(factory, f).All).Where(g => g.Length > 1).ToList();
        var found = ImmutableArray.CreateBuilder<NotebookFile>();
        var seen = new HashSet<string> { first.Path };
        var pending = new Queue<NotebookFile>([first]);
        while (pending.TryDequeue(out var next))
        {
            found.Add(next);
            foreach (var file in groups.Where(g => g.Any(f => f.Path == next.Path)).SelectMany(g => g).Where(f => !f.IsLive && Names(f, name) && seen.Add(f.Path)))
            {
                pending.Enqueue(file);
            }
        }

        return found.ToImmutable();
    }

    /// <summary>The places in a notebook that name a widget, in text order.</summary>
    public static IEnumerable<WidgetUse> UsesIn(NotebookFile file, string name) => file.Notebook.WidgetUses.Where(u => u.Name == name);

    private static bool Names(NotebookFile file, string name) => UsesIn(file, name).Any();
}
