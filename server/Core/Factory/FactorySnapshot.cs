using System.Collections.Immutable;
using Pipewright.Core.Notebooks;
using Pipewright.Core.Schema;
using Pipewright.Core.Text;

namespace Pipewright.Core.Factory;

/// <summary>
/// All resource files of one factory root in one version. It answers every question about that version; an edit makes a new one that shares
/// all documents that did not change.
/// </summary>
public sealed class FactorySnapshot
{
    private readonly ImmutableDictionary<ResourceKind, KindIndex> _kinds;
    private readonly ReferenceIndex _references;
    private readonly UseCounts _uses;
    private readonly LiveResources? _live;

    /// <summary>Where what is asked is written down; null where nobody wants to know.</summary>
    private readonly FactoryQueries? _queries;

    private FactorySnapshot(
        FactoryConfiguration configuration, ImmutableDictionary<string, ResourceDocument> documents, ImmutableDictionary<ResourceKind, KindIndex> kinds,
        ReferenceIndex references, UseCounts uses, LiveResources? live, FactoryQueries? queries)
    {
        Configuration = configuration;
        Documents = documents;
        _kinds = kinds;
        _references = references;
        _uses = uses;
        _live = live;
        _queries = queries;
    }

    public static FactorySnapshot Empty { get; } = new(
        FactoryConfiguration.Empty, ImmutableDictionary<string, ResourceDocument>.Empty, ImmutableDictionary<ResourceKind, KindIndex>.Empty, ReferenceIndex.Empty, UseCounts.Empty, null, null);

    /// <summary>What the root says about itself.</summary>
    public FactoryConfiguration Configuration { get; }

    /// <summary>By path relative to the root. Not for rules: what they ask has to be known.</summary>
    public ImmutableDictionary<string, ResourceDocument> Documents { get; }

    /// <summary>The files with tests of pipelines, which are no resources, by path relative to the root. Not for rules.</summary>
    public ImmutableSortedDictionary<string, ResourceDocument> Tests { get; private init; } = ImmutableSortedDictionary.Create<string, ResourceDocument>(StringComparer.Ordinal);

    /// <summary>What the target's factory has; null where nothing is known of that. Not for rules.</summary>
    public LiveResources? Live => _live;

    /// <summary>The notebooks that its activities call, as far as they are on this machine. Not for rules, which ask for them one by one.</summary>
    public NotebookIndex Notebooks { get; private init; } = NotebookIndex.Empty;

    /// <summary>What is known of Databricks workspaces. Not for rules, which ask for it part by part.</summary>
    public LiveWorkspaces Workspaces { get; private init; } = LiveWorkspaces.Empty;

    /// <summary>The target whose overrides decide which workspace a linked service leads to; null for none.</summary>
    internal string? WorkspaceTarget
    {
        get
        {
            _queries?.KnewTarget(Workspaces.Target);
            return Workspaces.Target;
        }
    }

    /// <summary>The same factory, which writes down what it is asked.</summary>
    public FactorySnapshot Recording(FactoryQueries queries) => new(Configuration, Documents, _kinds, _references, _uses, _live, queries) { Notebooks = Notebooks, Workspaces = Workspaces, Tests = Tests };

    public FactorySnapshot With(FactoryConfiguration configuration) =>
        new(configuration, Documents, _kinds, _references, _uses, _live, null) { Notebooks = Notebooks.With(configuration.Notebooks), Workspaces = Workspaces, Tests = Tests };

    public FactorySnapshot With(NotebookIndex notebooks) => new(Configuration, Documents, _kinds, _references, _uses, _live, null) { Notebooks = notebooks, Workspaces = Workspaces, Tests = Tests };

    /// <param name="live">What the target's factory has; null where nothing is known of that.</param>
    public FactorySnapshot With(LiveResources? live) => new(Configuration, Documents, _kinds, _references, _uses, live, null) { Notebooks = Notebooks, Workspaces = Workspaces, Tests = Tests };

