namespace Pipewright.Core.Text;

/// <summary>
/// Shares short strings among all texts: the keys, types and names of a factory are the same few words thousands of times. It remembers what came last at each of its places, so that it
/// never grows; who finds nothing gets a string of his own, which is as good.
/// </summary>
internal static class TextPool
{
    /// <summary>In characters: longer texts are seldom the same.</summary>
    private const int LongestText = 40;

    /// <summary>A power of two.</summary>
    private const int Places = 8192;

    private static readonly string?[] Shared = new string?[Places];

    /// <summary>A string of these characters.</summary>
    public static string Get(ReadOnlySpan<char> text)
    {
        if (text.Length > LongestText)
        {
            return text.ToString();
        }

        ref var place = ref Shared[Hash(text) & (Places - 1)];
        var known = place;
        return known is not null && text.SequenceEqual(known) ? known : place = text.ToString();
    }

    /// <summary>The same string, or one like it.</summary>
    public static string Get(string text)
    {
        if (text.Length > LongestText)
        {
            return text;
        }

        ref var place = ref Shared[Hash(text) & (Places - 1)];
        var known = place;
        return known is not null && known.Equals(text, StringComparison.Ordinal) ? known : place = text;
    }

    /// <summary>FNV-1a.</summary>
    private static uint Hash(ReadOnlySpan<char> text)
    {
        var hash = 2166136261;
        foreach (var character in text)
        {
            hash = (hash ^ character) * 16777619;
        }

        return hash ^ (hash >> 15);
    }
}
