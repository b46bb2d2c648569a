using System.Text.Json;
using Pipewright.Core.Expressions;
using Pipewright.Core.Factory;
using Pipewright.Core.Features.Navigation;
using Pipewright.Core.Features.PipelineTests;
using Pipewright.Core.PipelineTests;
using Pipewright.Core.Schema;
using Pipewright.Core.Simulation;
using Pipewright.Core.Text;
using Pipewright.LanguageServer.Deploying;
using Pipewright.LanguageServer.Protocol;
using Pipewright.LanguageServer.Testing;
using Pipewright.LanguageServer.Workspaces;

namespace Pipewright.LanguageServer.Handlers;

/// <summary>The requests about tests of pipelines: list, run, look at a run's values, make a new file.</summary>
internal static class TestHandlers
{
    /// <summary>A command of the client's own: it takes the URI of a pipeline, or that of a file of tests and the name of a case.</summary>
    public const string DryRunCommand = "pipewright.dryRun";

    /// <summary>A command of the client's own: it takes the URI of a file of tests and the name of a case.</summary>
    public const string RunTestCommand = "pipewright.runTest";

    /// <summary>A value that is longer is not sent.</summary>
    private const int LongestValue = 100_000;

    public static void Register(ServerSession session)
    {
        session.RegisterOnceRead("pipewright/tests", (snapshot, parameters, cancellation) => List(session, snapshot, ReadOrDefault(parameters), cancellation));
        session.RegisterOnceRead("pipewright/runTests", (snapshot, parameters, cancellation) =>
            Run(session, snapshot, parameters.ValueKind == JsonValueKind.Object ? ProtocolJson.Read(parameters, ProtocolJson.Default.RunTestsParams) : new RunTestsParams(), cancellation));
        session.RegisterOnceRead("pipewright/dryRun", (snapshot, parameters, cancellation) => Refuse(() =>
            DryRun(session, snapshot, ProtocolJson.Read(parameters, ProtocolJson.Default.DryRunParams), cancellation)));
        session.RegisterOnceRead("pipewright/evaluate", (snapshot, parameters, _) => Refuse(() => Evaluate(session, snapshot, ProtocolJson.Read(parameters, ProtocolJson.Default.EvaluateParams))));
        session.Register("pipewright/newPipelineTest", async (parameters, cancellation) =>
        {
            var asked = ProtocolJson.Read(parameters, ProtocolJson.Default.NewTestParams);
            await session.Reading.Completed.WaitAsync(cancellation);
            return await DeploymentHandlers.RefuseAs(() => CreateAsync(session, asked, cancellation));
        });
    }

    /// <summary>The lines above the cases of a file of tests.</summary>
    public static IEnumerable<CodeLens> FindLenses(ServerSession session, OpenDocument open)
    {
        if (open.Document is not { IsTest: true } document || !session.Settings.Lenses.HasFlag(LensKinds.Test))
        {
            yield break;
        }

        foreach (var one in PipelineTestFile.Read(document).Cases)
        {
            var range = session.Encoding.ToRange(open.Text, one.NameSpan);
            JsonElement[] arguments = [JsonSerializer.SerializeToElement(open.Uri, ProtocolJson.Default.String), JsonSerializer.SerializeToElement(one.Name, ProtocolJson.Default.String)];
            if (session.ClientCommands.Contains(RunTestCommand))
            {
                yield return new CodeLens(range, new Command("Run test", RunTestCommand, arguments));
            }

            if (session.ClientCommands.Contains(DryRunCommand))
            {
                yield return new CodeLens(range, new Command("Dry run", DryRunCommand, arguments));
            }
        }
    }

    private static TestsParams ReadOrDefault(JsonElement parameters) => parameters.ValueKind == JsonValueKind.Object ? ProtocolJson.Read(parameters, ProtocolJson.Default.TestsParams) : new TestsParams();