    public FactorySnapshot With(LiveWorkspaces workspaces) => new(Configuration, Documents, _kinds, _references, _uses, _live, null) { Notebooks = Notebooks, Workspaces = workspaces, Tests = Tests };

    public FactorySnapshot With(ResourceDocument document) => With([document]);

    /// <summary>Adds or replaces many documents at once, as a Git checkout does.</summary>
    public FactorySnapshot With(IEnumerable<ResourceDocument> documents)
    {
        var all = Documents.ToBuilder();
        var kinds = _kinds.ToBuilder();
        var tests = Tests;
        var changed = new List<(string Path, ResourceDocument? Old)>();
        foreach (var document in documents)
        {
            if (FindDocument(document.Path) is { } replaced && replaced != document)
            {
                replaced.DropNotes();
            }

            if (document.IsTest)
            {
                tests = tests.SetItem(document.Path, document);
                continue;
            }

            all.TryGetValue(document.Path, out var old);
            changed.Add((document.Path, old));
            all[document.Path] = document;
            Redeclare(kinds, old, document);
        }

        return new FactorySnapshot(Configuration, all.ToImmutable(), kinds.ToImmutable(), _references.WithChanged(changed), _uses.WithChanged(changed.Select(c => c.Path)), _live, null) { Notebooks = Notebooks, Workspaces = Workspaces, Tests = tests };
    }

    public FactorySnapshot Without(string path)
    {
        if (!Documents.TryGetValue(path, out var old))
        {
            return Tests.ContainsKey(path)
                ? new FactorySnapshot(Configuration, Documents, _kinds, _references, _uses, _live, null) { Notebooks = Notebooks, Workspaces = Workspaces, Tests = Tests.Remove(path) }
                : this;
        }

        old.DropNotes();
        var kinds = _kinds.ToBuilder();
        Redeclare(kinds, old, null);
        return new FactorySnapshot(Configuration, Documents.Remove(path), kinds.ToImmutable(), _references.WithChanged([(path, old)]), _uses.WithChanged([path]), _live, null) { Notebooks = Notebooks, Workspaces = Workspaces, Tests = Tests };
    }

    /// <summary>The resources of a kind and name, which is matched without regard to case. More than one where files disagree.</summary>
    public ImmutableArray<ResourceSymbol> Find(ResourceKind kind, string name)
    {
        if (_queries?.FindAgain(kind, name) is { IsDefault: false } known)
        {
            return known;
        }

        ImmutableArray<ResourceSymbol> found = KindOf(kind).Paths.TryGetValue(Key(name), out var paths) ? [.. Resolve(paths, kind, Key(name))] : [];
        _queries?.Found(kind, name, found);
        return found;
    }

    /// <summary>The resources of a kind and name; where no file declares one, that of the target's factory.</summary>
    public ImmutableArray<ResourceSymbol> FindAnywhere(ResourceKind kind, string name) =>
        Find(kind, name) is { IsEmpty: false } found ? found : FindLive(kind, name) is { } live ? [live.Symbol] : [];

    /// <summary>The resource of the target's factory; null where it has none, or nothing is known of it.</summary>
    public LiveEntry? FindLive(ResourceKind kind, string name)
    {
        var found = _live?.Find(kind, name);
        _queries?.FoundLive(kind, Key(name), found);
        return found;
    }

