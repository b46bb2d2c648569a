// What the expressions of a resource can name.
using System.Collections.Immutable;
using Pipewright.Core.Binding;
using Pipewright.Core.Expressions;
using Pipewright.Core.Schema;

namespace Pipewright.Core.Factory;

/// <summary>The names of one resource in one version of its factory. Made when asked for; an instance is for one thread.</summary>
public sealed class ResourceNames
{
    private readonly FactorySnapshot _factory;
    private readonly BoundResource _resource;
    private readonly Lazy<ExpressionScope> _outer;
    private readonly Dictionary<BoundNode, Lazy<ExpressionType>> _items = [];

    public ResourceNames(FactorySnapshot factory, BoundResource resource)
    {
        _factory = factory;
        _resource = resource;
        Graph = new Lazy<ActivityGraph>(() => new ActivityGraph(resource));
        _outer = new Lazy<ExpressionScope>(() => FindScope().Shared());
    }

    /// <summary>Of a pipeline; empty for other resources.</summary>
    public Lazy<ActivityGraph> Graph { get; }

    /// <summary>What an expression at a node can name.</summary>
    public ExpressionScope ScopeAt(BoundNode node)
    {
        if (_resource.Kind != ResourceKind.Pipeline)
        {
            return _outer.Value;
        }

        var from = Graph.Value.FindEnclosing(node);
        return _outer.Value with
        {
            ReachOf = name => Graph.Value.Find(name) is { } target ? Graph.Value.ReachOf(from, target) : ActivityReach.Upstream,
            HasFailed = name => Graph.Value.Find(name) is { } target && Graph.Value.HasFailed(from, target),
            Item = FindItem(from, node),
        };
    }

    /// <summary>What is known of an expression at its place.</summary>
    public ExpressionAnalysis Analyse(ExpressionSite site) => ExpressionChecker.Check(site.Template, ScopeAt(site.Scalar), site.Expected);

    private ExpressionScope FindScope() => _resource.Kind switch
    {
        ResourceKind.Pipeline => new ExpressionScope(ExpressionPlace.Pipeline)
        {
            Parameters = FindDeclared("parameters"),
            Variables = FindDeclared("variables"),
            GlobalParameters = FindGlobalParameters(),
            Activities = Graph.Value.Named.ToImmutableDictionary(
                a => a.Name, a => new ActivitySymbol(a.Name, a.Activity.Type, new Lazy<ExpressionType>(() => new OutputTypes(_factory, a, () => TypeOfItems(a)).Find())), StringComparer.OrdinalIgnoreCase),
        },
        ResourceKind.Dataset => new ExpressionScope(ExpressionPlace.Dataset) { Parameters = FindDeclared("parameters") },
        ResourceKind.LinkedService => new ExpressionScope(ExpressionPlace.LinkedService) { Parameters = FindDeclared("parameters") },
        ResourceKind.Trigger => new ExpressionScope(ExpressionPlace.Trigger)
        {
            GlobalParameters = FindGlobalParameters(),
            Trigger = ContextMembers.Trigger(_resource.Properties?.FindString("type")),
            TriggerBody = ContextMembers.TriggerBody(_resource.Properties?.FindString("type")),
            HasNoTriggerBody = ContextMembers.HasNoBody(_resource.Properties?.FindString("type")),
        },
        _ => ExpressionScope.Unknown,
    };

    private ImmutableDictionary<string, NamedSymbol> FindDeclared(string section) => Read(Declared.In(_resource.Properties, section));

    /// <summary>Those of the files, and those that only the target's factory has. Null where neither says which there are.</summary>
    private ImmutableDictionary<string, NamedSymbol>? FindGlobalParameters()
    {
        var declaring = _factory.OfKind(ResourceKind.Factory).Where(s => s.Resource.Properties?.FindValue("globalParameters") is BoundObject).ToList();
        var live = _factory.FindLive(ResourceKind.Factory, "");
        var declared = declaring.Count == 0 ? null : Read(declaring.SelectMany(s => Declared.In(s.Resource.Properties, "globalParameters")));
        if (live is null)
        {
            return declared;
        }

        var all = Read(Declared.In(live.Symbol.Resource.Properties, "globalParameters"))
            .ToImmutableDictionary(p => p.Key, p => p.Value with { OnlyIn = live.Factory }, StringComparer.OrdinalIgnoreCase);
        return declared is null ? all : all.SetItems(declared);
    }

    private static ImmutableDictionary<string, NamedSymbol> Read(IEnumerable<DeclaredName> declared)
    {
        var symbols = ImmutableDictionary.CreateBuilder<string, NamedSymbol>(StringComparer.OrdinalIgnoreCase);
        foreach (var name in declared)
        {
            symbols[name.Name] = new NamedSymbol(name.Name, name.Type, name is { Default: BoundScalar value, IsSecret: false } ? value.Text : null);
        }

        return symbols.ToImmutable();
    }

    /// <summary>What <c>item()</c> is: of the Filter whose condition the node is in, else of the nearest ForEach around.</summary>
    private Lazy<ExpressionType>? FindItem(ActivityNode? from, BoundNode node)
    {
        if (from is null)
        {
            return null;
        }

        if (from.Is("Filter") && IsIn(node, "condition", from.Activity.Node))
        {
            return ElementOfItems(from);
        }

        return from.ContainersAndSelf().Skip(1).FirstOrDefault(c => c.Is("ForEach")) is { } loop ? ElementOfItems(loop) : null;
    }

    private static bool IsIn(BoundNode node, string property, BoundObject activity)
    {
        for (var current = node; current is not null && current != activity; current = current.Parent)
        {
            if (current is BoundProperty { Name: var name } && name.Equals(property, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    private Lazy<ExpressionType> ElementOfItems(ActivityNode loop)
    {
        if (!_items.TryGetValue(loop.Activity.Node, out var item))
        {
            item = _items[loop.Activity.Node] = new Lazy<ExpressionType>(() => FindElement(loop));
        }

        return item;
    }

    private ExpressionType FindElement(ActivityNode loop) => TypeOfItems(loop).Element ?? ExpressionType.Any;

    private ExpressionType TypeOfItems(ActivityNode loop)
    {
        var items = (loop.Activity.Node.FindValue("typeProperties") as BoundObject)?.FindValue("items");
        return items is not null && DynamicContent.FindExpression(items) is { } scalar && ExpressionSite.Of(scalar) is { } site && Analyse(site).Type is { Kinds: TypeKinds.Array } type
            ? type
            : ExpressionType.Array;
    }
}
