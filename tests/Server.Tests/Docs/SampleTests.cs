using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Pipewright.Core.Emit;
using Pipewright.Core.Factory;
using Pipewright.Core.Features;
using Pipewright.Core.Syntax;
using Pipewright.Core.Text;
using Pipewright.LanguageServer;
using Pipewright.LanguageServer.Workspaces;
using Xunit;

namespace Pipewright.Server.Tests.Docs;

/// <summary>
/// YAML and JSON in the pages are right. A block whose first line names a file (<c># orders.pipeline.yaml</c>), or whose fence does (<c>```json pipeline/orders.json</c>), is that file: it is
/// checked in the factory of the sample, with the files of the page before it. A JSON file must be what the spec of the page converts to. A block with the mark <c>fragment</c> is a part of a
/// file, or a file that is not for us: it must be YAML or JSON. Pages of rules are tried by tests of Core.
/// </summary>
public sealed partial class SampleTests
{
    private const string Fragment = "fragment";

    /// <summary>Files of others' tools are known by what stands at their top.</summary>
    private static readonly string[] ForeignKeys = ["on", "jobs", "stages", "steps", "pool", "yaml.schemas", "json.schemas", "bundle", "resources"];

    /// <summary>How many blocks may be but parts of a file: all that can be whole should be.</summary>
    private const int MostFragments = 40;

    public static TheoryData<string> Pages => [.. DocumentationPage.Written.Where(p => Blocks(p).Any()).Select(p => p.Path)];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_block_is_what_it_says(string path)
    {
        using var folder = CopySample();
        LinkTests.Report(Blocks(DocumentationPage.Of(path)).SelectMany(b => Check(b, folder)));
    }

    [Fact]
    public void Not_too_many_blocks_are_parts_of_a_file()
    {
        var fragments = DocumentationPage.Written.SelectMany(Blocks).Where(b => b.Marks.Contains(Fragment)).ToList();
        Assert.True(fragments.Count <= MostFragments, $"{fragments.Count} blocks are marked as '{Fragment}', so hardly tested: make files of some by a first line with their name.\n{string.Join('\n', fragments)}");
    }

    private static IEnumerable<CodeSample> Blocks(DocumentationPage page) => page.Samples.Where(s => s.Language is "yaml" or "json" or "jsonc");

    private static IEnumerable<string> Check(CodeSample block, TestFolder folder)
    {
        var isYaml = block.Language == "yaml";
        var marked = block.Marks.FirstOrDefault(m => m != Fragment);
        var named = marked ?? block.File;
        if (named is not null && IsOurs(named))
        {
            folder.Write(named, block.Text);
            return marked is not null && FindSpec(named, folder) is { } spec
                ? CompareWithSpec(block, named, spec, folder)
                : CheckFile(block, named, folder);
        }

        var texts = named is null && !isYaml ? Parts(block.Text) : [block.Text];
        var wrong = texts.SelectMany(t => SyntaxTree.Parse(new SourceText(t), isYaml ? SyntaxLanguage.Yaml : SyntaxLanguage.Json).Diagnostics).Where(d => d.Severity == DiagnosticSeverity.Error)
            .Select(d => $"{block}: {d.Code} {d.Message}").ToList();
        return wrong.Count > 0 || named is not null || block.Marks.Contains(Fragment) || (isYaml && IsForeign(block.Text))
            ? wrong
            : [$"{block}: say in the first line which file this is, as in '# orders.pipeline.yaml' or '# pipewright.yaml', and it is checked as that; or, of a part or of another tool's file, '```{block.Language} {Fragment}'."];
    }

    /// <summary>What is found in a file is what its comments say: nothing where they say nothing.</summary>
    private static IEnumerable<string> CheckFile(CodeSample block, string name, TestFolder folder)
    {
        var factory = new FactoryLoader(FileKinds.Default, _ => { }).LoadRoot(folder.Path, default);
        var (text, found) = name == FactoryConfiguration.FileName
            ? (new SourceText(block.Text), Findings.FindInConfiguration(folder.Path, factory.Snapshot)!.Value.Diagnostics)
            : (factory.Snapshot.Documents.GetValueOrDefault(name) ?? factory.Snapshot.Tests.GetValueOrDefault(name)) is { } document
                ? (document.Text, LanguageFeatures.GetDiagnostics(factory.Snapshot, document, default)) : (new SourceText(block.Text), default);
        if (found.IsDefault)
        {
            return [$"{block}: '{name}' is not read as a file of a factory."];
        }

        var expected = block.Lines.SelectMany((l, i) => Code().Matches(l).Select(m => (i, m.Groups["code"].Value))).ToHashSet();
        var actual = found.Where(d => d.Severity >= DiagnosticSeverity.Warning).Select(d => (Line: text.GetLine(d.Span.Start), d)).ToList();
        return actual.Where(a => !expected.Contains((a.Line, a.d.Code))).Select(a => $"{block.Page.Path}:{block.Line + 1 + a.Line}: {a.d.Code} {a.d.Message}")
            .Concat(expected.Where(e => !actual.Any(a => (a.Line, a.d.Code) == e)).Select(e => $"{block.Page.Path}:{block.Line + 1 + e.i}: there is no finding {e.Value}."));
    }

    private static IEnumerable<string> CompareWithSpec(CodeSample block, string name, string spec, TestFolder folder)
    {
        var document = new FactoryLoader(FileKinds.Default, _ => { }).LoadRoot(folder.Path, default).Snapshot.Documents[spec];
        var converted = Conversion.ToGit(document).Single(f => f.Path == name).Text;
        File.Delete(folder[name]);
        return JsonNode.DeepEquals(JsonNode.Parse(block.Text), JsonNode.Parse(converted)) ? [] : [$"{block}: {spec} converts to this:\n{converted}"];
    }

    /// <summary>The file of the spec form in which the page declares the resource of a file of the Git form.</summary>
    private static string? FindSpec(string name, TestFolder folder) => name.EndsWith(".json", StringComparison.Ordinal) && name.Split('/') is [var kind, var file]
        && $"{Path.GetFileNameWithoutExtension(file)}.{kind}.yaml" is var spec && File.Exists(folder[spec]) ? spec : null;

    private static bool IsOurs(string name) => name == FactoryConfiguration.FileName || FileKinds.Default.Classify("/", name) is not null;

    private static bool IsForeign(string text) =>
        SyntaxTree.Parse(new SourceText(text), SyntaxLanguage.Yaml).Root is MappingSyntax root && root.EffectiveEntries.Any(e => ForeignKeys.Contains(e.Key.Value));

    /// <summary>A block may hold an object a line, or members without the braces around them.</summary>
    private static string[] Parts(string text) => text.TrimStart() switch
    {
        ['"', ..] => [$"{{{text}}}"],
        ['{', ..] when text.Split('\n') is { Length: > 1 } lines && lines.All(l => l.StartsWith('{') && l.EndsWith('}')) => lines,
        _ => [text],
    };

    private static TestFolder CopySample()
    {
        var sample = Path.Combine(Repository.Root, "samples", "medallion");
        return new TestFolder([.. Directory.EnumerateFiles(sample, "*", SearchOption.AllDirectories).Where(f => !f.Contains(".pipewright" + Path.DirectorySeparatorChar, StringComparison.Ordinal))
            .Select(f => (Path.GetRelativePath(sample, f), File.ReadAllText(f)))]);
    }

    /// <summary>A code in a comment, unless it is one to the checker.</summary>
    [GeneratedRegex(@"(#|//)(?! pipewright:)[^#]*?(?<code>PW\d{4})", RegexOptions.ExplicitCapture)]
    private static partial Regex Code();
}
