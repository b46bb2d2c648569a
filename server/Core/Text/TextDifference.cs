namespace Pipewright.Core.Text;

/// <summary>The one stretch in which two versions of a text differ.</summary>
/// <param name="Start">Up to here they are the same.</param>
/// <param name="OldEnd">From here on the first is the same as the second from <paramref name="NewEnd"/> on.</param>
internal readonly record struct TextDifference(int Start, int OldEnd, int NewEnd)
{
    /// <summary>Characters that are compared at once.</summary>
    private const int Block = 256;

    /// <summary>How far what follows has moved.</summary>
    public int By => NewEnd - OldEnd;

    public static TextDifference Between(string before, string after)
    {
        var start = before.AsSpan().CommonPrefixLength(after);
        var most = Math.Min(before.Length, after.Length) - start;
        var same = 0;
        while (same + Block <= most && before.AsSpan(before.Length - same - Block, Block).SequenceEqual(after.AsSpan(after.Length - same - Block, Block)))
        {
            same += Block;
        }

        while (same < most && before[before.Length - 1 - same] == after[after.Length - 1 - same])
        {
            same++;
        }

        return new TextDifference(start, before.Length - same, after.Length - same);
    }
}
