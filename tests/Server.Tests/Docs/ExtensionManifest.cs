using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Pipewright.Server.Tests.Docs;

/// <summary>What the extension adds to VS Code, in English: its texts stand in a file of their own, by keys between percent signs.</summary>
internal static partial class ExtensionManifest
{
    public static JsonNode Contributes { get; } = Read();

    private static JsonNode Read()
    {
        var words = JsonNode.Parse(ReadFile("package.nls.json"))!;
        var text = Key().Replace(ReadFile("package.json"), m => words[m.Groups["key"].Value]?.ToJsonString() ?? m.Value);
        return JsonNode.Parse(text)!["contributes"]!;
    }

    private static string ReadFile(string name) => File.ReadAllText(Path.Combine(Repository.Root, "extension", name));

    [GeneratedRegex("\"%(?<key>[\\w.]+)%\"", RegexOptions.None, 1000)]
    private static partial Regex Key();
}
