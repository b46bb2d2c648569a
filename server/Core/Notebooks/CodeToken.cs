using System.Collections.Immutable;

namespace Pipewright.Core.Notebooks;

internal enum CodeTokenKind
{
    Word,
    Number,

    /// <summary>A string in any kind of quotes.</summary>
    Text,

    /// <summary>One character that is none of the others.</summary>
    Mark,

    /// <summary>The end of a statement: a line that ends outside of all brackets, or a semicolon.</summary>
    End,
}

/// <summary>A part of a string.</summary>
/// <param name="Literal">Null for code that is embedded in it, which stands between <paramref name="Start"/> and <paramref name="End"/>.</param>
internal readonly record struct TextPiece(string? Literal, int Start, int End);

/// <summary>What a string says.</summary>
/// <param name="ContentStart">Behind its opening quotes.</param>
/// <param name="ContentEnd">Before its closing quotes.</param>
internal sealed record QuotedText(int ContentStart, int ContentEnd, ImmutableArray<TextPiece> Pieces)
{
    /// <summary>Its value; null where code is embedded.</summary>
    public string? Value => Pieces.IsEmpty ? "" : Pieces is [{ Literal: { } only }] ? only : null;
}

/// <summary>A token of code; comments and white space are none.</summary>
/// <param name="Text">Of strings only.</param>
internal readonly record struct CodeToken(CodeTokenKind Kind, int Start, int End, QuotedText? Text = null);
