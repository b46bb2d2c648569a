using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Pipewright.Core.Rules;
using Xunit;

namespace Pipewright.Server.Tests.Docs;

/// <summary>What the pages name is there: settings, commands, requests, codes, variables, files and tests.</summary>
public sealed partial class NameTests
{
    private static readonly JsonNode Manifest = ExtensionManifest.Contributes;

    private static readonly string Sources = string.Concat(ReadSources("server", "*.cs").Concat(ReadSources("extension", "*.ts")).Concat(ReadSources("extension", "*.mjs")).Concat(ReadSources("tests", "*.cs")).Concat(ReadSources("tests", "*.mjs")));

    private static readonly HashSet<string> TestNames =
        [.. Directory.EnumerateFiles(Path.Combine(Repository.Root, "tests"), "*Tests.cs", SearchOption.AllDirectories).Select(f => Path.GetFileNameWithoutExtension(f))];

    [Fact]
    public void Every_setting_and_command_is_one_of_ours()
    {
        HashSet<string> known =
        [
            "pipewright.yaml", "pipewright.yml", .. Manifest["configuration"]!["properties"]!.AsObject().Select(p => p.Key), .. Manifest["commands"]!.AsArray().Select(c => (string)c!["command"]!),
        ];
        Check(SettingName(), name => known.Contains(name) || Sources.Contains($"\"{name}\"", StringComparison.Ordinal), "no setting and no command of that name");
    }

    [Fact]
    public void Every_command_of_the_palette_is_one_of_ours()
    {
        var known = Manifest["commands"]!.AsArray().Select(c => $"{c!["category"]}: {c["title"]}").ToHashSet();
        Check(CommandTitle(), known.Contains, "no command of that title in the extension");
    }

    [Fact]
    public void Every_request_is_one_of_the_server() => Check(RequestName(), name => Sources.Contains($"\"{name}\"", StringComparison.Ordinal), "no request or notification of that name in the server");

    [Fact]
    public void Every_request_of_the_server_is_in_the_page_of_the_protocol()
    {
        var page = DocumentationPage.Of("docs/protocol.md");
        var named = page.Names.Select(n => n.Text).ToHashSet();
        var ours = ReadSources("server/LanguageServer", "*.cs").SelectMany(s => QuotedRequest().Matches(s)).Select(m => m.Groups["name"].Value).ToHashSet();
        Assert.True(ours.Count > 20, "Hardly a request was found in the sources.");
        LinkTests.Report(ours.Where(o => !named.Contains(o)).Select(o => $"docs/protocol.md does not tell of `{o}`."));
    }

    [Fact]
    public void Every_code_is_that_of_a_rule() => LinkTests.Report(
        from page in DocumentationPage.All
        from Match match in Code().Matches(page.Text)
        let code = match.Value
        let prefix = code.TrimEnd('x', 'X', 'n')
        where prefix.Length > 2 && !RuleCatalog.All.Any(r => code == prefix ? r.Code == code : r.Code.StartsWith(prefix, StringComparison.Ordinal))
        select $"{page.Path}: there is no rule {code}.");

    [Fact]
    public void Every_variable_of_the_environment_is_read_somewhere() => Check(Variable(), name => Sources.Contains(name, StringComparison.Ordinal), "read nowhere in the sources");

    [Fact]
    public void Every_file_of_the_repository_is_there() => Check(
        RepositoryPath(), name => name.StartsWith("artifacts", StringComparison.Ordinal) || Path.Exists(Path.Combine(Repository.Root, name)), "no file and no folder of the repository");

    [Fact]
    public void Every_test_is_there() => Check(TestName(), TestNames.Contains, "no file of tests of that name");

    private static void Check(Regex pattern, Func<string, bool> isKnown, string problem)
    {
        var named = (from page in DocumentationPage.Written
                     where page.Path != "CHANGELOG.md"
                     from name in page.Names
                     where pattern.IsMatch(name.Text)
                     select (page.Path, name.Line, name.Text)).ToList();
        Assert.NotEmpty(named);
        LinkTests.Report(named.Where(n => !isKnown(n.Text)).Select(n => $"{n.Path}:{n.Line}: `{n.Text}`: {problem}."));
    }

    internal static IEnumerable<string> ReadSources(string folder, string pattern) =>
        from file in Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), pattern, SearchOption.AllDirectories)
        where !Built().IsMatch(file.Replace('\\', '/'))
        select File.ReadAllText(file);

    [GeneratedRegex(@"^pipewright\.[A-Za-z]+(\.[A-Za-z]+)*$")]
    private static partial Regex SettingName();

    [GeneratedRegex(@"^Pipewright: .+$")]
    private static partial Regex CommandTitle();

    [GeneratedRegex(@"^pipewright/[A-Za-z]+$")]
    private static partial Regex RequestName();

    [GeneratedRegex(@"""(?<name>pipewright/[A-Za-z]+)""")]
    private static partial Regex QuotedRequest();

    [GeneratedRegex(@"\bPW(\d{4}|\d{1,3}[xX]{1,3})\b")]
    private static partial Regex Code();

    [GeneratedRegex(@"^PIPEWRIGHT_[A-Z_]+$")]
    private static partial Regex Variable();

    [GeneratedRegex(@"^(docs|server|tests|extension|schemas|samples|artifacts)/[\w./-]*$")]
    private static partial Regex RepositoryPath();

    [GeneratedRegex(@"^[A-Z]\w+Tests$")]
    private static partial Regex TestName();

    [GeneratedRegex("/(bin|obj|node_modules|out|dist|.cache)/")]
    private static partial Regex Built();
}
