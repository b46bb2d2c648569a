// Deploy, for the editor and the command line: which target, which resources, and what became of them.
using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Pipewright.Azure;
using Pipewright.Core.Factory;
using Pipewright.Core.Features;
using Pipewright.Core.Schema;
using Pipewright.Core.Text;
using Pipewright.Deployment;
using Pipewright.LanguageServer.Protocol;
using Pipewright.LanguageServer.Workspaces;

namespace Pipewright.LanguageServer;

/// <summary>A deployment can't begin; the message says why and what to do.</summary>
internal sealed class DeploymentRefusedException(string message) : Exception(message);

internal static class Deployments
{
    /// <summary>Reads a root's <c>pipewright.yaml</c>; an empty configuration where there is none.</summary>
    public static FactoryConfiguration ReadConfiguration(string root) => FactoryRoots.FindConfiguration(root) is not { } file
        ? FactoryConfiguration.Empty
        : FactoryLoader.ReadConfiguration(file) ?? throw new DeploymentRefusedException($"{file} can't be read. Give this user the right to read it.");

    /// <summary>The target of a name: one of the machine's settings, else one of the factory's configuration, which is always in Azure.</summary>
    /// <param name="name">Null for the default.</param>
    /// <param name="endpoint">An emulator's address that takes the place of Azure's; null for none.</param>
    public static FactoryTarget ResolveTarget(ServerSettings settings, FactoryConfiguration configuration, string? name, Uri? endpoint)
    {
        name ??= settings.Target ?? configuration.DefaultTarget ?? (settings.Targets.Count == 1 ? settings.Targets[0].Name : null);
        if (name is null)
        {
            throw new DeploymentRefusedException("No target is chosen. Name one, or set 'defaultTarget' in pipewright.yaml.");
        }

        if (settings.Targets.FirstOrDefault(t => t.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) is { } machine)
        {
            return new FactoryTarget(endpoint ?? machine.Endpoint ?? FactoryTarget.PublicCloud, machine.Subscription, machine.ResourceGroup, machine.Factory);
        }

        if (configuration.FindTarget(name) is { } target)
        {
            // To deploy the files as they are would put one environment's addresses into another.
            if (target.HasOverrides)
            {
                throw new DeploymentRefusedException(
                    $"The target '{target.Name}' has overrides in pipewright.yaml, and this version does not apply overrides yet. Deploy to a target without them.");
            }

            return new FactoryTarget(endpoint ?? AzureCloud.Find(target.Cloud)!.Endpoint, target.Subscription, target.ResourceGroup, target.Factory) { Tenant = target.Tenant };
        }

        // An emulator has one factory from the start, so its address alone is enough.
        return endpoint is not null && name.Equals("local", StringComparison.OrdinalIgnoreCase)
            ? new FactoryTarget(endpoint, "00000000-0000-0000-0000-000000000000", "local", "local")
            : throw new DeploymentRefusedException($"There is no target '{name}'. Add it to 'targets' in pipewright.yaml.");
    }

    /// <summary>A client with the credentials of this machine, for the command line; a session's <see cref="ServerSession.SignIn"/> is the one for editors.</summary>
    public static IFactoryClient Connect(FactoryTarget target) => new AzureFactoryClient(ConnectClient(target));

    /// <summary>As <see cref="Connect"/>, for whatever is done in a factory.</summary>
    public static DataFactoryClient ConnectClient(FactoryTarget target) => new(target, target.Cloud is { } cloud ? AzureCredentials.FromMachine(cloud, target.Tenant) : null);

    /// <summary>The errors in the files that would be deployed; none of them may be there.</summary>
    public static IReadOnlyList<string> FindErrors(FactorySnapshot factory, IEnumerable<ResourceDocument> documents, CancellationToken cancellation) =>
        [.. from document in documents
            from diagnostic in LanguageFeatures.GetDiagnostics(factory, document, cancellation)
            where diagnostic.Severity == DiagnosticSeverity.Error
            let line = document.Text.GetPosition(diagnostic.Span.Start).Line + 1
            select $"{document.Path}:{line.ToString(CultureInfo.InvariantCulture)} {diagnostic.Code} {diagnostic.Message}"];

    private static FactoryConfiguration FindConfiguration(WorkspaceSnapshot snapshot, string? uri)
    {
        var root = (uri is null ? null : snapshot.FindRoot(uri)) ?? snapshot.Factories.Keys.Where(Path.IsPathRooted).Order(StringComparer.Ordinal).FirstOrDefault();
        return root is null ? FactoryConfiguration.Empty : ReadConfiguration(root);
    }

