// Finds the word that was probably meant.
namespace Pipewright.Core.Text;

public static class Spelling
{
    /// <summary>The candidate nearest to <paramref name="word"/> by edits, without regard to case; null where none is near enough to be a slip.</summary>
    public static string? FindClosest(string word, IEnumerable<string> candidates)
    {
        // A third of the letters, but one slip is always forgiven in a word of three letters or more.
        var best = word.Length < 3 ? 0 : Math.Max(1, word.Length / 3);
        string? closest = null;
        foreach (var candidate in candidates)
        {
            var distance = Math.Abs(candidate.Length - word.Length) > best ? int.MaxValue : Distance(word, candidate);
            if (distance < best || (distance == best && closest is null))
            {
                best = distance;
                closest = candidate;
            }
        }

        return closest;
    }

    /// <summary>Insertions, deletions, replacements and swaps of neighbours that turn one word into the other.</summary>
    private static int Distance(string left, string right)
    {
        var before = new int[right.Length + 1];
        var previous = Enumerable.Range(0, right.Length + 1).ToArray();
        var current = new int[right.Length + 1];
        for (var i = 1; i <= left.Length; i++)
        {
            current[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var cost = Same(left[i - 1], right[j - 1]) ? 0 : 1;
                current[j] = Math.Min(Math.Min(current[j - 1], previous[j]) + 1, previous[j - 1] + cost);
                if (i > 1 && j > 1 && Same(left[i - 1], right[j - 2]) && Same(left[i - 2], right[j - 1]))
                {
                    current[j] = Math.Min(current[j], before[j - 2] + 1);
                }
            }

            (before, previous, current) = (previous, current, before);
        }

        return previous[right.Length];
    }

    private static bool Same(char left, char right) => char.ToUpperInvariant(left) == char.ToUpperInvariant(right);
}
