using Pipewright.Core.Binding;
using Pipewright.Core.Expressions;
using Pipewright.Core.Factory;
using Pipewright.Core.Schema;
using Pipewright.Core.Syntax;
using Pipewright.Core.Text;

namespace Pipewright.Core.Rules.References;

/// <summary>The beginning of a resource that a reference names and no file declares, with all that the reference tells about it.</summary>
internal static class ResourceStub
{
    public static bool CanWrite(ResourceKind kind) => kind is ResourceKind.Pipeline or ResourceKind.Dataset or ResourceKind.LinkedService
        or ResourceKind.DataFlow or ResourceKind.IntegrationRuntime or ResourceKind.Credential or ResourceKind.Trigger or ResourceKind.ManagedVirtualNetwork;

    /// <summary>A file in the form of the document that refers to it, where others of its kind are.</summary>
    public static FileCreation Write(RuleContext context, ResourceReference reference)
    {
        (string, NewNode)[] properties = [.. DescribeType(context, reference), .. Parameters(reference), .. Rest(context, reference)];
        NewNode content = context.Document.IsSpec
            ? new NewMapping([.. properties.SelectMany(p => p is ("typeProperties", NewMapping inner) ? inner.Entries : [p])])
            : new NewMapping(("name", new NewScalar(reference.Name.Text)), ("properties", new NewMapping([.. properties])));
        return new FileCreation(FindPath(context, reference), new StructureEdits(context.Document.Text, context.Document.Syntax.Language).WriteDocument(content));
    }

    private static string FindPath(RuleContext context, ResourceReference reference)
    {
        var name = reference.Name.Text;
        var sibling = context.Factory.OfKind(reference.Kind).Select(s => s.Document).FirstOrDefault(d => d.IsSpec == context.Document.IsSpec)?.Path;
        var own = Folder(context.Document.Path);
        if (context.Document.IsSpec)
        {
            var suffix = FileClassification.SpecSuffixes.First(s => s.Value == reference.Kind).Key;
            return $"{(sibling is null ? own : Folder(sibling))}{name}.{suffix}.yaml";
        }

        // Beside the folder of the document's own kind, below which Studio's sub-folders may be.
        var ownKind = FileClassification.WordOf(context.Kind);
        var at = ("/" + own).LastIndexOf($"/{ownKind}/", StringComparison.OrdinalIgnoreCase);
        var root = at < 0 ? "" : own[..at];
        return sibling is null
            ? $"{root}{FileClassification.WordOf(reference.Kind)}/{name}.json"
            : $"{Folder(sibling)}{name}.json";
    }

    private static string Folder(string path) => path[..(path.LastIndexOf('/') + 1)];

    private static IEnumerable<(string, NewNode)> DescribeType(RuleContext context, ResourceReference reference)
    {
        var type = reference.Kind switch
        {
            ResourceKind.Dataset => TypeOfDataset(reference),
            ResourceKind.LinkedService => TypeOfLinkedService(reference),
            ResourceKind.DataFlow => "MappingDataFlow",
            ResourceKind.IntegrationRuntime => "SelfHosted",
            ResourceKind.Credential => "ManagedIdentity",

            // Of triggers only those with windows are referred to.
            ResourceKind.Trigger => "TumblingWindowTrigger",
            _ => null,
        };
        if (type is not null)
        {
            yield return ("type", new NewScalar(type));
        }

        // With one linked service there is no choice.
        if (reference.Kind == ResourceKind.Dataset && context.Factory.OfKind(ResourceKind.LinkedService).ToList() is [var only])
        {
            yield return ("linkedServiceName", context.Document.IsSpec
                ? new NewScalar(only.Name)
                : new NewMapping(("referenceName", new NewScalar(only.Name)), ("type", new NewScalar("LinkedServiceReference"))));
        }
    }

    /// <summary>A parameter for each value that is passed.</summary>
    private static IEnumerable<(string, NewNode)> Parameters(ResourceReference reference)
    {
        var given = reference.Kind == ResourceKind.Pipeline
            ? (reference.Node.Parent as BoundProperty)?.Parent as BoundObject
            : reference.Node;
        if (given?.FindValue("parameters") is BoundObject { Properties: { IsEmpty: false } values })
        {
            yield return ("parameters", new NewMapping([.. values.Select(p => (p.Name, (NewNode)new NewMapping(("type", new NewScalar(TypeWord(ArgumentTypes.Of(p.Value)))))))]));
        }
    }

