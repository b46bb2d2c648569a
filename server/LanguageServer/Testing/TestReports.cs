// The reports that build services read: JUnit's XML, Visual Studio's TRX, and Cobertura's coverage.
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Xml;
using Pipewright.Core.PipelineTests;

namespace Pipewright.LanguageServer.Testing;

internal static class TestReports
{
    private const string TrxNamespace = "http://microsoft.com/schemas/VisualStudio/TeamTest/2010";

    /// <summary>The type of a test in TRX that is a method, and the list of those that are in no other.</summary>
    private const string UnitTest = "13cdc9d9-ddb5-4fa4-a97d-d965ccfc6d4b";
    private const string NoList = "8c84fa94-04c1-424b-9868-57a2d4851a1d";

    private static readonly XmlWriterSettings Layout = new() { Indent = true, NewLineChars = "\n", Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false) };

    /// <summary>A suite a file, a test case a case.</summary>
    public static string WriteJUnit(IReadOnlyList<RanCase> ran) => Write(xml =>
    {
        xml.WriteStartElement("testsuites");
        WriteCounts(xml, ran);
        foreach (var file in ran.GroupBy(r => r.File))
        {
            xml.WriteStartElement("testsuite");
            xml.WriteAttributeString("name", file.Key.Name);
            WriteCounts(xml, [.. file]);
            foreach (var one in file)
            {
                xml.WriteStartElement("testcase");
                xml.WriteAttributeString("classname", one.Case.Pipeline);
                xml.WriteAttributeString("name", Clean(one.Case.Name));
                xml.WriteAttributeString("file", one.File.Name);
                xml.WriteAttributeString("line", Text(one.Line));
                xml.WriteAttributeString("time", Seconds(one.Duration));
                foreach (var failure in one.Result.Failures)
                {
                    xml.WriteStartElement("failure");
                    xml.WriteAttributeString("message", Clean(failure.Message));
                    xml.WriteString(Describe(one.File, failure));
                    xml.WriteEndElement();
                }

                xml.WriteEndElement();
            }

            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    });

    /// <param name="start">When the run began.</param>
    public static string WriteTrx(IReadOnlyList<RanCase> ran, DateTimeOffset start) => Write(xml =>
    {
        var time = start.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);
        xml.WriteStartElement("TestRun", TrxNamespace);
        xml.WriteAttributeString("id", IdOf("run " + time));
        xml.WriteAttributeString("name", "pipewright test");
        WriteElement(xml, "Times", ("creation", time), ("queuing", time), ("start", time), ("finish", (start + Total(ran)).UtcDateTime.ToString("O", CultureInfo.InvariantCulture)));
        xml.WriteStartElement("Results");
        foreach (var one in ran)
        {
            WriteResult(xml, one);
        }

        xml.WriteEndElement();
        xml.WriteStartElement("TestDefinitions");
        foreach (var one in ran)
        {
            xml.WriteStartElement("UnitTest");
            xml.WriteAttributeString("name", Clean(one.Case.Name));
            xml.WriteAttributeString("storage", one.File.Name);
            xml.WriteAttributeString("id", IdOf(one));
            WriteElement(xml, "Execution", ("id", IdOf("execution " + KeyOf(one))));
            WriteElement(xml, "TestMethod", ("codeBase", one.File.Name), ("adapterTypeName", "executor://pipewright"), ("className", one.Case.Pipeline), ("name", Clean(one.Case.Name)));
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
        xml.WriteStartElement("TestEntries");
        foreach (var one in ran)
        {
            WriteElement(xml, "TestEntry", ("testId", IdOf(one)), ("executionId", IdOf("execution " + KeyOf(one))), ("testListId", NoList));
        }

        xml.WriteEndElement();
        xml.WriteStartElement("TestLists");
        WriteElement(xml, "TestList", ("name", "Results Not in a List"), ("id", NoList));
        xml.WriteEndElement();
        var failed = ran.Count(r => !r.Result.IsPassed);
        xml.WriteStartElement("ResultSummary");
        xml.WriteAttributeString("outcome", failed == 0 ? "Completed" : "Failed");
        WriteElement(xml, "Counters", ("total", Text(ran.Count)), ("executed", Text(ran.Count)), ("passed", Text(ran.Count - failed)), ("failed", Text(failed)));
        xml.WriteEndElement();
        xml.WriteEndElement();
    });

    /// <summary>A package a factory, a class a pipeline; activities are lines, branches and conditions of dependencies are conditions of theirs.</summary>
    public static string WriteCobertura(IReadOnlyList<CoveredPipeline> coverage, DateTimeOffset time) => Write(xml =>
    {
        var lines = coverage.ToDictionary(c => c, CoberturaLine.Of);
        xml.WriteStartElement("coverage");
        WriteRates(xml, [.. lines.Values.SelectMany(l => l)]);
        xml.WriteAttributeString("version", ProductVersion.Text);
        xml.WriteAttributeString("timestamp", Text(time.ToUnixTimeSeconds()));
        WriteElement(xml, "sources");
        xml.WriteStartElement("packages");
        foreach (var factory in coverage.GroupBy(c => c.Root))
        {
            xml.WriteStartElement("package");
            xml.WriteAttributeString("name", Path.GetFileName(factory.Key));
            WriteRates(xml, [.. factory.SelectMany(c => lines[c])]);
            xml.WriteStartElement("classes");
            foreach (var pipeline in factory)
            {
                xml.WriteStartElement("class");
                xml.WriteAttributeString("name", pipeline.Pipeline.Name);
                xml.WriteAttributeString("filename", pipeline.Name);
                WriteRates(xml, lines[pipeline]);
                WriteElement(xml, "methods");
                xml.WriteStartElement("lines");
                foreach (var line in lines[pipeline])
                {
                    line.Write(xml);
                }

                xml.WriteEndElement();
                xml.WriteEndElement();
            }

            xml.WriteEndElement();
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
        xml.WriteEndElement();
    });

    /// <summary>A failure with both values and the activity's place, a line each.</summary>
    private static string Describe(TestedFile file, TestFailure failure)
    {
        var place = file.Text.GetPosition(failure.Span.Start);
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"{file.Name}:{place.Line + 1}:{place.Character + 1} {failure.Message}");
        if (failure is { Expected: { } expected, Actual: { } actual })
        {
            text.Append("\nexpected: ").Append(expected).Append("\nactual:   ").Append(actual);
        }

        if (failure.Activity is { } activity && TestText.Locate(file, activity) is { } at)
        {
            text.Append(CultureInfo.InvariantCulture, $"\nat {activity.Path}:{at.Line + 1}:{at.Character + 1}");
        }

        return Clean(text.ToString());
    }

    private static void WriteResult(XmlWriter xml, RanCase one)
    {
        xml.WriteStartElement("UnitTestResult");
        xml.WriteAttributeString("executionId", IdOf("execution " + KeyOf(one)));
        xml.WriteAttributeString("testId", IdOf(one));
        xml.WriteAttributeString("testName", Clean($"{one.Case.Pipeline}: {one.Case.Name}"));
        xml.WriteAttributeString("duration", one.Duration.ToString("c", CultureInfo.InvariantCulture));
        xml.WriteAttributeString("testType", UnitTest);
        xml.WriteAttributeString("testListId", NoList);
        xml.WriteAttributeString("outcome", one.Result.IsPassed ? "Passed" : "Failed");
        if (!one.Result.IsPassed)
        {
            xml.WriteStartElement("Output");
            xml.WriteStartElement("ErrorInfo");
            xml.WriteElementString("Message", string.Join('\n', one.Result.Failures.Select(f => Clean(f.Message))));
            xml.WriteElementString("StackTrace", string.Join('\n', one.Result.Failures.Select(f => Describe(one.File, f))));
            xml.WriteEndElement();
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private static void WriteCounts(XmlWriter xml, IReadOnlyList<RanCase> ran)
    {
        xml.WriteAttributeString("tests", Text(ran.Count));
        xml.WriteAttributeString("failures", Text(ran.Count(r => !r.Result.IsPassed)));
        xml.WriteAttributeString("errors", "0");
        xml.WriteAttributeString("time", Seconds(Total(ran)));
    }

    private static void WriteRates(XmlWriter xml, IReadOnlyList<CoberturaLine> lines)
    {
        var (conditions, covered) = (lines.Sum(l => l.Conditions), lines.Sum(l => l.CoveredConditions));
        xml.WriteAttributeString("line-rate", Rate(lines.Count(l => l.IsCovered), lines.Count));
        xml.WriteAttributeString("branch-rate", Rate(covered, conditions));
        xml.WriteAttributeString("complexity", "0");
    }

    private static string Rate(int covered, int all) => all == 0 ? "1" : ((double)covered / all).ToString("0.####", CultureInfo.InvariantCulture);

    private static void WriteElement(XmlWriter xml, string element, params ReadOnlySpan<(string Name, string Value)> attributes)
    {
        xml.WriteStartElement(element);
        foreach (var (name, value) in attributes)
        {
            xml.WriteAttributeString(name, value);
        }

        xml.WriteEndElement();
    }

    private static string Write(Action<XmlWriter> write)
    {
        using var stream = new MemoryStream();
        using (var xml = XmlWriter.Create(stream, Layout))
        {
            xml.WriteStartDocument();
            write(xml);
            xml.WriteEndDocument();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    /// <summary>XML has no way to write most control characters.</summary>
    private static string Clean(string text) => text.All(XmlConvert.IsXmlChar) ? text : string.Concat(text.EnumerateRunes().Select(r => r.IsBmp && !XmlConvert.IsXmlChar((char)r.Value) ? "\uFFFD" : r.ToString()));

    private static string KeyOf(RanCase one) => $"{one.File.Name} {one.Case.Name}";

    private static string IdOf(RanCase one) => IdOf(KeyOf(one));

    /// <summary>The same for the same test in every run, as those who compare runs want it.</summary>
    private static string IdOf(string key) => new Guid(SHA256.HashData(Encoding.UTF8.GetBytes(key)).AsSpan(0, 16)).ToString("D");

    private static TimeSpan Total(IReadOnlyList<RanCase> ran) => TimeSpan.FromTicks(ran.Sum(r => r.Duration.Ticks));

    private static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture);

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>A line of a pipeline's file in which something can be covered.</summary>
    private sealed record CoberturaLine(int Number, bool IsCovered, int Conditions, int CoveredConditions)
    {
        public static List<CoberturaLine> Of(CoveredPipeline pipeline) =>
        [
            .. from item in pipeline.Coverage.Covered.Select(i => (Item: i, IsCovered: true)).Concat(pipeline.Coverage.Missed.Select(i => (Item: i, IsCovered: false)))
               group item by pipeline.Pipeline.Document.Text.GetPosition(item.Item.Place.Span.Start).Line + 1 into line
               orderby line.Key
               let conditions = line.Where(i => CoverageWords.KindOf(i.Item) != CoverageKind.Activity).ToList()
               select new CoberturaLine(line.Key, line.Any(i => i.IsCovered), conditions.Count, conditions.Count(c => c.IsCovered)),
        ];

        public void Write(XmlWriter xml)
        {
            xml.WriteStartElement("line");
            xml.WriteAttributeString("number", Text(Number));
            xml.WriteAttributeString("hits", IsCovered ? "1" : "0");
            xml.WriteAttributeString("branch", Conditions > 0 ? "true" : "false");
            if (Conditions > 0)
            {
                xml.WriteAttributeString("condition-coverage", $"{CoverageWords.Percent(CoveredConditions, Conditions)}% ({CoveredConditions}/{Conditions})");
            }

            xml.WriteEndElement();
        }
    }
}
