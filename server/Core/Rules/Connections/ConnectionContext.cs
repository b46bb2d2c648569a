using Pipewright.Core.Binding;
using Pipewright.Core.Factory;
using Pipewright.Core.Schema;

namespace Pipewright.Core.Rules.Connections;

/// <summary>What the rules about connections look up.</summary>
internal static class ConnectionContext
{
    /// <summary>The static text of a discriminator; null where it is missing or computed.</summary>
    public static BoundScalar? TypeOf(BoundNode? node) => (node as BoundObject)?.FindValue("type") is BoundScalar { Text: { Length: > 0 } text } scalar && !SpecForm.IsExpression(text) ? scalar : null;

    /// <summary>The one resource that a reference object names; null where there is none here, or several.</summary>
    public static ResourceSymbol? Resolve(FactorySnapshot factory, ResourceKind kind, BoundNode? reference) =>
        (reference as BoundObject)?.FindString("referenceName") is { } name && factory.Find(kind, name) is [var only] ? only : null;

    /// <summary>The type of the resource that a reference names.</summary>
    public static string? TypeOfTarget(FactorySnapshot factory, ResourceKind kind, BoundNode? reference) =>
        TypeOf(Resolve(factory, kind, reference)?.Resource.Properties)?.Text;

    /// <summary>The type of the place where a dataset's files are.</summary>
    public static string? LocationOf(ResourceSymbol? dataset) =>
        TypeOf((dataset?.Resource.Properties?.FindValue("typeProperties") as BoundObject)?.FindValue("location"))?.Text;

    public static bool Fits(IEnumerable<string> types, string type) => types.Contains(type, StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether the schema knows a type, so that one that it does not know is only that.</summary>
    public static bool IsKnown(BoundNode? node) => node is BoundObject { Shape: not null, HasUnknownVariant: false };
}
