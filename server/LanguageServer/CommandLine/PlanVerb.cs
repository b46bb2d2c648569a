using System.CommandLine;
using Pipewright.Core.Factory;
using Pipewright.Deployment.Planning;
using Pipewright.LanguageServer.Deploying;

namespace Pipewright.LanguageServer.CommandLine;

/// <summary><c>pipewright plan PATH --target NAME [--delete] [--notebooks] [--output text|json|markdown]</c>.</summary>
internal static class PlanVerb
{
    public static Command Make()
    {
        var arguments = new DeploymentArguments();
        var deletes = new Option<bool>("--delete") { Description = "Plan to delete what the factory has and no file declares. Takes a whole factory." };
        var output = new Option<string>("--output") { Description = "'text' for people, 'json' for programs, 'markdown' for a comment on a pull request.", DefaultValueFactory = _ => "text" };
        output.AcceptOnlyFromAmong("text", "json", "markdown");
        var verb = new Command("plan", "Shows what a deployment would change.");
        arguments.AddTo(verb);
        arguments.AddNotebooks(verb);
        verb.Add(deletes);
        verb.Add(output);
        verb.SetAction((parsed, cancellation) => arguments.RunAsync(
            parsed,
            async (job, documents) =>
            {
                var plan = await MakeAsync(job, documents, parsed.GetValue(deletes), cancellation);
                switch (parsed.GetValue(output))
                {
                    case "json":
                        await using (var stream = Console.OpenStandardOutput())
                        {
                            PlanText.WriteJson(stream, plan, job.Target.Factory);
                        }

                        break;
                    case "markdown":
                        await Console.Out.WriteAsync(PlanMarkdown.Write(plan, job.Target.Factory.Factory));
                        break;
                    default:
                        PlanText.Write(Console.Out, plan, Terminal.UsesColour);
                        break;
                }

                return ExitCodes.Fine;
            },
            cancellation));
        return VerbHelp.Complete(
            verb,
            ["pipewright plan . --target prod", "pipewright plan . --target prod --delete --output markdown > plan.md", "pipewright plan load.pipeline.yaml --target local --endpoint http://localhost:8080"],
            (ExitCodes.Fine, "The plan is made, whatever it says."),
            (ExitCodes.Findings, "The files have errors."),
            (ExitCodes.Remote, "The factory can't be read."));
    }

    /// <summary>Checks the files and compares them with the target, for whoever is waiting.</summary>
    /// <exception cref="DeploymentRefusedException">A part of a factory is to delete what it does not declare, or the files have errors.</exception>
    public static Task<DeploymentPlan> MakeAsync(DeploymentJob job, IReadOnlyList<ResourceDocument> documents, bool deletes, CancellationToken cancellation)
    {
        DeploymentArguments.RefuseDeletionOfPart(job, documents, deletes);
        return WorkProgress.RunAsync("Checking files", async progress =>
        {
            var units = await Task.Run(() => job.Collect(documents, cancellation), cancellation);
            progress.Begin($"Comparing with {job.Target.Factory.Factory}", 0);
            return await job.PlanAsync(units, deletes, cancellation);
        });
    }
}
