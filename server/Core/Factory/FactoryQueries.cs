// What was asked of a factory and what the answers were: so that after an edit it can be told, without asking everything anew, whose
// answers are still the same.
using System.Collections.Immutable;
using Pipewright.Core.Notebooks;
using Pipewright.Core.Schema;

namespace Pipewright.Core.Factory;

/// <summary>The questions that led to one result. An instance is filled by one thread; it may be checked by many.</summary>
public sealed class FactoryQueries
{
    private readonly Dictionary<(Question Question, ResourceKind Kind, string Name), object> _answers = [];

    /// <summary>What was asked of workspaces, by the name that stands for it in <see cref="_answers"/>.</summary>
    private readonly Dictionary<string, WorkspaceNeed> _needs = [];

    /// <summary>What was found, by kind and by name as it was asked for. Empty once nothing is written down any more.</summary>
    private readonly Dictionary<(ResourceKind Kind, string Name), ImmutableArray<ResourceSymbol>> _found = [];

    private bool _isClosed;

    /// <summary>The answer where there is none.</summary>
    internal static object Nothing { get; } = new();

    private enum Question
    {
        Find,
        Has,
        List,
        Names,
        IsReferenced,
        References,
        File,
        Live,
        LiveList,
        LiveFactory,
        Notebook,
        Notebooks,
        WorkspaceTarget,
        Workspace,
        OldWorkspace,
    }

    /// <summary>Whether another version of the factory gives the same answers, with the very same documents.</summary>
    public bool HoldFor(FactorySnapshot factory) => _answers.All(a => IsSame(a.Value, a.Key.Question is Question.Workspace or Question.OldWorkspace
        ? Ask(factory, _needs[a.Key.Name], a.Key.Question == Question.OldWorkspace)
        : Ask(factory, a.Key.Question, a.Key.Kind, a.Key.Name)));

    /// <summary>What is asked from now on, as by a fix that is worked out later, is not written down any more.</summary>
    public void Close()
    {
        _isClosed = true;
        _found.Clear();
    }

    /// <summary>The answer to the same question before; default where it is new. Most of what a file refers to it refers to many times, and most rules want to see it.</summary>
    internal ImmutableArray<ResourceSymbol> FindAgain(ResourceKind kind, string name) => _isClosed ? default : _found.GetValueOrDefault((kind, name));

    internal void Found(ResourceKind kind, string name, ImmutableArray<ResourceSymbol> found)
    {
        Note((Question.Find, kind, FactorySnapshot.Key(name)), DocumentsOf(found));
        if (!_isClosed)
        {
            _found[(kind, name)] = found;
        }
    }

    internal void Had(ResourceKind kind, string key, bool has) => Note((Question.Has, kind, key), has);

    internal void Listed(ResourceKind kind, object version) => Note((Question.List, kind, ""), version);

    internal void Named(ResourceKind kind, object table) => Note((Question.Names, kind, ""), table);

    internal void Referenced(ResourceKind kind, string key, bool isReferenced) => Note((Question.IsReferenced, kind, key), isReferenced);

    internal void ReferredTo(ResourceKind kind, string key, ImmutableArray<ResourceDocument> documents) => Note((Question.References, kind, key), documents);

    internal void FoundLive(ResourceKind kind, string key, LiveEntry? found) => Note((Question.Live, kind, key), found ?? Nothing);

    internal void ListedLive(ResourceKind kind, object version) => Note((Question.LiveList, kind, ""), version);

    internal void KnewFactory(ResourceKind kind, string? factory) => Note((Question.LiveFactory, kind, ""), factory ?? Nothing);

    private void Note((Question Question, ResourceKind Kind, string Name) question, object answer)
    {
        if (!_isClosed)
        {
            _answers[question] = answer;
        }
    }

    internal void HadFile(string path, bool has) => _answers[(Question.File, default, path)] = has;

    internal void FoundNotebook(string workspacePath, NotebookFile? file) => Note((Question.Notebook, default, workspacePath), AnswerOf(file));

    internal void ListedNotebooks(object table) => Note((Question.Notebooks, default, ""), table);

    internal void KnewTarget(string? target) => Note((Question.WorkspaceTarget, default, ""), target ?? Nothing);

    internal void AskedWorkspace(string domain, WorkspacePart part, bool mayBeOld, WorkspaceContent? content)
    {
        var name = $"{part.Kind} {part.Key} of {domain}";
        if (!_isClosed)
        {
            _needs[name] = new WorkspaceNeed(domain, part);
        }

        Note((mayBeOld ? Question.OldWorkspace : Question.Workspace, default, name), content ?? Nothing);
    }

    /// <summary>A file is another one when its notebook is.</summary>
    private static object AnswerOf(NotebookFile? file) => file is null ? false : file.Notebook;

    private static object Ask(FactorySnapshot factory, WorkspaceNeed need, bool mayBeOld) => factory.FindInWorkspace<WorkspaceContent>(need.Domain, need.Part, mayBeOld) ?? Nothing;

    private static object Ask(FactorySnapshot factory, Question question, ResourceKind kind, string key) => question switch
    {
        Question.Find => DocumentsOf(factory.Find(kind, key)),
        Question.Has => factory.Has(kind, key),
        Question.List => factory.VersionOf(kind),
        Question.Names => factory.NameTableOf(kind),
        Question.IsReferenced => factory.IsReferenced(kind, key),
        Question.Live => factory.FindLive(kind, key) ?? Nothing,
        Question.LiveList => factory.LiveVersionOf(kind),
        Question.LiveFactory => factory.FactoryThatIsKnown(kind) ?? Nothing,
        Question.File => factory.HasFile(key),
        Question.Notebook => AnswerOf(factory.Notebooks.Find(key)),
        Question.Notebooks => factory.Notebooks.Table,
        Question.WorkspaceTarget => factory.Workspaces.Target ?? Nothing,
        _ => factory.ReferencesTo(kind, key),
    };

    private static ImmutableArray<ResourceDocument> DocumentsOf(ImmutableArray<ResourceSymbol> symbols) => [.. symbols.Select(s => s.Document)];

    private static bool IsSame(object before, object now) => (before, now) switch
    {
        (bool a, bool b) => a == b,
        (string a, string b) => a == b,
        (ImmutableArray<ResourceDocument> a, ImmutableArray<ResourceDocument> b) => a.SequenceEqual(b),
        _ => ReferenceEquals(before, now),
    };
}
