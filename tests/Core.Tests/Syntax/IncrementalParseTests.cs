using System.Globalization;
using System.Text;
using Pipewright.Core.Syntax;
using Pipewright.Core.Syntax.Json;
using Pipewright.Core.Syntax.Yaml;
using Pipewright.Core.Text;
using Xunit;

namespace Pipewright.Core.Tests.Syntax;

/// <summary>A tree that takes over most of the one before it is the very tree that reading the whole text gives.</summary>
public sealed class IncrementalParseTests
{
    private static readonly string[] Scraps =
    [
        "a", "key", ": ", ":", "- ", "-", "\n", "\n  ", "\n    ", "\n      ", " ", "  ", "{", "}", "[", "]", ",", "\"", "'", "|", ">", "!json ", "#c", " #", "@x", "1", "true", "null", "~", "\\", "?", "? ", "é", "`",
        "\n  - name: x", "\n    type: Copy", "\n- a", "desc", "description: b\n    ", "|\n      text\n      more\n", "'it''s'", "\"a\\nb\"", "\n\n", "\n# c\n", "key: ", "\r\n", "\r", "\t", "&x ", "*x", "---\n",
        "\"k\": 1,", "\"k\":", ", ", "},", "{},", "\n    }", "\"desc\"", "/*", "*/", "//", "<<<<<<< A\n",
    ];

    public static TheoryData<string> Samples => [.. RepositoryFiles.Read("samples").Select(f => f.Path).Where(p => p.EndsWith(".yaml", StringComparison.Ordinal) || p.EndsWith(".json", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Samples))]
    public void Any_edits_of_a_sample_give_the_tree_of_the_whole_text(string path)
    {
        var original = File.ReadAllText(Path.Combine(RepositoryFiles.Root, "samples", path));
        var edits = new RandomEdits(original, seed: path.Length);
        var tree = Parse(path, original);
        for (var i = 0; i < 150; i++)
        {
            var text = new SourceText(edits.Next());
            tree = tree.WithText(text);
            Assert.Equal(Describe(SyntaxTree.Parse(text, tree.Language)), Describe(tree));
        }
    }

    [Theory]
    [InlineData("samples/medallion/pipelines/ingest_tables.pipeline.yaml", "|    type: ForEach", "    description: Types it letter by letter\n", "")]
    [InlineData("samples/medallion/pipelines/ingest_tables.pipeline.yaml", "|    type: ForEach", "    policy: { retry: 2, timeout: \"0.01:00:00\" }\n", "{ retry, timeout")]
    [InlineData("samples/medallion-git/pipeline/ingest_tables.json", "|\"userProperties\"", "\"description\": \"Types it\",\n", "\"description\": \"Types it\"")]
    [InlineData("samples/medallion-git/pipeline/ingest_tables.json", "\"name\": \"F|orEachTable\"", "or each, said the clerk: [", "")]
    [InlineData("samples/medallion-git/pipeline/ingest_tables.json", "\"isSequential\": |false", "true", "")]
    public void What_is_typed_in_an_activity_is_all_that_is_read(string path, string place, string typed, string readWhole)
    {
        var content = File.ReadAllText(Path.Combine(RepositoryFiles.Root, path));
        var at = content.IndexOf(place.Replace("|", "", StringComparison.Ordinal), StringComparison.Ordinal) + place.IndexOf('|', StringComparison.Ordinal);
        var tree = Parse(path, content);
        var whole = new List<char>();
        for (var i = 1; i <= typed.Length; i++)
        {
            var text = new SourceText(content.Insert(at, typed[..i]));
            var next = Reparse(tree, text);
            whole.AddRange(next is null ? [typed[i - 1]] : []);
            tree = next ?? SyntaxTree.Parse(text, tree.Language);
            Assert.Equal(Describe(SyntaxTree.Parse(text, tree.Language)), Describe(tree));
        }

        // What is open may go on to the end of the text: then all of it is read, and once more for what comes next, as nothing is known of the parts.
        Assert.Equal(readWhole, string.Concat(whole));
    }

