using System.Globalization;
using System.Text;
using System.Xml;
using Pipewright.Core.Text;

namespace Pipewright.LanguageServer.CommandLine.Reports;

/// <summary>The XML in which build services take the results of tests: a file is a suite, each of its errors and warnings a test that failed; a file without any has one that passed.</summary>
internal static class JUnitFindings
{
    public static void Write(FindingsReport report, Stream stream)
    {
        var found = report.Findings.Where(f => f.Diagnostic.Severity >= DiagnosticSeverity.Warning).ToLookup(f => f.File);
        using (var writer = XmlWriter.Create(stream, new XmlWriterSettings { Indent = true, NewLineChars = "\n", Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), CheckCharacters = false }))
        {
            writer.WriteStartElement("testsuites");
            writer.WriteAttributeString("name", "pipewright validate");
            WriteCounts(writer, report.Files.Sum(f => Math.Max(1, found[f].Count())), found.Sum(g => g.Count()));
            foreach (var file in report.Files)
            {
                WriteSuite(writer, file, [.. found[file]]);
            }

            writer.WriteEndElement();
        }

        stream.Write("\n"u8);
    }

    private static void WriteSuite(XmlWriter writer, string file, List<Finding> findings)
    {
        writer.WriteStartElement("testsuite");
        writer.WriteAttributeString("name", Readable(file));
        WriteCounts(writer, Math.Max(1, findings.Count), findings.Count);
        if (findings.Count == 0)
        {
            StartCase(writer, file, "valid");
            writer.WriteEndElement();
        }

        foreach (var finding in findings)
        {
            var place = string.Create(CultureInfo.InvariantCulture, $"{file}:{finding.Start.Line + 1}:{finding.Start.Character + 1}");
            StartCase(writer, file, $"{finding.Diagnostic.Code} at {string.Create(CultureInfo.InvariantCulture, $"{finding.Start.Line + 1}:{finding.Start.Character + 1}")}");
            writer.WriteStartElement("failure");
            writer.WriteAttributeString("type", FindingsReport.WordOf(finding.Diagnostic.Severity));
            writer.WriteAttributeString("message", Readable(finding.Diagnostic.Message));
            writer.WriteString(Readable($"{place} {finding.Diagnostic.Code} {finding.Diagnostic.Message}"));
            writer.WriteEndElement();
            writer.WriteEndElement();
        }

        writer.WriteEndElement();
    }

    private static void StartCase(XmlWriter writer, string file, string name)
    {
        writer.WriteStartElement("testcase");
        writer.WriteAttributeString("classname", Readable(file));
        writer.WriteAttributeString("name", name);
    }

    private static void WriteCounts(XmlWriter writer, int tests, int failures)
    {
        writer.WriteAttributeString("tests", tests.ToString(CultureInfo.InvariantCulture));
        writer.WriteAttributeString("failures", failures.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>XML has no way to write most control characters, nor half of a pair.</summary>
    private static string Readable(string text) => text.All(XmlConvert.IsXmlChar) ? text
        : string.Concat(text.EnumerateRunes().Select(r => r.Value > char.MaxValue || XmlConvert.IsXmlChar((char)r.Value) ? r.ToString() : "\uFFFD"));
}
