using Xunit;

namespace Pipewright.Core.Tests.Rules.Activities;

/// <summary>Timeouts are time spans within their limits.</summary>
public sealed class TimeSpanRuleTests
{
    private const string Until = "name: U, type: Until, expression: \"@equals(activity('W').output, 1)\", activities: [{ name: W, type: Wait, waitTimeInSeconds: 1 }]";
    private const string Validation = "name: V, type: Validation, dataset: D";
    private const string Lookup = "name: L, type: Lookup, dataset: D, source: { type: JsonSource }";
    private const string Web = "name: W, type: WebActivity, method: GET, url: \"https://example.com\"";

    [Theory]
    [InlineData("PW4201", Lookup + ", policy: { timeout: [|'12:00'|] }")]
    [InlineData("PW4201", Lookup + ", policy: { timeout: [|'7:00:00:00'|] }")]
    [InlineData("PW4201", Lookup + ", policy: { timeout: [|PT1H30M|] }")]
    [InlineData("PW4201", Lookup + ", policy: { timeout: [|2 hours|] }")]
    [InlineData("PW4201", Lookup + ", policy: { timeout: [|3600|] }")]
    [InlineData("PW4201", Lookup + ", policy: { timeout: [|soon|] }")]
    [InlineData("PW4201", Lookup + ", policy: { timeout: [|0.12:61:00|] }")]
    [InlineData("PW4201", Until + ", timeout: [|1d|]")]
    [InlineData("PW4201", Web + ", httpRequestTimeout: [|30s|]")]
    [InlineData("PW4202", Lookup + ", policy: { timeout: [|7.00:00:01|] }")]
    [InlineData("PW4202", Lookup + ", policy: { timeout: [|99999999999999999999.00:00:00|] }")]
    [InlineData("PW4202", Until + ", timeout: [|91.00:00:00|]")]
    [InlineData("PW4202", Validation + ", timeout: [|8.00:00:00|]")]
    [InlineData("PW4202", Web + ", httpRequestTimeout: [|'00:10:01'|]")]
    [InlineData("PW4203", Lookup + ", policy: { timeout: [|0.00:09:59|] }")]
    [InlineData("PW4203", Web + ", httpRequestTimeout: [|'00:00:00'|]")]
    [InlineData("PW4203", Until + ", timeout: [|'00:00:00'|]")]
    [InlineData("PW4204", Lookup + ", policy: { retry: 1, retryIntervalInSeconds: [|5|] }")]
    public void It_is_found_and_mended(string code, string activity) => RuleCases.Finds(code, "p.pipeline.yaml", Pipeline(activity));

    [Theory]
    [InlineData("PW4201", Lookup + ", policy: { timeout: '12:00:00' }")]
    [InlineData("PW4201", Lookup + ", policy: { timeout: 0.1:00:00 }")]
    [InlineData("PW4201", Lookup + ", policy: { timeout: \"@pipeline().parameters.t\" }")]
    [InlineData("PW4201", Lookup + ", policy: { timeout: null }")]
    [InlineData("PW4201", Until + ", policy: { timeout: soon }")]
    [InlineData("PW4201", Lookup + ", state: Inactive, policy: { timeout: soon }")]
    [InlineData("PW4202", Lookup + ", policy: { timeout: 7.00:00:00 }")]
    [InlineData("PW4202", Until + ", timeout: 90.00:00:00")]
    [InlineData("PW4202", Web + ", httpRequestTimeout: '00:10:00'")]
    [InlineData("PW4203", Lookup + ", policy: { timeout: 0.00:10:00 }")]
    [InlineData("PW4203", Web + ", httpRequestTimeout: '00:00:01'")]
    [InlineData("PW4203", Until + ", timeout: 0.00:00:10")]
    [InlineData("PW4204", Lookup + ", policy: { retryIntervalInSeconds: 30 }")]
    public void Nothing_is_found_where_nothing_is_wrong(string code, string activity) => RuleCases.FindsNothing(code, "p.pipeline.yaml", Pipeline(activity));

    [Theory]
    [InlineData("PW4201", "'12:00'", "0.12:00:00")]
    [InlineData("PW4201", "'7:00:00:00'", "7.00:00:00")]
    [InlineData("PW4201", "PT1H30M", "0.01:30:00")]
    [InlineData("PW4201", "2h 5 min", "0.02:05:00")]
    [InlineData("PW4201", "3600", "0.01:00:00")]
    [InlineData("PW4202", "14.00:00:00", "7.00:00:00")]
    [InlineData("PW4203", "0.00:01:00", "0.00:10:00")]
    public void The_fix_writes_what_was_meant(string code, string before, string after)
    {
        var text = RuleCases.Fix(code, "p.pipeline.yaml", Pipeline(Lookup + ", policy: { timeout: " + before + " }"));
        Assert.Contains(after, text, StringComparison.Ordinal);
        Assert.DoesNotContain(before, text, StringComparison.Ordinal);
    }

    private static string Pipeline(string activity) => $"parameters: {{ t: string }}\nactivities:\n  - {{ {activity} }}\n";
}
