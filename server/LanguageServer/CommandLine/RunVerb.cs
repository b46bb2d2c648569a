using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using Pipewright.Deployment;
using Pipewright.Deployment.Running;
using Pipewright.LanguageServer.Deploying;
using Pipewright.LanguageServer.Running;

namespace Pipewright.LanguageServer.CommandLine;

/// <summary><c>pipewright run PATH --target NAME</c>, which starts a run, and <c>pipewright watch PATH --target NAME</c>, which looks at one.</summary>
internal static class RunVerb
{
    public static Command Make()
    {
        var arguments = new DeploymentArguments();
        var parameter = new Option<string[]>("--parameter") { Description = "A value, name=value; lists and objects as JSON. May be given more than once.", DefaultValueFactory = _ => [] };
        var file = new Option<string?>("--parameters") { Description = "A file with a JSON object of values; --parameter goes before it." };
        var watches = new Option<bool>("--watch") { Description = "Follow the run to its end." };
        var scratch = new Option<bool>("--scratch") { Description = "Run the file's version under a scratch name that is deleted afterwards. Follows the run." };
        var rerun = new Option<string?>("--rerun") { Description = "The id of a run to run again, from what failed in it." };
        var from = new Option<string?>("--from") { Description = "With --rerun: the activity to run again from." };
        var output = MakeOutput();
        var verb = new Command("run", "Runs a pipeline in a factory, as it is deployed there.");
        arguments.AddTo(verb);
        foreach (var option in (Option[])[parameter, file, watches, scratch, rerun, from, output])
        {
            verb.Add(option);
        }

        verb.SetAction((parsed, cancellation) => arguments.RunAsync(
            parsed,
            async (job, documents) =>
            {
                var run = RunJob.Create(job, documents, DeploymentJob.ConnectClient(job.Target.Factory));
                var given = ReadParameters(run.Parameters, parsed.GetValue(file), parsed.GetValue(parameter)!);
                var printer = new Printer(run, parsed.GetValue(output) == "json");
                if (parsed.GetValue(rerun) is { } earlier)
                {
                    return given.Count > 0 || parsed.GetValue(scratch)
                        ? throw new DeploymentRefusedException("'--rerun' takes the parameters of the run that it runs again, and no scratch name.")
                        : await FollowAsync(run, printer, new StartedRun(await run.RerunAsync(earlier, parsed.GetValue(from), cancellation), run.Pipeline, null, []), parsed.GetValue(watches), cancellation);
                }

                return parsed.GetValue(from) is not null
                    ? throw new DeploymentRefusedException("'--from' needs '--rerun', the run to go on from.")
                    : await FollowAsync(run, printer, await run.StartAsync(given, parsed.GetValue(scratch), cancellation), parsed.GetValue(watches), cancellation);
            },
            cancellation));
        return VerbHelp.Complete(
            verb,
            ["pipewright run load.pipeline.yaml --target dev --watch", "pipewright run load.pipeline.yaml --target dev --parameter day=2026-01-31 --scratch"],
            (ExitCodes.Fine, "The run began, or, where it is followed, succeeded."),
            (ExitCodes.Findings, "The files have errors; of scratch runs only."),
            (ExitCodes.Remote, "The run was refused, failed or was cancelled."));
    }

    public static Command MakeWatch()
    {
        var arguments = new DeploymentArguments();
        var id = new Option<string?>("--run") { Description = "The run's id; the pipeline's last run if not said." };
        var cancels = new Option<bool>("--cancel") { Description = "Cancel the run and those that it has called, and follow that. Exit code 0 when it is cancelled." };
        var lists = new Option<bool>("--list") { Description = "List the last runs of the pipeline instead." };
        var output = MakeOutput();
        var verb = new Command("watch", "Follows a run of a pipeline to its end.");
        arguments.AddTo(verb);
        foreach (var option in (Option[])[id, cancels, lists, output])
        {
            verb.Add(option);
        }

        verb.SetAction((parsed, cancellation) => arguments.RunAsync(
            parsed,
            async (job, documents) =>
            {
                var run = RunJob.Create(job, documents, DeploymentJob.ConnectClient(job.Target.Factory));
                var printer = new Printer(run, parsed.GetValue(output) == "json");
                if (parsed.GetValue(lists))
                {
                    foreach (var recent in await run.Watcher.ListRecentAsync(run.Pipeline, 20, cancellation))
                    {
                        printer.List(recent);
                    }

                    return 0;
                }

                var runId = parsed.GetValue(id) ?? await run.FindLastAsync(cancellation);
                if (parsed.GetValue(cancels))
                {
                    await run.Client.CancelAsync(runId, isRecursive: true, cancellation);
                }

                var end = await run.Watcher.WatchAsync(runId, printer.Print, cancellation);
                return end.Status == (parsed.GetValue(cancels) ? "Cancelled" : "Succeeded") ? 0 : ExitCodes.Remote;
            },
            cancellation));
        return VerbHelp.Complete(
            verb,
            ["pipewright watch load.pipeline.yaml --target dev", "pipewright watch load.pipeline.yaml --target dev --list"],
            (ExitCodes.Fine, "The run succeeded; with --cancel, it was cancelled."),
            (ExitCodes.Remote, "It failed, was cancelled or can't be read."));
    }

