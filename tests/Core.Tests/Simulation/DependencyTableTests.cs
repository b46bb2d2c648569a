using Pipewright.Core.Simulation;
using Xunit;

namespace Pipewright.Core.Tests.Simulation;

/// <summary>A line for each way in which activities wait for each other and end: see the head of the file.</summary>
public sealed class DependencyTableTests
{
    internal const string File = "Dependencies.txt";

    internal static IReadOnlyList<string> Rows { get; } = [.. RepositoryFiles.Read("tests/Core.Tests/Simulation/Situations").Single(f => f.Path == File).Text
        .Split('\n').Where(l => l.Contains('~', StringComparison.Ordinal) && !l.StartsWith('#'))];

    public static TheoryData<string> All => [.. Rows];

    [Theory]
    [MemberData(nameof(All))]
    public void Activities_end_as_the_row_says(string row)
    {
        var cells = row.Split('~', StringSplitOptions.TrimEntries);
        var factory = TestText.Factory("pipelines/Main.pipeline.yaml", "activities:\n" + string.Join('\n', cells[0].Split(';', StringSplitOptions.TrimEntries).Select(ToYaml)));
        var failing = cells[1].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var request = new SimulationRequest { Stubs = new StubSet(failing.Select(f => new ActivityStub { Activity = f, Error = new StubError("E", "It broke.") })) };
        var run = PipelineSimulator.Run(factory, "Main", request).Run;
        Assert.Equal(cells[2], $"{run.Status} {string.Join(' ', run.Activities.OrderBy(a => a.Name, StringComparer.Ordinal).Select(a => $"{a.Name}{Letter(a.Status)}"))}");
    }

    /// <summary><c>B!Failed&lt;A:Succeeded|Failed,C</c>: B is switched off and marked as failed, and waits for A and C.</summary>
    private static string ToYaml(string activity)
    {
        var parts = activity.Split('<');
        var name = parts[0].Split('!');
        var state = name is [_, var mark] ? $", state: Inactive{(mark.Length == 0 ? "" : $", onInactiveMarkAs: {mark}")}" : "";
        var dependencies = parts is [_, var list]
            ? ", dependsOn: [" + string.Join(", ", list.Split(',').Select(d => d.Split(':')).Select(d => $"{{ activity: {d[0]}, dependencyConditions: [{(d is [_, var c] ? c.Replace('|', ',') : "Succeeded")}] }}")) + "]"
            : "";
        return $"  - {{ name: {name[0]}, type: WebActivity{state}{dependencies} }}";
    }

    private static char Letter(ActivityRunStatus status) => status switch
    {
        ActivityRunStatus.Succeeded => '+',
        ActivityRunStatus.Failed => '-',
        ActivityRunStatus.Skipped => '0',
        ActivityRunStatus.Inactive => '/',
        _ => '?',
    };
}
