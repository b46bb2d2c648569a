// A file with its findings in it: each stands in a comment under the line where it begins, with tildes under its characters.
using System.Text;
using System.Text.RegularExpressions;
using Pipewright.Core.Text;

namespace Pipewright.Core.Tests.Golden;

internal static partial class GoldenFile
{
    /// <summary>The text without the comments that <see cref="Write"/> puts in.</summary>
    public static string Strip(string golden) => string.Join('\n', golden.Split('\n').Where(l => !Comment().IsMatch(l)));

    /// <summary>The codes of the findings that a golden text shows.</summary>
    public static IEnumerable<string> CodesOf(string golden) => Comment().Matches(golden).Select(m => m.Groups["code"].Value);

    /// <summary>The text with a comment for each finding. A comment sign in the first columns may cover what it stands for.</summary>
    public static string Write(string path, SourceText text, IEnumerable<Diagnostic> found)
    {
        var sign = path.EndsWith(".json", StringComparison.OrdinalIgnoreCase) ? "//" : "#";
        var ofLine = found.OrderBy(d => d.Span.Start).ThenBy(d => d.Span.Length).ThenBy(d => d.Code, StringComparer.Ordinal).ToLookup(d => text.GetLine(d.Span.Start));
        return string.Join('\n', Enumerable.Range(0, text.LineCount).SelectMany(l => ofLine[l].Select(d => Describe(sign, text, d)).Prepend(text.ToString(text.GetLineSpan(l)))));
    }

    private static string Describe(string sign, SourceText text, Diagnostic finding)
    {
        var line = text.GetLineSpan(text.GetLine(finding.Span.Start));
        var before = text.ToString(TextSpan.FromBounds(line.Start, finding.Span.Start)).Select(c => c == '\t' ? '\t' : ' ');
        var shown = new StringBuilder().AppendJoin("", before).Append('~', Math.Max(1, Math.Min(finding.Span.End, line.End) - finding.Span.Start)).ToString();
        var fixes = finding.Fixes.IsEmpty ? "" : " | fix: " + string.Join(", ", finding.Fixes.Select(f => f.Title));
        return $"{sign}{shown[Math.Min(sign.Length, shown.Length)..]} {finding.Code} {finding.Severity.ToString().ToLowerInvariant()}: {finding.Message}{fixes}";
    }

    [GeneratedRegex(@"^(#|//)[ \t]*~* (?<code>PW\d{4}) (error|warning|information|hint): ", RegexOptions.Multiline)]
    private static partial Regex Comment();
}
