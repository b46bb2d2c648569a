using Pipewright.Core.Text;

namespace Pipewright.Core.Notebooks;

/// <summary>An argument of a call, by its tokens.</summary>
/// <param name="Name">Of a keyword argument; null for one by position.</param>
internal readonly record struct CodeArgument(string? Name, int Start, int End);

/// <summary>A piece of code of a cell, in tokens.</summary>
internal sealed class Code
{
    /// <summary>How deep code is looked for that is embedded in strings.</summary>
    private const int DeepestEmbedding = 3;

    /// <summary>How far the end of a bracket is looked for that is never closed.</summary>
    private const int MostTokens = 200;

    private readonly CellText _cell;
    private readonly int[] _partners;

    /// <summary>By token the end of its statement.</summary>
    private readonly int[] _ends;

    private Code(CellText cell, NotebookLanguage language, int start, int end)
    {
        _cell = cell;
        Language = language;
        Tokens = CodeLexer.Read(cell.Text, start, end, language);
        _partners = FindPartners();
        _ends = new int[Count];
        for (var at = Count - 1; at >= 0; at--)
        {
            _ends[at] = Tokens[at].Kind == CodeTokenKind.End ? at : at + 1 < Count ? _ends[at + 1] : Count;
        }
    }

    public NotebookLanguage Language { get; }

    public List<CodeToken> Tokens { get; }

    public int Count => Tokens.Count;

    /// <summary>The code of a cell, and the code that is embedded in its strings, outer before inner.</summary>
    public static IEnumerable<Code> ReadAll(NotebookCell cell)
    {
        var pending = new Queue<(Code Code, int Depth)>([(new Code(cell.Text, cell.Language, cell.ContentStart, cell.Text.Text.Length), 0)]);
        while (pending.TryDequeue(out var next))
        {
            yield return next.Code;
            foreach (var piece in next.Depth == DeepestEmbedding ? [] : next.Code.Tokens.Where(t => t.Text is not null).SelectMany(t => t.Text!.Pieces).Where(p => p.Literal is null))
            {
                pending.Enqueue((new Code(cell.Text, cell.Language, piece.Start, piece.End), next.Depth + 1));
            }
        }
    }

    /// <summary>The SQL that a string of this code holds.</summary>
    public Code ReadSql(QuotedText text) => new(_cell, NotebookLanguage.Sql, text.ContentStart, text.ContentEnd);

    public ReadOnlySpan<char> this[int index] => index >= 0 && index < Count ? _cell.Text.AsSpan(Tokens[index].Start, Tokens[index].End - Tokens[index].Start) : [];

    public string WordAt(int index) => index >= 0 && index < Count && Tokens[index] is { Kind: CodeTokenKind.Word } token ? token.Text?.Value ?? this[index].ToString() : "";

    public bool IsWord(int index, string word) => index >= 0 && index < Count && Tokens[index].Kind == CodeTokenKind.Word && this[index].SequenceEqual(word);

    /// <summary>Without regard to case, as SQL has its words.</summary>
    public bool IsKeyword(int index, string word) => index >= 0 && index < Count && Tokens[index] is { Kind: CodeTokenKind.Word, Text: null } && this[index].Equals(word, StringComparison.OrdinalIgnoreCase);

    public bool IsMark(int index, char mark) => index >= 0 && index < Count && Tokens[index].Kind == CodeTokenKind.Mark && _cell.Text[Tokens[index].Start] == mark;

    /// <summary>Whether two tokens touch.</summary>
    public bool IsJoined(int index) => index > 0 && index < Count && Tokens[index - 1].End == Tokens[index].Start;

    public bool IsEnd(int index) => index < 0 || index >= Count || Tokens[index].Kind == CodeTokenKind.End;

    public CodeTokenKind? KindAt(int index) => index >= 0 && index < Count ? Tokens[index].Kind : null;

    /// <summary>The bracket that closes or opens another one; -1 where there is none.</summary>
    public int PartnerOf(int index) => index >= 0 && index < Count ? _partners[index] : -1;

    /// <summary>Whether a mark stands for giving a value: one <c>=</c>, or R's <c>&lt;-</c>.</summary>
    /// <returns>The number of its tokens; 0 where it is none.</returns>
    public int AssignmentAt(int index) => IsMark(index, '=') && !(IsMark(index + 1, '=') && IsJoined(index + 1)) && !(IsMark(index + 1, '>') && IsJoined(index + 1)) ? 1
        : Language == NotebookLanguage.R && IsMark(index, '<') && IsMark(index + 1, '-') && IsJoined(index + 1) ? 2 : 0;

    /// <summary>Where the expression ends that begins at a token: at the end of its statement.</summary>
    public int FindExpressionEnd(int start) => start < Count ? _ends[start] : Count;

    /// <summary>The next token of the same level: behind what a bracket encloses.</summary>
    public int Next(int index, int end) => _partners[index] > index && _partners[index] < end ? _partners[index] + 1 : index + 1;

    /// <summary>The arguments in a bracket, in order; those of an unclosed one as far as anybody writes them.</summary>
    public List<CodeArgument> ArgumentsAt(int open)
    {
        var end = _partners[open] > open ? _partners[open] : Math.Min(Count, open + MostTokens);
        var arguments = new List<CodeArgument>();
        foreach (var (from, to) in Split(open + 1, end, ','))
        {
            var isNamed = KindAt(from) is CodeTokenKind.Word or CodeTokenKind.Text && AssignmentAt(from + 1) == 1 && from + 2 <= to;
            arguments.Add(isNamed ? new CodeArgument(Tokens[from].Text?.Value ?? this[from].ToString(), from + 2, to) : new CodeArgument(null, from, to));
        }

        return arguments;
    }

    /// <summary>The parts between marks at the same level; none of them is empty.</summary>
    public IEnumerable<(int Start, int End)> Split(int start, int end, char mark)
    {
        var from = start;
        for (var at = start; at <= end; at = at == end ? end + 1 : Next(at, end))
        {
            if (at == end || IsMark(at, mark))
            {
                if (at > from)
                {
                    yield return (from, at);
                }

                from = at + 1;
            }
        }
    }

    /// <summary>Where a token, or what a string says, stands in the file.</summary>
    public TextSpan SpanOf(int index) => _cell.ToFile(Tokens[index] is { Text: { } text }
        ? TextSpan.FromBounds(text.ContentStart, text.ContentEnd)
        : TextSpan.FromBounds(Tokens[index].Start, Tokens[index].End));

    public TextSpan SpanOf(int first, int end) => _cell.ToFile(TextSpan.FromBounds(Tokens[first].Start, Tokens[end - 1].End));

    public TextSpan ToFile(int start, int end) => _cell.ToFile(TextSpan.FromBounds(start, end));

    public ReadOnlySpan<char> Slice(int start, int end) => _cell.Text.AsSpan(start, end - start);

    private int[] FindPartners()
    {
        var partners = new int[Tokens.Count];
        Array.Fill(partners, -1);
        var open = new Stack<int>();
        for (var i = 0; i < Tokens.Count; i++)
        {
            if (Tokens[i].Kind != CodeTokenKind.Mark)
            {
                continue;
            }

            var mark = _cell.Text[Tokens[i].Start];
            if (mark is '(' or '[' or '{')
            {
                open.Push(i);
            }
            else if (mark is ')' or ']' or '}' && open.TryPop(out var partner))
            {
                (partners[i], partners[partner]) = (partner, i);
            }
        }

        return partners;
    }
}
