// Moves activities into a pipeline of their own, which the one that they were in executes in their place.
using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Pipewright.Core.Binding;
using Pipewright.Core.Schema;
using Pipewright.Core.Syntax;
using Pipewright.Core.Text;

namespace Pipewright.Core.Factory;

/// <summary>
/// The move of siblings into a new pipeline. What their expressions read of the pipeline around them is passed by parameters; variables that
/// nobody else knows go with them.
/// </summary>
public sealed partial class ChildPipelineExtraction
{
    /// <summary>The longest name of a pipeline (Microsoft's naming rules).</summary>
    private const int LongestName = 140;

    private readonly ResourceDocument _document;
    private readonly int _index;
    private readonly ActivityGroup _group;
    private readonly PassedValues _passed;

    private ChildPipelineExtraction(ResourceDocument document, int index, ActivityGroup group, PassedValues passed, string name) =>
        (_document, _index, _group, _passed, Name) = (document, index, group, passed, name);

    /// <summary>Of the new pipeline; no other of the factory has it.</summary>
    public string Name { get; }

    /// <summary>Plans the move of siblings.</summary>
    /// <param name="pipeline">A resource of the document.</param>
    /// <returns>
    /// Null where the activities cannot go: something outside runs between them, reads them, or shares a variable with them that they set; or an
    /// expression reads what no parameter can hold.
    /// </returns>
    public static ChildPipelineExtraction? Plan(FactorySnapshot factory, ResourceDocument document, BoundResource pipeline, IEnumerable<ActivityNode> activities)
    {
        var names = new ResourceNames(factory, pipeline);
        var index = document.Resources.IndexOf(pipeline);
        var members = activities.Select(a => names.Graph.Value.Find(a.Name)).OfType<ActivityNode>();
        if (index < 0 || document.HasSyntaxErrors || ActivityGroup.Of(names.Graph.Value, members) is not { } group
            || group.Members[0].Container?.ContainersAndSelf().Any(c => c.IsInactive) == true)
        {
            return null;
        }

        ImmutableArray<ExpressionSite> sites = [.. ExpressionSite.FindAll(pipeline)];
        return !ActivityNames.AreReadOutside(group, sites) && PassedValues.Find(group, names, pipeline, sites, document.Text) is { } passed
            ? new ChildPipelineExtraction(document, index, group, passed, NameOf(factory, pipeline, group))
            : null;
    }

    /// <summary>An activity and all siblings that run only after it.</summary>
    public static ImmutableArray<ActivityNode> FindTail(ActivityGraph graph, ActivityNode first) =>
        [.. graph.All.Where(a => a == first || (a.Siblings == first.Siblings && graph.GetUpstream(a).Contains(first)))];

    /// <summary>Plans the move of as few of a pipeline's last activities as leave it with no more than it may have, those in containers counted.</summary>
    /// <returns>Null where no end of it can go.</returns>
    public static ChildPipelineExtraction? PlanTail(FactorySnapshot factory, ResourceDocument document, BoundResource pipeline, int mostActivities)
    {
        var graph = new ActivityGraph(pipeline);

        // What is moved has to fit into one pipeline, too; the call of it is one activity more.
        if (graph.All.Length + 1 > 2 * mostActivities)
        {
            return null;
        }

        var outer = graph.All.Where(a => a.Container is null).ToList();
        var ordered = outer.OrderBy(a => graph.GetUpstream(a).Count).ThenBy(a => a.Activity.Node.Span.Start).Reverse().ToList();
        for (var count = 1; count < ordered.Count; count++)
        {
            var tail = ordered.Take(count).ToHashSet();
            var moved = graph.All.Count(a => a.ContainersAndSelf().Any(tail.Contains));
            if (graph.All.Length - moved + 1 <= mostActivities && moved <= mostActivities && Plan(factory, document, pipeline, tail) is { } plan)
            {
                return plan;
            }
        }

        return null;
    }

    /// <summary>The changes of the pipeline, and the new file.</summary>
    /// <returns>An empty edit where the text does not allow for it, as where a part of it is an alias.</returns>
    public FixEdit Extract()
    {
        var rewriting = new DocumentRewriting(_document, _index);
        rewriting.Apply(_passed.Changes);
        ImmutableArray<ItemDraft> moved = [];
        var isDone = rewriting.ReplaceGroup(_group, ActivityName(), (drafts, items) =>
        {
            moved = [.. items];
            return WriteCall(drafts);
        });
        var child = isDone ? WriteChild(rewriting, moved) : null;
        if (child is null || ResourceDocument.Create(child.Path, new SourceText(child.Content), _document.Classification with { Name = Name }) is { HasSyntaxErrors: true })
        {
            return new FixEdit([]);
        }

        RemoveVariables(rewriting);
        return rewriting.IsSound ? new FixEdit(rewriting.Changes, child) : new FixEdit([]);
    }

