using System.CommandLine;
using System.Text;
using Pipewright.Deployment.Planning;
using Pipewright.Deployment.Templates;
using Pipewright.LanguageServer.Deploying;
using Pipewright.LanguageServer.Workspaces;

namespace Pipewright.LanguageServer.CommandLine;

/// <summary><c>pipewright export PATH --to arm|bicep [--out DIR] [--target NAME]</c>.</summary>
internal static class ExportVerb
{
    public static Command Make()
    {
        var path = new Argument<string>("path") { Description = "A factory's folder, or one file, which counts with all that it needs." };
        var to = new Option<string>("--to") { Description = "'arm' for the templates that ADF Studio publishes, 'bicep' for Bicep modules.", Required = true };
        to.AcceptOnlyFromAmong(TemplateJob.Arm, TemplateJob.Bicep);
        var output = new Option<string?>("--out") { Description = "The folder that the files are written to. Without it the main template goes to standard output." };
        var target = new Option<string?>("--target") { Description = "The name of a target in pipewright.yaml, whose overrides are applied and whose factory is the default." };
        var verb = new Command(
            "export", "Writes a factory as templates of Azure Resource Manager or as Bicep.") { path, to, output, target };
        verb.SetAction((parsed, cancellation) => Task.Run(
            () => Run(parsed.GetValue(path)!, parsed.GetValue(to)!, parsed.GetValue(output), parsed.GetValue(target), cancellation), cancellation));
        return VerbHelp.Complete(
            verb,
            ["pipewright export . --to arm --out out/arm", "pipewright export . --to bicep --out infra --target prod", "pipewright export pipelines/load.pipeline.yaml --to bicep"],
            (ExitCodes.Fine, "All is kept."),
            (ExitCodes.Findings, "Something could not be kept, or Azure would refuse it; standard error says what."));
    }

    private static int Run(string path, string form, string? output, string? target, CancellationToken cancellation)
    {
        if (FactoryPath.Resolve(path) is not { } resolved)
        {
            return Refuse($"'{path}' is no file or folder.", ExitCodes.WrongUsage);
        }

        var factories = resolved.Load(Console.Error.WriteLine, cancellation).Where(f => resolved.FindDocuments(f).Any()).ToList();
        if (factories is not [var factory])
        {
            return Refuse(factories.Count == 0 ? $"There is nothing to export in '{path}'." : $"'{path}' holds {factories.Count} factories. Name one of them.", ExitCodes.WrongUsage);
        }

        try
        {
            var files = new TemplateJob(factory.Path, factory.Snapshot).Make([.. resolved.FindDocuments(factory)], form, target);
            Write(files, output);
            files.Notes.AddRange(files.Losses).ToList().ForEach(Console.Error.WriteLine);
            return files.Losses.IsEmpty ? ExitCodes.Fine : ExitCodes.Findings;
        }
        catch (Exception e) when (e is DeploymentRefusedException or DeploymentCycleException)
        {
            return Refuse(e.Message, e is DeploymentCycleException or DeploymentRefusedException { IsOfFiles: true } ? ExitCodes.Findings : ExitCodes.WrongUsage);
        }
    }

    private static void Write(TemplateFiles files, string? output)
    {
        if (output is null)
        {
            using var stream = Console.OpenStandardOutput();
            stream.Write(Encoding.UTF8.GetBytes(files.Files[0].Text));
            return;
        }

        var folder = Path.TrimEndingDirectorySeparator(Path.GetFullPath(output));
        foreach (var file in files.Files)
        {
            var destination = Path.GetFullPath(Path.Combine(folder, file.Path));
            if (!FactoryRoots.Contains(folder, destination))
            {
                // The path may hold the factory's name, and a name may hold anything.
                throw new DeploymentRefusedException($"'{file.Path}' lies outside of {folder}: give the factory's file another name.") { IsOfFiles = true };
            }

            Directory.CreateDirectory(Path.GetDirectoryName(destination)!);
            File.WriteAllText(destination, file.Text);
        }

        Console.Error.WriteLine($"{files.Files.Length} files written to {folder}");
    }

    private static int Refuse(string message, int exitCode)
    {
        Console.Error.WriteLine(message);
        return exitCode;
    }
}
