using System.Globalization;
using System.Text;
using Pipewright.Core.Text;

namespace Pipewright.LanguageServer.CommandLine.Reports;

/// <summary>Lines that a build service takes out of a step's output and shows at the files: the workflow commands of GitHub, the logging commands of Azure Pipelines.</summary>
internal static class PipelineCommands
{
    public static void WriteGitHub(FindingsReport report, Stream stream) => FindingsFormats.WriteLines(stream, report.Findings.Select(ToGitHub).Append(report.Summary));

    public static void WriteAzurePipelines(FindingsReport report, Stream stream) =>
        FindingsFormats.WriteLines(stream, report.Findings.Where(f => f.Diagnostic.Severity >= DiagnosticSeverity.Warning).Select(ToAzurePipelines).Append(report.Summary));

    /// <summary>By GitHub's documentation a column's end is inclusive, and columns are shown within one line only.</summary>
    private static string ToGitHub(Finding finding)
    {
        var command = finding.Diagnostic.Severity switch { DiagnosticSeverity.Error => "error", DiagnosticSeverity.Warning => "warning", _ => "notice" };
        var columns = finding.Start.Line == finding.End.Line ? $",col={Number(finding.Start.Character + 1)},endColumn={Number(Math.Max(finding.Start.Character + 1, finding.End.Character))}" : "";
        return $"::{command} file={InProperty(finding.RepositoryFile)},line={Number(finding.Start.Line + 1)},endLine={Number(finding.End.Line + 1)}{columns},"
            + $"title={InProperty($"{finding.Diagnostic.Code}: {finding.Diagnostic.Descriptor.Title}")}::{InData(finding.Diagnostic.Message)}";

        static string InData(string text) => Escape(text, ("%", "%25"), ("\r", "%0D"), ("\n", "%0A"));

        static string InProperty(string text) => Escape(InData(text), (":", "%3A"), (",", "%2C"));
    }

    /// <summary>There is nothing below a warning.</summary>
    private static string ToAzurePipelines(Finding finding)
    {
        var type = finding.Diagnostic.Severity == DiagnosticSeverity.Error ? "error" : "warning";
        return $"##vso[task.logissue type={type};sourcepath={InProperty(finding.RepositoryFile)};linenumber={Number(finding.Start.Line + 1)};columnnumber={Number(finding.Start.Character + 1)};"
            + $"code={finding.Diagnostic.Code};]{InData(finding.Diagnostic.Message)}";

        static string InData(string text) => Escape(text, ("%", "%AZP25"), ("\r", "%0D"), ("\n", "%0A"));

        static string InProperty(string text) => Escape(InData(text), (";", "%3B"), ("]", "%5D"));
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Escape(string text, params ReadOnlySpan<(string From, string To)> replacements)
    {
        var escaped = new StringBuilder(text);
        foreach (var (from, to) in replacements)
        {
            escaped.Replace(from, to);
        }

        return escaped.ToString();
    }
}
