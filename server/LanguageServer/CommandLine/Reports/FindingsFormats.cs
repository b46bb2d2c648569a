using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Pipewright.LanguageServer.CommandLine.Reports;

/// <summary>The forms in which findings are told, by the name that <c>--output</c> takes.</summary>
internal static class FindingsFormats
{
    public const string Text = "text";

    private static readonly ImmutableSortedDictionary<string, Action<FindingsReport, Stream>> Writers = ImmutableSortedDictionary.CreateRange(StringComparer.Ordinal, new Dictionary<string, Action<FindingsReport, Stream>>
    {
        [Text] = TextFindings.Write,
        ["json"] = JsonFindings.Write,
        ["sarif"] = SarifFindings.Write,
        ["github"] = PipelineCommands.WriteGitHub,
        ["azure-pipelines"] = PipelineCommands.WriteAzurePipelines,
        ["junit"] = JUnitFindings.Write,
    });

    public static string[] Names { get; } = [.. Writers.Keys];

    /// <param name="format">One of <see cref="Names"/>.</param>
    public static void Write(string format, FindingsReport report)
    {
        using var stream = Console.OpenStandardOutput();
        Writers[format](report, stream);
    }

    /// <summary>Writes lines that end alike on every system, in UTF-8 without a mark.</summary>
    public static void WriteLines(Stream stream, IEnumerable<string> lines)
    {
        using var writer = new StreamWriter(stream, leaveOpen: true) { NewLine = "\n" };
        foreach (var line in lines)
        {
            writer.WriteLine(line);
        }
    }

    /// <summary>Writes JSON for programs and for people, with a line break at its end.</summary>
    public static void WriteJson(Stream stream, Action<Utf8JsonWriter> write)
    {
        using (var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            write(writer);
        }

        stream.Write("\n"u8);
    }
}
