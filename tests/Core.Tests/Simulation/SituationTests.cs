using System.Text;
using Xunit;

namespace Pipewright.Core.Tests.Simulation;

/// <summary>
/// The situations in the files of the folder Situations, each in both forms. Run with PIPEWRIGHT_ACCEPT=1 to write what comes of them into the files,
/// and read the difference.
/// </summary>
public sealed class SituationTests
{
    private const string Folder = "tests/Core.Tests/Simulation/Situations";
    private const string Accept = "PIPEWRIGHT_ACCEPT";

    private static readonly Dictionary<string, Situation> All = RepositoryFiles.Read(Folder).Where(f => f.Path != DependencyTableTests.File)
        .SelectMany(f => Situation.ReadAll(f.Text).Select(s => (f.Path, Situation: s))).ToDictionary(s => $"{s.Path[..^4]}: {s.Situation.Title}", s => s.Situation);

    public static TheoryData<string> Titles => [.. All.Keys];

    [Theory]
    [MemberData(nameof(Titles))]
    public void A_pipeline_runs_as_its_situation_says(string title)
    {
        var situation = All[title];
        Assert.Equal(situation.Expected, situation.Run(inGitForm: false));
    }

    [Theory]
    [MemberData(nameof(Titles))]
    public void Both_forms_run_alike_and_a_run_is_the_same_each_time(string title)
    {
        var situation = All[title];
        var spec = situation.RunInFull(inGitForm: false).ToList();
        Assert.Equal(spec, situation.RunInFull(inGitForm: true));
        Assert.Equal(spec, situation.RunInFull(inGitForm: false));
    }

    [Fact]
    public void There_are_many_situations() => Assert.True(All.Count + DependencyTableTests.Rows.Count >= 150, $"{All.Count} and {DependencyTableTests.Rows.Count}");

    [Fact]
    public void What_comes_of_the_situations_is_written_into_the_files_when_asked()
    {
        if (Environment.GetEnvironmentVariable(Accept) != "1")
        {
            return;
        }

        foreach (var (path, text) in RepositoryFiles.Read(Folder).Where(f => f.Path != DependencyTableTests.File))
        {
            var written = new StringBuilder(text.Split("\n= ")[0]);
            foreach (var block in text.Split("\n= ").Skip(1))
            {
                var kept = block.TrimEnd('\n').Split('\n').Where(l => !l.StartsWith('>'));
                var situation = Situation.ReadAll("= " + block)[0];
                written.Append("\n= ").AppendJoin('\n', kept).AppendJoin("", situation.Run(inGitForm: false).Select(l => $"\n> {l}")).Append('\n');
            }

            File.WriteAllText(Path.Combine(RepositoryFiles.Root, Folder, path), written.ToString());
        }
    }
}
