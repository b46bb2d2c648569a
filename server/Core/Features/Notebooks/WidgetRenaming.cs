using System.Collections.Immutable;
using Pipewright.Core.Binding;
using Pipewright.Core.Factory;
using Pipewright.Core.Schema;
using Pipewright.Core.Text;

namespace Pipewright.Core.Features.Notebooks;

/// <summary>Gives a widget another name, in its notebook and wherever it is passed.</summary>
internal static class WidgetRenaming
{
    /// <summary>All edits; null for a name that no widget can have in every language.</summary>
    public static ImmutableArray<FileChange>? Make(FactorySnapshot factory, string path, string name, string newName)
    {
        if (newName.Length == 0 || char.IsAsciiDigit(newName[0]) || !newName.All(c => char.IsAsciiLetterOrDigit(c) || c == '_') || factory.Notebooks.FindFile(path) is not { } file)
        {
            return null;
        }

        var changes = ImmutableArray.CreateBuilder<FileChange>();
        ImmutableArray<TextChange> own = [.. file.Notebook.WidgetUses.Where(u => u.Name == name && u.IsWritten).Select(u => u.Span).Distinct().Select(s => new TextChange(s, newName))];
        if (!own.IsEmpty)
        {
            changes.Add(new FileEdit(path, own));
        }

        foreach (var document in factory.OfKind(ResourceKind.Pipeline).Select(s => s.Document).Distinct().OrderBy(d => d.Path, StringComparer.Ordinal))
        {
            ImmutableArray<TextChange> passed = [.. document.Resources.SelectMany(r => new ActivityGraph(r).All).SelectMany(a => Rename(factory, document, a, path, name, newName))];
            if (!passed.IsEmpty)
            {
                changes.Add(new FileEdit(document.Path, passed));
            }
        }

        return changes.ToImmutable();
    }

    private static ImmutableArray<TextChange> Rename(FactorySnapshot factory, ResourceDocument document, ActivityNode activity, string path, string name, string newName) =>
        NotebookContract.Of(factory, activity) is { } contract && contract.All.Any(f => f.Path == path)
            && (activity.TypeProperties?.FindValue("baseParameters") as BoundObject)?.Properties.LastOrDefault(p => p.Name == name) is { } passed
            ? new ResourceEdits(document).SetName(passed, newName)
            : [];
}
