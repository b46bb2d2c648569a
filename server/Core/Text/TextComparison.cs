// The changes that lead from one text to another, as few and as small as a person would make them.
using System.Collections.Immutable;

namespace Pipewright.Core.Text;

public static class TextComparison
{
    /// <summary>Beyond so many different lines, all that lies between the first and the last of them is one change.</summary>
    private const int MostDifferences = 600;

    /// <summary>Finds the changes by lines; within lines that are put in place of each other only what is different.</summary>
    /// <returns>In text order; they do not overlap.</returns>
    public static ImmutableArray<TextChange> FindChanges(SourceText before, SourceText after)
    {
        var (left, right) = (LinesOf(before), LinesOf(after));
        var changes = ImmutableArray.CreateBuilder<TextChange>();
        var (x, y, from, to) = (0, 0, 0, 0);
        foreach (var (sameLeft, sameRight) in FindSame(left, right).Append((left.Length, right.Length)))
        {
            var (leftEnd, rightEnd) = (from + LengthOf(left, x, sameLeft), to + LengthOf(right, y, sameRight));
            if (sameLeft > x || sameRight > y)
            {
                changes.Add(Trim(before, after, TextSpan.FromBounds(from, leftEnd), TextSpan.FromBounds(to, rightEnd)));
            }

            var same = LengthOf(left, sameLeft, Math.Min(sameLeft + 1, left.Length));
            (x, y, from, to) = (sameLeft + 1, sameRight + 1, leftEnd + same, rightEnd + same);
        }

        return changes.ToImmutable();
    }

    /// <summary>The lines with their line breaks.</summary>
    private static string[] LinesOf(SourceText text) => [.. Enumerable.Range(0, text.LineCount).Select(l => text.ToString(TextSpan.FromBounds(
        text.GetLineSpan(l).Start, l + 1 < text.LineCount ? text.GetLineSpan(l + 1).Start : text.Length)))];

    private static int LengthOf(string[] lines, int from, int to) => lines.Skip(from).Take(to - from).Sum(l => l.Length);

    private static TextChange Trim(SourceText before, SourceText after, TextSpan left, TextSpan right)
    {
        var a = before.AsSpan(left);
        var b = after.AsSpan(right);
        var start = a.CommonPrefixLength(b);
        start -= start > 0 && (char.IsHighSurrogate(a[start - 1]) || a[start - 1] == '\r') ? 1 : 0;
        var end = 0;
        while (end < Math.Min(a.Length, b.Length) - start && a[^(end + 1)] == b[^(end + 1)])
        {
            end++;
        }

        end -= end > 0 && (char.IsLowSurrogate(a[^end]) || a[^end] == '\n') ? 1 : 0;
        return new TextChange(new TextSpan(left.Start + start, a.Length - start - end), b[start..^end].ToString());
    }

    /// <summary>The pairs of equal lines in order: those at both ends, and what Myers' algorithm finds between them.</summary>
    private static List<(int Left, int Right)> FindSame(string[] left, string[] right)
    {
        var start = left.AsSpan().CommonPrefixLength(right);
        var end = 0;
        while (end < Math.Min(left.Length, right.Length) - start && left[^(end + 1)] == right[^(end + 1)])
        {
            end++;
        }

        return
        [
            .. Enumerable.Range(0, start).Select(i => (i, i)),
            .. FindSameBetween(left[start..^end], right[start..^end]).Select(p => (p.Left + start, p.Right + start)),
            .. Enumerable.Range(0, end).Select(i => (left.Length - end + i, right.Length - end + i)),
        ];
    }

    /// <summary>Eugene W. Myers' greedy search for the shortest edit script (1986); none are the same where that is long.</summary>
    private static List<(int Left, int Right)> FindSameBetween(string[] left, string[] right)
    {
        var most = Math.Min(left.Length + right.Length, MostDifferences);
        var reached = new int[(2 * most) + 3];
        var trace = new List<int[]>();
        for (var d = 0; d <= most; d++)
        {
            trace.Add([.. reached]);
            for (var k = -d; k <= d; k += 2)
            {
                var x = IsDown(reached, k, d, most) ? reached[k + 2 + most] : reached[k + most] + 1;
                while (x < left.Length && x - k < right.Length && left[x] == right[x - k])
                {
                    x++;
                }

                reached[k + 1 + most] = x;
                if (x >= left.Length && x - k >= right.Length)
                {
                    return TraceBack(trace, left.Length, right.Length, most);
                }
            }
        }

        return [];
    }

    private static bool IsDown(int[] reached, int k, int d, int most) => k == -d || (k != d && reached[k + most] < reached[k + 2 + most]);

    private static List<(int Left, int Right)> TraceBack(List<int[]> trace, int x, int y, int most)
    {
        var same = new List<(int Left, int Right)>();
        for (var d = trace.Count - 1; d >= 0; d--)
        {
            var k = x - y;
            var before = IsDown(trace[d], k, d, most) ? k + 1 : k - 1;
            var fromX = d == 0 ? 0 : trace[d][before + 1 + most];
            var fromY = d == 0 ? 0 : fromX - before;
            while (x > fromX && y > fromY && x > 0 && y > 0)
            {
                same.Add((--x, --y));
            }

            (x, y) = (fromX, fromY);
        }

        same.Reverse();
        return same;
    }
}
