// Where a cursor is in pipewright.yaml. The text alone tells, by its indentation, so that one that does not parse does not matter.
using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Pipewright.Core.Text;

namespace Pipewright.Core.Features.Configuration;

/// <summary>A key, or the value beside one.</summary>
/// <param name="Path">The keys that it is below, outermost first; of a value its own key is the last.</param>
/// <param name="Span">The word at the cursor; empty where there is none yet.</param>
/// <param name="IsValue">Whether it is a value.</param>
/// <param name="HasColon">Whether the colon of a key is there.</param>
/// <param name="Lead">The space that a value right behind its colon needs.</param>
internal sealed partial record ConfigurationPlace(ImmutableArray<string> Path, TextSpan Span, bool IsValue, bool HasColon, string Lead)
{
    /// <summary>Null in comments, in lists, in braces, and after what is complete.</summary>
    public static ConfigurationPlace? Find(SourceText text, int offset)
    {
        var number = text.GetLine(offset);
        var line = text.GetLineSpan(number);
        var content = text.ToString(line);
        var column = offset - line.Start;
        if (KeyLine().Match(content) is { Success: true } key && column >= key.Groups["key"].Index && column <= key.Groups["key"].Index + key.Groups["key"].Length)
        {
            var word = key.Groups["key"];
            return new ConfigurationPlace(PathOf(text, number, word.Index), new TextSpan(line.Start + word.Index, word.Length), false, key.Groups["colon"].Success, "");
        }

        if (ValueLine().Match(content) is { Success: true } value && column > value.Groups["colon"].Index && column <= value.Groups["value"].Index + value.Groups["value"].Length)
        {
            var word = value.Groups["value"];
            var span = column < word.Index ? new TextSpan(offset, 0) : new TextSpan(line.Start + word.Index, word.Length);
            return new ConfigurationPlace(
                PathOf(text, number, value.Groups["key"].Index).Add(value.Groups["key"].Value), span, true, true, column == value.Groups["colon"].Index + 1 ? " " : "");
        }

        return null;
    }

    /// <summary>The keys below the same key as one in a line, its own left out.</summary>
    public static ImmutableHashSet<string> FindSiblings(SourceText text, int line, int column)
    {
        var found = ImmutableHashSet.CreateBuilder<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var step in (ReadOnlySpan<int>)[-1, 1])
        {
            for (var at = line + step; at >= 0 && at < text.LineCount; at += step)
            {
                var content = text.ToString(text.GetLineSpan(at));
                if (content.AsSpan().IsWhiteSpace() || content.TrimStart().StartsWith('#'))
                {
                    continue;
                }

                var indent = content.Length - content.TrimStart(' ').Length;
                if (indent < column)
                {
                    break;
                }

                if (indent == column && KeyLine().Match(content) is { Success: true } key)
                {
                    found.Add(key.Groups["key"].Value);
                }
            }
        }

        return found.ToImmutable();
    }

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
    [GeneratedRegex(@"^ *(?<key>[A-Za-z][\w.-]*|)(?<colon>\s*:(\s.*)?)?\s*$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex KeyLine();

    [GeneratedRegex(@"^ *(?<key>[A-Za-z][\w.-]*)\s*(?<colon>:)\s*(?<value>[\w.-]*)\s*(#.*)?$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex ValueLine();
}
