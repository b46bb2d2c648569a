using Pipewright.LanguageServer.Protocol;

namespace Pipewright.LanguageServer.Handlers;

/// <summary>Keeps the server's texts the same as the editor's and the disk's.</summary>
internal static class SyncHandlers
{
    public static void Register(ServerSession session)
    {
        void Warn(string message) => session.Log(2, message);

        session.RegisterChange("textDocument/didOpen", parameters =>
        {
            var opened = ProtocolJson.Read(parameters, ProtocolJson.Default.DidOpenTextDocumentParams).TextDocument;
            session.Workspace.Open(opened.Uri, opened.Version, opened.Text);
            session.Diagnostics.Schedule(opened.Uri);
        });
        session.RegisterChange("textDocument/didChange", parameters =>
        {
            var changed = ProtocolJson.Read(parameters, ProtocolJson.Default.DidChangeTextDocumentParams);
            session.Workspace.Edit(changed.TextDocument.Uri, changed.TextDocument.Version ?? 0, changed.ContentChanges, session.Encoding);
            session.Diagnostics.Schedule(changed.TextDocument.Uri);
        });
        session.RegisterChange("textDocument/didClose", parameters =>
        {
            var uri = ProtocolJson.Read(parameters, ProtocolJson.Default.DidCloseTextDocumentParams).TextDocument.Uri;
            session.Workspace.Close(uri, Warn);
            session.Diagnostics.Clear(uri);
        });
        session.RegisterChange("textDocument/didSave", _ => { });
        session.RegisterChange("workspace/didChangeWatchedFiles", parameters =>
        {
            var files = ProtocolJson.Read(parameters, ProtocolJson.Default.DidChangeWatchedFilesParams).Changes.Select(c => DocumentUri.ToPath(c.Uri)).OfType<string>();
            session.Workspace.Refresh([.. files], Warn);
            session.Diagnostics.Schedule(null);
        });
        session.RegisterChange("workspace/didChangeWorkspaceFolders", parameters =>
        {
            var change = ProtocolJson.Read(parameters, ProtocolJson.Default.DidChangeWorkspaceFoldersParams).Event;
            var removed = (change.Removed ?? []).Select(f => DocumentUri.ToPath(f.Uri)).ToHashSet();
            var added = (change.Added ?? []).Select(f => DocumentUri.ToPath(f.Uri)).OfType<string>();
            session.Workspace.SetFolders(session.Workspace.Current.Folders.Where(f => !removed.Contains(f)).Concat(added).Distinct());
            session.Diagnostics.LoadWorkspace();
        });
    }
}
