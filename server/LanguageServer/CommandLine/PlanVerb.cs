using System.CommandLine;

namespace Pipewright.LanguageServer.CommandLine;

/// <summary><c>pipewright plan PATH --target NAME [--delete] [--notebooks] [--output text|json]</c>.</summary>
internal static class PlanVerb
{
    public static Command Make()
    {
        var arguments = new DeploymentArguments();
        var deletes = new Option<bool>("--delete") { Description = "Plan to delete what the factory has and no file declares. Takes a whole factory." };
        var output = new Option<string>("--output") { Description = "'text' for people, 'json' for programs.", DefaultValueFactory = _ => "text" };
        output.AcceptOnlyFromAmong("text", "json");
        var verb = new Command("plan", "Shows what a deployment would change. Exit code 0, 1 for errors in the files, 2 for wrong usage, 4 when the factory can't be read.");
        arguments.AddTo(verb);
        arguments.AddNotebooks(verb);
        verb.Add(deletes);
        verb.Add(output);
        verb.SetAction((parsed, cancellation) => arguments.RunAsync(
            parsed,
            async (job, documents) =>
            {
                DeploymentArguments.RefuseDeletionOfPart(job, documents, parsed.GetValue(deletes));
                var plan = await job.PlanAsync(job.Collect(documents, cancellation), parsed.GetValue(deletes), cancellation);
                if (parsed.GetValue(output) == "json")
                {
                    await using var stream = Console.OpenStandardOutput();
                    PlanText.WriteJson(stream, plan);
                }
                else
                {
                    PlanText.Write(Console.Out, plan, lists: false);
                }

                return 0;
            },
            cancellation));
        return verb;
    }
}
