using System.Security.Cryptography;
using System.Text;
using Pipewright.Core.Notebooks;
using Pipewright.Core.Text;

namespace Pipewright.Deployment.Notebooks;

/// <summary>Which texts are the same notebook. A workspace writes line ends and the last newline as it likes, and gives a notebook of Jupyter's back as source.</summary>
public static class NotebookText
{
    private static readonly (string Language, string Extension)[] Extensions = [("PYTHON", ".py"), ("SQL", ".sql"), ("SCALA", ".scala"), ("R", ".r")];

    public static bool IsSame(NotebookContent wanted, LiveNotebook live) => FingerprintOf(wanted) == FingerprintOf(live, wanted.IsJupyter);

    public static bool IsSame(LiveNotebook one, LiveNotebook other) => FingerprintOf(one, isByCells: false) == FingerprintOf(other, isByCells: false);

    /// <summary>The same for two texts that are the same notebook.</summary>
    public static string FingerprintOf(NotebookContent content) => Hash(content.IsJupyter ? CellsOf(content.Text, ".ipynb") : $"{content.Language}\n{Normalise(content.Text)}");

    /// <param name="isByCells">Whether it is compared with one of Jupyter's, of which only the cells are known.</param>
    public static string FingerprintOf(LiveNotebook live, bool isByCells) =>
        Hash(isByCells ? CellsOf(live.Source, ExtensionOf(live.Language)) : $"{live.Language}\n{Normalise(live.Source)}");

    /// <summary>A source with plain line ends, and none at its end.</summary>
    public static string Normalise(string source) => source.TrimStart('\uFEFF').ReplaceLineEndings("\n").TrimEnd('\n');

    /// <summary>The extension of a language's files; that of Python's for one that is not known.</summary>
    public static string ExtensionOf(string language) => Extensions.FirstOrDefault(e => e.Language.Equals(language, StringComparison.OrdinalIgnoreCase)).Extension ?? ".py";

    /// <summary>The language as workspaces name it; null for one that no notebook is written in.</summary>
    public static string? WordOf(NotebookLanguage language) => language switch
    {
        NotebookLanguage.Python => "PYTHON",
        NotebookLanguage.Sql => "SQL",
        NotebookLanguage.Scala => "SCALA",
        NotebookLanguage.R => "R",
        _ => null,
    };

    private static string CellsOf(string text, string extension)
    {
        var notebook = Notebook.Parse("notebook" + extension, new SourceText(text));
        return string.Join("\n\u001E\n", notebook.Cells.Select(c => $"{c.Language}\n{TextOf(c)}").Prepend(notebook.Language.ToString()));
    }

    /// <summary>A cell of Markdown says that it is one in a source only; any other has the same magic in both formats.</summary>
    private static string TextOf(NotebookCell cell) => Normalise(cell.Language == NotebookLanguage.Markdown ? cell.Content : cell.Text.Text).Trim();

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
