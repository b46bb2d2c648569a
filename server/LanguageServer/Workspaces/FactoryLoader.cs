// Finds the factories below a folder and reads their files.
using System.Collections.Immutable;
using Pipewright.Core.Factory;
using Pipewright.Core.Syntax;
using Pipewright.Core.Text;

namespace Pipewright.LanguageServer.Workspaces;

/// <summary>A factory root with what its files hold.</summary>
/// <param name="Path">The root folder, absolute.</param>
internal sealed record LoadedFactory(string Path, FactorySnapshot Snapshot);

/// <param name="kinds">Tells which files are resources.</param>
/// <param name="report">Takes a line for each file that could not be read.</param>
/// <param name="known">What was read before, by root: files and settings that hold the same text still are not taken apart again.</param>
/// <param name="reader">Null for the usual one.</param>
internal sealed class FactoryLoader(FileKinds kinds, Action<string> report, ImmutableDictionary<string, FactorySnapshot>? known = null, ResourceReader? reader = null)
{
    private readonly ResourceReader _reader = reader ?? new ResourceReader(report);

    /// <summary>A file of more bytes than this is not read.</summary>
    private const long LargestFile = SyntaxTree.MostCharacters;

    /// <summary>Settings of more bytes than this are a mistake.</summary>
    private const long LargestConfiguration = 1024 * 1024;

    /// <summary>A folder with more folders than this is no project.</summary>
    private const int MostFolders = 100_000;

    /// <summary>Folders that hold what nobody has written by hand.</summary>
    public static HashSet<string> SkippedFolders { get; } =
        new(StringComparer.OrdinalIgnoreCase) { "node_modules", ".git", "bin", "obj", ".cache", "artifacts", ".vscode", ".idea", ".venv", ".pipewright" };

    private readonly FactoryRoots _roots = new();

    /// <summary>How folders are listed: links to other folders are not followed, and what may not be read is not there.</summary>
    public static EnumerationOptions Listing { get; } = new() { AttributesToSkip = FileAttributes.ReparsePoint, IgnoreInaccessible = true };

    public static EnumerationOptions DeepListing { get; } =
        new() { AttributesToSkip = FileAttributes.ReparsePoint, IgnoreInaccessible = true, RecurseSubdirectories = true, MaxRecursionDepth = 4 };

    private static EnumerationOptions FileListing { get; } = new() { AttributesToSkip = 0, IgnoreInaccessible = true };

    /// <summary>
    /// Reads every factory below a workspace folder, in the order of their paths. A factory whose root lies above the folder is read as a whole, so
    /// that its references resolve.
    /// </summary>
    public IReadOnlyList<LoadedFactory> Load(string folder, CancellationToken cancellation)
    {
        var files = FindFiles(folder, cancellation).Select(f => (Root: _roots.Find(f, folder), File: f)).ToList();
        var above = files.Select(f => f.Root).Distinct().Where(r => !FactoryRoots.Contains(folder, r)).ToList();
        files.AddRange(above.SelectMany(r => FindFilesOf(r, cancellation).Where(f => !FactoryRoots.Contains(folder, f.File))));
        return Read(files, cancellation);
    }

    /// <summary>Reads one factory by its root, which need not be in a workspace folder.</summary>
    public LoadedFactory LoadRoot(string root, CancellationToken cancellation) =>
        Read([.. FindFilesOf(root, cancellation)], cancellation).FirstOrDefault(f => f.Path == root) ?? new LoadedFactory(root, FactorySnapshot.Empty);

    /// <summary>Reads one file; null for one that is no resource file or can't be read.</summary>
    public ResourceDocument? Read(string file, string root)
    {
        var path = RelativePath(root, file);
        if (kinds.Classify(root, path) is not { } classification)
        {
            return null;
        }

        try
        {
            var read = TextFile.Read(file, LargestFile);
            if (read.Text is not { } text)
            {
                return ResourceDocument.CreateUnread(path, classification, read.Size);
            }

            return known?.GetValueOrDefault(root)?.FindDocument(path) is { } before && before.Classification == classification && before.Text.Content == text
                ? before
                : _reader.Read(path, new SourceText(text), classification);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            report($"{file} can't be read: {e.Message}");
            return null;
        }
    }

