// The layout of a text: all of it, some lines, or what follows from a character that was typed.
using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Pipewright.Core.Features;
using Pipewright.Core.Features.Formatting;
using Pipewright.Core.Text;
using Pipewright.LanguageServer.Protocol;
using Pipewright.LanguageServer.Workspaces;

namespace Pipewright.LanguageServer.Handlers;

internal static class FormattingHandlers
{
    public static void Register(ServerSession session)
    {
        Register(session, "textDocument/formatting", (open, _, style, cancellation) => LanguageFeatures.GetLayout(open.Document!, style, cancellation));
        Register(session, "textDocument/rangeFormatting", (open, asked, style, cancellation) => asked.Range is { } range
            ? LanguageFeatures.GetLayout(open.Document!, session.Encoding.ToSpan(open.Text, range), style, cancellation)
            : throw new JsonException("The range is missing."));
        Register(session, "textDocument/onTypeFormatting", (open, asked, style, cancellation) => asked is { Position: { } position, Ch: [var typed] }
            ? LanguageFeatures.GetTypingLayout(open.Document!, session.Encoding.ToOffset(open.Text, position), typed, style, cancellation)
            : throw new JsonException("The position or the character is missing."));
    }

    /// <summary>Says what the server can do.</summary>
    public static void Announce(JsonObject capabilities)
    {
        capabilities["documentFormattingProvider"] = true;
        capabilities["documentRangeFormattingProvider"] = true;
        capabilities["documentOnTypeFormattingProvider"] = new JsonObject { ["firstTriggerCharacter"] = "\n", ["moreTriggerCharacter"] = new JsonArray("@") };
    }

    private static void Register(
        ServerSession session, string method, Func<OpenDocument, FormattingParams, LayoutStyle, CancellationToken, ImmutableArray<TextChange>> find) => session.RegisterRead(method, (snapshot, parameters, cancellation) =>
    {
        var asked = ProtocolJson.Read(parameters, ProtocolJson.Default.FormattingParams);
        var options = asked.Options ?? new FormattingOptions();
        return FeatureHandlers.Find(snapshot, asked.TextDocument.Uri) is { } open
            ? ProtocolJson.Write<IReadOnlyList<TextEdit>>(
                [.. find(open, asked, new LayoutStyle(options.TabSize, options.InsertSpaces), cancellation).Select(c => new TextEdit(session.Encoding.ToRange(open.Text, c.Span), c.NewText))],
                ProtocolJson.Default.IReadOnlyListTextEdit)
            : null;
    });
}
