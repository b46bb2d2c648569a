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
        var usesColour = !Console.IsOutputRedirected && Environment.GetEnvironmentVariable("NO_COLOR") is null or "";
        FindingsFormats.WriteLines(stream, report.Findings.Select(f => Describe(f, usesColour)).Append(report.Summary));
    }

    private static string Describe(Finding finding, bool usesColour)
    {
        var severity = FindingsReport.WordOf(finding.Diagnostic.Severity);
        var colour = finding.Diagnostic.Severity switch { DiagnosticSeverity.Error => Red, DiagnosticSeverity.Warning => Yellow, _ => Blue };
        var coloured = usesColour ? $"\u001B[{colour}m{severity}\u001B[0m" : severity;
        return $"{finding.File}:{finding.Start.Line + 1}:{finding.Start.Character + 1} {coloured} {finding.Diagnostic.Code} {finding.Diagnostic.Message}";
    }
}
