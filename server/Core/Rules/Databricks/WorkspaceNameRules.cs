// Rules about what only a Databricks workspace can tell. They speak where it has been asked in this session and has answered, and are silent otherwise. A list holds what
// this user may see, so what is not in it is most likely not there. Facts by Databricks' documentation of its REST API.
using System.Collections.Immutable;
using Pipewright.Core.Binding;
using Pipewright.Core.Factory;
using Pipewright.Core.Notebooks;
using Pipewright.Core.Rules.Activities;
using Pipewright.Core.Syntax;
using Pipewright.Core.Text;

namespace Pipewright.Core.Rules.Databricks;

/// <summary>What the rules about workspaces look up.</summary>
internal static class WorkspaceReading
{
    /// <summary>The names of some kinds in a resource, without those of activities that are switched off.</summary>
    public static IEnumerable<WorkspaceName> NamesOf(this RuleContext context, params WorkspaceNameKind[] kinds) =>
        context.WorkspaceNames.Where(n => kinds.Contains(n.Kind) && !context.IsInactive(n.Value));

    /// <summary>A path that no folder of this machine has, with the folder of the workspace around it.</summary>
    public static FolderContent? FolderAround(this RuleContext context, WorkspaceName name) =>
        context.Factory.FindNotebook(name.Text) is null && context.Factory.FindNotebookFolder(name.Text) is null or { IsGuessed: true }
            ? context.Factory.FindInWorkspace<FolderContent>(name.Domain, name.Part)
            : null;

    /// <summary>A workspace as a message names it.</summary>
    public static string HostOf(WorkspaceName name) => name.Domain[(name.Domain.IndexOf("://", StringComparison.Ordinal) + 3)..];
}

/// <summary>A path that is not in its folder of the workspace.</summary>
internal sealed class WorkspacePathRule() : Rule(new("PW6021", DiagnosticSeverity.Warning, "Notebook or file is not in the workspace"))
{
    public override IEnumerable<Diagnostic> Check(RuleContext context)
    {
        foreach (var name in context.NamesOf(WorkspaceNameKind.Notebook, WorkspaceNameKind.File))
        {
            var isNotebook = name.Kind == WorkspaceNameKind.Notebook;
            var path = NotebookIndex.Normalise(name.Text);
            if ((isNotebook && NotebookFolder.ExtensionOf(path) is not null) || context.FolderAround(name) is not { } folder || folder.Find(path) is not null)
            {
                continue;
            }

            var what = isNotebook ? "notebook" : "file";
            if (!folder.IsThere)
            {
                yield return Descriptor.At(name.Value.Span, $"'{WorkspaceReading.HostOf(name)}' has no folder '{name.Part.Key}' that you may see, so the {what} is not there.");
                continue;
            }

            var wanted = isNotebook ? WorkspaceItemKind.Notebook : WorkspaceItemKind.File;
            var last = path[(path.LastIndexOf('/') + 1)..];
            var closest = Spelling.FindClosest(last, folder.Items.Where(i => i.Kind == wanted).Select(i => i.Name));
            yield return Descriptor.At(
                name.Value.Span,
                $"'{WorkspaceReading.HostOf(name)}' has no {what} '{last}' in '{name.Part.Key}' that you may see." + (closest is null ? "" : $" Did you mean '{closest}'?"),
                closest is null ? [] : ActivityReading.Possible(context.ChangeTo(name.Value, name.Text.TrimEnd('/')[..^last.Length] + closest)));
        }
    }
}

/// <summary>A path that leads to something that can't be run: the run ends with error 3201 or 3204.</summary>
internal sealed class WorkspaceItemRule() : Rule(new("PW6022", DiagnosticSeverity.Error, "Path of the workspace is no notebook"))
{
    public override IEnumerable<Diagnostic> Check(RuleContext context) =>
        from name in context.NamesOf(WorkspaceNameKind.Notebook)
        let item = context.FolderAround(name)?.Find(NotebookIndex.Normalise(name.Text))
        where item is { Kind: WorkspaceItemKind.Folder or WorkspaceItemKind.File }
        select Descriptor.At(
            name.Value.Span, item.Kind == WorkspaceItemKind.Folder
                ? $"'{name.Text}' is a folder of the workspace. Name a notebook in it."
                : $"'{name.Text}' is a plain file of the workspace, which can't be called as a notebook. Run it by a Python activity, or make it a notebook.");
}

/// <summary>A job that is not there: the run can't begin.</summary>
internal sealed class WorkspaceJobRule() : Rule(new("PW6023", DiagnosticSeverity.Warning, "Job is not in the workspace"))
{
    public override IEnumerable<Diagnostic> Check(RuleContext context) =>
        from name in context.NamesOf(WorkspaceNameKind.Job)
        where context.Factory.FindInWorkspace<JobContent>(name.Domain, name.Part) is { Job: null }
        select Descriptor.At(name.Value.Span, $"'{WorkspaceReading.HostOf(name)}' has no job {name.Text} that you may see. Completion lists its jobs by name.");
}

