// Which resource a file holds, told from its path alone.
using System.Collections.Immutable;
using Pipewright.Core.Binding;
using Pipewright.Core.Schema;

namespace Pipewright.Core.Factory;

/// <summary>What a path says about a resource file.</summary>
/// <param name="Name">The resource's name by the file's name.</param>
public sealed record FileClassification(ResourceKind Kind, ResourceForm Form, string Name)
{
    /// <summary>The Git form's folders of a factory, by kind, without the nested ones of private endpoints.</summary>
    public static ImmutableDictionary<string, ResourceKind> GitFolders { get; } = new Dictionary<string, ResourceKind>
    {
        ["pipeline"] = ResourceKind.Pipeline,
        ["dataset"] = ResourceKind.Dataset,
        ["linkedService"] = ResourceKind.LinkedService,
        ["trigger"] = ResourceKind.Trigger,
        ["dataflow"] = ResourceKind.DataFlow,
        ["integrationRuntime"] = ResourceKind.IntegrationRuntime,
        ["credential"] = ResourceKind.Credential,
        ["factory"] = ResourceKind.Factory,
        ["managedVirtualNetwork"] = ResourceKind.ManagedVirtualNetwork,
        ["managedPrivateEndpoint"] = ResourceKind.ManagedPrivateEndpoint,
        ["adfcdc"] = ResourceKind.ChangeDataCapture,
    }.ToImmutableDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>The word before <c>.yaml</c> in the name of a spec file, by kind: <c>orders.pipeline.yaml</c>.</summary>
    public static ImmutableDictionary<string, ResourceKind> SpecSuffixes { get; } = GitFolders.Add("pipeline-test", ResourceKind.PipelineTest);

    /// <summary>A kind as the names of files have it.</summary>
    public static string WordOf(ResourceKind kind) => SpecSuffixes.First(f => f.Value == kind).Key;

    /// <summary>Classifies a path relative to the factory root, with <c>/</c> between its parts. Null for a file that is not ours.</summary>
    public static FileClassification? Classify(string path)
    {
        var parts = path.Split('/');
        var file = parts[^1];
        if (StripExtension(file, ".json") is { } gitName)
        {
            return ClassifyGit(parts.AsSpan()[..^1], gitName);
        }

        var stem = StripExtension(file, ".yaml") ?? StripExtension(file, ".yml");
        var dot = stem?.LastIndexOf('.') ?? -1;
        return dot > 0 && SpecSuffixes.TryGetValue(stem![(dot + 1)..], out var kind)
            ? new FileClassification(kind, ResourceForm.Spec, stem[..dot])
            : null;
    }

    private static FileClassification? ClassifyGit(ReadOnlySpan<string> folders, string name)
    {
        // The nearest kind folder counts: Studio's sub-folders below `pipeline/` belong to it, and a private endpoint lies in
        // managedVirtualNetwork/NAME/managedPrivateEndpoint/.
        for (var i = folders.Length - 1; i >= 0; i--)
        {
            if (GitFolders.TryGetValue(folders[i], out var kind))
            {
                return new FileClassification(kind, ResourceForm.Git, name);
            }
        }

        return null;
    }

    private static string? StripExtension(string file, string extension) =>
        file.Length > extension.Length && file.EndsWith(extension, StringComparison.OrdinalIgnoreCase) ? file[..^extension.Length] : null;
}
