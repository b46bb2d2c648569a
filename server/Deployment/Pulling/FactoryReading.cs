using System.Collections.Concurrent;
using System.Collections.Immutable;
using Pipewright.Core.Factory;
using Pipewright.Core.Schema;

namespace Pipewright.Deployment.Pulling;

/// <summary>Reads a whole factory.</summary>
public static class FactoryReading
{
    /// <summary>How many lists are asked for at once.</summary>
    private const int Parallel = 4;

    /// <summary>The kinds whose names people type come first.</summary>
    public static ImmutableArray<ResourceKind> Kinds { get; } =
    [
        ResourceKind.LinkedService, ResourceKind.Dataset, ResourceKind.Pipeline, ResourceKind.Factory, ResourceKind.IntegrationRuntime, ResourceKind.DataFlow, ResourceKind.Credential,
        .. ResourceKinds.OfService.Except(
            [ResourceKind.LinkedService, ResourceKind.Dataset, ResourceKind.Pipeline, ResourceKind.Factory, ResourceKind.IntegrationRuntime, ResourceKind.DataFlow, ResourceKind.Credential]),
    ];

    /// <summary>All resources that the service lists, the factory itself among them, ordered by kind and name.</summary>
    /// <exception cref="FactoryRequestException">The target can't be read.</exception>
    public static async Task<ImmutableArray<LiveResource>> ReadAllAsync(IFactoryClient client, CancellationToken cancellation)
    {
        if (await client.FindAsync(new ResourceId(ResourceKind.Factory, ""), cancellation) is not { } factory)
        {
            throw new FactoryRequestException("FactoryNotFound", "The target factory does not exist. Create it first, or mend its name in pipewright.yaml.") { Status = 404 };
        }

        var found = new ConcurrentBag<LiveResource> { factory };
        await System.Threading.Tasks.Parallel.ForEachAsync(
            Kinds.Where(k => k != ResourceKind.Factory), new ParallelOptions { MaxDegreeOfParallelism = Parallel, CancellationToken = cancellation }, async (kind, token) =>
            {
                await foreach (var resource in client.ListAsync(kind, token))
                {
                    found.Add(resource);
                }
            });
        return [.. found.OrderBy(r => Kinds.IndexOf(r.Id.Kind)).ThenBy(r => r.Id.Name, StringComparer.OrdinalIgnoreCase)];
    }

    /// <summary>As Core knows it.</summary>
    /// <param name="factory">The factory's name.</param>
    public static LiveEntry ToEntry(this LiveResource resource, string factory) => new(
        factory, resource.Id.Kind, resource.Id.Kind == ResourceKind.Factory ? factory : resource.Id.Name, resource.Content.GetRawText(), resource.ETag, resource.Id.VirtualNetwork);
}