/// <summary>An activity that runs a job whose definition is known.</summary>
internal sealed record JobCall(ActivityNode Activity, WorkspaceName Name, JobDefinition Job)
{
    /// <summary>What is passed; null where nothing is, or where it is computed as a whole.</summary>
    public BoundObject? Parameters { get; } = Activity.FindValue("jobParameters") as BoundObject;

    public bool KnowsParameters => Activity.FindValue("jobParameters") is null || (Parameters is { } map && !DynamicContent.IsExpressionObject(map));

    public IEnumerable<BoundProperty> Passed => KnowsParameters ? Parameters?.Properties ?? [] : [];

    public static IEnumerable<JobCall> FindAll(RuleContext context) =>
        from activity in context.Running("DatabricksJob")
        where activity.TypeProperties?.Find("jobId") is not null
        let name = WorkspaceName.Of(context.Factory, context.Resource, activity.TypeProperties!.Find("jobId")!)
        where name is not null
        let job = context.Factory.FindInWorkspace<JobContent>(name.Domain, name.Part)?.Job
        where job is not null
        select new JobCall(activity, name, job);
}

/// <summary>A parameter that the job does not declare.</summary>
internal sealed class UnknownJobParameterRule() : Rule(new("PW6024", DiagnosticSeverity.Warning, "Job has no such parameter"))
{
    public override IEnumerable<Diagnostic> Check(RuleContext context)
    {
        foreach (var call in JobCall.FindAll(context))
        {
            var known = call.Job.Parameters.Select(p => p.Name).ToHashSet(StringComparer.Ordinal);
            foreach (var passed in call.Passed.Where(p => !known.Contains(p.Name)))
            {
                var closest = Spelling.FindClosest(passed.Name, known.Where(k => !call.Passed.Any(p => p.Name == k)).Order(StringComparer.Ordinal));
                yield return Descriptor.At(
                    passed.NameSpan, $"The job '{call.Job.Name}' declares no parameter '{passed.Name}'." + (closest is null ? Describe(call.Job) : $" Did you mean '{closest}'?"),
                    ActivityReading.Possible(
                    [
                        .. closest is null ? Array.Empty<CodeFix>() : [new CodeFix($"Change to '{closest}'", context.Edits.SetName(passed, closest)) { IsPreferred = true }],
                        new CodeFix("Don't pass it", context.Edits.Remove(passed)) { IsPreferred = false },
                    ]));
            }
        }
    }

    private static string Describe(JobDefinition job) => job.Parameters.IsEmpty ? " It declares none." : $" It declares {string.Join(", ", job.Parameters.Take(10).Select(p => p.Name))}{(job.Parameters.Length > 10 ? ", …" : "")}.";
}

/// <summary>A parameter whose default is empty usually wants a value.</summary>
internal sealed class MissingJobParameterRule() : Rule(new("PW6025", DiagnosticSeverity.Hint, "Job parameter with an empty default is not passed"))
{
    public override IEnumerable<Diagnostic> Check(RuleContext context) =>
        from call in JobCall.FindAll(context)
        where call.KnowsParameters
        from parameter in call.Job.Parameters
        where parameter.WantsValue && !call.Passed.Any(p => p.Name == parameter.Name)
        let passed = context.Edits.SetMembers(call.Activity.Activity.Node, "typeProperties.jobParameters", call.Parameters, [(parameter.Name, new NewScalar($"@pipeline().parameters.{parameter.Name}"))])
        select Descriptor.At(call.Name.Value.Span, $"The job '{call.Job.Name}' has a parameter '{parameter.Name}', whose default is empty, and it is not passed.", Fixes(context, parameter.Name, passed));

    /// <summary>Passed on from the pipeline's parameter of the same name, where there is one.</summary>
    private static ImmutableArray<CodeFix> Fixes(RuleContext context, string name, ImmutableArray<TextChange> passed) =>
        passed.IsEmpty || !Declared.In(context.Properties, "parameters").Any(p => p.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) || !name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_')
            ? []
            : [new CodeFix($"Pass the pipeline's parameter '{name}'", passed)];
}

