// Starts runs, and nothing twice.
namespace Pipewright.Deployment.Running;

public sealed class RunStarter(IRunClient client, TimeProvider time)
{
    private static readonly TimeSpan Around = TimeSpan.FromMinutes(2);

    /// <returns>The run's id.</returns>
    /// <exception cref="FactoryRequestException">It was refused; or nobody knows whether it began, and then the message names what may be it.</exception>
    public async Task<string> StartAsync(RunStart start, CancellationToken cancellation)
    {
        var asked = time.GetUtcNow();
        try
        {
            return await client.StartAsync(start, cancellation);
        }
        catch (FactoryRequestException e) when (e.IsOutcomeUnknown)
        {
            var found = await FindCandidatesAsync(start.Pipeline, asked, cancellation);
            throw new FactoryRequestException(
                e.Code,
                found.Count == 0
                    ? $"{e.Message} No run of '{start.Pipeline}' has begun since, as far as can be seen. Run it again."
                    : $"{e.Message} It may have begun all the same. Look at {string.Join(", ", found)} before you run it again.",
                e)
            { Status = e.Status, IsOutcomeUnknown = true };
        }
    }

    private async Task<List<string>> FindCandidatesAsync(string pipeline, DateTimeOffset asked, CancellationToken cancellation)
    {
        var found = new List<string>();
        try
        {
            var filter = new RunFilter(asked - Around, asked + TimeSpan.FromDays(1), [new RunCondition("PipelineName", [pipeline])], "RunStart");
            await foreach (var run in client.ListAsync(filter, cancellation))
            {
                if (run.Start is null || run.Start >= asked - Around)
                {
                    found.Add(run.RunId);
                }
            }
        }
        catch (FactoryRequestException)
        {
            // Then the recent runs can't be told, and the first error says enough.
        }

        return found;
    }
}
