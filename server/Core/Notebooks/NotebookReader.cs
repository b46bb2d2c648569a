// Looks through the code of a notebook's cells for what its callers need to know.
using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Pipewright.Core.Text;

namespace Pipewright.Core.Notebooks;

internal sealed partial class NotebookReader
{
    private static readonly string[] Formats = ["parquet", "csv", "json", "orc", "text", "delta", "avro", "xml"];

    private readonly NotebookFindings _findings = new();
    private readonly CodeValues _values;
    private readonly ReturnedValues _returned;

    private NotebookReader(CodeValues values) => (_values, _returned) = (values, new ReturnedValues(values));

    public static Notebook Read(string path, SourceText text)
    {
        if (text.Length > Notebook.MostCharacters)
        {
            return new Notebook(NotebookLanguage.Other, text) { IsNotebook = true, HasComputedWidgets = true, ReadsAll = true, MayExitElsewhere = true };
        }

        var file = CellReader.Read(path, text);
        var cells = file.Cells.Where(c => c.Language is NotebookLanguage.Python or NotebookLanguage.Scala or NotebookLanguage.R or NotebookLanguage.Sql)
            .SelectMany(Code.ReadAll).ToList();
        var reader = new NotebookReader(new CodeValues(cells));
        foreach (var widget in file.Widgets)
        {
            reader._findings.Declare(widget, isWritten: true);
        }

        foreach (var code in cells)
        {
            reader.ReadCode(code);
        }

        foreach (var cell in file.Cells.Where(c => c.Language == NotebookLanguage.Run))
        {
            reader.ReadInclude(cell);
        }

        return reader._findings.ToNotebook(new Notebook(file.Language, text) { IsNotebook = file.IsNotebook, Cells = file.Cells });
    }

    private void ReadCode(Code code)
    {
        if (code.Language == NotebookLanguage.Sql)
        {
            SqlReader.Read(code, _findings);
            return;
        }

        var isTried = false;
        for (var at = 0; at < code.Count; at++)
        {
            if (code.KindAt(at) != CodeTokenKind.Word)
            {
                continue;
            }

            switch (code.WordAt(at))
            {
                case "try" or "Try" or "tryCatch" or "suppress":
                    isTried = true;
                    break;
                case "dbutils":
                    ReadUtilities(code, at, isTried);
                    break;
                case "getArgument" when code.IsMark(at + 1, '(') && !code.IsMark(at - 1, '.') && !code.IsWord(at - 1, "def"):
                    ReadWidget(code, at + 1, isTried);
                    break;
                case "read" or "readStream" or "write" or "writeStream" or "writeTo" when code.IsMark(at - 1, '.'):
                    ReadChain(code, at);
                    break;
                case "table" or "forName" or "forPath" or "sql" when code.IsMark(at - 1, '.') && code.IsMark(at + 1, '('):
                    ReadTableCall(code, at);
                    break;
            }
        }
    }

    /// <summary><c>dbutils.widgets.x(…)</c> and <c>dbutils.notebook.x(…)</c>. Where <c>dbutils</c> is handed to something else, that may do anything.</summary>
    private void ReadUtilities(Code code, int at, bool isTried)
    {
        if (!code.IsMark(at + 1, '.'))
        {
            _findings.IsHandedOn |= code.AssignmentAt(at + 1) == 0 && !code.IsWord(at - 1, "import") && !code.IsWord(at - 1, "global") && !code.IsMark(at - 1, '.') && !IsDeclared(code, at);
            return;
        }

        var method = code.WordAt(at + 4);
        var open = at + 5;
        var isCall = code.IsMark(at + 3, '.') && code.IsMark(open, '(');
        switch (code.WordAt(at + 2))
        {
            case "widgets" when isCall || method == "removeAll":
                ReadWidgetCall(code, method, open, isTried);
                break;
            case "notebook" when isCall && method == "exit":
                var argument = code.ArgumentsAt(open).FirstOrDefault();
                _findings.Exit(code.SpanOf(at, open), _returned.OfExit(new CodeExpression(code, argument.Start, argument.End)));
                break;
            case "notebook" when isCall && method == "run":
                ReadRun(code, open);
                break;
            case "notebook" when code.IsWord(at + 4, "entry_point"):
                _findings.ReadsAll = true;
                break;
            case "widgets" or "notebook" when method is not "help":
                _findings.IsHandedOn = true;
                break;
        }
    }

