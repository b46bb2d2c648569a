// Which factory a file belongs to. The editor and the command line ask the same question and must get the same answer.
using Pipewright.Core.Factory;
using Pipewright.Core.Schema;

namespace Pipewright.LanguageServer.Workspaces;

/// <summary>Finds factory roots, and remembers what it has seen of the disk; make a new one for a new look.</summary>
internal sealed class FactoryRoots
{
    private static readonly string[] ConfigurationFiles = ["pipewright.yaml", "pipewright.yml"];

    private readonly Dictionary<string, bool> _configured = [];
    private readonly Dictionary<string, int> _kindFolders = [];

    /// <summary>
    /// The root of a file: the nearest folder upward with <c>pipewright.yaml</c>, else the nearest in the workspace folder that holds folders of
    /// the Git form, else the workspace folder.
    /// </summary>
    /// <param name="file">Absolute.</param>
    /// <param name="workspace">The workspace folder that the file is in; null for a file outside of any.</param>
    public string Find(string file, string? workspace)
    {
        var folders = Upward(Path.GetDirectoryName(file)!).ToList();
        return folders.Find(IsConfigured)
            ?? folders.TakeWhile(f => workspace is not null && Contains(workspace, f)).FirstOrDefault(f => CountKindFolders(f) > 0)
            ?? FindAbove(folders, workspace)
            ?? workspace
            ?? folders[0];
    }

    /// <summary>The settings of a root; null where it has none.</summary>
    public static string? FindConfiguration(string root) => ConfigurationFiles.Select(f => Path.Combine(root, f)).FirstOrDefault(File.Exists);

    public static bool IsConfiguration(string path) => ConfigurationFiles.Contains(Path.GetFileName(path), StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether a path is a folder or lies below it.</summary>
    public static bool Contains(string folder, string path) => path.StartsWith(folder, StringComparison.Ordinal)
        && (path.Length == folder.Length || Path.EndsInDirectorySeparator(folder) || path[folder.Length] == Path.DirectorySeparatorChar);

    /// <summary>The folders of the Git form in a folder: those of our names that hold JSON.</summary>
    public static IEnumerable<string> FindKindFolders(string folder) => Directory.Exists(folder)
        ? Directory.EnumerateDirectories(folder, "*", FactoryLoader.Listing).Where(f => IsKindFolder(f) && HoldsJson(f))
        : [];

    /// <summary>
    /// The workspace may be open inside a factory, on <c>pipeline/</c> alone. A folder above it counts only by more than one folder of the
    /// Git form: a single one called <c>pipeline</c> may be anything.
    /// </summary>
    private string? FindAbove(List<string> folders, string? workspace) => folders
        .Where(f => workspace is null || Contains(f, workspace))
        .Where(IsKindFolder)
        .Select(Path.GetDirectoryName)
        .FirstOrDefault(f => f is not null && CountKindFolders(f) > (workspace is null ? 0 : 1));

    private bool IsConfigured(string folder)
    {
        if (!_configured.TryGetValue(folder, out var isConfigured))
        {
            _configured[folder] = isConfigured = FindConfiguration(folder) is not null;
        }

        return isConfigured;
    }

    private int CountKindFolders(string folder)
    {
        if (!_kindFolders.TryGetValue(folder, out var count))
        {
            _kindFolders[folder] = count = FindKindFolders(folder).Count();
        }

        return count;
    }

    /// <summary>The Git form has private endpoints within their network's folder, which is no root for that.</summary>
    private static bool IsKindFolder(string folder) => Path.GetFileName(folder) is var name && FileClassification.GitFolders.TryGetValue(name, out var kind)
        && kind is not (ResourceKind.Factory or ResourceKind.ManagedPrivateEndpoint);

    private static bool HoldsJson(string folder) => Directory.EnumerateFiles(folder, "*.json", FactoryLoader.DeepListing).Any();

    private static IEnumerable<string> Upward(string folder)
    {
        for (var current = folder; current is not null; current = Path.GetDirectoryName(current))
        {
            yield return current;
        }
    }
}