    private static JsonElement? List(ServerSession session, WorkspaceSnapshot snapshot, TestsParams asked, CancellationToken cancellation)
    {
        var of = asked.TextDocument is { } document ? snapshot.FindDocument(document.Uri) : null;
        var names = of?.Document.Resources.Where(r => r.Kind == ResourceKind.Pipeline).Select(r => r.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var files = new List<TestFileEntry>();
        foreach (var file in FindFiles(snapshot).Where(f => of is null || f.Root == of.Root))
        {
            cancellation.ThrowIfCancellationRequested();
            var cases = file.File.Cases.Where(c => names is null || names.Contains(c.Pipeline)).ToList();
            if (asked.TextDocument is null || cases.Count > 0)
            {
                files.Add(new TestFileEntry(file.Name, cases.FirstOrDefault()?.Pipeline ?? "",
                    [.. cases.Select(c => new TestCaseEntry(c.Name, c.Pipeline, session.Encoding.ToRange(file.Text, c.Span), session.Encoding.ToRange(file.Text, c.NameSpan), c.Description))]));
            }
        }

        return ProtocolJson.Write(new TestList(files), ProtocolJson.Default.TestList);
    }

    private static JsonElement? Run(ServerSession session, WorkspaceSnapshot snapshot, RunTestsParams asked, CancellationToken cancellation)
    {
        var chosen = asked.Tests?.GroupBy(t => DocumentUri.ToKey(t.Uri)).ToDictionary(g => g.Key, g => g.Any(t => t.Names is null) ? null : g.SelectMany(t => t.Names!).ToHashSet(StringComparer.Ordinal));
        var ran = TestJob.Run(
            FindFiles(snapshot).Where(f => chosen is null || chosen.ContainsKey(DocumentUri.ToKey(f.Name))),
            (file, one) => chosen?.GetValueOrDefault(DocumentUri.ToKey(file.Name)) is not { } names || names.Contains(one.Name), Math.Max(1, Environment.ProcessorCount), cancellation);
        return ProtocolJson.Write(
            new RunTestsResult(
                [.. ran.Select(r => new TestCaseResult(r.File.Name, r.Case.Name, r.Result.IsPassed, r.Duration.TotalMilliseconds, ToFailures(r.Result, r.File.Root, r.File.Text, snapshot, session)))],
                asked.Coverage ? ToCoverage(TestJob.Cover(ran, isOfAll: asked.Tests is null, path => path), snapshot, session) : null),
            ProtocolJson.Default.RunTestsResult);
    }

    /// <summary>All files of tests; people are told of them by their URI.</summary>
    private static IEnumerable<TestedFile> FindFiles(WorkspaceSnapshot snapshot) =>
        from factory in snapshot.Factories.OrderBy(f => f.Key, StringComparer.Ordinal)
        from document in factory.Value.Tests.Values
        select new TestedFile(factory.Key, factory.Value, PipelineTestFile.Read(document), WorkspaceEdits.UriOf(document.Path, factory.Key, snapshot));

    private static List<TestFailureEntry> ToFailures(PipelineTestResult result, string root, SourceText text, WorkspaceSnapshot snapshot, ServerSession session) =>
        [.. result.Failures.Select(f => new TestFailureEntry(f.Message, session.Encoding.ToRange(text, f.Span), f.Expected, f.Actual, ToLocation(f.Activity, root, snapshot, session)))];

    private static Location? ToLocation(SourcePlace? place, string root, WorkspaceSnapshot snapshot, ServerSession session) =>
        place is not null && snapshot.FactoryOf(root).FindText(place.Path) is { } text && place.Span.End <= text.Length
            ? NavigationHandlers.ToLocation(new Place(place.Path, place.Span, place.Span), root, snapshot, session)
            : null;

    private static List<CoveredFile> ToCoverage(IEnumerable<CoveredPipeline> coverage, WorkspaceSnapshot snapshot, ServerSession session) =>
    [
        .. from pipeline in coverage
           group pipeline by (pipeline.Root, pipeline.Pipeline.Document) into file
           let text = file.Key.Document.Text
           select new CoveredFile(WorkspaceEdits.UriOf(file.Key.Document.Path, file.Key.Root, snapshot),
           [
               .. file.SelectMany(p => p.Coverage.Covered.Select(i => (Item: i, IsCovered: true)).Concat(p.Coverage.Missed.Select(i => (Item: i, IsCovered: false)))).OrderBy(i => i.Item.Place.Span.Start)
                   .Select(i => new CoveredItem(
                       CoverageWords.KindOf(i.Item).ToString().ToLowerInvariant(), i.Item.Activity, CoverageWords.Describe(i.Item), session.Encoding.ToRange(text, i.Item.Place.Span), i.IsCovered)),
           ]),
    ];

    private static JsonElement? DryRun(ServerSession session, WorkspaceSnapshot snapshot, DryRunParams asked, CancellationToken cancellation)
    {
        var found = snapshot.FindFile(asked.TextDocument.Uri) ?? throw new DeploymentRefusedException("This is neither a pipeline nor a file of tests.");
        var isMadeUp = !found.Document.IsTest;
        var document = isMadeUp ? MakeUp(found) : found.Document;
        var file = PipelineTestFile.Read(document);
        var one = (asked.Name is null ? file.Cases.FirstOrDefault() : file.Cases.FirstOrDefault(c => c.Name == asked.Name))
            ?? throw new DeploymentRefusedException(asked.Name is null ? "The file has no cases." : $"The file has no case '{asked.Name}'.");
        var run = Core.PipelineTests.DryRun.Make(found.Factory, file, one, cancellation);
        session.DryRuns.Add(found.Root, run);
        session.Views.Refresh();
        return ProtocolJson.Write(Describe(run, isMadeUp ? null : asked.TextDocument.Uri, document.Text, found.Root, snapshot, session), ProtocolJson.Default.DryRunResult);
    }

    /// <summary>Tests of a pipeline that has none.</summary>
    private static ResourceDocument MakeUp(LocatedDocument found)
    {
        var test = PipelineTestText.Create(found.Factory, FindPipeline(found));
        return ResourceDocument.Create(test.Path, new SourceText(test.Text))!;
    }

    private static ResourceSymbol FindPipeline(LocatedDocument found) => found.Document.Resources.FirstOrDefault(r => r.Kind == ResourceKind.Pipeline) is { } pipeline
        ? new ResourceSymbol(pipeline, found.Document)
        : throw new DeploymentRefusedException("This is no pipeline.");

    private static DryRunResult Describe(DryRun run, string? uri, SourceText text, string root, WorkspaceSnapshot snapshot, ServerSession session)
    {
        var (one, trace) = (run.Result.Case, run.Result.Trace);
        var failures = ToFailures(run.Result, root, text, snapshot, session);
        return trace is null
            ? new DryRunResult(one.Pipeline, one.Name, uri, null, 0, run.Result.Failures.Select(f => f.Message).FirstOrDefault(), [], null, null, null, failures)
            : new DryRunResult(
                trace.Run.Pipeline, one.Name, uri, trace.Run.Status.ToString(), (trace.Run.End - trace.Run.Start).TotalMilliseconds, trace.Run.Error?.Message,
                [.. Describe(trace.Run, run, 0, root, snapshot, session)], ToJson(trace.Run.Parameters), ToJson(trace.Run.Variables), ToJson(trace.Run.ReturnValue), failures);
    }

    private static IEnumerable<DryRunActivity> Describe(PipelineRun owner, DryRun run, int depth, string root, WorkspaceSnapshot snapshot, ServerSession session)
    {
        var start = run.Result.Trace!.Run.Start;
        foreach (var found in ActivityRuns.FindAll(owner).Where(a => ReferenceEquals(a.Owner, owner)))
        {
            var activity = found.Run;
            yield return new DryRunActivity(
                owner.Pipeline, depth, activity.Name, activity.Type, activity.Status.ToString(), (activity.Start - start).TotalMilliseconds, (activity.End - start).TotalMilliseconds, activity.Attempts.Length,
                activity.Source == AnswerSource.Stub, found.Iteration, ToJson(activity.Input), ToJson(activity.Output), activity.Error?.Message,
                activity.Status == ActivityRunStatus.Skipped ? Explanation.Of(run.Factory, run.Result.Trace.Run, owner.Pipeline, activity.Name) : null, ToLocation(activity.Place, root, snapshot, session));
            foreach (var inner in activity.Child is { } child ? Describe(child, run, depth + 1, root, snapshot, session) : [])
            {
                yield return inner;
            }
        }
    }

    private static JsonElement? ToJson(ExpressionValue? value) => value is not null && ValueJson.TryWrite(value, LongestValue) is { } text ? JsonElement.Parse(text, new JsonDocumentOptions { MaxDepth = 1024 }) : null;

    private static JsonElement? Evaluate(ServerSession session, WorkspaceSnapshot snapshot, EvaluateParams asked)
    {
        if (snapshot.FindDocument(asked.TextDocument.Uri) is not { } found || session.DryRuns.Find(found.Root, found.Document) is not { } run)
        {
            throw new DeploymentRefusedException("There is no dry run of this pipeline as it is now. Make one first.");
        }

        var selection = session.Encoding.ToSpan(found.Document.Text, asked.Range);
        var result = DryRunFeatures.Evaluate(run, found.Document, selection) ?? throw new DeploymentRefusedException("There is no expression here.");
        return ProtocolJson.Write(
            new EvaluateResult(result.Expression, session.Encoding.ToRange(found.Document.Text, result.Span), run.Result.Case.Name, result.Value, result.Error, result.Iteration), ProtocolJson.Default.EvaluateResult);
    }

    private static async Task<JsonElement?> CreateAsync(ServerSession session, NewTestParams asked, CancellationToken cancellation)
    {
        var found = session.Workspace.Current.FindDocument(asked.TextDocument.Uri) ?? throw new DeploymentRefusedException("This is no pipeline of a factory.");
        var pipeline = FindPipeline(found);
        var test = asked.RunId is null ? PipelineTestText.Create(found.Factory, pipeline) : await RunRecorder.RecordAsync(RunHandlers.Find(session, new RunParams(asked.TextDocument, asked.Target)), asked.RunId, cancellation);
        var uri = WorkspaceEdits.UriOf(test.Path, found.Root, session.Workspace.Current);
        return ProtocolJson.Write(new NewTestResult(uri, test.Text), ProtocolJson.Default.NewTestResult);
    }

    /// <summary>Answers, or refuses with a sentence for people.</summary>
    private static JsonElement? Refuse(Func<JsonElement?> answer)
    {
        try
        {
            return answer();
        }
        catch (DeploymentRefusedException e)
        {
            throw new RequestFailedException(RequestFailedException.RequestFailed, e.Message);
        }
    }
}
