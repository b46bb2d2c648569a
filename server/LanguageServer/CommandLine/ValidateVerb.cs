using System.CommandLine;
using Pipewright.Core.Features;
using Pipewright.Core.Text;
using Pipewright.LanguageServer.CommandLine.Reports;

namespace Pipewright.LanguageServer.CommandLine;

/// <summary><c>pipewright validate PATHS [--output FORMAT] [--fail-on SEVERITY]</c>, or <c>pipewright validate - --stdin-path FILE</c>.</summary>
internal static class ValidateVerb
{
    private static readonly Dictionary<string, DiagnosticSeverity> Severities =
        new DiagnosticSeverity[] { DiagnosticSeverity.Error, DiagnosticSeverity.Warning, DiagnosticSeverity.Information, DiagnosticSeverity.Hint }.ToDictionary(FindingsReport.WordOf);

    public static Command Make()
    {
        var paths = PathArguments.MakePaths();
        var stdinPath = PathArguments.MakeStdinPath();
        var output = new Option<string>("--output")
        {
            Description = "'text' for people, 'json' for programs, 'sarif' for code scanning, 'github' and 'azure-pipelines' for annotations in their logs, 'junit' as results of tests.",
            DefaultValueFactory = _ => FindingsFormats.Text,
        };
        output.AcceptOnlyFromAmong(FindingsFormats.Names);
        var failOn = new Option<string>("--fail-on") { Description = "The least severity that makes the exit code 1.", DefaultValueFactory = _ => "error" };
        failOn.AcceptOnlyFromAmong([.. Severities.Keys]);
        var verb = new Command("validate", "Checks resource files, tests and settings.") { paths, output, failOn, stdinPath };
        verb.SetAction(async (parsed, cancellation) =>
        {
            try
            {
                var found = FactoryPaths.Resolve(parsed.GetValue(paths)!, parsed.GetValue(stdinPath), PathArguments.ReadInput);
                var report = await WorkProgress.RunAsync("Checking", p => Check(found, p, cancellation));
                FindingsFormats.Write(parsed.GetValue(output)!, report);
                return report.Findings.Any(f => f.Diagnostic.Severity >= Severities[parsed.GetValue(failOn)!]) ? ExitCodes.Findings : ExitCodes.Fine;
            }
            catch (UnusablePathException e)
            {
                return DeploymentArguments.Refuse(e.Message, ExitCodes.WrongUsage);
            }
        });
        return VerbHelp.Complete(
            verb,
            [
                "pipewright validate .",
                "pipewright validate . --output sarif > findings.sarif",
                "pipewright validate . --output github --fail-on warning",
                "pipewright validate - --stdin-path pipelines/load.pipeline.yaml < load.pipeline.yaml",
            ],
            (ExitCodes.Fine, "Nothing was found that --fail-on means."),
            (ExitCodes.Findings, "Something was."));
    }

    /// <summary>Checks all files that the paths name.</summary>
    private static FindingsReport Check(FactoryPaths paths, WorkProgress progress, CancellationToken cancellation)
    {
        progress.Begin("Reading files", 0);
        var factories = paths.Load(Console.Error.WriteLine, cancellation);
        var documents = factories
            .SelectMany(f => paths.FindDocuments(f).Concat(f.Snapshot.Tests.Values.Where(t => paths.Contains(Path.Combine(f.Path, t.Path)))).Select(d => (Factory: f, Document: d)))
            .ToList();
        Terminal.Detail($"{factories.Count} {(factories.Count == 1 ? "factory" : "factories")}, {documents.Count} files");
        progress.Begin("Checking", documents.Count);
        var found = new CheckedFile[documents.Count];
        Parallel.For(0, documents.Count, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellation }, i =>
        {
            var (factory, document) = documents[i];
            found[i] = new CheckedFile(Path.Combine(factory.Path, document.Path), document.Text, LanguageFeatures.GetDiagnostics(factory.Snapshot, document, cancellation));
            progress.Advance();
        });
        var settings = factories.Select(f => Findings.FindInConfiguration(f.Path, f.Snapshot)).Where(c => c is { } one && paths.Contains(one.File))
            .Select(c => new CheckedFile(c!.Value.File, c.Value.Text, c.Value.Diagnostics));
        return Report(paths, [.. found, .. settings]);
    }

    private static FindingsReport Report(FactoryPaths paths, IReadOnlyList<CheckedFile> files)
    {
        var findings = from file in files
                       let name = paths.Relative(file.Path)
                       let inRepository = paths.RelativeToRepository(file.Path)
                       from diagnostic in file.Diagnostics
                       let finding = new Finding(name, inRepository, file.Text.GetPosition(diagnostic.Span.Start), file.Text.GetPosition(diagnostic.Span.End), diagnostic)
                       select finding;
        return new FindingsReport(
            [.. findings.OrderBy(f => f.File, StringComparer.Ordinal).ThenBy(f => f.Start).ThenBy(f => f.Diagnostic.Code, StringComparer.Ordinal)],
            [.. files.Select(f => paths.Relative(f.Path)).Distinct().Order(StringComparer.Ordinal)]);
    }

    private sealed record CheckedFile(string Path, SourceText Text, IEnumerable<Diagnostic> Diagnostics);
}
