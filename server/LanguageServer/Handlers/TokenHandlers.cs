// Semantic tokens: all of a document, those of a range, or what is different since the last time.
using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Pipewright.Core.Features;
using Pipewright.LanguageServer.Protocol;
using Pipewright.LanguageServer.Workspaces;

namespace Pipewright.LanguageServer.Handlers;

internal sealed class TokenHandlers(ServerSession session)
{
    /// <summary>What was sent last, by key of the document. Only of documents that are open.</summary>
    private readonly ConcurrentDictionary<string, (string Id, int[] Numbers)> _sent = new();

    private long _count;

    private bool TakesDelta => session.Client?.TextDocument?.SemanticTokens?.Requests?.Full is { ValueKind: JsonValueKind.Object } full
        && full.TryGetProperty("delta", out var delta) && delta.ValueKind == JsonValueKind.True;

    public void Register()
    {
        // Which names mean what may depend on files that are not read yet; colours that come a little later are better than wrong ones.
        session.RegisterOnceRead("textDocument/semanticTokens/full", (snapshot, parameters, cancellation) =>
            FeatureHandlers.Find(snapshot, ProtocolJson.Read(parameters, ProtocolJson.Default.DocumentParams).TextDocument.Uri) is { } open
                ? ToFull(open, FindNumbers(snapshot, open, null, cancellation))
                : null);
        session.RegisterOnceRead("textDocument/semanticTokens/full/delta", (snapshot, parameters, cancellation) =>
        {
            var asked = ProtocolJson.Read(parameters, ProtocolJson.Default.SemanticTokensDeltaParams);
            return FeatureHandlers.Find(snapshot, asked.TextDocument.Uri) is { } open
                ? ToDelta(open, asked.PreviousResultId, FindNumbers(snapshot, open, null, cancellation))
                : null;
        });
        session.RegisterOnceRead("textDocument/semanticTokens/range", (snapshot, parameters, cancellation) =>
        {
            var asked = ProtocolJson.Read(parameters, ProtocolJson.Default.SemanticTokensRangeParams);
            return FeatureHandlers.Find(snapshot, asked.TextDocument.Uri) is { } open
                ? ProtocolJson.Write(new SemanticTokens(FindNumbers(snapshot, open, asked.Range, cancellation)), ProtocolJson.Default.SemanticTokens)
                : null;
        });
    }

    /// <summary>Says what the server can do.</summary>
    public void Announce(JsonObject capabilities) => capabilities["semanticTokensProvider"] = new JsonObject
    {
        ["legend"] = new JsonObject
        {
            ["tokenTypes"] = new JsonArray([.. Enum.GetNames<SemanticTokenKind>().Select(n => JsonValue.Create(n.ToLowerInvariant()))]),
            ["tokenModifiers"] = new JsonArray([.. Enum.GetNames<SemanticTokenModifiers>().Skip(1).Select(n => JsonValue.Create(n.ToLowerInvariant()))]),
        },
        ["full"] = TakesDelta ? new JsonObject { ["delta"] = true } : true,
        ["range"] = true,
    };

    /// <summary>Forgets what was sent of a document that is closed.</summary>
    public void Closed(string uri) => _sent.TryRemove(DocumentUri.ToKey(uri), out _);

    private int[] FindNumbers(WorkspaceSnapshot snapshot, OpenDocument open, Protocol.Range? range, CancellationToken cancellation) => Translation.ToTokens(
        LanguageFeatures.GetTokens(snapshot.FactoryOf(open.Root), open.Document!, range is null ? null : session.Encoding.ToSpan(open.Text, range), cancellation), open.Text, session);

    private JsonElement ToFull(OpenDocument open, int[] numbers) =>
        ProtocolJson.Write(new SemanticTokens(numbers, TakesDelta ? Keep(open, numbers) : null), ProtocolJson.Default.SemanticTokens);

    /// <summary>One edit of all that lies between what is the same at both ends; everything where it is not known what the client has.</summary>
    private JsonElement ToDelta(OpenDocument open, string previous, int[] numbers)
    {
        if (!_sent.TryGetValue(DocumentUri.ToKey(open.Uri), out var last) || last.Id != previous)
        {
            return ToFull(open, numbers);
        }

        var start = last.Numbers.AsSpan().CommonPrefixLength(numbers);
        var end = 0;
        while (end < Math.Min(last.Numbers.Length, numbers.Length) - start && last.Numbers[^(end + 1)] == numbers[^(end + 1)])
        {
            end++;
        }

        SemanticTokensEdit[] edits = start == numbers.Length && start == last.Numbers.Length ? [] : [new SemanticTokensEdit(start, last.Numbers.Length - start - end, numbers[start..^end])];
        return ProtocolJson.Write(new SemanticTokensDelta(Keep(open, numbers), edits), ProtocolJson.Default.SemanticTokensDelta);
    }

    private string Keep(OpenDocument open, int[] numbers)
    {
        var id = Interlocked.Increment(ref _count).ToString(CultureInfo.InvariantCulture);
        _sent[DocumentUri.ToKey(open.Uri)] = (id, numbers);
        if (session.Workspace.Current.FindOpen(open.Uri) is null)
        {
            Closed(open.Uri);
        }

        return id;
    }
}
