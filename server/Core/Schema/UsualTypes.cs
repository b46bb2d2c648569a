// What factories use most: the table of schemas/curated/completion as the server reads it.
using System.Collections.Immutable;

namespace Pipewright.Core.Schema;

/// <summary>The order in which types and properties are proposed where a factory itself does not say more.</summary>
public static class UsualTypes
{
    /// <summary>The place of all that is seldom used; any other is less.</summary>
    public const int Last = 1000;

    private static readonly Lazy<ImmutableDictionary<string, ImmutableArray<string>>> Lists = new(Load);

    /// <summary>The place of a variant among those of its type, from 0.</summary>
    public static int PlaceOf(DiscriminatedType type, string discriminator) => PlaceIn("variants|" + type.Name, discriminator);

    /// <summary>The place of a property among those of a type, or of what the type is a variant of, from 0.</summary>
    public static int PlaceOf(SchemaType type, string property) => PlaceIn("properties|" + type.Name, property);

    private static int PlaceIn(string list, string name) =>
        Lists.Value.TryGetValue(list, out var usual) && usual.IndexOf(name, StringComparer.OrdinalIgnoreCase) is >= 0 and var place ? place : Last;

    private static ImmutableDictionary<string, ImmutableArray<string>> Load()
    {
        using var stream = typeof(UsualTypes).Assembly.GetManifestResourceStream("usual.txt")
            ?? throw new InvalidOperationException("The table of what is usual is not embedded.");
        using var reader = new StreamReader(stream);
        var lists = ImmutableDictionary.CreateBuilder<string, ImmutableArray<string>>(StringComparer.Ordinal);
        while (reader.ReadLine() is { } line)
        {
            var bar = line.LastIndexOf('|');
            lists.Add(line[..bar], [.. line[(bar + 1)..].Split(',')]);
        }

        return lists.ToImmutable();
    }
}
