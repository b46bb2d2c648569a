using System.CommandLine;
using Pipewright.Core.Factory;
using Pipewright.Deployment.Applying;
using Pipewright.Deployment.Notebooks;
using Pipewright.Deployment.Planning;
using Pipewright.LanguageServer.Deploying;

namespace Pipewright.LanguageServer.CommandLine;

/// <summary><c>pipewright deploy PATH --target NAME [--delete] [--notebooks] [--yes]</c> and <c>pipewright rollback PATH --target NAME [--journal FILE] [--yes]</c>.</summary>
internal static class DeployVerb
{
    private const string NotDeployed = "Not deployed. Say yes, or pass --yes where nobody can be asked.";

    public static Command Make()
    {
        var arguments = new DeploymentArguments();
        var deletes = new Option<bool>("--delete") { Description = "Delete what the factory has and no file declares. Takes a whole factory." };
        var rollsBack = new Option<bool>("--rollback-on-failure") { Description = "Put everything back as it was when something fails." };
        var yes = MakeYes();
        var verb = new Command("deploy", "Deploys to a factory. Exit code 0, 1 for errors in the files, 2 for wrong usage, 4 when not everything was deployed.");
        arguments.AddTo(verb);
        arguments.AddNotebooks(verb);
        arguments.AddParallel(verb);
        verb.Add(deletes);
        verb.Add(rollsBack);
        verb.Add(yes);
        verb.SetAction((parsed, cancellation) => arguments.RunAsync(
            parsed, (job, documents) => DeployAsync(job, documents, parsed.GetValue(deletes), parsed.GetValue(rollsBack), parsed.GetValue(yes), cancellation), cancellation));
        return verb;
    }

    public static Command MakeRollback()
    {
        var arguments = new DeploymentArguments();
        var journal = new Option<string?>("--journal") { Description = "The journal of the deployment to undo; the last one to the target if not said." };
        var yes = MakeYes();
        var verb = new Command("rollback", "Puts back what a deployment has changed. Exit code 0, 2 for wrong usage, 4 when not everything was put back.");
        arguments.AddTo(verb);
        arguments.AddParallel(verb);
        verb.Add(journal);
        verb.Add(yes);
        verb.SetAction((parsed, cancellation) => arguments.RunAsync(parsed, (job, _) => RollBackAsync(job, parsed.GetValue(journal), parsed.GetValue(yes), cancellation), cancellation));
        return verb;
    }

    private static Option<bool> MakeYes() => new("--yes") { Description = "Do it without asking." };

    private static async Task<int> DeployAsync(
        DeploymentJob job, IReadOnlyList<ResourceDocument> documents, bool deletes, bool rollsBack, bool yes, CancellationToken cancellation)
    {
        DeploymentArguments.RefuseDeletionOfPart(job, documents, deletes);
        var plan = await job.PlanAsync(job.Collect(documents, cancellation), deletes, cancellation);
        DeploymentArguments.Announce(job.Target.Factory, "Plan for");
        PlanText.Write(Console.Error, plan, lists: false);
        if (!plan.IsEmpty && !yes && !DeploymentArguments.Confirm("Deploy?"))
        {
            return DeploymentArguments.Refuse(NotDeployed, ExitCodes.WrongUsage);
        }

        var outcome = await ApplyAsync(job, plan, null, cancellation);
        if (!outcome.Succeeded && rollsBack && FoundJournal.Read(outcome.Journal) is { } journal)
        {
            await Console.Error.WriteLineAsync("Rolling back.");
            await UndoAsync(job, journal.Path, await job.PlanRollbackAsync(journal.Record, CancellationToken.None), CancellationToken.None);
        }

        await Console.Out.WriteLineAsync(outcome.Journal);
        return outcome.Succeeded ? 0 : ExitCodes.Remote;
    }

    private static async Task<int> RollBackAsync(DeploymentJob job, string? file, bool yes, CancellationToken cancellation)
    {
        if ((file is null ? job.FindLastDeployment() : FoundJournal.Read(file)) is not var (path, record))
        {
            return DeploymentArguments.Refuse(
                file is null ? $"No deployment to '{job.Target.Name}' is on record here." : $"'{file}' is no journal of a deployment.", ExitCodes.WrongUsage);
        }

        if (!record.Header.Factory.Equals(job.Target.Factory.ResourceId, StringComparison.OrdinalIgnoreCase))
        {
            return DeploymentArguments.Refuse($"'{path}' is of a deployment to another factory: {record.Header.Factory}.", ExitCodes.WrongUsage);
        }

        var rollback = await job.PlanRollbackAsync(record, cancellation);
        DeploymentArguments.Announce(job.Target.Factory, $"Rolling back {Path.GetFileName(path)} in");
        PlanText.Write(Console.Error, rollback.Plan, lists: false);
        if (!rollback.Plan.IsEmpty && !yes && !DeploymentArguments.Confirm("Roll back?"))
        {
            return DeploymentArguments.Refuse("Not rolled back. Say yes, or pass --yes where nobody can be asked.", ExitCodes.WrongUsage);
        }

        return await UndoAsync(job, path, rollback, cancellation) ? 0 : ExitCodes.Remote;
    }

    /// <returns>Whether everything is as it was.</returns>
    private static async Task<bool> UndoAsync(DeploymentJob job, string journal, RollbackPlan rollback, CancellationToken cancellation)
    {
        foreach (var obstacle in rollback.Obstacles)
        {
            await Console.Error.WriteLineAsync($"! {obstacle}");
        }

        return (await ApplyAsync(job, rollback.Plan, Path.GetFileName(journal), cancellation)).Succeeded && rollback.Obstacles.IsEmpty;
    }

    private static async Task<DeploymentOutcome> ApplyAsync(DeploymentJob job, DeploymentPlan plan, string? undoes, CancellationToken cancellation)
    {
        var outcome = await job.ApplyAsync(plan, undoes, _ => { }, result => Console.Out.WriteLine(Describe(job, result)), result => Console.Out.WriteLine(Describe(result)), cancellation);
        await Console.Error.WriteLineAsync(outcome.Summarise());
        return outcome;
    }

    private static string Describe(NotebookResult result) =>
        $"{DeploymentOutcome.ActionName(result.Action)} {result.Notebook.Place}{(result.Error is null ? "" : $"{(result.Notebook.Unit is { File.Length: > 0 } unit ? $" ({unit.File})" : "")}: {result.Error}")}";

    /// <summary>What became of a resource; of a failure also where in the files it comes from.</summary>
    private static string Describe(DeploymentJob job, DeploymentResult result)
    {
        var text = $"{DeploymentOutcome.ActionName(result.Action)} {result.Change.Id.Kind} {result.Change.Id.Name}";
        if (result.Error is null)
        {
            return text;
        }

        var path = result.Change.Unit?.Path ?? "";
        var place = result.Action == DeploymentAction.Failed && job.Factory.Documents.TryGetValue(path, out var document)
            ? $":{document.Text.GetPosition(FailurePlace.Find(document, result.Error).Start).Line + 1}"
            : "";
        return $"{text}{(path.Length > 0 ? $" ({path}{place})" : "")}: {result.Error}";
    }
}
