// What a notebook wants of its callers and gives back to them, with all that it includes.
using System.Collections.Immutable;
using Pipewright.Core.Binding;
using Pipewright.Core.Expressions;
using Pipewright.Core.Notebooks;
using Pipewright.Core.Syntax;

namespace Pipewright.Core.Factory;

/// <summary>A notebook together with those that it includes by <c>%run</c>, which is as if their cells stood in it.</summary>
public sealed class NotebookContract
{
    /// <summary>More notebooks than this nobody includes; the rest is not looked at.</summary>
    private const int MostIncluded = 100;

    private NotebookContract(NotebookFile file, ImmutableArray<NotebookFile> all, bool isComplete, ImmutableArray<string> missing)
    {
        File = file;
        All = all;
        IsComplete = isComplete;
        Missing = missing;
    }

    public NotebookFile File { get; }

    /// <summary>The notebook itself, then those that it includes.</summary>
    public ImmutableArray<NotebookFile> All { get; }

    /// <summary>Whether all that it includes is known.</summary>
    public bool IsComplete { get; }

    /// <summary>The workspace paths of those that it includes and nobody knows, as far as they are written out.</summary>
    public ImmutableArray<string> Missing { get; }

    /// <summary>By name; of two with one name the first.</summary>
    public IEnumerable<Widget> Widgets => All.SelectMany(f => f.Notebook.Widgets).DistinctBy(w => w.Name, StringComparer.Ordinal);

    /// <summary>Whether it is known which widgets there are.</summary>
    public bool KnowsWidgets => IsComplete && All.All(f => !f.Notebook.HasComputedWidgets);

    /// <summary>Whether it is known which parameters are read.</summary>
    public bool KnowsReads => KnowsWidgets && All.All(f => !f.Notebook.ReadsAll);

    /// <summary>The names that are read, surely or not.</summary>
    public IEnumerable<WidgetUse> Reads => All.SelectMany(f => f.Notebook.WidgetUses).Where(u => u.Kind is WidgetUseKind.Read or WidgetUseKind.UncertainRead);

    /// <summary>Whether it is known how the notebook is left.</summary>
    public bool KnowsExits => IsComplete && All.All(f => !f.Notebook.MayExitElsewhere);

    public IEnumerable<NotebookExit> Exits => All.SelectMany(f => f.Notebook.Exits);

    /// <summary>What it gives back; null where it gives nothing back. Of several ways to leave it all members, of values that are alike in nothing no more than that.</summary>
    public ReturnedValue? Returned
    {
        get
        {
            var values = Exits.Select(e => e.Value).ToList();
            if (values.Count == 0 || !KnowsExits)
            {
                return values.Count == 0 && KnowsExits ? null : ReturnedValue.Any;
            }

            return values.TrueForAll(v => v.Kind == values[0].Kind)
                ? values[0] with { Members = [.. values.SelectMany(v => v.Members).DistinctBy(m => m.Name, StringComparer.OrdinalIgnoreCase)], IsOpen = values.Exists(v => v.IsOpen) }
                : ReturnedValue.Any;
        }
    }

    /// <summary>The notebook that an activity calls, if its path is written out: as a file of the factory's folders has it, else as the workspace does.</summary>
    /// <param name="mayBeOld">Whether what an earlier session read of the workspace will do: not for a rule.</param>
    public static NotebookContract? Of(FactorySnapshot factory, ActivityNode activity, bool mayBeOld = false) =>
        PathOf(activity) is { } path ? Of(factory, path.Text, activity.Activity.Node, mayBeOld) : null;

    /// <summary>The notebook of a path in the workspace that an activity runs in.</summary>
    internal static NotebookContract? Of(FactorySnapshot factory, string path, BoundObject activity, bool mayBeOld)
    {
        if (factory.FindNotebook(path) is { } file)
        {
            return file.Notebook.IsNotebook ? Of(factory, file, null, mayBeOld) : null;
        }

        return path.StartsWith('/') && WorkspaceAddress.Of(factory, activity) is { } domain && FindLive(factory, domain, path, mayBeOld) is { } live ? Of(factory, live, domain, mayBeOld) : null;
    }

