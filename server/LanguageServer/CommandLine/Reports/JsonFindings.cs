using System.Text.Json;
using Pipewright.Core.Text;

namespace Pipewright.LanguageServer.CommandLine.Reports;

/// <summary>Our own form for programs; its shape is kept (docs/command-line.md).</summary>
internal static class JsonFindings
{
    public static void Write(FindingsReport report, Stream stream) => FindingsFormats.WriteJson(stream, writer =>
    {
        writer.WriteStartObject();
        writer.WriteStartArray("diagnostics");
        foreach (var finding in report.Findings)
        {
            Write(writer, finding);
        }

        writer.WriteEndArray();
        writer.WriteStartObject("summary");
        writer.WriteNumber("errors", report.Count(DiagnosticSeverity.Error));
        writer.WriteNumber("warnings", report.Count(DiagnosticSeverity.Warning));
        writer.WriteNumber("files", report.Files.Length);
        writer.WriteEndObject();
        writer.WriteEndObject();
    });

    private static void Write(Utf8JsonWriter writer, Finding finding)
    {
        writer.WriteStartObject();
        writer.WriteString("file", finding.File);
        writer.WriteNumber("line", finding.Start.Line + 1);
        writer.WriteNumber("column", finding.Start.Character + 1);
        writer.WriteNumber("endLine", finding.End.Line + 1);
        writer.WriteNumber("endColumn", finding.End.Character + 1);
        writer.WriteString("code", finding.Diagnostic.Code);
        writer.WriteString("severity", FindingsReport.WordOf(finding.Diagnostic.Severity));
        writer.WriteString("message", finding.Diagnostic.Message);
        writer.WriteStartArray("fixes");
        foreach (var fix in finding.Diagnostic.Fixes)
        {
            writer.WriteStringValue(fix.Title);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}