    /// <summary>A parameter of a function, or a type behind the name.</summary>
    private static bool IsDeclared(Code code, int at) => code.IsMark(at + 1, ':') || (code.IsWord(at - 2, "def") && code.IsMark(at - 1, '('));

    private void ReadWidgetCall(Code code, string method, int open, bool isTried)
    {
        switch (method)
        {
            case "text" or "dropdown" or "combobox" or "multiselect":
                ReadDeclaration(code, method, open);
                break;
            case "get" or "getArgument":
                ReadWidget(code, open, isTried);
                break;
            case "getAll":
                _findings.ReadsAll = true;
                break;
            case "remove":
                NoteUse(code, open, WidgetUseKind.Removal);
                break;
            case "removeAll":
                _findings.HasComputedWidgets = true;
                break;
        }
    }

    private void ReadWidget(Code code, int open, bool isTried) =>
        NoteUse(code, open, isTried || code.ArgumentsAt(open).Count > 1 ? WidgetUseKind.UncertainRead : WidgetUseKind.Read);

    private void NoteUse(Code code, int open, WidgetUseKind kind)
    {
        if (code.ArgumentsAt(open) is not [var first, ..])
        {
            return;
        }

        if (_values.TextOf(new CodeExpression(code, first.Start, first.End)) is { } name)
        {
            _findings.Use(kind, name, SpanOf(code, first), IsWritten(code, first));
        }
        else if (kind == WidgetUseKind.Removal)
        {
            _findings.HasComputedWidgets = true;
        }
        else
        {
            _findings.ReadsAll = true;
        }
    }

    private void ReadDeclaration(Code code, string method, int open)
    {
        var arguments = code.ArgumentsAt(open);
        var hasChoices = method != "text";
        var name = Find(arguments, "name", 0);
        if (name is not { } named || named.Start >= named.End || _values.TextOf(new CodeExpression(code, named.Start, named.End)) is not { } text)
        {
            _findings.HasComputedWidgets |= arguments.Count > 0;
            return;
        }

        var value = Find(arguments, "defaultValue", 1);
        var choices = hasChoices ? Find(arguments, "choices", 2) : null;
        var kind = method switch { "text" => WidgetKind.Text, "dropdown" => WidgetKind.Dropdown, "combobox" => WidgetKind.Combobox, _ => WidgetKind.Multiselect };
        _findings.Declare(
            new Widget(text, kind, SpanOf(code, named), TextOf(code, value), value is not null, choices is { } list ? _values.TextsOf(new CodeExpression(code, list.Start, list.End)) : null)
            {
                Label = TextOf(code, Find(arguments, "label", hasChoices ? 3 : 2)),
            },
            IsWritten(code, named));
    }

    private string? TextOf(Code code, CodeArgument? argument) => argument is { } given ? _values.TextOf(new CodeExpression(code, given.Start, given.End)) : null;

    private static CodeArgument? Find(List<CodeArgument> arguments, string name, int place)
    {
        foreach (var argument in arguments)
        {
            if (argument.Name == name)
            {
                return argument;
            }
        }

        return place < arguments.Count && arguments[place].Name is null ? arguments[place] : null;
    }

    private static bool IsWritten(Code code, CodeArgument argument) => argument.End - argument.Start == 1 && code.Tokens[argument.Start] is { Kind: CodeTokenKind.Text, Text.Value: { } value } token
        && code.Slice(token.Text.ContentStart, token.Text.ContentEnd).SequenceEqual(value);

    private static TextSpan SpanOf(Code code, CodeArgument argument) =>
        argument.End - argument.Start == 1 ? code.SpanOf(argument.Start) : code.SpanOf(argument.Start, Math.Max(argument.Start + 1, argument.End));

    private void ReadRun(Code code, int open)
    {
        var arguments = code.ArgumentsAt(open);
        if (Find(arguments, "path", 0) is not { } path || path.Start >= path.End)
        {
            return;
        }

        var passed = Find(arguments, "arguments", 2);
        _findings.Link(new NotebookLink(false, _values.TextOf(new CodeExpression(code, path.Start, path.End)), SpanOf(code, path), passed is { } map ? KeysOf(code, map) : []));
    }

