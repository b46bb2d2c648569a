// The source format of notebooks, and the way from it to Jupyter's and back; by Databricks' documentation of notebook formats.
using System.Text;
using System.Text.Json.Nodes;
using Pipewright.Core.Notebooks;
using Pipewright.Core.Text;

namespace Pipewright.Emulator.Databricks;

/// <summary>A language that notebooks are written in.</summary>
/// <param name="Name">As the API spells it.</param>
/// <param name="Mark">What begins a comment.</param>
internal sealed record SourceLanguage(string Name, string Mark, string Extension, NotebookLanguage Language)
{
    public static IReadOnlyList<SourceLanguage> All { get; } =
    [
        new("PYTHON", "#", ".py", NotebookLanguage.Python), new("SQL", "--", ".sql", NotebookLanguage.Sql),
        new("SCALA", "//", ".scala", NotebookLanguage.Scala), new("R", "#", ".r", NotebookLanguage.R),
    ];

    /// <summary>The line that makes a file a notebook.</summary>
    public string Header => Mark + " Databricks notebook source";

    public string Separator => Mark + " COMMAND ----------";

    public string Magic => Mark + " MAGIC";

    public static SourceLanguage? Find(string? name) => All.FirstOrDefault(l => l.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>The language whose first line a text has; null for none. Of Python and R, which have the same, <paramref name="preferred"/>, else Python.</summary>
    public static SourceLanguage? OfHeader(string content, SourceLanguage? preferred)
    {
        var first = content.TrimStart('\uFEFF').Split('\n', 2)[0].TrimEnd();
        return preferred?.Header == first ? preferred : All.FirstOrDefault(l => l.Header == first);
    }
}

internal static class NotebookSource
{
    /// <summary>A source with the first line that makes it a notebook.</summary>
    public static string WithHeader(SourceLanguage language, string content)
    {
        var text = content.TrimStart('\uFEFF').ReplaceLineEndings("\n");
        return SourceLanguage.OfHeader(text, language) == language ? text : $"{language.Header}\n{text}";
    }

    /// <summary>The source of a notebook in Jupyter's format; null for what is none.</summary>
    public static (SourceLanguage Language, string Content)? OfJupyter(string json)
    {
        var notebook = Notebook.Parse("n.ipynb", new SourceText(json));
        if (!notebook.IsNotebook || SourceLanguage.All.FirstOrDefault(l => l.Language == notebook.Language) is not { } language)
        {
            return null;
        }

        var text = new StringBuilder(language.Header).Append('\n');
        var isFirst = true;
        foreach (var cell in notebook.Cells)
        {
            text.Append(isFirst ? "" : $"\n{language.Separator}\n\n");
            isFirst = false;
            var content = cell.Text.Text.TrimEnd('\n');
            var isOwn = cell.Language == notebook.Language && cell.ContentStart == 0;
            content = cell is { Language: NotebookLanguage.Markdown, ContentStart: 0 } ? "%md\n" + content : content;
            foreach (var line in content.Split('\n'))
            {
                text.Append(isOwn ? line : line.Length == 0 ? language.Magic : $"{language.Magic} {line}").Append('\n');
            }
        }

        return (language, text.ToString());
    }

    /// <summary>A notebook in Jupyter's format.</summary>
    public static string ToJupyter(string name, SourceLanguage language, string source)
    {
        var notebook = Notebook.Parse(name + language.Extension, new SourceText(source));
        var cells = notebook.Cells.Select(cell => cell.Language == NotebookLanguage.Markdown
            ? new JsonObject { ["cell_type"] = "markdown", ["metadata"] = new JsonObject(), ["source"] = LinesOf(cell.Content.TrimStart('\n', ' ')) }
            : new JsonObject
            {
                ["cell_type"] = "code",
                ["execution_count"] = null,
                ["metadata"] = new JsonObject(),
                ["outputs"] = new JsonArray(),
                ["source"] = LinesOf(cell.Text.Text.Trim('\n')),
            });
        return new JsonObject
        {
            ["cells"] = new JsonArray([.. cells]),
            ["metadata"] = new JsonObject
            {
                ["application/vnd.databricks.v1+notebook"] = new JsonObject { ["language"] = language.Name.ToLowerInvariant(), ["notebookName"] = name, ["widgets"] = new JsonObject() },
                ["language_info"] = new JsonObject { ["name"] = language.Name.ToLowerInvariant() },
            },
            ["nbformat"] = 4,
            ["nbformat_minor"] = 0,
        }.ToJsonString();
    }

    private static JsonArray LinesOf(string text)
    {
        var lines = text.Split('\n');
        return new JsonArray([.. lines.Select((l, at) => (JsonNode)(at < lines.Length - 1 ? l + "\n" : l))]);
    }
}
