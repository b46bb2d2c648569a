using System.Collections.Immutable;
using Pipewright.Core.Binding;
using Pipewright.Core.Factory;
using Pipewright.Core.Notebooks;
using Pipewright.Core.Schema;
using Pipewright.Core.Text;

namespace Pipewright.Core.Features.Notebooks;

/// <summary>Gives a widget another name, in all notebooks that share it and wherever it is passed.</summary>
internal static class WidgetRenaming
{
    /// <summary>What is said of a name that no widget can have in every language.</summary>
    public const string BadName = "The name of a widget is made of letters, digits and '_', and begins with no digit.";

    public static bool IsName(string name) => name.Length > 0 && !char.IsAsciiDigit(name[0]) && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_');

    /// <summary>All edits; null for a name that a widget can't have.</summary>
    /// <param name="path">Of a notebook that names the widget.</param>
    public static ImmutableArray<FileChange>? Make(FactorySnapshot factory, string path, string name, string newName)
    {
        if (!IsName(newName) || WidgetScope.Find(factory, path, name) is not { IsEmpty: false } files)
        {
            return null;
        }

        var changes = ImmutableArray.CreateBuilder<FileChange>();
        foreach (var file in files)
        {
            ImmutableArray<TextChange> own = [.. WidgetScope.UsesIn(file, name).Where(u => u.IsWritten).Select(u => u.Span).Distinct().Select(s => new TextChange(s, newName))];
            if (!own.IsEmpty)
            {
                changes.Add(new FileEdit(file.Path, own));
            }
        }

        foreach (var document in factory.OfKind(ResourceKind.Pipeline).Select(s => s.Document).Distinct().OrderBy(d => d.Path, StringComparer.Ordinal))
        {
            ImmutableArray<TextChange> passed = [.. document.Resources.SelectMany(r => new ActivityGraph(r).All).SelectMany(a => Rename(factory, document, a, files, name, newName))];
            if (!passed.IsEmpty)
            {
                changes.Add(new FileEdit(document.Path, passed));
            }
        }

        return changes.ToImmutable();
    }

    private static ImmutableArray<TextChange> Rename(FactorySnapshot factory, ResourceDocument document, ActivityNode activity, ImmutableArray<NotebookFile> files, string name, string newName) =>
        NotebookContract.Of(factory, activity) is { } contract && contract.All.Any(f => files.Any(o => o.Path == f.Path))
            && (activity.TypeProperties?.FindValue("baseParameters") as BoundObject)?.Properties.LastOrDefault(p => p.Name == name) is { } passed
            ? new ResourceEdits(document).SetName(passed, newName)
            : [];
}
