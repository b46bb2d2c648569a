// Gathers the proposals at a cursor in an expression, written as the scalar around it needs.
using System.Buffers;
using System.Globalization;
using System.Text;
using Pipewright.Core.Syntax;
using Pipewright.Core.Text;

namespace Pipewright.Core.Features.Expressions;

/// <summary>The groups of a list, first to last.</summary>
internal enum ExpressionRank
{
    /// <summary>Names of the type that is wanted.</summary>
    FittingName,
    FittingFunction,
    Name,
    Context,
    Function,
    Keyword,

    /// <summary>What cannot be read here, and is shown so that its absence is no riddle.</summary>
    OutOfReach,
}

internal sealed class ExpressionItems(ExpressionCursor cursor)
{
    /// <summary>What may end a plain scalar.</summary>
    private static readonly SearchValues<char> Punctuation = SearchValues.Create("[]{},:#\"");

    private readonly List<(ExpressionRank Rank, CompletionItem Item)> _items = [];
    private readonly HashSet<string> _labels = new(StringComparer.Ordinal);

    /// <summary>Adds a proposal, unless there is one of its label.</summary>
    /// <param name="text">What goes in place of <paramref name="replaced"/>: in the value, without escapes.</param>
    /// <param name="replaced">In the value; the cursor's word by default.</param>
    /// <param name="stop">Where in the text the cursor goes; null for its end.</param>
    public void Add(
        ExpressionRank rank, string label, CompletionKind kind, string text, string? detail, string? documentation = null, TextSpan? replaced = null, int? stop = null)
    {
        var span = replaced ?? cursor.Replaced;
        if (!cursor.IsOneLine(span) || string.IsNullOrWhiteSpace(label) || !_labels.Add(label))
        {
            return;
        }

        var item = NeedsQuotes(text) ? Quote(label, kind, text, span, stop) : Insert(label, kind, text, span, stop);

        // After what has members a dot takes it and goes on; inside of quotes it would be part of the text.
        var takesDot = kind is CompletionKind.Property or CompletionKind.Parameter or CompletionKind.Variable && stop is null && cursor.Kind != CursorKind.Text;
        _items.Add((rank, item with { Detail = detail, Documentation = documentation, CommitCharacters = takesDot ? "." : "" }));
    }

    public CompletionResult ToResult() => new([.. _items
        .OrderBy(i => i.Rank)
        .Select((i, index) => i.Item with { SortText = index.ToString("D4", CultureInfo.InvariantCulture) })]);

    /// <summary>
    /// No plain scalar starts with <c>@</c>, so one that does is still being typed; and punctuation may end it, in a flow or by what is beside it.
    /// </summary>
    private bool NeedsQuotes(string text) => cursor.Site.Syntax is { Style: ScalarStyle.Plain } syntax
        && (cursor.Text.StartsWith('@') || text.AsSpan().ContainsAny(Punctuation)) && cursor.IsOneLine(new TextSpan(0, cursor.Text.Length)) && syntax.Span.Length == cursor.Text.Length;

    /// <summary>The whole scalar in quotes; the cursor stays after what was taken.</summary>
    private CompletionItem Quote(string label, CompletionKind kind, string text, TextSpan span, int? stop)
    {
        var (before, after) = (cursor.Text[..span.Start], cursor.Text[span.End..]);
        var written = stop is { } at ? $"{SnippetOf(text[..at])}$1{SnippetOf(text[at..])}" : SnippetOf(text);
        return new CompletionItem(label, kind, cursor.Site.Syntax.Span, $"\"{SnippetOf(before)}{written}$0{SnippetOf(after)}\"", IsSnippet: true)
        {
            FilterText = cursor.Text[..cursor.Replaced.Start] + label,
        };

        static string SnippetOf(string part) => EscapeSnippet(YamlScalars.EscapeDoubleQuoted(part));
    }

    private CompletionItem Insert(string label, CompletionKind kind, string text, TextSpan span, int? stop)
    {
        // The editor matches what is typed with what stands in the replaced text, its first characters included.
        var lead = cursor.Text[span.Start..Math.Max(span.Start, cursor.Replaced.Start)];
        return new CompletionItem(label, kind, cursor.Site.Syntax.ToSourceSpan(span), Write(text, stop), stop is not null)
        {
            FilterText = lead.Length > 0 ? Escape(lead) + label : null,
        };
    }

    private string Write(string text, int? stop) =>
        stop is { } at ? EscapeSnippet(Escape(text[..at])) + "$1" + EscapeSnippet(Escape(text[at..])) + "$0" : Escape(text);

    /// <summary>A text as it is written inside of the scalar.</summary>
    private string Escape(string text) => cursor.Site.Syntax.Style switch
    {
        ScalarStyle.DoubleQuoted => YamlScalars.EscapeDoubleQuoted(text),
        ScalarStyle.SingleQuoted => YamlScalars.EscapeSingleQuoted(text),
        _ => text,
    };

    private static string EscapeSnippet(string text) => new StringBuilder(text).Replace("\\", "\\\\").Replace("$", "\\$").Replace("}", "\\}").ToString();
}
