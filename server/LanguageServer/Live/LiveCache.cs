// What is known of factories, on disk: one file for each.
using System.Text.Json;
using Pipewright.Azure;
using Pipewright.Core.Factory;
using Pipewright.Core.Schema;

namespace Pipewright.LanguageServer.Live;

/// <summary>Keeps bodies as the service shows them: with masks in place of secrets.</summary>
internal sealed class LiveCache(CacheFiles folder)
{
    private const int Version = 1;

    public static LiveCache OfUser { get; } = new(CacheFiles.OfUser("live"));

    /// <summary>What is kept of a factory; null for nothing that can be used.</summary>
    /// <param name="name">The name of the target.</param>
    public LiveResources? Read(FactoryTarget target, string name) => CacheFiles.Read(FileOf(target), content =>
    {
        if (content.GetProperty("live").GetInt32() != Version || content.GetProperty("factory").GetString() != KeyOf(target))
        {
            return null;
        }

        var live = new LiveResources(name, target.Factory, content.GetProperty("readAt").GetDateTimeOffset(), IsFilling: false);
        return content.GetProperty("kinds").EnumerateObject().Aggregate(live, (l, k) =>
            FileClassification.GitFolders[k.Name] is var kind ? l.With(kind, [.. k.Value.EnumerateArray().Select(e => ReadEntry(target.Factory, kind, e))]) : l);
    });

    /// <summary>Whether anything is kept of a factory, as it was once asked for.</summary>
    public bool Has(FactoryTarget target) => File.Exists(FileOf(target));

    /// <summary>Puts it in place of what was kept, all or nothing.</summary>
    public void Write(FactoryTarget target, LiveResources live) => folder.Write(FileOf(target), writer => Write(writer, target, live));

    /// <summary>Where the content of a factory is kept.</summary>
    public string FileOf(FactoryTarget target) => folder.FileOf(FilePlace.ToFileName(target.Factory), KeyOf(target));

    private static string KeyOf(FactoryTarget target) => target.Endpoint.Authority + target.ResourceId.ToUpperInvariant();

    private static LiveEntry ReadEntry(string factory, ResourceKind kind, JsonElement entry) => new(
        factory, kind, entry.GetProperty("name").GetString()!, entry.GetProperty("content").GetRawText(),
        entry.TryGetProperty("etag", out var etag) ? etag.GetString() : null, entry.TryGetProperty("network", out var network) ? network.GetString() : null);

    private static void Write(Utf8JsonWriter writer, FactoryTarget target, LiveResources live)
    {
        writer.WriteStartObject();
        writer.WriteNumber("live", Version);
        writer.WriteString("factory", KeyOf(target));
        writer.WriteString("readAt", live.ReadAt);
        writer.WriteStartObject("kinds");
        foreach (var kind in Enum.GetValues<ResourceKind>().Where(live.HasRead))
        {
            writer.WriteStartArray(FileClassification.WordOf(kind));
            foreach (var entry in live.OfKind(kind))
            {
                writer.WriteStartObject();
                writer.WriteString("name", entry.Name);
                WriteIfThere(writer, "etag", entry.ETag);
                WriteIfThere(writer, "network", entry.Network);
                writer.WritePropertyName("content");
                writer.WriteRawValue(entry.Content);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static void WriteIfThere(Utf8JsonWriter writer, string name, string? value)
    {
        if (value is not null)
        {
            writer.WriteString(name, value);
        }
    }
}
