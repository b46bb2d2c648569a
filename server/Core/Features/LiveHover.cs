using System.Globalization;
using Pipewright.Core.Factory;
using Pipewright.Core.Schema;

namespace Pipewright.Core.Features;

/// <summary>What a hover needs to speak of the target's factory.</summary>
/// <param name="Now">The time, for the age of what is known.</param>
/// <param name="CountDifferences">How many properties of a file's resource differ from the live one; null where that can't be told.</param>
public sealed record LiveView(DateTimeOffset Now, Func<ResourceSymbol, LiveEntry, int?> CountDifferences);

/// <summary>The state of a resource in the target's factory, as a paragraph.</summary>
internal static class LiveHover
{
    /// <param name="local">What a file declares; null for nothing.</param>
    /// <returns>Null where nothing is known.</returns>
    public static string? Describe(FactorySnapshot factory, ResourceKind kind, string name, ResourceSymbol? local, LiveView? view)
    {
        if (factory.Live is not { } live || view is null)
        {
            return null;
        }

        var age = live.DescribeAge(view.Now);
        if (live.Find(kind, name) is not { } entry)
        {
            return live.HasRead(kind) ? $"Not in **{live.Factory}**, {age}" : null;
        }

        var state = entry.State is { } known ? $" · {known.ToLowerInvariant()}" : "";
        var change = entry.LastChange is { } time ? $" · published {time}" : "";
        return local is null
            ? $"Only in **{live.Factory}**{state}{change}, {age}"
            : $"In **{live.Factory}**: {Compare(view.CountDifferences(local, entry))}{state}{change}, {age}";
    }

    private static string Compare(int? differences) => differences switch
    {
        null => "deployed",
        0 => "the same as here",
        1 => "one property differs from this repository",
        { } count => string.Create(CultureInfo.InvariantCulture, $"{count} properties differ from this repository"),
    };
}