    private static IEnumerable<(string, NewNode)> Rest(RuleContext context, ResourceReference reference) => reference.Kind switch
    {
        ResourceKind.Pipeline => [("activities", new NewSequence())],
        ResourceKind.DataFlow => [("typeProperties", new NewMapping(("sources", new NewSequence()), ("sinks", new NewSequence()), ("transformations", new NewSequence()), ("scriptLines", new NewSequence())))],
        ResourceKind.Credential => [("typeProperties", new NewMapping())],
        ResourceKind.Trigger => [("typeProperties", new NewMapping(
            ("frequency", new NewScalar("Hour")), ("interval", new NewLiteral("24")), ("startTime", new NewScalar("2024-01-01T00:00:00Z")), ("maxConcurrency", new NewLiteral("1"))))],
        ResourceKind.Dataset when FindLocation(context, reference) is { } location => [("typeProperties", new NewMapping(("location", new NewMapping(("type", new NewScalar(location))))))],
        ResourceKind.Dataset or ResourceKind.LinkedService when !context.Document.IsSpec => [("typeProperties", new NewMapping())],
        _ => [],
    };

    /// <summary>Where the files of a dataset are, told by the one linked service that there is; null for a dataset of something else.</summary>
    private static string? FindLocation(RuleContext context, ResourceReference reference) =>
        TypeOfDataset(reference) is { } type && ConnectionCatalog.Default.IsFormat(type) && context.Factory.OfKind(ResourceKind.LinkedService).ToList() is [var only]
            ? ConnectionCatalog.Default.FindLocationOf(only.Resource.Properties?.FindString("type") ?? "")
            : null;

    /// <summary>By the source or sink that reads or writes it: <c>ParquetSource</c> reads a <c>Parquet</c> dataset, <c>AzureSqlSink</c> writes an <c>AzureSqlTable</c>.</summary>
    private static string? TypeOfDataset(ResourceReference reference)
    {
        var properties = FindActivity(reference)?.FindValue("typeProperties") as BoundObject;
        var isOutput = IsIn(reference.Node, "outputs");
        var type = (properties?.FindValue(isOutput ? "sink" : "source") as BoundObject)?.FindString("type");
        var stem = type is null ? null : StripEnd(type, isOutput ? "Sink" : "Source");
        return stem is null ? null : new[] { stem, stem + "Table", stem + "Dataset", stem + "Collection", stem + "Object" }.FirstOrDefault(t => Knows(ResourceKind.Dataset, t));
    }

    private static string? TypeOfLinkedService(ResourceReference reference)
    {
        if (reference.Node.Parent is BoundProperty { Name: var slot } && slot.Equals("store", StringComparison.OrdinalIgnoreCase))
        {
            return "AzureKeyVault";
        }

        var activity = FindActivity(reference)?.FindString("type");
        var location = ((reference.Node.Parent?.Parent as BoundObject)?.FindValue("typeProperties") as BoundObject)?.FindValue("location") as BoundObject;
        return activity?.StartsWith("Databricks", StringComparison.OrdinalIgnoreCase) == true ? "AzureDatabricks"
            : location?.FindString("type") is { } type && StripEnd(type, "Location") is { } stem && Knows(ResourceKind.LinkedService, stem) ? stem
            : null;
    }

    private static BoundObject? FindActivity(ResourceReference reference) => ActivityScope.FindActivity(reference.Node)?.Node;

    private static bool IsIn(BoundNode node, string property)
    {
        for (var current = node.Parent; current is not null; current = current.Parent)
        {
            if (current is BoundProperty { Name: var name } && name.Equals(property, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    private static bool Knows(ResourceKind kind, string type) =>
        SchemaCatalog.Default[kind].FindProperty("properties")?.Type is DiscriminatedType types && types.FindVariant(type) is not null;

    private static string? StripEnd(string text, string end) => text.EndsWith(end, StringComparison.OrdinalIgnoreCase) ? text[..^end.Length] : null;

    private static string TypeWord(ExpressionType type) => type.Kinds switch
    {
        TypeKinds.Integer => "int",
        TypeKinds.Number => "float",
        TypeKinds.Boolean => "bool",
        TypeKinds.Array => "array",
        TypeKinds.Object => "object",
        _ => "string",
    };
}
