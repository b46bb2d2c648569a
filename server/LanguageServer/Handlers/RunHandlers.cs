using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Pipewright.Core.Factory;
using Pipewright.Core.Schema;
using Pipewright.Deployment;
using Pipewright.Deployment.Running;
using Pipewright.LanguageServer.AzureServices;
using Pipewright.LanguageServer.Deploying;
using Pipewright.LanguageServer.Protocol;
using Pipewright.LanguageServer.Running;

namespace Pipewright.LanguageServer.Handlers;

/// <summary>The requests about runs: start, watch, cancel, run again, list.</summary>
internal static class RunHandlers
{
    /// <summary>A command of the client's own: it asks for parameters, and takes the URI of a document.</summary>
    public const string RunCommand = "pipewright.run";

    /// <summary>How many recent runs are listed at most.</summary>
    private const int MostRuns = 200;

    public static void Register(ServerSession session)
    {
        Register(session, "pipewright/runParameters", ListParametersAsync);
        Register(session, "pipewright/checkParameters", CheckParametersAsync);
        Register(session, "pipewright/run", StartAsync);
        Register(session, "pipewright/watchRun", WatchAsync);
        Register(session, "pipewright/cancelRun", CancelAsync);
        Register(session, "pipewright/rerun", RerunAsync);
        Register(session, "pipewright/recentRuns", ListRecentAsync);
    }

    private static void Register(ServerSession session, string method, Func<ServerSession, RunParams, CancellationToken, Task<JsonElement?>> answer) =>
        session.Register(method, async (parameters, cancellation) =>
        {
            var asked = ProtocolJson.Read(parameters, ProtocolJson.Default.RunParams);
            await session.Reading.Completed.WaitAsync(cancellation);
            return await DeploymentHandlers.RefuseAs(() => answer(session, asked, cancellation));
        });

    private static Task<JsonElement?> ListParametersAsync(ServerSession session, RunParams asked, CancellationToken cancellation)
    {
        var (_, name, parameters) = RunJob.FindPipeline(FindDocument(session, asked) is { } found ? [found.Document] : []);
        return Task.FromResult<JsonElement?>(ProtocolJson.Write(
            new RunParameterList(name, [.. parameters.Declared.Select(p => new RunParameterField(
                p.Name, p.Type, p.IsRequired, p.IsSecret, p.FieldKind, p.Default is null || p.IsSecret ? null : JsonElement.Parse(p.Default, new JsonDocumentOptions { MaxDepth = 1024 }), p.DefaultText))]),
            ProtocolJson.Default.RunParameterList));
    }

    /// <summary>What becomes of the texts of a form. Nothing is sent anywhere.</summary>
    private static Task<JsonElement?> CheckParametersAsync(ServerSession session, RunParams asked, CancellationToken cancellation)
    {
        var (_, _, parameters) = RunJob.FindPipeline(FindDocument(session, asked) is { } found ? [found.Document] : []);
        var (values, problems) = parameters.ReadAll(asked.Texts ?? ImmutableDictionary<string, string>.Empty);
        return Task.FromResult<JsonElement?>(ProtocolJson.Write(
            new CheckedParameters(ProtocolJson.Write(values, ProtocolJson.Default.JsonObject), [.. problems.Select(p => new ParameterFault(p.Name, p.Message))]),
            ProtocolJson.Default.CheckedParameters));
    }

    private static async Task<JsonElement?> StartAsync(ServerSession session, RunParams asked, CancellationToken cancellation)
    {
        var run = Find(session, asked);
        var given = asked.Parameters is { ValueKind: JsonValueKind.Object } values ? JsonObject.Create(values)! : [];
        var started = await run.StartAsync(given, asked.Scratch, cancellation);
        if (started.Scratch is { } scratch)
        {
            session.Scratch.Add(started.RunId, scratch.Plan.Names);
            _ = CleanUpAsync(session, run, started, scratch);
        }

        return Tell(run.Job.Target, started);
    }

