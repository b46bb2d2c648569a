// The notebooks of a factory: which file of this machine is which path of a Databricks workspace.
using System.Collections.Immutable;

namespace Pipewright.Core.Notebooks;

/// <summary>A folder of notebooks, and where the workspace has it.</summary>
/// <param name="Folder">Relative to the factory root, with <c>/</c> between its parts; it may begin with <c>..</c>. Empty for the root itself.</param>
/// <param name="WorkspacePath">Absolute, without a slash at its end; empty for the root of the workspace.</param>
/// <param name="IsGuessed">Whether nobody said so: what is not in it may well be elsewhere.</param>
public sealed record NotebookFolder(string Folder, string WorkspacePath, bool IsGuessed = false)
{
    /// <summary>The extensions of notebooks, in the order in which they are looked for.</summary>
    public static ImmutableArray<string> Extensions { get; } = [".py", ".sql", ".scala", ".r", ".ipynb"];

    /// <summary>The workspace path of a file below the folder, without its extension; null for a file elsewhere, or of another kind.</summary>
    /// <param name="path">Relative to the factory root.</param>
    public string? ToWorkspace(string path) => RestOf(Folder, path) is { } rest && ExtensionOf(rest) is { } extension ? $"{WorkspacePath}/{rest[..^extension.Length]}" : null;

    /// <summary>The file that a workspace path stands for, without an extension; null for a path elsewhere.</summary>
    public string? ToFile(string workspacePath) => RestOf(WorkspacePath, workspacePath) is not { Length: > 0 } rest ? null : Folder.Length == 0 ? rest : $"{Folder}/{rest}";

    public static string? ExtensionOf(string path) => Extensions.FirstOrDefault(e => path.EndsWith(e, StringComparison.OrdinalIgnoreCase));

    private static string? RestOf(string folder, string path) => folder.Length == 0 && !path.StartsWith('/') ? path
        : path.Length > folder.Length && path.StartsWith(folder, StringComparison.OrdinalIgnoreCase) && path[folder.Length] == '/' ? path[(folder.Length + 1)..] : null;
}

/// <summary>A file of notebooks, or a plain one beside them.</summary>
/// <param name="Path">Relative to the factory root.</param>
/// <param name="WorkspacePath">Without the extension.</param>
public sealed record NotebookFile(string Path, string WorkspacePath, Notebook Notebook)
{
    /// <summary>Whether this is no file: the workspace has it, and <see cref="Path"/> is its path there with the extension that a file would have.</summary>
    public bool IsLive { get; init; }
}

/// <summary>All notebooks of a factory in one version.</summary>
public sealed class NotebookIndex
{
    private readonly ImmutableSortedDictionary<string, Notebook> _files;
    private readonly ImmutableDictionary<string, NotebookFile> _byWorkspacePath;

    private NotebookIndex(ImmutableArray<NotebookFolder> folders, ImmutableSortedDictionary<string, Notebook> files, ImmutableDictionary<string, NotebookFile> byWorkspacePath, object table)
    {
        Folders = folders;
        _files = files;
        _byWorkspacePath = byWorkspacePath;
        Table = table;
    }

    public static NotebookIndex Empty { get; } = new([], ImmutableSortedDictionary.Create<string, Notebook>(StringComparer.Ordinal), ImmutableDictionary<string, NotebookFile>.Empty, new object());

    /// <summary>The folders that are read.</summary>
    public ImmutableArray<NotebookFolder> Folders { get; }

    /// <summary>All files, in the order of their workspace paths.</summary>
    public IEnumerable<NotebookFile> Files => _byWorkspacePath.Values.OrderBy(f => f.WorkspacePath, StringComparer.OrdinalIgnoreCase);

    /// <summary>Another one when there are other paths than before.</summary>
    internal object Table { get; }

    /// <summary>The notebooks of some folders.</summary>
    /// <param name="files">By paths relative to the factory root.</param>
    public static NotebookIndex Create(IEnumerable<NotebookFolder> folders, IEnumerable<KeyValuePair<string, Notebook>> files) =>
        Build([.. folders], ImmutableSortedDictionary.CreateRange(StringComparer.Ordinal, files));

