namespace Pipewright.Core.Tests.Mutations;

/// <summary>How fingers go wrong, and choices that are the same in every run.</summary>
internal static class Typing
{
    /// <summary>A word with one slip in it; null where every slip gives a word that is taken.</summary>
    public static string? Misspell(string word, Func<string, bool>? isTaken = null)
    {
        var first = (int)(Hash(word) % 4);
        for (var i = 0; i < 8; i++)
        {
            if (Slip(word, (first + i) % 4, i / 4) is { } slip && !slip.Equals(word, StringComparison.OrdinalIgnoreCase) && isTaken?.Invoke(slip) != true)
            {
                return slip;
            }
        }

        return null;
    }

    /// <summary>The same number for the same text, in every process.</summary>
    public static uint Hash(string text) => text.Aggregate(2166136261u, (hash, c) => unchecked((hash ^ c) * 16777619u)) is var hash ? hash ^ (hash >> 15) : 0;

    private static string? Slip(string word, int kind, int shift)
    {
        var at = (word.Length / 2) + shift;
        if (word.Length < 4 || at + 1 >= word.Length || !char.IsLetter(word[at]) || !char.IsLetter(word[at + 1]))
        {
            return shift == 1 && word.Length > 0 ? word + "x" : null;
        }

        return kind switch
        {
            0 => word[..at] + word[at + 1] + word[at] + word[(at + 2)..],
            1 => word.Remove(at, 1),
            2 => word.Insert(at, word[at].ToString()),
            _ => word[..at] + (word[at] is 'q' or 'Q' ? 'w' : 'q') + word[(at + 1)..],
        };
    }
}