    /// <summary>Follows a run to its end, and tells the client all that changes; cancelling the request ends that, not the run.</summary>
    private static async Task<JsonElement?> WatchAsync(ServerSession session, RunParams asked, CancellationToken cancellation)
    {
        var (runs, runId) = await FindRunAsync(session, asked, cancellation);
        var places = new CurrentPlaces(session, runs.Root, runId);
        var end = await runs.NewWatcher.WatchAsync(
            runId,
            change => session.Notify("pipewright/runChanged", ProtocolJson.Write(Describe(runId, change, places), ProtocolJson.Default.RunChangedParams)),
            cancellation);
        return ProtocolJson.Write(RunJson.Of(end), ProtocolJson.Default.JsonObject);
    }

    private static async Task<JsonElement?> CancelAsync(ServerSession session, RunParams asked, CancellationToken cancellation)
    {
        var (runs, runId) = await FindRunAsync(session, asked, cancellation);
        var pipeline = await runs.FindPipelineAsync(runId, cancellation);
        await runs.Client.CancelAsync(runId, asked.Recursive, cancellation);
        return Tell(runs.Target, new StartedRun(runId, pipeline, null, []));
    }

    private static async Task<JsonElement?> RerunAsync(ServerSession session, RunParams asked, CancellationToken cancellation)
    {
        var (runs, runId) = await FindRunAsync(session, asked, cancellation);
        var pipeline = await runs.FindPipelineAsync(runId, cancellation);
        return Tell(runs.Target, new StartedRun(await runs.RerunAsync(pipeline, runId, asked.Activity, cancellation), pipeline, null, []));
    }

    private static async Task<JsonElement?> ListRecentAsync(ServerSession session, RunParams asked, CancellationToken cancellation)
    {
        var count = Math.Clamp(asked.Count, 1, MostRuns);
        var ofPipeline = FindDocument(session, asked) is { Document.Classification.Kind: ResourceKind.Pipeline } ? Find(session, asked) : null;
        var recent = ofPipeline is { } run ? await run.Watcher.ListRecentAsync(run.Pipeline, count, cancellation) : await FindFactory(session, asked).ListRecentAsync(count, cancellation);
        var snapshot = session.Workspace.Current;
        var root = snapshot.FindRoot(asked.TextDocument.Uri)!;
        var described = recent.Select(r =>
        {
            var body = RunJson.Of(r);
            if (snapshot.FactoryOf(root).Find(ResourceKind.Pipeline, r.Pipeline) is [var declared, ..])
            {
                body["uri"] = WorkspaceEdits.UriOf(declared.Document.Path, root, snapshot);
            }

            return body;
        });
        return ProtocolJson.Write(new JsonObject { ["runs"] = new JsonArray([.. described]) }, ProtocolJson.Default.JsonObject);
    }

    private static JsonElement Tell(ResolvedTarget target, StartedRun started)
    {
        return ProtocolJson.Write(
            new RunResult(started.RunId, started.Pipeline, target.Name, target.Factory.Factory, started.Warnings, target.Factory.MonitoringAddress(started.RunId)?.AbsoluteUri),
            ProtocolJson.Default.RunResult);
    }

    /// <summary>Waits for the end of a scratch run, whoever else watches it, and takes its pipelines away.</summary>
    private static async Task CleanUpAsync(ServerSession session, RunJob run, StartedRun started, ScratchDeployment scratch)
    {
        try
        {
            await run.EndWatcher.WatchAsync(started.RunId, _ => { }, CancellationToken.None);
        }
        catch (FactoryRequestException e)
        {
            session.Log(2, $"The end of the scratch run {started.RunId} can't be seen: {e.Message}");
        }

        try
        {
            foreach (var left in await scratch.DeleteAsync())
            {
                session.Show(2, left);
            }
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // Nobody waits for this, so that nobody would hear of it.
            session.Log(1, $"What the scratch run {started.RunId} was made of can't be deleted: {e}");
        }
    }

