using System.Globalization;
using System.Text;
using Pipewright.Core.Text;
using Pipewright.LanguageServer.Testing;

namespace Pipewright.LanguageServer.CommandLine.Reports;

/// <summary>What failed in tests, as annotations of a build service at the lines of the tests.</summary>
internal static class TestAnnotations
{
    /// <param name="isGitHub">GitHub's workflow commands; else the logging commands of Azure Pipelines.</param>
    /// <returns>Lines; the last one sums up.</returns>
    public static string Write(IReadOnlyList<RanCase> ran, bool isGitHub)
    {
        var text = new StringBuilder();
        foreach (var annotation in ran.SelectMany(r => r.Result.Failures.Select(f => new Annotation(
            DiagnosticSeverity.Error, new FactoryPath(PathOf(r.File)).RelativeToRepository(PathOf(r.File)), r.File.Text.GetPosition(f.Span.Start), null, null, r.Case.Name, f.Message))))
        {
            text.Append(isGitHub ? PipelineCommands.ToGitHub(annotation) : PipelineCommands.ToAzurePipelines(annotation)).Append('\n');
        }

        var failed = ran.Count(r => !r.Result.IsPassed);
        return text.Append(CultureInfo.InvariantCulture, $"{ran.Count - failed} passed, {failed} failed\n").ToString();
    }

    private static string PathOf(TestedFile file) => Path.Combine(file.Root, file.File.Document.Path);
}
