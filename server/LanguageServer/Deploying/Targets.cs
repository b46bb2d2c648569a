// Which factory is meant by the name of a target.
using Pipewright.Azure;
using Pipewright.Core.Factory;
using Pipewright.LanguageServer.Protocol;
using Pipewright.LanguageServer.Workspaces;

namespace Pipewright.LanguageServer.Deploying;

/// <summary>A deployment can't begin; the message says why and what to do.</summary>
internal sealed class DeploymentRefusedException(string message) : Exception(message)
{
    /// <summary>Whether there are errors in the files to mend first.</summary>
    public bool IsOfFiles { get; init; }
}

/// <summary>A target that is found.</summary>
/// <param name="Configured">What pipewright.yaml says of it; null for one of the machine's settings.</param>
internal sealed record ResolvedTarget(string Name, FactoryTarget Factory, DeploymentTarget? Configured);

internal static class Targets
{
    private const string NoSubscription = "00000000-0000-0000-0000-000000000000";

    /// <summary>Reads a root's <c>pipewright.yaml</c>; an empty configuration where there is none.</summary>
    public static FactoryConfiguration ReadConfiguration(string root) => FactoryRoots.FindConfiguration(root) is not { } file
        ? FactoryConfiguration.Empty
        : FactoryLoader.ReadConfiguration(file) ?? throw new DeploymentRefusedException($"{file} can't be read. Give this user the right to read it.");

    /// <summary>The target of a name: one of the machine's settings, else one of the factory's configuration, which is always in Azure.</summary>
    /// <param name="name">Null for the default.</param>
    /// <param name="endpoint">An emulator's address that takes the place of Azure's; null for none.</param>
    public static ResolvedTarget Resolve(ServerSettings settings, FactoryConfiguration configuration, string? name, Uri? endpoint)
    {
        name ??= settings.Target ?? configuration.DefaultTarget ?? (settings.Targets.Count == 1 ? settings.Targets[0].Name : null);
        if (name is null)
        {
            throw new DeploymentRefusedException("No target is chosen. Name one, or set 'defaultTarget' in pipewright.yaml.");
        }

        if (settings.Targets.FirstOrDefault(t => t.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) is { } machine)
        {
            return new ResolvedTarget(
                machine.Name, new FactoryTarget(endpoint ?? machine.Endpoint ?? FactoryTarget.PublicCloud, machine.Subscription, machine.ResourceGroup, machine.Factory),
                configuration.FindTarget(name));
        }

        if (configuration.FindTarget(name) is { } target)
        {
            return new ResolvedTarget(target.Name, new FactoryTarget(endpoint ?? AzureCloud.Find(target.Cloud)!.Endpoint, target.Subscription, target.ResourceGroup, target.Factory) { Tenant = target.Tenant }, target);
        }

        // An emulator has one factory from the start, so its address alone is enough.
        return endpoint is not null && name.Equals("local", StringComparison.OrdinalIgnoreCase)
            ? new ResolvedTarget(name, new FactoryTarget(endpoint, NoSubscription, "local", "local"), null)
            : throw new DeploymentRefusedException($"There is no target '{name}'. Add it to 'targets' in pipewright.yaml.");
    }

    /// <summary>The target of a document's factory.</summary>
    /// <param name="uri">Null for any factory.</param>
    /// <param name="name">Null for the current one.</param>
    /// <exception cref="RequestFailedException">There is none.</exception>
    public static FactoryTarget Find(ServerSession session, WorkspaceSnapshot snapshot, string? uri, string? name)
    {
        try
        {
            return Resolve(session.Settings, FindConfiguration(snapshot, uri), name, null).Factory;
        }
        catch (DeploymentRefusedException e)
        {
            throw new RequestFailedException(RequestFailedException.RequestFailed, e.Message);
        }
    }

    public static TargetList List(ServerSession session, WorkspaceSnapshot snapshot, string? uri)
    {
        var configuration = FindConfiguration(snapshot, uri);
        var machine = session.Settings.Targets.Select(t => new TargetSummary(t.Name, t.Factory, t.Endpoint is not null)).ToList();
        var shared = configuration.Targets.Where(t => machine.All(m => !m.Name.Equals(t.Name, StringComparison.OrdinalIgnoreCase)))
            .Select(t => new TargetSummary(t.Name, t.Factory, false));
        return new TargetList([.. machine, .. shared], session.Settings.Target ?? configuration.DefaultTarget ?? (machine.Count == 1 ? machine[0].Name : null));
    }

    private static FactoryConfiguration FindConfiguration(WorkspaceSnapshot snapshot, string? uri)
    {
        var root = (uri is null ? null : snapshot.FindRoot(uri)) ?? snapshot.Factories.Keys.Where(Path.IsPathRooted).Order(StringComparer.Ordinal).FirstOrDefault();
        return root is null ? FactoryConfiguration.Empty : ReadConfiguration(root);
    }
}
