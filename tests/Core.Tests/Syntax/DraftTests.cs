using Pipewright.Core.Syntax;
using Pipewright.Core.Text;
using Xunit;

namespace Pipewright.Core.Tests.Syntax;

public sealed class DraftTests
{
    [Theory]
    [InlineData("a: 1\nb:\n  c: x # why\n  # about d\n  d: |\n    text\n\n    more\n# about e\ne: [1, 2] # two\n")]
    [InlineData("# header\na:\n- b: 1\n  c: 2\n# about x\n- x\n\n\n- &n { y: 1 }\n- *n\n")]
    [InlineData("a:\n  # first\n  - b: 1\n    # inside\n    c: 2\n    # end of it\n  # second\n  - - 1\n    - 2\n")]
    [InlineData("a: { b: 1, c: 2 }\nd:\n  !json\n  e: { f: '@x' }\ng: \"two\n  lines\"\n")]
    [InlineData("a: {\n  # first\n  b: 1, # one\n\n  c: [\n    1,\n    2\n    # end\n  ]\n}\n")]
    [InlineData("a:\r\n  - b: 1\r\n    c: 2 # x\r\n  - d\r\n")]
    public void Yaml_that_is_read_is_written_as_it_was(string text) => AssertSame(text, SyntaxLanguage.Yaml);

    [Theory]
    [InlineData("{\n\t\"a\": [\n\t\t{\n\t\t\t\"b\": 1\n\t\t},\n\t\t2\n\t],\n\t\"c\": { \"d\": [1, 2], \"e\" : {} }\n}")]
    [InlineData("{\n  // first\n  \"a\": 1, // one\n  /* two */\n  \"b\": [\n    1 // x\n    // end\n  ]\n}")]
    public void Json_that_is_read_is_written_as_it_was(string text) => AssertSame(text, SyntaxLanguage.Json);

    [CorpusFact]
    public void Real_files_that_are_read_are_written_as_they_were()
    {
        foreach (var document in CorpusFiles.Factories.SelectMany(CorpusFiles.Load).Where(d => !d.HasSyntaxErrors && d.Text.Length < 20_000))
        {
            AssertSame(document.Text.Content, SyntaxLanguage.Json, isExact: false);
        }
    }

    /// <summary>White space between brackets and commas may be another where members share a line.</summary>
    private static void AssertSame(string text, SyntaxLanguage language, bool isExact = true)
    {
        var tree = SyntaxTree.Parse(new SourceText(text), language);
        Assert.Empty(tree.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error));
        var reader = new DraftReader(tree);
        foreach (var node in tree.Root!.Descendants())
        {
            var draft = node switch { MappingSyntax mapping => reader.Read(mapping), SequenceSyntax sequence => reader.Read(sequence), _ => (Draft?)null };
            if (draft is not null)
            {
                Assert.Equal(Normalize(text), Normalize(reader.Replace(node, draft).Content));
            }
        }

        string Normalize(string value) => isExact ? value : string.Concat(value.Where(c => !char.IsWhiteSpace(c)));
    }
}

internal static class SyntaxWalk
{
    public static IEnumerable<SyntaxNode> Descendants(this SyntaxNode node) => node.Children.SelectMany(c => c.Descendants()).Prepend(node);
}
