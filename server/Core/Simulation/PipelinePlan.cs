// What a pipeline's text says about its runs, worked out once for all of them.
using System.Collections.Immutable;
using Pipewright.Core.Binding;
using Pipewright.Core.Expressions;
using Pipewright.Core.Factory;
using Pipewright.Core.Syntax;

namespace Pipewright.Core.Simulation;

/// <summary>A string that is evaluated, parsed.</summary>
/// <param name="Variables">Those that it reads; null where any may be.</param>
internal sealed record PlannedTemplate(Template Template, ImmutableArray<string>? Variables)
{
    public static PlannedTemplate Of(Template template)
    {
        var uses = NameUses.Find(template).Where(u => u.Kind == NameKind.Variable).ToList();
        return new PlannedTemplate(template, uses.Exists(u => u.Name is null) ? null : [.. uses.Select(u => u.Name!).Distinct(StringComparer.OrdinalIgnoreCase)]);
    }
}

/// <summary>One list of activities: which waits for which, by their places in the list.</summary>
internal sealed class ActivityListPlan
{
    public ActivityListPlan(ImmutableArray<ActivityNode> activities)
    {
        Activities = activities;
        Outcomes = new ActivityOutcomes(activities);
        var places = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < activities.Length; i++)
        {
            places.TryAdd(activities[i].Name, i);
        }

        Dependencies = [.. activities.Select(a => FindDependencies(a, places))];
        var waiting = activities.Select(_ => new List<int>()).ToArray();
        for (var i = 0; i < activities.Length; i++)
        {
            foreach (var upstream in Dependencies[i].Select(d => d.Upstream).Distinct())
            {
                waiting[upstream].Add(i);
            }
        }

        Waiting = [.. waiting.Select(w => w.ToImmutableArray())];
        Places = activities.Select((a, i) => (a, i)).ToImmutableDictionary(p => p.a, p => p.i);
    }

    public static ActivityListPlan Empty { get; } = new([]);

    /// <summary>In text order.</summary>
    public ImmutableArray<ActivityNode> Activities { get; }

    public ImmutableDictionary<ActivityNode, int> Places { get; }

    public ActivityOutcomes Outcomes { get; }

    /// <summary>What each activity waits for, and with which end it is content. Names of no activity of the list are left out.</summary>
    public ImmutableArray<ImmutableArray<(int Upstream, ActivityStatus Wanted)>> Dependencies { get; }

    /// <summary>Those that wait for each activity.</summary>
    public ImmutableArray<ImmutableArray<int>> Waiting { get; }

    /// <summary>The activities that wait for each other in a circle, or for one that does; empty where all can come to their turn.</summary>
    public ImmutableArray<ActivityNode> FindStuck()
    {
        var left = Dependencies.Select(d => d.Select(u => u.Upstream).Distinct().Count()).ToArray();
        var ready = new Stack<int>(Enumerable.Range(0, left.Length).Where(i => left[i] == 0));
        while (ready.TryPop(out var i))
        {
            foreach (var next in Waiting[i].Where(n => --left[n] == 0))
            {
                ready.Push(next);
            }
        }

        return [.. Activities.Where((_, i) => left[i] > 0)];
    }

    private static ImmutableArray<(int Upstream, ActivityStatus Wanted)> FindDependencies(ActivityNode activity, Dictionary<string, int> places)
    {
        var found = ImmutableArray.CreateBuilder<(int, ActivityStatus)>();
        foreach (var (name, conditions) in activity.Activity.Dependencies)
        {
            if (places.TryGetValue(name.Text, out var upstream))
            {
                // A dependency without conditions is one that Studio would write as Succeeded.
                found.Add((upstream, conditions is BoundArray { Items.IsEmpty: false } ? ActivityOutcomes.ReadConditions(conditions) : ActivityStatus.Succeeded));
            }
        }

        return found.ToImmutable();
    }
}

/// <summary>One pipeline.</summary>
internal sealed class PipelinePlan
{
    private readonly Dictionary<BoundArray, ActivityListPlan> _lists;
    private readonly Dictionary<BoundScalar, PlannedTemplate?> _templates = [];
    private readonly Dictionary<BoundNode, bool> _isConstant = [];
    private readonly Dictionary<BoundNode, ExpressionValue> _constants = [];
    private readonly Dictionary<ActivityNode, ExpressionType> _outputs = [];
    private readonly HashSet<string>? _readActivities;

