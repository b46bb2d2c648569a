using Markdig.Extensions.Tables;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using Xunit;

namespace Pipewright.Server.Tests.Docs;

/// <summary>What the page that compares tools says of ours is shown by a test, and what it says of others by their own documentation.</summary>
public sealed class ComparisonTests
{
    [Fact]
    public void Every_row_names_a_test_of_ours_or_a_page_of_the_other_tool()
    {
        var rows = DocumentationPage.Of("docs/comparison.md").Document.Descendants<Table>().SelectMany(t => t.OfType<TableRow>()).Where(r => !r.IsHeader).ToList();
        Assert.True(rows.Count > 15, "Hardly a row was found: the page is read wrongly.");
        LinkTests.Report(rows.Where(r => !r.Descendants<LinkInline>().Any(IsProof)).Select(r => $"docs/comparison.md:{r.Line + 1}: the row proves nothing: link a file of tests, or the other tool's documentation."));
    }

    private static bool IsProof(LinkInline link) => link.Url is { } url && (url.StartsWith("https://", StringComparison.Ordinal) || url.StartsWith("../tests/", StringComparison.Ordinal) || url.StartsWith("../extension/test/", StringComparison.Ordinal));
}
