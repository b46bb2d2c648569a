using System.Text.Json.Nodes;
using Pipewright.Azure;
using Pipewright.Core.Schema;
using Pipewright.Deployment;
using Xunit;
using static Pipewright.Server.Tests.AzureServices.ScriptedAzure;

namespace Pipewright.Server.Tests.AzureServices;

/// <summary>What the service says when it refuses, in words that help.</summary>
public sealed class ErrorTests
{
    private const string Issuers =
        "The access token is from the wrong issuer 'https://sts.windows.net/aaaa/'. It must match the tenant 'https://sts.windows.net/bbbb/' associated with this subscription.";

    [Theory]
    [InlineData("""{"error":{"code":"A","message":"Wrong."}}""", "A", "Wrong.")]
    [InlineData("""{"code":"A","message":"Wrong."}""", "A", "Wrong.")]
    [InlineData("""{"error":{"code":"A","message":"Wrong.","target":"pipelines/p"}}""", "A", "Wrong. (pipelines/p)")]
    [InlineData("""{"error":{"code":"A","message":"Wrong.","details":[{"code":"B","message":"Inner."},{"error":{"code":"A","message":"More."}},{"code":"C","message":"Wrong."}]}}""", "A", "Wrong. B: Inner. More.")]
    [InlineData("""{"error":{"code":"A","message":"","details":[{"code":"B","message":"Inner."}]}}""", "A", "B: Inner.")]
    [InlineData("""{"error":{"code":"A","message":"{\"error\":{\"code\":\"B\",\"message\":\"Inner.\"}}"}}""", "A", "B: Inner.")]
    [InlineData("""{"error":{"code":"A","message":"Said: {\"error\":{\"code\":\"B\",\"message\":\"{\\\"error\\\":{\\\"code\\\":\\\"C\\\",\\\"message\\\":\\\"Deep.\\\"}}\"}}"}}""", "A", "Said: B: C: Deep.")]
    [InlineData("""{"error":{"code":"A","message":"Use {this}"}}""", "A", "Use {this}")]
    [InlineData("""{"error":{"message":"Wrong."}}""", "Error", "Wrong.")]
    [InlineData("""{"error":{"code":"A"}}""", "A", "")]
    [InlineData("""{"error":"Wrong."}""", "Error", "Wrong.")]
    [InlineData("""{"error":{"code":7,"message":["x"]}}""", "Http400", "The service answered 400 Bad Request.")]
    [InlineData("""[1]""", "Http400", "The service answered 400 Bad Request.")]
    [InlineData("""{"error":null}""", "Http400", "The service answered 400 Bad Request.")]
    [InlineData("<html>proxy</html>", "Http400", "The service answered 400 Bad Request.")]
    [InlineData("", "Http400", "The service answered 400 Bad Request.")]
    public async Task An_error_is_one_readable_message(string content, string code, string message)
    {
        var e = await RefusedAsync(() => Answer(400, content));
        Assert.Equal((code, message), (e.Code, e.Message));
    }

    [Fact]
    public async Task A_message_has_an_end_however_deep_or_long_it_is()
    {
        var nested = "bottom";
        for (var i = 0; i < 10; i++)
        {
            nested = new JsonObject { ["error"] = new JsonObject { ["code"] = "A", ["message"] = nested } }.ToJsonString();
        }

        Assert.Contains("bottom", (await RefusedAsync(() => Answer(400, nested))).Message, StringComparison.Ordinal);
        Assert.InRange((await RefusedAsync(() => Refuse(400, "A", new string('x', 100_000)))).Message.Length, 1000, 5000);
    }

