using System.Globalization;
using System.Text;
using Pipewright.Core.Text;

namespace Pipewright.LanguageServer.CommandLine.Reports;

/// <summary>A message at a place of a file, for a build service to show there.</summary>
/// <param name="File">As the service names it: from the root of the repository.</param>
/// <param name="Start">Counts from 0.</param>
/// <param name="End">Exclusive; null where only the start is known.</param>
/// <param name="Code">Of the finding; null for none.</param>
internal sealed record Annotation(DiagnosticSeverity Severity, string File, LinePosition Start, LinePosition? End, string? Code, string Title, string Message);

/// <summary>Lines that a build service takes out of a step's output and shows at the files: the workflow commands of GitHub, the logging commands of Azure Pipelines.</summary>
internal static class PipelineCommands
{
    public static void WriteGitHub(FindingsReport report, Stream stream) => FindingsFormats.WriteLines(stream, report.Findings.Select(ToAnnotation).Select(ToGitHub).Append(report.Summary));

    public static void WriteAzurePipelines(FindingsReport report, Stream stream) =>
        FindingsFormats.WriteLines(stream, report.Findings.Where(f => f.Diagnostic.Severity >= DiagnosticSeverity.Warning).Select(ToAnnotation).Select(ToAzurePipelines).Append(report.Summary));

    /// <summary>By GitHub's documentation a column's end is inclusive, and columns are shown within one line only.</summary>
    public static string ToGitHub(Annotation annotation)
    {
        var (start, end) = (annotation.Start, annotation.End);
        var command = annotation.Severity switch { DiagnosticSeverity.Error => "error", DiagnosticSeverity.Warning => "warning", _ => "notice" };
        var lines = $"line={Number(start.Line + 1)}{(end is { } last ? $",endLine={Number(last.Line + 1)}" : "")}";
        var columns = end is { } known
            ? known.Line == start.Line ? $",col={Number(start.Character + 1)},endColumn={Number(Math.Max(start.Character + 1, known.Character))}" : ""
            : $",col={Number(start.Character + 1)}";
        var title = annotation.Code is { } code ? $"{code}: {annotation.Title}" : annotation.Title;
        return $"::{command} file={InProperty(annotation.File)},{lines}{columns},title={InProperty(title)}::{InData(annotation.Message)}";

        static string InData(string text) => Escape(text, ("%", "%25"), ("\r", "%0D"), ("\n", "%0A"));

        static string InProperty(string text) => Escape(InData(text), (":", "%3A"), (",", "%2C"));
    }

    /// <summary>There is nothing below a warning.</summary>
    public static string ToAzurePipelines(Annotation annotation)
    {
        var type = annotation.Severity == DiagnosticSeverity.Error ? "error" : "warning";
        var code = annotation.Code is { } known ? $"code={known};" : "";
        return $"##vso[task.logissue type={type};sourcepath={InProperty(annotation.File)};linenumber={Number(annotation.Start.Line + 1)};columnnumber={Number(annotation.Start.Character + 1)};"
            + $"{code}]{InData(annotation.Message)}";

        static string InData(string text) => Escape(text, ("%", "%AZP25"), ("\r", "%0D"), ("\n", "%0A"));

        static string InProperty(string text) => Escape(InData(text), (";", "%3B"), ("]", "%5D"));
    }

    private static Annotation ToAnnotation(Finding finding) => new(
        finding.Diagnostic.Severity, finding.RepositoryFile, finding.Start, finding.End, finding.Diagnostic.Code, finding.Diagnostic.Descriptor.Title, finding.Diagnostic.Message);

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
