// Cells and widgets of nbformat 4, the format of .ipynb files. The names of Databricks' own metadata are as its exports have them.
using System.Collections.Immutable;
using System.Text;
using Pipewright.Core.Syntax;
using Pipewright.Core.Text;

namespace Pipewright.Core.Notebooks;

internal static class JupyterReader
{
    private const string NotebookMetadata = "application/vnd.databricks.v1+notebook";

    private const string CellMetadata = "application/vnd.databricks.v1+cell";

    public static CellFile Read(SourceText text)
    {
        if (SyntaxTree.Parse(text, SyntaxLanguage.Json).Root is not MappingSyntax root || Find(root, "cells") is not SequenceSyntax list)
        {
            return new CellFile(NotebookLanguage.Python, false, []);
        }

        var metadata = Find(root, "metadata") as MappingSyntax;
        var databricks = Find(metadata, NotebookMetadata) as MappingSyntax;
        var language = LanguageOf(TextOf(databricks, "language") ?? TextOf(Find(metadata, "language_info") as MappingSyntax, "name") ?? TextOf(Find(metadata, "kernelspec") as MappingSyntax, "language"));
        return new CellFile(language, true, [.. list.Items.OfType<MappingSyntax>().Select(c => ReadCell(c, language)).OfType<NotebookCell>()])
        {
            Widgets = [.. (Find(databricks, "widgets") as MappingSyntax)?.Entries.Select(ReadWidget).OfType<Widget>() ?? []],
        };
    }

    private static NotebookLanguage LanguageOf(string? name) => name?.ToUpperInvariant() switch
    {
        "SQL" => NotebookLanguage.Sql,
        "SCALA" => NotebookLanguage.Scala,
        "R" => NotebookLanguage.R,
        _ => NotebookLanguage.Python,
    };

    private static NotebookCell? ReadCell(MappingSyntax cell, NotebookLanguage language)
    {
        ImmutableArray<ScalarSyntax> lines = Find(cell, "source") switch
        {
            ScalarSyntax whole => [whole],
            SequenceSyntax list => [.. list.Items.OfType<ScalarSyntax>()],
            _ => [],
        };
        var text = new StringBuilder();
        var segments = ImmutableArray.CreateBuilder<CellSegment>(lines.Length);
        foreach (var line in lines.Where(l => l.Kind == ScalarKind.String))
        {
            segments.Add(new CellSegment(text.Length, 0, line));
            text.Append(line.Value);
        }

        var title = TextOf(Find(Find(cell, "metadata") as MappingSyntax, CellMetadata) as MappingSyntax, "title") is { Length: > 0 } given ? given : null;
        var content = new CellText(text.ToString(), segments.ToImmutable());
        return TextOf(cell, "cell_type") switch
        {
            "markdown" => new NotebookCell(NotebookLanguage.Markdown, title, content, 0),
            "code" when !content.Text.AsSpan().IsWhiteSpace() => CellReader.MakeCell(language, title, content),
            _ => null,
        };
    }

    private static Widget? ReadWidget(MappingEntrySyntax entry)
    {
        var widget = entry.Value as MappingSyntax;
        if ((Find(widget, "widgetInfo") ?? Find(widget, "typedWidgetInfo")) is not MappingSyntax settings)
        {
            return null;
        }

        var kind = TextOf(settings, "widgetType")?.ToUpperInvariant() switch
        {
            "DROPDOWN" => WidgetKind.Dropdown,
            "COMBOBOX" => WidgetKind.Combobox,
            "MULTISELECT" => WidgetKind.Multiselect,
            _ => WidgetKind.Text,
        };
        var options = Find(settings, "options");
        var choices = (options as SequenceSyntax ?? Find(options as MappingSyntax, "choices") as SequenceSyntax)?.Items.OfType<ScalarSyntax>().Select(s => s.Value);
        var name = entry.Key;
        return new Widget(
            name.Value, kind, name.ToSourceSpan(new TextSpan(0, name.Value.Length)), TextOf(settings, "defaultValue"), Find(settings, "defaultValue") is ScalarSyntax { Kind: not ScalarKind.Null },
            kind == WidgetKind.Text || choices is null ? null : [.. choices])
        {
            Label = TextOf(settings, "label"),
        };
    }

    private static SyntaxNode? Find(MappingSyntax? mapping, string key) => mapping?.Entries.LastOrDefault(e => e.Key.Value == key)?.Value;

    private static string? TextOf(MappingSyntax? mapping, string key) => Find(mapping, key) is ScalarSyntax { Kind: not ScalarKind.Null } scalar ? scalar.Value : null;
}
