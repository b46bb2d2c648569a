using System.CommandLine;
using Pipewright.Core.Factory;
using Pipewright.Deployment.Applying;
using Pipewright.Deployment.Planning;
using Pipewright.LanguageServer.Deploying;

namespace Pipewright.LanguageServer.CommandLine;

/// <summary><c>pipewright deploy PATH --target NAME [--delete] [--notebooks] [--output text|json] [--yes]</c> and <c>pipewright rollback PATH --target NAME [--journal FILE] [--output text|json] [--yes]</c>.</summary>
internal static class DeployVerb
{
    private const string NotDeployed = "Not deployed. Say yes, or pass --yes where nobody can be asked.";

    public static Command Make()
    {
        var arguments = new DeploymentArguments();
        var deletes = new Option<bool>("--delete") { Description = "Delete what the factory has and no file declares. Takes a whole factory." };
        var rollsBack = new Option<bool>("--rollback-on-failure") { Description = "Put everything back as it was when something fails." };
        var output = DeploymentReport.MakeOutput();
        var yes = MakeYes();
        var verb = new Command("deploy", "Deploys to a factory.");
        arguments.AddTo(verb);
        arguments.AddNotebooks(verb);
        arguments.AddParallel(verb);
        foreach (var option in (Option[])[deletes, rollsBack, output, yes])
        {
            verb.Add(option);
        }

        verb.SetAction((parsed, cancellation) => arguments.RunAsync(
            parsed,
            (job, documents) => DeployAsync(new Request(job, parsed.GetValue(yes), parsed.GetValue(output) == "json"), documents, parsed.GetValue(deletes), parsed.GetValue(rollsBack), cancellation),
            cancellation));
        return VerbHelp.Complete(
            verb,
            ["pipewright deploy . --target dev", "pipewright deploy . --target prod --delete --rollback-on-failure --yes --output json > deployment.json", "pipewright deploy load.pipeline.yaml --target dev"],
            (ExitCodes.Fine, "Everything was deployed, or there was nothing to deploy."),
            (ExitCodes.Findings, "The files have errors."),
            (ExitCodes.WrongUsage, "The command line is wrong, or nobody said yes."),
            (ExitCodes.Remote, "The factory can't be read, or something was refused."));
    }

    public static Command MakeRollback()
    {
        var arguments = new DeploymentArguments();
        var journal = new Option<string?>("--journal") { Description = "The journal of the deployment to undo; the last one to the target if not said." };
        var output = DeploymentReport.MakeOutput();
        var yes = MakeYes();
        var verb = new Command("rollback", "Puts back what a deployment has changed.");
        arguments.AddTo(verb);
        arguments.AddParallel(verb);
        verb.Add(journal);
        verb.Add(output);
        verb.Add(yes);
        verb.SetAction((parsed, cancellation) => arguments.RunAsync(
            parsed, (job, _) => RollBackAsync(new Request(job, parsed.GetValue(yes), parsed.GetValue(output) == "json"), parsed.GetValue(journal), cancellation), cancellation));
        return VerbHelp.Complete(
            verb,
            ["pipewright rollback . --target prod", "pipewright rollback . --target prod --journal .pipewright/deployments/adf-prod/20260131T101500Z.jsonl --yes"],
            (ExitCodes.Fine, "Everything is as it was."),
            (ExitCodes.WrongUsage, "The command line is wrong, there is no such deployment, or nobody said yes."),
            (ExitCodes.Remote, "Something could not be put back."));
    }

    private static Option<bool> MakeYes() => new("--yes") { Description = "Do it without asking." };

    private static async Task<int> DeployAsync(Request request, IReadOnlyList<ResourceDocument> documents, bool deletes, bool rollsBack, CancellationToken cancellation)
    {
        var job = request.Job;
        var plan = await PlanVerb.MakeAsync(job, documents, deletes, cancellation);
        DeploymentArguments.Announce(job.Target.Factory, "Plan for");
        if (!request.Agrees(plan, "Deploy?"))
        {
            return DeploymentArguments.Refuse(NotDeployed, ExitCodes.WrongUsage);
        }

        var report = new DeploymentReport(job.Factory, request.IsJson);
        var outcome = await ApplyAsync(job, plan, null, report, cancellation);
        DeploymentOutcome? rollback = null;
        if (!outcome.Succeeded && rollsBack && FoundJournal.Read(outcome.Journal) is { } journal)
        {
            Terminal.Note("Rolling back.");
            (rollback, _) = await UndoAsync(job, journal.Path, await job.PlanRollbackAsync(journal.Record, CancellationToken.None), report, CancellationToken.None);
        }

        report.End(outcome, rollback);
        if (!request.IsJson)
        {
            await Console.Out.WriteLineAsync(outcome.Journal);
        }

        return outcome.Succeeded ? ExitCodes.Fine : ExitCodes.Remote;
    }