    [Theory]
    [InlineData(403, "AuthorizationFailed", "The client 'x' has no right.", "The client 'x' has no right. This user needs the role Data Factory Contributor on /subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/rg/providers/Microsoft.DataFactory/factories/adf.")]
    [InlineData(404, "SubscriptionNotFound", "The subscription could not be found.", "There is no subscription 11111111-1111-1111-1111-111111111111")]
    [InlineData(404, "ResourceGroupNotFound", "Resource group 'rg' could not be found.", "There is no resource group 'rg'")]
    [InlineData(404, "ParentResourceNotFound", "Can not perform requested operation on nested resource.", "There is no factory 'adf' in the resource group 'rg'")]
    [InlineData(404, "ResourceNotFound", "The Resource 'Microsoft.DataFactory/factories/adf' under resource group 'rg' was not found.", "There is no factory 'adf' in the resource group 'rg'")]
    [InlineData(401, "ExpiredAuthenticationToken", "The access token has expired.", "The access token has expired. Azure does not take this sign-in. Sign in again: 'Pipewright: Sign In' in VS Code, 'az login' elsewhere.")]
    public async Task An_error_that_everybody_meets_once_says_what_to_do(int status, string code, string message, string said)
    {
        var e = await RefusedAsync(() => Refuse(status, code, message));
        Assert.Equal((status, code, false), (e.Status, e.Code, e.IsOutcomeUnknown));
        Assert.StartsWith(said, e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("PipelineNotFound", "The document could not be retrieved because it was not found: 'p'.")]
    [InlineData("ResourceNotFound", "The Resource 'Microsoft.DataFactory/factories/adf/pipelines/p' under resource group 'rg' was not found.")]
    public async Task A_resource_that_is_not_there_is_no_error(string code, string message)
    {
        var azure = InTurn(() => Refuse(404, code, message));
        Assert.Null(await azure.FactoryClient().FindAsync(new ResourceId(ResourceKind.Pipeline, "p"), default));
        Assert.False(await azure.FactoryClient().DeleteAsync(new ResourceId(ResourceKind.Pipeline, "p"), default));
    }

    [Theory]
    [InlineData("ResourceNotFound", null)]
    [InlineData("ResourceGroupNotFound", "404 ResourceGroupNotFound")]
    [InlineData("SubscriptionNotFound", "404 SubscriptionNotFound")]
    public async Task A_factory_is_found_missing_where_the_rest_is_there(string code, string? outcome)
    {
        var azure = InTurn(() => Refuse(404, code, "The Resource 'Microsoft.DataFactory/factories/adf' was not found."));
        LiveResource? found = null;
        Assert.Equal(outcome ?? "done", await RequestTests.OutcomeAsync(async () => found = await azure.FactoryClient().FindAsync(new ResourceId(ResourceKind.Factory, "adf"), default)));
        Assert.Null(found);
    }

    [Fact]
    public async Task The_wrong_tenant_is_told_with_the_right_one()
    {
        var azure = InTurn(() => Refuse(401, "InvalidAuthenticationTokenTenant", Issuers,
            ("WWW-Authenticate", """Bearer authorization_uri="https://login.windows.net/bbbb", error="invalid_token", error_description="The access token is from the wrong issuer.", resource="x" """)));
        var token = SignInTests.Token("aaaa");
        var e = await Assert.ThrowsAsync<ArmException>(() => azure.Client(azure.Credential(token)).FindAsync("pipelines/p", default));
        Assert.Equal((401, "InvalidAuthenticationTokenTenant"), (e.Status, e.Code));
        Assert.StartsWith("Signed in to the tenant aaaa, and the subscription 11111111-1111-1111-1111-111111111111 belongs to the tenant bbbb.", e.Message, StringComparison.Ordinal);
        Assert.Contains("'tenant: bbbb'", e.Message, StringComparison.Ordinal);
        Assert.Contains("az login --tenant bbbb", e.Message, StringComparison.Ordinal);

        // Another token would be of the same tenant.
        Assert.Single(azure.Seen);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Bearer")]
    [InlineData("""Bearer authorization_uri="https://login.windows.net/common/oauth2/authorize" """)]
    [InlineData("""Bearer authorization_uri="nonsense" """)]
    public async Task The_wrong_tenant_is_told_where_the_right_one_is_not(string challenge)
    {
        var e = await RefusedAsync(() => Refuse(401, "InvalidAuthenticationTokenTenant", Issuers, ("WWW-Authenticate", challenge)));
        Assert.Contains("bbbb", e.Message, StringComparison.Ordinal);
        Assert.Contains("'tenant' of the target", e.Message, StringComparison.Ordinal);
    }

    private static Task<ArmException> RefusedAsync(Func<HttpResponseMessage> answer) =>
        Assert.ThrowsAsync<ArmException>(() => InTurn(answer).Client(null, o => o with { MaxRetries = 0 }).FindAsync("pipelines/p", default));
}