    private static Option<string> MakeOutput()
    {
        var output = new Option<string>("--output") { Description = "'text' for people, 'json' for programs: a JSON object a line.", DefaultValueFactory = _ => "text" };
        output.AcceptOnlyFromAmong("text", "json");
        return output;
    }

    private static async Task<int> FollowAsync(RunJob run, Printer printer, StartedRun started, bool watches, CancellationToken cancellation)
    {
        foreach (var warning in started.Warnings)
        {
            await Console.Error.WriteLineAsync($"! {warning}");
        }

        printer.Start(started);
        if (!watches && started.Scratch is null)
        {
            return 0;
        }

        try
        {
            var end = await run.NewWatcher.WatchAsync(started.RunId, printer.Print, cancellation);
            return end.Status == "Succeeded" ? 0 : ExitCodes.Remote;
        }
        catch (OperationCanceledException) when (started.Scratch is not null)
        {
            // What runs under a scratch name must not outlive who watches it: nobody else would find it.
            await run.Client.CancelAsync(started.RunId, isRecursive: true, CancellationToken.None);
            throw;
        }
        finally
        {
            foreach (var left in started.Scratch is null ? [] : await started.Scratch.DeleteAsync())
            {
                await Console.Error.WriteLineAsync($"! {left}");
            }
        }
    }

    /// <exception cref="DeploymentRefusedException">A parameter is not name=value, or the file holds no object.</exception>
    private static JsonObject ReadParameters(RunParameters declared, string? file, IEnumerable<string> texts)
    {
        var values = file is null ? [] : ReadFile(file);
        foreach (var text in texts)
        {
            var at = text.IndexOf('=', StringComparison.Ordinal);
            if (at <= 0)
            {
                throw new DeploymentRefusedException($"'{text}' is no parameter. Write name=value.");
            }

            var name = text[..at];
            foreach (var same in values.Select(v => v.Key).Where(k => k.Equals(name, StringComparison.OrdinalIgnoreCase)).ToList())
            {
                values.Remove(same);
            }

            values[name] = declared.Read(name, text[(at + 1)..]);
        }

        return values;
    }

    private static JsonObject ReadFile(string file)
    {
        try
        {
            return JsonNode.Parse(File.ReadAllText(file), null, new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true, AllowDuplicateProperties = false }) as JsonObject
                ?? throw new DeploymentRefusedException($"'{file}' holds no JSON object of parameters.");
        }
        catch (JsonException e)
        {
            throw new DeploymentRefusedException($"'{file}' is not JSON: {e.Message}");
        }
    }

    /// <summary>Writes what happens to standard output.</summary>
    private sealed class Printer(RunJob run, bool isJson)
    {
        private RunPlaces _places = new(run.Job.Factory);

        public void Start(StartedRun started)
        {
            _places = new RunPlaces(run.Job.Factory, started.Scratch?.Plan.Names);
            var target = run.Job.Target.Factory;
            if (isJson)
            {
                WriteLine(new JsonObject { ["event"] = "started", ["runId"] = started.RunId, ["pipeline"] = started.Pipeline, ["factory"] = target.Factory, ["monitor"] = target.MonitoringAddress(started.RunId)?.AbsoluteUri });
                return;
            }

            DeploymentArguments.Announce(target, "Running in");
            if (target.Cloud is null)
            {
                Terminal.Note("The target is an emulator: what needs a cloud is simulated.");
            }

            if (target.MonitoringAddress(started.RunId) is { } address)
            {
                Terminal.Note(address.AbsoluteUri);
            }

            Console.Out.WriteLine(started.RunId);
            Console.Out.Flush();
        }

        public void Print(RunEvent change)
        {
            if (!isJson)
            {
                new RunText(Console.Out, _places).Write(change);
                return;
            }

            switch (change)
            {
                case RunChanged changed:
                    WriteLine(new JsonObject { ["event"] = "run" }, RunJson.Of(changed.Run, changed.Depth));
                    break;
                case ActivityChanged changed:
                    var body = RunJson.Of(changed);
                    if (_places.Find(changed.Pipeline, changed.Activity.Activity, changed.Activity.Error) is { } place)
                    {
                        body["file"] = place.Path;
                        body["line"] = place.Line;
                    }

                    WriteLine(new JsonObject { ["event"] = "activity" }, body);
                    break;
                case LookFailed failed:
                    WriteLine(new JsonObject { ["event"] = "lookFailed", ["message"] = failed.Message });
                    break;
            }
        }

        public void List(PipelineRunState recent)
        {
            if (isJson)
            {
                WriteLine(RunJson.Of(recent));
            }
            else
            {
                Console.Out.WriteLine($"{recent.RunId} {recent.Status,-10} {recent.Start?.ToUniversalTime():yyyy-MM-dd HH:mm:ss} {recent.InvokedBy?.Type}");
            }
        }

        private static void WriteLine(JsonObject head, JsonObject? rest = null)
        {
            foreach (var (name, value) in (rest ?? []).ToList())
            {
                rest!.Remove(name);
                head[name] = value;
            }

            Console.Out.WriteLine(head.ToJsonString());
            Console.Out.Flush();
        }
    }
}
