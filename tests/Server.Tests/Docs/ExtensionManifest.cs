using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Pipewright.Server.Tests.Docs;

/// <summary>What the extension says of itself, in English.</summary>
internal static partial class ExtensionManifest
{
    /// <summary>The manifest's <c>contributes</c>, with texts in place of their keys.</summary>
    public static JsonNode Contributes { get; } = Read();

    private static JsonNode Read()
    {
        var folder = Path.Combine(Repository.Root, "extension");
        var texts = JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "package.nls.json")))!;
        var manifest = Key().Replace(File.ReadAllText(Path.Combine(folder, "package.json")), m => texts[m.Groups["key"].Value]?.ToJsonString() ?? m.Value);
        return JsonNode.Parse(manifest)!["contributes"]!;
    }

    [GeneratedRegex("\"%(?<key>[A-Za-z0-9.]+)%\"")]
    private static partial Regex Key();
}
