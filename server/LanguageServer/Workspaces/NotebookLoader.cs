// Reads the notebooks of a factory's folders: of those that its settings name, else of those that can be guessed.
using Pipewright.Core.Factory;
using Pipewright.Core.Notebooks;
using Pipewright.Core.Schema;
using Pipewright.Core.Text;

namespace Pipewright.LanguageServer.Workspaces;

/// <param name="report">Takes a line for each folder and file that could not be read.</param>
internal sealed class NotebookLoader(Action<string> report)
{
    /// <summary>More files than this are no folder of notebooks.</summary>
    private const int MostFiles = 5_000;

    /// <summary>How far above a factory the repository may begin that a guess looks for.</summary>
    private const int MostLevels = 4;

    /// <summary>A bundle's file of more bytes than this is not read.</summary>
    private const long LargestBundle = 1024 * 1024;

    private static readonly EnumerationOptions Listing =
        new() { AttributesToSkip = FileAttributes.ReparsePoint | FileAttributes.Hidden, IgnoreInaccessible = true, RecurseSubdirectories = true, MaxRecursionDepth = 16 };

    /// <summary>The factory with its notebooks.</summary>
    public FactorySnapshot Load(string root, FactorySnapshot factory, CancellationToken cancellation)
    {
        var folders = factory.Configuration.Notebooks.IsEmpty ? Guess(root, factory) : [.. factory.Configuration.Notebooks];
        return folders.Count == 0 ? factory : factory.With(NotebookIndex.Create(folders, folders.SelectMany(f => ReadFolder(root, f, cancellation)).DistinctBy(f => f.Key)));
    }

    /// <summary>Reads one file again; null for one that is not there, or can't be read.</summary>
    /// <param name="file">Absolute.</param>
    public Notebook? Read(string file)
    {
        try
        {
            if (!File.Exists(file))
            {
                return null;
            }

            // A file that is too large for the service still is a notebook; what is in it is not looked at.
            return Notebook.Parse(file, new SourceText(TextFile.Read(file, 4L * Notebook.MostCharacters).Text ?? new string(' ', Notebook.MostCharacters + 1)));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            report($"{file} can't be read: {e.Message}");
            return null;
        }
    }

    private IEnumerable<KeyValuePair<string, Notebook>> ReadFolder(string root, NotebookFolder folder, CancellationToken cancellation)
    {
        var path = Path.GetFullPath(Path.Combine(root, folder.Folder));
        if (!Directory.Exists(path))
        {
            report($"{path}, a folder of notebooks, is not there.");
            yield break;
        }

        foreach (var file in Directory.EnumerateFiles(path, "*", Listing).Where(f => NotebookFolder.ExtensionOf(f) is not null && !IsSkipped(path, f)).Order(StringComparer.Ordinal).Take(MostFiles))
        {
            cancellation.ThrowIfCancellationRequested();
            if (Read(file) is { } notebook)
            {
                yield return KeyValuePair.Create(FactoryLoader.RelativePath(root, file), notebook);
            }
        }
    }

    private static bool IsSkipped(string folder, string file) =>
        FactoryLoader.RelativePath(folder, file).Split('/').SkipLast(1).Any(FactoryLoader.SkippedFolders.Contains);

    private static List<NotebookFolder> Guess(string root, FactorySnapshot factory)
    {
        if (!Path.IsPathRooted(root))
        {
            return [];
        }

        var above = Above(root).ToList();
        foreach (var folder in above)
        {
            if (NotebookGuess.FindBundlePath(ReadText(Path.Combine(folder, "databricks.yml")) ?? ReadText(Path.Combine(folder, "databricks.yaml")) ?? "") is { } workspacePath)
            {
                return [new NotebookFolder(RelativeFolder(root, folder), workspacePath, IsGuessed: true)];
            }
        }

        // A Git folder of the workspace has the same files as the repository that the factory is in.
        var guesses = from symbol in factory.OfKind(ResourceKind.Pipeline)
                      from activity in new ActivityGraph(symbol.Resource).All
                      let called = NotebookContract.PathOf(activity)?.Text
                      where called is not null
                      let split = NotebookGuess.SplitGitFolder(called)
                      where split is not null
                      from folder in above
                      where NotebookFolder.Extensions.Any(e => File.Exists(Path.Combine(folder, split.Value.Path + e)))
                      select new NotebookFolder(RelativeFolder(root, folder), split.Value.GitFolder, IsGuessed: true);
        return [.. guesses.Take(1)];
    }

    private static IEnumerable<string> Above(string root)
    {
        var levels = 0;
        for (var folder = root; folder is not null && levels < MostLevels; folder = Path.GetDirectoryName(folder))
        {
            yield return folder;
            if (Directory.Exists(Path.Combine(folder, ".git")))
            {
                yield break;
            }

            levels++;
        }
    }

    private static string RelativeFolder(string root, string folder) => FactoryLoader.RelativePath(root, folder) is var path && path == "." ? "" : path;

    private static string? ReadText(string file)
    {
        try
        {
            return File.Exists(file) ? TextFile.Read(file, LargestBundle).Text : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
