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

    /// <summary>An edit that was made for an open document. Open documents come with their version where the client checks it, so that an edit of an older text can't go wrong.</summary>
    /// <returns>Null where the client cannot do it: files have to be created, renamed or deleted, and it does not say that it can.</returns>
    public static WorkspaceEdit? Make(FixEdit edit, OpenDocument open, WorkspaceSnapshot snapshot, ServerSession session)
    {
        // Edits of a file that gets another name are told by its old one.
        FileChange[] files = [.. (edit.Changes.IsEmpty ? edit.Files : edit.Files.Insert(0, new FileEdit(open.Path, edit.Changes))).OrderBy(f => f is FileEdit ? 0 : 1)];
        var hasOperations = Array.Exists(files, f => f is not FileEdit);
        if (hasOperations && (!CanChangeFiles(session) || !Path.IsPathRooted(open.Root)))
        {
            return null;
        }

        if (hasOperations || session.Client?.Workspace?.WorkspaceEdit?.DocumentChanges == true)
        {
            return new WorkspaceEdit(null, [.. files.SelectMany(f => ToChanges(f, open, snapshot, session))]);
        }

        var edits = files.OfType<FileEdit>().Select(f => (Uri: UriOf(f.Path, open, snapshot), Edits: ToEdits(f, open, snapshot, session)));
        return new WorkspaceEdit(edits.ToDictionary(e => e.Uri, e => e.Edits), null);
    }

    private static IEnumerable<DocumentChange> ToChanges(FileChange file, OpenDocument open, WorkspaceSnapshot snapshot, ServerSession session)
    {
        var uri = UriOf(file.Path, open, snapshot);
        var start = new Position(0, 0);
        return file switch
        {
            FileEdit change => [new DocumentChange(new EditedDocument(uri, snapshot.FindOpen(uri)?.Version), ToEdits(change, open, snapshot, session))],
            FileCreation creation =>
            [
                new DocumentChange(Kind: "create", Uri: uri),
                new DocumentChange(new EditedDocument(uri, null), [new TextEdit(new Protocol.Range(start, start), creation.Content)]),
            ],
            FileRename rename => [new DocumentChange(Kind: "rename", OldUri: uri, NewUri: UriOf(rename.NewPath, open, snapshot))],
            _ => [new DocumentChange(Kind: "delete", Uri: uri)],
        };
    }

    private static IReadOnlyList<TextEdit> ToEdits(FileEdit file, OpenDocument open, WorkspaceSnapshot snapshot, ServerSession session)
    {
        var text = file.Path == open.Path ? open.Text : snapshot.FactoryOf(open.Root).Documents[file.Path].Text;
        return [.. file.Changes.Select(c => new TextEdit(session.Encoding.ToRange(text, c.Span), c.NewText))];
    }

    /// <summary>The URI of a file of the same factory; as the client writes it where it has the file open.</summary>
    private static string UriOf(string path, OpenDocument open, WorkspaceSnapshot snapshot)
    {
        if (path == open.Path)
        {
            return open.Uri;
        }

        var uri = DocumentUri.FromPath(Path.Combine(open.Root, path));
        return snapshot.FindOpen(uri)?.Uri ?? uri;
    }
}
