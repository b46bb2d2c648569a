using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Pipewright.Core.Factory;
using Pipewright.Core.Features;
using Pipewright.Core.Text;
using Pipewright.LanguageServer;
using Xunit;

namespace Pipewright.Server.Tests.Docs;

/// <summary>The tables of docs/configuration.md are made of what the program knows. Run with PIPEWRIGHT_ACCEPT=1 to write them.</summary>
public sealed partial class ConfigurationPageTests
{
    private const string Accept = "PIPEWRIGHT_ACCEPT";

    private static readonly string File = Path.Combine(Repository.Root, "docs", "configuration.md");

    private static readonly JsonObject Settings = ExtensionManifest.Contributes["configuration"]!["properties"]!.AsObject();

    /// <summary>Settings of the extension itself, of which the server hears nothing.</summary>
    private static readonly string[] OfTheExtension = ["pipewright.deploy.ask", "pipewright.server.path", "pipewright.trace.server"];

    [Theory]
    [InlineData("keys of pipewright.yaml")]
    [InlineData("settings of VS Code")]
    [InlineData("settings of the server")]
    public void A_table_says_what_there_is(string name)
    {
        var text = System.IO.File.ReadAllText(File).ReplaceLineEndings("\n");
        var expected = name switch
        {
            "keys of pipewright.yaml" => WriteKeys(),
            "settings of VS Code" => WriteSettings(),
            _ => WriteServerSettings(),
        };
        if (Environment.GetEnvironmentVariable(Accept) is not (null or ""))
        {
            lock (Settings)
            {
                text = DocumentationPage.ReplacePart(System.IO.File.ReadAllText(File), name, expected);
                System.IO.File.WriteAllText(File, text);
            }
        }

        Assert.True(DocumentationPage.FindPart(text, name) == expected, $"docs/configuration.md is out of date: {Accept}=1 dotnet test tests/Server.Tests --filter ConfigurationPageTests. It should say:\n{expected}");
    }

    [Fact]
    public void Every_setting_of_the_server_is_read_by_it()
    {
        foreach (var (name, setting) in ServerNames())
        {
            var other = (string?)setting["type"] switch
            {
                "boolean" => (string[])["true", "false"],
                "string" when setting["enum"] is JsonArray values => [.. values.Select(v => v!.ToJsonString())],
                "string" => ["\"dev\""],
                _ => [name == "targets" ? """[{"name":"a","endpoint":"http://127.0.0.1:1"}]""" : """[{"pattern":"a/*.json","kind":"pipeline"}]"""],
            };
            Assert.True(other.Any(value => Seen(name, value) != Seen(null, "")), $"The server reads no '{name}'.");
        }
    }

    private static string WriteKeys()
    {
        var table = new StringBuilder("| key | what it is |\n| --- | --- |\n");
        foreach (var (above, text) in ((string, string)[])
            [("", ""), ("targets.*.", "targets:\n  dev:\n    "), ("targets.*.overrides[].", "targets:\n  dev:\n    overrides:\n      - dataset: a\n        "), ("notebooks[].", "notebooks:\n  - ")])
        {
            foreach (var item in Complete(text))
            {
                table.Append(CultureInfo.InvariantCulture, $"| `{above}{item.Label}` | {Cell(item.Documentation ?? "")} |\n");
            }
        }

        var kinds = Complete("targets:\n  dev:\n    overrides:\n      - ").Select(i => i.Label).Except(Complete("targets:\n  dev:\n    overrides:\n      - dataset: a\n        ").Select(i => i.Label));
        table.Append(CultureInfo.InvariantCulture, $"| `targets.*.overrides[].KIND` | The resource that is different in this target, by its name; `*` stands for any characters. KIND is one of {string.Join(", ", kinds.Select(k => $"`{k}`"))}. |\n");
        table.Append(CultureInfo.InvariantCulture, $"| `rules.CODE` | One of {string.Join(", ", Complete("rules:\n  PW4020: ").Select(i => $"`{i.Label}`"))}. CODE is a rule's, or the beginning of several as in `PW53xx`. |\n");
        return table.Append(CultureInfo.InvariantCulture, $"| `naming.KIND` | A regular expression that some part of the name of every KIND has to match. KIND is one of {string.Join(", ", Complete("naming:\n  ").Select(i => $"`{i.Label}`"))}. |\n").ToString();
    }

    private static ImmutableArray<CompletionItem> Complete(string text) =>
        LanguageFeatures.GetConfigurationCompletion(FactorySnapshot.Empty.With(FactoryConfiguration.Parse(new SourceText(text))), text.Length).Items;

    private static string WriteSettings()
    {
        var table = new StringBuilder("| setting | scope | default | what it is |\n| --- | --- | --- | --- |\n");
        foreach (var (name, setting) in Settings)
        {
            table.Append(CultureInfo.InvariantCulture, $"| `{name}` | {setting!["scope"]} | `{setting["default"]!.ToJsonString()}` | {Describe(setting)} |\n");
        }

        return table.ToString();
    }

    private static string WriteServerSettings()
    {
        var table = new StringBuilder("| setting | where nothing is said | what it is |\n| --- | --- | --- |\n");
        foreach (var (name, setting) in ServerNames())
        {
            string[] values = (string?)setting["type"] == "boolean" ? ["true", "false"] : setting["enum"] is JsonArray choices ? [.. choices.Select(v => v!.ToJsonString())] : [];
            table.Append(CultureInfo.InvariantCulture, $"| `{name}` | {values.Where(v => Seen(name, v) == Seen(null, "")).Select(v => $"`{v}`").FirstOrDefault() ?? "none"} | {Describe(setting)} |\n");
        }

        return table.ToString();
    }

    /// <summary>The settings that the server is told, by their names there.</summary>
    private static IEnumerable<(string Name, JsonNode Setting)> ServerNames() =>
        from setting in Settings
        where !OfTheExtension.Contains(setting.Key)
        let name = setting.Key["pipewright.".Length..]
        select (name == "files" ? "filePatterns" : name, setting.Value!);

    /// <summary>What the server makes of a setting; without one, of nothing.</summary>
    private static string Seen(string? name, string value)
    {
        var json = name?.Split('.') switch
        {
            null => """{"targets":[]}""",
            [var only] => $$"""{"{{only}}":{{value}}}""",
            [var section, var member] => $$$"""{"{{{section}}}":{"{{{member}}}":{{{value}}}}}""",
            _ => throw new ArgumentException($"'{name}' is too deep for a setting.", nameof(name)),
        };
        using var document = JsonDocument.Parse(json);
        var settings = ServerSettings.Read(document.RootElement, _ => { })!;
        return $"{settings.Targets.Count} {settings.Target} {settings.Kinds.Classify("/", "a/b.json") is not null} {settings.Hints} {settings.Lenses} {settings.ChecksAll} {settings.Live}";
    }

    private static string Describe(JsonNode setting)
    {
        var text = Reference().Replace((string)setting["markdownDescription"]!, "`${name}`");
        if (setting["enum"] is JsonArray values)
        {
            var meanings = setting["enumDescriptions"]?.AsArray().Select(d => (string)d!).ToList();
            text += " " + string.Join(" ", values.Select((v, i) => meanings is null ? $"`{v}`{(i == values.Count - 1 ? "." : ",")}" : $"`{v}`: {meanings[i]}"));
        }

        return Cell(text);
    }

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal).Replace('\n', ' ');

    [GeneratedRegex("`#(?<name>[^#`]+)#`")]
    private static partial Regex Reference();
}