    /// <summary>The literal keys of a map: <c>{"a": 1}</c>, <c>Map("a" -> 1)</c>, <c>list(a = 1)</c>.</summary>
    private static ImmutableArray<string> KeysOf(Code code, CodeArgument map)
    {
        var keys = ImmutableArray.CreateBuilder<string>();
        for (var at = map.Start; at < map.End; at++)
        {
            var isKey = code.IsMark(at + 1, ':') || (code.IsMark(at + 1, '-') && code.IsMark(at + 2, '>')) || code.AssignmentAt(at + 1) == 1;
            if (isKey && (code.IsMark(at - 1, '{') || code.IsMark(at - 1, '(') || code.IsMark(at - 1, ',')) && (code.Tokens[at].Text?.Value ?? code.WordAt(at)) is { Length: > 0 } key)
            {
                keys.Add(key);
            }
        }

        return keys.ToImmutable();
    }

    /// <summary><c>%run ./other $name="value"</c>.</summary>
    private void ReadInclude(NotebookCell cell)
    {
        if (Include().Match(cell.Content) is { Success: true } match)
        {
            var path = match.Groups["path"];
            var span = cell.Text.ToFile(new TextSpan(cell.ContentStart + path.Index, path.Length));
            _findings.Link(new NotebookLink(true, path.Value, span, [.. Passed().Matches(cell.Content).Select(m => m.Groups["name"].Value)]));
        }
    }

    /// <summary><c>spark.read.format(…).load("path")</c> and its like. Up to the next read or write, which is looked at for itself.</summary>
    private void ReadChain(Code code, int start)
    {
        var isWrite = code.WordAt(start) is "write" or "writeStream" or "writeTo";
        if (code.IsWord(start, "writeTo"))
        {
            NoteAccess(code, start + 1, true, isPath: false);
            return;
        }

        for (var at = start + 1; FindLink(code, at) is var (word, next) && code.WordAt(word) is not ("read" or "write" or "readStream" or "writeStream"); at = next)
        {
            var name = code.WordAt(word);
            if (code.IsMark(word + 1, '(') && (Formats.Contains(name) || name is "load" or "save" or "start"))
            {
                NoteAccess(code, word + 1, isWrite, isPath: true);
            }
            else if (name is "saveAsTable" or "insertInto" or "toTable" && code.IsMark(word + 1, '('))
            {
                NoteAccess(code, word + 1, true, isPath: false);
            }
        }
    }

    /// <summary>The next member of a chain of calls, and what comes behind it.</summary>
    private static (int Word, int Next)? FindLink(Code code, int at)
    {
        var dot = at;
        while (code.KindAt(dot) == CodeTokenKind.End && code.Language == NotebookLanguage.Scala)
        {
            dot++;
        }

        if (!code.IsMark(dot, '.') || code.KindAt(dot + 1) != CodeTokenKind.Word)
        {
            return null;
        }

        return (dot + 1, code.IsMark(dot + 2, '(') && code.PartnerOf(dot + 2) > 0 ? code.PartnerOf(dot + 2) + 1 : dot + 2);
    }

    private void ReadTableCall(Code code, int at)
    {
        switch (code.WordAt(at))
        {
            case "table":
                NoteAccess(code, at + 1, false, isPath: false);
                break;
            case "forName" or "forPath" when code.IsWord(at - 2, "DeltaTable"):
                NoteAccess(code, at + 1, false, code.IsWord(at, "forPath"));
                NoteAccess(code, at + 1, true, code.IsWord(at, "forPath"));
                break;
            case "sql" when code.ArgumentsAt(at + 1) is [{ Name: null } first, ..] && first.End - first.Start == 1 && code.Tokens[first.Start] is { Kind: CodeTokenKind.Text, Text: { Value: not null } text }:
                SqlReader.ReadTables(code.ReadSql(text), _findings);
                break;
        }
    }

    /// <summary>The argument that names what is read or written: the first one that is a text, as another may be the session.</summary>
    private void NoteAccess(Code code, int open, bool isWrite, bool isPath)
    {
        foreach (var argument in code.ArgumentsAt(open).Take(2).Where(a => a.Name is null or "path" or "name" or "tableName"))
        {
            if (_values.TextOf(new CodeExpression(code, argument.Start, argument.End)) is { Length: > 0 } name)
            {
                _findings.Access(isWrite, isPath, name, SpanOf(code, argument));
                return;
            }
        }
    }

    [GeneratedRegex("""^\s*("(?<path>[^"\n]+)"|'(?<path>[^'\n]+)'|(?<path>[^\s"']+))""", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Include();

    [GeneratedRegex("""\$(?<name>[A-Za-z_]\w*)\s*=""", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Passed();
}
