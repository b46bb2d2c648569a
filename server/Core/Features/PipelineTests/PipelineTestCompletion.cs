using System.Collections.Immutable;
using Pipewright.Core.Binding;
using Pipewright.Core.Factory;
using Pipewright.Core.Features.Completion;
using Pipewright.Core.PipelineTests;
using Pipewright.Core.Schema;

namespace Pipewright.Core.Features.PipelineTests;

/// <summary>What files of tests name of the factory; the words of their own come from the schema.</summary>
internal static class PipelineTestCompletion
{
    /// <summary>Keys: activities with stubs and expectations, parameters, variables, branches of what an activity sends.</summary>
    public static void AddNames(CompletionList list, CompletionRequest request, PropertySite site)
    {
        if (!request.Document.IsTest || site.Place is not { Key: { } key, Holder: BoundObject holder })
        {
            return;
        }

        switch (key)
        {
            case "parameters" when FindPipeline(request, holder) is { } pipeline:
                Add(list, site, Declared.Parameters(pipeline.Resource), CompletionKind.Parameter, p => $"{p.TypeText ?? "any"} parameter{(p.IsRequired ? ", required" : "")}", new StopTemplate());
                break;
            case "globalParameters":
                Add(list, site, [.. request.Factory.OfKind(ResourceKind.Factory).SelectMany(f => Declared.In(f.Resource.Properties, "globalParameters"))], CompletionKind.Parameter, p => $"{p.TypeText ?? "any"} global parameter", new StopTemplate());
                break;
            case "variables" when FindPipeline(request, holder) is { } pipeline:
                Add(list, site, Declared.Variables(pipeline.Resource), CompletionKind.Variable, v => $"{v.TypeText ?? "any"} variable", new StopTemplate());
                break;
            case "stubs" or "activities":
                foreach (var (name, type) in FindActivities(request, holder))
                {
                    if (!Has(site, name))
                    {
                        list.Add(site, CompletionRank.Value, name, CompletionKind.Activity, site.Write(name, MapTemplate.Empty), type, weight: key == "stubs" && IsWalked(type) ? -1 : 0);
                    }
                }

                break;
            case "input" when FindActivity(request, holder) is { } activity:
                foreach (var property in activity.TypeProperties?.Properties.Where(p => p.Name.Length > 0) ?? [])
                {
                    list.Add(site, CompletionRank.Value, property.Name, CompletionKind.Property, site.Write(property.Name, new StopTemplate()), "input", property.Schema?.Description);
                }

                break;
        }
    }

    /// <summary>Values: pipelines, triggers, activities in lists, branches.</summary>
    public static void AddValues(CompletionList list, CompletionRequest request, ValueSite site)
    {
        if (!request.Document.IsTest)
        {
            return;
        }

        if (site.Place is { Key: null, Holder: BoundArray { Parent: BoundProperty { Name: var word, Parent: BoundObject expectation } } } && PipelineTestNames.ActivityLists.Contains(word))
        {
            var taken = (site.Place.Holder as BoundArray)!.Items.OfType<BoundScalar>().Where(i => !i.Span.Touches(request.Offset)).Select(i => i.Text).ToHashSet(StringComparer.OrdinalIgnoreCase);
            foreach (var (name, type) in FindActivities(request, expectation).Where(a => !taken.Contains(a.Name)))
            {
                list.Add(site, CompletionRank.Value, name, CompletionKind.Activity, site.Write(new TextTemplate(name)), type);
            }

            return;
        }

        switch (site.Place.Key)
        {
            case "pipeline" when site.Owner?.Shape?.Name is "PipelineTest" or "PipelineTestCase":
                AddResources(list, request, site, ResourceKind.Pipeline);
                break;
            case "name" when site.Owner?.Shape?.Name == "PipelineTestTrigger":
                AddResources(list, request, site, ResourceKind.Trigger);
                break;
            case "branch" when site.Owner is { } owner && FindActivity(request, owner) is { } activity:
                foreach (var branch in PipelineTestFindings.BranchesOf(activity))
                {
                    list.Add(site, CompletionRank.Value, branch, CompletionKind.EnumValue, site.Write(new TextTemplate(branch, branch is not ("true" or "false"))), "branch");
                }

                break;
        }
    }

