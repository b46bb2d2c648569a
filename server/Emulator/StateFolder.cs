// The state on disk: one JSON file a resource, written beside and moved into place, so that a crash leaves the old one or the new one.
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Pipewright.Emulator;

internal sealed class StateFolder(string root)
{
    private const string FactoryFile = "factory.json";

    /// <summary>The longest name of a file or folder, in bytes; longer ones are cut, with a hash of the whole. Most file systems end at 255.</summary>
    private const int LongestName = 150;

    /// <summary>Everything that is kept. A file that can't be read is left alone and left out.</summary>
    public IEnumerable<(StoredFactory Factory, IReadOnlyList<StoredResource> Resources)> Load()
    {
        if (!Directory.Exists(root))
        {
            yield break;
        }

        foreach (var file in Directory.EnumerateFiles(root, FactoryFile, new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 3 }))
        {
            if (Read(file) is { } kept && kept.Text("subscription") is { } subscription && kept.Text("resourceGroup") is { } group && kept.Text("name") is { } name
                && kept.Text("etag") is { } etag && Take(kept, "body") is { } body)
            {
                yield return (new StoredFactory(new FactoryKey(subscription, group, name), body, etag), [.. LoadResources(Path.GetDirectoryName(file)!)]);
            }
        }
    }

    public void Write(StoredFactory factory) => Write(FileOf(factory.Key, "", ""), new JsonObject
    {
        ["subscription"] = factory.Key.Subscription,
        ["resourceGroup"] = factory.Key.ResourceGroup,
        ["name"] = factory.Key.Name,
        ["etag"] = factory.ETag,
        ["body"] = factory.Body.DeepClone(),
    });

    public void Write(FactoryKey key, StoredResource resource) => Write(FileOf(key, resource.Collection, resource.Name), new JsonObject
    {
        ["collection"] = resource.Collection,
        ["name"] = resource.Name,
        ["etag"] = resource.ETag,
        ["properties"] = resource.Properties.DeepClone(),
    });

    public void Delete(FactoryKey key, StoredResource resource) => File.Delete(FileOf(key, resource.Collection, resource.Name));

    /// <summary>The factory's own file goes first: a crash in the middle leaves files that belong to no factory, and are not read.</summary>
    public void DeleteFactory(FactoryKey key)
    {
        var folder = FolderOf(key);
        if (Directory.Exists(folder))
        {
            File.Delete(FileOf(key, "", ""));
            Directory.Delete(folder, recursive: true);
        }
    }

    private static IEnumerable<StoredResource> LoadResources(string folder)
    {
        foreach (var file in Directory.EnumerateFiles(folder, "*.json", SearchOption.AllDirectories).Where(f => Path.GetDirectoryName(f) != folder))
        {
            if (Read(file) is { } kept && kept.Text("collection") is { } collection && kept.Text("name") is { } name
                && kept.Text("etag") is { } etag && Take(kept, "properties") is { } properties)
            {
                yield return new StoredResource(collection, name, properties, etag);
            }
        }
    }

    private static JsonObject? Take(JsonObject kept, string name)
    {
        var value = kept[name] as JsonObject;
        kept.Remove(name);
        return value;
    }

    internal static void Write(string file, JsonObject content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        var beside = file + ".new";
        File.WriteAllText(beside, content.ToJsonString());
        File.Move(beside, file, overwrite: true);
    }

    internal static JsonObject? Read(string file)
    {
        try
        {
            return JsonNode.Parse(File.ReadAllText(file), null, new JsonDocumentOptions { MaxDepth = 1024 }) as JsonObject;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            Console.Error.WriteLine($"{file} is left out: {e.Message}");
            return null;
        }
    }

    private string FolderOf(FactoryKey key) => Path.Combine(root, FileName(key.Subscription), FileName(key.ResourceGroup), FileName(key.Name));

    private string FileOf(FactoryKey key, string collection, string name) => collection.Length == 0
        ? Path.Combine(FolderOf(key), FactoryFile)
        : Path.Combine([FolderOf(key), .. collection.Split('/').Select(FileName), FileName(name) + ".json"]);

    /// <summary>A name that no file system objects to and that leads nowhere else. What a file holds says what it is; its name only has to be its own.</summary>
    private static string FileName(string part)
    {
        var escaped = Uri.EscapeDataString(part).Replace(".", "%2E", StringComparison.Ordinal);
        return escaped.Length <= LongestName ? escaped : $"{escaped[..100]}~{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(part)))[..32]}";
    }
}
