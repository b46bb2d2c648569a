// Where Microsoft describes a type: the table of schemas/curated/documentation as the server reads it.
using System.Collections.Immutable;

namespace Pipewright.Core.Schema;

/// <summary>Pages of Microsoft's documentation of Data Factory.</summary>
public static class DocumentationPages
{
    private const string Folder = "https://learn.microsoft.com/azure/data-factory/";

    private static readonly Lazy<ImmutableDictionary<string, string>> Pages = new(Load);

    /// <summary>The names of all types that the table has a page for.</summary>
    public static IEnumerable<string> Types => Pages.Value.Keys;

    /// <summary>
    /// The page about a type of activity, dataset, linked service or trigger. A dataset that has none of its own is described where its linked
    /// service is.
    /// </summary>
    /// <returns>Null where no page is known.</returns>
    public static Uri? Find(ObjectType type) => Pages.Value.TryGetValue(type.Name, out var page) || FindByConnection(type) is { } service && Pages.Value.TryGetValue(service, out page)
        ? new Uri(Folder + page)
        : null;

    private static string? FindByConnection(ObjectType type) =>
        type.Discriminator is { } dataset && type.Name.EndsWith("Dataset", StringComparison.Ordinal) && ConnectionCatalog.Default.FindDataset(dataset) is { LinkedServices: [var service, ..] }
            && SchemaCatalog.Default[ResourceKind.LinkedService].FindProperty("properties")?.Type is DiscriminatedType services
            ? services.FindVariant(service)?.Name
            : null;

    private static ImmutableDictionary<string, string> Load()
    {
        using var stream = typeof(DocumentationPages).Assembly.GetManifestResourceStream("pages.txt")
            ?? throw new InvalidOperationException("The table of pages is not embedded.");
        using var reader = new StreamReader(stream);
        var pages = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        while (reader.ReadLine() is { } line)
        {
            var bar = line.IndexOf('|', StringComparison.Ordinal);
            pages.Add(line[..bar], line[(bar + 1)..]);
        }

        return pages.ToImmutable();
    }
}
