using Azure;

namespace Pipewright.Azure;

/// <summary>What Azure Resource Manager and Data Factory refuse with, and what to do about it.</summary>
/// <param name="target">Null for requests that are about no factory.</param>
/// <param name="tokens">Null for an emulator.</param>
internal sealed class ArmWords(FactoryTarget? target, string? tenant, TokenSource? tokens, ArmOptions options) : IServiceWords
{
    public (string Code, string Message)? Read(Response response) => ArmErrors.Read(response);

    public string Explain(Response response, string code, string message) => response.Status switch
    {
        401 when tokens is not null => code == ArmErrors.WrongTenant ? ExplainTenant(response, message) : Refusals.Join(
            message, $"Azure does not take this sign-in. Sign in again: 'Pipewright: Sign In' in VS Code, 'az login{Refusals.Argument(tenant)}' elsewhere."),
        403 when tokens is not null && code == "AuthorizationFailed" => Refusals.Join(
            message, target is null
                ? "This user may not read that. Have the role Reader given to it."
                : $"This user needs the role Data Factory Contributor on {target.ResourceId}. Once it is given, sign in again."),
        404 when target is not null && code == "SubscriptionNotFound" => $"There is no subscription {target.Subscription}, or none that this user may see. Mend 'subscription' of the target, or name the subscription's tenant by 'tenant'.",
        404 when target is not null && code == "ResourceGroupNotFound" => $"There is no resource group '{target.ResourceGroup}' in the subscription {target.Subscription}. Create it, or mend 'resourceGroup' of the target.",
        404 when target is not null && IsFactoryMissing(code, message) => $"There is no factory '{target.Factory}' in the resource group '{target.ResourceGroup}' of the subscription {target.Subscription}. Create it, or mend 'factory' of the target.",
        429 => Refusals.ExplainThrottling(response, message, options),
        _ => message,
    };

    /// <summary>Whether what a 404 misses is more than the resource: then to say that the resource does not exist would tell half of it.</summary>
    public bool IsAboutTheTarget(Response response) => ArmErrors.Read(response) is var (code, message)
        && (code is "SubscriptionNotFound" or "ResourceGroupNotFound" || IsFactoryMissing(code, message));

    /// <summary>ARM itself answers so; the emulator does, too.</summary>
    private bool IsFactoryMissing(string code, string message) => code is "FactoryNotFound" or "ParentResourceNotFound"
        || (code == "ResourceNotFound" && target is not null && message.Contains($"Microsoft.DataFactory/factories/{target.Factory}'", StringComparison.OrdinalIgnoreCase));

    private string ExplainTenant(Response response, string message)
    {
        var right = AuthenticationPolicy.FindTenant(response);
        var ours = tokens?.Cache.HeldTenant ?? tenant;
        if (right is null)
        {
            return Refusals.Join(message, "Name the tenant of the subscription by 'tenant' of the target in pipewright.yaml, and sign in to it.");
        }

        var subscription = target is null ? "what was asked for" : $"the subscription {target.Subscription}";
        return $"Signed in to {(ours is null ? "another tenant" : $"the tenant {ours}")}, and {subscription} belongs to the tenant {right}. "
            + $"Write 'tenant: {right}' to the target in pipewright.yaml, and sign in there: 'Pipewright: Sign In' in VS Code, 'az login --tenant {right}' elsewhere.";
    }
}
