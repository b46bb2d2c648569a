// What the tool has to say about a text: a finding with a stable code, a place, a message and, where a person would know one, a fix.
using System.Collections.Immutable;

namespace Pipewright.Core.Text;

public enum DiagnosticSeverity
{
    Off,
    Hint,
    Information,
    Warning,
    Error,
}

[Flags]
public enum DiagnosticTags
{
    None = 0,

    /// <summary>The text has no effect; editors fade it.</summary>
    Unnecessary = 1,

    /// <summary>The text uses something that is deprecated; editors strike it through.</summary>
    Deprecated = 2,
}

/// <summary>A kind of finding.</summary>
/// <param name="Code">Stable, <c>PW</c> and four digits; the first digit names the source (1 syntax, 2 schema, 4 references …).</param>
/// <param name="Severity">Unless the factory's configuration says otherwise.</param>
/// <param name="Title">A few words for lists and for the page <c>docs/rules/CODE.md</c>.</param>
public sealed record DiagnosticDescriptor(
    string Code, DiagnosticSeverity Severity, string Title, DiagnosticTags Tags = DiagnosticTags.None)
{
    public Diagnostic At(TextSpan span, string message, params ImmutableArray<CodeFix> fixes) => new(this, span, message, fixes.IsDefault ? [] : fixes);
}

/// <summary>One finding.</summary>
/// <param name="Span">Where, in the document that it was reported for.</param>
/// <param name="Message">What is wrong, in the domain's words, and what to write instead.</param>
/// <param name="Fixes">Each makes this finding go away.</param>
public sealed record Diagnostic(DiagnosticDescriptor Descriptor, TextSpan Span, string Message, ImmutableArray<CodeFix> Fixes)
{
    public string Code => Descriptor.Code;

    /// <summary>Its descriptor's, unless the factory's configuration says otherwise.</summary>
    public DiagnosticSeverity Severity { get; init; } = Descriptor.Severity;

    /// <summary>Other places that have to do with it.</summary>
    public ImmutableArray<RelatedPlace> Related { get; init; } = [];

    /// <summary>The same finding, with its fixes, in a text in which what it is about stands elsewhere. Not for one that speaks of other places.</summary>
    internal Diagnostic Moved(int by) => by == 0 ? this : this with
    {
        Span = new TextSpan(Span.Start + by, Span.Length),
        Fixes = [.. Fixes.Select(f => f.Map(changes => [.. changes.Select(c => new TextChange(new TextSpan(c.Span.Start + by, c.Span.Length), c.NewText))]))],
    };

    /// <summary>The fix that people would take without thinking; null where there is a choice, or something to be filled in.</summary>
    public CodeFix? PreferredFix => Fixes.FirstOrDefault(f => f.IsPreferred == true) ?? (Fixes is [{ IsPreferred: not false } only] ? only : null);
}

/// <summary>A place in any file of a factory.</summary>
/// <param name="Path">Relative to the factory root.</param>
/// <param name="Message">What is there: <c>declared here</c>.</param>
public sealed record RelatedPlace(string Path, TextSpan Span, string Message);
