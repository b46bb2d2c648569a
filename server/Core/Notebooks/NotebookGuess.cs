// Where a workspace may have the files of a repository, if nobody says so. Facts by Databricks' documentation of bundles and of Git folders.
using Pipewright.Core.Syntax;
using Pipewright.Core.Text;

namespace Pipewright.Core.Notebooks;

public static class NotebookGuess
{
    /// <summary>Where a bundle's files are in the workspace, by its databricks.yml; null where that depends on who deploys it.</summary>
    public static string? FindBundlePath(string text)
    {
        if (SyntaxTree.Parse(new SourceText(text), SyntaxLanguage.Yaml).Root?.Resolved is not MappingSyntax root || Find(root, "bundle") is not MappingSyntax || Find(root, "workspace") is not MappingSyntax workspace)
        {
            return null;
        }

        var path = (Find(workspace, "file_path") as ScalarSyntax)?.Value ?? (Find(workspace, "root_path") is ScalarSyntax { Value: var rootPath } ? rootPath.TrimEnd('/') + "/files" : null);
        return path is ['/', ..] && !path.Contains("${", StringComparison.Ordinal) ? NotebookIndex.Normalise(path) : null;
    }

    /// <summary>The Git folder that a path is in, and the path in its repository; null for a path elsewhere.</summary>
    /// <param name="workspacePath">As an activity has it.</param>
    public static (string GitFolder, string Path)? SplitGitFolder(string workspacePath)
    {
        // /Repos/USER/REPOSITORY/… and /Users/USER/REPOSITORY/….
        var path = NotebookIndex.Normalise(workspacePath);
        var parts = path.Split('/');
        return parts is ["", "Repos" or "Users", { Length: > 0 }, { Length: > 0 }, { Length: > 0 }, ..] && !parts.Contains("..")
            ? (string.Join('/', parts.Take(4)), string.Join('/', parts.Skip(4)))
            : null;
    }

    private static SyntaxNode? Find(MappingSyntax mapping, string key) => mapping.EffectiveEntries.LastOrDefault(e => e.Key.Value == key)?.Value?.Resolved;
}
