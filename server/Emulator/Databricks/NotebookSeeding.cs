using Pipewright.Core.Notebooks;

namespace Pipewright.Emulator.Databricks;

/// <summary>Fills the workspace from folders of notebooks.</summary>
internal static class NotebookSeeding
{
    /// <param name="option"><c>FOLDER=/PATH</c>, as <c>--notebooks</c> takes it.</param>
    /// <returns>Null for what is none.</returns>
    public static NotebookFolder? Read(string option) => option.LastIndexOf('=') is var at and > 0 && option[(at + 1)..] is ['/', ..] path ? new NotebookFolder(option[..at], path.TrimEnd('/')) : null;

    public static void Fill(WorkspaceTree tree, NotebookFolder folder)
    {
        if (!Directory.Exists(folder.Folder))
        {
            Console.Error.WriteLine($"'{folder.Folder}' is no folder, so there are no notebooks to begin with.");
            return;
        }

        tree.MakeFolder(folder.WorkspacePath.Length == 0 ? "/" : folder.WorkspacePath);
        foreach (var file in Directory.EnumerateFiles(folder.Folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            var path = $"{folder.WorkspacePath}/{Path.GetRelativePath(folder.Folder, file).Replace('\\', '/')}";
            if (NotebookFolder.ExtensionOf(path) is { } extension && ReadNotebook(extension, File.ReadAllText(file)) is var (language, source))
            {
                tree.MakeFolder(path[..Math.Max(1, path.LastIndexOf('/'))]);
                tree.Put(path[..^extension.Length], WorkspaceItem.Notebook, language.Name, source, overwrite: true);
            }
        }
    }

    /// <summary>Null for a file that is no notebook.</summary>
    private static (SourceLanguage Language, string Source)? ReadNotebook(string extension, string content)
    {
        if (extension == ".ipynb")
        {
            return NotebookSource.OfJupyter(content);
        }

        var language = SourceLanguage.All.First(l => l.Extension == extension);
        return SourceLanguage.OfHeader(content, language) == language ? (language, NotebookSource.WithHeader(language, content)) : null;
    }
}
