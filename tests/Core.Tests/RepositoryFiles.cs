// Files of the repository that tests read where they are, so that a change of them needs no build.
namespace Pipewright.Core.Tests;

internal static class RepositoryFiles
{
    public static string Root { get; } = Find();

    /// <summary>The files below a folder of the repository by their paths within it, with <c>/</c> between the parts, in the order of these.</summary>
    public static IEnumerable<(string Path, string Text)> Read(string folder) =>
        Directory.EnumerateFiles(Path.Combine(Root, folder), "*", SearchOption.AllDirectories)
            .Select(f => (Path.GetRelativePath(Path.Combine(Root, folder), f).Replace('\\', '/'), File.ReadAllText(f))).OrderBy(f => f.Item1, StringComparer.Ordinal);

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "LanguageServer.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException("The tests run from below the repository's root.");
    }
}
