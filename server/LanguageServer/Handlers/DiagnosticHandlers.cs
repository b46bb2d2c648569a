using System.Security.Cryptography;
using System.Text.Json;
using Pipewright.LanguageServer.Protocol;

namespace Pipewright.LanguageServer.Handlers;

/// <summary>Findings for clients that ask for them.</summary>
internal static class DiagnosticHandlers
{
    public static void Register(ServerSession session)
    {
        session.RegisterRead("textDocument/diagnostic", (snapshot, parameters, cancellation) =>
        {
            var asked = ProtocolJson.Read(parameters, ProtocolJson.Default.DocumentParams);
            var found = snapshot.Open.TryGetValue(asked.TextDocument.Uri, out var open) ? DiagnosticsPublisher.Find(session, snapshot, open, cancellation) : [];
            var id = Identify(found);
            return ProtocolJson.Write(
                id == asked.PreviousResultId ? new DocumentDiagnosticReport("unchanged", id, null) : new DocumentDiagnosticReport("full", id, found),
                ProtocolJson.Default.DocumentDiagnosticReport);
        });
        session.RegisterChange("window/workDoneProgress/cancel", parameters =>
            session.Progress.Cancel(ProtocolJson.Read(parameters, ProtocolJson.Default.WorkDoneProgressCancelParams).Token));
    }

    /// <summary>The same for the same findings, whatever the version of the text.</summary>
    private static string Identify(IReadOnlyList<Diagnostic> found)
    {
        var text = JsonSerializer.SerializeToUtf8Bytes(found, ProtocolJson.Default.IReadOnlyListDiagnostic);
        return Convert.ToHexString(SHA256.HashData(text).AsSpan(0, 12));
    }
}
