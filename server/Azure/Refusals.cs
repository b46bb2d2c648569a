using System.Globalization;
using Azure;

namespace Pipewright.Azure;

/// <summary>What is known of one service's refusals.</summary>
internal interface IServiceWords
{
    /// <summary>The code and the message in an answer; null where it holds none that can be read.</summary>
    (string Code, string Message)? Read(Response response);

    /// <summary>The message with what to do about it, where it is one of those that everybody meets once.</summary>
    /// <param name="message">As the service words it.</param>
    string Explain(Response response, string code, string message);
}

/// <summary>Makes errors out of refusals.</summary>
/// <param name="tenant">The tenant to sign in to; null for the one that the user is signed in to.</param>
/// <param name="tokens">Null for an emulator.</param>
internal sealed class Refusals(IServiceWords words, string? tenant, TokenSource? tokens, ArmOptions options)
{
    public ArmException Make(Response response, ArmCall call)
    {
        var (code, message) = words.Read(response) ?? ($"Http{response.Status.ToString(CultureInfo.InvariantCulture)}", Describe(response));
        return Make(response, code, Scrub(words.Explain(response, code, message)), !call.IsRead && response.Status is 408 or >= 500);
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

    /// <summary>What names a tenant to the Azure CLI; empty for none.</summary>
    public static string Argument(string? tenant) => tenant is null ? "" : $" --tenant {tenant}";

    /// <summary>What the service says, and what to do.</summary>
    public static string Join(string message, string remedy) => message.Length == 0 ? remedy : $"{message.TrimEnd()} {remedy}";

    /// <summary>What to do where a service gets too many requests.</summary>
    public static string ExplainThrottling(Response response, string message, ArmOptions options) => Join(message, response.Headers.TryGetValue("Retry-After", out var wait)
        ? $"The service asks to wait {wait} seconds, which is more than is left of {options.MaxWait.TotalSeconds.ToString(CultureInfo.InvariantCulture)}. Try again later."
        : "The service gets too many requests. Try again later.");

    private static string Describe(Response response) => response.Status is >= 300 and < 400
        ? $"The service answered {response.Status} and points elsewhere, where a token is not sent."
        : $"The service answered {response.Status} {response.ReasonPhrase}.".Replace(" .", ".", StringComparison.Ordinal);

    private string Scrub(string text) => tokens?.Cache.Scrub(text) ?? text;
}
