using Pipewright.Core.Text;

namespace Pipewright.LanguageServer.CommandLine.Reports;

/// <summary>A line a finding, for people.</summary>
internal static class TextFindings
{
    private const int Red = 31;
    private const int Yellow = 33;
    private const int Blue = 34;

    public static void Write(FindingsReport report, Stream stream)
    {
        FindingsFormats.WriteLines(stream, report.Findings.Select(f => Describe(f, Terminal.UsesColour)).Append(report.Summary));
    }

    private static string Describe(Finding finding, bool usesColour)
    {
        var severity = FindingsReport.WordOf(finding.Diagnostic.Severity);
        var colour = finding.Diagnostic.Severity switch { DiagnosticSeverity.Error => Red, DiagnosticSeverity.Warning => Yellow, _ => Blue };
        return $"{finding.File}:{finding.Start.Line + 1}:{finding.Start.Character + 1} {Terminal.Paint(severity, colour, usesColour)} {finding.Diagnostic.Code} {finding.Diagnostic.Message}";
    }
}
