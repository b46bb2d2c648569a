// Which activities the expressions of a pipeline name, and names that are still free.
using Pipewright.Core.Binding;
using Pipewright.Core.Expressions;

namespace Pipewright.Core.Factory;

/// <summary>An expression reads what an activity has left behind.</summary>
/// <param name="Call">The call of <c>activity('…')</c>.</param>
internal readonly record struct ActivityRead(string Name, CallNode Call);

internal static class ActivityNames
{
    /// <summary>The longest name of an activity (Microsoft's naming rules).</summary>
    private const int MaximumLength = 55;

    /// <summary>All nodes of the expressions of a string, parents first.</summary>
    public static IEnumerable<ExpressionNode> NodesOf(Template template) => template.Parts.OfType<ExpressionPart>().SelectMany(p => WithDescendants(p.Expression));

    public static IEnumerable<ActivityRead> FindReads(ExpressionSite site) => from call in NodesOf(site.Template).OfType<CallNode>()
                                                                              where call.Calls("activity") || call.Calls("activities")
                                                                              let name = NameOf(call)
                                                                              where name is not null
                                                                              select new ActivityRead(name, call);

    /// <summary>The string that a call has as its only argument; null for anything else.</summary>
    public static string? NameOf(CallNode call) => call.Arguments is [LiteralNode { Value: StringValue text }] ? text.Value : null;

    /// <summary>Whether an expression outside of a group reads something inside of it.</summary>
    public static bool AreReadOutside(ActivityGroup group, IEnumerable<ExpressionSite> sites) =>
        sites.Any(s => !group.Holds(group.Graph.FindEnclosing(s.Scalar)) && FindReads(s).Any(r => group.Holds(r.Name)));

    /// <summary>Where an expression in an activity reads the item of a loop around that. The condition of a Filter has items of its own.</summary>
    public static IEnumerable<CallNode> FindItems(ExpressionSite site, ActivityNode activity) => activity.Is("Filter") && IsInCondition(site.Scalar, activity)
        ? []
        : NodesOf(site.Template).OfType<CallNode>().Where(c => c.Calls("item"));

    private static bool IsInCondition(BoundNode node, ActivityNode filter)
    {
        var current = node;
        while (current is not (null or BoundProperty { Name: "condition" }) && current != filter.Activity.Node)
        {
            current = current.Parent;
        }

        return current is BoundProperty;
    }

    /// <summary>The name itself, or with another number at its end where an activity has it already, or is waited for under it.</summary>
    public static string MakeUnique(string name, ActivityGraph graph)
    {
        var taken = graph.All.SelectMany(a => a.Dependencies.Select(d => d.Name).Append(a.Name)).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return MakeUnique(name, taken.Contains, MaximumLength);
    }

    public static string MakeUnique(string name, Func<string, bool> isTaken, int maximumLength = 128)
    {
        var stem = name.TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9');
        for (var number = 1; ; number++)
        {
            var tried = number == 1 ? name : stem + number.ToString(System.Globalization.CultureInfo.InvariantCulture);
            tried = tried.Length <= maximumLength ? tried : tried[(tried.Length - maximumLength)..];
            if (!isTaken(tried))
            {
                return tried;
            }
        }
    }

    private static IEnumerable<ExpressionNode> WithDescendants(ExpressionNode node) => node.Children.SelectMany(WithDescendants).Prepend(node);
}
