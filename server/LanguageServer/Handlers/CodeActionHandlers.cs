// Quick fixes and refactorings. What an action does is worked out when the client asks for just that one, where it can.
using System.Text.Json;
using System.Text.Json.Nodes;
using Pipewright.Core.Factory;
using Pipewright.Core.Features;
using Pipewright.Core.Features.Refactorings;
using Pipewright.Core.Text;
using Pipewright.LanguageServer.Protocol;
using Pipewright.LanguageServer.Workspaces;
using Diagnostic = Pipewright.Core.Text.Diagnostic;

namespace Pipewright.LanguageServer.Handlers;

internal static class CodeActionHandlers
{
    private const string QuickFix = "quickfix";
    private const string FixAll = "source.fixAll.pipewright";

    /// <summary>The kinds of code actions that there are.</summary>
    private static IReadOnlyList<string> Kinds { get; } = [QuickFix, Refactoring.Extract, Refactoring.Inline, Refactoring.Rewrite, FixAll];

    private static IEnumerable<string> Refactorings => [Refactoring.Extract, Refactoring.Inline, Refactoring.Rewrite];

    /// <summary>Says what the server can do: for a client that does not know literals of code actions nothing, as there are no commands to take their place.</summary>
    public static void Announce(ClientCapabilities client, JsonObject capabilities)
    {
        if (client.TextDocument?.CodeAction is { CodeActionLiteralSupport: not null } known)
        {
            capabilities["codeActionProvider"] = new JsonObject { ["codeActionKinds"] = new JsonArray([.. Kinds]), ["resolveProvider"] = CanResolve(known) };
        }
    }

    public static void Register(ServerSession session)
    {
        session.RegisterRead("textDocument/codeAction", (snapshot, parameters, cancellation) =>
        {
            var asked = ProtocolJson.Read(parameters, ProtocolJson.Default.CodeActionParams);

            return session.Client?.TextDocument?.CodeAction?.CodeActionLiteralSupport is null || snapshot.FindOpen(asked.TextDocument.Uri) is not { } open
                ? null
                : ProtocolJson.Write<IReadOnlyList<CodeAction>>(
                    [.. Find(session, snapshot, open, asked, cancellation).Select(o => ToAction(o, asked, open, snapshot, session)).OfType<CodeAction>()],
                    ProtocolJson.Default.IReadOnlyListCodeAction);
        });
        session.RegisterRead("codeAction/resolve", (snapshot, parameters, cancellation) => Resolve(session, snapshot, parameters, cancellation));
    }

    /// <summary>Whether the client asks for what an action does when it is chosen.</summary>
    private static bool CanResolve(CodeActionClientCapabilities client) => client is { DataSupport: true, ResolveSupport.Properties: { } later } && later.Contains("edit");

    /// <summary>An action that is offered.</summary>
    /// <param name="Diagnostic">What it fixes; null for a refactoring.</param>
    private readonly record struct Offer(string Kind, CodeFix Fix, Diagnostic? Diagnostic);

    private static IEnumerable<Offer> Find(ServerSession session, WorkspaceSnapshot snapshot, OpenDocument open, CodeActionParams asked, CancellationToken cancellation)
    {
        var span = session.Encoding.ToSpan(open.Text, asked.Range);
        var found = Wants(asked, QuickFix) ? Findings.FindWithFixes(snapshot, open, cancellation) : [];
        var here = found.Where(d => d.Span.Touches(span.Start) || span.Overlaps(d.Span) || span.Touches(d.Span.Start)).ToList();
        var fixes = from diagnostic in here
                    from fix in diagnostic.Fixes
                    select new Offer(QuickFix, fix, diagnostic);
        if (open.Document is not { } document)
        {
            return fixes;
        }

        var factory = snapshot.FactoryOf(open.Root);
        var switches = from diagnostic in here
                       from fix in LanguageFeatures.GetRuleSwitches(factory, document, diagnostic)
                       select new Offer(QuickFix, fix, diagnostic);
        var refactorings = Refactorings.Any(k => Wants(asked, k))
            ? LanguageFeatures.GetRefactorings(factory, document, span, cancellation).Where(r => Wants(asked, r.Kind)).Select(r => new Offer(r.Kind, r.Edit, null))
            : [];
        return fixes.Concat(FindFixAll(factory, document, asked, here, found, cancellation)).Concat(refactorings).Concat(switches);
    }

