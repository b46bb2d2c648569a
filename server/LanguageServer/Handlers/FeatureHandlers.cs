using System.Text.Json;
using Pipewright.Core.Factory;
using Pipewright.Core.Features;
using Pipewright.LanguageServer.Protocol;
using Pipewright.LanguageServer.Workspaces;

namespace Pipewright.LanguageServer.Handlers;

/// <summary>The requests about one place or one document, each answered by a feature of Core.</summary>
internal static class FeatureHandlers
{
    /// <summary>A completion that a trigger character asked for, of <see cref="CompletionContext.TriggerKind"/>.</summary>
    private const int ByCharacter = 2;

    public static void Register(ServerSession session)
    {
        session.RegisterRead("textDocument/completion", (snapshot, parameters, cancellation) =>
            At(session, snapshot, parameters, (factory, open, offset) => ProtocolJson.Write(
                Translation.ToCompletion(Complete(factory, open.Document!, offset, parameters, cancellation), open.Text, session), ProtocolJson.Default.CompletionList)));
        session.RegisterRead("textDocument/hover", (snapshot, parameters, cancellation) =>
            At(session, snapshot, parameters, (factory, open, offset) => LanguageFeatures.GetHover(factory, open.Document!, offset, cancellation) is { } hover
                ? ProtocolJson.Write(Translation.ToHover(hover, open.Text, session), ProtocolJson.Default.Hover)
                : null));
        session.RegisterRead("textDocument/signatureHelp", (snapshot, parameters, cancellation) =>
            At(session, snapshot, parameters, (_, open, offset) => LanguageFeatures.GetSignature(open.Document!, offset, cancellation) is { } signature
                ? ProtocolJson.Write(Translation.ToSignature(signature, session), ProtocolJson.Default.SignatureHelp)
                : null));
        session.RegisterRead("textDocument/semanticTokens/full", (snapshot, parameters, cancellation) =>
            GetTokens(session, snapshot, ProtocolJson.Read(parameters, ProtocolJson.Default.DocumentParams).TextDocument.Uri, null, cancellation));
        session.RegisterRead("textDocument/semanticTokens/range", (snapshot, parameters, cancellation) =>
        {
            var asked = ProtocolJson.Read(parameters, ProtocolJson.Default.SemanticTokensRangeParams);
            return GetTokens(session, snapshot, asked.TextDocument.Uri, asked.Range, cancellation);
        });
        session.RegisterRead("textDocument/documentSymbol", (snapshot, parameters, cancellation) =>
        {
            var uri = ProtocolJson.Read(parameters, ProtocolJson.Default.DocumentParams).TextDocument.Uri;
            return Find(snapshot, uri) is { } open
                ? Translation.ToSymbols(LanguageFeatures.GetOutline(open.Document!, cancellation), open, session)
                : null;
        });
        CodeActionHandlers.Register(session);
    }

    /// <summary>The open document if it is one of ours.</summary>
    public static OpenDocument? Find(WorkspaceSnapshot snapshot, string uri) =>
        snapshot.FindOpen(uri) is { Document: not null } open ? open : null;

    private static CompletionResult Complete(FactorySnapshot factory, ResourceDocument document, int offset, JsonElement parameters, CancellationToken cancellation) =>
        ProtocolJson.Read(parameters, ProtocolJson.Default.CompletionParams).Context is { TriggerKind: ByCharacter, TriggerCharacter: [var typed] }
            ? LanguageFeatures.GetCompletion(factory, document, offset, typed, cancellation)
            : LanguageFeatures.GetCompletion(factory, document, offset, cancellation);

    private static JsonElement? GetTokens(ServerSession session, WorkspaceSnapshot snapshot, string uri, Protocol.Range? range, CancellationToken cancellation)
    {
        if (Find(snapshot, uri) is not { } open)
        {
            return null;
        }

        var tokens = LanguageFeatures.GetTokens(open.Document!, range is null ? null : session.Encoding.ToSpan(open.Text, range), cancellation);
        return ProtocolJson.Write(Translation.ToTokens(tokens, open.Text, session), ProtocolJson.Default.SemanticTokens);
    }

    private static JsonElement? At(
        ServerSession session, WorkspaceSnapshot snapshot, JsonElement parameters, Func<FactorySnapshot, OpenDocument, int, JsonElement?> answer)
    {
        var place = ProtocolJson.Read(parameters, ProtocolJson.Default.TextDocumentPositionParams);
        return Find(snapshot, place.TextDocument.Uri) is { } open
            ? answer(snapshot.FactoryOf(open.Root), open, session.Encoding.ToOffset(open.Text, place.Position))
            : null;
    }
}
