// A situation as the files in Situations have it: pipelines in the spec form, what is given, and the trace that comes of it.
using System.Globalization;
using System.Text.RegularExpressions;
using Pipewright.Core.Emit;
using Pipewright.Core.Expressions;
using Pipewright.Core.Expressions.Evaluation;
using Pipewright.Core.Factory;
using Pipewright.Core.Simulation;

namespace Pipewright.Core.Tests.Simulation;

/// <summary>
/// One block of a file. <c>= title</c>, then the text of the pipeline Main; <c>--- Name</c> begins another pipeline; <c>&lt;</c> what is given;
/// <c>&gt;</c> what comes of it: the outcome, a line an activity run, and values by path.
/// </summary>
internal sealed partial record Situation(string Title, List<string> Text, List<string> Given, List<string> Expected)
{
    public static List<Situation> ReadAll(string text)
    {
        var all = new List<Situation>();
        foreach (var line in text.Split('\n'))
        {
            if (line.StartsWith("= ", StringComparison.Ordinal))
            {
                all.Add(new Situation(line[2..].Trim(), [], [], []));
            }
            else if (all.LastOrDefault() is { } current && line.Trim().Length > 0 && !line.StartsWith('#'))
            {
                (line[0] switch { '<' => current.Given, '>' => current.Expected, _ => current.Text }).Add(line[0] is '<' or '>' ? line[1..].Trim() : line);
            }
        }

        return all;
    }

    /// <summary>What comes of it, in the lines that are expected: values for the paths that these name.</summary>
    public List<string> Run(bool inGitForm)
    {
        var trace = PipelineSimulator.Run(MakeFactory(inGitForm), "Main", MakeRequest());
        return [.. TraceText.Write(trace), .. Expected.Where(IsValue).Select(e => e.Split('=')[0].Trim()).Select(p => $"{p} = {Read(trace.Run, p)}")];
    }

    /// <summary>Everything of the trace, to compare two of them.</summary>
    public IEnumerable<string> RunInFull(bool inGitForm) => TraceText.WriteAll(PipelineSimulator.Run(MakeFactory(inGitForm), "Main", MakeRequest()));

    /// <summary>Lines about values begin with the path to one in backticks.</summary>
    public static bool IsValue(string line) => line.StartsWith('`');

    private FactorySnapshot MakeFactory(bool inGitForm)
    {
        var files = new List<(string Name, List<string> Lines)> { ("Main", []) };
        foreach (var line in Text)
        {
            if (line.StartsWith("--- ", StringComparison.Ordinal))
            {
                files.Add((line[4..].Trim(), []));
            }
            else
            {
                files[^1].Lines.Add(line);
            }
        }

        var documents = files.Select(f => TestText.Document($"pipelines/{f.Name}.pipeline.yaml", string.Join('\n', f.Lines))).ToList();
        var globals = Given.Where(g => g.StartsWith("global ", StringComparison.Ordinal)).Select(g => g.Split(' ', 4)).Select(g => $"  {g[1]}: {{ type: {g[2]}, value: {g[3]} }}").ToList();
        documents.Add(TestText.Document("lake.factory.yaml", "globalParameters:\n" + (globals.Count == 0 ? "  none: { type: int, value: 0 }" : string.Join('\n', globals))));
        return FactorySnapshot.Empty.With(inGitForm
            ? documents.SelectMany(Conversion.ToGit).Select(c => TestText.Document(c.Path, c.Text))
            : documents);
    }

    private SimulationRequest MakeRequest()
    {
        var parameters = EvaluationContext.Empty;
        var stubs = new Dictionary<string, ActivityStub>();
        var request = new SimulationRequest();
        foreach (var given in Given)
        {
            var words = given.Split(' ', 3);
            switch (words)
            {
                case ["parameter", var name, var value]:
                    parameters = parameters.SetItem(name, Parse(value));
                    break;
                case ["cancel", var seconds]:
                    request = request with { CancelAfter = Seconds(seconds) };
                    break;
                case ["limit", var most]:
                    request = request with { Limits = request.Limits with { MaximumActivities = Number(most) } };
                    break;
                case ["keep", var most]:
                    request = request with { Limits = request.Limits with { KeptIterations = Number(most) } };
                    break;
                case ["deep", var most]:
                    request = request with { Limits = request.Limits with { MaximumDepth = Number(most) } };
                    break;
                case ["global", ..]:
                    break;
                case [var selector, var verb, .. var rest]:
                    stubs[selector] = Change(stubs.GetValueOrDefault(selector, Select(selector)), verb, rest.FirstOrDefault() ?? "");
                    break;
                default:
                    throw new FormatException($"'{given}' is nothing that can be given.");
            }
        }

        return request with { Parameters = parameters, Stubs = new StubSet(stubs.Values) };
    }