    /// <summary>The same files, with the folders where the factory now says that they are. A folder that has not been read is not known.</summary>
    /// <param name="configured">None: the folders stay as they were found.</param>
    public NotebookIndex With(ImmutableArray<NotebookFolder> configured)
    {
        if (configured.IsEmpty || configured.SequenceEqual(Folders))
        {
            return this;
        }

        return Build([.. configured.Where(c => Folders.Any(f => f.Folder == c.Folder))], _files);
    }

    /// <summary>Adds or replaces a file. The same index for one outside of all folders.</summary>
    public NotebookIndex With(string path, Notebook notebook)
    {
        if (WorkspacePathOf(path) is not { } workspacePath)
        {
            return this;
        }

        // Without another file of the same name, which comes first, only this one is another.
        var isKnown = _byWorkspacePath.TryGetValue(Key(workspacePath), out var old) && old.Path == path && old.Notebook.IsNotebook == notebook.IsNotebook;
        return isKnown
            ? new NotebookIndex(Folders, _files.SetItem(path, notebook), _byWorkspacePath.SetItem(Key(workspacePath), new NotebookFile(path, workspacePath, notebook)), Table)
            : Build(Folders, _files.SetItem(path, notebook));
    }

    public NotebookIndex Without(string path) => _files.ContainsKey(path) ? Build(Folders, _files.Remove(path)) : this;

    /// <summary>The paths of the files that are at a path or below it.</summary>
    public IEnumerable<string> PathsIn(string path) => _files.Keys.Where(p => p == path || p.StartsWith(path + "/", StringComparison.Ordinal));

    public bool IsMapped(string path) => WorkspacePathOf(path) is not null;

    public NotebookFile? FindFile(string path) => _files.TryGetValue(path, out var notebook) && WorkspacePathOf(path) is { } workspacePath ? new NotebookFile(path, workspacePath, notebook) : null;

    /// <summary>The file of a workspace path, which is matched without regard to case and with or without <c>/Workspace</c> before it.</summary>
    public NotebookFile? Find(string workspacePath) => _byWorkspacePath.GetValueOrDefault(Key(workspacePath));

    /// <summary>The folder that a workspace path lies in; null where none of them has it.</summary>
    public NotebookFolder? FolderOf(string workspacePath) => Folders.Where(f => f.ToFile(Normalise(workspacePath)) is not null).MaxBy(f => f.WorkspacePath.Length);

    /// <summary>A path without what may be left out.</summary>
    public static string Normalise(string workspacePath) =>
        (workspacePath.StartsWith("/Workspace/", StringComparison.OrdinalIgnoreCase) ? workspacePath["/Workspace".Length..] : workspacePath).TrimEnd('/');

    private string? WorkspacePathOf(string path) => Folders.Where(f => f.ToWorkspace(path) is not null).MaxBy(f => f.Folder.Length)?.ToWorkspace(path);

    private static string Key(string workspacePath) => Normalise(workspacePath).ToUpperInvariant();

    private static NotebookIndex Build(ImmutableArray<NotebookFolder> folders, ImmutableSortedDictionary<string, Notebook> files)
    {
        var index = new NotebookIndex(folders, files, ImmutableDictionary<string, NotebookFile>.Empty, new object());
        var found = ImmutableDictionary.CreateBuilder<string, NotebookFile>();
        foreach (var group in files.Keys.Select(index.FindFile).OfType<NotebookFile>().GroupBy(f => Key(f.WorkspacePath)))
        {
            found[group.Key] = group.OrderByDescending(f => f.Notebook.IsNotebook).ThenBy(f => NotebookFolder.Extensions.IndexOf(NotebookFolder.ExtensionOf(f.Path)!)).First();
        }

        return new NotebookIndex(folders, files, found.ToImmutable(), index.Table);
    }
}
