// Mistakes that people make, seeded into files that are right, to see whether each is found where it was made.
using System.Collections.Immutable;
using Pipewright.Core.Binding;
using Pipewright.Core.Schema;
using Pipewright.Core.Text;

namespace Pipewright.Core.Tests.Mutations;

/// <summary>A kind of mistake.</summary>
/// <param name="Area">A word for the table: syntax, schema …</param>
/// <param name="Name">What the person did, in a few words.</param>
/// <param name="Codes">Any of these tells it rightly.</param>
/// <param name="Seed">All places of a resource at which the mistake can be made; a null is one where it cannot be written after all.</param>
internal sealed record Mutation(string Area, string Name, ImmutableArray<string> Codes, Func<Subject, IEnumerable<Mistake?>> Seed)
{
    /// <summary>The form that it can be said in; null for both.</summary>
    public ResourceForm? Form { get; init; }

    /// <summary>The kinds of resource that it can be made in; empty for all.</summary>
    public ImmutableArray<ResourceKind> Kinds { get; init; } = [];

    /// <summary>Why some of them are not found: the least share that is, from 0 to 1, and the reason.</summary>
    public (double Share, string Reason)? Known { get; init; }

    public bool Fits(Subject subject) => (Form is not { } form || form == subject.Document.Classification.Form)
        && (Kinds.IsEmpty || Kinds.Contains(subject.Document.Classification.Kind));
}

/// <summary>A mistake at one place of one document.</summary>
/// <param name="Changes">Of the document's text.</param>
internal sealed record Mistake(ImmutableArray<TextChange> Changes)
{
    /// <summary>Where it may be told, in the text before; empty for what the changes write.</summary>
    public ImmutableArray<TextSpan> At { get; init; } = [];

    /// <summary>The part of what the changes write at which it is told; null for all of it.</summary>
    public string? Marker { get; init; }

    /// <summary>Where the file lies afterwards; null for where it was.</summary>
    public string? Path { get; init; }

    /// <summary>Another file that comes with it, under a path and with a text.</summary>
    public (string Path, string Text)? Other { get; init; }

    /// <summary>The places where it may be told, in the text after.</summary>
    public IEnumerable<TextSpan> PlacesAfter()
    {
        if (!At.IsEmpty)
        {
            return At.Select(Map);
        }

        var shift = 0;
        var places = new List<TextSpan>();
        foreach (var change in Changes.OrderBy(c => c.Span.Start).ThenBy(c => c.Span.End))
        {
            var at = Marker is null ? 0 : change.NewText.IndexOf(Marker, StringComparison.Ordinal);
            if (at >= 0)
            {
                places.Add(new TextSpan(change.Span.Start + shift + at, Marker?.Length ?? change.NewText.Length));
            }

            shift += change.NewText.Length - change.Span.Length;
        }

        return places;
    }

    /// <summary>Where a span of the text before is in the text after; what is written in its place or at its edges is part of it.</summary>
    public TextSpan Map(TextSpan span)
    {
        var (start, end, shift) = (span.Start, span.End, 0);
        var (newStart, newEnd) = (-1, -1);
        foreach (var change in Changes.OrderBy(c => c.Span.Start).ThenBy(c => c.Span.End))
        {
            newStart = newStart < 0 && change.Span.End >= start ? Math.Min(start, change.Span.Start) + shift : newStart;
            newEnd = newEnd < 0 && change.Span.Start > end ? end + shift : newEnd;
            shift += change.NewText.Length - change.Span.Length;
            newEnd = newEnd < 0 && change.Span.End > end ? change.Span.End + shift : newEnd;
        }

        return TextSpan.FromBounds(newStart < 0 ? start + shift : newStart, newEnd < 0 ? end + shift : newEnd);
    }
}
