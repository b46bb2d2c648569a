using System.Text.RegularExpressions;
using Markdig;
using Markdig.Extensions.AutoIdentifiers;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Pipewright.Server.Tests.Docs;

/// <summary>A block of code in a page.</summary>
/// <param name="Language">The first word behind the fence; empty without one.</param>
/// <param name="Marks">The other words: what the block is, for the tests. GitHub does not show them.</param>
/// <param name="Line">Of the fence, from 1.</param>
internal sealed record CodeSample(DocumentationPage Page, string Language, string[] Marks, string Text, int Line)
{
    public string[] Lines => Text.Split('\n');

    /// <summary>The file that the first line says this is, as in <c># orders.pipeline.yaml</c>; null without.</summary>
    public string? File => FileLine().Match(Lines[0]) is { Success: true } match ? match.Groups["file"].Value : null;

    public override string ToString() => $"{Page.Path}:{Line}";

    private static Regex FileLine() => new(@"^\s*(#|//|--|;;) (?<file>[\w.@/-]+\.(yaml|yml|json|py|sql|lua|el|toml))$");
}

/// <summary>A page of Markdown in the repository.</summary>
/// <param name="Path">Within the repository, with <c>/</c>.</param>
internal sealed record DocumentationPage(string Path, string Text, MarkdownDocument Document)
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().UsePipeTables().UseAutoIdentifiers(AutoIdentifierOptions.GitHub).UsePreciseSourceLocation().Build();

    /// <summary>Folders that hold what nobody has written by hand, or what is no part of the repository.</summary>
    private static readonly HashSet<string> Skipped = [".git", ".cache", ".vscode-test", "node_modules", "bin", "obj", "artifacts", "dist", "out", "TestResults"];

    /// <summary>All of the repository.</summary>
    public static IReadOnlyList<DocumentationPage> All { get; } = [.. Find(Repository.Root).Order(StringComparer.Ordinal).Select(Read)];

    /// <summary>All but those of single rules, which tests of Core look at.</summary>
    public static IReadOnlyList<DocumentationPage> Written { get; } = [.. All.Where(p => !RulePage().IsMatch(p.Path))];

    public static DocumentationPage Of(string path) => All.Single(p => p.Path == path);

    /// <summary>The names of the headings, as GitHub makes them.</summary>
    public HashSet<string> Anchors { get; } = [.. Document.Descendants<HeadingBlock>().Select(h => h.GetAttributes().Id).OfType<string>()];

    /// <summary>What stands in backticks within a line.</summary>
    public IEnumerable<(string Text, int Line)> Names => Document.Descendants<CodeInline>().Select(c => (c.Content.Replace('\n', ' '), c.Line + 1));

    public IEnumerable<CodeSample> Samples => Document.Descendants<FencedCodeBlock>().Select(b => new CodeSample(
        this, b.Info ?? "", (b.Arguments ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries), b.Lines.ToString().ReplaceLineEndings("\n"), b.Line + 1));

    /// <summary>The lines between two comments, <c>begin: NAME</c> and <c>end: NAME</c>; null where they are not there.</summary>
    public static string? FindPart(string text, string name) => Part(name).Match(text) is { Success: true } match ? match.Groups["part"].Value : null;

    public static string ReplacePart(string text, string name, string part) => Part(name).Replace(text, m => m.Groups["begin"].Value + part + m.Groups["end"].Value);

    private static Regex Part(string name) => new($"(?<begin><!-- begin: {name} [^>]*-->\n)(?<part>.*?)(?<end><!-- end: {name} -->)", RegexOptions.Singleline | RegexOptions.ExplicitCapture);

    private static Regex RulePage() => new(@"^docs/rules/PW\d{4}\.md$");

    private static DocumentationPage Read(string path)
    {
        var text = File.ReadAllText(System.IO.Path.Combine(Repository.Root, path)).ReplaceLineEndings("\n");
        return new DocumentationPage(path, text, Markdown.Parse(text, Pipeline));
    }

    private static IEnumerable<string> Find(string folder)
    {
        foreach (var file in Directory.EnumerateFiles(folder, "*.md"))
        {
            yield return System.IO.Path.GetRelativePath(Repository.Root, file).Replace('\\', '/');
        }

        foreach (var file in Directory.EnumerateDirectories(folder).Where(f => !Skipped.Contains(System.IO.Path.GetFileName(f))).SelectMany(Find))
        {
            yield return file;
        }
    }
}