    /// <summary>The run that is named; else the last one of the document's pipeline.</summary>
    private static async Task<(FactoryRuns Runs, string RunId)> FindRunAsync(ServerSession session, RunParams asked, CancellationToken cancellation) =>
        (FindFactory(session, asked), asked.RunId ?? await Find(session, asked).FindLastAsync(cancellation));

    /// <summary>The target's factory of any file; a run's pipeline need not be among the files.</summary>
    private static FactoryRuns FindFactory(ServerSession session, RunParams asked)
    {
        if (session.Workspace.Current.FindRoot(asked.TextDocument.Uri) is not { } root)
        {
            throw new DeploymentRefusedException("This is no file of a factory.");
        }

        var target = Targets.Resolve(session.Settings, Targets.ReadConfiguration(root), asked.Target, null);
        return new FactoryRuns(root, target, session.SignIn.Connect(target.Factory, mayAskUser: true));
    }

    /// <exception cref="DeploymentRefusedException">There is no such pipeline or target.</exception>
    internal static RunJob Find(ServerSession session, RunParams asked)
    {
        var found = FindDocument(session, asked) ?? throw new DeploymentRefusedException("This is no resource of a factory, so there is nothing to run.");
        var target = Targets.Resolve(session.Settings, Targets.ReadConfiguration(found.Root), asked.Target, null);
        var client = session.SignIn.Connect(target.Factory, mayAskUser: true);
        return RunJob.Create(
            new DeploymentJob(found.Root, found.Factory, target, new AzureFactoryClient(client))
            {
                NotebookRuns = new DatabricksRunReader(target.Factory, workspace => session.SignIn.ConnectDatabricks(workspace, mayAskUser: true)),
            },
            [found.Document], client);
    }

    private static Workspaces.LocatedDocument? FindDocument(ServerSession session, RunParams asked) => session.Workspace.Current.FindDocument(asked.TextDocument.Uri);

    private static RunChangedParams Describe(string runId, RunEvent change, CurrentPlaces places)
    {
        switch (change)
        {
            case RunChanged changed:
                return new RunChangedParams(runId, Run: RunJson.Of(changed.Run, changed.Depth));
            case ActivityChanged changed:
                var body = RunJson.Of(changed);
                places.AddTo(body, changed);
                return new RunChangedParams(runId, Activity: body);
            default:
                return new RunChangedParams(runId, Problem: (change as LookFailed)?.Message);
        }
    }

    /// <summary>Places in the files as they are now: what is edited while a run goes on moves along.</summary>
    private sealed class CurrentPlaces(ServerSession session, string root, string runId)
    {
        private FactorySnapshot? _factory;
        private RunPlaces? _places;

        public void AddTo(JsonObject body, ActivityChanged changed)
        {
            var factory = session.Workspace.Current.FactoryOf(root);
            if (_places is null || factory != _factory)
            {
                _factory = factory;
                _places = new RunPlaces(factory, session.Scratch.Find(runId));
            }

            if (_places.Find(changed.Pipeline, changed.Activity.Activity, changed.Activity.Error) is not { } place)
            {
                return;
            }

            var range = session.Encoding.ToRange(place.Document.Text, place.Activity);
            body["uri"] = Path.IsPathRooted(root) ? DocumentUri.FromPath(Path.Combine(root, place.Path)) : null;
            body["range"] = ToNode(range);
            if (place.Fault is { } fault)
            {
                body["errorRange"] = ToNode(session.Encoding.ToRange(place.Document.Text, fault));
            }
        }

        private static JsonObject ToNode(Protocol.Range range) => new()
        {
            ["start"] = new JsonObject { ["line"] = range.Start.Line, ["character"] = range.Start.Character },
            ["end"] = new JsonObject { ["line"] = range.End.Line, ["character"] = range.End.Character },
        };
    }
}