    private static void AddResources(CompletionList list, CompletionRequest request, ValueSite site, ResourceKind kind)
    {
        foreach (var symbol in request.Factory.OfKind(kind))
        {
            list.Add(
                site, CompletionRank.Value, symbol.Name, CompletionKind.Resource, site.Write(new TextTemplate(symbol.Name)), $"{TypeNames.Describe(kind)}, {symbol.Document.Path}",
                symbol.Resource.Properties?.FindString("description"));
        }
    }

    private static void Add(CompletionList list, PropertySite site, ImmutableArray<DeclaredName> names, CompletionKind kind, Func<DeclaredName, string> describe, Template value)
    {
        foreach (var name in names.Where(n => n.Name.Length > 0 && !Has(site, n.Name)))
        {
            list.Add(site, CompletionRank.Value, name.Name, kind, site.Write(name.Name, value), describe(name));
        }
    }

    private static bool Has(PropertySite site, string name) =>
        site.Mapping?.Entries.Any(e => e != site.Entry && e.Key.Value.Equals(name, StringComparison.OrdinalIgnoreCase)) == true;

    /// <summary>The tested pipeline's activities, then those of the pipelines that it executes.</summary>
    private static IEnumerable<(string Name, string Type)> FindActivities(CompletionRequest request, BoundNode at)
    {
        if (FindPipeline(request, at) is not { } pipeline)
        {
            return [];
        }

        var called = pipeline.FindReferences().Where(r => r.Kind == ResourceKind.Pipeline).Select(r => r.Name.Text).Distinct(StringComparer.OrdinalIgnoreCase).SelectMany(n => request.Factory.Find(ResourceKind.Pipeline, n).Take(1));
        return Named(pipeline, "").Concat(called.SelectMany(c => Named(c, c.Name + PipelineTestNames.Separator)));
    }

    private static IEnumerable<(string Name, string Type)> Named(ResourceSymbol pipeline, string prefix) =>
        new ActivityGraph(pipeline.Resource).All.Where(a => a.Name.Length > 0).Select(a => (prefix + a.Name, $"{a.Activity.Type ?? "an"} activity"));

    private static bool IsWalked(string type) => type.Split(' ')[0] is "IfCondition" or "Switch" or "ForEach" or "Until" or "SetVariable" or "AppendVariable" or "Filter" or "Wait" or "Fail";

    /// <summary>The activity that an expectation is about; null where it is about none.</summary>
    private static ActivityNode? FindActivity(CompletionRequest request, BoundNode at)
    {
        for (var node = at; node is not null; node = node.Parent)
        {
            if (node is BoundProperty { Name: var name, Parent: BoundObject { Parent: BoundProperty { Name: "activities" } } })
            {
                var (of, activity) = PipelineTestNames.Split(name);
                var pipeline = of is null ? FindPipeline(request, at) : request.Factory.Find(ResourceKind.Pipeline, of).FirstOrDefault();
                return pipeline is null ? null : new ActivityGraph(pipeline.Resource).Find(activity);
            }
        }

        return null;
    }

    /// <summary>The pipeline that is tested at a place: that of the case, else that of the file.</summary>
    private static ResourceSymbol? FindPipeline(CompletionRequest request, BoundNode at)
    {
        for (var node = at; node is not null; node = node.Parent)
        {
            if (node is BoundObject { Shape.Name: "PipelineTestCase" or "PipelineTest" } owner && owner.FindString("pipeline") is { } name)
            {
                return request.Factory.Find(ResourceKind.Pipeline, name).FirstOrDefault();
            }
        }

        return null;
    }
}
