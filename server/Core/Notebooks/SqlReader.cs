// Widgets and tables in SQL. Facts by Databricks' documentation of widgets, of parameter markers and of its SQL.
using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace Pipewright.Core.Notebooks;

internal static partial class SqlReader
{
    /// <summary>Reads what a cell says of widgets, and the tables that it names.</summary>
    public static void Read(Code code, NotebookFindings findings)
    {
        for (var at = 0; at < code.Count; at++)
        {
            if (code.IsKeyword(at, "CREATE") && code.IsKeyword(at + 1, "WIDGET"))
            {
                ReadDeclaration(code, at + 2, findings);
            }
            else if (code.IsKeyword(at, "REMOVE") && code.IsKeyword(at + 1, "WIDGET") && NameAt(code, at + 2) is { Length: > 0 } removed)
            {
                findings.Use(WidgetUseKind.Removal, removed, code.SpanOf(at + 2));
            }
            else if (code.IsMark(at, ':') && code.KindAt(at + 1) == CodeTokenKind.Word && code.IsJoined(at + 1) && !IsPath(code, at))
            {
                findings.Use(WidgetUseKind.Read, code.WordAt(at + 1), code.SpanOf(at + 1));
            }
            else if (code.IsKeyword(at, "getArgument") && code.IsMark(at + 1, '(') && code.KindAt(at + 2) == CodeTokenKind.Text && code.Tokens[at + 2].Text!.Value is { } name)
            {
                findings.Use(code.IsMark(at + 3, ')') ? WidgetUseKind.Read : WidgetUseKind.UncertainRead, name, code.SpanOf(at + 2));
            }
            else
            {
                ReadMarkers(code, at, findings);
            }
        }

        ReadTables(code, findings);
    }

    /// <summary>The tables that statements read and write.</summary>
    public static void ReadTables(Code code, NotebookFindings findings)
    {
        var own = FindOwnNames(code);
        for (var at = 0; at < code.Count; at++)
        {
            var (isWrite, name) = FindTable(code, at);
            if (name > 0 && TableAt(code, name) is var (table, end, isPath) && !code.IsMark(end, '(') && !own.Contains(table.ToUpperInvariant()))
            {
                findings.Access(isWrite, isPath, table, code.SpanOf(name, end));
            }
        }
    }

    /// <summary>Where a table's name begins that a word says to read or write; 0 where it says no such thing.</summary>
    private static (bool IsWrite, int Name) FindTable(Code code, int at)
    {
        if (code.IsKeyword(at, "INTO") || (code.IsKeyword(at, "OVERWRITE") && code.IsKeyword(at - 1, "INSERT")))
        {
            return (true, at + (code.IsKeyword(at + 1, "TABLE") ? 2 : 1));
        }

        if (code.IsKeyword(at, "TABLE") && (code.IsKeyword(at - 1, "CREATE") || code.IsKeyword(at - 1, "REPLACE") || code.IsKeyword(at - 1, "EXTERNAL")))
        {
            return (true, at + (code.IsKeyword(at + 1, "IF") && code.IsKeyword(at + 2, "NOT") ? 4 : 1));
        }

        if (code.IsKeyword(at, "UPDATE") && NameAt(code, at + 1) is not ("" or "SET" or "set") && !code.IsKeyword(at - 1, "THEN"))
        {
            return (true, at + 1);
        }

        return (code.IsKeyword(at, "FROM") && !code.IsKeyword(at - 1, "DISTINCT")) || code.IsKeyword(at, "JOIN")
            ? (code.IsKeyword(at - 1, "DELETE"), at + 1)
            : (false, 0);
    }

    /// <summary>The names in a statement that are no tables: of its WITH, and of views for the time being.</summary>
    private static HashSet<string> FindOwnNames(Code code)
    {
        var names = new HashSet<string>();
        for (var at = 1; at + 1 < code.Count; at++)
        {
            if (code.IsKeyword(at + 1, "AS") && code.IsMark(at + 2, '(') && (code.IsKeyword(at - 1, "WITH") || code.IsMark(at - 1, ',') || code.IsKeyword(at - 1, "RECURSIVE")))
            {
                names.Add(code.WordAt(at).ToUpperInvariant());
            }
            else if (code.IsKeyword(at - 1, "VIEW") && Enumerable.Range(Math.Max(0, at - 6), Math.Min(at, 6)).Any(i => code.IsKeyword(i, "TEMP") || code.IsKeyword(i, "TEMPORARY")))
            {
                names.Add(code.WordAt(at).ToUpperInvariant());
            }
        }

        return names;
    }

