using System.Collections.Immutable;
using Pipewright.Core.Factory;
using Pipewright.Core.Features;
using Pipewright.Core.Text;

namespace Pipewright.Core.Tests.Mutations;

internal enum Verdict
{
    Found,

    /// <summary>The right code, and elsewhere.</summary>
    WrongPlace,

    /// <summary>Something else is told at the place.</summary>
    WrongCode,

    NotFound,
}

/// <summary>What became of one mistake.</summary>
/// <param name="Where">Factory, file, line and what was written, for people.</param>
/// <param name="New">What is found that was not before.</param>
/// <param name="Loud">How many of those are warnings or errors.</param>
internal sealed record Outcome(Mutation Mutation, bool IsSpec, Verdict Verdict, string Where, ImmutableArray<string> New, int Loud)
{
    /// <summary>More findings than this for one mistake are noise.</summary>
    public const int Most = 5;

    public bool IsCascade => Loud > Most;
}

/// <summary>Makes mistakes and looks at what is found.</summary>
internal static class MutationRun
{
    /// <summary>A mistake in a subject; null where the mistake is there already, or changes nothing.</summary>
    public static Outcome? Try(Subject subject, Mutation mutation, Mistake mistake)
    {
        if (After(subject, mistake) is not { } after)
        {
            return null;
        }

        var places = mistake.PlacesAfter().ToList();
        var before = subject.Findings.GroupBy(d => (d.Code, mistake.Map(d.Span).Start)).ToDictionary(g => g.Key, g => g.Count());
        if (subject.Findings.Any(d => mutation.Codes.Contains(d.Code) && Tells(d with { Span = mistake.Map(d.Span) }, after.Document, places)))
        {
            return null;
        }

        var added = LanguageFeatures.GetDiagnostics(after.Factory, after.Document, default)
            .Where(d => !Take(before, (d.Code, d.Span.Start))).ToList();
        var isRight = added.Any(d => mutation.Codes.Contains(d.Code) && Tells(d, after.Document, places));
        var verdict = isRight ? Verdict.Found
            : added.Any(d => mutation.Codes.Contains(d.Code)) ? Verdict.WrongPlace
            : added.Any(d => d.Severity >= DiagnosticSeverity.Warning && Tells(d, after.Document, places)) ? Verdict.WrongCode : Verdict.NotFound;
        return new Outcome(mutation, subject.IsSpec, verdict, Describe(subject, mistake), [.. added.Select(d => Describe(d, after.Document))], added.Count(d => d.Severity >= DiagnosticSeverity.Warning));
    }

    private static (FactorySnapshot Factory, ResourceDocument Document)? After(Subject subject, Mistake mistake)
    {
        SourceText text;
        try
        {
            text = subject.Document.Text.WithChanges(mistake.Changes);
        }
        catch (ArgumentException)
        {
            // Two edits that each are right do not always go together.
            return null;
        }

        if (mistake.Path is null && mistake.Other is null && text.Content == subject.Text)
        {
            return null;
        }

        var document = TestText.Document(mistake.Path ?? subject.Document.Path, text.Content);
        var factory = (mistake.Path is null ? subject.Factory : subject.Factory.Without(subject.Document.Path)).With(document);
        return (mistake.Other is { } other ? factory.With(TestText.Document(other.Path, other.Text)) : factory, document);
    }

    /// <summary>Whether a finding touches a place, and does not begin on a line far above it.</summary>
    private static bool Tells(Diagnostic diagnostic, ResourceDocument document, List<TextSpan> places) => places.Any(p =>
        diagnostic.Span.Start <= p.End && diagnostic.Span.End >= p.Start && document.Text.GetLine(diagnostic.Span.Start) >= document.Text.GetLine(p.Start));

    private static bool Take(Dictionary<(string, int), int> before, (string, int) key)
    {
        if (before.GetValueOrDefault(key) is 0)
        {
            return false;
        }

        before[key]--;
        return true;
    }

    private static string Describe(Subject subject, Mistake mistake)
    {
        var written = string.Join(" … ", mistake.Changes.Select(c => $"{Short(subject.Document.Text.ToString(c.Span))} → {Short(c.NewText)}"));
        var line = mistake.Changes.IsEmpty ? 0 : subject.Document.Text.GetLine(mistake.Changes[0].Span.Start);
        return $"{subject.FactoryName}/{subject.Document.Path}:{line + 1} {written}{(mistake.Path is { } path ? " as " + path : "")}";
    }

    private static string Describe(Diagnostic diagnostic, ResourceDocument document) =>
        $"{diagnostic.Code} at {document.Text.GetLine(diagnostic.Span.Start) + 1} '{Short(document.Text.ToString(diagnostic.Span))}': {diagnostic.Message}";

    private static string Short(string text) => text.ReplaceLineEndings("⏎").Replace('\t', ' ') is { Length: > 90 } longer ? longer[..80] + "…" : text.ReplaceLineEndings("⏎").Replace('\t', ' ');
}
