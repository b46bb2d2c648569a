using System.Collections.Immutable;
using Pipewright.Core.Factory;
using Pipewright.Core.Text;
using Pipewright.LanguageServer.Workspaces;

namespace Pipewright.LanguageServer.CommandLine;

/// <summary>The PATHs of a verb that takes several, or a text on standard input that stands for a file.</summary>
/// <param name="Paths">At least one.</param>
/// <param name="Input">The text that the only path has; null where files are read.</param>
internal sealed record FactoryPaths(ImmutableArray<FactoryPath> Paths, string? Input)
{
    /// <summary>What stands for standard input.</summary>
    public const string StandardInput = "-";

    /// <exception cref="UnusablePathException">One of them does not exist, or standard input is asked for without the name of a file or beside others.</exception>
    /// <param name="name">The file that the text on standard input is of; null for none.</param>
    /// <param name="read">Gives the text on standard input.</param>
    public static FactoryPaths Resolve(IReadOnlyList<string> paths, string? name, Func<string> read)
    {
        if (paths is [StandardInput] && name is not null)
        {
            return FileClassification.Classify(Path.GetFullPath(name).Replace('\\', '/')) is not null
                ? new FactoryPaths([new FactoryPath(Path.GetFullPath(name))], read())
                : throw new UnusablePathException($"'{name}' is the name of no resource file: one ends with .pipeline.yaml and the like, or is JSON in a folder such as pipeline/.");
        }

        if (name is not null || paths.Contains(StandardInput) || paths.Count == 0)
        {
            throw new UnusablePathException("Name paths, or '-' for standard input with '--stdin-path', the name of the file that it is of.");
        }

        return new FactoryPaths([.. paths.Select(p => FactoryPath.Resolve(p) ?? throw new UnusablePathException($"'{p}' is no file or folder."))], null);
    }

    /// <summary>Reads each factory that a path is of or holds once, as a whole, with the text on standard input in its file's place.</summary>
    public IReadOnlyList<LoadedFactory> Load(Action<string> report, CancellationToken cancellation) => Input is { } text
        ? [LoadAround(Paths[0].Path, text, report, cancellation)]
        : [.. Paths.DistinctBy(p => p.Origin).SelectMany(p => p.Load(report, cancellation)).DistinctBy(f => f.Path)];

    /// <summary>The resource files of a factory that a path names, by path.</summary>
    public IEnumerable<ResourceDocument> FindDocuments(LoadedFactory factory) => Paths is [var path]
        ? path.FindDocuments(factory)
        : Paths.SelectMany(p => p.FindDocuments(factory)).DistinctBy(d => d.Path).OrderBy(d => d.Path, StringComparer.Ordinal);

    public bool Contains(string file) => Paths.Any(p => p.Contains(file));

    /// <summary>Relative to the only PATH; to the current folder where there are several, or standard input is read.</summary>
    public string Relative(string file) => Paths is [var path] && Input is null ? path.Relative(file) : FactoryLoader.RelativePath(Environment.CurrentDirectory, file);

    /// <summary>As <see cref="FactoryPath.RelativeToRepository"/>.</summary>
    public string RelativeToRepository(string file) => Paths[0].RelativeToRepository(file);

    /// <summary>The factory that a file is or would be of.</summary>
    private static LoadedFactory LoadAround(string file, string text, Action<string> report, CancellationToken cancellation)
    {
        var folder = Path.GetDirectoryName(file)!;
        while (!Directory.Exists(folder))
        {
            folder = Path.GetDirectoryName(folder)!;
        }

        var root = new FactoryRoots().Find(file, FactoryPath.FindRepository(folder));
        var factory = new FactoryLoader(FileKinds.Default, report).LoadRoot(root, cancellation);
        var path = FactoryLoader.RelativePath(root, file);
        return ResourceDocument.Create(path, new SourceText(text)) is { } document
            ? factory with { Snapshot = factory.Snapshot.With(document) }
            : throw new UnusablePathException($"'{path}' is no resource file of the factory in '{root}'.");
    }
}

/// <summary>What a command line names can't be taken; the message says why.</summary>
internal sealed class UnusablePathException(string message) : Exception(message);
