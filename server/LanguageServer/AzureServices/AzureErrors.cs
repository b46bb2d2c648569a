using Pipewright.Azure;
using Pipewright.Deployment;

namespace Pipewright.LanguageServer.AzureServices;

/// <summary>Tells deployments of Azure's errors in their own words.</summary>
internal static class AzureErrors
{
    public static async Task<T> Translate<T>(Func<Task<T>> call)
    {
        try
        {
            return await call();
        }
        catch (ArmException e)
        {
            throw Translate(e);
        }
    }

    /// <summary>The same items; what fails between two of them is translated.</summary>
    public static async IAsyncEnumerable<TResult> Translate<T, TResult>(IAsyncEnumerable<T> items, Func<T, TResult?> read)
        where TResult : class
    {
        await using var enumerator = items.GetAsyncEnumerator();
        while (await Translate(async () => await enumerator.MoveNextAsync()))
        {
            if (read(enumerator.Current) is { } item)
            {
                yield return item;
            }
        }
    }

    public static FactoryRequestException Translate(ArmException e)
    {
        var id = e.CorrelationId is not null ? $" (correlation id {e.CorrelationId})" : e.ClientRequestId is not null ? $" (client request id {e.ClientRequestId})" : "";
        return new FactoryRequestException(e.Code, e.Message + id, e) { Status = e.Status, IsOutcomeUnknown = e.IsOutcomeUnknown };
    }
}
