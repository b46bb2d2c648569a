// What is passed along a reference: the values for the parameters of what is referred to.
using System.Collections.Immutable;
using Pipewright.Core.Binding;
using Pipewright.Core.Schema;
using Pipewright.Core.Text;

namespace Pipewright.Core.Factory;

/// <summary>A reference to a resource with parameters, and what it passes to them.</summary>
/// <param name="Reference">Where the resource is named.</param>
/// <param name="Target">What it names.</param>
/// <param name="Holder">The object that <paramref name="Path"/> starts from.</param>
/// <param name="Path">Where the values are, or would be written: <c>parameters</c>.</param>
/// <param name="Given">The map of values; null where there is none.</param>
public sealed record ResourceArguments(ResourceReference Reference, ResourceSymbol Target, BoundObject Holder, string Path, BoundObject? Given)
{
    public ImmutableArray<DeclaredName> Parameters { get; } = Declared.Parameters(Target.Resource);

    /// <summary>Places of the declaration in the files of the factory: none for what is only in Azure.</summary>
    public ImmutableArray<RelatedPlace> Declaring(IEnumerable<(TextSpan Span, string Text)> places) =>
        Target.Document.IsLive ? [] : [.. places.Select(p => new RelatedPlace(Target.Document.Path, p.Span, p.Text))];

    /// <summary>The parameter that was probably meant by a name that is none; null where no name is near, or the near one has its value.</summary>
    public string? FindMeant(string given) => Spelling.FindClosest(given, Parameters.Select(p => p.Name).Where(p => Given?.Find(p) is null));

    /// <summary>Whether a parameter without a value is probably meant by a name that is none.</summary>
    public bool IsMisspelt(DeclaredName parameter) => Given?.Properties
        .Where(g => !Parameters.Any(p => p.Name.Equals(g.Name, StringComparison.OrdinalIgnoreCase))).Any(g => FindMeant(g.Name) == parameter.Name) == true;

    /// <summary>Everything that the references of a resource pass along. References to what is not there are left out, as are those that cannot pass anything.</summary>
    public static IEnumerable<ResourceArguments> FindAll(FactorySnapshot factory, BoundResource resource, ImmutableArray<ResourceReference> references) =>
        references.SelectMany(r => Find(factory, resource, r));

    private static IEnumerable<ResourceArguments> Find(FactorySnapshot factory, BoundResource resource, ResourceReference reference)
    {
        // The datasets of a data flow get their values where the data flow is run.
        if (reference.Kind is not (ResourceKind.Pipeline or ResourceKind.Dataset or ResourceKind.LinkedService or ResourceKind.DataFlow)
            || resource.Kind == ResourceKind.DataFlow || factory.FindAnywhere(reference.Kind, reference.Name.Text) is not [var target, ..])
        {
            return [];
        }

        return reference.Kind switch
        {
            ResourceKind.Pipeline => OfPipeline(reference, target),
            ResourceKind.DataFlow => OfDataFlow(factory, reference, target),
            _ => [new ResourceArguments(reference, target, reference.Node, "parameters", reference.Node.FindValue("parameters") as BoundObject)],
        };
    }

    /// <summary>The values for a pipeline stand beside the reference, in an ExecutePipeline activity as in a trigger.</summary>
    private static IEnumerable<ResourceArguments> OfPipeline(ResourceReference reference, ResourceSymbol target)
    {
        if (reference.Node.Parent is BoundProperty { Parent: BoundObject holder })
        {
            yield return new ResourceArguments(reference, target, holder, "parameters", holder.FindValue("parameters") as BoundObject);
        }
    }

    /// <summary>
    /// Where a data flow is run, the datasets of its sources and sinks get their values by the names of those. Its own parameters are declared in
    /// its script, in another language.
    /// </summary>
    private static IEnumerable<ResourceArguments> OfDataFlow(FactorySnapshot factory, ResourceReference reference, ResourceSymbol target)
    {
        var flow = target.Resource.Properties?.FindValue("typeProperties") as BoundObject;
        var given = reference.Node.FindValue("datasetParameters");
        foreach (var stream in StreamsOf(flow).Where(_ => given is null or BoundObject))
        {
            if (stream.FindString("name") is { Length: > 0 } name && !name.Contains('.', StringComparison.Ordinal)
                && (stream.FindValue("dataset") as BoundObject)?.FindString("referenceName") is { } dataset && factory.FindAnywhere(ResourceKind.Dataset, dataset) is [var symbol, ..])
            {
                yield return new ResourceArguments(reference, symbol, reference.Node, $"datasetParameters.{name}", (given as BoundObject)?.FindValue(name) as BoundObject);
            }
        }
    }

    private static IEnumerable<BoundObject> StreamsOf(BoundObject? flow) =>
        [.. StreamsIn(flow, "sources"), .. StreamsIn(flow, "sinks")];

    private static IEnumerable<BoundObject> StreamsIn(BoundObject? flow, string list) => (flow?.FindValue(list) as BoundArray)?.Items.OfType<BoundObject>() ?? [];
}
