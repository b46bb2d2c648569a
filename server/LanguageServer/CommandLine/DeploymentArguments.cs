using System.CommandLine;
using System.CommandLine.Completions;
using System.CommandLine.Parsing;
using Pipewright.Azure;
using Pipewright.Core.Factory;
using Pipewright.Deployment;
using Pipewright.Deployment.Planning;
using Pipewright.LanguageServer.Deploying;
using Pipewright.LanguageServer.Workspaces;

namespace Pipewright.LanguageServer.CommandLine;

/// <summary>The arguments that all verbs about a target share.</summary>
internal sealed class DeploymentArguments
{
    private readonly Argument<string> _path = new("path") { Description = "One file, which counts with all that it needs, a folder of them, or a factory's folder, which counts whole." };
    private readonly Option<string> _target = new("--target") { Description = "The name of a target in pipewright.yaml, or 'local' with --endpoint.", Required = true };
    private readonly Option<string?> _endpoint = new("--endpoint") { Description = "The address of an emulator: http on loopback." };

    private readonly Option<int> _parallel = new("--parallel") { Description = "How many resources are sent at once, from 1 to 32.", DefaultValueFactory = _ => 8 };

    private readonly Option<bool?> _notebooks = new("--notebooks")
    {
        Description = "Import the notebooks that pipelines call into their workspaces, where they differ. 'deployNotebooks' of the target if not said; '--notebooks false' for not.",
    };

    public void AddTo(Command verb)
    {
        verb.Add(_path);
        _target.CompletionSources.Add(Complete);
        verb.Add(_target);
        verb.Add(_endpoint);
    }

    /// <summary>Names of targets for a shell: those of the nearest <c>pipewright.yaml</c> at PATH or above it; none where that can't be read.</summary>
    internal static IEnumerable<CompletionItem> Complete(CompletionContext context)
    {
        var path = context.ParseResult.CommandResult.Children.OfType<ArgumentResult>().SelectMany(a => a.Tokens).FirstOrDefault()?.Value ?? ".";
        var root = new FactoryRoots().Find(Path.Combine(Path.GetFullPath(path), "any"), null);
        try
        {
            return Targets.ReadConfiguration(root).Targets.Select(t => new CompletionItem(t.Name));
        }
        catch (DeploymentRefusedException)
        {
            return [];
        }
    }

    /// <summary>For verbs that change something.</summary>
    public void AddParallel(Command verb)
    {
        _parallel.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > 32)
            {
                result.AddError("'--parallel' takes a number from 1 to 32.");
            }
        });
        verb.Add(_parallel);
    }

    /// <summary>For verbs that may bring notebooks along.</summary>
    public void AddNotebooks(Command verb) => verb.Add(_notebooks);

    /// <summary>Finds what is to be done, and does it. What can't be done is said on standard error.</summary>
    /// <param name="run">Given the job and the documents that PATH names; gives the exit code.</param>
    public async Task<int> RunAsync(ParseResult parsed, Func<DeploymentJob, IReadOnlyList<ResourceDocument>, Task<int>> run, CancellationToken cancellation)
    {
        var (path, address) = (parsed.GetValue(_path)!, parsed.GetValue(_endpoint));
        var endpoint = address is null ? null : ServerSettings.ParseEndpoint(address);
        if (FactoryPath.Resolve(path) is not { } resolved)
        {
            return Refuse($"'{path}' is no file or folder.", ExitCodes.WrongUsage);
        }

        if (address is not null && endpoint is null)
        {
            return Refuse($"'{address}' is not the address of an emulator. Only http:// on loopback is taken.", ExitCodes.WrongUsage);
        }

        var read = await WorkProgress.RunAsync("Reading files", _ => resolved.Load(Console.Error.WriteLine, cancellation));
        var factories = read.Where(f => resolved.FindDocuments(f).Any()).ToList();
        if (factories is not [var factory])
        {
            return Refuse(factories.Count == 0 ? $"There is nothing to deploy in '{path}'." : $"'{path}' holds {factories.Count} factories. Name one of them.", ExitCodes.WrongUsage);
        }

        try
        {
            var target = Targets.Resolve(ServerSettings.Default, Targets.ReadConfiguration(factory.Path), parsed.GetValue(_target)!, endpoint);
            var job = new DeploymentJob(factory.Path, factory.Snapshot, target, DeploymentJob.Connect(target.Factory))
            {
                Environment = Environment.GetEnvironmentVariable,
                Parallel = parsed.GetResult(_parallel) is null ? 8 : parsed.GetValue(_parallel),
                DeploysNotebooks = parsed.GetResult(_notebooks) is null ? null : parsed.GetValue(_notebooks),
            };
            return await run(job, [.. resolved.FindDocuments(factory)]);
        }
        catch (Exception e) when (e is DeploymentRefusedException or DeploymentCycleException)
        {
            return Refuse(e.Message, e is DeploymentCycleException or DeploymentRefusedException { IsOfFiles: true } ? 1 : ExitCodes.WrongUsage);
        }
        catch (FactoryRequestException e)
        {
            return Refuse($"{e.Code}: {e.Message}", ExitCodes.Remote);
        }
    }

    /// <exception cref="DeploymentRefusedException">A part of a factory is to delete what it does not declare.</exception>
    public static void RefuseDeletionOfPart(DeploymentJob job, IReadOnlyList<ResourceDocument> documents, bool deletes)
    {
        if (deletes && documents.Count < job.Factory.Documents.Values.Count(d => !d.IsForeign))
        {
            throw new DeploymentRefusedException("'--delete' takes the folder of a whole factory, or what other files declare would be deleted.");
        }
    }

    public static int Refuse(string message, int exitCode)
    {
        Console.Error.WriteLine(message);
        return exitCode;
    }

    public static bool Confirm(string question)
    {
        if (Console.IsInputRedirected)
        {
            return false;
        }

        Console.Error.Write($"{question} [y/N] ");
        return Console.In.ReadLine()?.Trim() is ['y' or 'Y', ..];
    }

    public static void Announce(FactoryTarget target, string what) => Terminal.Note($"{what} {target.Factory} in {target.ResourceGroup} at {target.Endpoint.Host}");
}
