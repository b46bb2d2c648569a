// Finds the factories below a folder and reads their files.
using Pipewright.Core.Factory;
using Pipewright.Core.Text;

namespace Pipewright.LanguageServer.Workspaces;

/// <summary>A factory root with what its files hold.</summary>
/// <param name="Path">The root folder, absolute.</param>
internal sealed record LoadedFactory(string Path, FactorySnapshot Snapshot);

internal static class FactoryLoader
{
    public const string ConfigurationFile = "pipewright.yaml";

    /// <param name="path">Relative to the root.</param>
    public static bool IsConfiguration(string path) => path == ConfigurationFile;

    /// <summary>A file larger than this is no resource that the service would take (its own limit is 2 MB).</summary>
    private const long LargestFile = 4 * 1024 * 1024;

    private static readonly HashSet<string> SkippedFolders =
        new(StringComparer.OrdinalIgnoreCase) { "node_modules", ".git", "bin", "obj", ".cache", "artifacts", ".vscode", ".idea", ".pipewright" };

    /// <summary>Reads every factory below a folder. A file that can't be read is reported and left out.</summary>
    /// <param name="report">Takes a line for each file that could not be read.</param>
    public static IReadOnlyList<LoadedFactory> Load(string folder, Action<string> report, CancellationToken cancellation)
    {
        var byRoot = new SortedDictionary<string, List<ResourceDocument>>(StringComparer.Ordinal);
        foreach (var file in FindFiles(folder))
        {
            cancellation.ThrowIfCancellationRequested();
            var root = FindRoot(file, folder);
            if (Read(file, root, report) is { } document)
            {
                if (!byRoot.TryGetValue(root, out var documents))
                {
                    byRoot[root] = documents = [];
                }

                documents.Add(document);
            }
        }

        return [.. byRoot.Select(r => new LoadedFactory(r.Key, FactorySnapshot.Empty.With(r.Value)))];
    }

    /// <summary>Reads one file; null for one that is no resource file or can't be read.</summary>
    public static ResourceDocument? Read(string file, string root, Action<string> report)
    {
        var path = RelativePath(root, file);
        if (FileClassification.Classify(path) is null)
        {
            return null;
        }

        try
        {
            if (new FileInfo(file).Length > LargestFile)
            {
                report($"{file} is larger than {LargestFile >> 20} MB and is left out.");
                return null;
            }

            return ResourceDocument.Create(path, new SourceText(File.ReadAllText(file)));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            report($"{file} can't be read: {e.Message}");
            return null;
        }
    }

    public static string RelativePath(string root, string file) => Path.GetRelativePath(root, file).Replace('\\', '/');

    /// <summary>
    /// The root that a file belongs to: the nearest folder upward that holds <c>pipewright.yaml</c>, else the nearest that holds the Git form's
    /// folders, else <paramref name="outermost"/>. Folders above <paramref name="outermost"/> are not looked at.
    /// </summary>
    public static string FindRoot(string file, string outermost)
    {
        var folders = FoldersUpward(file, outermost).ToList();
        return folders.Find(f => File.Exists(Path.Combine(f, ConfigurationFile)))
            ?? folders.Find(HoldsKindFolders)
            ?? outermost;
    }

    private static IEnumerable<string> FoldersUpward(string file, string outermost)
    {
        for (var folder = Path.GetDirectoryName(file); folder is not null; folder = Path.GetDirectoryName(folder))
        {
            yield return folder;
            if (folder.Length <= outermost.Length)
            {
                yield break;
            }
        }
    }

    private static bool HoldsKindFolders(string folder) =>
        FileClassification.GitFolders.Keys.Any(kind => kind != "factory" && Directory.Exists(Path.Combine(folder, kind)));

    private static IEnumerable<string> FindFiles(string folder)
    {
        var pending = new Stack<string>([folder]);
        while (pending.TryPop(out var current))
        {
            string[] files;
            string[] folders;
            try
            {
                files = Directory.GetFiles(current);
                folders = Directory.GetDirectories(current);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                continue;
            }

            foreach (var file in files.Where(f => FileClassification.Classify(RelativePath(folder, f)) is not null
                || FileClassification.Classify(RelativePath(Path.GetDirectoryName(folder) ?? folder, f)) is not null))
            {
                yield return file;
            }

            foreach (var inner in folders.Where(f => !SkippedFolders.Contains(Path.GetFileName(f)) && new DirectoryInfo(f).LinkTarget is null))
            {
                pending.Push(inner);
            }
        }
    }
}