    private MappingDraft WriteCall(ActivityDrafts drafts)
    {
        ImmutableArray<(string, Draft)> properties = [("pipeline", drafts.Reference(Name, "PipelineReference")), ("waitOnCompletion", drafts.Flag(true))];
        var values = _passed.Values.Select(v => new EntryDraft(v.Parameter, drafts.Expression("@" + v.Expression))).ToImmutableArray();
        var isShort = drafts.Layout == DraftLayout.Block && values.Sum(v => v.Key.Length + ((v.Value as ScalarDraft)?.Text.Length ?? 0) + 6) < 80;
        properties = values.IsEmpty ? properties : properties.Add(("parameters", new MappingDraft(values, isShort ? DraftLayout.Row : drafts.Layout)));
        return drafts.Activity(ActivityName(), "ExecutePipeline", _group.OuterDependencies, properties.AsSpan());
    }

    private string ActivityName() => ActivityNames.MakeUnique(Name.Length > 55 ? Name[^55..] : Name, _group.Graph);

    private FileCreation WriteChild(DocumentRewriting rewriting, ImmutableArray<ItemDraft> activities)
    {
        var isSpec = _document.IsSpec;
        var layout = isSpec ? DraftLayout.Block : DraftLayout.Lines;
        var properties = new List<EntryDraft>();
        var parameters = _passed.Values.Select(v => new EntryDraft(v.Parameter, isSpec ? Draft.Of(v.Type) : MappingDraft.Of(layout, ("type", Draft.Of(v.Type)))));
        Add("parameters", new MappingDraft([.. parameters], layout));
        Add("variables", new MappingDraft([.. VariablesOf(rewriting)], layout));
        properties.Insert(isSpec ? properties.Count : 0, new EntryDraft("activities", new SequenceDraft(activities, layout)));
        if (rewriting.Resource.Properties?.Find("folder")?.Entry?.Value is { } folder)
        {
            properties.Add(new EntryDraft("folder", rewriting.Reader.Keep(folder)));
        }

        var style = DraftStyle.Of(_document.Syntax);
        style = style with { Step = style.Step.Length == 0 ? "  " : style.Step };
        var content = new MappingDraft([.. properties], layout);
        var root = isSpec ? content : MappingDraft.Of(layout, ("name", Draft.Of(Name)), ("properties", content with { Entries = content.Entries.Add(new EntryDraft("annotations", new SequenceDraft([], layout))) }));
        return new FileCreation(PathOfChild(), new DraftWriter(style).WriteDocument(root));

        void Add(string key, MappingDraft table)
        {
            if (!table.Entries.IsEmpty)
            {
                properties.Add(new EntryDraft(key, table));
            }
        }
    }

    private IEnumerable<EntryDraft> VariablesOf(DocumentRewriting rewriting) => rewriting.Resource.Properties?.FindValue("variables")?.Syntax is MappingSyntax table
        ? rewriting.Reader.Read(table).Entries.Where(e => _passed.MovedVariables.Contains(e.Key))
        : [];

    private void RemoveVariables(DocumentRewriting rewriting)
    {
        foreach (var name in _passed.MovedVariables)
        {
            if (rewriting.Resource.Properties?.FindValue("variables") is BoundObject table && table.Find(name) is { } variable)
            {
                rewriting.Apply(rewriting.Edits.Remove(variable));
            }
        }
    }

    /// <summary>Beside the pipeline's own file, and named as that is.</summary>
    private string PathOfChild()
    {
        var folder = _document.Path[..(_document.Path.LastIndexOf('/') + 1)];
        var file = _document.Path[folder.Length..];
        var extension = file.StartsWith(_document.Classification.Name, StringComparison.Ordinal) ? file[_document.Classification.Name.Length..] : _document.IsSpec ? ".pipeline.yaml" : ".json";
        return folder + Name + extension;
    }

    private static string NameOf(FactorySnapshot factory, BoundResource pipeline, ActivityGroup group)
    {
        var name = NotInName().Replace($"{pipeline.Name}_{group.Members[0].Name}", "_").Trim('_');
        return ActivityNames.MakeUnique(name.Length > LongestName - 4 ? name[..(LongestName - 4)] : name, n => factory.Has(ResourceKind.Pipeline, n), LongestName);
    }

    [GeneratedRegex("[^A-Za-z0-9_ -]+| +", RegexOptions.CultureInvariant)]
    private static partial Regex NotInName();
}
