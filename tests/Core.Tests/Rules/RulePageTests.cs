using System.Text.RegularExpressions;
using Pipewright.Core.Rules;
using Xunit;

namespace Pipewright.Core.Tests.Rules;

/// <summary>The pages of docs/rules say of a rule what the rule says of itself.</summary>
public sealed partial class RulePageTests
{
    private static readonly Dictionary<string, string> Pages = RepositoryFiles.Read("docs/rules").ToDictionary(f => f.Path, f => f.Text);

    [Fact]
    public void Each_rule_has_a_page_and_each_page_a_rule() =>
        Assert.Equal(RuleCatalog.All.Select(r => r.Code + ".md"), Pages.Keys.Where(p => PageName().IsMatch(p)).Order(StringComparer.Ordinal));

    [Fact]
    public void A_page_begins_with_the_code_the_title_and_the_severity_of_its_rule() => Assert.Empty(
        from rule in RuleCatalog.All
        let begin = $"# {rule.Code}: {rule.Title}\n\n*Severity: {rule.Severity.ToString().ToLowerInvariant()}*\n"
        let page = Pages[rule.Code + ".md"]
        where !page.StartsWith(begin, StringComparison.Ordinal)
        select $"docs/rules/{rule.Code}.md should begin with:\n{begin}");

    [GeneratedRegex(@"^PW\d{4}\.md$")]
    private static partial Regex PageName();
}
