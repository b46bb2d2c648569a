// Edits of one or several files in the protocol's terms.
using Pipewright.Core.Text;
using Pipewright.LanguageServer.Protocol;
using Pipewright.LanguageServer.Workspaces;

namespace Pipewright.LanguageServer.Handlers;

internal static class WorkspaceEdits
{
    /// <summary>Whether the client creates, renames and deletes files.</summary>
    public static bool CanChangeFiles(ServerSession session) =>
        session.Client?.Workspace?.WorkspaceEdit is { DocumentChanges: true, ResourceOperations: { } operations }
        && operations.Contains("create") && operations.Contains("rename") && operations.Contains("delete");

    public static bool CanRenameFiles(ServerSession session) =>
        session.Client?.Workspace?.WorkspaceEdit is { DocumentChanges: true, ResourceOperations: { } operations } && operations.Contains("rename");

    /// <summary>An edit that was made for an open document. Open documents come with their version where the client checks it, so that an edit of an older text can't go wrong.</summary>
    /// <returns>Null where the client cannot do it: files have to be created, renamed or deleted, and it does not say that it can.</returns>
    public static WorkspaceEdit? Make(FixEdit edit, OpenDocument open, WorkspaceSnapshot snapshot, ServerSession session) =>
        Make(edit.Changes.IsEmpty ? edit.Files : edit.Files.Insert(0, new FileEdit(open.Path, edit.Changes)), open.Root, snapshot, session);

    /// <summary>Edits of the files of a factory, told by their paths.</summary>
    /// <returns>As above.</returns>
    public static WorkspaceEdit? Make(IEnumerable<FileChange> changes, string root, WorkspaceSnapshot snapshot, ServerSession session)
    {
        // Edits of a file that gets another name are told by its old one.
        FileChange[] files = [.. Merge(changes).OrderBy(f => f is FileEdit ? 0 : 1)];
        var hasOperations = Array.Exists(files, f => f is not FileEdit);
        var canDo = CanChangeFiles(session) || (CanRenameFiles(session) && Array.TrueForAll(files, f => f is FileEdit or FileRename));
        if (hasOperations && (!canDo || !Path.IsPathRooted(root)))
        {
            return null;
        }

        if (hasOperations || session.Client?.Workspace?.WorkspaceEdit?.DocumentChanges == true)
        {
            return new WorkspaceEdit(null, [.. files.SelectMany(f => ToChanges(f, root, snapshot, session))]);
        }

        var edits = files.OfType<FileEdit>().Select(f => (Uri: UriOf(f.Path, root, snapshot), Edits: ToEdits(f, root, snapshot, session)));
        return new WorkspaceEdit(edits.ToDictionary(e => e.Uri, e => e.Edits), null);
    }

    /// <summary>With all edits of one file as one.</summary>
    private static IEnumerable<FileChange> Merge(IEnumerable<FileChange> changes)
    {
        var byKind = changes.ToLookup(c => c is FileEdit);
        return byKind[true].Cast<FileEdit>().GroupBy(e => e.Path).Select(g => new FileEdit(g.Key, [.. g.SelectMany(e => e.Changes)])).Concat(byKind[false]);
    }

    private static IEnumerable<DocumentChange> ToChanges(FileChange file, string root, WorkspaceSnapshot snapshot, ServerSession session)
    {
        var uri = UriOf(file.Path, root, snapshot);
        var start = new Position(0, 0);
        return file switch
        {
            FileEdit change => [new DocumentChange(new EditedDocument(uri, snapshot.FindOpen(uri)?.Version), ToEdits(change, root, snapshot, session))],
            FileCreation creation =>
            [
                new DocumentChange(Kind: "create", Uri: uri),
                new DocumentChange(new EditedDocument(uri, null), [new TextEdit(new Protocol.Range(start, start), creation.Content)]),
            ],
            FileRename rename => [new DocumentChange(Kind: "rename", OldUri: uri, NewUri: UriOf(rename.NewPath, root, snapshot))],
            _ => [new DocumentChange(Kind: "delete", Uri: uri)],
        };
    }

    private static IReadOnlyList<TextEdit> ToEdits(FileEdit file, string root, WorkspaceSnapshot snapshot, ServerSession session)
    {
        var factory = snapshot.FactoryOf(root);
        var text = snapshot.FindOpen(UriOf(file.Path, root, snapshot))?.Text
            ?? (factory.Configuration.File is { } settings && settings.Path == file.Path ? settings.Syntax.Text : factory.FindText(file.Path)!);
        return [.. file.Changes.Select(c => new TextEdit(session.Encoding.ToRange(text, c.Span), c.NewText))];
    }

    /// <summary>The URI of a file of a factory; as the client writes it where it has the file open. A document that is no file of the disk is a factory of its own.</summary>
    public static string UriOf(string path, string root, WorkspaceSnapshot snapshot)
    {
        if (!Path.IsPathRooted(root))
        {
            return root;
        }

        var uri = DocumentUri.FromPath(Path.GetFullPath(Path.Combine(root, path)));
        return snapshot.FindOpen(uri)?.Uri ?? uri;
    }
}
