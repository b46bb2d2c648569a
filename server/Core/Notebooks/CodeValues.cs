// What expressions say, where they can be read off: literals, what is put together of them, and constants.
using System.Collections.Immutable;
using System.Text;

namespace Pipewright.Core.Notebooks;

/// <summary>An expression in a piece of code, by its tokens.</summary>
internal readonly record struct CodeExpression(Code Code, int Start, int End)
{
    public bool IsEmpty => Start >= End;
}

/// <summary>The values of a notebook's expressions. A constant is what is given a value at one place only.</summary>
internal sealed class CodeValues
{
    /// <summary>How many constants may lead to one another, and brackets enclose one another.</summary>
    public const int Deepest = 16;

    /// <summary>A longer text is no name and no choice.</summary>
    private const int MostCharacters = 10_000;

    private static readonly string[] Keywords = ["for", "as", "def", "global", "nonlocal", "del"];

    private readonly Dictionary<string, CodeExpression?> _constants = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<(CodeExpression Key, CodeExpression Value)>> _members = new(StringComparer.Ordinal);
    private readonly HashSet<string> _changed = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string?> _texts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ImmutableArray<string>?> _lists = new(StringComparer.Ordinal);

    public CodeValues(IEnumerable<Code> codes)
    {
        foreach (var code in codes)
        {
            FindConstants(code);
        }
    }

    /// <summary>What a name stands for; null where that is not known, or changes.</summary>
    public CodeExpression? FindConstant(string name) => _constants.GetValueOrDefault(name);

    /// <summary>The members that are given to a constant later on.</summary>
    public IReadOnlyList<(CodeExpression Key, CodeExpression Value)> MembersOf(string name) => _members.TryGetValue(name, out var members) ? members : [];

    /// <summary>Whether methods are called that may change what a constant holds.</summary>
    public bool IsChanged(string name) => _changed.Contains(name);

    /// <summary>The text of an expression; null where it is computed.</summary>
    public string? TextOf(CodeExpression expression, int depth = 0)
    {
        var (code, start, end) = expression;
        if (expression.IsEmpty || depth > Deepest)
        {
            return null;
        }

        if (code.IsMark(start, '(') && code.PartnerOf(start) == end - 1)
        {
            return TextOf(new CodeExpression(code, start + 1, end - 1), depth + 1);
        }

        if (end - start == 1)
        {
            return code.KindAt(start) switch
            {
                CodeTokenKind.Text => Join(code.Tokens[start].Text!, depth),
                CodeTokenKind.Number => code[start].ToString(),
                CodeTokenKind.Word when code.Language != NotebookLanguage.Sql => TextOfConstant(code.WordAt(start), depth),
                _ => null,
            };
        }

        if (CallOf(expression, "paste0") is { } pasted)
        {
            return Join(pasted.Select(a => a.Name is null ? TextOf(new CodeExpression(code, a.Start, a.End), depth + 1) : null));
        }

        if (CallOf(expression, "str") is [{ Name: null } only])
        {
            return TextOf(new CodeExpression(code, only.Start, only.End), depth + 1);
        }

        return Enumerable.Range(start, end - start).All(i => code.KindAt(i) == CodeTokenKind.Text)
            ? Join(Enumerable.Range(start, end - start).Select(i => Join(code.Tokens[i].Text!, depth)))
            : JoinSum(expression, depth);
    }

    /// <summary>The texts of a list; null where one is computed.</summary>
    public ImmutableArray<string>? TextsOf(CodeExpression expression, int depth = 0)
    {
        var (code, start, end) = expression;
        if (expression.IsEmpty || depth > Deepest)
        {
            return null;
        }

        if (end - start == 1 && code.KindAt(start) == CodeTokenKind.Word)
        {
            return TextsOfConstant(code.WordAt(start), depth);
        }

        var open = code.IsMark(end - 1, ')') || code.IsMark(end - 1, ']') ? code.PartnerOf(end - 1) : -1;
        var isList = open == start || (open == start + 1 && code.WordAt(start) is "Seq" or "List" or "Array" or "Vector" or "c" or "list" or "tuple" or "IndexedSeq");
        if (!isList)
        {
            return null;
        }

        var texts = code.Split(open + 1, end - 1, ',').Select(p => TextOf(new CodeExpression(code, p.Start, p.End), depth + 1)).ToList();
        return texts.Contains(null) ? null : [.. texts.OfType<string>()];
    }

    /// <summary>The arguments of an expression that is nothing but a call of a function, in whichever module; null for another.</summary>
    public static List<CodeArgument>? CallOf(CodeExpression expression, string function)
    {
        var (code, start, end) = expression;
        var open = code.IsMark(end - 1, ')') ? code.PartnerOf(end - 1) : -1;
        if (open <= start || !code.IsWord(open - 1, function))
        {
            return null;
        }

        for (var at = start; at < open - 1; at++)
        {
            if (code.KindAt(at) != CodeTokenKind.Word && !code.IsMark(at, '.') && !code.IsMark(at, ':'))
            {
                return null;
            }
        }

        return code.ArgumentsAt(open);
    }

    private string? JoinSum(CodeExpression expression, int depth)
    {
        var (code, start, end) = expression;
        var parts = code.Split(start, end, '+').ToList();
        return parts.Count < 2 || code.IsMark(start, '+') ? null : Join(parts.Select(p => TextOf(new CodeExpression(code, p.Start, p.End), depth + 1)));
    }