    [Theory]
    [InlineData("a: 1\nb: 2\n", "b: 2\n")]
    [InlineData("a: 1\nb: 2\n", "")]
    [InlineData("a: 1\nb: 2\n", "\n")]
    [InlineData("a: 1\nb: 2\n", "a: 1\n")]
    [InlineData("a: 1\n  # c\nb: 2\n", "b: 2\n")]
    [InlineData("x:\n  - a: 1\n  - b: 2\n", "x:\n")]
    [InlineData("x:\n  - a: 1\n  - b: 2\n", "- b: 2\n")]
    public void Whole_parts_may_go(string before, string after)
    {
        var text = new SourceText(after);
        Assert.Equal(Describe(SyntaxTree.Parse(text, SyntaxLanguage.Yaml)), Describe(SyntaxTree.Parse(new SourceText(before), SyntaxLanguage.Yaml).WithText(text)));
    }

    [Fact]
    public void Windows_line_ends_are_no_hindrance()
    {
        const string Text = "activities:\r\n  - name: A\r\n    type: Copy\r\n  - name: B\r\n    type: Wait\r\n";
        var tree = SyntaxTree.Parse(new SourceText(Text), SyntaxLanguage.Yaml);
        Assert.NotNull(Reparse(tree, new SourceText(Text.Replace("Copy", "Copy\r\n    des", StringComparison.Ordinal))));
    }

    private static SyntaxTree Parse(string path, string content) =>
        SyntaxTree.Parse(new SourceText(content), path.EndsWith(".json", StringComparison.Ordinal) ? SyntaxLanguage.Json : SyntaxLanguage.Yaml);

    private static SyntaxTree? Reparse(SyntaxTree tree, SourceText text)
    {
        var change = TextDifference.Between(tree.Text.Content, text.Content);
        return tree.Language == SyntaxLanguage.Yaml ? YamlReparse.TryParse(tree, text, change) : JsonReparse.TryParse(tree, text, change);
    }

    /// <summary>Everything that a tree says: places, values and where they are written, parents, findings with their fixes.</summary>
    private static string Describe(SyntaxTree tree)
    {
        var text = new StringBuilder();
        foreach (var document in tree.Documents)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"document {document.Span}");
            if (document.Root is not null)
            {
                Describe(document.Root, null, 1, text);
            }
        }

        foreach (var finding in tree.Diagnostics)
        {
            var fixes = finding.Fixes.Select(f => $"{f.Title} {f.IsPreferred} {string.Join("; ", f.Changes)}");
            text.AppendLine(CultureInfo.InvariantCulture, $"{finding.Code} {finding.Span} {finding.Message} [{string.Join(" | ", fixes)}]");
        }

        return text.ToString();
    }

    private static void Describe(SyntaxNode node, SyntaxNode? parent, int depth, StringBuilder text)
    {
        Assert.Same(parent, node.Parent);
        var own = node switch
        {
            ScalarSyntax scalar => $"{scalar.Style} {scalar.Kind} {scalar.Value} at {string.Join(' ', Enumerable.Range(0, scalar.Value.Length + 1).Select(i => scalar.ToSourceOffset(i) - scalar.Span.Start))}",
            MappingEntrySyntax entry => $"{entry.Separator}",
            MappingSyntax mapping => $"{mapping.IsFlow} {mapping.Entries.Length} {mapping.Misplaced.Length}",
            SequenceSyntax sequence => $"{sequence.IsFlow} {sequence.Items.Length} {sequence.Misplaced.Length}",
            AliasSyntax alias => $"{alias.Name} {alias.Target?.Span}",
            _ => "",
        };
        text.Append(' ', depth).AppendLine(CultureInfo.InvariantCulture, $"{node.GetType().Name} {node.Span} {node.Anchor} {node.Tag} {own}");
        foreach (var child in node.Children)
        {
            Describe(child, node, depth + 1, text);
        }
    }

    /// <summary>Small changes upon small changes, and now and then all as it was.</summary>
    private sealed class RandomEdits(string original, int seed)
    {
        private readonly string _original = original;
        private readonly Random _random = new(seed);
        private string _text = original;

        public string Next()
        {
            if (_random.Next(6) == 0 || _text.Length > _original.Length * 2)
            {
                _text = _original;
            }

            var at = _random.Next(_text.Length + 1);
            var removed = _random.Next(3) == 0 ? _random.Next(Math.Min(_random.Next(2) == 0 ? 3 : 60, _text.Length - at + 1)) : 0;
            var from = _random.Next(_text.Length);
            var added = _random.Next(8) == 0 ? _text.Substring(from, Math.Min(_random.Next(80), _text.Length - from)) : _random.Next(4) == 0 ? "" : Scraps[_random.Next(Scraps.Length)];
            return _text = string.Concat(_text.AsSpan(0, at), added, _text.AsSpan(at + removed));
        }
    }
}
