// What the editor has open and what is on disk, as one immutable snapshot for each factory root.
using System.Collections.Immutable;
using Pipewright.Core.Factory;
using Pipewright.Core.Notebooks;
using Pipewright.Core.Text;
using Pipewright.LanguageServer.Protocol;

namespace Pipewright.LanguageServer.Workspaces;

/// <summary>Holds the current snapshot and makes the next one. Calls may come from any thread; each sees the snapshot before it.</summary>
/// <param name="report">Takes a sentence for each file that could not be read.</param>
/// <param name="read">What reads the resource files that the editor has open.</param>
internal sealed class Workspace(Action<string> report, ResourceReader read)
{
    private readonly Lock _lock = new();

    /// <summary>Files that changed while others were read; what was read of them may be out of date.</summary>
    private readonly HashSet<string> _changedWhileReading = [];

    public Workspace(Action<string> report)
        : this(report, new ResourceReader(report))
    {
    }

    public WorkspaceSnapshot Current { get; private set; } = WorkspaceSnapshot.Empty;

    /// <summary>Tells what files hold. After a change, the workspace has to be read anew.</summary>
    public FileKinds Kinds { get; set; } = FileKinds.Default;

    public void Open(string uri, int version, string text) => Change(current =>
    {
        var (root, path) = Locate(current, new FactoryRoots(), uri);
        return Put(current, MakeOpen(uri, root, path, version, new SourceText(text)));
    });

    /// <summary>Applies edits in their order. An edit of a document that is not open is ignored. The text is as the editor has it, also where reading it fails.</summary>
    public void Edit(string uri, int version, IReadOnlyList<TextDocumentContentChangeEvent> changes, PositionEncoding encoding) => Change(current =>
    {
        if (current.FindOpen(uri) is not { } open)
        {
            return current;
        }

        var text = changes.Aggregate(open.Text, (t, c) => c.Range is null ? new SourceText(c.Text) : t.WithChange(new TextChange(encoding.ToSpan(t, c.Range), c.Text)));
        return Put(current, open with { Version = version, Text = text, Document = open.Document is { } before ? read.Read(before.Path, text, before.Classification, before) : null });
    });

    /// <summary>From now on what is on disk counts again.</summary>
    public void Close(string uri) => Change(current =>
    {
        if (current.FindOpen(uri) is not { } open)
        {
            return current;
        }

        var closed = current with { Open = current.Open.Remove(DocumentUri.ToKey(uri)) };
        if (DocumentUri.ToPath(uri) is not { } file)
        {
            return closed with { Factories = closed.Factories.Remove(open.Root) };
        }

        _changedWhileReading.Add(file);
        return Reload(closed, new FactoryRoots(), file);
    });

    /// <summary>Reads files again that have changed on disk, all as one step; those that are open keep what the editor has.</summary>
    public void Refresh(IReadOnlyList<string> files) => Change(current =>
    {
        var roots = new FactoryRoots();
        _changedWhileReading.UnionWith(files);
        return files.Aggregate(current, (c, f) => Reload(c, roots, f));
    });

    public void SetFolders(IEnumerable<string> folders) => Change(current => current with { Folders = [.. folders.Distinct()] });

    /// <summary>What is known of the factory in Azure that a root's files are deployed to; null for nothing. It stays when files are read anew.</summary>
    public void SetLive(string root, LiveResources? live) => Change(current => current with { Live = live is null ? current.Live.Remove(root) : current.Live.SetItem(root, live) });

    /// <summary>What is known of Databricks workspaces.</summary>
    public void SetDatabricks(LiveWorkspaces workspaces) => Change(current => current with { Databricks = workspaces });

    /// <summary>The name of a root's target, whose overrides decide which workspace a linked service leads to; null for none.</summary>
    public void SetTarget(string root, string? target) => Change(current => current with { Targets = target is null ? current.Targets.Remove(root) : current.Targets.SetItem(root, target) });

    /// <summary>Files are about to be read from the disk; those that change meanwhile are read once more afterwards.</summary>
    public void BeginReading()
    {
        lock (_lock)
        {
            _changedWhileReading.Clear();
        }
    }

    /// <summary>Takes in what was read of the workspace folders in place of all that was known; open documents keep what the editor has.</summary>
    public void Replace(IReadOnlyList<LoadedFactory> factories) => Change(current => TakeIn(
        current with { Factories = ImmutableDictionary<string, FactorySnapshot>.Empty, ReadRoots = [] }, factories));

    /// <summary>Takes in further factories.</summary>
    public void Add(IReadOnlyList<LoadedFactory> factories) => Change(current => TakeIn(current, factories));

    private void Change(Func<WorkspaceSnapshot, WorkspaceSnapshot> make)
    {
        lock (_lock)
        {
            Current = WithLive(make(Current));
        }
    }

    private static WorkspaceSnapshot WithLive(WorkspaceSnapshot current) => current.Factories
        .Where(f => f.Value.Live != current.Live.GetValueOrDefault(f.Key) || f.Value.Workspaces != DatabricksOf(current, f.Key)).ToList()
        .Aggregate(current, (c, f) => WithFactory(c, f.Key, f.Value.With(c.Live.GetValueOrDefault(f.Key)).With(DatabricksOf(c, f.Key))));

    private static LiveWorkspaces DatabricksOf(WorkspaceSnapshot current, string root) => current.Databricks with { Target = current.Targets.GetValueOrDefault(root) };

