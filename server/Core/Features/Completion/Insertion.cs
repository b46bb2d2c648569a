using Pipewright.Core.Text;

namespace Pipewright.Core.Features.Completion;

internal enum Notation
{
    /// <summary>YAML structured by indentation.</summary>
    Block,

    /// <summary>YAML in braces and brackets.</summary>
    Flow,
    Json,
}

/// <summary>Where and how the text of a completion goes in.</summary>
/// <param name="Span">What it takes the place of; within one line.</param>
/// <param name="Indent">The white space before what is inserted when it stands on a line of its own; further lines start with it.</param>
/// <param name="Step">One more level of indentation.</param>
internal sealed record Insertion(TextSpan Span, Notation Notation, string Indent, string Step, string NewLine)
{
    /// <summary>What comes before: white space, a dash, a comma, an opening bracket.</summary>
    public string Lead { get; init; } = "";

    /// <summary>What comes after: a comma, a closing quote or bracket.</summary>
    public string Trail { get; init; } = "";

    /// <summary>The quote that the cursor is inside of; only a string can go in there. Null outside of quotes.</summary>
    public char? Quote { get; init; }

    /// <summary>The text that goes is a string with its quotes, which the editor matches the proposal against.</summary>
    public bool ReplacesQuotes { get; init; }

    /// <summary>What of the text before the word it takes the place of as well, which the editor matches the proposal against too.</summary>
    public string Replaced { get; init; } = "";

    /// <summary>Only white space or a comment follows on the line, so that more lines can.</summary>
    public bool EndsLine { get; init; }

    /// <summary>The white space before the dash of the item that the insertion is the start of; null where it is at no item of a block list.</summary>
    public string? Dash { get; init; }

    /// <summary>A change elsewhere that the insertion needs: the comma after the member before.</summary>
    public TextChange? AlsoChange { get; init; }

    public Insertion Deeper() => this with { Indent = Indent + Step };

    /// <summary>The same place, with what belongs to a new item of a block sequence before it.</summary>
    public Insertion AsItem() => this with { Lead = Lead + "- ", Dash = Indent, Indent = Indent + "  " };
}