    /// <summary>The target of a document's factory.</summary>
    /// <param name="uri">Null for any factory.</param>
    /// <param name="name">Null for the current one.</param>
    /// <exception cref="RequestFailedException">There is none.</exception>
    public static FactoryTarget FindTarget(ServerSession session, WorkspaceSnapshot snapshot, string? uri, string? name)
    {
        try
        {
            return ResolveTarget(session.Settings, FindConfiguration(snapshot, uri), name, null);
        }
        catch (DeploymentRefusedException e)
        {
            throw new RequestFailedException(RequestFailedException.RequestFailed, e.Message);
        }
    }

    public static TargetList ListTargets(ServerSession session, WorkspaceSnapshot snapshot, string? uri)
    {
        var configuration = FindConfiguration(snapshot, uri);
        var machine = session.Settings.Targets.Select(t => new TargetSummary(t.Name, t.Factory, t.Endpoint is not null)).ToList();
        var shared = configuration.Targets.Where(t => machine.All(m => !m.Name.Equals(t.Name, StringComparison.OrdinalIgnoreCase)))
            .Select(t => new TargetSummary(t.Name, t.Factory, false));
        return new TargetList([.. machine, .. shared], session.Settings.Target ?? configuration.DefaultTarget ?? (machine.Count == 1 ? machine[0].Name : null));
    }

    /// <summary>Deploys a document of the editor with all that it needs.</summary>
    public static async Task<DeployResult> DeployAsync(ServerSession session, WorkspaceSnapshot snapshot, DeployParams parameters, CancellationToken cancellation)
    {
        if (snapshot.FindDocument(parameters.TextDocument.Uri) is not var (root, factory, document))
        {
            throw new RequestFailedException(RequestFailedException.RequestFailed, "This is no resource of a factory, so there is nothing to deploy.");
        }

        try
        {
            var target = ResolveTarget(session.Settings, ReadConfiguration(root), parameters.Target, null);
            var units = DeploymentScope.Collect(factory, [document]);
            RefuseErrors(factory, document, units, cancellation);
            await using var progress = await session.Progress.BeginAsync($"Deploying {document.Classification.Name} to {target.Factory}", parameters.WorkDoneToken, isCancellable: true);
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation, progress.Source.Token);
            var results = await Deployer.ApplyAsync(
                units, new AzureFactoryClient(session.SignIn.Connect(target, mayAskUser: true)), p => progress.Report($"{p.Current.Id.Name} ({p.Done + 1} of {p.Total})", 100 * p.Done / p.Total), _ => { }, stop.Token);
            return new DeployResult(
                results.All(r => r.Error is null && r.Action != DeploymentAction.NotAttempted), Summarise(results, target),
                [.. results.Select(r => ToProtocol(r, root))]);
        }
        catch (Exception e) when (e is DeploymentRefusedException or DeploymentCycleException)
        {
            throw new RequestFailedException(RequestFailedException.RequestFailed, e.Message);
        }
    }

    public static string Summarise(ImmutableArray<DeploymentResult> results, FactoryTarget target)
    {
        int Count(DeploymentAction action) => results.Count(r => r.Action == action);
        var deployed = Count(DeploymentAction.Created) + Count(DeploymentAction.Updated);
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"{deployed} deployed to {target.Factory} ({Count(DeploymentAction.Created)} created, {Count(DeploymentAction.Updated)} updated)");
        if (results.FirstOrDefault(r => r.Error is not null) is { } failed)
        {
            text.Append(CultureInfo.InvariantCulture, $"; {failed.Unit.Id.Name} failed: {failed.Error}");
        }

        return Count(DeploymentAction.NotAttempted) is > 0 and var rest ? text.Append(CultureInfo.InvariantCulture, $"; {rest} not attempted").ToString() : text.ToString();
    }

    public static string ActionName(DeploymentAction action) => action switch
    {
        DeploymentAction.Created => "created",
        DeploymentAction.Updated => "updated",
        DeploymentAction.Failed => "failed",
        _ => "notAttempted",
    };

    private static void RefuseErrors(FactorySnapshot factory, ResourceDocument document, ImmutableArray<DeploymentUnit> units, CancellationToken cancellation)
    {
        var documents = units.Select(u => u.Path).Append(document.Path).Distinct().Select(p => factory.Documents[p]);
        if (FindErrors(factory, documents, cancellation) is { Count: > 0 } errors)
        {
            var more = errors.Count > 5 ? $"\n… and {errors.Count - 5} more" : "";
            throw new DeploymentRefusedException($"Not deployed: there are errors to mend first.\n{string.Join('\n', errors.Take(5))}{more}");
        }
    }

    private static DeployedResource ToProtocol(DeploymentResult result, string root) => new(
        TypeWord(result.Unit.Id.Kind), result.Unit.Id.Name, ActionName(result.Action),
        Path.IsPathRooted(root) ? DocumentUri.FromPath(Path.Combine(root, result.Unit.Path)) : null, result.Error);

    private static string TypeWord(ResourceKind kind) => FileClassification.GitFolders.First(f => f.Value == kind).Key;
}
