// A cursor in braces in pipewright.yaml.
using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Pipewright.Core.Syntax;
using Pipewright.Core.Text;

namespace Pipewright.Core.Features.Configuration;

internal static partial class BracedPlace
{
    /// <summary>A bracket that is open.</summary>
    /// <param name="Key">The key that it is the value of; null where it has none.</param>
    /// <param name="Start">Where the bracket is.</param>
    private sealed record Level(int Start, string? Key, HashSet<string> Siblings)
    {
        /// <summary>Where the member at the cursor begins: behind the bracket, or the last comma.</summary>
        public int MemberStart { get; set; } = Start + 1;
    }

    /// <summary>Whether the cursor is in brackets, and if these are braces where in them; null after what is complete.</summary>
    /// <param name="pathOf">The keys above a line that are further out than a column.</param>
    public static (bool IsInside, ConfigurationPlace? Place) Find(SyntaxTree tree, int offset, Func<int, int, ImmutableArray<string>> pathOf)
    {
        var text = tree.Text;
        if (FindLevels(tree, offset) is not [var outer, ..] levels || IsLost(text, outer.Start, offset))
        {
            return (false, null);
        }

        var line = text.GetLine(outer.Start);
        var lineStart = text.GetLineSpan(line).Start;
        var before = text.ToString(TextSpan.FromBounds(lineStart, outer.Start));
        var path = outer.Key is null ? pathOf(line, before.TrimEnd().Length) : pathOf(line, before.LastIndexOf(outer.Key, StringComparison.Ordinal));
        return (true, text[levels[^1].Start] == '{' ? FindMember(text, offset, levels[^1], path.AddRange(levels.Select(l => l.Key).OfType<string>())) : null);
    }

    /// <summary>Whether a bracket was forgotten to be closed: a line since then stands as far out as its own.</summary>
    private static bool IsLost(SourceText text, int bracket, int offset)
    {
        var first = text.GetLine(bracket);
        var indent = IndentOf(first);
        return Enumerable.Range(first + 1, text.GetLine(offset) - first)
            .Any(l => text.AsSpan(text.GetLineSpan(l)).TrimStart() is [not ('}' or ']' or '#'), ..] && IndentOf(l) <= indent);

        int IndentOf(int line) => text.AsSpan(text.GetLineSpan(line)) is var content ? content.Length - content.TrimStart(' ').Length : 0;
    }

    private static ConfigurationPlace? FindMember(SourceText text, int offset, Level level, ImmutableArray<string> path)
    {
        var start = offset;
        while (start > level.MemberStart && IsOfWord(text[start - 1]))
        {
            start--;
        }

        var end = offset;
        while (end < text.Length && IsOfWord(text[end]))
        {
            end++;
        }

        var member = Member().Match(text.ToString(TextSpan.FromBounds(level.MemberStart, start)));
        var rest = text.AsSpan(TextSpan.FromBounds(end, text.GetLineSpan(text.GetLine(end)).End)).TrimStart();
        var isLast = rest.IsEmpty || rest[0] is ',' or '}' or '#';
        var span = TextSpan.FromBounds(start, end);
        if (!member.Success)
        {
            return null;
        }

        return member.Groups["key"] is { Success: true, Value: var key }
            ? isLast ? new ConfigurationPlace(path.Add(key), span, IsValue: true, HasColon: true, text[start - 1] == ':' ? " " : "", [], IsFlow: true) : null
            : isLast || rest[0] == ':' ? new ConfigurationPlace(path, span, IsValue: false, rest is [':', ..], "", [.. level.Siblings], IsFlow: true) : null;
    }

    /// <summary>The brackets that are open at the cursor, outermost first, each with the keys of all its members that are complete.</summary>
    private static List<Level> FindLevels(SyntaxTree tree, int offset)
    {
        var text = tree.Text;
        var levels = new List<Level>();
        var inner = 0;
        foreach (var token in tree.Tokens)
        {
            if (token.Span.Start >= offset && levels.Count == 0)
            {
                break;
            }

            var isBefore = token.Span.Start < offset;
            var mark = token.Kind == SyntaxTokenKind.Punctuation ? text[token.Span.Start] : '\0';
            if (token.Kind == SyntaxTokenKind.Key && levels.Count > 0 && inner == 0 && !token.Span.Touches(offset))
            {
                levels[^1].Siblings.Add(text.ToString(token.Span));
            }
            else if (mark is '{' or '[')
            {
                inner += isBefore ? 0 : 1;
                if (isBefore)
                {
                    levels.Add(new Level(token.Span.Start, KeyBefore(text, token.Span.Start), []));
                }
            }
            else if (mark is '}' or ']')
            {
                if (!isBefore && inner-- == 0)
                {
                    break;
                }

                if (isBefore && levels.Count > 0)
                {
                    levels.RemoveAt(levels.Count - 1);
                }
            }
            else if (mark == ',' && isBefore && levels.Count > 0)
            {
                levels[^1].MemberStart = token.Span.End;
            }
        }

        return levels;
    }

    private static string? KeyBefore(SourceText text, int bracket) =>
        Key().Match(text.ToString(TextSpan.FromBounds(text.GetLineSpan(text.GetLine(bracket)).Start, bracket))) is { Success: true } key ? key.Groups["key"].Value : null;

    private static bool IsOfWord(char c) => char.IsLetterOrDigit(c) || c is '_' or '.' or '-' or '*';

    [GeneratedRegex(@"(?<key>[A-Za-z][\w.-]*)\s*:\s*$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Key();

    /// <summary>What is written of a member before the word at the cursor: nothing, or a key with its colon.</summary>
    [GeneratedRegex(@"^\s*((?<key>[A-Za-z][\w.-]*)\s*:\s*)?$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Member();
}
