using Pipewright.Core.Factory;
using Pipewright.LanguageServer.Workspaces;

namespace Pipewright.LanguageServer.CommandLine;

/// <summary>What a PATH on the command line stands for.</summary>
/// <param name="Path">The file or folder, absolute.</param>
internal sealed record FactoryPath(string Path)
{
    private string? _repository;

    private string Base => Directory.Exists(Path) ? Path : System.IO.Path.GetDirectoryName(Path)!;

    /// <summary>Null for a path that does not exist.</summary>
    public static FactoryPath? Resolve(string path)
    {
        var full = path.Length == 0 ? "" : System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(path));
        return File.Exists(full) || Directory.Exists(full) ? new FactoryPath(full) : null;
    }

    /// <summary>
    /// Reads each factory that PATH is of or holds, as a whole, so that references to files outside of PATH resolve. A file is taken to be of the
    /// repository around it.
    /// </summary>
    public IReadOnlyList<LoadedFactory> Load(Action<string> report, CancellationToken cancellation)
    {
        var loader = new FactoryLoader(FileKinds.Default, report);
        if (Directory.Exists(Path))
        {
            return loader.Load(Path, cancellation);
        }

        return FindRepository(Base) is { } repository
            ? loader.Load(repository, cancellation)
            : [loader.LoadRoot(new FactoryRoots().Find(Path, null), cancellation)];
    }

    /// <summary>The folder that <see cref="Load"/> reads: paths that have the same one need be read only once.</summary>
    public string Origin => Directory.Exists(Path) ? Path : FindRepository(Base) ?? new FactoryRoots().Find(Path, null);

    /// <summary>The resource files of a factory that PATH names, by path. Those that only look like ours are not among them.</summary>
    public IEnumerable<ResourceDocument> FindDocuments(LoadedFactory factory) => factory.Snapshot.Documents.Values
        .Where(d => !d.IsForeign && Contains(System.IO.Path.Combine(factory.Path, d.Path)))
        .OrderBy(d => d.Path, StringComparer.Ordinal);

    public bool Contains(string file) => FactoryRoots.Contains(Path, System.IO.Path.GetFullPath(file));

    /// <summary>Relative to PATH, or to the folder of a PATH that is a file, with <c>/</c> between its parts.</summary>
    public string Relative(string file) => FactoryLoader.RelativePath(Base, file);

    /// <summary>As a build service names a file: relative to the repository around it, else to the current folder, with <c>/</c> between its parts; absolute outside of both.</summary>
    public string RelativeToRepository(string file)
    {
        var root = _repository ??= FindRepository(Base) ?? Environment.CurrentDirectory;
        var full = System.IO.Path.GetFullPath(file);
        return FactoryRoots.Contains(root, full) ? FactoryLoader.RelativePath(root, full) : full;
    }

    /// <summary>The folder of the repository around a folder; null where there is none.</summary>
    internal static string? FindRepository(string folder)
    {
        for (var current = folder; current is not null; current = System.IO.Path.GetDirectoryName(current))
        {
            if (System.IO.Path.Exists(System.IO.Path.Combine(current, ".git")))
            {
                return current;
            }
        }

        return null;
    }
}