    /// <summary>To mend all that is like what is here; and all that can be mended, if the client asks for just that, as on saving.</summary>
    private static IEnumerable<Offer> FindFixAll(
        FactorySnapshot factory, ResourceDocument document, CodeActionParams asked, List<Diagnostic> here, IReadOnlyList<Diagnostic> found, CancellationToken cancellation)
    {
        foreach (var diagnostic in here.DistinctBy(d => d.Code).Where(d => LanguageFeatures.CountFixable(found, d.Code) > 1))
        {
            yield return new Offer(QuickFix, CodeFix.Deferred(
                $"Fix all of {diagnostic.Code} in this file", () => new FixEdit(LanguageFeatures.GetFixAll(factory, document, diagnostic.Code, cancellation)), isPreferred: false), diagnostic);
        }

        if (asked.Context?.Only is { Count: > 0 } && Wants(asked, FixAll))
        {
            yield return new Offer(FixAll, CodeFix.Deferred("Fix all that can be fixed", () => new FixEdit(LanguageFeatures.GetFixAll(factory, document, null, cancellation))), null);
        }
    }

    private static CodeAction? ToAction(Offer offer, CodeActionParams asked, OpenDocument open, WorkspaceSnapshot snapshot, ServerSession session)
    {
        var client = session.Client?.TextDocument?.CodeAction;
        var action = new CodeAction(
            offer.Fix.Title, offer.Kind, offer.Diagnostic is null ? null : [Translation.ToDiagnostic(offer.Diagnostic, open.Text, open.Root, snapshot, session)],
            client?.IsPreferredSupport == true && offer.Diagnostic?.PreferredFix == offer.Fix ? true : null);
        var isForLater = offer.Fix.IsDeferred && client is not null && CanResolve(client) && WorkspaceEdits.CanChangeFiles(session);
        return isForLater ? action with { Data = new CodeActionPlace(open.Uri, asked.Range) }
            : !offer.Fix.Edit.IsEmpty && WorkspaceEdits.Make(offer.Fix.Edit, open, snapshot, session) is { } edit ? action with { Edit = edit }
            : null;
    }

    /// <summary>The same action with its edit; without one where the document has changed so that it is not offered any more.</summary>
    private static JsonElement? Resolve(ServerSession session, WorkspaceSnapshot snapshot, JsonElement action, CancellationToken cancellation)
    {
        var resolved = ProtocolJson.Read(action, ProtocolJson.Default.CodeActionResolveParams);
        if (resolved is not { Data: { } place, Kind: { } kind } || snapshot.FindOpen(place.Uri) is not { } open)
        {
            return action;
        }

        var asked = new CodeActionParams(new TextDocumentIdentifier(place.Uri), place.Range, new CodeActionContext([kind]));
        var offer = Find(session, snapshot, open, asked, cancellation).FirstOrDefault(o => o.Kind == kind && o.Fix.Title == resolved.Title);
        if (offer.Fix is not { Edit.IsEmpty: false } fix || WorkspaceEdits.Make(fix.Edit, open, snapshot, session) is not { } edit)
        {
            return action;
        }

        var whole = JsonObject.Create(action)!;
        whole["edit"] = JsonSerializer.SerializeToNode(edit, ProtocolJson.Default.WorkspaceEdit);
        return ProtocolJson.Write(whole, ProtocolJson.Default.JsonObject);
    }

    /// <summary>Whether a client asks for a kind of code actions: kinds are paths with dots, of which it may give the first part.</summary>
    private static bool Wants(CodeActionParams asked, string kind) => asked.Context?.Only is not { Count: > 0 } only
        || only.Any(k => k.Length == 0 || k == kind || kind.StartsWith(k + ".", StringComparison.Ordinal));
}
