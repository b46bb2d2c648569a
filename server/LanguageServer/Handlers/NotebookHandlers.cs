// The few questions that are answered about the file of a notebook; all others are for its own language's server.
using System.Text.Json;
using Pipewright.Core.Features.Navigation;
using Pipewright.Core.Features.Notebooks;
using Pipewright.LanguageServer.Protocol;
using Pipewright.LanguageServer.Workspaces;
using RenameTarget = Pipewright.LanguageServer.Protocol.RenameTarget;

namespace Pipewright.LanguageServer.Handlers;

internal static class NotebookHandlers
{
    /// <summary>An open notebook as one of the factories has it.</summary>
    /// <param name="Path">Relative to the root.</param>
    private sealed record OpenNotebook(OpenDocument Open, string Root, string Path);

    /// <summary>The places that name a widget, or the activities that call the notebook; null for a file that is no notebook.</summary>
    public static JsonElement? References(ServerSession session, WorkspaceSnapshot snapshot, JsonElement parameters, CancellationToken cancellation)
    {
        var place = ProtocolJson.Read(parameters, ProtocolJson.Default.TextDocumentPositionParams);
        return Find(snapshot, place.TextDocument.Uri) is { } notebook
            ? Write(NotebookFeatures.GetReferences(snapshot.FactoryOf(notebook.Root), notebook.Path, session.Encoding.ToOffset(notebook.Open.Text, place.Position), cancellation), notebook, snapshot, session)
            : null;
    }

    /// <summary>Where an include, a call of another notebook or the use of a widget leads; null for a file that is no notebook.</summary>
    public static JsonElement? Definition(ServerSession session, WorkspaceSnapshot snapshot, JsonElement parameters, CancellationToken cancellation)
    {
        var place = ProtocolJson.Read(parameters, ProtocolJson.Default.TextDocumentPositionParams);
        return Find(snapshot, place.TextDocument.Uri) is { } notebook
            ? Write(NotebookFeatures.GetDefinition(snapshot.FactoryOf(notebook.Root), notebook.Path, session.Encoding.ToOffset(notebook.Open.Text, place.Position), cancellation), notebook, snapshot, session)
            : null;
    }

    /// <summary>How many activities call the notebook, above its first line; null for a file that is no notebook.</summary>
    public static JsonElement? Lenses(ServerSession session, WorkspaceSnapshot snapshot, string uri, CancellationToken cancellation)
    {
        if (Find(snapshot, uri) is not { } notebook || !session.Settings.Lenses.HasFlag(LensKinds.Uses) || !session.ClientCommands.Contains(HintHandlers.ShowReferencesCommand))
        {
            return null;
        }

        var callers = NotebookFeatures.GetCallers(snapshot.FactoryOf(notebook.Root), notebook.Path, cancellation);
        var start = new Position(0, 0);
        var command = new Command(callers.Length == 1 ? "1 activity calls this" : $"{callers.Length} activities call this", HintHandlers.ShowReferencesCommand,
        [
            JsonSerializer.SerializeToElement(uri, ProtocolJson.Default.String),
            JsonSerializer.SerializeToElement(start, ProtocolJson.Default.Position),
            Write(callers, notebook, snapshot, session),
        ]);
        return callers.IsEmpty ? null : ProtocolJson.Write<IReadOnlyList<CodeLens>>([new CodeLens(new Protocol.Range(start, start), command)], ProtocolJson.Default.IReadOnlyListCodeLens);
    }

    /// <summary>The name of a widget that can be renamed; null elsewhere.</summary>
    public static JsonElement? PrepareRename(ServerSession session, WorkspaceSnapshot snapshot, JsonElement parameters, CancellationToken cancellation)
    {
        var place = ProtocolJson.Read(parameters, ProtocolJson.Default.TextDocumentPositionParams);
        return Find(snapshot, place.TextDocument.Uri) is { } notebook
            && NotebookFeatures.GetRenameTarget(snapshot.FactoryOf(notebook.Root), notebook.Path, session.Encoding.ToOffset(notebook.Open.Text, place.Position), cancellation) is var (name, span)
            ? ProtocolJson.Write(new RenameTarget(session.Encoding.ToRange(notebook.Open.Text, span), name), ProtocolJson.Default.RenameTarget)
            : null;
    }

    /// <summary>The edits that rename a widget; null where there is none.</summary>
    /// <exception cref="RequestFailedException">The name can't be one of a widget.</exception>
    public static JsonElement? Rename(ServerSession session, WorkspaceSnapshot snapshot, RenameParams asked, CancellationToken cancellation)
    {
        if (Find(snapshot, asked.TextDocument.Uri) is not { } notebook)
        {
            return null;
        }

        var factory = snapshot.FactoryOf(notebook.Root);
        var offset = session.Encoding.ToOffset(notebook.Open.Text, asked.Position);
        if (NotebookFeatures.GetRenameTarget(factory, notebook.Path, offset, cancellation) is null)
        {
            return null;
        }

        return NotebookFeatures.GetRename(factory, notebook.Path, offset, asked.NewName, cancellation) is { } changes && WorkspaceEdits.Make(changes, notebook.Root, snapshot, session) is { } edit
            ? ProtocolJson.Write(edit, ProtocolJson.Default.WorkspaceEdit)
            : throw new RequestFailedException(RequestFailedException.RequestFailed, NotebookFeatures.BadWidgetName);
    }

    private static JsonElement Write(IEnumerable<Place> places, OpenNotebook notebook, WorkspaceSnapshot snapshot, ServerSession session) =>
        ProtocolJson.Write<IReadOnlyList<Location>>([.. places.Select(p => NavigationHandlers.ToLocation(p, notebook.Root, snapshot, session))], ProtocolJson.Default.IReadOnlyListLocation);

    private static OpenNotebook? Find(WorkspaceSnapshot snapshot, string uri)
    {
        if (snapshot.FindOpen(uri) is not { Document: null, IsConfiguration: false } open || DocumentUri.ToPath(uri) is not { } file)
        {
            return null;
        }

        foreach (var (root, factory) in snapshot.Factories.Where(f => Path.IsPathRooted(f.Key) && !f.Value.Notebooks.Folders.IsEmpty).OrderByDescending(f => f.Key.Length))
        {
            var path = FactoryLoader.RelativePath(root, file);
            if (factory.Notebooks.FindFile(path) is not null)
            {
                return new OpenNotebook(open, root, path);
            }
        }

        return null;
    }
}
