// The files of a factory beside what is live in a target: who has changed what, and the live one taken into the files.
using System.Collections.Immutable;
using Pipewright.Core.Emit;
using Pipewright.Core.Factory;
using Pipewright.Core.Text;
using Pipewright.Deployment;
using Pipewright.Deployment.Pulling;
using Pipewright.LanguageServer.Deploying;
using Pipewright.LanguageServer.Workspaces;

namespace Pipewright.LanguageServer.Live;

/// <param name="root">The factory root.</param>
internal sealed class PullJob(string root, FactorySnapshot factory, ResolvedTarget target, IFactoryClient client)
{
    public ResolvedTarget Target => target;

    /// <summary>Gives variables of the environment to overrides; null where these must not use any.</summary>
    public Func<string, string?>? Environment { get; init; }

    /// <exception cref="FactoryRequestException">The target can't be read.</exception>
    /// <exception cref="DeploymentRefusedException">An override can't be applied.</exception>
    public async Task<ImmutableArray<ResourceStatus>> FindStatusAsync(CancellationToken cancellation)
    {
        var live = await FactoryReading.ReadAllAsync(client, cancellation);
        try
        {
            return FactoryStatus.Find(factory, live, DeploymentFolder.Of(root).BaselinesOf(target.Factory), Overrides());
        }
        catch (OverrideException e)
        {
            throw new DeploymentRefusedException(e.Message);
        }
    }

    /// <param name="isSpec">The form of files that are made; null for the one that the files have.</param>
    /// <exception cref="FactoryRequestException">The target can't be read.</exception>
    /// <exception cref="DeploymentRefusedException">The files can't be read well enough.</exception>
    public async Task<PullPlan> PlanAsync(bool? isSpec, CancellationToken cancellation)
    {
        // What a broken file declares would be taken for missing, and written once more beside it.
        if (factory.Documents.Values.Where(d => !d.IsForeign && d.HasSyntaxErrors).MinBy(d => d.Path) is { } broken)
        {
            throw new DeploymentRefusedException($"{broken.Path} has syntax errors, so it can't be told what it declares. Mend it first.");
        }

        var states = await FindStatusAsync(cancellation);
        return new PullPlanner(factory, target.Factory.Factory, Overrides()).Make(states, isSpec);
    }

    /// <summary>Carries the changes out on disk, each file all or nothing.</summary>
    /// <returns>The files that were not written, with the reason.</returns>
    public IEnumerable<string> Write(IEnumerable<FileChange> changes)
    {
        foreach (var change in changes)
        {
            if (Try(change) is { } problem)
            {
                yield return $"{change.Path}: {problem}";
            }
        }
    }

    private string? Try(FileChange change)
    {
        var file = Path.GetFullPath(Path.Combine(root, change.Path));
        if (file == root || !FactoryRoots.Contains(root, file) || TextFile.LeadsAway(root, file))
        {
            return "It lies outside of the folder, and is not touched.";
        }

        try
        {
            switch (change)
            {
                case FileDeletion:
                    File.Delete(file);
                    break;
                case FileCreation creation:
                    Directory.CreateDirectory(Path.GetDirectoryName(file)!);
                    TextFile.Replace(file, creation.Content, overwrite: false);
                    break;
                case FileEdit edit:
                    TextFile.Replace(file, factory.Documents[edit.Path].Text.WithChanges(edit.Changes).Content, overwrite: true);
                    break;
            }

            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return e.Message;
        }
    }

    private TargetOverrides? Overrides() => target.Configured is { Overrides.IsEmpty: false } configured ? new TargetOverrides(configured, Environment) : null;
}
