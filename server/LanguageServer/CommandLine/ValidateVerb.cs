using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using Pipewright.Core.Features;
using Pipewright.Core.Text;

namespace Pipewright.LanguageServer.CommandLine;

/// <summary><c>pipewright validate PATH [--output text|json]</c>.</summary>
internal static class ValidateVerb
{
    private sealed record Finding(string File, LinePosition Start, LinePosition End, Diagnostic Diagnostic);

    public static Command Make()
    {
        var path = new Argument<string>("path") { Description = "A factory's folder, a folder with several, or one file." };
        var output = new Option<string>("--output") { Description = "'text' for people, 'json' for programs.", DefaultValueFactory = _ => "text" };
        output.AcceptOnlyFromAmong("text", "json");
        var verb = new Command("validate", "Checks every resource file. Exit code 0 without errors, 1 with, 2 for wrong usage.") { path, output };
        verb.SetAction((parsed, cancellation) => Task.Run(() => Run(parsed.GetValue(path)!, parsed.GetValue(output) == "json", cancellation), cancellation));
        return verb;
    }

    private static int Run(string path, bool asJson, CancellationToken cancellation)
    {
        if (FactoryPath.Resolve(path) is not { } resolved)
        {
            Console.Error.WriteLine($"'{path}' is no file or folder.");
            return Verbs.WrongUsage;
        }

        var (findings, files) = Check(resolved, cancellation);
        if (asJson)
        {
            WriteJson(findings, files);
        }
        else
        {
            WriteText(findings, files);
        }

        return Count(findings, DiagnosticSeverity.Error) > 0 ? 1 : 0;
    }

    /// <summary>Checks all files below PATH; gives what was found by file and place, and how many files there are.</summary>
    private static (List<Finding> Findings, int Files) Check(FactoryPath path, CancellationToken cancellation)
    {
        var files = 0;
        var findings = new List<Finding>();
        void Take(string file, SourceText text, IEnumerable<Diagnostic> diagnostics)
        {
            files++;
            findings.AddRange(diagnostics.Select(d => new Finding(path.Relative(file), text.GetPosition(d.Span.Start), text.GetPosition(d.Span.End), d)));
        }

        foreach (var factory in path.Load(Console.Error.WriteLine, cancellation))
        {
            foreach (var document in path.FindDocuments(factory).Concat(factory.Snapshot.Tests.Values.Where(t => path.Contains(Path.Combine(factory.Path, t.Path)))))
            {
                Take(Path.Combine(factory.Path, document.Path), document.Text, LanguageFeatures.GetDiagnostics(factory.Snapshot, document, cancellation));
            }

            if (Findings.FindInConfiguration(factory.Path, factory.Snapshot) is var (file, text, diagnostics) && path.Contains(file))
            {
                Take(file, text, diagnostics);
            }
        }

        return ([.. findings.OrderBy(f => f.File, StringComparer.Ordinal).ThenBy(f => f.Start).ThenBy(f => f.Diagnostic.Code, StringComparer.Ordinal)], files);
    }

    private static int Count(List<Finding> findings, DiagnosticSeverity severity) => findings.Count(f => f.Diagnostic.Severity == severity);

    private static void WriteText(List<Finding> findings, int files)
    {
        var usesColour = !Console.IsOutputRedirected && Environment.GetEnvironmentVariable("NO_COLOR") is null or "";
        foreach (var (file, start, _, diagnostic) in findings)
        {
            var severity = diagnostic.Severity.ToString().ToLowerInvariant();
            var coloured = usesColour ? $"\u001B[{(diagnostic.Severity == DiagnosticSeverity.Error ? 31 : 33)}m{severity}\u001B[0m" : severity;
            Console.Out.WriteLine($"{file}:{start.Line + 1}:{start.Character + 1} {coloured} {diagnostic.Code} {diagnostic.Message}");
        }

        Console.Out.WriteLine($"{Count(findings, DiagnosticSeverity.Error)} errors, {Count(findings, DiagnosticSeverity.Warning)} warnings in {files} files");
    }

    private static void WriteJson(List<Finding> findings, int files)
    {
        using var stream = Console.OpenStandardOutput();
        using var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        writer.WriteStartObject();
        writer.WriteStartArray("diagnostics");
        foreach (var finding in findings)
        {
            Write(writer, finding);
        }

        writer.WriteEndArray();
        writer.WriteStartObject("summary");
        writer.WriteNumber("errors", Count(findings, DiagnosticSeverity.Error));
        writer.WriteNumber("warnings", Count(findings, DiagnosticSeverity.Warning));
        writer.WriteNumber("files", files);
        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.Flush();
        stream.Write("\n"u8);
    }

    private static void Write(Utf8JsonWriter writer, Finding finding)
    {
        writer.WriteStartObject();
        writer.WriteString("file", finding.File);
        writer.WriteNumber("line", finding.Start.Line + 1);
        writer.WriteNumber("column", finding.Start.Character + 1);
        writer.WriteNumber("endLine", finding.End.Line + 1);
        writer.WriteNumber("endColumn", finding.End.Character + 1);
        writer.WriteString("code", finding.Diagnostic.Code);
        writer.WriteString("severity", finding.Diagnostic.Severity.ToString().ToLowerInvariant());
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
