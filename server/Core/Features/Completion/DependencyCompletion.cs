using System.Collections.Immutable;
using Pipewright.Core.Binding;
using Pipewright.Core.Factory;
using Pipewright.Core.Schema;

namespace Pipewright.Core.Features.Completion;

/// <summary>The activities that one can depend on: those of the same list, without itself and those that it depends on already.</summary>
internal static class DependencyCompletion
{
    private static readonly TextTemplate DefaultCondition = new(SpecForm.DefaultCondition);

    /// <summary>Names in a list of dependencies, or as the <c>activity</c> of one.</summary>
    public static void AddNames(CompletionList list, CompletionRequest request, ValueSite site)
    {
        var isName = site.Owner?.Type is ObjectType { Name: "ActivityDependency" } && string.Equals(site.Place.Key, "activity", StringComparison.OrdinalIgnoreCase);
        if ((isName || site.Place.IsDependency) && site.Place.Holder is { } holder)
        {
            foreach (var activity in FindCandidates(request, holder))
            {
                var name = new TextTemplate(activity.Name!.Text);
                Template value = isName || site.Place.IsSpec
                    ? name
                    : new MapTemplate([new("activity", name), new("dependencyConditions", new ListTemplate([DefaultCondition]))]);
                list.Add(site, CompletionRank.Value, name.Text, CompletionKind.Activity, site.Write(value), Describe(activity));
            }
        }
    }

    /// <summary>Names as keys of the spec form's mapping from activities to conditions.</summary>
    public static void AddKeys(CompletionList list, CompletionRequest request, PropertySite site)
    {
        if (site.Mapping is null || !SpecForm.IsDependencyList(site.Place.Type) || site.Place.Holder is not { } holder)
        {
            return;
        }

        var conditions = FindConditions(site.Place.Type);
        foreach (var activity in FindCandidates(request, holder))
        {
            var name = activity.Name!.Text;
            list.Add(site, CompletionRank.Value, name, CompletionKind.Activity, site.Write(name, new ChoiceTemplate(conditions)), Describe(activity));
        }
    }

    private static ImmutableArray<string> FindConditions(SchemaType? type) =>
        type is ArrayType { Item: ObjectType dependency } && dependency.FindProperty("dependencyConditions")?.Type is ArrayType { Item: ScalarType { AllowedValues: { IsEmpty: false } values } }
            ? values
            : [SpecForm.DefaultCondition];

    private static IEnumerable<Activity> FindCandidates(CompletionRequest request, BoundNode holder)
    {
        if (ActivityScope.FindEnclosing(holder) is not { } scope || ActivityScope.FindActivity(holder) is not { } self)
        {
            return [];
        }

        var taken = self.Dependencies.Where(d => !d.Activity.Span.Touches(request.Offset)).Select(d => d.Activity.Text).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return scope.Activities.Where(a => a.Node != self.Node && a.Name is { Text.Length: > 0 } name && !taken.Contains(name.Text));
    }

    private static string Describe(Activity activity) => activity.Type is { } type ? $"{type} activity" : "activity";
}
