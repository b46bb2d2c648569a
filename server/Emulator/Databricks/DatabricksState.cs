using System.Globalization;
using System.Text.Json.Nodes;

namespace Pipewright.Emulator.Databricks;

/// <summary>What the workspace keeps on disk: one JSON file a thing, in a folder for its kind.</summary>
/// <param name="root">The state folder of the emulator. The workspace's name in it can be no factory's: those have no dot.</param>
internal sealed class DatabricksState(string root)
{
    private string FolderOf(string kind) => Path.Combine(root, "databricks.workspace", kind);

    /// <summary>All of a kind. A file that can't be read is left alone and left out.</summary>
    public IEnumerable<JsonObject> Load(string kind) => Directory.Exists(FolderOf(kind))
        ? Directory.EnumerateFiles(FolderOf(kind), "*.json").Order(StringComparer.Ordinal).Select(StateFolder.Read).OfType<JsonObject>()
        : [];

    public void Write(string kind, long number, JsonObject content) => StateFolder.Write(FileOf(kind, number), content);

    public void Delete(string kind, long number) => File.Delete(FileOf(kind, number));

    private string FileOf(string kind, long number) => Path.Combine(FolderOf(kind), number.ToString(CultureInfo.InvariantCulture) + ".json");
}
