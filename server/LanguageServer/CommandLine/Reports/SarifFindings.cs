using System.Text.Json;
using Pipewright.Core.Text;

namespace Pipewright.LanguageServer.CommandLine.Reports;

/// <summary>SARIF 2.1.0, the OASIS standard that code scanning of GitHub and Azure DevOps reads.</summary>
internal static class SarifFindings
{
    private const string Schema = "https://json.schemastore.org/sarif-2.1.0.json";

    /// <summary>What files are relative to, in the words of the standard.</summary>
    private const string Root = "%SRCROOT%";

    public static void Write(FindingsReport report, Stream stream)
    {
        var rules = report.Findings.Select(f => f.Diagnostic.Descriptor).DistinctBy(d => d.Code).OrderBy(d => d.Code, StringComparer.Ordinal).ToList();
        var places = rules.Select((d, i) => (d.Code, Index: i)).ToDictionary(r => r.Code, r => r.Index);
        FindingsFormats.WriteJson(stream, writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("$schema", Schema);
            writer.WriteString("version", "2.1.0");
            writer.WriteStartArray("runs");
            writer.WriteStartObject();
            writer.WriteStartObject("tool");
            WriteDriver(writer, rules);
            writer.WriteEndObject();
            writer.WriteString("columnKind", "utf16CodeUnits");
            writer.WriteStartArray("results");
            foreach (var finding in report.Findings)
            {
                WriteResult(writer, finding, places[finding.Diagnostic.Code]);
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
            writer.WriteEndArray();
            writer.WriteEndObject();
        });
    }

    private static void WriteDriver(Utf8JsonWriter writer, List<DiagnosticDescriptor> rules)
    {
        writer.WriteStartObject("driver");
        writer.WriteString("name", "Pipewright");
        writer.WriteString("semanticVersion", ProductVersion.Text);
        writer.WriteStartArray("rules");
        foreach (var rule in rules)
        {
            writer.WriteStartObject();
            writer.WriteString("id", rule.Code);
            WriteMessage(writer, "shortDescription", rule.Title);
            if (RulePages.Find(rule.Code) is { } page)
            {
                writer.WriteStartObject("help");
                writer.WriteString("text", page);
                writer.WriteString("markdown", page);
                writer.WriteEndObject();
            }

            writer.WriteStartObject("defaultConfiguration");
            writer.WriteString("level", LevelOf(rule.Severity));
            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WriteResult(Utf8JsonWriter writer, Finding finding, int rule)
    {
        writer.WriteStartObject();
        writer.WriteString("ruleId", finding.Diagnostic.Code);
        writer.WriteNumber("ruleIndex", rule);
        writer.WriteString("level", LevelOf(finding.Diagnostic.Severity));
        WriteMessage(writer, "message", finding.Diagnostic.Message);
        writer.WriteStartArray("locations");
        writer.WriteStartObject();
        writer.WriteStartObject("physicalLocation");
        writer.WriteStartObject("artifactLocation");
        writer.WriteString("uri", Uri.EscapeDataString(finding.RepositoryFile).Replace("%2F", "/", StringComparison.Ordinal));
        if (!Path.IsPathRooted(finding.RepositoryFile))
        {
            writer.WriteString("uriBaseId", Root);
        }

        writer.WriteEndObject();
        writer.WriteStartObject("region");
        writer.WriteNumber("startLine", finding.Start.Line + 1);
        writer.WriteNumber("startColumn", finding.Start.Character + 1);
        writer.WriteNumber("endLine", finding.End.Line + 1);
        writer.WriteNumber("endColumn", finding.End.Character + 1);
        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WriteMessage(Utf8JsonWriter writer, string name, string text)
    {
        writer.WriteStartObject(name);
        writer.WriteString("text", text);
        writer.WriteEndObject();
    }

    private static string LevelOf(DiagnosticSeverity severity) => severity switch
    {
        DiagnosticSeverity.Error => "error",
        DiagnosticSeverity.Warning => "warning",
        DiagnosticSeverity.Off => "none",
        _ => "note",
    };
}
