// A pipeline as something to draw: its activities, what holds them, and what waits for what.
using System.Collections.Immutable;
using Pipewright.Core.Binding;
using Pipewright.Core.Factory;
using Pipewright.Core.Schema;
using Pipewright.Core.Text;

namespace Pipewright.Core.Features.Graphs;

/// <summary>What an activity does, told by what it holds and refers to, so that an activity type of tomorrow has a picture, too.</summary>
public enum ActivityShape
{
    /// <summary>It refers to nothing: a wait, a variable, a request.</summary>
    Control,

    /// <summary>It holds other activities.</summary>
    Container,

    /// <summary>It runs another pipeline.</summary>
    Pipeline,

    /// <summary>It runs a data flow.</summary>
    DataFlow,

    /// <summary>It reads or writes datasets.</summary>
    Data,

    /// <summary>It works on a linked service.</summary>
    Service,
}

/// <summary>An activity.</summary>
/// <param name="Id">Unique in its graph, and the same in the next version of the text as long as the activity keeps its name.</param>
/// <param name="Name">Empty where it has none yet.</param>
/// <param name="Type">Null where it has none yet.</param>
/// <param name="Branch">The id of the branch that it is in; null for one of the pipeline itself.</param>
/// <param name="IsInactive">Switched off, itself or with what holds it.</param>
/// <param name="Span">All of its text.</param>
/// <param name="NameSpan">Its name, or its start where it has none.</param>
/// <param name="Errors">How many errors there are in it, without those inside of what it holds.</param>
/// <param name="Warnings">As <paramref name="Errors"/>.</param>
/// <param name="Finding">What the gravest of these says; null for none.</param>
/// <param name="Uses">What it refers to, each once, in text order.</param>
public sealed record GraphNode(
    string Id, string Name, string? Type, string? Branch, ActivityShape Shape, bool IsInactive, TextSpan Span, TextSpan NameSpan, int Errors, int Warnings, string? Finding, ImmutableArray<GraphUse> Uses);

/// <summary>A resource that is referred to.</summary>
/// <param name="Path">The file that declares it; null where none does.</param>
public sealed record GraphUse(ResourceKind Kind, string Name, string? Path);

/// <summary>A list of activities within a container.</summary>
/// <param name="Node">The id of the container.</param>
/// <param name="Label">Which of its branches; empty where it has only one.</param>
public sealed record GraphBranch(string Id, string Node, string Label);

/// <summary>A dependency.</summary>
/// <param name="From">The id of the activity that is waited for.</param>
/// <param name="To">The id of the one that waits.</param>
/// <param name="Conditions">The outcomes that it waits for, one of which must come about; never empty.</param>
public sealed record GraphEdge(string From, string To, ImmutableArray<string> Conditions);

/// <summary>A pipeline.</summary>
/// <param name="IsBroken">Its text has syntax errors, so that something may be missing.</param>
/// <param name="Nodes">In text order.</param>
/// <param name="Branches">A container's before those of what it holds.</param>
/// <param name="Edges">In text order of those that wait. What waits for nothing that is there is left out.</param>
public sealed record PipelineGraph(string Name, bool IsBroken, ImmutableArray<GraphNode> Nodes, ImmutableArray<GraphBranch> Branches, ImmutableArray<GraphEdge> Edges)
{
    /// <summary>The innermost activity around an offset; null where there is none.</summary>
    public GraphNode? FindAt(int offset) => Nodes.Where(n => n.Span.Touches(offset)).MinBy(n => n.Span.Length);

    /// <summary>The graph of a pipeline.</summary>
    /// <param name="findings">Of the whole document.</param>
    internal static PipelineGraph Create(FactorySnapshot factory, ResourceDocument document, BoundResource pipeline, ImmutableArray<Diagnostic> findings) =>
        new Builder(factory, document, pipeline, findings).Build();

    private sealed class Builder
    {
        private const string ByDefault = "Succeeded";

        private readonly FactorySnapshot _factory;
        private readonly ResourceDocument _document;
        private readonly BoundResource _pipeline;
        private readonly ActivityGraph _graph;
        private readonly HashSet<string> _taken = new(StringComparer.Ordinal);
        private readonly Dictionary<ActivityNode, string> _ids = [];
        private readonly Dictionary<BoundArray, string> _branches = [];
        private readonly ILookup<ActivityNode, ResourceReference> _references;
        private readonly ILookup<ActivityNode, Diagnostic> _findings;

        public Builder(FactorySnapshot factory, ResourceDocument document, BoundResource pipeline, ImmutableArray<Diagnostic> findings)
        {
            _factory = factory;
            _document = document;
            _pipeline = pipeline;
            _graph = new ActivityGraph(pipeline);
            foreach (var activity in _graph.All)
            {
                _ids[activity] = Take(activity.Name.Length > 0 ? activity.Name : "?");
            }

            _references = new ResourceSymbol(pipeline, document).FindReferences().Where(r => _graph.FindEnclosing(r.Node) is not null).ToLookup(r => _graph.FindEnclosing(r.Node)!);
            _findings = (from finding in findings
                         where finding.Severity is DiagnosticSeverity.Error or DiagnosticSeverity.Warning
                         let activity = _graph.All.Where(a => a.Activity.Node.Span.Touches(finding.Span.Start)).MinBy(a => a.Activity.Node.Span.Length)
                         where activity is not null
                         select (activity, finding)).ToLookup(f => f.activity, f => f.finding);
        }

