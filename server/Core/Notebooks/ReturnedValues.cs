// What a notebook gives back, from the argument of dbutils.notebook.exit.
using Pipewright.Core.Syntax;
using Pipewright.Core.Text;

namespace Pipewright.Core.Notebooks;

internal sealed class ReturnedValues(CodeValues values)
{
    /// <summary>How many more parts of values are looked at: constants that use each other could go on without end.</summary>
    private int _patience = 20_000;

    /// <summary>The value that a pipeline sees of a text that a notebook exits with.</summary>
    public ReturnedValue OfExit(CodeExpression expression, int depth = 0)
    {
        var (code, start, end) = expression;
        if (expression.IsEmpty || depth > CodeValues.Deepest)
        {
            return ReturnedValue.Any;
        }

        if (code.IsMark(start, '(') && code.PartnerOf(start) == end - 1)
        {
            return OfExit(new CodeExpression(code, start + 1, end - 1), depth + 1);
        }

        if (CodeValues.CallOf(expression, "dumps") is [{ Name: null or "obj" } dumped, ..])
        {
            return Of(new CodeExpression(code, dumped.Start, dumped.End), depth + 1);
        }

        if (CodeValues.CallOf(expression, "toJSON") is [{ Name: null or "x" } written, ..])
        {
            return Of(new CodeExpression(code, written.Start, written.End), depth + 1);
        }

        if (values.TextOf(expression) is { } text)
        {
            return OfText(text);
        }

        return end - start != 1 ? ReturnedValue.Any
            : code.Tokens[start] is { Kind: CodeTokenKind.Text, Text: { } quoted } ? OfTemplate(quoted)
            : values.FindConstant(code.WordAt(start)) is { } constant ? OfExit(constant, depth + 1) : ReturnedValue.Any;
    }

    /// <summary>A text in which code is embedded: JSON if it looks like it, with values that are not known.</summary>
    private static ReturnedValue OfTemplate(QuotedText quoted)
    {
        if (quoted.Pieces is not [{ Literal: { } first }, ..])
        {
            return ReturnedValue.Any;
        }

        // A number may stand where a value is embedded, in quotes and without them; the name of one says that nothing is known of it.
        return first.AsSpan().TrimStart() switch
        {
            ['{' or '[', ..] => ReadJson(string.Concat(quoted.Pieces.Select(p => p.Literal ?? Unknown))) ?? ReturnedValue.Any,
            [] => ReturnedValue.Any,
            _ => ReturnedValue.Text,
        };
    }

    private const string Unknown = "901234567890123";

    private static ReturnedValue OfText(string text) => text.AsSpan().Trim() switch
    {
        ['{' or '[', ..] => ReadJson(text) ?? ReturnedValue.Text,
        _ => ReturnedValue.Text,
    };

    private static ReturnedValue? ReadJson(string text)
    {
        var tree = SyntaxTree.Parse(new SourceText(text), SyntaxLanguage.Json);
        return tree.Diagnostics.IsEmpty && tree.Root is { } root ? OfJson(root, 0) : null;
    }

    private static ReturnedValue OfJson(SyntaxNode? node, int depth) => node switch
    {
        _ when depth > CodeValues.Deepest => ReturnedValue.Any,
        MappingSyntax mapping => new ReturnedValue(
            ReturnedKind.Object, [.. mapping.Entries.DistinctBy(e => e.Key.Value).Where(e => !e.Key.Value.Contains(Unknown, StringComparison.Ordinal)).Select(e => new ReturnedMember(e.Key.Value, OfJson(e.Value, depth + 1)))],
            mapping.Entries.Any(e => e.Key.Value.Contains(Unknown, StringComparison.Ordinal))),
        SequenceSyntax => ReturnedValue.Of(ReturnedKind.Array),
        ScalarSyntax { Kind: ScalarKind.String } => ReturnedValue.Text,
        ScalarSyntax { Value: Unknown } => ReturnedValue.Any,
        ScalarSyntax { Kind: ScalarKind.Integer or ScalarKind.Float } => ReturnedValue.Of(ReturnedKind.Number),
        ScalarSyntax { Kind: ScalarKind.Boolean } => ReturnedValue.Of(ReturnedKind.Boolean),
        ScalarSyntax { Kind: ScalarKind.Null } => ReturnedValue.Of(ReturnedKind.Null),
        _ => ReturnedValue.Any,
    };

