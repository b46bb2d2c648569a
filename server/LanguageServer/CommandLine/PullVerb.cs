using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using Pipewright.Core.Factory;
using Pipewright.Core.Text;
using Pipewright.Deployment;
using Pipewright.Deployment.Pulling;
using Pipewright.LanguageServer.Deploying;
using Pipewright.LanguageServer.Live;
using Pipewright.LanguageServer.Workspaces;

namespace Pipewright.LanguageServer.CommandLine;

/// <summary><c>pipewright pull PATH --target NAME [--form git|spec] [--delete] [--yes]</c> and <c>pipewright status PATH --target NAME [--output text|json]</c>.</summary>
internal static class PullVerb
{
    private static readonly Argument<string> Folder = new("path") { Description = "A factory's folder, which may be empty yet." };

    public static Command Make()
    {
        var (target, endpoint) = MakeTarget();
        var form = new Option<string?>("--form") { Description = "The form of files that are made: 'git' or 'spec'; by default the one that the folder has." };
        form.AcceptOnlyFromAmong("git", "spec");
        var deletes = new Option<bool>("--delete") { Description = "Delete the files of what the factory has no more; without it they are only listed." };
        var yes = new Option<bool>("--yes") { Description = "Do it without asking." };
        var verb = new Command("pull", "Takes a live factory into files. What means the same is not touched.")
        {
            Folder, target, endpoint, form, deletes, yes,
        };
        verb.SetAction((parsed, cancellation) => RunAsync(parsed, target, endpoint, async (job, factory) =>
        {
            var plan = await WorkProgress.RunAsync($"Comparing with {job.Target.Factory.Factory}", _ => job.PlanAsync(parsed.GetValue(form) is { } named ? named == "spec" : null, cancellation));
            var changes = plan.Changes(factory, parsed.GetValue(deletes)).ToList();
            var mustAsk = changes.Count > 0 && !parsed.GetValue(yes);
            if (mustAsk || !Terminal.IsQuiet)
            {
                Write(Console.Error, plan);
            }

            if (mustAsk && !DeploymentArguments.Confirm($"Write {changes.Count} {(changes.Count == 1 ? "file" : "files")}?"))
            {
                return DeploymentArguments.Refuse("Nothing is written. Say yes, or pass --yes where nobody can be asked.", ExitCodes.WrongUsage);
            }

            var problems = await WorkProgress.RunAsync("Writing files", p =>
            {
                p.Begin("Writing files", changes.Count);
                return job.Write(changes.Select(c => Count(p, c))).ToList();
            });
            problems.ForEach(Console.Error.WriteLine);
            foreach (var change in changes.Where(c => !problems.Exists(p => p.StartsWith(c.Path + ":", StringComparison.Ordinal))))
            {
                await Console.Out.WriteLineAsync(change.Path);
            }

            return problems.Count == 0 ? 0 : 1;
        }, cancellation));
        return VerbHelp.Complete(
            verb,
            ["pipewright pull . --target dev", "pipewright pull new-folder --target local --endpoint http://localhost:8080 --form spec --yes"],
            (ExitCodes.Fine, "The files are as the factory is."),
            (ExitCodes.Findings, "A file can't be written."),
            (ExitCodes.WrongUsage, "The command line is wrong, or nobody said yes."),
            (ExitCodes.Remote, "The factory can't be read."));
    }

    private static FileChange Count(WorkProgress progress, FileChange change)
    {
        progress.Advance();
        return change;
    }

    public static Command MakeStatus()
    {
        var (target, endpoint) = MakeTarget();
        var output = new Option<string>("--output") { Description = "'text' for people, 'json' for programs.", DefaultValueFactory = _ => "text" };
        output.AcceptOnlyFromAmong("text", "json");
        var verb = new Command("status", "Shows who has changed what: the files, what was last deployed of them, and the live factory.")
        {
            Folder, target, endpoint, output,
        };
        verb.SetAction((parsed, cancellation) => RunAsync(parsed, target, endpoint, async (job, _) =>
        {
            var states = await WorkProgress.RunAsync($"Comparing with {job.Target.Factory.Factory}", _ => job.FindStatusAsync(cancellation));
            if (parsed.GetValue(output) == "json")
            {
                await using var stream = Console.OpenStandardOutput();
                WriteJson(stream, states);
                return 0;
            }

            foreach (var state in states.Where(s => s.State != ResourceState.Same))
            {
                await Console.Out.WriteLineAsync($"{state.Id}{(state.Unit is { } unit ? $" ({unit.Path})" : "")}: {StatusText.Describe(state.State)}");
                state.Properties.ToList().ForEach(p => PlanText.WriteProperty(Console.Out, p));
            }

            await Console.Out.WriteLineAsync(StatusText.Summarise(states));
            return 0;
        }, cancellation));
        return VerbHelp.Complete(
            verb,
            ["pipewright status . --target prod", "pipewright status . --target prod --output json"],
            (ExitCodes.Fine, "The factory is read, whatever has changed."),
            (ExitCodes.Remote, "The factory can't be read."));
    }

