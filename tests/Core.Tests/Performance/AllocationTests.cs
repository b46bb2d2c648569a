// What each thing that the editor asks for costs in memory that is taken, which is the same on every machine and at every time, as times are not. Run with PIPEWRIGHT_ACCEPT=1 to write
// down in Allocations.txt what is taken now.
using System.Globalization;
using Pipewright.Core.Factory;
using Pipewright.Core.Features;
using Pipewright.Core.Rules;
using Pipewright.Core.Text;
using Xunit;

namespace Pipewright.Core.Tests.Performance;

/// <summary>Alone, so that nothing is counted which others take.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;

[Collection(nameof(Alone))]
public sealed class AllocationTests
{
    private const string Accept = "PIPEWRIGHT_ACCEPT";

    /// <summary>Activities of the smaller pipeline, and how many times as many the larger has.</summary>
    private const int Activities = 100;
    private const int Times = 4;

    /// <summary>So many activities in a pipeline are none too many for any rule.</summary>
    private const int MostActivities = 80;

    /// <summary>What grows in proportion takes at most four times as much in four times the text; the rest is for lists that double as they grow.</summary>
    private const double MostGrowth = 4.6;

    /// <summary>How many times as much may be taken as is written down: runtimes differ a little.</summary>
    private const double Bound = 1.15;

    /// <summary>Less than this is noise.</summary>
    private const long Little = 100_000;

    private static readonly string _file = Path.Combine(RepositoryFiles.Root, "tests", "Core.Tests", "Performance", "Allocations.txt");

    /// <summary>Each prepares a pipeline, and gives back what is counted.</summary>
    private static readonly Dictionary<string, Func<LargePipeline, Func<object?>>> _works = new()
    {
        ["parse"] = pipeline => () => pipeline.Open().Syntax,
        ["open"] = pipeline => () => pipeline.Open().Resources,
        ["open to findings"] = pipeline => () => Check(FactorySnapshot.Empty, pipeline.Open()),
        ["edit"] = pipeline => OnOpened(pipeline, pipeline.WithOtherNumber, (_, edited) => edited.Resources),
        ["edit to findings"] = pipeline => OnOpened(pipeline, pipeline.WithOtherNumber, Check),
        ["edit to completion"] = pipeline => OnOpened(pipeline, pipeline.WithKey, (factory, edited) =>
            LanguageFeatures.GetCompletion(factory.With(edited), edited, pipeline.Cursor, CancellationToken.None).Items),
        ["hover"] = pipeline => OnOpened(pipeline, null, (factory, document) => LanguageFeatures.GetHover(factory, document, pipeline.Middle, CancellationToken.None)),
        ["outline"] = pipeline => OnOpened(pipeline, null, (_, document) => LanguageFeatures.GetOutline(document, CancellationToken.None)),
        ["coloured names"] = pipeline => OnOpened(pipeline, null, (factory, document) => LanguageFeatures.GetTokens(factory, document, null, CancellationToken.None)),
    };

    public static TheoryData<string, bool> Works()
    {
        var rows = new TheoryData<string, bool>();
        foreach (var name in _works.Keys)
        {
            rows.Add(name, true);
            rows.Add(name, false);
        }

        return rows;
    }

