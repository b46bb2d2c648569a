using System.Text.RegularExpressions;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using Xunit;

namespace Pipewright.Server.Tests.Docs;

/// <summary>The messages that the page about trouble quotes are those of the program: each of its headings, where <c>…</c> stands for what is filled in.</summary>
public sealed partial class QuotedMessageTests
{
    private static readonly string[] Sources = [.. NameTests.ReadSources("server", "*.cs").Concat(NameTests.ReadSources("extension/src", "*.ts")).Concat(NameTests.ReadSources("extension/build", "*.mjs")).Select(s => s.Replace("\\`", "`", StringComparison.Ordinal))];

    [Fact]
    public void Every_message_stands_in_the_sources()
    {
        var quoted = (from heading in DocumentationPage.Of("docs/troubleshooting.md").Document.Descendants<HeadingBlock>()
                      where heading.Level == 3
                      from code in heading.Inline!.OfType<CodeInline>()
                      select (code.Content, heading.Line)).ToList();
        Assert.True(quoted.Count > 15, "Hardly a message was found: the page is read wrongly.");
        LinkTests.Report(quoted.Where(q => !IsWritten(q.Content)).Select(q => $"docs/troubleshooting.md:{q.Line + 1}: no source has the message `{q.Content}`."));
    }

    [Theory]
    [InlineData("'…' is no file or folder.", true)]
    [InlineData("'…' is neither file nor folder.", false)]
    public void A_message_is_known_by_what_is_not_filled_in(string message, bool isWritten) => Assert.Equal(isWritten, IsWritten(message));

    private static bool IsWritten(string message)
    {
        var pattern = new Regex(string.Join(@"[^\n]*?", message.Split('…').Select(p => Regex.Escape(p))), RegexOptions.CultureInvariant);
        return Filled().Count(message) * 2 < message.Length && Sources.Any(pattern.IsMatch);
    }

    [GeneratedRegex("…")]
    private static partial Regex Filled();
}
