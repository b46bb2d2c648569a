// What the editor has open and what is on disk, as one immutable snapshot for each factory root.
using System.Collections.Immutable;
using Pipewright.Core.Factory;
using Pipewright.Core.Text;
using Pipewright.LanguageServer.Protocol;

namespace Pipewright.LanguageServer.Workspaces;

/// <summary>A document that the editor has open.</summary>
/// <param name="Root">Its factory root.</param>
/// <param name="Path">Relative to the root.</param>
/// <param name="Document">Null where the file is not one of ours.</param>
internal sealed record OpenDocument(string Uri, string Root, string Path, int Version, SourceText Text, ResourceDocument? Document);

/// <summary>One version of everything: what a request is answered from.</summary>
internal sealed record WorkspaceSnapshot(
    ImmutableArray<string> Folders,
    ImmutableDictionary<string, FactorySnapshot> Factories,
    ImmutableDictionary<string, OpenDocument> Open)
{
    public static WorkspaceSnapshot Empty { get; } = new(
        [], ImmutableDictionary<string, FactorySnapshot>.Empty, ImmutableDictionary<string, OpenDocument>.Empty);

    public FactorySnapshot FactoryOf(OpenDocument document) => Factories.GetValueOrDefault(document.Root, FactorySnapshot.Empty);
}

/// <summary>Holds the current snapshot and makes the next one. Calls may come from any thread; each sees the snapshot before it.</summary>
internal sealed class Workspace
{
    private readonly Lock _lock = new();

    public WorkspaceSnapshot Current { get; private set; } = WorkspaceSnapshot.Empty;

    public void Open(string uri, int version, string text) => Change(current => Put(current, MakeOpen(current, uri, version, new SourceText(text))));

    /// <summary>Applies edits in their order. An edit of a document that is not open is ignored.</summary>
    public void Edit(string uri, int version, IReadOnlyList<TextDocumentContentChangeEvent> changes, PositionEncoding encoding) => Change(current =>
    {
        if (!current.Open.TryGetValue(uri, out var open))
        {
            return current;
        }

        var text = changes.Aggregate(open.Text, (t, c) => c.Range is null ? new SourceText(c.Text) : t.WithChange(new TextChange(encoding.ToSpan(t, c.Range), c.Text)));
        return Put(current, MakeOpen(current, uri, version, text));
    });

    /// <summary>From now on what is on disk counts again.</summary>
    public void Close(string uri, Action<string> report) => Change(current =>
    {
        if (!current.Open.TryGetValue(uri, out var open))
        {
            return current;
        }

        var closed = current with { Open = current.Open.Remove(uri) };
        return DocumentUri.ToPath(uri) is { } file ? Reload(closed, file, report) : WithoutDocument(closed, open.Root, open.Path);
    });

    /// <summary>Reads files again that have changed on disk, all as one step; those that are open keep what the editor has.</summary>
    public void Refresh(IEnumerable<string> files, Action<string> report) => Change(current => files.Aggregate(current, (c, f) => Reload(c, f, report)));

    public void SetFolders(IEnumerable<string> folders) => Change(current => current with { Folders = [.. folders] });

    /// <summary>Takes in what was read from a workspace folder; open documents keep what the editor has.</summary>
    public void Add(IReadOnlyList<LoadedFactory> factories) => Change(current =>
    {
        var loaded = factories.Aggregate(current.Factories, (all, f) => all.SetItem(f.Path, f.Snapshot));
        return current.Open.Values.Aggregate(current with { Factories = loaded }, (c, o) => Put(c, MakeOpen(c, o.Uri, o.Version, o.Text)));
    });

    private void Change(Func<WorkspaceSnapshot, WorkspaceSnapshot> make)
    {
        lock (_lock)
        {
            Current = make(Current);
        }
    }

    private static OpenDocument MakeOpen(WorkspaceSnapshot current, string uri, int version, SourceText text)
    {
        var (root, path) = Locate(current, uri);
        return new OpenDocument(uri, root, path, version, text, ResourceDocument.Create(path, text));
    }

    private static (string Root, string Path) Locate(WorkspaceSnapshot current, string uri)
    {
        if (DocumentUri.ToPath(uri) is not { } file)
        {
            return (uri, DocumentUri.LastPart(uri));
        }

        var outermost = current.Folders.Where(f => file.StartsWith(f + Path.DirectorySeparatorChar, StringComparison.Ordinal)).MaxBy(f => f.Length)
            ?? FindLooseRoot(file);
        var root = FactoryLoader.FindRoot(file, outermost);
        return (root, FactoryLoader.RelativePath(root, file));
    }

    /// <summary>A file outside every workspace folder: the folder above its kind folder, else its own.</summary>
    private static string FindLooseRoot(string file)
    {
        var folder = Path.GetDirectoryName(file)!;
        return FileClassification.GitFolders.ContainsKey(Path.GetFileName(folder)) ? Path.GetDirectoryName(folder) ?? folder : folder;
    }

    private static WorkspaceSnapshot Put(WorkspaceSnapshot current, OpenDocument open)
    {
        var opened = current with { Open = current.Open.SetItem(open.Uri, open) };
        return open.Document is null
            ? opened
            : opened with { Factories = opened.Factories.SetItem(open.Root, opened.FactoryOf(open).With(open.Document)) };
    }

    private static WorkspaceSnapshot Reload(WorkspaceSnapshot current, string file, Action<string> report)
    {
        var uri = DocumentUri.FromPath(file);
        if (current.Open.ContainsKey(uri) || current.Open.Keys.Any(u => DocumentUri.ToPath(u) == file))
        {
            return current;
        }

        var (root, path) = Locate(current, uri);
        var document = File.Exists(file) ? FactoryLoader.Read(file, root, report) : null;
        return document is null
            ? WithoutDocument(current, root, path)
            : current with { Factories = current.Factories.SetItem(root, current.Factories.GetValueOrDefault(root, FactorySnapshot.Empty).With(document)) };
    }

    private static WorkspaceSnapshot WithoutDocument(WorkspaceSnapshot current, string root, string path) =>
        current.Factories.TryGetValue(root, out var factory) ? current with { Factories = current.Factories.SetItem(root, factory.Without(path)) } : current;
}