    public PipelinePlan(ResourceSymbol symbol)
    {
        Symbol = symbol;
        Graph = new ActivityGraph(symbol.Resource);
        Parameters = Declared.Parameters(symbol.Resource);
        Variables = Declared.Variables(symbol.Resource);
        _lists = Graph.All.GroupBy(a => a.Siblings).ToDictionary(g => g.Key, g => new ActivityListPlan([.. g]));
        Root = FindList(symbol.Resource.Properties, "activities");
        Concurrency = PlainValue.Integer(symbol.Resource.Properties?.FindValue("concurrency")) is { } most and > 0 ? most : null;
        Sites = [.. ExpressionSite.FindAll(symbol.Resource).Where(s => s.IsDynamic)];
        var reads = Sites.SelectMany(s => NameUses.Find(s.Template)).Where(u => u.Kind == NameKind.Activity).Select(u => u.Name).ToList();
        _readActivities = reads.Contains(null) ? null : reads.OfType<string>().ToHashSet(StringComparer.OrdinalIgnoreCase);
        Problem = TemplateCheck.Find(this);
    }

    public ResourceSymbol Symbol { get; }

    public string Name => Symbol.Name;

    public ActivityGraph Graph { get; }

    public ImmutableArray<DeclaredName> Parameters { get; }

    public ImmutableArray<DeclaredName> Variables { get; }

    /// <summary>All strings that are evaluated.</summary>
    public ImmutableArray<ExpressionSite> Sites { get; }

    /// <summary>The pipeline's own activities.</summary>
    public ActivityListPlan Root { get; }

    public IEnumerable<ActivityListPlan> Lists => _lists.Values;

    /// <summary>How many runs may go on at one time; null for any number.</summary>
    public long? Concurrency { get; }

    /// <summary>Why the service fails every run before any activity starts; null where it does not.</summary>
    public RunError? Problem { get; }

    /// <summary>Whether any expression may read what an activity left behind.</summary>
    public bool IsRead(string activity) => _readActivities?.Contains(activity) != false;

    /// <summary>The list in a property; an empty one where there is none.</summary>
    public ActivityListPlan FindList(BoundObject? owner, string property) =>
        owner?.FindValue(property) is BoundArray list && _lists.TryGetValue(list, out var plan) ? plan : ActivityListPlan.Empty;

    /// <summary>The place of a node.</summary>
    public SourcePlace PlaceOf(BoundNode node) => new(Symbol.Document.Path, node.Span);

    /// <summary>What is known of the output of an activity.</summary>
    public ExpressionType FindOutputType(FactorySnapshot factory, ActivityNode activity)
    {
        if (!_outputs.TryGetValue(activity, out var type))
        {
            type = _outputs[activity] = new OutputTypes(factory, activity, () => ExpressionType.Array).Find();
        }

        return type;
    }

    /// <summary>A string as a template; null where it is not evaluated.</summary>
    public PlannedTemplate? FindTemplate(BoundScalar scalar)
    {
        if (!_templates.TryGetValue(scalar, out var template))
        {
            var site = scalar.Kind == ScalarKind.String && scalar.Text.Contains('@', StringComparison.Ordinal) ? ExpressionSite.Of(scalar) : null;
            template = _templates[scalar] = site is { IsDynamic: true } ? PlannedTemplate.Of(site.Template) : null;
        }

        return template;
    }

    /// <summary>The value of a node in which nothing is evaluated; null where something is.</summary>
    public ExpressionValue? FindConstant(BoundNode node)
    {
        if (!_isConstant.TryGetValue(node, out var isConstant))
        {
            isConstant = _isConstant[node] = !node.DescendantsAndSelf().OfType<BoundScalar>().Any(s => FindTemplate(s) is not null);
        }

        if (!isConstant)
        {
            return null;
        }

        if (!_constants.TryGetValue(node, out var value))
        {
            value = _constants[node] = PlainValue.Of(node);
        }

        return value;
    }
}