/// <summary>The id of a cluster, pool or policy that the workspace does not list: runs end with error 3201.</summary>
internal sealed class WorkspaceComputeRule() : Rule(new("PW6026", DiagnosticSeverity.Warning, "Cluster, pool or policy is not in the workspace"))
{
    public override IEnumerable<Diagnostic> Check(RuleContext context)
    {
        foreach (var name in context.NamesOf(WorkspaceNameKind.Cluster, WorkspaceNameKind.Pool, WorkspaceNameKind.Policy))
        {
            if (context.Factory.FindInWorkspace<ListContent>(name.Domain, name.Part) is { } list && list.Find(name.Text) is null)
            {
                // Who writes the name in place of the id means the one of that name, if it is one.
                var sameName = list.Entries.Where(e => e.Name.Equals(name.Text, StringComparison.OrdinalIgnoreCase)).ToList();
                var named = sameName.Count == 1 ? sameName[0] : null;
                var what = name.Kind switch { WorkspaceNameKind.Cluster => "cluster", WorkspaceNameKind.Pool => "instance pool", _ => "cluster policy" };
                yield return Descriptor.At(
                    name.Value.Span,
                    named is null
                        ? $"'{WorkspaceReading.HostOf(name)}' has no {what} '{name.Text}' that you may see. Completion lists them by name."
                        : $"The {what} '{named.Name}' is meant by its id here: '{named.Id}'.",
                    named is null ? [] : ActivityReading.Possible(context.ChangeTo(name.Value, named.Id)));
            }
        }
    }
}

/// <summary>A runtime that the workspace does not offer, or no longer does.</summary>
internal sealed class WorkspaceRuntimeRule() : Rule(new("PW6027", DiagnosticSeverity.Warning, "Runtime is not offered by the workspace"))
{
    public override IEnumerable<Diagnostic> Check(RuleContext context)
    {
        foreach (var name in context.NamesOf(WorkspaceNameKind.Runtime))
        {
            if (context.Factory.FindInWorkspace<ListContent>(name.Domain, name.Part) is { Entries.IsEmpty: false } list && list.Find(name.Text) is null)
            {
                var closest = Spelling.FindClosest(name.Text, list.Entries.Select(e => e.Id));
                var newest = list.Entries.OfType<WorkspaceRuntime>().Where(r => r.IsLongTerm && r.Id.EndsWith("x-scala2.12", StringComparison.Ordinal)).MaxBy(r => r.Version);
                yield return Descriptor.At(
                    name.Value.Span,
                    $"'{WorkspaceReading.HostOf(name)}' does not offer the runtime '{name.Text}'." + (closest is not null ? $" Did you mean '{closest}'?" : newest is null ? "" : $" The newest one with long-term support is '{newest.Id}'."),
                    closest is null ? [] : ActivityReading.Possible(new CodeFix($"Change to '{closest}'", context.Edits.SetText(name.Value, closest)) { IsPreferred = false }));
            }
        }
    }
}

/// <summary>A type of machine that the workspace does not offer: runs end with error 3201.</summary>
internal sealed class WorkspaceNodeTypeRule() : Rule(new("PW6028", DiagnosticSeverity.Warning, "Node type is not offered by the workspace"))
{
    public override IEnumerable<Diagnostic> Check(RuleContext context)
    {
        foreach (var name in context.NamesOf(WorkspaceNameKind.NodeType))
        {
            if (context.Factory.FindInWorkspace<ListContent>(name.Domain, name.Part) is { Entries.IsEmpty: false } list && list.Find(name.Text) is null)
            {
                var closest = Spelling.FindClosest(name.Text, list.Entries.OfType<WorkspaceNodeType>().Where(n => !n.IsDeprecated).Select(n => n.Id));
                yield return Descriptor.At(
                    name.Value.Span, $"'{WorkspaceReading.HostOf(name)}' does not offer the node type '{name.Text}'." + (closest is null ? " Completion lists those that it does." : $" Did you mean '{closest}'?"),
                    closest is null ? [] : ActivityReading.Possible(new CodeFix($"Change to '{closest}'", context.Edits.SetText(name.Value, closest)) { IsPreferred = false }));
            }
        }
    }
}

/// <summary>What the workspace offers and means to take away.</summary>
internal sealed class DeprecatedComputeRule() : Rule(new("PW6029", DiagnosticSeverity.Hint, "Node type or runtime is deprecated"))
{
    public override IEnumerable<Diagnostic> Check(RuleContext context) =>
        from name in context.NamesOf(WorkspaceNameKind.NodeType, WorkspaceNameKind.Runtime)
        let entry = context.Factory.FindInWorkspace<ListContent>(name.Domain, name.Part)?.Find(name.Text)
        where entry is WorkspaceNodeType { IsDeprecated: true } || (entry is WorkspaceRuntime { Name: var title } && title.Contains("deprecated", StringComparison.OrdinalIgnoreCase))
        select Descriptor.At(name.Value.Span, $"The workspace still offers {(entry is WorkspaceRuntime ? $"the runtime '{entry.Name}'" : $"the node type '{entry.Id}'")}, which is deprecated. Choose another one before it is gone.");
}
