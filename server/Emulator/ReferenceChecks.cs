// The service's own checks of references: a PUT that refers to nothing is refused, and so is a DELETE of what is referred to. Messages as in
// the threads azure-docs 19909 and Azure-DataFactory 208.
using System.Text.Json.Nodes;

namespace Pipewright.Emulator;

internal static class ReferenceChecks
{
    /// <summary>Every factory has it without anybody's making it.</summary>
    private const string DefaultIntegrationRuntime = "AutoResolveIntegrationRuntime";

    /// <exception cref="ArmErrorException">Something is referred to that is not there.</exception>
    public static void RefuseMissing(JsonObject properties, string ownPath, IReadOnlyCollection<StoredResource> others)
    {
        foreach (var (collection, name) in Find(properties))
        {
            var path = $"{collection}/{name}";
            var exists = path.Equals(ownPath, StringComparison.OrdinalIgnoreCase)
                || name.Equals(DefaultIntegrationRuntime, StringComparison.OrdinalIgnoreCase)
                || others.Any(o => o.Path.Equals(path, StringComparison.OrdinalIgnoreCase));
            if (!exists)
            {
                throw ArmErrorException.BadRequest($"The document creation or update failed because of invalid reference '{name}'.");
            }
        }
    }

    /// <exception cref="ArmErrorException">Another resource refers to it.</exception>
    public static void RefuseReferenced(StoredResource resource, IReadOnlyCollection<StoredResource> others)
    {
        var user = others.FirstOrDefault(o => o != resource && Find(o.Properties).Any(r => $"{r.Collection}/{r.Name}".Equals(resource.Path, StringComparison.OrdinalIgnoreCase)));
        if (user is not null)
        {
            throw ArmErrorException.BadRequest($"The document cannot be deleted since it is referenced by {user.Name}.");
        }
    }

    /// <summary>Every object with a <c>referenceName</c> and a <c>type</c> that is that of a reference to something of the factory.</summary>
    private static IEnumerable<(string Collection, string Name)> Find(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject value:
                if (Text(value["referenceName"]) is { } name && Text(value["type"]) is { } type
                    && ArmCollection.All.FirstOrDefault(c => type.Equals(c.Reference, StringComparison.OrdinalIgnoreCase)) is { } collection)
                {
                    yield return (collection.Segment, name);
                }

                foreach (var inner in value.SelectMany(p => Find(p.Value)))
                {
                    yield return inner;
                }

                break;
            case JsonArray array:
                foreach (var inner in array.SelectMany(Find))
                {
                    yield return inner;
                }

                break;
        }
    }

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue(out string? text) ? text : null;
}
