// What is shown between and above the lines of a text, and which places are typed in at once.
using System.Text.Json;
using System.Text.Json.Nodes;
using Pipewright.Core.Features;
using Pipewright.Core.Features.Hints;
using Pipewright.Core.Features.Lenses;
using Pipewright.Core.Features.PipelineTests;
using Pipewright.Core.Schema;
using Pipewright.LanguageServer.Protocol;
using Pipewright.LanguageServer.Workspaces;

namespace Pipewright.LanguageServer.Handlers;

internal static class HintHandlers
{
    /// <summary>A command of the client's own: it shows places, with the arguments URI, position and locations.</summary>
    public const string ShowReferencesCommand = "pipewright.showReferences";

    /// <summary>The client's command that shows what a deployment would change.</summary>
    public const string ShowChangesCommand = "pipewright.showChanges";

    /// <summary>What the names of activities and variables are made of; anything else ends typing in several places.</summary>
    private const string NamePattern = "[\\w\\- ]*";

    public static void Register(ServerSession session)
    {
        session.RegisterOnceRead("textDocument/inlayHint", (snapshot, parameters, cancellation) =>
        {
            var asked = ProtocolJson.Read(parameters, ProtocolJson.Default.InlayHintParams);
            return FeatureHandlers.Find(snapshot, asked.TextDocument.Uri) is { } open && session.Encoding.ToSpan(open.Text, asked.Range) is var within
                ? ProtocolJson.Write<IReadOnlyList<InlayHint>>(
                    [.. LanguageFeatures.GetHints(snapshot.FactoryOf(open.Root), open.Document!, within, session.Settings.Hints, cancellation)
                        .Concat(session.DryRuns.Find(open.Root, open.Document!) is { } run ? DryRunFeatures.FindHints(run, open.Document!, within) : [])
                        .Select(h => ToHint(h, open, session))],
                    ProtocolJson.Default.IReadOnlyListInlayHint)
                : null;
        });
        session.RegisterRead("textDocument/codeLens", (snapshot, parameters, cancellation) =>
            ProtocolJson.Read(parameters, ProtocolJson.Default.DocumentParams).TextDocument.Uri is var uri && FeatureHandlers.Find(snapshot, uri) is { } open
                ? ProtocolJson.Write<IReadOnlyList<CodeLens>>(
                    [.. LanguageFeatures.GetHeads(open.Document!, cancellation).SelectMany((h, i) => ToLenses(h, i == 0, open, session)), .. TestHandlers.FindLenses(session, open)], ProtocolJson.Default.IReadOnlyListCodeLens)
                : NotebookHandlers.Lenses(session, snapshot, uri, cancellation));
        session.RegisterOnceRead("codeLens/resolve", (snapshot, parameters, cancellation) =>
            ProtocolJson.Write(Resolve(ProtocolJson.Read(parameters, ProtocolJson.Default.CodeLens), snapshot, session, cancellation), ProtocolJson.Default.CodeLens));
        NavigationHandlers.RegisterAt(session, "textDocument/linkedEditingRange", (snapshot, open, offset, _, cancellation) =>
            LanguageFeatures.GetLinkedNames(snapshot.FactoryOf(open.Root), open.Document!, offset, cancellation) is { IsEmpty: false } places
                ? ProtocolJson.Write(new LinkedEditingRanges([.. places.Select(p => session.Encoding.ToRange(open.Text, p))], NamePattern), ProtocolJson.Default.LinkedEditingRanges)
                : null);
    }

    /// <summary>Says what the server can do.</summary>
    public static void Announce(JsonObject capabilities)
    {
        capabilities["inlayHintProvider"] = true;
        capabilities["codeLensProvider"] = new JsonObject { ["resolveProvider"] = true };
        capabilities["linkedEditingRangeProvider"] = true;
    }

