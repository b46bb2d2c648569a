// Which types factories use most: the table of schemas/curated/completion as the server reads it.
using System.Collections.Immutable;

namespace Pipewright.Core.Schema;

/// <summary>The order in which types are proposed where a factory itself does not say more.</summary>
public static class UsualTypes
{
    private static readonly Lazy<ImmutableDictionary<string, ImmutableArray<string>>> Lists = new(Load);

    /// <summary>The place of a variant among those of its type, from 0; that of all that are seldom used is the greatest number there is.</summary>
    public static int PlaceOf(DiscriminatedType type, string discriminator) =>
        Lists.Value.TryGetValue(type.Name, out var usual) && usual.IndexOf(discriminator, StringComparer.OrdinalIgnoreCase) is >= 0 and var place ? place : int.MaxValue;

    private static ImmutableDictionary<string, ImmutableArray<string>> Load()
    {
        using var stream = typeof(UsualTypes).Assembly.GetManifestResourceStream("usual.txt")
            ?? throw new InvalidOperationException("The table of usual types is not embedded.");
        using var reader = new StreamReader(stream);
        var lists = ImmutableDictionary.CreateBuilder<string, ImmutableArray<string>>(StringComparer.Ordinal);
        while (reader.ReadLine() is { } line)
        {
            var bar = line.IndexOf('|', StringComparison.Ordinal);
            lists.Add(line[..bar], [.. line[(bar + 1)..].Split(',')]);
        }

        return lists.ToImmutable();
    }
}
