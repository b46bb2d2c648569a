using Pipewright.LanguageServer.Protocol;
using Pipewright.LanguageServer.Workspaces;

namespace Pipewright.LanguageServer.Handlers;

/// <summary>Keeps the server's texts the same as the editor's and the disk's.</summary>
internal static class SyncHandlers
{
    /// <summary>More changed files than this, as of a checkout, are read in the background with everything else.</summary>
    private const int MostFilesAtOnce = 100;

    public static void Register(ServerSession session)
    {
        session.RegisterChange("textDocument/didOpen", parameters =>
        {
            var opened = ProtocolJson.Read(parameters, ProtocolJson.Default.DidOpenTextDocumentParams).TextDocument;
            session.Workspace.Open(opened.Uri, opened.Version, opened.Text);
            session.Reading.Complete();
            session.Diagnostics.Opened(opened.Uri);
            session.Views.Opened(opened.Uri);
            session.Diagnostics.Schedule(opened.Uri);
            session.Live.Touch(session.Workspace.Current.FindOpen(opened.Uri)!.Root);
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
            session.Workspace.Close(uri);
            session.Diagnostics.Closed(uri);
            session.Tokens.Closed(uri);
            session.Views.Closed(uri);
            session.Diagnostics.Schedule(null);
        });
        session.RegisterChange("textDocument/didSave", _ => { });
        session.RegisterChange("workspace/didChangeWatchedFiles", parameters =>
        {
            var files = ProtocolJson.Read(parameters, ProtocolJson.Default.DidChangeWatchedFilesParams).Changes.Select(c => DocumentUri.ToPath(c.Uri)).OfType<string>().ToList();
            if (files.Count > MostFilesAtOnce || files.Exists(FactoryRoots.IsConfiguration))
            {
                session.Reading.Start();
                session.Live.TouchAll();
                session.Databricks.TouchAll();
                return;
            }

            session.Workspace.Refresh(files);
            session.Diagnostics.ScheduleAll();
        });
        session.RegisterChange("workspace/didChangeWorkspaceFolders", parameters =>
        {
            var change = ProtocolJson.Read(parameters, ProtocolJson.Default.DidChangeWorkspaceFoldersParams).Event;
            var removed = LifecycleHandlers.ToFolders(change.Removed).ToHashSet();
            session.Workspace.SetFolders(session.Workspace.Current.Folders.Where(f => !removed.Contains(f)).Concat(LifecycleHandlers.ToFolders(change.Added)));
            session.Reading.Start();
        });
    }
}