    private WorkspaceSnapshot TakeIn(WorkspaceSnapshot current, IReadOnlyList<LoadedFactory> factories)
    {
        var roots = new FactoryRoots();
        var loaded = current with
        {
            Factories = current.Factories.SetItems(factories.Select(f => KeyValuePair.Create(f.Path, f.Snapshot))),
            ReadRoots = current.ReadRoots.Union(factories.Select(f => f.Path)),
        };
        var refreshed = _changedWhileReading.Aggregate(loaded, (c, f) => Reload(c, roots, f));
        return current.Open.Values.Aggregate(refreshed, (c, open) =>
        {
            var (root, path) = Locate(c, roots, open.Uri);
            return Put(c, root == open.Root && path == open.Path && Kinds.Classify(root, path) == open.Document?.Classification
                ? open
                : MakeOpen(open.Uri, root, path, open.Version, open.Text));
        });
    }

    private OpenDocument MakeOpen(string uri, string root, string path, int version, SourceText text) => new(
        uri, root, path, version, text, Kinds.Classify(root, path) is { } classification ? read.Read(path, text, classification) : null);

    private static (string Root, string Path) Locate(WorkspaceSnapshot current, FactoryRoots roots, string uri) =>
        DocumentUri.ToPath(uri) is { } file && Path.GetDirectoryName(file) is not null ? LocateFile(current, roots, file) : (uri, NameOf(uri));

    private static string NameOf(string uri) => DocumentUri.LastParts(uri) is var path && FactoryRoots.IsConfiguration(path) ? Path.GetFileName(path) : path;

    private static (string Root, string Path) LocateFile(WorkspaceSnapshot current, FactoryRoots roots, string file)
    {
        var root = roots.Find(file, current.Folders.Where(f => FactoryRoots.Contains(f, file)).MaxBy(f => f.Length));
        return (root, FactoryLoader.RelativePath(root, file));
    }

    private WorkspaceSnapshot Put(WorkspaceSnapshot current, OpenDocument open)
    {
        var opened = current with { Open = current.Open.SetItem(DocumentUri.ToKey(open.Uri), open) };
        try
        {
            return PutContent(opened, open);
        }
        catch (Exception e) when (e is not (OperationCanceledException or OutOfMemoryException))
        {
            // The factory keeps what it had; an edit that is lost would put all later ones into another text than the editor's.
            report($"{open.Path} is not read, by a mistake of Pipewright. Please report this: {ResourceReader.Describe(e)}");
            return opened;
        }
    }

    private static WorkspaceSnapshot PutContent(WorkspaceSnapshot opened, OpenDocument open) =>
        open.Document is { } document ? WithFactory(opened, open.Root, opened.FactoryOf(open.Root).With(document))
        : open.IsConfiguration ? WithFactory(opened, open.Root, opened.FactoryOf(open.Root).With(FactoryConfiguration.Parse(open.Text, open.Path)))
        : DocumentUri.ToPath(open.Uri) is { } file ? WithNotebook(opened, file, () => Notebook.Parse(file, open.Text))
        : opened;

    private static WorkspaceSnapshot WithFactory(WorkspaceSnapshot current, string root, FactorySnapshot factory) =>
        current with { Factories = current.Factories.SetItem(root, factory) };

    /// <summary>Takes a file in as a notebook of every factory that has it in a folder of notebooks.</summary>
    /// <param name="read">Null where it is gone.</param>
    private static WorkspaceSnapshot WithNotebook(WorkspaceSnapshot current, string file, Func<Notebook?> read)
    {
        if (NotebookFolder.ExtensionOf(file) is null)
        {
            return current;
        }

        foreach (var (root, factory) in current.Factories.Where(f => !f.Value.Notebooks.Folders.IsEmpty && Path.IsPathRooted(f.Key)))
        {
            var path = FactoryLoader.RelativePath(root, file);
            if (factory.Notebooks.IsMapped(path))
            {
                current = WithFactory(current, root, factory.With(read() is { } notebook ? factory.Notebooks.With(path, notebook) : factory.Notebooks.Without(path)));
            }
        }

        return current;
    }

    private WorkspaceSnapshot Reload(WorkspaceSnapshot current, FactoryRoots roots, string file)
    {
        if (current.Open.ContainsKey(file) || Directory.Exists(file))
        {
            return current;
        }

        if (NotebookFolder.ExtensionOf(file) is not null)
        {
            return WithNotebook(current, file, () => new NotebookLoader(report).Read(file));
        }

        if (!File.Exists(file))
        {
            return WithoutFile(current, file);
        }

        var (root, _) = LocateFile(current, roots, file);
        if (FactoryRoots.FindConfiguration(root) == file)
        {
            return WithFactory(current, root, current.FactoryOf(root).With(FactoryLoader.ReadConfiguration(file) ?? FactoryConfiguration.Empty));
        }

        return new FactoryLoader(Kinds, report).Read(file, root) is { } document
            ? WithFactory(current, root, current.FactoryOf(root).With(document))
            : WithoutFile(current, file);
    }

    /// <summary>Forgets a file, or all files of a folder: of a deleted folder, editors name only the folder.</summary>
    private static WorkspaceSnapshot WithoutFile(WorkspaceSnapshot current, string file)
    {
        foreach (var (root, factory) in current.Factories.Where(f => Path.IsPathRooted(f.Key)))
        {
            var gone = factory.Documents.Keys.Concat(factory.Tests.Keys).Where(p => Path.GetFullPath(Path.Combine(root, p)) is var full && FactoryRoots.Contains(file, full) && !current.Open.ContainsKey(full));
            var kept = gone.Aggregate(factory, (f, p) => f.Without(p));
            kept = factory.Notebooks.PathsIn(FactoryLoader.RelativePath(root, file)).Aggregate(kept, (f, p) => f.With(f.Notebooks.Without(p)));
            var losesConfiguration = kept.Configuration.File is { } settings && FactoryRoots.Contains(file, Path.Combine(root, settings.Path));
            current = WithFactory(current, root, losesConfiguration ? kept.With(FactoryConfiguration.Empty) : kept);
        }

        return current;
    }
}
