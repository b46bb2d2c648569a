// Comments that switch findings off where they stand: # pipewright:disable-next-line PW4101 -- the reason, if you like.
using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Pipewright.Core.Syntax;
using Pipewright.Core.Text;

namespace Pipewright.Core.Rules.Suppression;

/// <summary>A rule that a comment names.</summary>
/// <param name="Code">In upper case, as <c>RuleSetting</c> has it: <c>PW4101</c> or <c>PW41XX</c>.</param>
/// <param name="Span">Where it is written.</param>
internal readonly record struct NamedRule(string Code, TextSpan Span)
{
    public bool Covers(string code) => code.StartsWith(Code.TrimEnd('X'), StringComparison.Ordinal);
}

/// <summary>A comment with the word <c>pipewright:</c> in it.</summary>
/// <param name="Verb">What comes behind the colon, in lower case.</param>
/// <param name="FirstLine">Of the lines that it is about, from 0.</param>
/// <param name="LastLine">The last of these; before the first one for a comment about no line.</param>
internal sealed partial record SuppressionComment(string Verb, ImmutableArray<NamedRule> Rules, TextSpan Span, int FirstLine, int LastLine)
{
    public const string NextLine = "disable-next-line";

    private const string Mark = "pipewright:";
    private const string ThisLine = "disable-line";
    private const string FromHere = "disable";
    private const string Again = "enable";

    /// <summary>The verbs that there are.</summary>
    public static ImmutableArray<string> Verbs { get; } = [NextLine, ThisLine, FromHere, Again];

    public bool IsUnderstood => Verbs.Contains(Verb) && (Verb == Again || !Rules.IsEmpty);

    /// <summary>Whether the comment takes findings away.</summary>
    public bool Disables => Verb != Again;

    /// <summary>All of a text, in text order.</summary>
    public static ImmutableArray<SuppressionComment> FindAll(SyntaxTree tree)
    {
        // Hardly any text has one, and to take a text apart into tokens costs more than to look.
        if (!tree.Text.Content.Contains(Mark, StringComparison.OrdinalIgnoreCase))
        {
            return [];
        }

        var comments = tree.Tokens.Where(t => t.Kind == SyntaxTokenKind.Comment).Select(t => t.Span).ToList();
        var read = comments.Select(c => Read(tree.Text, c, comments)).OfType<SuppressionComment>().ToList();
        return [.. read.Select((c, i) => c.Verb == FromHere ? c with { LastLine = FindEnd(tree.Text, c, read.Skip(i + 1)) } : c)];
    }

    private static SuppressionComment? Read(SourceText text, TextSpan comment, List<TextSpan> comments)
    {
        if (Pattern().Match(text.ToString(comment)) is not { Success: true } match)
        {
            return null;
        }

        ImmutableArray<NamedRule> rules = [.. match.Groups["code"].Captures
            .Select(c => new NamedRule(c.Value.ToUpperInvariant(), new TextSpan(comment.Start + c.Index, c.Length)))];
        var verb = match.Groups["verb"].Value.ToLowerInvariant();
        var line = text.GetLine(comment.Start);
        var (first, last) = verb switch
        {
            NextLine => FindNextLine(text, line, comments) is var next ? (next, next) : default,
            ThisLine or FromHere => (line, line),
            _ => (0, -1),
        };
        return new SuppressionComment(verb, rules, comment, first, last);
    }

    /// <summary>The next line with more than comments on it.</summary>
    private static int FindNextLine(SourceText text, int line, List<TextSpan> comments)
    {
        for (var next = line + 1; next < text.LineCount; next++)
        {
            var span = text.GetLineSpan(next);
            var start = span.Start + text.ToString(span).TakeWhile(char.IsWhiteSpace).Count();
            if (start < span.End && !comments.Exists(c => c.Start <= start && start < c.End))
            {
                return next;
            }
        }

        return line;
    }

    /// <summary>The line before the rules are switched on again, each of them or all at once.</summary>
    private static int FindEnd(SourceText text, SuppressionComment comment, IEnumerable<SuppressionComment> later)
    {
        var end = later.FirstOrDefault(l => l.Verb == Again && (l.Rules.IsEmpty || comment.Rules.All(r => l.Rules.Any(o => o.Code == r.Code))));
        return end is null ? text.LineCount : text.GetLine(end.Span.Start);
    }

    /// <summary>What is behind two dashes is for people to read.</summary>
    [GeneratedRegex(@"pipewright:\s*(?<verb>[\w-]+)(?<sep>[\s,]+(?!--)(?!\*/)(?<code>[^\s,*]+))*", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Pattern();
}
