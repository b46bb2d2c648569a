// What is known of factories, on disk: one file for each, in the user's cache folder, which anybody may empty at any time.
using System.Globalization;
using System.Runtime.Versioning;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Pipewright.Azure;
using Pipewright.Core.Factory;
using Pipewright.Core.Schema;

namespace Pipewright.LanguageServer.Live;

/// <summary>Keeps bodies as the service shows them: with masks in place of secrets. A file that can't be read or written is as if it were not there.</summary>
/// <param name="folder">Absolute; made when first written to.</param>
internal sealed class LiveCache(string folder)
{
    private const int Version = 1;

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>The user's own folder for caches, by the custom of the system.</summary>
    public static LiveCache OfUser { get; } = new(Path.Combine(FindUserFolder(), "pipewright", "live"));

    /// <summary>What is kept of a factory; null for nothing that can be used.</summary>
    /// <param name="name">The name of the target.</param>
    public LiveResources? Read(FactoryTarget target, string name)
    {
        try
        {
            var content = JsonElement.Parse(File.ReadAllBytes(FileOf(target)), new JsonDocumentOptions { MaxDepth = 1024 });
            if (content.GetProperty("live").GetInt32() != Version || content.GetProperty("factory").GetString() != KeyOf(target))
            {
                return null;
            }

            var live = new LiveResources(name, target.Factory, content.GetProperty("readAt").GetDateTimeOffset(), IsFilling: false);
            return content.GetProperty("kinds").EnumerateObject().Aggregate(live, (l, k) =>
                FileClassification.GitFolders[k.Name] is var kind ? l.With(kind, [.. k.Value.EnumerateArray().Select(e => ReadEntry(target.Factory, kind, e))]) : l);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or KeyNotFoundException or InvalidOperationException or FormatException or ArgumentException)
        {
            return null;
        }
    }

    /// <summary>Whether anything is kept of a factory, as it was once asked for.</summary>
    public bool Has(FactoryTarget target) => File.Exists(FileOf(target));

    /// <summary>Puts it in place of what was kept, all or nothing.</summary>
    public void Write(FactoryTarget target, LiveResources live)
    {
        var file = FileOf(target);
        var draft = $"{file}.{Environment.ProcessId.ToString(CultureInfo.InvariantCulture)}.new";
        try
        {
            MakeFolder();
            var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
            {
                Restrict(options);
            }

            using (var stream = new FileStream(draft, options))
            using (var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { MaxDepth = 1024 }))
            {
                Write(writer, target, live);
            }

            File.Move(draft, file, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The next session reads the factory anew.
        }
    }

    /// <summary>Where the content of a factory is kept.</summary>
    public string FileOf(FactoryTarget target)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(KeyOf(target))))[..16];
        return Path.Combine(folder, $"{FilePlace.ToFileName(target.Factory)}-{hash}.json");
    }

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

    private void MakeFolder()
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, OwnerOnly | UnixFileMode.UserExecute);
        }
    }

    [UnsupportedOSPlatform("windows")]
    private static void Restrict(FileStreamOptions options) => options.UnixCreateMode = OwnerOnly;

    private static string FindUserFolder()
    {
        if (OperatingSystem.IsMacOS())
        {
            return Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), "Library", "Caches");
        }

        if (OperatingSystem.IsWindows())
        {
            return Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        }

        // The XDG base directory specification: only absolute paths count.
        return Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } named && Path.IsPathRooted(named)
            ? named
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache");
    }
}
