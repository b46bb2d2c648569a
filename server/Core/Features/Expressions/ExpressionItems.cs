// Gathers the proposals at a cursor in an expression, written as the scalar around it needs.
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
    private readonly List<(ExpressionRank Rank, CompletionItem Item)> _items = [];
    private readonly HashSet<string> _labels = new(StringComparer.Ordinal);

    /// <summary>Adds a proposal, unless there is one of its label.</summary>
    /// <param name="text">What goes in place of <paramref name="replaced"/>: in the value, without escapes.</param>
    /// <param name="replaced">In the value; the cursor's word by default.</param>
    /// <param name="stop">Where in the text the cursor goes; null for its end.</param>
    public void Add(
        ExpressionRank rank, string label, CompletionKind kind, string text, string? detail, string? documentation = null, TextSpan? replaced = null, int? stop = null)
    {
        if (!_labels.Add(label))
        {
            return;
        }

        var span = replaced ?? cursor.Replaced;
        var isSnippet = stop is not null;
        var written = stop is { } at ? EscapeSnippet(Escape(text[..at])) + "$1" + EscapeSnippet(Escape(text[at..])) + "$0" : Escape(text);

        // The editor matches what is typed with what stands in the replaced text, its first characters included.
        var lead = cursor.Text[span.Start..Math.Max(span.Start, cursor.Replaced.Start)];
        _items.Add((rank, new CompletionItem(label, kind, cursor.Site.Syntax.ToSourceSpan(span), written, isSnippet, detail, documentation)
        {
            FilterText = lead.Length > 0 ? Escape(lead) + label : null,
        }));
    }

    public CompletionResult ToResult() => new([.. _items
        .OrderBy(i => i.Rank)
        .Select((i, index) => i.Item with { SortText = index.ToString("D4", CultureInfo.InvariantCulture) })]);

    /// <summary>A text as it is written inside of the scalar.</summary>
    private string Escape(string text) => cursor.Site.Syntax.Style switch
    {
        ScalarStyle.DoubleQuoted => YamlScalars.EscapeDoubleQuoted(text),
        ScalarStyle.SingleQuoted => YamlScalars.EscapeSingleQuoted(text),
        _ => text,
    };

    private static string EscapeSnippet(string text) => new StringBuilder(text).Replace("\\", "\\\\").Replace("$", "\\$").Replace("}", "\\}").ToString();
}
