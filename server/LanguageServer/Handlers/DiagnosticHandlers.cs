using System.Security.Cryptography;
using System.Text.Json;
using Pipewright.LanguageServer.Protocol;
using Pipewright.LanguageServer.Workspaces;

namespace Pipewright.LanguageServer.Handlers;

/// <summary>Findings for clients that ask for them.</summary>
internal static class DiagnosticHandlers
{
    public static void Register(ServerSession session)
    {
        session.Register("textDocument/diagnostic", async (parameters, cancellation) =>
        {
            var asked = ProtocolJson.Read(parameters, ProtocolJson.Default.DocumentParams);
            if (session.Workspace.Current is var now && now.FindOpen(asked.TextDocument.Uri) is { } open && !now.ReadRoots.Contains(open.Root))
            {
                // What refers to files that are not read yet must not look wrong.
                await session.Reading.Completed.WaitAsync(cancellation);
            }

            await session.Diagnostics.WaitForTypingAsync(DocumentUri.ToKey(asked.TextDocument.Uri), cancellation);
            var snapshot = session.Workspace.Current;
            return await Task.Run(() => Report(session, snapshot, asked, cancellation), cancellation);
        });
        session.Register("workspace/diagnostic", async (parameters, cancellation) =>
        {
            var asked = ProtocolJson.Read(parameters, ProtocolJson.Default.WorkspaceDiagnosticParams);
            var known = (asked.PreviousResultIds ?? []).DistinctBy(p => DocumentUri.ToKey(p.Uri)).ToDictionary(p => DocumentUri.ToKey(p.Uri));
            session.Diagnostics.LetClientPullAll();
            await session.Reading.Completed.WaitAsync(cancellation);
            return await Task.Run(() => ReportAllAsync(session, known, cancellation), cancellation);
        });
        session.RegisterChange("window/workDoneProgress/cancel", parameters =>
            session.Progress.Cancel(ProtocolJson.Read(parameters, ProtocolJson.Default.WorkDoneProgressCancelParams).Token));
    }

    /// <summary>Answers once there is something new to say: a client asks again as soon as it has an answer.</summary>
    private static async Task<JsonElement?> ReportAllAsync(ServerSession session, Dictionary<string, PreviousResultId> known, CancellationToken cancellation)
    {
        while (true)
        {
            var next = session.Diagnostics.NextCheck;
            var items = FindAll(session, session.Workspace.Current, known, cancellation).ToList();
            if (known.Count == 0 || items.Exists(i => i.Items is not null))
            {
                return ProtocolJson.Write(new WorkspaceDiagnosticReport(items), ProtocolJson.Default.WorkspaceDiagnosticReport);
            }

            await next.WaitAsync(cancellation);
        }
    }

    /// <summary>Of every file that has findings, or that the client believes to have some.</summary>
    private static IEnumerable<WorkspaceDocumentDiagnosticReport> FindAll(
        ServerSession session, WorkspaceSnapshot snapshot, Dictionary<string, PreviousResultId> known, CancellationToken cancellation)
    {
        var told = new HashSet<string>();
        var documents = snapshot.Factories.SelectMany(f => f.Value.Documents.Values.Concat(f.Value.Tests.Values).OrderBy(d => d.Path, StringComparer.Ordinal), (f, d) => (Root: f.Key, Document: d));
        var checkedDocuments = documents.AsParallel().AsOrdered().WithCancellation(cancellation)
            .Select(d => (WorkspaceEdits.UriOf(d.Document.Path, d.Root, snapshot), DiagnosticsPublisher.Find(session, snapshot, d.Root, d.Document, cancellation)));
        foreach (var (uri, found) in checkedDocuments)
        {
            var key = DocumentUri.ToKey(uri);
            var before = known.GetValueOrDefault(key)?.Value;
            if (told.Add(key) && (found.Count > 0 || before is not null))
            {
                var id = Identify(found);
                yield return new WorkspaceDocumentDiagnosticReport(uri, snapshot.FindOpen(uri)?.Version, id == before ? "unchanged" : "full", id, id == before ? null : found);
            }
        }

        // Of a file that is gone, once.
        foreach (var (key, gone) in known.Where(k => !told.Contains(k.Key) && k.Value.Value != Identify([])))
        {
            yield return new WorkspaceDocumentDiagnosticReport(gone.Uri, null, "full", Identify([]), []);
        }
    }

    private static JsonElement? Report(ServerSession session, WorkspaceSnapshot snapshot, DocumentParams asked, CancellationToken cancellation)
    {
        var found = snapshot.FindOpen(asked.TextDocument.Uri) is { } open ? session.Diagnostics.FindInTime(snapshot, open, cancellation) : [];
        var id = Identify(found);
        return ProtocolJson.Write(
            id == asked.PreviousResultId ? new DocumentDiagnosticReport("unchanged", id, null) : new DocumentDiagnosticReport("full", id, found),
            ProtocolJson.Default.DocumentDiagnosticReport);
    }

    /// <summary>The same for the same findings, whatever the version of the text.</summary>
    private static string Identify(IReadOnlyList<Diagnostic> found)
    {
        var text = JsonSerializer.SerializeToUtf8Bytes(found, ProtocolJson.Default.IReadOnlyListDiagnostic);
        return Convert.ToHexString(SHA256.HashData(text).AsSpan(0, 12));
    }
}
