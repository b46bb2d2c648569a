using Azure;

namespace Pipewright.Azure.Databricks;

/// <summary>What a workspace refuses with, and what to do about it. Each message names the workspace: a factory can have several.</summary>
/// <param name="tokens">Null for an emulator.</param>
internal sealed class DatabricksWords(DatabricksWorkspace workspace, TokenSource? tokens, ArmOptions options) : IServiceWords
{
    private bool IsPersonal => tokens?.Credential is PersonalToken;

    public (string Code, string Message)? Read(Response response) => DatabricksErrors.Read(response);

    public string Explain(Response response, string code, string message) => $"{workspace.Host}: {ExplainIt(response, code, message)}";

    private string ExplainIt(Response response, string code, string message) => response.Status switch
    {
        >= 300 and < 400 => $"The workspace does not take this sign-in: it answers {response.Status} and points to a page to sign in at. {SignInAgain}",
        401 => Refusals.Join(message, $"The workspace does not take this sign-in. {SignInAgain}"),
        403 when code == DatabricksErrors.Page || message.Contains("IP access list", StringComparison.OrdinalIgnoreCase) || message.Contains("IP ACL", StringComparison.OrdinalIgnoreCase) || message.Contains("private link", StringComparison.OrdinalIgnoreCase) => Refusals.Join(
            message, "The workspace does not let this machine in: it has an IP access list, or is reached by a private link only. Ask from a network that it allows, or have this one's address added."),
        403 when message.Contains("token", StringComparison.OrdinalIgnoreCase) => Refusals.Join(message, SignInAgain),
        403 => Refusals.Join(message, "This user may not do that in the workspace: have an admin of it add the user, or give the permission on the object."),
        404 when code is DatabricksErrors.Page or "ENDPOINT_NOT_FOUND" or "FEATURE_DISABLED" => Refusals.Join(message, "There is no such workspace, or it does not have this part of the API. Look at 'domain' of the linked service."),
        429 => Refusals.ExplainThrottling(response, message, options),
        _ => message.Length == 0 ? $"The service answered {response.Status} {code}." : message,
    };

    private string SignInAgain => IsPersonal
        ? $"The personal token in {DatabricksCredentials.TokenVariable} is another workspace's, or has ended: make a new one in the user settings of this workspace, or unset the variable to use the sign-in to Azure."
        : $"Sign in{(TenantName is null ? " to the tenant of the workspace" : $" to the tenant {TenantName}, or to another if the workspace belongs to that")}: "
            + $"'Pipewright: Sign In' in VS Code, 'az login{(TenantName is null ? " --tenant ID" : Refusals.Argument(TenantName))}' elsewhere.";

    private string? TenantName => workspace.Tenant ?? tokens?.Cache.HeldTenant;
}
