// Ways between activities and the notebooks that they call.
using System.Collections.Immutable;
using System.Text;
using Pipewright.Core.Binding;
using Pipewright.Core.Factory;
using Pipewright.Core.Features.Completion;
using Pipewright.Core.Features.Navigation;
using Pipewright.Core.Notebooks;
using Pipewright.Core.Schema;
using Pipewright.Core.Syntax;
using Pipewright.Core.Text;

namespace Pipewright.Core.Features.Notebooks;

/// <summary>A place in a pipeline that is about a notebook.</summary>
/// <param name="Span">The path, or the name of a parameter.</param>
/// <param name="Parameter">Null for the path.</param>
/// <param name="Domain">The workspace that the activity runs in; null where that can't be told.</param>
internal sealed record NotebookPlace(TextSpan Span, NotebookContract Contract, string? Parameter, string? Domain)
{
    /// <summary>What stands at an offset; null where that is neither the path of a known notebook nor a parameter of one.</summary>
    public static NotebookPlace? At(FactorySnapshot factory, ResourceDocument document, int offset)
    {
        if (document.IsForeign || document.Syntax.FindNode(offset) is not ScalarSyntax syntax || document.FindNode(offset) is not { } node)
        {
            return null;
        }

        return node switch
        {
            BoundScalar { Parent: BoundProperty { Name: var name, Parent: BoundObject owner } } path when IsNamed(name, "notebookPath") =>
                Find(factory, owner) is var (contract, domain) ? new NotebookPlace(Inside(path, syntax), contract, null, domain) : null,
            BoundProperty { Parent: BoundObject { Parent: BoundProperty { Name: var map, Parent: BoundObject owner } } } passed when IsNamed(map, "baseParameters") && passed.Entry?.Key == syntax =>
                Find(factory, owner) is var (contract, domain) ? new NotebookPlace(syntax.ToSourceSpan(new TextSpan(0, syntax.Value.Length)), contract, passed.Name, domain) : null,
            _ => null,
        };
    }

    /// <summary>Null for a notebook that no file has.</summary>
    public DefinitionResult? Define()
    {
        if (Contract.File.IsLive)
        {
            return null;
        }

        var uses = Parameter is null ? [] : Contract.All.Where(f => !f.IsLive).SelectMany(f => f.Notebook.WidgetUses.Where(u => u.Name == Parameter).Select(u => (f.Path, Use: u))).ToList();
        var declared = uses.Where(u => u.Use.Kind == WidgetUseKind.Declaration).ToList();
        ImmutableArray<Place> places = [.. (declared.Count > 0 ? declared : uses).Select(u => new Place(u.Path, u.Use.Span, u.Use.Span))];
        return new DefinitionResult(Span, places.IsEmpty ? [new Place(Contract.File.Path, default, default)] : places);
    }

    /// <summary>Of a path the calls of that notebook, of a parameter all that names it.</summary>
    public ImmutableArray<Place> FindReferences(FactorySnapshot factory) =>
        Parameter is null ? Contract.File.IsLive ? [] : [.. NotebookCallers.Find(factory, Contract.File.Path, null)]
        : FindNaming() is { } file ? NotebookCallers.FindAll(factory, file.Path, Parameter)
        : [];

    /// <summary>A parameter is renamed together with its widget; null for a path, and where no notebook writes the name.</summary>
    public RenameTarget? FindRenameTarget() => Parameter is not null && FindNaming() is not null ? new RenameTarget(Span, Parameter, null) : null;

    /// <summary>Null where nothing can be renamed.</summary>
    public RenameResult? Rename(FactorySnapshot factory, string newName) =>
        Parameter is null || FindNaming() is not { } file ? null
        : WidgetRenaming.Make(factory, file.Path, Parameter, newName) is { } changes ? new RenameResult(changes, null)
        : new RenameResult([], WidgetRenaming.BadName);

    /// <param name="view">What is needed to speak of the workspace; null for not to.</param>
    public HoverResult? Describe(FactorySnapshot factory, LiveView? view)
    {
        if (Parameter is null)
        {
            var presence = Domain is null ? null : WorkspaceHover.DescribePresence(factory, Domain, Contract.File.WorkspacePath, view);
            return new HoverResult(Span, DescribeNotebook() + (presence is null ? "" : "\n\n" + presence));
        }

        return Contract.Widgets.FirstOrDefault(w => w.Name == Parameter) is { } widget ? new HoverResult(Span, $"**{Escape(Parameter)}** {DescribeWidget(widget)}") : null;
    }