    private static string? Join(IEnumerable<string?> parts)
    {
        var joined = new StringBuilder();
        foreach (var part in parts)
        {
            if (part is null || joined.Length + part.Length > MostCharacters)
            {
                return null;
            }

            joined.Append(part);
        }

        return joined.ToString();
    }

    private string? Join(QuotedText text, int depth) => Join(text.Pieces.Select(p => p.Literal ?? TextOfEmbedded(text, p, depth)));

    private string? TextOfEmbedded(QuotedText text, TextPiece piece, int depth) => EmbeddedNames.TryGetValue((text, piece.Start), out var name) ? TextOfConstant(name, depth) : null;

    /// <summary>The names that stand alone as embedded code, by the string and the place.</summary>
    private Dictionary<(QuotedText Text, int Start), string> EmbeddedNames { get; } = new(new PlaceComparer());

    private string? TextOfConstant(string name, int depth)
    {
        if (!_texts.TryGetValue(name, out var text) && FindConstant(name) is { } expression)
        {
            // A constant that leads to itself has no text.
            _texts[name] = null;
            text = _texts[name] = TextOf(expression, depth + 1);
        }

        return text;
    }

    private ImmutableArray<string>? TextsOfConstant(string name, int depth)
    {
        if (!_lists.TryGetValue(name, out var texts) && FindConstant(name) is { } expression && !IsChanged(name) && MembersOf(name).Count == 0)
        {
            _lists[name] = null;
            texts = _lists[name] = TextsOf(expression, depth + 1);
        }

        return texts;
    }

    private void FindConstants(Code code)
    {
        if (code.Language is not (NotebookLanguage.Python or NotebookLanguage.Scala or NotebookLanguage.R))
        {
            return;
        }

        var depth = 0;
        for (var at = 0; at < code.Count; at++)
        {
            depth += code.IsMark(at, '(') || code.IsMark(at, '[') ? 1 : code.IsMark(at, ')') || code.IsMark(at, ']') ? -1 : 0;
            if (code.Tokens[at] is { Text: { } quoted, Kind: CodeTokenKind.Text })
            {
                NoteEmbedded(code, quoted);
            }

            if (code.KindAt(at) != CodeTokenKind.Word || code.IsMark(at - 1, '.'))
            {
                continue;
            }

            var name = code.WordAt(at);
            if (Keywords.Any(k => code.IsWord(at - 1, k)) || (IsOperator(code, at + 1) && code.AssignmentAt(at + 2) > 0))
            {
                _constants[name] = null;
            }
            else if (depth <= 0 && AssignmentBehind(code, at) is > 0 and var value)
            {
                _constants[name] = _constants.ContainsKey(name) || code.IsMark(at - 1, ',') || code.IsWord(at - 1, "var")
                    ? null
                    : new CodeExpression(code, value, code.FindExpressionEnd(value));
            }
            else
            {
                NoteChanges(code, at, name);
            }
        }
    }

    /// <summary>Where the value begins that a name is given; 0 where it is not given any. A type may stand between.</summary>
    private static int AssignmentBehind(Code code, int at)
    {
        var next = at + 1;
        if (code.IsMark(next, ':') && code.Language != NotebookLanguage.R)
        {
            next++;
            while (code.KindAt(next) == CodeTokenKind.Word || code.IsMark(next, '.'))
            {
                next++;
            }

            next = code.IsMark(next, '[') ? code.PartnerOf(next) + 1 : next;
        }

        var width = code.AssignmentAt(next);
        return width == 0 ? 0 : next + width;
    }

    private static bool IsOperator(Code code, int at) => "+-*/%|&^:".Any(c => code.IsMark(at, c)) && code.IsJoined(at + 1);

    private void NoteChanges(Code code, int at, string name)
    {
        if (code.IsMark(at + 1, '.') && code.IsMark(at + 3, '(') && code.WordAt(at + 2) is "update" or "pop" or "setdefault" or "clear" or "append" or "extend" or "remove" or "insert" or "popitem")
        {
            _changed.Add(name);
        }
        else if (code.IsMark(at + 1, '[') && code.PartnerOf(at + 1) is > 0 and var close && code.AssignmentAt(close + 1) is > 0 and var width)
        {
            var value = close + 1 + width;
            (_members.TryGetValue(name, out var members) ? members : _members[name] = [])
                .Add((new CodeExpression(code, at + 2, close), new CodeExpression(code, value, code.FindExpressionEnd(value))));
        }
    }

    private void NoteEmbedded(Code code, QuotedText text)
    {
        foreach (var piece in text.Pieces.Where(p => p.Literal is null))
        {
            var name = code.Slice(piece.Start, piece.End).Trim();
            if (!name.IsEmpty && (char.IsLetter(name[0]) || name[0] == '_') && name.IndexOfAnyExcept(WordCharacters) < 0)
            {
                EmbeddedNames[(text, piece.Start)] = name.ToString();
            }
        }
    }

    private static readonly System.Buffers.SearchValues<char> WordCharacters = System.Buffers.SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_");

    /// <summary>Strings are compared by what they are, not by what they say.</summary>
    private sealed class PlaceComparer : IEqualityComparer<(QuotedText Text, int Start)>
    {
        public bool Equals((QuotedText Text, int Start) x, (QuotedText Text, int Start) y) => ReferenceEquals(x.Text, y.Text) && x.Start == y.Start;

        public int GetHashCode((QuotedText Text, int Start) place) => HashCode.Combine(System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(place.Text), place.Start);
    }
}
