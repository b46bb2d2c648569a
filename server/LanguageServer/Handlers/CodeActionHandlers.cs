// Quick fixes and refactorings. What an action does is worked out when the client asks for just that one, where it can.
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

    /// <summary>The kinds of code actions that there are.</summary>
    public static IReadOnlyList<string> Kinds { get; } = [QuickFix, Refactoring.Extract, Refactoring.Inline, Refactoring.Rewrite];

    public static void Register(ServerSession session)
    {
        session.RegisterRead("textDocument/codeAction", (snapshot, parameters, cancellation) =>
        {
            var asked = ProtocolJson.Read(parameters, ProtocolJson.Default.CodeActionParams);

            // A client that does not know literals of code actions would need commands, and there are none.
            return session.Client?.TextDocument?.CodeAction?.CodeActionLiteralSupport is null || snapshot.FindOpen(asked.TextDocument.Uri) is not { } open
                ? null
                : ProtocolJson.Write<IReadOnlyList<CodeAction>>(
                    [.. Find(session, snapshot, open, asked, cancellation).Select(o => ToAction(o, asked, open, snapshot, session)).OfType<CodeAction>()],
                    ProtocolJson.Default.IReadOnlyListCodeAction);
        });
        session.RegisterRead("codeAction/resolve", (snapshot, parameters, cancellation) =>
        {
            var action = ProtocolJson.Read(parameters, ProtocolJson.Default.CodeAction);
            return ProtocolJson.Write(Resolve(session, snapshot, action, cancellation), ProtocolJson.Default.CodeAction);
        });
    }

    /// <summary>An action that is offered.</summary>
    /// <param name="Diagnostic">What it fixes; null for a refactoring.</param>
    private readonly record struct Offer(string Kind, CodeFix Fix, Diagnostic? Diagnostic);

    private static IEnumerable<Offer> Find(ServerSession session, WorkspaceSnapshot snapshot, OpenDocument open, CodeActionParams asked, CancellationToken cancellation)
    {
        var span = session.Encoding.ToSpan(open.Text, asked.Range);
        var fixes = from diagnostic in Wants(asked, QuickFix) ? Findings.Find(snapshot, open, cancellation) : []
                    where diagnostic.Span.Touches(span.Start) || span.Overlaps(diagnostic.Span) || span.Touches(diagnostic.Span.Start)
                    from fix in diagnostic.Fixes
                    select new Offer(QuickFix, fix, diagnostic);
        var refactorings = open.Document is { } document && Kinds.Skip(1).Any(k => Wants(asked, k))
            ? LanguageFeatures.GetRefactorings(snapshot.FactoryOf(open.Root), document, span, cancellation).Where(r => Wants(asked, r.Kind)).Select(r => new Offer(r.Kind, r.Edit, null))
            : [];
        return fixes.Concat(refactorings);
    }

    private static CodeAction? ToAction(Offer offer, CodeActionParams asked, OpenDocument open, WorkspaceSnapshot snapshot, ServerSession session)
    {
        var client = session.Client?.TextDocument?.CodeAction;
        var action = new CodeAction(
            offer.Fix.Title, offer.Kind, offer.Diagnostic is null ? null : [Translation.ToDiagnostic(offer.Diagnostic, open.Text, session)],
            client?.IsPreferredSupport == true && offer.Diagnostic?.PreferredFix == offer.Fix ? true : null);
        var isForLater = offer.Fix.IsDeferred && client is { DataSupport: true, ResolveSupport.Properties: { } later } && later.Contains("edit")
            && WorkspaceEdits.CanChangeFiles(session);
        return isForLater ? action with { Data = new CodeActionPlace(open.Uri, asked.Range) }
            : !offer.Fix.Edit.IsEmpty && WorkspaceEdits.Make(offer.Fix.Edit, open, snapshot, session) is { } edit ? action with { Edit = edit }
            : null;
    }

    /// <summary>The same action with its edit; without one where the document has changed so that it is not offered any more.</summary>
    private static CodeAction Resolve(ServerSession session, WorkspaceSnapshot snapshot, CodeAction action, CancellationToken cancellation)
    {
        if (action.Data is not { } place || snapshot.FindOpen(place.Uri) is not { } open)
        {
            return action;
        }

        var asked = new CodeActionParams(new TextDocumentIdentifier(place.Uri), place.Range, new CodeActionContext([action.Kind]));
        var offer = Find(session, snapshot, open, asked, cancellation).FirstOrDefault(o => o.Kind == action.Kind && o.Fix.Title == action.Title);
        return offer.Fix is { Edit.IsEmpty: false } fix ? action with { Edit = WorkspaceEdits.Make(fix.Edit, open, snapshot, session) } : action;
    }

    /// <summary>Whether a client asks for a kind of code actions: kinds are paths with dots, of which it may give the first part.</summary>
    private static bool Wants(CodeActionParams asked, string kind) => asked.Context?.Only is not { Count: > 0 } only
        || only.Any(k => k.Length == 0 || k == kind || kind.StartsWith(k + ".", StringComparison.Ordinal));
}