    /// <summary>A name with dots, or a path in backticks behind its format.</summary>
    private static (string Name, int End, bool IsPath)? TableAt(Code code, int start)
    {
        if (code.KindAt(start) != CodeTokenKind.Word || code.IsKeyword(start, "IDENTIFIER") || code.IsKeyword(start, "LATERAL") || code.IsKeyword(start, "VALUES") || code.IsKeyword(start, "SELECT"))
        {
            return null;
        }

        var end = start + 1;
        while (code.IsMark(end, '.') && code.KindAt(end + 1) == CodeTokenKind.Word && end < start + 8)
        {
            end += 2;
        }

        // A name that a parameter is part of is not known.
        if (code.IsMark(end, '.') || code.IsMark(end, '{') || code.IsMark(end, '$'))
        {
            return null;
        }

        var last = code.WordAt(end - 1);
        return end - start == 3 && last.AsSpan().IndexOfAny('/', ':') >= 0
            ? (last, end, true)
            : (string.Join('.', Enumerable.Range(0, (end - start + 1) / 2).Select(i => code.WordAt(start + (2 * i)))), end, false);
    }

    private static void ReadDeclaration(Code code, int at, NotebookFindings findings)
    {
        WidgetKind? kind = code.WordAt(at).ToUpperInvariant() switch
        {
            "TEXT" => WidgetKind.Text,
            "DROPDOWN" => WidgetKind.Dropdown,
            "COMBOBOX" => WidgetKind.Combobox,
            "MULTISELECT" => WidgetKind.Multiselect,
            _ => null,
        };
        if (kind is not { } known || NameAt(code, at + 1) is not { Length: > 0 } name)
        {
            return;
        }

        var hasDefault = code.IsKeyword(at + 2, "DEFAULT");
        var value = hasDefault && code.KindAt(at + 3) is CodeTokenKind.Text ? code.Tokens[at + 3].Text!.Value : hasDefault && code.KindAt(at + 3) == CodeTokenKind.Number ? code[at + 3].ToString() : null;
        var choices = at + (hasDefault ? 4 : 2);
        findings.Declare(new Widget(name, known, code.SpanOf(at + 1), value, hasDefault, code.IsKeyword(choices, "CHOICES") ? ReadChoices(code, choices + 1) : null), isWritten: true);
    }

    /// <summary>Choices are what a query gives; they are known if it says them: <c>SELECT * FROM (VALUES ('a'), ('b'))</c>.</summary>
    private static ImmutableArray<string>? ReadChoices(Code code, int start)
    {
        var end = code.FindExpressionEnd(start);
        var values = start;
        while (values < end && !code.IsKeyword(values, "VALUES"))
        {
            if (code.KindAt(values) == CodeTokenKind.Text || code.IsKeyword(values, "WHERE") || code.IsKeyword(values, "JOIN"))
            {
                return null;
            }

            values++;
        }

        var choices = ImmutableArray.CreateBuilder<string>();
        for (var at = values + 1; at < end && !code.IsMark(at, ')'); at += code.IsMark(at + 3, ',') ? 4 : 3)
        {
            if (!code.IsMark(at, '(') || code.KindAt(at + 1) != CodeTokenKind.Text || !code.IsMark(at + 2, ')') || code.Tokens[at + 1].Text!.Value is not { } choice)
            {
                return null;
            }

            choices.Add(choice);
        }

        return choices.Count == 0 ? null : choices.ToImmutable();
    }

    /// <summary>Whether a colon belongs to a path into JSON, to a type cast, or to a label.</summary>
    private static bool IsPath(Code code, int colon) => code.IsJoined(colon)
        && (code.KindAt(colon - 1) is CodeTokenKind.Word or CodeTokenKind.Text or CodeTokenKind.Number || code.IsMark(colon - 1, ':') || code.IsMark(colon - 1, ']') || code.IsMark(colon - 1, ')'));

    /// <summary>The older <c>${name}</c>, which is put in before the text is read, so that it may stand anywhere.</summary>
    private static void ReadMarkers(Code code, int at, NotebookFindings findings)
    {
        if (code.IsMark(at, '$') && code.IsMark(at + 1, '{') && code.IsJoined(at + 1) && code.KindAt(at + 2) == CodeTokenKind.Word && code.IsMark(at + 3, '}'))
        {
            findings.Use(WidgetUseKind.UncertainRead, code.WordAt(at + 2), code.SpanOf(at + 2));
        }
        else if (code.Tokens[at].Text is { } text)
        {
            foreach (var match in Marker().EnumerateMatches(code.Slice(text.ContentStart, text.ContentEnd)))
            {
                var start = text.ContentStart + match.Index + 2;
                var end = start + match.Length - 3;
                findings.Use(WidgetUseKind.UncertainRead, code.Slice(start, end).ToString(), code.ToFile(start, end));
            }
        }
    }

    /// <summary>A name, in quotes of any kind or without them; empty where there is none.</summary>
    private static string NameAt(Code code, int at) => code.KindAt(at) switch
    {
        CodeTokenKind.Word => code.WordAt(at),
        CodeTokenKind.Text => code.Tokens[at].Text!.Value ?? "",
        _ => "",
    };

    [GeneratedRegex(@"\$\{[A-Za-z_][A-Za-z0-9_]*\}", RegexOptions.CultureInvariant)]
    private static partial Regex Marker();
}