    private static (Option<string> Target, Option<string?> Endpoint) MakeTarget()
    {
        var target = new Option<string>("--target") { Description = "The name of a target in pipewright.yaml, or 'local' with --endpoint.", Required = true };
        target.CompletionSources.Add(DeploymentArguments.Complete);
        return (target, new Option<string?>("--endpoint") { Description = "The address of an emulator: http on loopback." });
    }

    /// <summary>Unlike a deployment, it takes a folder that holds nothing yet.</summary>
    private static async Task<int> RunAsync(
        ParseResult parsed, Option<string> target, Option<string?> endpoint, Func<PullJob, FactorySnapshot, Task<int>> run, CancellationToken cancellation)
    {
        var (path, address) = (parsed.GetValue(Folder)!, parsed.GetValue(endpoint));
        if (FactoryPath.Resolve(path) is not { } resolved || !Directory.Exists(resolved.Path))
        {
            return DeploymentArguments.Refuse($"'{path}' is no folder.", ExitCodes.WrongUsage);
        }

        var emulator = address is null ? null : ServerSettings.ParseEndpoint(address);
        if (address is not null && emulator is null)
        {
            return DeploymentArguments.Refuse($"'{address}' is not the address of an emulator. Only http:// on loopback is taken.", ExitCodes.WrongUsage);
        }

        var factories = await WorkProgress.RunAsync("Reading files", _ => resolved.Load(Console.Error.WriteLine, cancellation));
        var factory = factories is [var only] ? only : new LoadedFactory(resolved.Path, FactorySnapshot.Empty);
        if (factories.Count > 1 || (factory.Path != resolved.Path && FactoryRoots.Contains(factory.Path, resolved.Path)))
        {
            return DeploymentArguments.Refuse(factories.Count > 1 ? $"'{path}' holds {factories.Count} factories. Name the folder of one of them." : $"'{path}' is a part of the factory in '{factory.Path}'. Name that.", ExitCodes.WrongUsage);
        }

        try
        {
            var found = Targets.Resolve(ServerSettings.Default, Targets.ReadConfiguration(factory.Path), parsed.GetValue(target)!, emulator);
            DeploymentArguments.Announce(found.Factory, "Comparing with");
            return await run(new PullJob(factory.Path, factory.Snapshot, found, DeploymentJob.Connect(found.Factory)) { Environment = Environment.GetEnvironmentVariable }, factory.Snapshot);
        }
        catch (DeploymentRefusedException e)
        {
            return DeploymentArguments.Refuse(e.Message, ExitCodes.WrongUsage);
        }
        catch (FactoryRequestException e)
        {
            return DeploymentArguments.Refuse($"{e.Code}: {e.Message}", ExitCodes.Remote);
        }
    }

    private static void Write(TextWriter text, PullPlan plan)
    {
        foreach (var resource in plan.Resources.Where(r => r.Action != PullAction.None || r.Note is not null))
        {
            var mark = resource.Action switch { PullAction.Create => '+', PullAction.Update => '~', PullAction.Delete => '-', _ => '=' };
            text.WriteLine($"{mark} {resource.Id} ({resource.Path})");
            resource.Properties.ToList().ForEach(p => PlanText.WriteProperty(text, p));
            if (resource.Note is { } note)
            {
                text.WriteLine($"  ! {note}");
            }
        }

        text.WriteLine(plan.Summarise());
    }

    private static void WriteJson(Stream stream, IEnumerable<ResourceStatus> states)
    {
        using var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = 1024 });
        writer.WriteStartObject();
        writer.WriteStartArray("resources");
        foreach (var state in states)
        {
            writer.WriteStartObject();
            writer.WriteString("kind", state.Id.KindWord);
            writer.WriteString("name", state.Id.Name);
            writer.WriteString("state", state.Word);
            writer.WriteString("file", state.Unit?.Path);
            PlanText.WriteProperties(writer, "properties", state.Properties);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.Flush();
        stream.Write("\n"u8);
    }
}
