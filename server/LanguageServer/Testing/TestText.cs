// What came of tests, for people.
using System.Globalization;
using Pipewright.Core.PipelineTests;
using Pipewright.Core.Simulation;
using Pipewright.Core.Text;

namespace Pipewright.LanguageServer.Testing;

/// <param name="name">How people are told of a file, of its path.</param>
internal sealed class TestText(TextWriter output, Func<string, string> name, bool usesColour)
{
    private const int Red = 31;
    private const int Green = 32;

    /// <summary>More of a value is for the other formats.</summary>
    private const int LongestValue = 2000;

    public void Write(IReadOnlyList<RanCase> ran)
    {
        foreach (var file in ran.GroupBy(r => r.File))
        {
            output.WriteLine(file.Key.Name);
            foreach (var one in file)
            {
                output.WriteLine($"  {(one.Result.IsPassed ? Colour("ok    ", Green) : Colour("FAILED", Red))} {one.Case.Name}");
                foreach (var failure in one.Result.Failures)
                {
                    Write(one.File, failure);
                }
            }
        }

        var failed = ran.Count(r => !r.Result.IsPassed);
        output.WriteLine($"{ran.Count - failed} passed, {failed} failed");
    }

    public void Write(IReadOnlyList<CoveredPipeline> coverage)
    {
        output.WriteLine();
        output.WriteLine("Coverage                            activities    branches  dependency conditions");
        foreach (var pipeline in coverage)
        {
            output.WriteLine($"  {pipeline.Pipeline.Name,-32} {Ratio(pipeline, CoverageKind.Activity),11} {Ratio(pipeline, CoverageKind.Branch),11} {Ratio(pipeline, CoverageKind.Dependency),22}");
            foreach (var missed in pipeline.Coverage.Missed)
            {
                output.WriteLine($"    {pipeline.Name}:{pipeline.Pipeline.Document.Text.GetPosition(missed.Place.Span.Start).Line + 1} {CoverageWords.Describe(missed)}");
            }
        }

        var all = coverage.SelectMany(c => c.Coverage.Covered.Select(_ => 1).Concat(c.Coverage.Missed.Select(_ => 0))).ToList();
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{all.Sum()} of {all.Count} covered ({CoverageWords.Percent(all.Sum(), all.Count)} %)"));
    }

    private static string Ratio(CoveredPipeline pipeline, CoverageKind kind)
    {
        var covered = pipeline.Coverage.Covered.Count(i => CoverageWords.KindOf(i) == kind);
        var all = covered + pipeline.Coverage.Missed.Count(i => CoverageWords.KindOf(i) == kind);
        return all == 0 ? "-" : $"{covered}/{all}";
    }

    private void Write(TestedFile file, TestFailure failure)
    {
        var place = file.Text.GetPosition(failure.Span.Start);
        output.WriteLine($"    {file.Name}:{place.Line + 1}:{place.Character + 1} {Shorten(failure.Message)}");
        if (failure is { Expected: { } expected, Actual: { } actual })
        {
            output.WriteLine($"      expected: {Shorten(expected)}");
            output.WriteLine($"      actual:   {Shorten(actual)}");
        }

        if (failure.Activity is { } activity && Locate(file, activity) is { } at)
        {
            output.WriteLine($"      at {name(Path.Combine(file.Root, activity.Path))}:{at.Line + 1}:{at.Character + 1}");
        }
    }

    /// <summary>Null for a file that is not there.</summary>
    public static LinePosition? Locate(TestedFile file, SourcePlace place) => file.Factory.FindText(place.Path)?.GetPosition(place.Span.Start);

    private string Colour(string text, int colour) => usesColour ? $"\u001B[{colour}m{text}\u001B[0m" : text;

    private static string Shorten(string text) => text.ReplaceLineEndings("\n          ") is var lines && lines.Length <= LongestValue ? lines : lines[..LongestValue] + "…";
}

internal enum CoverageKind
{
    Activity,
    Branch,
    Dependency,
}

/// <summary>The words for what can be covered.</summary>
internal static class CoverageWords
{
    public static CoverageKind KindOf(CoverageItem item) => item.Branch is not null ? CoverageKind.Branch : item.Upstream is not null ? CoverageKind.Dependency : CoverageKind.Activity;

    /// <summary>What it would be to cover an item: <c>'Load' runs</c>.</summary>
    public static string Describe(CoverageItem item) => item switch
    {
        { Branch: { } branch } => $"'{item.Activity}' takes '{WordOf(branch)}'",
        { Upstream: { } upstream, Status: { } status } => $"'{item.Activity}' runs after '{upstream}' is {status}",
        _ => $"'{item.Activity}' runs",
    };

    /// <summary>100 only where nothing is missed.</summary>
    public static int Percent(int covered, int all) => all == 0 ? 100 : (int)(100L * covered / all);

    private static string WordOf(string branch) => branch switch
    {
        "ifTrueActivities" => "true",
        "ifFalseActivities" => "false",
        "defaultActivities" => "default",
        "activities" => "its activities",
        _ => branch.StartsWith("cases/", StringComparison.Ordinal) ? branch["cases/".Length..] : branch,
    };
}