    private static InlayHint ToHint(Hint hint, OpenDocument open, ServerSession session) => new(
        session.Encoding.ToPosition(open.Text, hint.Offset), hint.Label, hint.Kind switch
        {
            HintKinds.Types => 1,
            HintKinds.DefaultValues => 2,
            _ => null,
        },
        hint.Tooltip is null ? null : new MarkupContent("plaintext", hint.Tooltip), hint.HasSpace ? true : null);

    /// <param name="isFirst">A deployment and a run are of a file, so they are offered once.</param>
    private static IEnumerable<CodeLens> ToLenses(ResourceHead head, bool isFirst, OpenDocument open, ServerSession session)
    {
        var range = session.Encoding.ToRange(open.Text, head.Span);
        if (session.Settings.Lenses.HasFlag(LensKinds.Uses) && session.ClientCommands.Contains(ShowReferencesCommand))
        {
            yield return new CodeLens(range, Data: new LensPlace(open.Uri, head.Kind.ToString(), head.Name));
        }

        if (session.Settings.Lenses.HasFlag(LensKinds.Deploy) && isFirst)
        {
            yield return new CodeLens(range, new Command("Deploy", FactoryHandlers.DeployCommand, [JsonSerializer.SerializeToElement(open.Uri, ProtocolJson.Default.String)]));
        }

        if (session.Settings.Lenses.HasFlag(LensKinds.Changes) && isFirst && session.ClientCommands.Contains(ShowChangesCommand))
        {
            yield return new CodeLens(range, new Command("Changes", ShowChangesCommand, [JsonSerializer.SerializeToElement(open.Uri, ProtocolJson.Default.String)]));
        }

        if (session.Settings.Lenses.HasFlag(LensKinds.Run) && isFirst && head.Kind == ResourceKind.Pipeline && session.ClientCommands.Contains(RunHandlers.RunCommand))
        {
            yield return new CodeLens(range, new Command("Run", RunHandlers.RunCommand, [JsonSerializer.SerializeToElement(open.Uri, ProtocolJson.Default.String)]));
        }

        if (session.Settings.Lenses.HasFlag(LensKinds.Test) && isFirst && head.Kind == ResourceKind.Pipeline && session.ClientCommands.Contains(TestHandlers.DryRunCommand))
        {
            yield return new CodeLens(range, new Command("Dry run", TestHandlers.DryRunCommand, [JsonSerializer.SerializeToElement(open.Uri, ProtocolJson.Default.String)]));
        }

        if (session.Settings.Lenses.HasFlag(LensKinds.Graph) && isFirst && head.Kind == ResourceKind.Pipeline && session.ClientCommands.Contains(GraphHandlers.ShowGraphCommand))
        {
            yield return new CodeLens(range, new Command("Graph", GraphHandlers.ShowGraphCommand, [JsonSerializer.SerializeToElement(open.Uri, ProtocolJson.Default.String)]));
        }
    }

    /// <summary>The number of uses, and the command that shows them.</summary>
    private static CodeLens Resolve(CodeLens lens, WorkspaceSnapshot snapshot, ServerSession session, CancellationToken cancellation)
    {
        if (lens.Data is not { } place || !Enum.TryParse<ResourceKind>(place.Kind, out var kind) || snapshot.FindRoot(place.Uri) is not { } root)
        {
            return lens;
        }

        var uses = LanguageFeatures.GetUses(snapshot.FactoryOf(root), kind, place.Name, cancellation);
        return lens with
        {
            Command = new Command(uses.Length == 1 ? "1 use" : $"{uses.Length} uses", ShowReferencesCommand,
            [
                JsonSerializer.SerializeToElement(place.Uri, ProtocolJson.Default.String),
                JsonSerializer.SerializeToElement(lens.Range.Start, ProtocolJson.Default.Position),
                ProtocolJson.Write<IReadOnlyList<Location>>([.. uses.Select(u => NavigationHandlers.ToLocation(u, root, snapshot, session))], ProtocolJson.Default.IReadOnlyListLocation),
            ]),
        };
    }
}
