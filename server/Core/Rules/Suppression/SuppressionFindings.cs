using System.Collections.Immutable;
using Pipewright.Core.Factory;
using Pipewright.Core.Text;

namespace Pipewright.Core.Rules.Suppression;

/// <summary>Takes away the findings that comments of a document switch off, and says which of these comments do nothing.</summary>
internal static class SuppressionFindings
{
    private static readonly DiagnosticDescriptor NotUnderstood = new("PW9006", DiagnosticSeverity.Warning, "Comment to the checker is not understood");

    private static readonly DiagnosticDescriptor Needless = new("PW9007", DiagnosticSeverity.Hint, "Comment switches off what is not found", DiagnosticTags.Unnecessary);

    public static ImmutableArray<DiagnosticDescriptor> All { get; } = [NotUnderstood, Needless];

    /// <summary>The findings that stay, with those about the comments.</summary>
    public static IEnumerable<Diagnostic> Apply(ResourceDocument document, FactoryConfiguration configuration, IReadOnlyList<Diagnostic> found)
    {
        var comments = SuppressionComment.FindAll(document.Syntax);
        if (comments.IsEmpty)
        {
            return found;
        }

        var used = new HashSet<NamedRule>();
        var kept = found.Where(d => !IsSwitchedOff(document.Text, d, comments, used)).ToList();
        return kept.Concat(comments.SelectMany(c => Check(document, configuration, c, used)));
    }

    /// <summary>A finding is on the line where it starts. Every comment about it counts as used.</summary>
    private static bool IsSwitchedOff(SourceText text, Diagnostic finding, ImmutableArray<SuppressionComment> comments, HashSet<NamedRule> used)
    {
        var line = text.GetLine(finding.Span.Start);
        var covering = comments.Where(c => c.IsUnderstood && c.Disables && c.FirstLine <= line && line <= c.LastLine).SelectMany(c => c.Rules).Where(r => r.Covers(finding.Code)).ToList();
        used.UnionWith(covering);
        return covering.Count > 0;
    }

    private static IEnumerable<Diagnostic> Check(ResourceDocument document, FactoryConfiguration configuration, SuppressionComment comment, HashSet<NamedRule> used)
    {
        if (!comment.IsUnderstood)
        {
            return [NotUnderstood.At(comment.Span, SuppressionComment.Verbs.Contains(comment.Verb)
                ? $"'{comment.Verb}' is followed by the codes of rules: pipewright:{comment.Verb} PW4101."
                : $"There is no '{comment.Verb}'. Write pipewright: and one of {string.Join(", ", SuppressionComment.Verbs)}, then codes of rules.")];
        }

        return comment.Rules.Select(rule => Check(document, configuration, comment, rule, used)).OfType<Diagnostic>();
    }

    private static Diagnostic? Check(ResourceDocument document, FactoryConfiguration configuration, SuppressionComment comment, NamedRule rule, HashSet<NamedRule> used)
    {
        var known = RuleCatalog.All.Where(r => rule.Covers(r.Code)).ToList();
        if (known.Count == 0)
        {
            return ConfigurationFindings.ReportUnknown(rule.Code, rule.Span);
        }

        return !comment.Disables || used.Contains(rule) || known.TrueForAll(r => configuration.SeverityOf(r) == DiagnosticSeverity.Off)
            ? null
            : Needless.At(rule.Span, $"{rule.Code} is not found here: the comment does nothing.", new CodeFix("Remove it", [Remove(document.Text, comment, rule)]));
    }

    /// <summary>Takes a code away, or the comment with its last one; of a comment on a line of its own, the line.</summary>
    private static TextChange Remove(SourceText text, SuppressionComment comment, NamedRule rule)
    {
        if (comment.Rules.Length > 1)
        {
            var index = comment.Rules.IndexOf(rule);
            return new TextChange(
                index > 0 ? TextSpan.FromBounds(comment.Rules[index - 1].Span.End, rule.Span.End) : TextSpan.FromBounds(rule.Span.Start, comment.Rules[1].Span.Start), "");
        }

        var line = text.GetLine(comment.Span.Start);
        var span = text.GetLineSpan(line);
        var isAlone = string.IsNullOrWhiteSpace(text.ToString(TextSpan.FromBounds(span.Start, comment.Span.Start)));
        var before = text.ToString(TextSpan.FromBounds(span.Start, comment.Span.Start));
        return !isAlone ? new TextChange(TextSpan.FromBounds(span.Start + before.TrimEnd().Length, comment.Span.End), "")
            : new TextChange(line + 1 < text.LineCount && comment.Span.End >= span.End ? TextSpan.FromBounds(span.Start, text.GetLineSpan(line + 1).Start) : comment.Span, "");
    }
}