    /// <summary>The JSON that an expression is written as.</summary>
    private ReturnedValue Of(CodeExpression expression, int depth)
    {
        var (code, start, end) = expression;
        if (expression.IsEmpty || depth > CodeValues.Deepest || --_patience < 0)
        {
            return ReturnedValue.Any;
        }

        if (code.IsMark(start, '(') && code.PartnerOf(start) == end - 1)
        {
            return code.Split(start + 1, end - 1, ',').Skip(1).Any() ? ReturnedValue.Of(ReturnedKind.Array) : Of(new CodeExpression(code, start + 1, end - 1), depth + 1);
        }

        if (code.Language == NotebookLanguage.Python && code.IsMark(start, '{') && code.PartnerOf(start) == end - 1)
        {
            return OfPairs(code, start, ':', depth);
        }

        if (code.IsMark(start, '[') && code.PartnerOf(start) == end - 1)
        {
            return ReturnedValue.Of(ReturnedKind.Array);
        }

        if ((CodeValues.CallOf(expression, "dict") ?? (code.Language == NotebookLanguage.R ? CodeValues.CallOf(expression, "list") : null)) is { } named)
        {
            return new ReturnedValue(
                named is [{ Name: null }, ..] && code.Language == NotebookLanguage.R ? ReturnedKind.Array : ReturnedKind.Object,
                [.. named.Where(a => a.Name is not null).DistinctBy(a => a.Name).Select(a => new ReturnedMember(a.Name!, code.Language == NotebookLanguage.R && !IsNested(code, a) ? ReturnedValue.Any : Of(new CodeExpression(code, a.Start, a.End), depth + 1)))],
                named.Exists(a => a.Name is null));
        }

        return end - start == 1 ? OfToken(code, start, depth) : OfCall(code, end);
    }

    /// <summary>R writes a single value as a list of one, unless it is told not to.</summary>
    private static bool IsNested(Code code, CodeArgument argument) => code.IsWord(argument.Start, "list");

    private static ReturnedValue OfCall(Code code, int end)
    {
        var open = code.IsMark(end - 1, ')') ? code.PartnerOf(end - 1) : -1;
        return open < 1 ? ReturnedValue.Any : code.WordAt(open - 1) switch
        {
            "count" or "len" or "int" or "float" or "round" or "sum" when code.Language == NotebookLanguage.Python => ReturnedValue.Of(ReturnedKind.Number),
            "str" or "isoformat" or "strftime" when code.Language == NotebookLanguage.Python => ReturnedValue.Text,
            "bool" when code.Language == NotebookLanguage.Python => ReturnedValue.Of(ReturnedKind.Boolean),
            _ => ReturnedValue.Any,
        };
    }

    private ReturnedValue OfToken(Code code, int at, int depth) => code.KindAt(at) switch
    {
        CodeTokenKind.Text => ReturnedValue.Text,
        CodeTokenKind.Number => ReturnedValue.Of(ReturnedKind.Number),
        CodeTokenKind.Word => code.WordAt(at) switch
        {
            "True" or "False" or "true" or "false" or "TRUE" or "FALSE" => ReturnedValue.Of(ReturnedKind.Boolean),
            "None" or "null" or "NULL" => ReturnedValue.Of(ReturnedKind.Null),
            var name => values.FindConstant(name) is { } constant ? WithLaterMembers(name, Of(constant, depth + 1), depth) : ReturnedValue.Any,
        },
        _ => ReturnedValue.Any,
    };

    /// <summary>An object may be given members after it was made.</summary>
    private ReturnedValue WithLaterMembers(string name, ReturnedValue value, int depth)
    {
        if (value.Kind != ReturnedKind.Object || (_patience -= values.MembersOf(name).Count) < 0)
        {
            return value with { IsOpen = true };
        }

        var later = values.MembersOf(name).Select(m => (Key: values.TextOf(m.Key), m.Value)).ToList();
        var members = value.Members.Concat(later.Where(m => m.Key is not null).Select(m => new ReturnedMember(m.Key!, Of(m.Value, depth + 1)))).DistinctBy(m => m.Name);
        return value with { Members = [.. members], IsOpen = value.IsOpen || values.IsChanged(name) || later.Exists(m => m.Key is null) };
    }

    private ReturnedValue OfPairs(Code code, int open, char mark, int depth)
    {
        var members = new List<ReturnedMember>();
        var isOpen = false;
        foreach (var (start, end) in code.Split(open + 1, code.PartnerOf(open), ','))
        {
            var colon = FindMark(code, start, end, mark);
            if (colon > start && !code.IsWord(start, "for") && values.TextOf(new CodeExpression(code, start, colon)) is { } key)
            {
                members.Add(new ReturnedMember(key, Of(new CodeExpression(code, colon + 1, end), depth + 1)));
            }
            else
            {
                isOpen = true;
            }
        }

        return new ReturnedValue(ReturnedKind.Object, [.. members.DistinctBy(m => m.Name)], isOpen);
    }

    private static int FindMark(Code code, int start, int end, char mark)
    {
        for (var at = start; at < end; at = code.Next(at, end))
        {
            if (code.IsMark(at, mark))
            {
                return at;
            }
        }

        return -1;
    }
}