    /// <summary>A notebook as the workspace has it; null where that is not known.</summary>
    internal static NotebookFile? FindLive(FactorySnapshot factory, string domain, string path, bool mayBeOld) =>
        factory.FindInWorkspace<NotebookContent>(domain, WorkspacePart.Notebook(path), mayBeOld)?.File is { Notebook.IsNotebook: true } file ? file : null;

    /// <summary>The path of the notebook that an activity calls; null where it is computed, and for other activities.</summary>
    public static BoundScalar? PathOf(ActivityNode activity) =>
        activity.Is("DatabricksNotebook") && activity.TypeProperties?.FindValue("notebookPath") is BoundScalar { Kind: ScalarKind.String } path && !SpecForm.IsExpression(path.Text) && !path.Text.Contains("@{", StringComparison.Ordinal)
            ? path
            : null;

    /// <param name="domain">The workspace that has what no file has; null for none.</param>
    /// <param name="mayBeOld">As of <see cref="Of(FactorySnapshot, ActivityNode, bool)"/>.</param>
    public static NotebookContract Of(FactorySnapshot factory, NotebookFile file, string? domain = null, bool mayBeOld = false)
    {
        var missing = ImmutableArray.CreateBuilder<string>();
        var all = ImmutableArray.CreateBuilder<NotebookFile>();
        var seen = new HashSet<string>();
        var pending = new Stack<NotebookFile>([file]);
        var isComplete = true;
        while (pending.TryPop(out var next))
        {
            if (!seen.Add(next.Path) || all.Count == MostIncluded)
            {
                continue;
            }

            all.Add(next);
            foreach (var link in next.Notebook.Links.Where(l => l.IsInclude).Reverse())
            {
                var target = link.Path is { } path ? Resolve(next.WorkspacePath, path) : null;
                var included = target is null ? null : factory.FindNotebook(target) ?? (domain is null ? null : FindLive(factory, domain, target, mayBeOld));
                isComplete &= included is not null;
                if (included is not null)
                {
                    pending.Push(included);
                }
                else if (target is not null)
                {
                    missing.Add(target);
                }
            }
        }

        return new NotebookContract(file, all.ToImmutable(), isComplete, missing.ToImmutable());
    }

    /// <summary>The path that a notebook means by one that may be relative to its own folder.</summary>
    public static string Resolve(string from, string path)
    {
        var parts = new List<string>(path.StartsWith('/') ? [] : from.Split('/', StringSplitOptions.RemoveEmptyEntries).SkipLast(1));
        foreach (var part in path.Split('/', StringSplitOptions.RemoveEmptyEntries).Where(p => p != "."))
        {
            if (part != "..")
            {
                parts.Add(part);
            }
            else if (parts.Count > 0)
            {
                parts.RemoveAt(parts.Count - 1);
            }
        }

        return "/" + string.Join('/', parts);
    }

    /// <summary>The type of a value that a notebook gives back, as far as expressions can rely on it.</summary>
    internal static ExpressionType ToType(ReturnedValue value) => value.Kind switch
    {
        ReturnedKind.Object => ExpressionType.ObjectOf(
            value.Members.DistinctBy(m => m.Name, StringComparer.OrdinalIgnoreCase).Select(m => new TypeMember(m.Name, ToType(m.Value), Description: "What the notebook gives back by this name.")), isClosed: false) with
        { IsOpen = true },
        ReturnedKind.Array => ExpressionType.Array,
        ReturnedKind.Text => ExpressionType.String,
        ReturnedKind.Number => ExpressionType.Number,
        ReturnedKind.Boolean => ExpressionType.Boolean,
        _ => ExpressionType.Any,
    };
}
