// Reads a factory kind by kind, and single resources of it where the rest is known.
using Pipewright.Core.Factory;
using Pipewright.Core.Schema;
using Pipewright.Deployment;
using Pipewright.Deployment.Pulling;

namespace Pipewright.LanguageServer.Live;

/// <param name="factory">The factory's name.</param>
internal sealed class LiveReader(AzureFactoryClient client, string factory)
{
    /// <summary>Reads everything. What is the same as before stays the very same.</summary>
    /// <param name="before">What was known; its kinds are there until they have been read anew.</param>
    /// <param name="report">Takes each state on the way.</param>
    /// <exception cref="FactoryRequestException">The factory can't be read.</exception>
    public async Task<LiveResources> ReadAsync(LiveResources before, DateTimeOffset now, Action<LiveResources> report, CancellationToken cancellation)
    {
        // Whether there is a factory at all comes first; the one resource of its kind is told apart by its version.
        var live = await ReadOneAsync(
            before.HasRead(ResourceKind.Factory) ? before : before.With(ResourceKind.Factory, []), new ResourceId(ResourceKind.Factory, factory), cancellation);
        if (live.Find(ResourceKind.Factory, factory) is null)
        {
            throw new FactoryRequestException("FactoryNotFound", $"There is no factory '{factory}'.") { Status = 404 };
        }

        report(live);
        foreach (var kind in FactoryReading.Kinds.Where(k => k != ResourceKind.Factory))
        {
            live = await ReadKindAsync(live, kind, cancellation);
            report(live);
        }

        return live with { ReadAt = now, IsFilling = false };
    }

    /// <summary>Reads one resource. Where the service knows the version that is known here, it sends nothing but that.</summary>
    public async Task<LiveResources> ReadOneAsync(LiveResources live, ResourceId id, CancellationToken cancellation)
    {
        var known = id.VirtualNetwork is null ? live.Find(id.Kind, id.Name) : live.Find(id.Kind, $"{id.VirtualNetwork}/{id.Name}");
        var found = await client.FindAsync(id, known?.ETag, cancellation);
        return found.IsUnchanged ? live : live.With(id.Kind, known?.Name ?? id.Name, found.Resource?.ToEntry(factory));
    }

    /// <summary>A kind that this user may not list, or the cloud does not have, stays unknown.</summary>
    private async Task<LiveResources> ReadKindAsync(LiveResources live, ResourceKind kind, CancellationToken cancellation)
    {
        try
        {
            var entries = new List<LiveEntry>();
            await foreach (var resource in client.ListAsync(kind, cancellation))
            {
                entries.Add(resource.ToEntry(factory));
            }

            return live.With(kind, entries);
        }
        catch (FactoryRequestException e) when (e.Status is 400 or 403 or 404 or 405)
        {
            return live;
        }
    }
}
