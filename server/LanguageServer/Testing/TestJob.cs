// Runs tests of pipelines: which, side by side, and what came of them.
using System.Collections.Immutable;
using Pipewright.Core.Factory;
using Pipewright.Core.PipelineTests;
using Pipewright.Core.Schema;
using Pipewright.Core.Simulation;
using Pipewright.Core.Text;
using Pipewright.LanguageServer.Workspaces;

namespace Pipewright.LanguageServer.Testing;

/// <summary>A file of tests within its factory.</summary>
/// <param name="Root">The factory's folder.</param>
/// <param name="Name">How people are told of it: a path from where they look.</param>
internal sealed record TestedFile(string Root, FactorySnapshot Factory, PipelineTestFile File, string Name)
{
    public SourceText Text => File.Document.Text;
}

/// <summary>A case that was run.</summary>
/// <param name="Duration">In real time.</param>
internal sealed record RanCase(TestedFile File, PipelineTestResult Result, TimeSpan Duration)
{
    public PipelineTestCase Case => Result.Case;

    /// <summary>The line that it begins in, from 1.</summary>
    public int Line => File.Text.GetPosition(Case.NameSpan.Start).Line + 1;
}

/// <summary>What runs have shown of a pipeline.</summary>
/// <param name="Name">How people are told of its file.</param>
internal sealed record CoveredPipeline(string Root, ResourceSymbol Pipeline, string Name, PipelineCoverage Coverage);

internal static class TestJob
{
    /// <summary>All files of tests of some factories, by path.</summary>
    /// <param name="name">How people are told of a file.</param>
    public static ImmutableArray<TestedFile> Find(IEnumerable<LoadedFactory> factories, Func<string, bool> isWanted, Func<string, string> name) =>
    [
        .. from factory in factories
           from document in factory.Snapshot.Tests.Values
           let path = Path.Combine(factory.Path, document.Path)
           where isWanted(path)
           select new TestedFile(factory.Path, factory.Snapshot, PipelineTestFile.Read(document), name(path)),
    ];

    /// <summary>Runs cases side by side. A file without any fails.</summary>
    /// <param name="parallel">How many at once.</param>
    /// <param name="begin">Told how many there are, before the first.</param>
    /// <param name="advance">Told after each.</param>
    /// <returns>In the order of the files and their texts.</returns>
    public static ImmutableArray<RanCase> Run(IEnumerable<TestedFile> files, Func<TestedFile, PipelineTestCase, bool> isWanted, int parallel, CancellationToken cancellation, Action<int>? begin = null, Action? advance = null)
    {
        var wanted = files.SelectMany(f => (f.File.Cases.IsEmpty ? [PipelineTestCase.None] : f.File.Cases).Where(c => isWanted(f, c)).Select(c => (File: f, Case: c))).ToList();
        var ran = new RanCase[wanted.Count];
        begin?.Invoke(wanted.Count);
        Parallel.For(0, wanted.Count, new ParallelOptions { MaxDegreeOfParallelism = parallel, CancellationToken = cancellation }, i =>
        {
            var start = TimeProvider.System.GetTimestamp();
            var (file, one) = wanted[i];
            var result = one == PipelineTestCase.None ? PipelineTestRunner.RunEmpty(file.Factory, file.File) : PipelineTestRunner.Run(file.Factory, file.File, one, cancellation: cancellation);
            ran[i] = new RanCase(file, result, TimeProvider.System.GetElapsedTime(start));
            advance?.Invoke();
        });
        return [.. ran];
    }

    /// <summary>Whether a case is one of those that a word of a filter means: it is in the case's name, the pipeline's, or the file's.</summary>
    /// <param name="filter">Null for all; <c>*</c> stands for any characters.</param>
    public static bool Matches(TestedFile file, PipelineTestCase one, string? filter) => filter is null
        || ((string[])[one.Name, one.Pipeline, file.Name]).Any(n => System.IO.Enumeration.FileSystemName.MatchesSimpleExpression($"*{filter}*", n, ignoreCase: true));

    /// <summary>What cases have shown of the pipelines of their factories.</summary>
    /// <param name="isOfAll">Whether pipelines that no case has run are told of, too.</param>
    /// <param name="name">How people are told of a file.</param>
    public static ImmutableArray<CoveredPipeline> Cover(IReadOnlyList<RanCase> ran, bool isOfAll, Func<string, string> name) =>
    [
        .. from factory in ran.GroupBy(r => r.File.Root)
           let traces = factory.Select(r => r.Result.Trace).OfType<SimulationTrace>().ToList()
           from pipeline in factory.First().File.Factory.OfKind(ResourceKind.Pipeline)
           let counts = traces.Select(t => t.Counts.GetValueOrDefault(pipeline.Name)).OfType<PipelineCounts>().ToList()
           where isOfAll || counts.Count > 0
           select new CoveredPipeline(factory.Key, pipeline, name(Path.Combine(factory.Key, pipeline.Document.Path)), PipelineCoverage.Of(pipeline, counts)),
    ];
}
