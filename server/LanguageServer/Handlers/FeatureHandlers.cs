using System.Text.Json;
using System.Text.Json.Nodes;
using Pipewright.Core.Factory;
using Pipewright.Core.Features;
using Pipewright.Core.Features.PipelineTests;
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
                new CompletionTranslation(open, session).ToList(Fill(session, snapshot, open, Complete(factory, open, offset, parameters, cancellation)), offset), ProtocolJson.Default.CompletionList)));
        session.RegisterRead("completionItem/resolve", (snapshot, parameters, cancellation) => Resolve(session, snapshot, parameters, cancellation));
        session.RegisterRead("textDocument/hover", (snapshot, parameters, cancellation) =>
            At(session, snapshot, parameters, (factory, open, offset) => GetHover(session, factory, open, offset, cancellation) is { } hover
                ? ProtocolJson.Write(Translation.ToHover(hover, open.Text, session), ProtocolJson.Default.Hover)
                : null));
        session.RegisterRead("textDocument/signatureHelp", (snapshot, parameters, cancellation) =>
            At(session, snapshot, parameters, (_, open, offset) => open.Document is { } document && LanguageFeatures.GetSignature(document, offset, cancellation) is { } signature
                ? ProtocolJson.Write(Translation.ToSignature(signature, session), ProtocolJson.Default.SignatureHelp)
                : null));
        session.RegisterRead("textDocument/documentSymbol", (snapshot, parameters, cancellation) =>
        {
            var uri = ProtocolJson.Read(parameters, ProtocolJson.Default.DocumentParams).TextDocument.Uri;
            return FindOurs(snapshot, uri) is { } open
                ? Translation.ToSymbols(
                    open.Document is { } document ? LanguageFeatures.GetOutline(document, cancellation) : LanguageFeatures.GetConfigurationOutline(snapshot.FactoryOf(open.Root)), open, session)
                : null;
        });
        CodeActionHandlers.Register(session);
    }

    /// <summary>The open document if it is one of ours.</summary>
    public static OpenDocument? Find(WorkspaceSnapshot snapshot, string uri) =>
        snapshot.FindOpen(uri) is { Document: not null } open ? open : null;

    /// <summary>The open document if it is a resource or the settings of a factory.</summary>
    private static OpenDocument? FindOurs(WorkspaceSnapshot snapshot, string uri) =>
        Find(snapshot, uri) ?? (snapshot.FindOpen(uri) is { IsConfiguration: true } settings ? settings : null);

    private static CompletionResult Complete(FactorySnapshot factory, OpenDocument open, int offset, JsonElement parameters, CancellationToken cancellation) =>
        open.Document is not { } document ? LanguageFeatures.GetConfigurationCompletion(factory, offset)
        : ProtocolJson.Read(parameters, ProtocolJson.Default.CompletionParams).Context is { TriggerKind: ByCharacter, TriggerCharacter: [var typed] }
            ? LanguageFeatures.GetCompletion(factory, document, offset, typed, cancellation)
            : LanguageFeatures.GetCompletion(factory, document, offset, cancellation);

    private static HoverResult? GetHover(ServerSession session, FactorySnapshot factory, OpenDocument open, int offset, CancellationToken cancellation)
    {
        if (open.Document is not { } document)
        {
            return LanguageFeatures.GetConfigurationHover(factory, offset);
        }

        var hover = LanguageFeatures.GetHover(factory, document, offset, cancellation, LiveHandlers.ViewOf(factory));
        return (hover, session.DryRuns.Find(open.Root, document) is { } run ? DryRunFeatures.FindHover(run, document, offset) : null) switch
        {
            ({ } known, { } ran) => known with { Markdown = $"{known.Markdown}\n\n---\n\n{ran.Markdown}" },
            (_, { } ran) => ran,
            _ => hover,
        };
    }

    /// <summary>Lets what a list lacks be asked for, so that it is there when the editor asks again.</summary>
    private static CompletionResult Fill(ServerSession session, WorkspaceSnapshot snapshot, OpenDocument open, CompletionResult result) =>
        !result.Wanted.IsEmpty && session.Databricks.Want(snapshot, open.Root, result.Wanted) ? result with { IsIncomplete = true } : result;

    /// <summary>The same item with what it is for, as it would be proposed now at its place; as it is where it would not be.</summary>
    private static JsonElement? Resolve(ServerSession session, WorkspaceSnapshot snapshot, JsonElement item, CancellationToken cancellation)
    {
        var asked = ProtocolJson.Read(item, ProtocolJson.Default.CompletionResolveParams);
        if (asked.Data is not { } place || FindOurs(snapshot, place.Uri) is not { } open)
        {
            return item;
        }

        var offset = session.Encoding.ToOffset(open.Text, place.Position);
        var factory = snapshot.FactoryOf(open.Root);
        var result = open.Document is { } document ? LanguageFeatures.GetCompletion(factory, document, offset, cancellation) : LanguageFeatures.GetConfigurationCompletion(factory, offset);
        if (result.Items.FirstOrDefault(i => i.Label == asked.Label) is not { Documentation: { } documentation })
        {
            return item;
        }

        var whole = JsonObject.Create(item)!;
        whole["documentation"] = JsonSerializer.SerializeToNode(
            Translation.ToMarkup(documentation, session.Client?.TextDocument?.Completion?.CompletionItem?.DocumentationFormat), ProtocolJson.Default.MarkupContent);
        return ProtocolJson.Write(whole, ProtocolJson.Default.JsonObject);
    }

    private static JsonElement? At(
        ServerSession session, WorkspaceSnapshot snapshot, JsonElement parameters, Func<FactorySnapshot, OpenDocument, int, JsonElement?> answer)
    {
        var place = ProtocolJson.Read(parameters, ProtocolJson.Default.TextDocumentPositionParams);
        return FindOurs(snapshot, place.TextDocument.Uri) is { } open
            ? answer(snapshot.FactoryOf(open.Root), open, session.Encoding.ToOffset(open.Text, place.Position))
            : null;
    }
}
