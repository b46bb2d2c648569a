// Ways to hear no more of a finding: on its line, or of its rule in the whole factory.
using System.Collections.Immutable;
using Pipewright.Core.Factory;
using Pipewright.Core.Rules.Suppression;
using Pipewright.Core.Syntax;
using Pipewright.Core.Text;

namespace Pipewright.Core.Features;

internal static class RuleSwitches
{
    public static ImmutableArray<CodeFix> Find(FactorySnapshot factory, ResourceDocument document, Diagnostic finding)
    {
        var switches = ImmutableArray.CreateBuilder<CodeFix>();

        // Studio does not keep comments of JSON, and other readers refuse them.
        if (document.IsSpec && !finding.Code.StartsWith("PW1", StringComparison.Ordinal) && WriteComment(document, finding) is { } comment)
        {
            switches.Add(new CodeFix($"Ignore {finding.Code} on this line", [comment]) { IsPreferred = false });
        }

        if (factory.Configuration.SetSeverity(finding.Code, DiagnosticSeverity.Off) is { } change)
        {
            switches.Add(new CodeFix($"Switch {finding.Code} off in {factory.Configuration.File?.Path ?? FactoryConfiguration.FileName}", new FixEdit([], change)) { IsPreferred = false });
        }

        return switches.ToImmutable();
    }

    /// <summary>A comment above the line of a finding, or a further code in the one that is there. Null inside of a text of several lines, where it would be text.</summary>
    private static TextChange? WriteComment(ResourceDocument document, Diagnostic finding)
    {
        var text = document.Text;
        var line = text.GetLineSpan(text.GetLine(finding.Span.Start));
        if (document.Syntax.FindNode(line.Start) is ScalarSyntax scalar && scalar.Span.Start < line.Start && scalar.Span.End > line.Start)
        {
            return null;
        }

        var number = text.GetLine(finding.Span.Start);
        if (SuppressionComment.FindAll(document.Syntax).LastOrDefault(c => c.Verb == SuppressionComment.NextLine && c.FirstLine == number && c.IsUnderstood) is { } comment)
        {
            return new TextChange(new TextSpan(comment.Rules[^1].Span.End, 0), " " + finding.Code);
        }

        var content = text.ToString(line);
        var indent = content[..(content.Length - content.TrimStart(' ').Length)];
        var newLine = text.Content.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n";
        return new TextChange(new TextSpan(line.Start, 0), $"{indent}# pipewright:{SuppressionComment.NextLine} {finding.Code}{newLine}");
    }
}
