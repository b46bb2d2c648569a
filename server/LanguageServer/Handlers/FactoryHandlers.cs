using System.Text.Json;
using Pipewright.Core.Features;
using Pipewright.Core.Text;
using Pipewright.LanguageServer.Deploying;
using Pipewright.LanguageServer.Protocol;
using Pipewright.LanguageServer.Workspaces;

namespace Pipewright.LanguageServer.Handlers;

/// <summary>The requests of our own: about a whole factory and its deployment. docs/protocol.md describes them.</summary>
internal static class FactoryHandlers
{
    public const string DeployCommand = "pipewright.deploy";

    public static void Register(ServerSession session)
    {
        session.Register("pipewright/validateFactory", async (parameters, cancellation) =>
        {
            await session.Reading.Completed.WaitAsync(cancellation);
            var snapshot = session.Workspace.Current;
            var uri = ReadUri(parameters);
            return await Task.Run(() => ProtocolJson.Write(Validate(session, snapshot, uri, cancellation), ProtocolJson.Default.ValidationSummary), cancellation);
        });
        session.Register("pipewright/targets", async (parameters, cancellation) =>
        {
            await session.Reading.Completed.WaitAsync(cancellation);
            return ProtocolJson.Write(Targets.List(session, session.Workspace.Current, ReadUri(parameters)), ProtocolJson.Default.TargetList);
        });
        session.Register("pipewright/signIn", async (parameters, cancellation) =>
        {
            await session.Reading.Completed.WaitAsync(cancellation);
            var wanted = parameters.ValueKind == JsonValueKind.Object ? ProtocolJson.Read(parameters, ProtocolJson.Default.SignInParams) : new SignInParams();
            var summary = await session.SignIn.AskAsync(Targets.Find(session, session.Workspace.Current, wanted.Uri, wanted.Target), cancellation);
            return ProtocolJson.Write(new SignInResult(summary), ProtocolJson.Default.SignInResult);
        });
        session.Register("workspace/executeCommand", (parameters, cancellation) => ExecuteAsync(session, ProtocolJson.Read(parameters, ProtocolJson.Default.ExecuteCommandParams), cancellation));
    }

    private static string? ReadUri(JsonElement parameters) => parameters.ValueKind == JsonValueKind.Object ? ProtocolJson.Read(parameters, ProtocolJson.Default.UriParams).Uri : null;

    private static Task<JsonElement?> ExecuteAsync(ServerSession session, ExecuteCommandParams parameters, CancellationToken cancellation)
    {
        if (parameters.Command != DeployCommand)
        {
            throw new RequestFailedException(RequestFailedException.InvalidParams, $"There is no command '{parameters.Command}'.");
        }

        var arguments = (parameters.Arguments ?? []).Select(a => a.ValueKind == JsonValueKind.String ? a.GetString() : null).ToList();
        return arguments is [{ } uri, ..]
            ? DeploymentHandlers.DeployAsync(session, new DeployParams(new TextDocumentIdentifier(uri), arguments.ElementAtOrDefault(1), parameters.WorkDoneToken), cancellation)
            : throw new RequestFailedException(RequestFailedException.InvalidParams, $"'{DeployCommand}' takes the URI of a document and, if you like, the name of a target.");
    }

    /// <summary>Counts, and tells the client what there is to say about the files that are not open.</summary>
    private static ValidationSummary Validate(ServerSession session, WorkspaceSnapshot snapshot, string? uri, CancellationToken cancellation)
    {
        var root = uri is null ? null : snapshot.FindRoot(uri);
        var documents = snapshot.Factories.Where(f => root is null || f.Key == root)
            .SelectMany(f => f.Value.Documents.Values.Concat(f.Value.Tests.Values).Select(d => new LocatedDocument(f.Key, f.Value, d))).OrderBy(d => d.Document.Path, StringComparer.Ordinal).ToList();
        var severities = documents.SelectMany(d => LanguageFeatures.GetDiagnostics(d.Factory, d.Document, cancellation)).Select(d => d.Severity).ToList();
        session.Diagnostics.PublishUnopened(snapshot, documents, cancellation);
        return new ValidationSummary(severities.Count(s => s == DiagnosticSeverity.Error), severities.Count(s => s == DiagnosticSeverity.Warning), documents.Count);
    }
}
