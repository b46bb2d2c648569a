// Which types fit a place by what stands around it, so that they are proposed first. What is not known here fits no worse than anything else.
using System.Collections.Immutable;
using Pipewright.Core.Binding;
using Pipewright.Core.Factory;
using Pipewright.Core.Rules.Connections;
using Pipewright.Core.Schema;

namespace Pipewright.Core.Features.Completion;

internal static class FittingTypes
{
    /// <summary>Whether a type of dataset or linked service fits a reference.</summary>
    /// <param name="holder">What the reference is a property of, or the list that it is in.</param>
    /// <param name="property">The property; null in a list.</param>
    public static Func<string, bool> OfTarget(CompletionRequest request, BoundNode? holder, string? property)
    {
        var (owner, name) = FindPlace(holder, property);
        var catalog = ConnectionCatalog.Default;
        var activity = owner is null ? null : ActivityScope.FindActivity(owner);
        switch (name?.ToUpperInvariant())
        {
            case "STORE":
                return type => type == "AzureKeyVault";
            case "LINKEDSERVICENAME" when activity is not null:
                return FitsIn(catalog.FindActivity(activity.Type ?? ""));
            case "LINKEDSERVICENAME" when request.Resource is { Kind: ResourceKind.Dataset, Properties: { } dataset } && dataset.FindString("type") is { } type:
                return catalog.IsFormat(type)
                    ? LocationOf(dataset) is { } place ? FitsIn(catalog.FindLocation(place)?.LinkedServices ?? []) : service => catalog.FindLocationOf(service) is not null
                    : FitsIn(catalog.FindDataset(type)?.LinkedServices ?? []);
            case "INPUTS" or "DATASET" when TypeBeside(activity, "source") is { } source:
                return dataset => ConnectionContext.Fits(catalog.FindDataset(dataset)?.Readers ?? [], source);
            case "OUTPUTS" when TypeBeside(activity, "sink") is { } sink:
                return dataset => ConnectionContext.Fits(catalog.FindDataset(dataset)?.Writers ?? [], sink);
            default:
                return _ => false;
        }
    }

    /// <summary>Whether a variant fits the place where it is to stand.</summary>
    /// <param name="holder">What the object is a property of.</param>
    public static Func<string, bool> OfVariant(CompletionRequest request, DiscriminatedType type, BoundNode? holder)
    {
        var catalog = ConnectionCatalog.Default;
        var activity = holder is null ? null : ActivityScope.FindActivity(holder);
        switch (type.Name)
        {
            case "CopySource":
                return FitsIn(DatasetOf(request, activity, "inputs") is { } read ? catalog.FindDataset(read.Type)?.Readers ?? [] : []);
            case "CopySink":
                return FitsIn(DatasetOf(request, activity, "outputs") is { } written ? catalog.FindDataset(written.Type)?.Writers ?? [] : []);
            case "StoreReadSettings":
                return FitsIn(DatasetOf(request, activity, "inputs") is { Location: { } from } ? catalog.FindLocation(from)?.Readers ?? [] : []);
            case "StoreWriteSettings":
                return FitsIn(DatasetOf(request, activity, "outputs") is { Location: { } to } ? catalog.FindLocation(to)?.Writers ?? [] : []);
            case "DatasetLocation" when request.Resource?.Properties is { } dataset
                && ConnectionContext.TypeOfTarget(request.Factory, ResourceKind.LinkedService, dataset.FindValue("linkedServiceName")) is { } service:
                return place => place.Equals(catalog.FindLocationOf(service), StringComparison.OrdinalIgnoreCase);
            default:
                return _ => false;
        }
    }

    private static Func<string, bool> FitsIn(ImmutableArray<string> types) => type => ConnectionContext.Fits(types, type);

    private static (BoundObject? Owner, string? Property) FindPlace(BoundNode? holder, string? property)
    {
        if (property is not null && holder is BoundObject { Shape.Reference: null } owner)
        {
            return (owner, property);
        }

        while (holder is not (null or BoundProperty))
        {
            holder = holder.Parent;
        }

        return holder is BoundProperty found ? (found.Parent as BoundObject, found.Name) : (null, null);
    }

    private static string? TypeBeside(Activity? activity, string property) =>
        ConnectionContext.TypeOf((activity?.Node.FindValue("typeProperties") as BoundObject)?.FindValue(property))?.Text;

    private static string? LocationOf(BoundObject dataset) => ConnectionContext.TypeOf((dataset.FindValue("typeProperties") as BoundObject)?.FindValue("location"))?.Text;

    /// <summary>The dataset that an activity reads or writes, if it is plain which.</summary>
    private static (string Type, string? Location)? DatasetOf(CompletionRequest request, Activity? activity, string list)
    {
        var reference = activity?.Node.FindValue(list) is BoundArray { Items: [var only] } ? only : (activity?.Node.FindValue("typeProperties") as BoundObject)?.FindValue("dataset");
        return ConnectionContext.Resolve(request.Factory, ResourceKind.Dataset, reference) is { } dataset && ConnectionContext.TypeOf(dataset.Resource.Properties) is { } type
            ? (type.Text, ConnectionContext.LocationOf(dataset))
            : null;
    }
}
