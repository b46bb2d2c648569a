using System.Collections.Immutable;
using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using Pipewright.Azure;
using Pipewright.Deployment;
using Pipewright.LanguageServer.Workspaces;

namespace Pipewright.LanguageServer.CommandLine;

/// <summary><c>pipewright deploy PATH --target NAME [--yes]</c>.</summary>
internal static class DeployVerb
{
    private const int Incomplete = 4;

    public static Command Make()
    {
        var path = new Argument<string>("path") { Description = "One file, which is deployed with all that it needs, or a factory's folder, which is deployed whole." };
        var target = new Option<string>("--target") { Description = "The name of a target in pipewright.yaml, or 'local' with --endpoint.", Required = true };
        var endpoint = new Option<string?>("--endpoint") { Description = "The address of an emulator: http on loopback." };
        var yes = new Option<bool>("--yes") { Description = "Deploy without asking." };
        var verb = new Command("deploy", "Deploys to a factory. Exit code 0, 1 for errors in the files, 2 for wrong usage, 4 when not everything was deployed.") { path, target, endpoint, yes };
        verb.SetAction((parsed, cancellation) => RunAsync(parsed.GetValue(path)!, parsed.GetValue(target)!, parsed.GetValue(endpoint), parsed.GetValue(yes), cancellation));
        return verb;
    }

    private static async Task<int> RunAsync(string path, string targetName, string? address, bool yes, CancellationToken cancellation)
    {
        var endpoint = address is null ? null : ServerSettings.ParseEndpoint(address);
        if (FactoryPath.Resolve(path) is not { } resolved)
        {
            return Refuse($"'{path}' is no file or folder.", Verbs.WrongUsage);
        }

        if (address is not null && endpoint is null)
        {
            return Refuse($"'{address}' is not the address of an emulator. Only http:// on loopback is taken.", Verbs.WrongUsage);
        }

        var factories = resolved.Load(Console.Error.WriteLine, cancellation).Where(f => resolved.FindDocuments(f).Any()).ToList();
        if (factories is not [var factory])
        {
            return Refuse(factories.Count == 0 ? $"There is nothing to deploy in '{path}'." : $"'{path}' holds {factories.Count} factories. Name one of them.", Verbs.WrongUsage);
        }

        try
        {
            return await DeployAsync(factory, resolved, targetName, endpoint, yes, cancellation);
        }
        catch (Exception e) when (e is DeploymentRefusedException or DeploymentCycleException)
        {
            return Refuse(e.Message, e is DeploymentCycleException ? 1 : Verbs.WrongUsage);
        }
    }

    private static int Refuse(string message, int exitCode)
    {
        Console.Error.WriteLine(message);
        return exitCode;
    }

    private static async Task<int> DeployAsync(
        LoadedFactory factory, FactoryPath path, string targetName, Uri? endpoint, bool yes, CancellationToken cancellation)
    {
        var target = Deployments.ResolveTarget(ServerSettings.Default, Deployments.ReadConfiguration(factory.Path), targetName, endpoint);
        var documents = path.FindDocuments(factory).ToList();
        var units = DeploymentScope.Collect(factory.Snapshot, documents);
        var involved = units.Select(u => u.Path).Concat(documents.Select(d => d.Path)).Distinct().Select(p => factory.Snapshot.Documents[p]);
        if (Deployments.FindErrors(factory.Snapshot, involved, cancellation) is { Count: > 0 } errors)
        {
            return Refuse("Not deployed: there are errors to mend first.\n" + string.Join('\n', errors), 1);
        }

        Announce(units, target);
        if (!yes && !Confirm())
        {
            return Refuse("Not deployed. Say yes, or pass --yes where nobody can be asked.", Verbs.WrongUsage);
        }

        using var journal = new DeploymentJournal(factory.Path, target.ResourceId);
        var results = await Deployer.ApplyAsync(units, Deployments.Connect(target), _ => { }, result =>
        {
            journal.Write(result);
            Console.Out.WriteLine($"{Deployments.ActionName(result.Action)} {result.Unit.Id.Kind} {result.Unit.Id.Name}" + (result.Error is null ? "" : $" ({result.Unit.Path}): {result.Error}"));
        }, cancellation);
        await Console.Error.WriteLineAsync(Deployments.Summarise(results, target));
        await Console.Out.WriteLineAsync(journal.Path);
        return results.All(r => r.Action is DeploymentAction.Created or DeploymentAction.Updated) ? 0 : Incomplete;
    }

    private static void Announce(ImmutableArray<DeploymentUnit> units, FactoryTarget target)
    {
        Console.Error.WriteLine($"{units.Length} resources to {target.Factory} in {target.ResourceGroup} at {target.Endpoint.Host}:");
        foreach (var unit in units)
        {
            Console.Error.WriteLine($"  {unit.Id.Kind} {unit.Id.Name} ({unit.Path})");
        }
    }

    private static bool Confirm()
    {
        if (Console.IsInputRedirected)
        {
            return false;
        }

        Console.Error.Write("Deploy? [y/N] ");
        return Console.In.ReadLine()?.Trim() is ['y' or 'Y', ..];
    }

    /// <summary>What was done, a JSON line for each resource, written as it is done.</summary>
    private sealed class DeploymentJournal : IDisposable
    {
        private readonly FileStream _stream;

        public DeploymentJournal(string root, string factory)
        {
            var folder = Directory.CreateDirectory(System.IO.Path.Combine(root, ".pipewright", "deployments"));
            Path = System.IO.Path.Combine(folder.FullName, $"{TimeProvider.System.GetUtcNow():yyyyMMdd'T'HHmmssfff'Z'}.jsonl");
            _stream = new FileStream(Path, FileMode.CreateNew, FileAccess.Write, FileShare.Read);
            WriteLine(writer => writer.WriteString("factory", factory));
        }

        public string Path { get; }

        public void Write(DeploymentResult result) => WriteLine(writer =>
        {
            writer.WriteString("time", TimeProvider.System.GetUtcNow());
            writer.WriteString("kind", result.Unit.Id.Kind.ToString());
            writer.WriteString("name", result.Unit.Id.Name);
            writer.WriteString("file", result.Unit.Path);
            writer.WriteString("action", Deployments.ActionName(result.Action));
            if (result.Error is not null)
            {
                writer.WriteString("error", result.Error);
            }
        });

        public void Dispose() => _stream.Dispose();

        private void WriteLine(Action<Utf8JsonWriter> writeMembers)
        {
            using (var writer = new Utf8JsonWriter(_stream, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
            {
                writer.WriteStartObject();
                writeMembers(writer);
                writer.WriteEndObject();
            }

            _stream.Write("\n"u8);
            _stream.Flush(flushToDisk: true);
        }
    }
}
