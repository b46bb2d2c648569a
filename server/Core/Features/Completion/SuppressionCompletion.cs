// The comments that switch findings off: what they begin with, their verbs, and the codes of rules.
using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using Pipewright.Core.Factory;
using Pipewright.Core.PipelineTests;
using Pipewright.Core.Rules;
using Pipewright.Core.Rules.Suppression;
using Pipewright.Core.Text;

namespace Pipewright.Core.Features.Completion;

internal static partial class SuppressionCompletion
{
    /// <summary>The proposals in a comment; none in one that is about something else.</summary>
    public static CompletionResult Find(FactorySnapshot factory, ResourceDocument document, int offset, CancellationToken cancellation)
    {
        var text = document.Text;
        var line = text.GetLineSpan(text.GetLine(offset));
        var before = text.ToString(TextSpan.FromBounds(line.Start, offset));
        if (Codes().Match(before) is { Success: true } codes)
        {
            var named = codes.Groups["code"].Captures.Select(c => c.Value).ToHashSet(StringComparer.OrdinalIgnoreCase);
            return InOrder(FindRules(factory, document, offset, codes.Groups["verb"].Value, cancellation).Where(r => !named.Contains(r.Code)).Select(r => new CompletionItem(
                r.Code, CompletionKind.Value, WordBefore(offset, codes.Groups["word"]), r.Code, Detail: r.Title)
            { FilterText = $"{r.Code} {r.Title}" }));
        }

        return Start().Match(before) is { Success: true } start && "pipewright:".StartsWith(start.Groups["word"].Value.Split(':')[0], StringComparison.OrdinalIgnoreCase)
            ? InOrder(SuppressionComment.Verbs.Select(v => new CompletionItem(
                $"pipewright:{v}", CompletionKind.Keyword, WordBefore(offset, start.Groups["word"]), $"pipewright:{v} ", Documentation: Describe(v))))
            : CompletionResult.Empty;
    }

    private static TextSpan WordBefore(int offset, Group word) => TextSpan.FromBounds(offset - word.Length, offset);

    private static CompletionResult InOrder(IEnumerable<CompletionItem> items) =>
        new([.. items.Select((item, i) => item with { SortText = i.ToString("D4", CultureInfo.InvariantCulture) })]);

    /// <summary>Those that find something where the comment looks come first.</summary>
    private static IEnumerable<DiagnosticDescriptor> FindRules(FactorySnapshot factory, ResourceDocument document, int offset, string verb, CancellationToken cancellation)
    {
        var here = document.Text.GetLine(offset);
        Func<int, bool> isMeant = verb.ToLowerInvariant() switch
        {
            SuppressionComment.NextLine => line => line == here + 1,
            "disable-line" => line => line == here,
            _ => line => line >= here,
        };
        var found = document.Diagnostics.Concat(document.IsTest ? PipelineTestFindings.Find(factory, document) : RuleSet.Check(factory, document, cancellation))
            .Where(d => isMeant(document.Text.GetLine(d.Span.Start))).Select(d => d.Code).ToImmutableHashSet();
        return RuleCatalog.All.Where(r => !r.Code.StartsWith("PW1", StringComparison.Ordinal)).OrderBy(r => found.Contains(r.Code) ? 0 : 1);
    }

    private static string Describe(string verb) => verb switch
    {
        SuppressionComment.NextLine => "Take findings of the next line away.",
        "disable-line" => "Take findings of this line away.",
        "disable" => "Take findings away from here on.",
        _ => "Show findings again from here on.",
    };

    [GeneratedRegex(@"(#|//|/\*)\s*(?<word>pi[\w:-]*)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Start();

    [GeneratedRegex(@"(#|//|/\*)\s*pipewright:\s*(?<verb>[\w-]+)([\s,]+(?<code>[^\s,*-]+)(?=[\s,]))*[\s,]+(?<word>\w*)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Codes();
}
