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

            var snapshot = session.Workspace.Current;
            return await Task.Run(() => Report(session, snapshot, asked, cancellation), cancellation);
        });
        session.RegisterChange("window/workDoneProgress/cancel", parameters =>
            session.Progress.Cancel(ProtocolJson.Read(parameters, ProtocolJson.Default.WorkDoneProgressCancelParams).Token));
    }

    private static JsonElement? Report(ServerSession session, WorkspaceSnapshot snapshot, DocumentParams asked, CancellationToken cancellation)
    {
        var found = snapshot.FindOpen(asked.TextDocument.Uri) is { } open ? DiagnosticsPublisher.Find(session, snapshot, open, cancellation) : [];
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