    /// <summary>Reads the settings of a factory. What is wrong with them is part of them; null for a file that can't be read, or is larger than 1 MB.</summary>
    public static FactoryConfiguration? ReadConfiguration(string file)
    {
        try
        {
            return TextFile.Read(file, LargestConfiguration).Text is { } text ? FactoryConfiguration.Parse(new SourceText(text), Path.GetFileName(file)) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    public static string RelativePath(string root, string file) => Path.GetRelativePath(root, file).Replace('\\', '/');

    /// <summary>The files of a factory. One without settings is only what lies in its folders of the Git form and beside them: anything may lie around these.</summary>
    private IEnumerable<(string Root, string File)> FindFilesOf(string root, CancellationToken cancellation) =>
        (FactoryRoots.FindConfiguration(root) is not null
            ? FindFiles(root, cancellation)
            : FactoryRoots.FindKindFolders(root).SelectMany(f => FindFiles(f, cancellation)).Concat(ListFiles(root)))
        .Select(f => (Root: _roots.Find(f, root), File: f));

    private List<LoadedFactory> Read(List<(string Root, string File)> files, CancellationToken cancellation)
    {
        var documents = new ResourceDocument?[files.Count];
        Parallel.For(0, files.Count, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellation }, i => documents[i] = Read(files[i].File, files[i].Root));
        var factories = new SortedDictionary<string, List<ResourceDocument>>(StringComparer.Ordinal);
        for (var i = 0; i < files.Count; i++)
        {
            if (documents[i] is null && !FactoryRoots.IsConfiguration(files[i].File))
            {
                continue;
            }

            if (!factories.TryGetValue(files[i].Root, out var list))
            {
                factories[files[i].Root] = list = [];
            }

            list.AddRange(documents[i] is { } document ? [document] : []);
        }

        var notebooks = new NotebookLoader(report);
        return [.. factories.Select(f => new LoadedFactory(f.Key, notebooks.Load(f.Key, FactorySnapshot.Empty.With(ConfigurationOf(f.Key)).With(f.Value), cancellation)))];
    }

    private FactoryConfiguration ConfigurationOf(string root)
    {
        if (FactoryRoots.FindConfiguration(root) is not { } file)
        {
            return FactoryConfiguration.Empty;
        }

        if (ReadConfiguration(file) is { } configuration)
        {
            var before = known?.GetValueOrDefault(root)?.Configuration;
            return before?.File is { } same && same.Path == configuration.File?.Path && same.Syntax.Text.Content == configuration.File.Syntax.Text.Content ? before : configuration;
        }

        report($"{file} can't be read, or is larger than {LargestConfiguration >> 20} MB; the factory is taken to have no settings.");
        return FactoryConfiguration.Empty;
    }

    private IEnumerable<string> FindFiles(string folder, CancellationToken cancellation)
    {
        var pending = new Stack<string>([folder]);
        for (var seen = 0; pending.TryPop(out var current); seen++)
        {
            cancellation.ThrowIfCancellationRequested();
            if (seen == MostFolders)
            {
                report($"{folder} holds more than {MostFolders} folders; the rest is not read.");
                yield break;
            }

            foreach (var file in ListFiles(current))
            {
                yield return file;
            }

            foreach (var inner in ListFolders(current).Where(f => !SkippedFolders.Contains(Path.GetFileName(f))))
            {
                pending.Push(inner);
            }
        }
    }

    private string[] ListFiles(string folder) => List(() => [.. Directory.EnumerateFiles(folder, "*", FileListing).Where(IsText)], folder);

    private string[] ListFolders(string folder) => List(() => Directory.GetDirectories(folder, "*", Listing), folder);

    private string[] List(Func<string[]> list, string folder)
    {
        try
        {
            return list();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            report($"{folder} can't be read: {e.Message}");
            return [];
        }
    }

    private static bool IsText(string file) => Path.GetExtension(file).ToUpperInvariant() is ".JSON" or ".YAML" or ".YML";
}
