using System.Text.Json.Nodes;

namespace Pipewright.Emulator;

/// <summary>A resource as it is kept. What is below one, such as the nodes of a runtime, is kept in the same way.</summary>
/// <param name="Collection">Its collection's segment; of what is below another, with that before it: <c>managedVirtualNetworks/default/managedPrivateEndpoints</c>.</param>
/// <param name="Properties">Never changed once it is here.</param>
internal sealed record StoredResource(string Collection, string Name, JsonObject Properties, string ETag)
{
    private readonly Lazy<IReadOnlyList<string>> _references = new(() => [.. ReferenceChecks.Find(Properties).Distinct(StringComparer.OrdinalIgnoreCase)]);

    public string Path => $"{Collection}/{Name}";

    /// <summary>The paths of what it refers to.</summary>
    public IReadOnlyList<string> References => _references.Value;
}

/// <summary>A factory as it is kept: everything of it but what is in it.</summary>
internal sealed record StoredFactory(FactoryKey Key, JsonObject Body, string ETag)
{
    /// <summary>When it was made, in ISO 8601; kept with its properties, as the service gives it.</summary>
    public string? Created => Body["properties"].Text("createTime");
}
