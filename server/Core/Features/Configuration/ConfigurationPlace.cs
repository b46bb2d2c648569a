// Where a cursor is in pipewright.yaml. The text alone tells, by its indentation and its braces, so that one that does not parse does not matter.
using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Pipewright.Core.Syntax;
using Pipewright.Core.Text;

namespace Pipewright.Core.Features.Configuration;

/// <summary>A key, or the value beside one.</summary>
/// <param name="Path">The keys that it is below, outermost first; of a value its own key is the last.</param>
/// <param name="Span">The word at the cursor; empty where there is none yet.</param>
/// <param name="IsValue">Whether it is a value.</param>
/// <param name="HasColon">Whether the colon of a key is there.</param>
/// <param name="Lead">The space that a value right behind its colon needs.</param>
/// <param name="Siblings">The other keys beside it; of a value none.</param>
/// <param name="IsFlow">Whether it is in braces, where all stands in a line.</param>
internal sealed partial record ConfigurationPlace(
    ImmutableArray<string> Path, TextSpan Span, bool IsValue, bool HasColon, string Lead, ImmutableHashSet<string> Siblings, bool IsFlow = false)
{
    private static readonly ImmutableHashSet<string> None = ImmutableHashSet.Create<string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>Null in comments, in brackets, and after what is complete.</summary>
    public static ConfigurationPlace? Find(SyntaxTree tree, int offset) => BracedPlace.Find(tree, offset, (line, column) => PathOf(tree.Text, line, column)) switch
    {
        (true, var place) => place,
        _ => FindByLine(tree.Text, offset),
    };

    private static ConfigurationPlace? FindByLine(SourceText text, int offset)
    {
        var number = text.GetLine(offset);
        var line = text.GetLineSpan(number);
        var content = text.ToString(line);
        var column = offset - line.Start;
        if (KeyLine().Match(content) is { Success: true } key && column >= key.Groups["key"].Index && column <= key.Groups["key"].Index + key.Groups["key"].Length)
        {
            var word = key.Groups["key"];
            return new ConfigurationPlace(PathOf(text, number, word.Index), new TextSpan(line.Start + word.Index, word.Length), false, key.Groups["colon"].Success, "", FindSiblings(text, number, word.Index));
        }

        if (ValueLine().Match(content) is { Success: true } value && column > value.Groups["colon"].Index && column <= value.Groups["value"].Index + value.Groups["value"].Length)
        {
            var word = value.Groups["value"];
            var span = column < word.Index ? new TextSpan(offset, 0) : new TextSpan(line.Start + word.Index, word.Length);
            return new ConfigurationPlace(
                PathOf(text, number, value.Groups["key"].Index).Add(value.Groups["key"].Value), span, true, true, column == value.Groups["colon"].Index + 1 ? " " : "", None);
        }

        return null;
    }

    /// <summary>The keys below the same key as one in a line, its own left out.</summary>
    private static ImmutableHashSet<string> FindSiblings(SourceText text, int line, int column)
    {
        var found = ImmutableHashSet.CreateBuilder<string>(StringComparer.OrdinalIgnoreCase);
        var startsItem = StartsItem(text, line);
        foreach (var step in (ReadOnlySpan<int>)[-1, 1])
        {
            if (step < 0 && startsItem)
            {
                continue;
            }

            for (var row = line + step; row >= 0 && row < text.LineCount; row += step)
            {
                var content = text.ToString(text.GetLineSpan(row));
                if (content.AsSpan().IsWhiteSpace() || content.TrimStart().StartsWith('#'))
                {
                    continue;
                }

                // A dash begins the item of the keys below it, and ends that of those above.
                var key = KeyLine().Match(content);
                var at = key.Success ? key.Groups["key"].Index : content.Length - content.TrimStart(' ').Length;
                var isItem = StartsItem(text, row);
                if (at < column || (isItem && step > 0 && at <= column))
                {
                    break;
                }

                if (at == column && key.Success)
                {
                    found.Add(key.Groups["key"].Value);
                }

                if (isItem && at <= column)
                {
                    break;
                }
            }
        }

        return found.ToImmutable();
    }

    private static bool StartsItem(SourceText text, int line) => text.AsSpan(text.GetLineSpan(line)).TrimStart(' ') is "-" or ['-', ' ', ..];

    private static ImmutableArray<string> PathOf(SourceText text, int line, int column)
    {
        var path = new List<string>();
        for (var at = line - 1; at >= 0 && column > 0; at--)
        {
            var content = text.ToString(text.GetLineSpan(at));
            if (KeyLine().Match(content) is { Success: true } key && key.Groups["key"] is { Length: > 0 } word && word.Index < column)
            {
                path.Insert(0, word.Value);
                column = word.Index;
            }
        }

        return [.. path];
    }

    /// <summary>A key, or the start of one, with whatever is behind its colon.</summary>
    [GeneratedRegex(@"^ *(- +)?(?<key>[A-Za-z][\w.-]*|)(?<colon>\s*:(\s.*)?)?\s*$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex KeyLine();

    [GeneratedRegex(@"^ *(- +)?(?<key>[A-Za-z][\w.-]*)\s*(?<colon>:)\s*(?<value>[\w.*-]*)\s*(#.*)?$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex ValueLine();
}
