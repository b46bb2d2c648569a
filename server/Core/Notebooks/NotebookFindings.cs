using System.Collections.Immutable;
using Pipewright.Core.Text;

namespace Pipewright.Core.Notebooks;

/// <summary>Collects what is found in a notebook.</summary>
internal sealed class NotebookFindings
{
    private readonly List<Widget> _widgets = [];
    private readonly List<WidgetUse> _uses = [];
    private readonly List<NotebookLink> _links = [];
    private readonly List<NotebookExit> _exits = [];
    private readonly List<DataAccess> _accesses = [];

    public bool HasComputedWidgets { get; set; }

    public bool ReadsAll { get; set; }

    /// <summary>Whether what widgets and exits are called by is handed to other code.</summary>
    public bool IsHandedOn { get; set; }

    public void Declare(Widget widget, bool isWritten)
    {
        _widgets.Add(widget);
        _uses.Add(new WidgetUse(WidgetUseKind.Declaration, widget.Name, widget.NameSpan, isWritten));
    }

    public void Use(WidgetUseKind kind, string name, TextSpan span, bool isWritten = true) => _uses.Add(new WidgetUse(kind, name, span, isWritten));

    public void Link(NotebookLink link) => _links.Add(link);

    public void Exit(TextSpan span, ReturnedValue value) => _exits.Add(new NotebookExit(span, value));

    public void Access(bool isWrite, bool isPath, string name, TextSpan span) => _accesses.Add(new DataAccess(isWrite, isPath, name, span));

    public Notebook ToNotebook(Notebook notebook) => notebook with
    {
        Widgets = [.. _widgets.OrderBy(w => w.NameSpan.Start).GroupBy(w => w.Name, StringComparer.Ordinal).Select(Merge)],
        WidgetUses = [.. _uses.OrderBy(u => u.Span.Start)],
        Links = [.. _links.OrderBy(l => l.Span.Start)],
        Exits = [.. _exits.OrderBy(e => e.Span.Start)],
        Accesses = [.. _accesses.OrderBy(a => a.Span.Start).Distinct()],
        HasComputedWidgets = HasComputedWidgets || IsHandedOn,
        ReadsAll = ReadsAll || IsHandedOn,
        MayExitElsewhere = IsHandedOn,
    };

    /// <summary>Of a widget that is declared more than once, as for several cases, only what all say is known.</summary>
    private static Widget Merge(IEnumerable<Widget> declarations)
    {
        var all = declarations.ToList();
        var first = all[0];
        return all.TrueForAll(w => w.Default == first.Default && SameChoices(w.Choices, first.Choices))
            ? first
            : first with { Default = all.TrueForAll(w => w.Default == first.Default) ? first.Default : null, Choices = null };
    }

    private static bool SameChoices(ImmutableArray<string>? left, ImmutableArray<string>? right) => left is { } a ? right is { } b && a.SequenceEqual(b) : right is null;
}
