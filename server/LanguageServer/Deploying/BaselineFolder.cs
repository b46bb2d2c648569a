using System.Text.Json;
using Pipewright.Deployment;
using Pipewright.Deployment.Comparison;
using Pipewright.Deployment.Planning;

namespace Pipewright.LanguageServer.Deploying;

/// <summary>The baselines of one target, a file each. One that can't be read or written is as if it were not there.</summary>
/// <param name="path">Absolute.</param>
/// <param name="prepare">Called before the folder is made.</param>
internal sealed class BaselineFolder(string path, Action prepare) : IBaselineStore
{
    private const int Version = 1;

    public Baseline? Find(ResourceId id)
    {
        try
        {
            var content = JsonElement.Parse(File.ReadAllBytes(FileOf(id)), new JsonDocumentOptions { MaxDepth = 1024 });
            return content.GetProperty("baseline").GetInt32() == Version
                ? new Baseline(content.GetProperty("live"), [.. content.GetProperty("residue").EnumerateArray().Select(ReadChange)])
                : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }

    public void Put(ResourceId id, Baseline baseline) => Try(() =>
    {
        prepare();
        var file = FileOf(id);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.Delete(file + ".new");
        using (var stream = new FileStream(file + ".new", FileMode.CreateNew, FileAccess.Write))
        using (var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { MaxDepth = 1024 }))
        {
            writer.WriteStartObject();
            writer.WriteNumber("baseline", Version);
            writer.WritePropertyName("live");
            baseline.Live.WriteTo(writer);
            writer.WriteStartArray("residue");
            foreach (var (property, before, after) in baseline.Residue)
            {
                writer.WriteStartArray();
                writer.WriteStringValue(property);
                writer.WriteStringValue(before);
                writer.WriteStringValue(after);
                writer.WriteEndArray();
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        File.Move(file + ".new", file, overwrite: true);
    });

    public void Remove(ResourceId id) => Try(() => File.Delete(FileOf(id)));

    private static PropertyChange ReadChange(JsonElement change) => new(change[0].GetString()!, change[1].GetString(), change[2].GetString());

    private static void Try(Action write)
    {
        try
        {
            write();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The next plan compares without it.
        }
    }

    /// <summary>Names of resources may hold what names of files may not, and differ by case where files do not.</summary>
    private string FileOf(ResourceId id)
    {
        var network = id.VirtualNetwork is null ? "" : Uri.EscapeDataString(id.VirtualNetwork.ToUpperInvariant()) + "-";
        var name = Uri.EscapeDataString(id.Name.ToUpperInvariant()).Replace(".", "%2E", StringComparison.Ordinal).Replace("*", "%2A", StringComparison.Ordinal);
        return Path.Combine(path, id.KindWord, $"{network}{name}.baseline");
    }
}