        public PipelineGraph Build()
        {
            ImmutableArray<GraphBranch> branches = [.. ActivityScope.FindAll(_pipeline).Select(MakeBranch).OfType<GraphBranch>()];
            var containers = branches.Select(b => b.Node).ToHashSet();
            return new PipelineGraph(_pipeline.Name, _document.HasSyntaxErrors, [.. _graph.All.Select(a => MakeNode(a, containers.Contains(_ids[a])))], branches, [.. _graph.All.SelectMany(MakeEdges)]);
        }

        private GraphBranch? MakeBranch(ActivityScope scope)
        {
            if (_graph.FindEnclosing(scope.List) is not { } holder)
            {
                return null;
            }

            var label = LabelOf(scope.List);
            var id = _branches[scope.List] = Take($"{_ids[holder]}/{label}");
            return new GraphBranch(id, _ids[holder], label);
        }

        /// <summary>By the property that holds the list, or by the value of the case that does: <c>ifTrueActivities</c> is the branch <c>true</c>.</summary>
        private static string LabelOf(BoundArray list)
        {
            if (list.Parent is BoundProperty { Parent: BoundObject { Parent: BoundArray } around } && around.FindValue("value") is BoundScalar value)
            {
                return value.Text;
            }

            var name = (list.Parent as BoundProperty)?.Name ?? "";
            name = name.EndsWith("activities", StringComparison.OrdinalIgnoreCase) ? name[..^"activities".Length] : name;
            return (name.StartsWith("if", StringComparison.OrdinalIgnoreCase) ? name[2..] : name).ToLowerInvariant();
        }

        private GraphNode MakeNode(ActivityNode activity, bool isContainer)
        {
            var node = activity.Activity.Node;
            ImmutableArray<GraphUse> uses = [.. _references[activity].Select(r => (r.Kind, Name: r.Name.Text)).DistinctBy(r => (r.Kind, FactorySnapshot.Key(r.Name)))
                .Select(r => new GraphUse(r.Kind, r.Name, _factory.Find(r.Kind, r.Name) is [var found, ..] ? found.Document.Path : null))];
            var findings = _findings[activity].ToList();
            return new GraphNode(
                _ids[activity], activity.Name, activity.Activity.Type, _branches.GetValueOrDefault(activity.Siblings), ShapeOf(uses, isContainer),
                activity.ContainersAndSelf().Any(c => c.IsInactive), node.Span, activity.Activity.Name is { IsImplied: false } name ? name.Span : new TextSpan(node.Span.Start, 0),
                findings.Count(f => f.Severity == DiagnosticSeverity.Error), findings.Count(f => f.Severity == DiagnosticSeverity.Warning), findings.MaxBy(f => f.Severity == DiagnosticSeverity.Error)?.Message, uses);
        }

        private static ActivityShape ShapeOf(ImmutableArray<GraphUse> uses, bool isContainer) =>
            isContainer ? ActivityShape.Container
            : uses.Any(u => u.Kind == ResourceKind.Pipeline) ? ActivityShape.Pipeline
            : uses.Any(u => u.Kind == ResourceKind.DataFlow) ? ActivityShape.DataFlow
            : uses.Any(u => u.Kind == ResourceKind.Dataset) ? ActivityShape.Data
            : uses.Any(u => u.Kind == ResourceKind.LinkedService) ? ActivityShape.Service
            : ActivityShape.Control;

        private IEnumerable<GraphEdge> MakeEdges(ActivityNode activity)
        {
            foreach (var (name, conditions) in activity.Activity.Dependencies)
            {
                // Of two siblings with one name the first, as everywhere.
                if (_graph.All.FirstOrDefault(a => a.Siblings == activity.Siblings && a.Name.Equals(name.Text, StringComparison.OrdinalIgnoreCase)) is { } before)
                {
                    yield return new GraphEdge(_ids[before], _ids[activity], ReadConditions(conditions));
                }
            }
        }

        private static ImmutableArray<string> ReadConditions(BoundNode? node)
        {
            ImmutableArray<string> given = node switch
            {
                BoundArray list => [.. list.Items.OfType<BoundScalar>().Where(s => s.Text.Length > 0).Select(s => s.Text).Distinct(StringComparer.OrdinalIgnoreCase)],
                BoundScalar { Text.Length: > 0 } single => [single.Text],
                _ => [],
            };
            return given.IsEmpty ? [ByDefault] : given;
        }

        private string Take(string id)
        {
            var unique = id;
            for (var i = 2; !_taken.Add(unique); i++)
            {
                unique = $"{id}#{i}";
            }

            return unique;
        }
    }
}
