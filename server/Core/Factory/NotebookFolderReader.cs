// Reads what pipewright.yaml says of folders of notebooks.
using System.Collections.Immutable;
using Pipewright.Core.Notebooks;
using Pipewright.Core.Syntax;
using Pipewright.Core.Text;

namespace Pipewright.Core.Factory;

/// <param name="report">Takes what is wrong; it is left out.</param>
internal sealed class NotebookFolderReader(Action<Diagnostic> report)
{
    public static ImmutableArray<string> Keys { get; } = ["folder", "workspacePath"];

    public ImmutableArray<NotebookFolder> Read(SyntaxNode? section)
    {
        if (section is null or ScalarSyntax { Kind: ScalarKind.Null })
        {
            return [];
        }

        if (section is not SequenceSyntax list)
        {
            Report(section.Span, "Folders of notebooks are a list: - { folder: notebooks, workspacePath: /Shared/etl }.");
            return [];
        }

        var folders = ImmutableArray.CreateBuilder<NotebookFolder>();
        foreach (var item in list.Items)
        {
            if (ReadFolder(item) is { } folder)
            {
                if (folders.Any(f => f.Folder == folder.Folder))
                {
                    Report(item.Span, $"The folder '{folder.Folder}' is listed already. A folder is at one place in the workspace.");
                    continue;
                }

                folders.Add(folder);
            }
        }

        return folders.ToImmutable();
    }

    private NotebookFolder? ReadFolder(SyntaxNode item)
    {
        if (item.Resolved is not MappingSyntax members)
        {
            Report(item.Span, "A folder of notebooks is told by two settings: { folder: notebooks, workspacePath: /Shared/etl }.");
            return null;
        }

        foreach (var entry in members.Entries.Where(e => !e.IsMerge && !Keys.Contains(e.Key.Value)))
        {
            var closest = Spelling.FindClosest(entry.Key.Value, Keys);
            report(FactoryConfiguration.UnknownKey.At(
                entry.Key.Span, $"There is no setting '{entry.Key.Value}'. " + (closest is null ? $"Known are {string.Join(", ", Keys)}." : $"Did you mean '{closest}'?"),
                closest is null ? [] : [new CodeFix($"Change to '{closest}'", [new TextChange(entry.Key.Span, closest)])]));
        }

        var missing = Keys.Where(k => Find(members, k) is not { Value.Length: > 0 }).ToList();
        if (missing.Count > 0)
        {
            Report(members.EffectiveEntries.FirstOrDefault()?.Key.Span ?? item.Span, $"A folder of notebooks needs {string.Join(" and ", missing.Select(m => $"'{m}'"))}.");
            return null;
        }

        return ReadFolder(Find(members, "folder")!) is { } folder && ReadWorkspacePath(Find(members, "workspacePath")!) is { } workspacePath ? new NotebookFolder(folder, workspacePath) : null;
    }

    private string? ReadFolder(ScalarSyntax scalar)
    {
        var folder = scalar.Value;
        if (folder.Contains('\\', StringComparison.Ordinal) && !folder.Contains(':', StringComparison.Ordinal))
        {
            return Report(scalar.Span, "Write the folder with '/', which every system understands.", Change(scalar, folder.Replace('\\', '/')));
        }

        if (folder.StartsWith('/') || folder.Contains(':', StringComparison.Ordinal))
        {
            return Report(scalar.Span, "The folder counts from the folder of this file: 'notebooks', '../etl'. A path of one machine is of no use on another.");
        }

        var parts = new List<string>();
        foreach (var part in folder.Split('/').Where(p => p is not ("" or ".")))
        {
            if (part == ".." && parts is [.., not ".."])
            {
                parts.RemoveAt(parts.Count - 1);
            }
            else
            {
                parts.Add(part);
            }
        }

        return string.Join('/', parts);
    }

    private string? ReadWorkspacePath(ScalarSyntax scalar)
    {
        var path = scalar.Value;
        return path.Contains('\\', StringComparison.Ordinal) ? Report(scalar.Span, "Paths in a workspace are written with '/'.", Change(scalar, path.Replace('\\', '/')))
            : !path.StartsWith('/') ? Report(scalar.Span, $"A path in a workspace begins with '/': '/{path}'.", Change(scalar, "/" + path))
            : NotebookIndex.Normalise(path);
    }

    private static ImmutableArray<CodeFix> Change(ScalarSyntax scalar, string text) => [new CodeFix($"Change to '{text}'", [new TextChange(scalar.Span, YamlScalars.Write(text))])];

    private static ScalarSyntax? Find(MappingSyntax mapping, string key) =>
        mapping.EffectiveEntries.LastOrDefault(e => e.Key.Value == key)?.Value?.Resolved is ScalarSyntax { Kind: not ScalarKind.Null } scalar ? scalar : null;

    private string? Report(TextSpan span, string message, ImmutableArray<CodeFix> fixes = default)
    {
        report(FactoryConfiguration.InvalidNotebooks.At(span, message, fixes.IsDefault ? [] : fixes));
        return null;
    }
}
