using System.Text.Json;
using System.Text.Json.Nodes;
using Pipewright.Core.Factory;
using Pipewright.Core.Features;
using Pipewright.LanguageServer.Protocol;
using Pipewright.LanguageServer.Workspaces;
using RenameTarget = Pipewright.LanguageServer.Protocol.RenameTarget;

namespace Pipewright.LanguageServer.Handlers;

/// <summary>Other names for what is in the files, and for the files.</summary>
internal static class RenameHandlers
{
    /// <summary>Kinds of messages.</summary>
    private const int Warning = 2;
    private const int Information = 3;

    public static void Register(ServerSession session)
    {
        session.RegisterRead("textDocument/prepareRename", (snapshot, parameters, cancellation) => Prepare(session, snapshot, parameters, cancellation));
        session.Register("textDocument/rename", (parameters, cancellation) => RenameAsync(session, ProtocolJson.Read(parameters, ProtocolJson.Default.RenameParams), cancellation));
        session.Register("workspace/willRenameFiles", async (parameters, cancellation) =>
        {
            var moves = ProtocolJson.Read(parameters, ProtocolJson.Default.RenameFilesParams).Files;
            await session.Reading.Completed.WaitAsync(cancellation);
            var snapshot = session.Workspace.Current;
            return await Task.Run(() => MoveFiles(session, snapshot, moves, cancellation), cancellation);
        });
    }

    /// <summary>Says what the server can do, as far as the client knows of it.</summary>
    public static void Announce(ClientCapabilities client, JsonObject capabilities)
    {
        capabilities["renameProvider"] = client.TextDocument?.Rename?.PrepareSupport == true ? new JsonObject { ["prepareProvider"] = true } : true;
        if (client.Workspace?.FileOperations?.WillRename == true)
        {
            var pattern = new JsonObject { ["glob"] = "**/*.{json,yaml,yml}", ["matches"] = "file" };
            var filters = new JsonArray(new JsonObject { ["scheme"] = "file", ["pattern"] = pattern });
            capabilities["workspace"]!["fileOperations"] = new JsonObject { ["willRename"] = new JsonObject { ["filters"] = filters } };
        }
    }

    private static JsonElement? Prepare(ServerSession session, WorkspaceSnapshot snapshot, JsonElement parameters, CancellationToken cancellation)
    {
        var place = ProtocolJson.Read(parameters, ProtocolJson.Default.TextDocumentPositionParams);
        if (FeatureHandlers.Find(snapshot, place.TextDocument.Uri) is not { Document: { } document } open)
        {
            return NotebookHandlers.PrepareRename(session, snapshot, parameters, cancellation);
        }

        if (LanguageFeatures.GetRenameTarget(snapshot.FactoryOf(open.Root), document, session.Encoding.ToOffset(open.Text, place.Position), cancellation) is not { } target)
        {
            return null;
        }

        // What is not declared may be declared in a file that has not been read yet.
        return target.Obstacle is { } obstacle && session.Reading.Completed.IsCompleted
            ? throw new RequestFailedException(RequestFailedException.RequestFailed, obstacle)
            : ProtocolJson.Write(new RenameTarget(session.Encoding.ToRange(open.Text, target.Span), target.Name), ProtocolJson.Default.RenameTarget);
    }

    /// <summary>A name is to be changed everywhere, so all files have to be read first.</summary>
    private static async Task<JsonElement?> RenameAsync(ServerSession session, RenameParams asked, CancellationToken cancellation)
    {
        var before = FeatureHandlers.Find(session.Workspace.Current, asked.TextDocument.Uri);
        await session.Reading.Completed.WaitAsync(cancellation);
        var snapshot = session.Workspace.Current;
        if (before is null || FeatureHandlers.Find(snapshot, asked.TextDocument.Uri) is not { Document: { } document } open)
        {
            return await Task.Run(() => NotebookHandlers.Rename(session, snapshot, asked, cancellation), cancellation);
        }

        return open.Version == before.Version
            ? await Task.Run(() => Rename(session, snapshot, open, document, asked, cancellation), cancellation)
            : throw new RequestFailedException(RequestFailedException.ContentModified, "The document has changed since.");
    }

    private static JsonElement? Rename(
        ServerSession session, WorkspaceSnapshot snapshot, OpenDocument open, ResourceDocument document, RenameParams asked, CancellationToken cancellation)
    {
        var offset = session.Encoding.ToOffset(open.Text, asked.Position);
        var canRenameFiles = Path.IsPathRooted(open.Root) && WorkspaceEdits.CanRenameFiles(session);
        if (LanguageFeatures.GetRename(snapshot.FactoryOf(open.Root), document, offset, asked.NewName, canRenameFiles, cancellation) is not { } result)
        {
            throw new RequestFailedException(RequestFailedException.RequestFailed, "Nothing here has a name that can be changed.");
        }

        if (result.Obstacle is { } obstacle)
        {
            throw new RequestFailedException(RequestFailedException.RequestFailed, obstacle);
        }

        if (!result.LeftOut.IsEmpty)
        {
            session.Show(Information, $"This editor cannot rename files along with their content. {string.Join(' ', result.LeftOut.Select(r => $"Rename '{r.Path}' to '{r.NewPath}'."))}");
        }

        return WorkspaceEdits.Make(result.Changes, open.Root, snapshot, session) is { } edit ? ProtocolJson.Write(edit, ProtocolJson.Default.WorkspaceEdit) : null;
    }

    /// <summary>The edits are made before the files get their new names, so they are told by the old ones.</summary>
    private static JsonElement? MoveFiles(ServerSession session, WorkspaceSnapshot snapshot, IReadOnlyList<FileMove> moves, CancellationToken cancellation)
    {
        var results = (from move in moves
                       let located = snapshot.FindDocument(move.OldUri)
                       let target = DocumentUri.ToPath(move.NewUri)
                       where located is not null && target is not null
                       let renamed = session.Workspace.Kinds.Classify(located.Root, FactoryLoader.RelativePath(located.Root, target))
                       where renamed is not null
                       let result = LanguageFeatures.GetRenameWithFile(located.Factory, located.Document, renamed, cancellation)
                       where result is not null
                       select (located.Root, Result: result)).ToList();
        foreach (var obstacle in results.Select(r => r.Result.Obstacle).OfType<string>())
        {
            session.Show(Warning, $"Nothing but the file is renamed. {obstacle}");
        }

        // One edit is of one factory; files of several are hardly ever renamed at once.
        return results.ToLookup(r => r.Root, r => r.Result.Changes).FirstOrDefault() is { } edits && WorkspaceEdits.Make(edits.SelectMany(c => c), edits.Key, snapshot, session) is { } edit
            ? ProtocolJson.Write(edit, ProtocolJson.Default.WorkspaceEdit)
            : null;
    }
}