    private static ActivityStub Change(ActivityStub stub, string verb, string rest) => verb switch
    {
        "fails" => stub with { Error = new StubError(rest.Split(' ')[0] is { Length: > 0 } code ? code : "E", rest.Split(' ', 2) is [_, var message] ? message : "It broke.") },
        "gives" => stub with { Output = Parse(rest) },
        "takes" => stub with { Duration = Seconds(rest) },
        _ => throw new FormatException($"'{verb}' is nothing that a stub does."),
    };

    /// <summary><c>Pipeline:Container/Activity[iteration]#attempt</c>, of which only the activity must be there; <c>*Type</c> for all of a type.</summary>
    private static ActivityStub Select(string selector)
    {
        var match = Selector().Match(selector);
        string? Part(string name) => match.Groups[name].Success ? match.Groups[name].Value : null;
        int? Index(string name) => Part(name) is { } text ? Number(text) : null;
        return new ActivityStub
        {
            Pipeline = Part("pipeline"),
            Container = Part("container"),
            Activity = Part("activity"),
            Type = Part("type"),
            Iteration = Index("iteration"),
            Attempt = Index("attempt"),
        };
    }

    private static string Read(PipelineRun run, string quoted)
    {
        var path = quoted.Trim('`').Split('.');
        if (path[0] is "variables" or "returns" or "parameters")
        {
            return TraceText.Json(Follow(path[0] switch { "variables" => run.Variables, "returns" => run.ReturnValue, _ => run.Parameters }, path[1..]));
        }

        if (path is ["error"])
        {
            return run.Error?.Message ?? "nothing";
        }

        var found = TraceText.FindAll(run, "").Where(a => a.Path == path[0]).Select(a => a.Run).ToList();
        return found is not [var activity] ? $"there are {found.Count} runs of {path[0]}" : path[1] switch
        {
            "input" => TraceText.Json(activity.Input is { } input ? Follow(input, path[2..]) : null),
            "output" => TraceText.Json(activity.Output is { } output ? Follow(output, path[2..]) : null),
            "error" => activity.Error?.Message ?? "nothing",
            "branches" => string.Create(CultureInfo.InvariantCulture, $"{activity.BranchCount}, {activity.FailedBranchCount} failed"),
            "child" => TraceText.Json(Follow(path[2] == "variables" ? activity.Child!.Variables : activity.Child!.Parameters, path[3..])),
            "user" => TraceText.Json(activity.UserProperties),
            "source" => activity.Source.ToString(),
            _ => throw new FormatException($"'{quoted}' leads nowhere."),
        };
    }

    private static ExpressionValue? Follow(ExpressionValue? value, IEnumerable<string> path) => path.Aggregate(value, (current, name) => current switch
    {
        ObjectValue members => members.Find(name),
        ArrayValue { Items: var items } when int.TryParse(name, CultureInfo.InvariantCulture, out var at) && at < items.Length => items[at],
        _ => null,
    });

    private static ExpressionValue Parse(string json) => ValueJson.TryParse(json, out var problem) ?? throw new FormatException($"{json}: {problem}");

    private static TimeSpan Seconds(string text) => TimeSpan.FromSeconds(double.Parse(text, CultureInfo.InvariantCulture));

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^(?:(?<pipeline>\w+):)?(?:(?<container>\w+)/)?(?:\*(?<type>\w+)|(?<activity>\w+))(?:\[(?<iteration>\d+)\])?(?:#(?<attempt>\d+))?$")]
    private static partial Regex Selector();
}
