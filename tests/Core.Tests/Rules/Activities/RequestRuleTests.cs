using Xunit;

namespace Pipewright.Core.Tests.Rules.Activities;

/// <summary>Web, WebHook and Azure Function activities send what their method wants, and sign in with all that it takes.</summary>
public sealed class RequestRuleTests
{
    [Theory]
    [InlineData("PW4222", "type: WebActivity, method: [|POST|], url: https://example.com")]
    [InlineData("PW4222", "type: WebActivity, method: [|patch|], url: https://example.com, body: null")]
    [InlineData("PW4222", "type: AzureFunctionActivity, method: [|PUT|], functionName: f")]
    [InlineData("PW4223", "type: WebActivity, method: GET, url: https://example.com, [|body|]: '{}'")]
    [InlineData("PW4223", "type: AzureFunctionActivity, method: get, functionName: f, [|body|]: \"@item()\"")]
    [InlineData("PW4223", "type: WebActivity, method: GET, url: https://example.com, [|body|]: { a: 1 }")]
    [InlineData("PW4224", "type: WebActivity, method: GET, url: https://example.com, authentication: { type: [|MSI|] }")]
    [InlineData("PW4224", "type: WebHook, method: POST, url: https://example.com, authentication: { type: [|Msi|], resource: '' }")]
    [InlineData("PW4224", "type: WebActivity, method: GET, url: https://example.com, authentication: { type: [|UserAssignedManagedIdentity|], resource: https://example.com }")]
    [InlineData("PW4224", "type: WebActivity, method: GET, url: https://example.com, authentication: { type: [|Basic|], username: me }")]
    [InlineData("PW4224", "type: WebActivity, method: GET, url: https://example.com, authentication: { type: [|ServicePrincipal|], credential: C }")]
    [InlineData("PW4225", "type: WebHook, method: POST, url: https://example.com, [|body|]: '{}'")]
    [InlineData("PW4225", "type: WebHook, method: POST, url: https://example.com, headers: { a: b }, [|body|]: { a: 1 }")]
    public void It_is_found_and_mended(string code, string activity) => RuleCases.Finds(code, "p.pipeline.yaml", Pipeline(activity));

    [Theory]
    [InlineData("PW4222", "type: WebActivity, method: POST, url: https://example.com, body: ''")]
    [InlineData("PW4222", "type: WebActivity, method: DELETE, url: https://example.com")]
    [InlineData("PW4222", "type: WebActivity, method: \"@item()\", url: https://example.com")]
    [InlineData("PW4222", "type: WebActivity, state: Inactive, method: POST, url: https://example.com")]
    [InlineData("PW4222", "type: AzureFunctionActivity, method: DELETE, functionName: f")]
    [InlineData("PW4223", "type: WebActivity, method: GET, url: https://example.com, body: ''")]
    [InlineData("PW4223", "type: WebActivity, method: POST, url: https://example.com, body: x")]
    [InlineData("PW4224", "type: WebActivity, method: GET, url: https://example.com, authentication: { type: MSI, resource: \"@item()\" }")]
    [InlineData("PW4224", "type: WebActivity, method: GET, url: https://example.com, authentication: { type: ServicePrincipal, resource: https://example.com, credential: C }")]
    [InlineData("PW4224", "type: WebActivity, method: GET, url: https://example.com, authentication: { type: New }")]
    [InlineData("PW4225", "type: WebHook, method: POST, url: https://example.com, headers: { content-type: text/plain }, body: x")]
    [InlineData("PW4225", "type: WebHook, method: POST, url: https://example.com, headers: \"@item()\", body: x")]
    [InlineData("PW4225", "type: WebHook, method: POST, url: https://example.com")]
    public void Nothing_is_found_where_nothing_is_wrong(string code, string activity) => RuleCases.FindsNothing(code, "p.pipeline.yaml", Pipeline(activity));

    [Theory]
    [InlineData("PW4222", "type: WebActivity, method: POST, url: https://example.com", 0, "body: \"{}\"")]
    [InlineData("PW4223", "type: WebActivity, url: https://example.com, method: GET, body: x", 1, "method: POST, body: x")]
    [InlineData("PW4224", "type: WebActivity, method: GET, url: https://example.com, authentication: { type: MSI }", 0, "{ type: MSI, resource: \"https://management.azure.com/\" }")]
    [InlineData("PW4225", "type: WebHook, method: POST, url: https://example.com, body: x", 0, "headers: { Content-Type: application/json }")]
    public void A_fix_says_what_was_meant(string code, string activity, int which, string expected) =>
        Assert.Contains(expected, RuleCases.Fix(code, "p.pipeline.yaml", Pipeline(activity), which), StringComparison.Ordinal);

    private static string Pipeline(string activity) => $"activities:\n  - {{ name: A, {activity} }}\n";
}
