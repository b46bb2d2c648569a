// The service's own checks of references: a PUT that refers to nothing is refused, and so is a DELETE of what is referred to. Messages as in
// the threads azure-docs 19909 and Azure-DataFactory 208.
using System.Text.Json.Nodes;

namespace Pipewright.Emulator;

internal static class ReferenceChecks
{
    /// <summary>Every factory has it without anybody's making it.</summary>
    public const string DefaultIntegrationRuntime = "AutoResolveIntegrationRuntime";

    /// <param name="ownPath">A resource may refer to itself, as a pipeline that calls itself does.</param>
    /// <exception cref="ArmErrorException">Something is referred to that is not there.</exception>
    public static void RefuseMissing(JsonObject properties, string ownPath, IReadOnlyDictionary<string, StoredResource> others)
    {
        foreach (var path in Find(properties))
        {
            var name = path[(path.IndexOf('/', StringComparison.Ordinal) + 1)..];
            if (!path.Equals(ownPath, StringComparison.OrdinalIgnoreCase)
                && !name.Equals(DefaultIntegrationRuntime, StringComparison.OrdinalIgnoreCase)
                && !others.ContainsKey(path))
            {
                throw ArmErrorException.BadRequest($"The document creation or update failed because of invalid reference '{name}'.", name);
            }
        }
    }

    /// <exception cref="ArmErrorException">Another resource refers to it.</exception>
    public static void RefuseReferenced(StoredResource resource, IReadOnlyDictionary<string, StoredResource> others)
    {
        var user = others.Values.FirstOrDefault(o => o != resource && o.References.Contains(resource.Path, StringComparer.OrdinalIgnoreCase));
        if (user is not null)
        {
            throw ArmErrorException.BadRequest($"The document cannot be deleted since it is referenced by {user.Name}.", resource.Name);
        }
    }

    /// <summary>The paths of every object with a <c>referenceName</c> and a <c>type</c> that is that of a reference to something of the factory.</summary>
    public static IEnumerable<string> Find(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject value:
                if (value.Text("referenceName") is { } name && value.Text("type") is { } type
                    && ArmCollection.All.FirstOrDefault(c => type.Equals(c.Reference, StringComparison.OrdinalIgnoreCase)) is { } collection)
                {
                    yield return $"{collection.Segment}/{name}";
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
}
