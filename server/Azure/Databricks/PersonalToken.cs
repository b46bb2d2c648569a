using Azure.Core;

namespace Pipewright.Azure.Databricks;

/// <summary>A personal access token of a workspace, which its owner made there.</summary>
internal sealed class PersonalToken(string token) : TokenCredential
{
    public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) => new(token, DateTimeOffset.MaxValue);

    public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) => new(GetToken(requestContext, cancellationToken));
}

/// <summary>Credentials for workspaces.</summary>
public static class DatabricksCredentials
{
    /// <summary>The variable that Databricks' own tools read a personal token from.</summary>
    public const string TokenVariable = "DATABRICKS_TOKEN";

    /// <summary>The variable that says which workspace the token is for.</summary>
    public const string HostVariable = "DATABRICKS_HOST";

    /// <summary>The personal token that the user has set in the environment; null for none, and where it is not said to be this workspace's: the address comes from a file, which anybody may have written.</summary>
    public static TokenCredential? FromEnvironment(DatabricksWorkspace workspace) => Choose(
        Environment.GetEnvironmentVariable(TokenVariable), Environment.GetEnvironmentVariable(HostVariable), workspace);

    /// <param name="token">A personal access token; null for none.</param>
    /// <param name="host">The address of its workspace; null where nothing is said of it, and then it goes nowhere.</param>
    public static TokenCredential? Choose(string? token, string? host, DatabricksWorkspace workspace) => token?.Trim() is { Length: > 0 } given && !workspace.IsEmulator
        && host is { Length: > 0 } && DatabricksWorkspace.TryParse(host, out var own) && own.Address == workspace.Address
        ? FromToken(given)
        : null;

    /// <param name="token">A personal access token.</param>
    public static TokenCredential FromToken(string token) => new PersonalToken(token);
}