    private string DescribeNotebook()
    {
        var text = new StringBuilder($"**{Escape(Contract.File.IsLive ? Contract.File.WorkspacePath : Contract.File.Path)}**");
        if (Contract.File.Notebook.Introduction is { } said)
        {
            text.Append("\n\n").Append(said.Length > 2_000 ? said[..2_000] + "…" : said);
        }

        var widgets = string.Join('\n', Contract.Widgets.Select(w => $"- `{w.Name}` {DescribeWidget(w)}"));
        text.Append(widgets.Length == 0 ? "" : $"\n\nTakes:\n\n{widgets}");
        if (Contract.Returned is { Kind: ReturnedKind.Object } returned)
        {
            text.Append("\n\nReturns ").AppendJoin(", ", returned.Members.Select(m => $"`{m.Name}`"));
        }

        return text.ToString();
    }

    private NotebookFile? FindNaming() => Contract.All.FirstOrDefault(f => !f.IsLive && f.Notebook.WidgetUses.Any(u => u.Name == Parameter && u.IsWritten));

    private static string DescribeWidget(Widget widget) => NotebookCompletion.Describe(widget)
        + (widget.Choices is { IsEmpty: false } choices ? $": {string.Join(", ", choices.Select(c => $"`{c}`"))}" : "") + (widget.Label is { Length: > 0 } label ? $" — {Escape(label)}" : "");

    private static string Escape(string text) => text.Replace("*", "\\*", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal);

    private static TextSpan Inside(BoundScalar path, ScalarSyntax syntax) => path.Syntax == syntax ? syntax.ToSourceSpan(new TextSpan(0, syntax.Value.Length)) : path.Span;

    private static (NotebookContract Contract, string? Domain)? Find(FactorySnapshot factory, BoundObject owner) =>
        owner.FindString("notebookPath") is { } path && ActivityScope.FindActivity(owner) is { Node: var activity } && NotebookContract.Of(factory, path, activity, mayBeOld: true) is { } contract
            ? (contract, WorkspaceAddress.Of(factory, activity))
            : null;

    private static bool IsNamed(string name, string wanted) => name.Equals(wanted, StringComparison.OrdinalIgnoreCase);
}

/// <summary>From a notebook to the activities that call it.</summary>
internal static class NotebookCallers
{
    /// <summary>The paths in activities by which a notebook is called, or the parameters of a name that it is passed, in the order of files, then of the text.</summary>
    /// <param name="path">Of the notebook, relative to the factory root.</param>
    /// <param name="parameter">Null for the calls themselves.</param>
    public static IEnumerable<Place> Find(FactorySnapshot factory, string path, string? parameter)
    {
        foreach (var symbol in factory.OfKind(ResourceKind.Pipeline).OrderBy(s => s.Document.Path, StringComparer.Ordinal))
        {
            foreach (var activity in new ActivityGraph(symbol.Resource).All)
            {
                if (NotebookContract.PathOf(activity) is not { } called || NotebookContract.Of(factory, activity) is not { } contract || !contract.All.Any(f => f.Path == path))
                {
                    continue;
                }

                if (parameter is null)
                {
                    // Of one that is only included nobody says that it is called.
                    if (contract.File.Path == path)
                    {
                        yield return PlaceOf(symbol, called.Syntax);
                    }
                }
                else if ((activity.TypeProperties?.FindValue("baseParameters") as BoundObject)?.Properties.LastOrDefault(p => p.Name == parameter) is { Entry: { } entry })
                {
                    yield return PlaceOf(symbol, entry.Key);
                }
            }
        }
    }

    /// <summary>All places that name a widget: in the notebooks that share it, then in the activities that pass it.</summary>
    /// <param name="path">Of a notebook that names it.</param>
    public static ImmutableArray<Place> FindAll(FactorySnapshot factory, string path, string name)
    {
        var files = WidgetScope.Find(factory, path, name);
        return
        [
            .. files.SelectMany(f => WidgetScope.UsesIn(f, name).Select(u => new Place(f.Path, u.Span, u.Span))),
            .. files.SelectMany(f => Find(factory, f.Path, name)).Distinct(),
        ];
    }

    private static Place PlaceOf(ResourceSymbol symbol, SyntaxNode? syntax)
    {
        var span = syntax is ScalarSyntax scalar ? scalar.ToSourceSpan(new TextSpan(0, scalar.Value.Length)) : syntax?.Span ?? default;
        return new Place(symbol.Document.Path, span, span);
    }
}
