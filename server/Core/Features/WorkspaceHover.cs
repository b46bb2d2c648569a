// What a hover says of a name that means something in a Databricks workspace.
using System.Text;
using Pipewright.Core.Binding;
using Pipewright.Core.Factory;
using Pipewright.Core.Features.Completion;
using Pipewright.Core.Notebooks;
using Pipewright.Core.Syntax;

namespace Pipewright.Core.Features;

internal static class WorkspaceHover
{
    /// <summary>More tasks of a job are only counted.</summary>
    private const int MostTasks = 20;

    public static HoverResult? Find(FactorySnapshot factory, ResourceDocument document, int offset, LiveView? view)
    {
        if (view is null || document.IsForeign || document.Syntax.FindNode(offset) is not ScalarSyntax syntax || syntax.Parent is MappingEntrySyntax entry && entry.Key == syntax
            || document.FindNode(offset) is not { } node || (node as BoundProperty ?? node.Parent as BoundProperty) is not { } property
            || document.Resources.FirstOrDefault(r => r.FindNode(syntax) is not null) is not { } resource || WorkspaceName.Of(factory, resource, property) is not { } name)
        {
            return null;
        }

        var text = name.Kind is WorkspaceNameKind.Notebook or WorkspaceNameKind.File ? DescribePath(factory, name, view) : DescribeEntry(factory, name, view);
        return text is null ? null : new HoverResult(syntax.Span, text);
    }

    /// <summary>Whether the workspace has a path, and how old that knowledge is; null where nothing is known.</summary>
    public static string? DescribePresence(FactorySnapshot factory, string domain, string path, LiveView? view)
    {
        var source = factory.Workspaces.Find(domain, WorkspacePart.Notebook(path));
        var known = source is { Content: NotebookContent { File: not null } } ? source : factory.Workspaces.Find(domain, WorkspacePart.FolderAround(path));
        return view is null ? null : known?.Content switch
        {
            NotebookContent => $"In the workspace {HostOf(domain)}, {AgeOf(known, view)}",
            FolderContent folder when folder.Find(NotebookIndex.Normalise(path)) is not null => $"In the workspace {HostOf(domain)}, {AgeOf(known, view)}",
            FolderContent => $"Not in the workspace {HostOf(domain)}, {AgeOf(known, view)}",
            _ => null,
        };
    }

    private static string? DescribePath(FactorySnapshot factory, WorkspaceName name, LiveView view)
    {
        var item = (factory.Workspaces.Find(name.Domain, name.Part)?.Content as FolderContent)?.Find(NotebookIndex.Normalise(name.Text));
        var what = item?.Kind switch
        {
            WorkspaceItemKind.Notebook => item.Language is { } language ? $" · {(language == NotebookLanguage.Sql ? "SQL" : language)} notebook" : " · notebook",
            WorkspaceItemKind.Folder => " · folder",
            WorkspaceItemKind.File => " · file",
            _ => "",
        };
        return DescribePresence(factory, name.Domain, name.Text, view) is { } presence ? $"**{Escape(name.Text)}**{what}\n\n{presence}" : null;
    }

    private static string? DescribeEntry(FactorySnapshot factory, WorkspaceName name, LiveView view)
    {
        var known = factory.Workspaces.Find(name.Domain, name.Part);
        var described = known?.Content switch
        {
            JobContent { Job: { } job } => DescribeJob(job),
            ListContent list when list.Find(name.Text) is { } entry => Describe(entry),
            null => null,
            _ => $"**{Escape(name.Text)}**\n\nThe workspace shows none of that id.",
        };
        return described is null ? null : $"{described}\n\nIn {HostOf(name.Domain)}, {AgeOf(known!, view)}{(known!.Problem is { } problem ? $". It could not be asked again: {problem}" : "")}";
    }

    private static string DescribeJob(JobDefinition job)
    {
        var text = new StringBuilder().Append("**").Append(Escape(job.Name)).Append("** · job ").Append(job.Id);
        Hover.AppendParagraph(text, string.Join(", ", job.Parameters.Select(p => $"`{p.Name}`" + (p.Default is { Length: > 0 } value ? $" = `{value}`" : ""))) is { Length: > 0 } parameters ? "Parameters: " + parameters : null);
        Hover.AppendParagraph(text, job.Tasks.IsEmpty ? null : "Tasks: " + string.Join(", ", job.Tasks.Take(MostTasks).Select(t => $"`{t}`")) + (job.Tasks.Length > MostTasks ? $" and {job.Tasks.Length - MostTasks} more" : ""));
        return text.ToString();
    }

    private static string Describe(WorkspaceEntry entry) => $"**{Escape(entry.Name)}**" + entry switch
    {
        WorkspaceCluster cluster => " · " + string.Join(" · ", new[] { "cluster", cluster.Runtime, cluster.NodeType, cluster.State?.ToLowerInvariant() }.OfType<string>()),
        WorkspacePool pool => " · " + string.Join(" · ", new[] { "instance pool", pool.NodeType }.OfType<string>()),
        WorkspacePolicy => " · cluster policy",
        WorkspaceRuntime => $" · runtime `{entry.Id}`",
        _ => " · " + WorkspaceCompletion.Describe(entry),
    };

    private static string AgeOf(KnownPart known, LiveView view) => LiveResources.DescribeAge(known.ReadAt, view.Now);

    private static string HostOf(string domain) => $"`{domain[(domain.IndexOf("://", StringComparison.Ordinal) + 3)..]}`";

    private static string Escape(string text) => text.Replace("*", "\\*", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal);
}
