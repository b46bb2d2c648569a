using Pipewright.Core.Binding;
using Pipewright.Core.Factory;
using Pipewright.Core.Schema;

namespace Pipewright.Core.Features.Completion;

/// <summary>Names of resources where a reference is wanted.</summary>
internal static class ResourceCompletion
{
    /// <summary>More than anything is used.</summary>
    public const int Fitting = 1_000_000;

    /// <summary>What no file declares comes behind all that files do, used or not.</summary>
    private const int OnlyLive = -2;
    private const int OnlyLiveAndFitting = -1;

    private const string StandardRuntime = "AutoResolveIntegrationRuntime";

    public static void Add(CompletionList list, CompletionRequest request, ValueSite site)
    {
        if (SpecForm.GetReference(site.Place.Type) is { } whole)
        {
            Add(list, request, site, whole, name => ValueTemplates.Reference(whole, name, site.Place.IsSpec));
        }
        else if (site.Owner?.Shape?.Reference is { } reference && string.Equals(site.Place.Key, "referenceName", StringComparison.OrdinalIgnoreCase))
        {
            Add(list, request, site, reference, name => name);
        }
    }

    private static void Add(CompletionList list, CompletionRequest request, ValueSite site, ReferenceSchema reference, Func<TextTemplate, Template> write)
    {
        if (reference.Target is not { } kind)
        {
            return;
        }

        var fits = FittingTypes.OfTarget(request, site.Place.Holder, site.Place.Key);
        var taken = FindTaken(request, site.Place.Holder);
        foreach (var symbol in request.Factory.OfKind(kind).Where(s => !taken.Contains(s.Name)))
        {
            var isFitting = symbol.Resource.Properties?.Shape?.Discriminator is { } type && fits(type);
            list.Add(
                site, CompletionRank.Value, symbol.Name, CompletionKind.Resource, site.Write(write(new TextTemplate(symbol.Name))), Describe(symbol),
                symbol.Resource.Properties?.FindString("description"), request.Factory.CountReferences(kind, symbol.Name) + (isFitting ? Fitting : 0));
        }

        foreach (var entry in request.Factory.OnlyLive(kind).Where(e => !taken.Contains(e.Name) && !e.Name.Equals(StandardRuntime, StringComparison.OrdinalIgnoreCase)))
        {
            var isFitting = entry.Type is { } type && fits(type);
            list.Add(
                site, CompletionRank.Value, entry.Name, CompletionKind.Resource, site.Write(write(new TextTemplate(entry.Name))), Describe(entry), entry.Description, isFitting ? OnlyLiveAndFitting : OnlyLive);
        }

        list.IsIncomplete |= request.Factory.Live is { IsFilling: true };
        if (kind == ResourceKind.IntegrationRuntime)
        {
            list.Add(site, CompletionRank.Value, StandardRuntime, CompletionKind.Resource, site.Write(write(new TextTemplate(StandardRuntime))), "the integration runtime that every factory has");
        }
    }

    /// <summary>What a list names already.</summary>
    private static HashSet<string> FindTaken(CompletionRequest request, BoundNode? holder) => holder is BoundArray list
        ? [.. list.Items.OfType<BoundObject>().Where(i => !i.Span.Touches(request.Offset)).Select(i => i.FindString("referenceName")).OfType<string>()]
        : [];

    private static string Describe(ResourceSymbol symbol) => symbol.Resource.Properties is { Shape: { Discriminator: not null } shape }
        ? $"{TypeNames.Describe(shape)}, {symbol.Document.Path}"
        : $"{TypeNames.Describe(symbol.Kind)}, {symbol.Document.Path}";

    private static string Describe(LiveEntry entry)
    {
        var what = entry.Symbol.Resource.Properties is { Shape: { Discriminator: not null } shape } ? TypeNames.Describe(shape) : TypeNames.Describe(entry.Kind);
        return $"{what}, live, only in {entry.Factory}";
    }
}