    [Theory]
    [MemberData(nameof(Works))]
    public void Four_times_the_text_takes_four_times_as_much(string work, bool isSpec)
    {
        var (small, large) = (Count(work, isSpec, Activities), Count(work, isSpec, Times * Activities));

        Assert.True(large <= Math.Max(Little, MostGrowth * small), $"{work}: {small:N0} bytes for {Activities} activities, {large:N0} for {Times} times as many, {(double)large / small:F1} times as much");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void No_rule_takes_more_than_in_proportion(bool isSpec)
    {
        // With more there would be a finding for each activity that is one too many, in the larger pipeline only.
        var (small, large) = (CountRules(isSpec, MostActivities / Times), CountRules(isSpec, MostActivities));

        Assert.Empty(RuleSet.All.Where((_, i) => large[i] > Math.Max(Little / 2, MostGrowth * small[i])).Select(r => r.Descriptor.Code));
    }

    /// <summary>What an edit of one activity costs, in percent of reading the whole of it.</summary>
    [Theory]
    [InlineData("edit", "open", true, 6)]
    [InlineData("edit", "open", false, 12)]
    [InlineData("edit to completion", "open to findings", true, 5)]
    [InlineData("edit to completion", "open to findings", false, 5)]
    [InlineData("edit to findings", "open to findings", true, 85)]
    [InlineData("edit to findings", "open to findings", false, 95)]
    public void An_edit_takes_a_part_of_what_reading_all_takes(string edit, string whole, bool isSpec, int percent)
    {
        var (part, all) = (Count(edit, isSpec, Times * Activities), Count(whole, isSpec, Times * Activities));

        Assert.True(part <= all * percent / 100, $"{edit}: {part:N0} bytes, {100.0 * part / all:F0} % of the {all:N0} of {whole}");
    }

    [Fact]
    public void Nothing_takes_more_than_is_written_down()
    {
        var now = _works.Keys.SelectMany(work => new[] { true, false }.Select(isSpec => (Name: $"{work}, {(isSpec ? "spec" : "Git")} form", Bytes: Count(work, isSpec, Times * Activities)))).ToList();
        if (Environment.GetEnvironmentVariable(Accept) == "1")
        {
            File.WriteAllLines(_file, now.Select(n => string.Create(CultureInfo.InvariantCulture, $"{n.Name}: {n.Bytes / 1000}")).Prepend(
                $"# Kilobytes that are taken, of a pipeline of {Times * Activities} activities. AllocationTests writes this with PIPEWRIGHT_ACCEPT=1; less is better."));
        }

        var before = File.ReadLines(_file).Where(l => !l.StartsWith('#')).Select(l => l.Split(": ")).ToDictionary(l => l[0], l => 1000 * long.Parse(l[1], CultureInfo.InvariantCulture));

        Assert.Empty(now.Where(n => n.Bytes > Math.Max(Little, Bound * before[n.Name])).Select(n => $"{n.Name}: {n.Bytes:N0} bytes, {(double)n.Bytes / before[n.Name]:F2} times what it was"));
    }

    private static object Check(FactorySnapshot factory, ResourceDocument document) => LanguageFeatures.GetDiagnostics(factory.With(document), document, CancellationToken.None);

    /// <param name="text">What is typed into the pipeline, which has been open, checked and worked on for a while; null for nothing.</param>
    private static Func<object?> OnOpened(LargePipeline pipeline, string? text, Func<FactorySnapshot, ResourceDocument, object?> work)
    {
        var document = pipeline.Open();
        var factory = FactorySnapshot.Empty.With(document);
        Check(factory, document);
        document.Prepare();
        LanguageFeatures.GetCompletion(factory, document, pipeline.Cursor, CancellationToken.None);
        return () => work(factory, text is null ? document : document.WithText(new SourceText(text)));
    }

    private static long Count(string work, bool isSpec, int activities)
    {
        var pipeline = new LargePipeline(activities, isSpec);
        return Count(() => _works[work](pipeline));
    }

    /// <summary>For each rule what it takes by itself, without what all share.</summary>
    private static long[] CountRules(bool isSpec, int activities)
    {
        var document = new LargePipeline(activities, isSpec).Open();
        var factory = FactorySnapshot.Empty.With(document);
        var context = new RuleContext(factory, document, 0);
        return [.. RuleSet.All.Select(rule => Count(() => () => rule.Check(context).Count()))];
    }

    /// <summary>The least of several times, in bytes: what is made once is made the first time, and what the runtime takes beside it is not there each time.</summary>
    private static long Count(Func<Func<object?>> prepare) => Enumerable.Range(0, 4).Min(_ =>
    {
        var work = prepare();
        var before = GC.GetTotalAllocatedBytes(precise: true);
        var result = work();
        var after = GC.GetTotalAllocatedBytes(precise: true);
        GC.KeepAlive(result);
        return after - before;
    });
}
