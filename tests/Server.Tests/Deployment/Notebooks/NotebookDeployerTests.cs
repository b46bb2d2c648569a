using System.Collections.Immutable;
using System.Globalization;
using Pipewright.Deployment;
using Pipewright.Deployment.Applying;
using Pipewright.Deployment.Notebooks;
using Pipewright.Deployment.Planning;
using Xunit;

namespace Pipewright.Server.Tests.Deployment.Notebooks;

/// <summary>Notebooks on their way to a workspace and back, whatever happens to a request.</summary>
public sealed class NotebookDeployerTests
{
    private const string New = "# Databricks notebook source\nx = 2\n";
    private const string Old = "# Databricks notebook source\nx = 1\n";

    private static readonly Dictionary<string, (bool IsAfter, Func<Exception> Make)> Faults = new()
    {
        ["lost before"] = (false, () => Lost(0)),
        ["lost after"] = (true, () => Lost(0)),
        ["503 before"] = (false, () => Lost(503)),
        ["503 after"] = (true, () => Lost(503)),
        ["403"] = (false, () => new FactoryRequestException("PERMISSION_DENIED", "No.") { Status = 403 }),
        ["429"] = (false, () => new FactoryRequestException("REQUEST_LIMIT_EXCEEDED", "Slower.") { Status = 429 }),
        ["process killed before"] = (false, () => new ProcessKilledException()),
        ["process killed after"] = (true, () => new ProcessKilledException()),
    };

    public static TheoryData<string, bool> Cells
    {
        get
        {
            var cells = new TheoryData<string, bool>();
            foreach (var fault in Faults.Keys)
            {
                cells.Add(fault, true);
                cells.Add(fault, false);
            }

            return cells;
        }
    }

    [Theory]
    [MemberData(nameof(Cells))]
    public async Task Whatever_happens_to_a_request_nothing_is_lost(string fault, bool isLasting)
    {
        var (isAfter, make) = Faults[fault];
        for (var at = 0; at < 12; at++)
        {
            var where = $"{fault}, {(isLasting ? "from" : "at")} request {at.ToString(CultureInfo.InvariantCulture)}";
            var workspace = MakeWorkspace();
            var before = workspace.Content;
            var journal = new MemoryJournal();
            var count = -1;
            workspace.Fault = (_, isDone) =>
            {
                count += isDone ? 0 : 1;
                if (isDone == isAfter && (isLasting ? count >= at : count == at))
                {
                    journal.IsDead |= make() is ProcessKilledException;
                    throw make();
                }
            };

            var results = await DeployAsync(workspace, journal);
            workspace.Fault = (_, _) => { };
            foreach (var told in results)
            {
                var now = workspace.Content.GetValueOrDefault(told.Notebook.Place.Path);
                Assert.True(told.Action != DeploymentAction.NotAttempted || now == before.GetValueOrDefault(told.Notebook.Place.Path), $"{where}: changed though not attempted");
                Assert.True(!told.IsDone || now == told.Notebook.Unit?.Content.Text, $"{where}: not there though done");
            }

            // The way back, in a copy of this world.
            var twin = workspace.Copy();
            if (journal.Read() is { } record)
            {
                var (notebooks, obstacles) = await NotebookRollback.MakeAsync(record, twin, default);
                Assert.True(obstacles.IsEmpty, $"{where}: {string.Join(' ', obstacles)}");
                Assert.All(await new NotebookDeployer(twin).ApplyAsync(notebooks, _ => { }, default), r => Assert.True(r.IsDone, $"{where}: {r.Error}"));
            }

            Assert.True(before.SequenceEqual(twin.Content), $"{where}: not as it was after the way back");

            // The same once more.
            Assert.All(await DeployAsync(workspace, new MemoryJournal()), r => Assert.True(r.IsDone, $"{where}: {r.Error}"));
            Assert.True((await NotebookPlanner.MakeAsync(Wanted, workspace, default)).All(n => n.Action == PlannedAction.None), $"{where}: the plan is not empty in the end");
        }
    }

    [Fact]
    public async Task Only_what_differs_is_sent()
    {
        var workspace = MakeWorkspace();
        var results = await DeployAsync(workspace, new MemoryJournal());
        Assert.Equal(["/a Updated", "/b Created"], results.Select(r => $"{r.Notebook.Place.Path} {r.Action}"));
        Assert.Equal(["put /a", "put /b"], workspace.Calls.Where(c => !c.StartsWith("get", StringComparison.Ordinal)));
        Assert.Equal(Old, workspace.Content["/foreign"]);
    }

