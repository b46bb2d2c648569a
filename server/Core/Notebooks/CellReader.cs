// Takes a file apart into cells: the source format with its separators, and nbformat 4. Facts by Databricks' documentation of notebook formats.
using System.Collections.Immutable;
using System.Text;
using Pipewright.Core.Text;

namespace Pipewright.Core.Notebooks;

/// <summary>The cells of a file, with what else it says of itself.</summary>
internal sealed record CellFile(NotebookLanguage Language, bool IsNotebook, ImmutableArray<NotebookCell> Cells)
{
    /// <summary>The widgets that the file's own metadata lists.</summary>
    public ImmutableArray<Widget> Widgets { get; init; } = [];
}

internal static class CellReader
{
    private const string Header = " Databricks notebook source";

    private const string Separator = " COMMAND ----------";

    public static CellFile Read(string path, SourceText text)
    {
        var extension = path[(path.LastIndexOf('.') + 1)..].ToUpperInvariant();
        if (extension == "IPYNB")
        {
            return JupyterReader.Read(text);
        }

        var (language, mark) = extension switch
        {
            "SQL" => (NotebookLanguage.Sql, "--"),
            "SCALA" => (NotebookLanguage.Scala, "//"),
            "R" => (NotebookLanguage.R, "#"),
            _ => (NotebookLanguage.Python, "#"),
        };
        var isNotebook = LineAt(text, 0).TrimStart('\uFEFF').SequenceEqual(mark + Header);
        return new CellFile(language, isNotebook, ReadCells(text, language, mark, isNotebook ? 1 : 0));
    }

    /// <summary>The language of a cell by its first line, and where its content begins.</summary>
    public static NotebookCell MakeCell(NotebookLanguage language, string? title, CellText text)
    {
        var content = text.Text;
        var start = content.Length - content.AsSpan().TrimStart().Length;
        if (start == content.Length || content[start] != '%')
        {
            return new NotebookCell(language, title, text, 0);
        }

        var word = start;
        while (word < content.Length && content[word] == '%')
        {
            word++;
        }

        var end = word;
        while (end < content.Length && (char.IsLetter(content[end]) || content[end] is '-' or '_'))
        {
            end++;
        }

        return content[word..end].ToUpperInvariant() switch
        {
            "PYTHON" or "PY" => new NotebookCell(NotebookLanguage.Python, title, text, end),
            "SQL" => new NotebookCell(NotebookLanguage.Sql, title, text, end),
            "SCALA" => new NotebookCell(NotebookLanguage.Scala, title, text, end),
            "R" => new NotebookCell(NotebookLanguage.R, title, text, end),
            "MD" or "MD-SANDBOX" => new NotebookCell(NotebookLanguage.Markdown, title, text, end),
            "RUN" => new NotebookCell(NotebookLanguage.Run, title, text, end),

            // A line of its own before code: `%pip install x` may be followed by what is run after it.
            "PIP" or "CONDA" or "LOAD_EXT" or "AUTORELOAD" or "MATPLOTLIB" or "SET_CELL_MAX_OUTPUT_SIZE_IN_MB" or "SKIP" or "TIME" => new NotebookCell(language, title, text, LineEnd(content, end)),
            _ => new NotebookCell(NotebookLanguage.Other, title, text, end),
        };
    }

    private static int LineEnd(string text, int from) => text.IndexOf('\n', from) is var at and >= 0 ? at : text.Length;

    private static ImmutableArray<NotebookCell> ReadCells(SourceText text, NotebookLanguage language, string mark, int firstLine)
    {
        var cells = ImmutableArray.CreateBuilder<NotebookCell>();
        var first = firstLine;
        for (var line = firstLine; line <= text.LineCount; line++)
        {
            if (line == text.LineCount || LineAt(text, line).Trim().SequenceEqual(mark + Separator))
            {
                AddCells(cells, text, language, mark, first, line);
                first = line + 1;
            }
        }

        return cells.ToImmutable();
    }

    /// <summary>A cell's lines that are behind <c>MAGIC</c> are of the language that they say; what stands beside them is of the notebook's own.</summary>
    private static void AddCells(ImmutableArray<NotebookCell>.Builder cells, SourceText text, NotebookLanguage language, string mark, int first, int end)
    {
        string? title = null;
        var plain = new CellBuilder();
        var magic = new CellBuilder();
        for (var line = first; line < end; line++)
        {
            var span = text.GetLineSpan(line);
            var content = text.AsSpan(span);
            if (content.StartsWith(mark + " DBTITLE "))
            {
                title ??= content.IndexOf(',') is var comma and > 0 ? content[(comma + 1)..].Trim().ToString() : null;
            }
            else if (content.StartsWith(mark + " MAGIC"))
            {
                var start = span.Start + mark.Length + " MAGIC".Length;
                start += start < span.End && text[start] == ' ' ? 1 : 0;
                magic.AddLine(text, TextSpan.FromBounds(start, span.End));
            }
            else
            {
                plain.AddLine(text, span);
            }
        }

        foreach (var cell in new[] { magic, plain }.Where(c => !c.IsBlank))
        {
            cells.Add(MakeCell(language, title, cell.Build()));
        }
    }

    private static ReadOnlySpan<char> LineAt(SourceText text, int line) => text.AsSpan(text.GetLineSpan(line));

    /// <summary>Puts lines together to the text of a cell.</summary>
    private sealed class CellBuilder
    {
        private readonly StringBuilder _text = new();
        private readonly ImmutableArray<CellSegment>.Builder _segments = ImmutableArray.CreateBuilder<CellSegment>();

        public bool IsBlank { get; private set; } = true;

        public void AddLine(SourceText text, TextSpan span)
        {
            IsBlank &= text.AsSpan(span).IsWhiteSpace();
            _segments.Add(new CellSegment(_text.Length, span.Start, null));
            _text.Append(text.AsSpan(span)).Append(span.End < text.Length ? "\n" : "");
        }

        public CellText Build() => new(_text.ToString(), _segments.ToImmutable());
    }
}
