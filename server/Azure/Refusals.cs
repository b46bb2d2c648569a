using System.Globalization;
using Azure;

namespace Pipewright.Azure;

/// <summary>Makes errors out of refusals, and says what to do about those that everybody meets once.</summary>
/// <param name="target">Null for requests that are about no factory.</param>
/// <param name="tokens">Null for an emulator.</param>
internal sealed class Refusals(FactoryTarget? target, string? tenant, TokenSource? tokens, ArmOptions options)
{
    public ArmException Make(Response response, ArmCall call)
    {
        var (code, message) = ArmErrors.Read(response) ?? ($"Http{response.Status.ToString(CultureInfo.InvariantCulture)}", Describe(response));
        return Make(response, code, Scrub(Explain(response, code, message)), !call.IsRead && response.Status is 408 or >= 500);
    }

    /// <summary>An answer to a request that succeeded, and that says nothing that can be understood.</summary>
    public ArmException MakeInvalid(Response response, ArmCall call, string problem, Exception? inner = null) => Make(response, ArmException.InvalidResponse, problem, !call.IsRead, inner);

    /// <summary>No answer at all.</summary>
    public ArmException MakeUnanswered(Uri address, string clientRequestId, ArmCall call, Exception problem)
    {
        var reason = problem is OperationCanceledException ? $"no answer within {options.NetworkTimeout.TotalSeconds.ToString(CultureInfo.InvariantCulture)} s" : problem.GetBaseException().Message;
        return new ArmException(0, ArmException.NoResponse, Scrub(RetryPolicy.WasNotSent(problem) ? $"{address.Host} can't be reached: {reason}" : $"{address.Host} did not answer: {reason}"), null, problem)
        {
            ClientRequestId = clientRequestId,
            IsOutcomeUnknown = !call.IsRead && !RetryPolicy.WasNotSent(problem),
        };
    }

    public ArmException MakeNotSignedIn(ArmException problem)
    {
        var where = tenant is null ? "" : $" to the tenant {tenant}";
        return new ArmException(
            0, ArmException.NotSignedIn,
            $"There is no sign-in to Azure{where}. In VS Code run 'Pipewright: Sign In'; elsewhere run 'az login{Argument(tenant)}', or set AZURE_TENANT_ID, AZURE_CLIENT_ID and AZURE_CLIENT_SECRET. {problem.Message}".TrimEnd(),
            null, problem);
    }

    private static ArmException Make(Response response, string code, string message, bool isOutcomeUnknown, Exception? inner = null) =>
        new(response.Status, code, message, ArmErrors.CorrelationId(response), inner) { ClientRequestId = response.ClientRequestId, IsOutcomeUnknown = isOutcomeUnknown };

    private static string Argument(string? name) => name is null ? "" : $" --tenant {name}";

    private static string Describe(Response response) => response.Status is >= 300 and < 400
        ? $"The service answered {response.Status} and points elsewhere, where a token is not sent."
        : $"The service answered {response.Status} {response.ReasonPhrase}.".Replace(" .", ".", StringComparison.Ordinal);

    private string Scrub(string text) => tokens?.Cache.Scrub(text) ?? text;

    private string Explain(Response response, string code, string message) => response.Status switch
    {
        401 when tokens is not null => code == ArmErrors.WrongTenant ? ExplainTenant(response, message) : Join(
            message, $"Azure does not take this sign-in. Sign in again: 'Pipewright: Sign In' in VS Code, 'az login{Argument(tenant)}' elsewhere."),
        403 when tokens is not null && code == "AuthorizationFailed" => Join(
            message, target is null
                ? "This user may not read that. Have the role Reader given to it."
                : $"This user needs the role Data Factory Contributor on {target.ResourceId}. Once it is given, sign in again."),
        404 when target is not null && code == "SubscriptionNotFound" => $"There is no subscription {target.Subscription}, or none that this user may see. Mend 'subscription' of the target, or name the subscription's tenant by 'tenant'.",
        404 when target is not null && code == "ResourceGroupNotFound" => $"There is no resource group '{target.ResourceGroup}' in the subscription {target.Subscription}. Create it, or mend 'resourceGroup' of the target.",
        404 when target is not null && IsFactoryMissing(code, message) => $"There is no factory '{target.Factory}' in the resource group '{target.ResourceGroup}' of the subscription {target.Subscription}. Create it, or mend 'factory' of the target.",
        429 => Join(message, response.Headers.TryGetValue("Retry-After", out var wait)
            ? $"The service asks to wait {wait} seconds, which is more than is left of {options.MaxWait.TotalSeconds.ToString(CultureInfo.InvariantCulture)}. Try again later."
            : "The service gets too many requests. Try again later."),
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
            return Join(message, "Name the tenant of the subscription by 'tenant' of the target in pipewright.yaml, and sign in to it.");
        }

        var subscription = target is null ? "what was asked for" : $"the subscription {target.Subscription}";
        return $"Signed in to {(ours is null ? "another tenant" : $"the tenant {ours}")}, and {subscription} belongs to the tenant {right}. "
            + $"Write 'tenant: {right}' to the target in pipewright.yaml, and sign in there: 'Pipewright: Sign In' in VS Code, 'az login --tenant {right}' elsewhere.";
    }

    private static string Join(string message, string remedy) => message.Length == 0 ? remedy : $"{message.TrimEnd()} {remedy}";
}