    [Fact]
    public async Task What_somebody_else_changes_meanwhile_is_not_overwritten()
    {
        var workspace = MakeWorkspace();
        var plan = await NotebookPlanner.MakeAsync(Wanted, workspace, default);
        workspace.Seed("/a", "# Databricks notebook source\ntheirs\n");
        var results = await new NotebookDeployer(workspace) { Parallel = 1 }.ApplyAsync(plan, _ => { }, default);
        Assert.Equal(["Failed", "NotAttempted"], results.Select(r => r.Action.ToString()));
        Assert.Contains("changed by somebody else", results[0].Error, StringComparison.Ordinal);
        Assert.Contains("theirs", workspace.Content["/a"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_somebody_else_changed_since_stays_on_the_way_back()
    {
        var workspace = MakeWorkspace();
        var journal = new MemoryJournal();
        await DeployAsync(workspace, journal);
        workspace.Seed("/a", "# Databricks notebook source\ntheirs\n");
        var (notebooks, obstacles) = await NotebookRollback.MakeAsync(journal.Read()!, workspace, default);
        Assert.Equal("/b Delete", string.Join(' ', notebooks.Select(n => $"{n.Place.Path} {n.Action}")));
        Assert.Contains("notebook /a in adb-1.2.azuredatabricks.net was changed by somebody else", Assert.Single(obstacles), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_workspace_that_can_not_be_read_stops_no_other_on_the_way_back()
    {
        var workspace = MakeWorkspace();
        var journal = new MemoryJournal();
        await DeployAsync(workspace, journal);
        workspace.Fault = (call, isDone) =>
        {
            if (call == "get /a" && !isDone)
            {
                throw new FactoryRequestException("PERMISSION_DENIED", "No.");
            }
        };
        var (notebooks, obstacles) = await NotebookRollback.MakeAsync(journal.Read()!, workspace, default);
        Assert.Equal("/b", Assert.Single(notebooks).Place.Path);
        Assert.Contains("can't be read", Assert.Single(obstacles), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cancellation_takes_effect_between_two()
    {
        using var source = new CancellationTokenSource();
        var workspace = MakeWorkspace();
        var plan = await NotebookPlanner.MakeAsync(Wanted, workspace, default);
        var results = await new NotebookDeployer(workspace) { Parallel = 1 }.ApplyAsync(plan, _ => source.Cancel(), source.Token);
        Assert.Equal(["Updated", "NotAttempted"], results.Select(r => r.Action.ToString()));
    }

    [Theory]
    [InlineData(Old, "# Databricks notebook source\r\nx = 1", true)]
    [InlineData(Old, "\uFEFF# Databricks notebook source\nx = 1\n\n", true)]
    [InlineData(Old, "# Databricks notebook source\nx =  1\n", false)]
    [InlineData(Old, New, false)]
    public void Line_ends_and_a_last_newline_are_no_difference(string wanted, string live, bool isSame) => Assert.Equal(
        isSame, NotebookText.IsSame(new NotebookContent(wanted, "PYTHON", false), new LiveNotebook(MemoryWorkspace.PlaceOf("/a"), "PYTHON", live)));

    [Theory]
    [InlineData("# Databricks notebook source\n# MAGIC %md\n# MAGIC Title\n\n# COMMAND ----------\n\nx = 1\n", true)]
    [InlineData("# Databricks notebook source\n# MAGIC %md\n# MAGIC Title\n\n# COMMAND ----------\n\nx = 2\n", false)]
    [InlineData("# Databricks notebook source\nx = 1\n", false)]
    public void A_notebook_of_Jupyter_is_compared_by_its_cells(string live, bool isSame)
    {
        const string Jupyter = """{"cells":[{"cell_type":"markdown","source":["Title"],"metadata":{}},{"cell_type":"code","source":["x = 1"],"metadata":{},"outputs":[]}],"metadata":{"language_info":{"name":"python"}},"nbformat":4,"nbformat_minor":0}""";
        Assert.Equal(isSame, NotebookText.IsSame(new NotebookContent(Jupyter, "PYTHON", true), new LiveNotebook(MemoryWorkspace.PlaceOf("/a"), "PYTHON", live)));
    }

    private static ImmutableArray<NotebookUnit> Wanted => [UnitOf("/a", New), UnitOf("/b", New), UnitOf("/same", Old)];

    private static NotebookUnit UnitOf(string path, string text) => new(MemoryWorkspace.PlaceOf(path), new NotebookContent(text, "PYTHON", false), path[1..] + ".py");

    private static MemoryWorkspace MakeWorkspace()
    {
        var workspace = new MemoryWorkspace();
        workspace.Seed("/a", Old);
        workspace.Seed("/same", Old.ReplaceLineEndings("\r\n"));
        workspace.Seed("/foreign", Old);
        return workspace;
    }

    private static async Task<ImmutableArray<NotebookResult>> DeployAsync(MemoryWorkspace workspace, MemoryJournal journal)
    {
        try
        {
            var plan = await NotebookPlanner.MakeAsync(Wanted, workspace, default);
            journal.Begin();
            return await new NotebookDeployer(workspace, journal) { Parallel = 1, Pause = TimeSpan.Zero }.ApplyAsync(plan, _ => { }, default);
        }
        catch (Exception e) when (e is FactoryRequestException or ProcessKilledException or AggregateException)
        {
            return [];
        }
    }

    private static FactoryRequestException Lost(int status) => new("NoResponse", "Lost.") { Status = status, IsOutcomeUnknown = true };

    /// <summary>A journal that goes through its text, as one on disk does.</summary>
    private sealed class MemoryJournal : IDeploymentJournal
    {
        private readonly List<string> _lines = [];

        public bool IsDead { get; set; }

        public void Begin() => _lines.Add(JournalFormat.Write(new JournalHeader("f", DateTimeOffset.UnixEpoch)));

        public JournalRecord? Read() => _lines.Count == 0 ? null : JournalFormat.Read(_lines);

        public void Write(JournalStep step)
        {
            if (IsDead)
            {
                throw new ProcessKilledException();
            }

            _lines.Add(JournalFormat.Write(step, DateTimeOffset.UnixEpoch));
        }
    }
}
