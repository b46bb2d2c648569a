// Rules about the path of a notebook. Facts by Microsoft's documentation of the activity, and Databricks' of notebooks in the workspace.
using System.Text;
using Pipewright.Core.Binding;
using Pipewright.Core.Factory;
using Pipewright.Core.Notebooks;
using Pipewright.Core.Rules.Activities;
using Pipewright.Core.Text;

namespace Pipewright.Core.Rules.Databricks;

/// <summary>A path that is not absolute: the service takes none (Microsoft's documentation: it must begin with a slash).</summary>
internal sealed class NotebookPathSlashRule() : Rule(new("PW6002", DiagnosticSeverity.Error, "Notebook path doesn't begin with a slash"))
{
    public override IEnumerable<Diagnostic> Check(RuleContext context) =>
        from activity in context.Running("DatabricksNotebook")
        let path = NotebookContract.PathOf(activity)
        where path is { Text: [not ('/' or '\\'), ..] }
        select path.Text.Contains("://", StringComparison.Ordinal)
            ? Descriptor.At(path.Span, "This is the address of a page. A notebook is called by its path in the workspace, which begins with '/'.")
            : Descriptor.At(path.Span, $"The path of a notebook begins with '/': '/{path.Text}'.", context.ChangeTo(path, "/" + path.Text));
}

/// <summary>The workspace has notebooks without the extension of their files.</summary>
internal sealed class NotebookExtensionRule() : Rule(new("PW6003", DiagnosticSeverity.Warning, "Notebook path with an extension"))
{
    public override IEnumerable<Diagnostic> Check(RuleContext context) =>
        from activity in context.Running("DatabricksNotebook")
        let path = NotebookContract.PathOf(activity)
        where path is not null && NotebookFolder.ExtensionOf(path.Text) is not null && context.Factory.FindNotebook(path.Text) is null
        let without = path.Text[..^NotebookFolder.ExtensionOf(path.Text)!.Length]
        where without is [.., not '/']
        select Descriptor.At(path.Span, $"In the workspace a notebook has no extension: '{without}'.", context.ChangeTo(path, without));
}

/// <summary>Paths in a workspace are written with slashes.</summary>
internal sealed class NotebookBackslashRule() : Rule(new("PW6004", DiagnosticSeverity.Error, "Backslash in a notebook path"))
{
    public override IEnumerable<Diagnostic> Check(RuleContext context) =>
        from activity in context.Running("DatabricksNotebook")
        let path = NotebookContract.PathOf(activity)
        where path is not null && path.Text.Contains('\\', StringComparison.Ordinal)
        let right = path.Text.Replace('\\', '/')
        select Descriptor.At(path.Span, $"The parts of a notebook's path have '/' between them: '{right}'.", context.ChangeTo(path, right));
}

/// <summary>No file of the folder that the path leads into is this notebook.</summary>
internal sealed class MissingNotebookRule() : Rule(new("PW6001", DiagnosticSeverity.Warning, "Notebook is not there"))
{
    public override IEnumerable<Diagnostic> Check(RuleContext context)
    {
        foreach (var activity in context.Running("DatabricksNotebook"))
        {
            if (NotebookContract.PathOf(activity) is { Text: ['/', ..] } path && NotebookFolder.ExtensionOf(path.Text) is null && !path.Text.Contains('\\', StringComparison.Ordinal)
                && context.Factory.FindNotebook(path.Text) is null && context.Factory.FindNotebookFolder(path.Text) is { IsGuessed: false } folder)
            {
                yield return Report(context, activity, path, folder);
            }
        }
    }

    private Diagnostic Report(RuleContext context, ActivityNode activity, BoundScalar path, NotebookFolder folder)
    {
        var others = context.Factory.NotebooksAround(path.Text)!.ToList();
        var name = path.Text[(path.Text.LastIndexOf('/') + 1)..];
        var closest = Spelling.FindClosest(path.Text, others)
            ?? (others.Where(o => o[(o.LastIndexOf('/') + 1)..].Equals(name, StringComparison.OrdinalIgnoreCase)).ToList() is [var elsewhere] ? elsewhere : null);
        var file = folder.ToFile(NotebookIndex.Normalise(path.Text))! + ".py";
        return Descriptor.At(
            path.Span,
            $"There is no notebook '{folder.ToFile(NotebookIndex.Normalise(path.Text))}', which is where '{path.Text}' would be." + (closest is null ? "" : $" Did you mean '{closest}'?"),
            ActivityReading.Possible(
            [
                .. closest is null ? Array.Empty<CodeFix>() : [context.ChangeTo(path, closest)],
                new CodeFix($"Create '{file}'", new FixEdit([], new FileCreation(file, WriteNotebook(activity)))) { IsPreferred = false },
            ]));
    }

    /// <summary>A notebook with a widget for each parameter that is passed.</summary>
    private static string WriteNotebook(ActivityNode activity)
    {
        var names = (activity.FindValue("baseParameters") as BoundObject)?.Properties.Select(p => p.Name).ToList() ?? [];
        var text = new StringBuilder("# Databricks notebook source\n");
        foreach (var name in names)
        {
            text.Append("dbutils.widgets.text(\"").Append(Escape(name)).Append("\", \"\")\n");
        }

        text.Append(names.Count == 0 ? "" : "\n");
        foreach (var name in names.Where(IsPythonName))
        {
            text.Append(name).Append(" = dbutils.widgets.get(\"").Append(name).Append("\")\n");
        }

        return text.ToString();
    }

    private static string Escape(string name) => name.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);

    private static bool IsPythonName(string name) => name.Length > 0 && !char.IsAsciiDigit(name[0]) && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_');
}

/// <summary>A file without the first line that makes it a notebook: the workspace has a plain file of it, which no activity can call.</summary>
internal sealed class PlainFileRule() : Rule(new("PW6005", DiagnosticSeverity.Warning, "File is no notebook"))
{
    public override IEnumerable<Diagnostic> Check(RuleContext context) =>
        from activity in context.Running("DatabricksNotebook")
        let path = NotebookContract.PathOf(activity)
        where path is not null
        let file = context.Factory.FindNotebook(path.Text)
        where file is { Notebook.IsNotebook: false }
        let header = HeaderOf(file)
        select Descriptor.At(
            path.Span,
            header is null ? $"'{file.Path}' is no notebook: it has no cells." : $"'{file.Path}' is a plain file, which can't be called: the first line of a notebook is '{header}'.",
            header is null ? [] : [new CodeFix("Make it a notebook", new FixEdit([], new FileEdit(file.Path, [new TextChange(default, header + "\n")])))]);

    private static string? HeaderOf(NotebookFile file) => NotebookFolder.ExtensionOf(file.Path) switch
    {
        ".sql" => "-- Databricks notebook source",
        ".scala" => "// Databricks notebook source",
        ".ipynb" => null,
        _ => "# Databricks notebook source",
    };
}