    /// <summary>The resources of a kind that the target's factory has and no file declares, by name.</summary>
    public IEnumerable<LiveEntry> OnlyLive(ResourceKind kind)
    {
        var index = KindOf(kind);
        _queries?.Named(kind, index.Paths);
        _queries?.ListedLive(kind, LiveVersionOf(kind));
        return _live is null ? [] : _live.OfKind(kind).Where(e => !index.Paths.ContainsKey(Key(e.Name))).OrderBy(e => e.Name, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>The name of the target's factory where all of its resources of a kind are known; else null.</summary>
    public string? FactoryThatIsKnown(ResourceKind kind)
    {
        var factory = _live is not null && _live.HasRead(kind) ? _live.Factory : null;
        _queries?.KnewFactory(kind, factory);
        return factory;
    }

    public bool Has(ResourceKind kind, string name)
    {
        var has = KindOf(kind).Paths.ContainsKey(Key(name));
        _queries?.Had(kind, Key(name), has);
        return has;
    }

    /// <summary>All resources of a kind, by name. Whoever only wants the names asks for <see cref="NamesOf"/>, which changes less often.</summary>
    public IEnumerable<ResourceSymbol> OfKind(ResourceKind kind)
    {
        var index = KindOf(kind);
        _queries?.Listed(kind, index.Version);
        return index.Paths.SelectMany(d => Resolve(d.Value, kind, d.Key)).OrderBy(s => s.Name, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>The names of all resources of a kind, as one of their files has them, in no order.</summary>
    public IEnumerable<string> NamesOf(ResourceKind kind)
    {
        var index = KindOf(kind);
        _queries?.Named(kind, index.Paths);
        return index.Paths.Select(d => Resolve(d.Value, kind, d.Key).First().Name);
    }

    /// <summary>How many resources of a kind there are.</summary>
    public int Count(ResourceKind kind)
    {
        var index = KindOf(kind);
        _queries?.Named(kind, index.Paths);
        return index.Paths.Count;
    }

    /// <summary>Whether any file refers to a resource, which need not be there.</summary>
    public bool IsReferenced(ResourceKind kind, string name)
    {
        var isReferenced = !_references.Find(Documents, kind, Key(name)).IsEmpty;
        _queries?.Referenced(kind, Key(name), isReferenced);
        return isReferenced;
    }

    /// <summary>The documents that refer to a resource, in the order of their paths.</summary>
    public ImmutableArray<ResourceDocument> ReferencesTo(ResourceKind kind, string name)
    {
        ImmutableArray<ResourceDocument> found = [.. _references.Find(Documents, kind, Key(name)).Select(p => Documents[p])];
        _queries?.ReferredTo(kind, Key(name), found);
        return found;
    }

    /// <summary>How many documents refer to a resource. Not for rules: it is another number after many edits.</summary>
    internal int CountReferences(ResourceKind kind, string name) => _references.Find(Documents, kind, Key(name)).Count;

    /// <summary>How often the factory has a property, or a variant. Not for rules: it is another number after most edits.</summary>
    internal int CountUses(UseKey key) => _uses.Find(Documents, key);

    /// <summary>Whether there is a resource file at a path, which is matched without regard to case, as many file systems do.</summary>
    public bool HasFile(string path)
    {
        var has = Documents.ContainsKey(path) || Documents.Keys.Any(p => p.Equals(path, StringComparison.OrdinalIgnoreCase));
        _queries?.HadFile(path, has);
        return has;
    }

    /// <summary>The text of a resource file, of tests or of a notebook by its path; null for one that is not there. Not for rules.</summary>
    public SourceText? FindText(string path) => FindDocument(path)?.Text ?? Notebooks.FindFile(path)?.Notebook.Text;

    /// <summary>The file at a path, of a resource or of tests; null where there is none. Not for rules.</summary>
    public ResourceDocument? FindDocument(string path) => Documents.GetValueOrDefault(path) ?? Tests.GetValueOrDefault(path);

    /// <summary>The notebook, or the plain file, of a workspace path; null where no folder of this machine has it.</summary>
    public NotebookFile? FindNotebook(string workspacePath)
    {
        var file = Notebooks.Find(workspacePath);
        _queries?.FoundNotebook(workspacePath, file);
        return file;
    }

    /// <summary>The paths of all notebooks below the folder that a workspace path lies in. Null where no folder of this machine has it.</summary>
    public IEnumerable<string>? NotebooksAround(string workspacePath)
    {
        _queries?.ListedNotebooks(Notebooks.Table);
        return Notebooks.FolderOf(workspacePath) is { } folder ? Notebooks.Files.Where(f => f.Notebook.IsNotebook && folder.ToFile(f.WorkspacePath) is not null).Select(f => f.WorkspacePath) : null;
    }

    /// <summary>The folder that a workspace path lies in; null where no folder of this machine has it.</summary>
    public NotebookFolder? FindNotebookFolder(string workspacePath)
    {
        _queries?.ListedNotebooks(Notebooks.Table);
        return Notebooks.FolderOf(workspacePath);
    }

    /// <summary>What a workspace has; null where that is not known.</summary>
    /// <param name="mayBeOld">Whether what an earlier session read will do: not for a rule.</param>
    internal T? FindInWorkspace<T>(string domain, WorkspacePart part, bool mayBeOld = false)
        where T : WorkspaceContent
    {
        var content = mayBeOld ? Workspaces.Find(domain, part)?.Content : Workspaces.FindSure(domain, part);
        _queries?.AskedWorkspace(domain, part, mayBeOld, content);
        return content as T;
    }

    /// <summary>Names are compared without regard to case, as the service does.</summary>
    internal static string Key(string name) => name.ToUpperInvariant();

    internal object LiveVersionOf(ResourceKind kind) => _live?.VersionOf(kind) ?? FactoryQueries.Nothing;

    internal object VersionOf(ResourceKind kind) => KindOf(kind).Version;

    internal object NameTableOf(ResourceKind kind) => KindOf(kind).Paths;

    private KindIndex KindOf(ResourceKind kind) => _kinds.GetValueOrDefault(kind, KindIndex.Empty);

    private IEnumerable<ResourceSymbol> Resolve(ImmutableSortedSet<string> paths, ResourceKind kind, string key) => paths
        .Select(p => Documents[p])
        .SelectMany(d => d.Resources.Where(r => r.Kind == kind && Key(r.Name) == key).Select(r => new ResourceSymbol(r, d)));

    private static void Redeclare(ImmutableDictionary<ResourceKind, KindIndex>.Builder kinds, ResourceDocument? old, ResourceDocument? current)
    {
        var before = old?.Resources.Select(r => (r.Kind, Name: Key(r.Name))).ToHashSet() ?? [];
        var after = current?.Resources.Select(r => (r.Kind, Name: Key(r.Name))).ToHashSet() ?? [];
        foreach (var kind in before.Concat(after).Select(d => d.Kind).Distinct())
        {
            kinds[kind] = kinds.GetValueOrDefault(kind, KindIndex.Empty) with { Version = new object() };
        }

        foreach (var (kind, name) in before.Except(after))
        {
            var paths = kinds[kind].Paths;
            var rest = paths[name].Remove(old!.Path);
            kinds[kind] = kinds[kind] with { Paths = rest.IsEmpty ? paths.Remove(name) : paths.SetItem(name, rest) };
        }

        foreach (var (kind, name) in after.Except(before))
        {
            var paths = kinds[kind].Paths;
            var declaring = paths.GetValueOrDefault(name, ImmutableSortedSet.Create<string>(StringComparer.Ordinal));
            kinds[kind] = kinds[kind] with { Paths = paths.SetItem(name, declaring.Add(current!.Path)) };
        }
    }

    /// <summary>The resources of one kind; by kind, so that who asks for the few of one kind does not go through all of the others.</summary>
    /// <param name="Paths">By name the paths that declare it, in ordinal order. Paths, so that an edit that renames nothing leaves this as it is.</param>
    /// <param name="Version">Another one after any change of a file of the kind.</param>
    private sealed record KindIndex(ImmutableDictionary<string, ImmutableSortedSet<string>> Paths, object Version)
    {
        public static KindIndex Empty { get; } = new(ImmutableDictionary<string, ImmutableSortedSet<string>>.Empty, new object());
    }
}