    private static async Task<int> RollBackAsync(Request request, string? file, CancellationToken cancellation)
    {
        var job = request.Job;
        if ((file is null ? job.FindLastDeployment() : FoundJournal.Read(file)) is not var (path, record))
        {
            return DeploymentArguments.Refuse(
                file is null ? $"No deployment to '{job.Target.Name}' is on record here." : $"'{file}' is no journal of a deployment.", ExitCodes.WrongUsage);
        }

        if (!record.Header.Factory.Equals(job.Target.Factory.ResourceId, StringComparison.OrdinalIgnoreCase))
        {
            return DeploymentArguments.Refuse($"'{path}' is of a deployment to another factory: {record.Header.Factory}.", ExitCodes.WrongUsage);
        }

        var rollback = await WorkProgress.RunAsync($"Comparing with {job.Target.Factory.Factory}", _ => job.PlanRollbackAsync(record, cancellation));
        DeploymentArguments.Announce(job.Target.Factory, $"Rolling back {Path.GetFileName(path)} in");
        if (!request.Agrees(rollback.Plan, "Roll back?"))
        {
            return DeploymentArguments.Refuse("Not rolled back. Say yes, or pass --yes where nobody can be asked.", ExitCodes.WrongUsage);
        }

        var report = new DeploymentReport(job.Factory, request.IsJson);
        var (outcome, isWhole) = await UndoAsync(job, path, rollback, report, cancellation);
        report.End(outcome, null);
        return isWhole ? ExitCodes.Fine : ExitCodes.Remote;
    }

    /// <returns>What was done, and whether everything is as it was.</returns>
    private static async Task<(DeploymentOutcome Outcome, bool IsWhole)> UndoAsync(DeploymentJob job, string journal, RollbackPlan rollback, DeploymentReport report, CancellationToken cancellation)
    {
        foreach (var obstacle in rollback.Obstacles)
        {
            await Console.Error.WriteLineAsync($"! {obstacle}");
        }

        var outcome = await ApplyAsync(job, rollback.Plan, Path.GetFileName(journal), report, cancellation);
        return (outcome, outcome.Succeeded && rollback.Obstacles.IsEmpty);
    }

    private static async Task<DeploymentOutcome> ApplyAsync(DeploymentJob job, DeploymentPlan plan, string? undoes, DeploymentReport report, CancellationToken cancellation)
    {
        var outcome = await WorkProgress.RunAsync($"Deploying to {job.Target.Factory.Factory}", progress =>
        {
            progress.Begin($"Deploying to {job.Target.Factory.Factory}", plan.Changes.Count(c => c.Action != PlannedAction.None));
            return job.ApplyAsync(plan, undoes, p => progress.Report(p.Done), r => report.Write(progress, r), r => report.Write(progress, r), cancellation);
        });
        if (outcome.Succeeded)
        {
            Terminal.Note(outcome.Summarise());
        }
        else
        {
            await Console.Error.WriteLineAsync(outcome.Summarise());
        }

        return outcome;
    }

    /// <param name="IsAgreed">Whether yes was said on the command line.</param>
    private sealed record Request(DeploymentJob Job, bool IsAgreed, bool IsJson)
    {
        /// <summary>Shows the plan and asks, where there is something to ask about.</summary>
        public bool Agrees(DeploymentPlan plan, string question)
        {
            var mustAsk = !plan.IsEmpty && !IsAgreed;
            if (mustAsk || !Terminal.IsQuiet)
            {
                PlanText.Write(Console.Error, plan, Terminal.ErrorUsesColour);
            }

            return !mustAsk || DeploymentArguments.Confirm(question);
        }
    }
}
