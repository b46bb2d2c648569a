using FsCheck.Xunit;
using Pipewright.Core.Text;
using Xunit;

namespace Pipewright.Core.Tests.Syntax;

public sealed class TextComparisonTests
{
    [Theory]
    [InlineData("a\nb\nc\n", "a\nx\nb\nc\n", 1)]
    [InlineData("a\nb\nc\n", "a\nc\n", 1)]
    [InlineData("one\ntwo\nthree\n", "one\ntwx\nthree\nfour\n", 2)]
    [InlineData("a", "a", 0)]
    [InlineData("", "a\n", 1)]
    [InlineData("a\r\nb\r\nc", "a\r\nc", 1)]
    public void Few_changes_lead_from_one_text_to_the_other(string before, string after, int count) => Assert.Equal(count, Compare(before, after));

    [Property]
    public void Changes_lead_from_any_text_to_any_other(byte[] before, byte[] after) => Compare(Text(before), Text(after));

    private static string Text(byte[] lines) => string.Concat(lines.Select(l => (l % 5) switch { 0 => "\n", 1 => "a\n", 2 => "b\r\n", 3 => "\ud83d\ude00", _ => "c" }));

    private static int Compare(string before, string after)
    {
        var changes = TextComparison.FindChanges(new SourceText(before), new SourceText(after));
        Assert.Equal(after, new SourceText(before).WithChanges(changes).Content);
        return changes.Length;
    }
}
