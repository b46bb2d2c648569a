// Proposes whole files where there is nothing yet, and several activities at once in a list of activities.
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Pipewright.Core.Binding;
using Pipewright.Core.Factory;
using Pipewright.Core.Rules.Connections;
using Pipewright.Core.Schema;

namespace Pipewright.Core.Features.Completion.Flows;

internal static class FlowCompletion
{
    /// <summary>Longer lists are better chosen from by completing the name.</summary>
    private const int LongestChoice = 20;

    /// <summary>By what stands for the state of the factory that they are of.</summary>
    private static readonly ConditionalWeakTable<object, ResourceList> Lists = [];

    public static void Add(CompletionList list, CompletionRequest request, PropertySite site)
    {
        if (site is { Place.Holder: null, HasValue: false } && (site.Mapping is null or { Entries.IsEmpty: true } || (site.Entry is not null && site.Mapping.Entries.Length == 1)))
        {
            AddFiles(list, request, site, template => TemplateWriter.WriteEntries(site.Insertion, template.Entries));
        }
        else if (site.IsNewItem && IsActivity(site.Place) && site.Insertion is { Notation: Notation.Block, Dash: not null })
        {
            AddActivities(list, request, site);
        }
    }

    public static void Add(CompletionList list, CompletionRequest request, ValueSite site)
    {
        if (site.Insertion is not { Quote: null, Notation: not Notation.Block })
        {
            return;
        }

        if (site.Place.Holder is null)
        {
            AddFiles(list, request, site, site.Write);
        }
        else if (site.Place.Key is null && IsActivity(site.Place))
        {
            AddActivities(list, request, site);
        }
    }

    private static bool IsActivity(SchemaPlace place) => place.Type is DiscriminatedType { Name: "Activity" };

    private static void AddFiles(CompletionList list, CompletionRequest request, CompletionSite site, Func<MapTemplate, WrittenTemplate> write)
    {
        foreach (var flow in Flow.All.Where(f => f.Kind == request.Document.Classification.Kind))
        {
            var template = Templates(request, flow).OfResource(request.Document.Classification.Name, site.Place.IsSpec);
            list.Add(site, CompletionRank.Flow, flow.Title, CompletionKind.Snippet, write(template), $"a whole {TypeNames.Describe(flow.Kind)}", flow.Description);
        }
    }

    private static void AddActivities(CompletionList list, CompletionRequest request, CompletionSite site)
    {
        foreach (var flow in Flow.All.Where(f => f.Kind == ResourceKind.Pipeline))
        {
            var activities = Templates(request, flow).OfActivities(site.Place.IsSpec);
            list.Add(
                site, CompletionRank.Flow, flow.Title, CompletionKind.Snippet, TemplateWriter.WriteItems(site.Insertion, activities),
                activities.Length == 1 ? "an activity" : $"{activities.Length} activities", flow.Description);
        }
    }

    private static FlowTemplates Templates(CompletionRequest request, Flow flow)
    {
        var taken = request.ActivityNames.ToHashSet(StringComparer.OrdinalIgnoreCase);
        return new FlowTemplates(flow, Fill);

        Template Fill(FlowStop stop) => stop switch
        {
            { Choices.IsEmpty: false } => new ChoiceTemplate(stop.Choices, stop.IsString) { Name = stop.Name },
            { Is: "activity" } => Named(stop, NewName(taken, stop.Default)),
            { Is: { } kind } when FileClassification.GitFolders.TryGetValue(kind, out var resources) => Choose(stop, FindResources(request, resources, stop).Take(LongestChoice)),
            { Is: { } other } when flow.Stops.GetValueOrDefault(other[(other.LastIndexOf(' ') + 1)..]) is { } owner => Choose(stop, FindParameters(request, owner)),
            _ => Named(stop, stop.Default),
        };
    }

    private static StopTemplate Named(FlowStop stop, string text) => new(text, stop.IsString) { Name = stop.Name };

    private static Template Choose(FlowStop stop, IEnumerable<string> names) => names.ToImmutableArray() switch
    {
        [] => Named(stop, stop.Default),
        [var only] => Named(stop, only),
        var several => new ChoiceTemplate(several) { Name = stop.Name },
    };

    /// <summary>The fitting resources of a kind: the one that most refer to comes first.</summary>
    private static IEnumerable<string> FindResources(CompletionRequest request, ResourceKind kind, FlowStop stop) =>
        from resource in ListResources(request.Factory, kind, withTypes: !stop.Types.IsEmpty)
        where resource.Path != request.Document.Path
        where stop.Types.IsEmpty || (resource.Type is { } type && ConnectionContext.Fits(stop.Types, type))
        orderby request.Factory.CountReferences(kind, resource.Name) descending
        select resource.Name;

    /// <summary>All resources of a kind. They are listed once, until a file of the kind changes; the names alone, until one of them does.</summary>
    private static ImmutableArray<KnownResource> ListResources(FactorySnapshot factory, ResourceKind kind, bool withTypes) =>
        Lists.GetValue(withTypes ? factory.VersionOf(kind) : factory.NameTableOf(kind), _ => new ResourceList(
            [.. factory.OfKind(kind).Select(s => new KnownResource(s.Name, withTypes ? ConnectionContext.TypeOf(s.Resource.Properties)?.Text : null, s.Document.Path))])).Resources;

    /// <summary>The parameters of the resource that comes first where another stop chooses one.</summary>
    private static IEnumerable<string> FindParameters(CompletionRequest request, FlowStop owner)
    {
        var kind = FileClassification.GitFolders[owner.Is!];
        return FindResources(request, kind, owner).Take(1).SelectMany(n => request.Factory.Find(kind, n)).Take(1)
            .SelectMany(s => (s.Resource.Properties?.FindValue("parameters") as BoundObject)?.Properties ?? []).Select(p => p.Name);
    }

    private static string NewName(HashSet<string> taken, string name)
    {
        var number = 1;
        var free = name;
        while (!taken.Add(free))
        {
            free = $"{name} {++number}";
        }

        return free;
    }

    private sealed record ResourceList(ImmutableArray<KnownResource> Resources);

    /// <param name="Type">Null where it was not asked for, or is not known.</param>
    private readonly record struct KnownResource(string Name, string? Type, string Path);
}
