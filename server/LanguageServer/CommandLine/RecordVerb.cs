using System.CommandLine;
using Pipewright.LanguageServer.Deploying;
using Pipewright.LanguageServer.Running;
using Pipewright.LanguageServer.Testing;
using Pipewright.LanguageServer.Workspaces;

namespace Pipewright.LanguageServer.CommandLine;

/// <summary><c>pipewright record PATH --target NAME [--run ID] [--out FILE]</c>.</summary>
internal static class RecordVerb
{
    public static Command Make()
    {
        var arguments = new DeploymentArguments();
        var id = new Option<string?>("--run") { Description = "The run's id; the pipeline's last run if not said." };
        var file = new Option<string?>("--out") { Description = "The file to write, '….pipeline-test.yaml'; one beside other tests if not said. A file that is there stays as it is." };
        var verb = new Command("record", "Makes a test of a run: what the cloud answered becomes stubs, what came of it is expected.")
        {
            id, file,
        };
        arguments.AddTo(verb);
        verb.SetAction((parsed, cancellation) => arguments.RunAsync(
            parsed,
            async (job, documents) =>
            {
                var run = RunJob.Create(job, documents, DeploymentJob.ConnectClient(job.Target.Factory));
                var test = await RunRecorder.RecordAsync(run, parsed.GetValue(id), cancellation);
                var path = parsed.GetValue(file) is { } wanted ? Path.GetFullPath(wanted) : Path.GetFullPath(Path.Combine(job.Root, test.Path));
                if (!path.EndsWith(".pipeline-test.yaml", StringComparison.OrdinalIgnoreCase))
                {
                    throw new DeploymentRefusedException($"'{path}' must end in '.pipeline-test.yaml', or nobody takes it for a test.");
                }

                if (Path.Exists(path))
                {
                    throw new DeploymentRefusedException($"There is '{path}' already. Name another file with '--out'.");
                }

                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                await File.WriteAllTextAsync(path, test.Text, cancellation);
                await Console.Out.WriteLineAsync(FactoryLoader.RelativePath(Directory.GetCurrentDirectory(), path));
                return 0;
            },
            cancellation));
        return VerbHelp.Complete(
            verb,
            ["pipewright record load.pipeline.yaml --target dev", "pipewright record load.pipeline.yaml --target dev --run 1c2f… --out tests/load.pipeline-test.yaml"],
            (ExitCodes.Fine, "The test is written."),
            (ExitCodes.Remote, "The run can't be read."));
    }
}
