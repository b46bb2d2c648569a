using System.CommandLine;
using Pipewright.Core.Text;
using Pipewright.LanguageServer.CommandLine.Reports;

namespace Pipewright.LanguageServer.CommandLine;

/// <summary><c>pipewright validate PATH [--output FORMAT] [--fail-on SEVERITY]</c>.</summary>
internal static class ValidateVerb
{
    private static readonly Dictionary<string, DiagnosticSeverity> Severities =
        new DiagnosticSeverity[] { DiagnosticSeverity.Error, DiagnosticSeverity.Warning, DiagnosticSeverity.Information, DiagnosticSeverity.Hint }.ToDictionary(FindingsReport.WordOf);

    public static Command Make()
    {
        var path = new Argument<string>("path") { Description = "A factory's folder, a folder with several, or one file." };
        var output = new Option<string>("--output")
        {
            Description = "'text' for people, 'json' for programs, 'sarif' for code scanning, 'github' and 'azure-pipelines' for annotations in their logs, 'junit' as results of tests.",
            DefaultValueFactory = _ => FindingsFormats.Text,
        };
        output.AcceptOnlyFromAmong(FindingsFormats.Names);
        var failOn = new Option<string>("--fail-on") { Description = "The least severity that makes the exit code 1.", DefaultValueFactory = _ => "error" };
        failOn.AcceptOnlyFromAmong([.. Severities.Keys]);
        var verb = new Command(
            "validate", "Checks every resource file. Exit code 0 without errors, 1 with, 2 for wrong usage.") { path, output, failOn };
        verb.SetAction((parsed, cancellation) => Task.Run(() => Run(parsed.GetValue(path)!, parsed.GetValue(output)!, Severities[parsed.GetValue(failOn)!], cancellation), cancellation));
        return VerbHelp.WithExamples(verb, "pipewright validate .", "pipewright validate . --output sarif > findings.sarif", "pipewright validate . --output github --fail-on warning");
    }

    private static int Run(string path, string format, DiagnosticSeverity failOn, CancellationToken cancellation)
    {
        if (FactoryPath.Resolve(path) is not { } resolved)
        {
            Console.Error.WriteLine($"'{path}' is no file or folder.");
            return ExitCodes.WrongUsage;
        }

        var report = Check(resolved, cancellation);
        FindingsFormats.Write(format, report);
        return report.Findings.Any(f => f.Diagnostic.Severity >= failOn) ? ExitCodes.Findings : ExitCodes.Fine;
    }

    /// <summary>Checks all files below PATH.</summary>
    private static FindingsReport Check(FactoryPath path, CancellationToken cancellation)
    {
        var files = new SortedSet<string>(StringComparer.Ordinal);
        var findings = new List<Finding>();
        void Take(string file, SourceText text, IEnumerable<Diagnostic> diagnostics)
        {
            var (name, inRepository) = (path.Relative(file), path.RelativeToRepository(file));
            files.Add(name);
            findings.AddRange(diagnostics.Select(d => new Finding(name, inRepository, text.GetPosition(d.Span.Start), text.GetPosition(d.Span.End), d)));
        }

        foreach (var factory in path.Load(Console.Error.WriteLine, cancellation))
        {
            var documents = path.FindDocuments(factory).Concat(factory.Snapshot.Tests.Values.Where(t => path.Contains(Path.Combine(factory.Path, t.Path))));
            foreach (var (document, found) in Pipewright.LanguageServer.Findings.FindAll(factory.Snapshot, documents, cancellation))
            {
                Take(Path.Combine(factory.Path, document.Path), document.Text, found);
            }

            if (Findings.FindInConfiguration(factory.Path, factory.Snapshot) is var (file, text, diagnostics) && path.Contains(file))
            {
                Take(file, text, diagnostics);
            }
        }

        return new FindingsReport([.. findings.OrderBy(f => f.File, StringComparer.Ordinal).ThenBy(f => f.Start).ThenBy(f => f.Diagnostic.Code, StringComparer.Ordinal)], [.. files]);
    }
}
