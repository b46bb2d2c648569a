using System.Text.Json.Nodes;
using Pipewright.Core.PipelineTests;

namespace Pipewright.LanguageServer.Testing;

/// <summary>What came of tests, for programs. Lines and columns count from 1.</summary>
internal static class TestJson
{
    /// <param name="name">How a file is named, of its path.</param>
    public static JsonObject Of(IReadOnlyList<RanCase> ran, Func<string, string> name) => new()
    {
        ["cases"] = new JsonArray([.. ran.Select(r => Of(r, name))]),
        ["summary"] = new JsonObject { ["passed"] = ran.Count(r => r.Result.IsPassed), ["failed"] = ran.Count(r => !r.Result.IsPassed) },
    };

    public static JsonObject Of(IReadOnlyList<CoveredPipeline> coverage) => new()
    {
        ["pipelines"] = new JsonArray([.. coverage.Select(c => new JsonObject
        {
            ["pipeline"] = c.Pipeline.Name,
            ["file"] = c.Name,
            ["items"] = new JsonArray([.. c.Coverage.Covered.Select(i => (Item: i, IsCovered: true)).Concat(c.Coverage.Missed.Select(i => (Item: i, IsCovered: false)))
                .OrderBy(i => i.Item.Place.Span.Start).Select(i => new JsonObject
                {
                    ["kind"] = CoverageWords.KindOf(i.Item).ToString().ToLowerInvariant(),
                    ["activity"] = i.Item.Activity,
                    ["what"] = CoverageWords.Describe(i.Item),
                    ["line"] = c.Pipeline.Document.Text.GetPosition(i.Item.Place.Span.Start).Line + 1,
                    ["covered"] = i.IsCovered,
                })]),
        })]),
        ["summary"] = new JsonObject { ["covered"] = coverage.Sum(c => c.Coverage.Covered.Length), ["missed"] = coverage.Sum(c => c.Coverage.Missed.Length) },
    };

    private static JsonObject Of(RanCase one, Func<string, string> name) => new()
    {
        ["file"] = one.File.Name,
        ["line"] = one.Line,
        ["name"] = one.Case.Name,
        ["pipeline"] = one.Case.Pipeline,
        ["status"] = one.Result.IsPassed ? "passed" : "failed",
        ["durationMs"] = one.Duration.TotalMilliseconds,
        ["failures"] = new JsonArray([.. one.Result.Failures.Select(f => Of(one.File, f, name))]),
    };

    private static JsonObject Of(TestedFile file, TestFailure failure, Func<string, string> name)
    {
        var place = file.Text.GetPosition(failure.Span.Start);
        var body = new JsonObject { ["message"] = failure.Message, ["line"] = place.Line + 1, ["column"] = place.Character + 1 };
        if (failure is { Expected: { } expected, Actual: { } actual })
        {
            body["expected"] = expected;
            body["actual"] = actual;
        }

        if (failure.Activity is { } activity && TestText.Locate(file, activity) is { } at)
        {
            body["activity"] = new JsonObject { ["file"] = name(Path.Combine(file.Root, activity.Path)), ["line"] = at.Line + 1, ["column"] = at.Character + 1 };
        }

        return body;
    }
}
