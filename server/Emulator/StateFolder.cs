// The state on disk: one JSON file a resource, written beside and moved into place, so that a crash leaves the old one or the new one.
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Pipewright.Emulator;

internal sealed class StateFolder(string root)
{
    private const string FactoryFile = "factory.json";

    /// <summary>Everything that is kept. A file that can't be read is left alone and left out.</summary>
    public IEnumerable<(FactoryKey Key, JsonObject Body, IReadOnlyList<(string Collection, string Name, JsonObject Properties)> Resources)> Load()
    {
        if (!Directory.Exists(root))
        {
            yield break;
        }

        foreach (var file in Directory.EnumerateFiles(root, FactoryFile, SearchOption.AllDirectories))
        {
            var folder = Path.GetDirectoryName(file)!;
            var parts = Path.GetRelativePath(root, folder).Split(Path.DirectorySeparatorChar);
            if (parts is [var subscription, var group, var name] && Read(file) is { } body)
            {
                yield return (new FactoryKey(Unescape(subscription), Unescape(group), Unescape(name)), body, [.. LoadResources(folder)]);
            }
        }
    }

    /// <param name="collection">Empty for the factory itself.</param>
    public void Write(FactoryKey key, string collection, string name, JsonObject content)
    {
        var file = FileOf(key, collection, name);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        var beside = file + ".new";
        File.WriteAllText(beside, content.ToJsonString());
        File.Move(beside, file, overwrite: true);
    }

    public void Delete(FactoryKey key, string collection, string name) => File.Delete(FileOf(key, collection, name));

    public void DeleteFactory(FactoryKey key)
    {
        var folder = FolderOf(key);
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static IEnumerable<(string Collection, string Name, JsonObject Properties)> LoadResources(string folder)
    {
        foreach (var file in Directory.EnumerateFiles(folder, "*.json", SearchOption.AllDirectories).Where(f => Path.GetFileName(f) != FactoryFile || Path.GetDirectoryName(f) != folder))
        {
            var parts = Path.GetRelativePath(folder, file).Split(Path.DirectorySeparatorChar).Select(Unescape).ToArray();
            if (parts.Length > 1 && Read(file) is { } properties)
            {
                yield return (string.Join('/', parts[..^1]), parts[^1][..^".json".Length], properties);
            }
        }
    }

    private static JsonObject? Read(string file)
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

    private string FolderOf(FactoryKey key) => Path.Combine(root, Escape(key.Subscription), Escape(key.ResourceGroup), Escape(key.Name));

    private string FileOf(FactoryKey key, string collection, string name) => collection.Length == 0
        ? Path.Combine(FolderOf(key), FactoryFile)
        : Path.Combine([FolderOf(key), .. collection.Split('/').Select(Escape), Escape(name) + ".json"]);

    private static string Escape(string part) => Uri.EscapeDataString(part).Replace(".", "%2E", StringComparison.Ordinal);

    private static string Unescape(string part) => Uri.UnescapeDataString(part);
}
