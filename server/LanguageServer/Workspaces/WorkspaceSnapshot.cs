using System.Collections.Immutable;
using Pipewright.Core.Factory;
using Pipewright.Core.Text;
using Pipewright.LanguageServer.Protocol;

namespace Pipewright.LanguageServer.Workspaces;

/// <summary>A document that the editor has open.</summary>
/// <param name="Uri">As the client writes it.</param>
/// <param name="Root">Its factory root.</param>
/// <param name="Path">Relative to the root.</param>
/// <param name="Document">Null where the file is no resource.</param>
internal sealed record OpenDocument(string Uri, string Root, string Path, int Version, SourceText Text, ResourceDocument? Document)
{
    /// <summary>Whether it is the settings of its factory.</summary>
    public bool IsConfiguration => Document is null && Path.IndexOf('/', StringComparison.Ordinal) < 0 && FactoryRoots.IsConfiguration(Path);
}

/// <summary>A resource file within its factory.</summary>
internal sealed record LocatedDocument(string Root, FactorySnapshot Factory, ResourceDocument Document);

/// <summary>One version of everything: what a request is answered from.</summary>
/// <param name="Folders">The workspace folders, absolute.</param>
/// <param name="Factories">By root.</param>
/// <param name="Open">By <see cref="DocumentUri.ToKey"/> of the document.</param>
/// <param name="ReadRoots">The roots that have been read from the disk. One that has not holds only what is open.</param>
internal sealed record WorkspaceSnapshot(
    ImmutableArray<string> Folders,
    ImmutableDictionary<string, FactorySnapshot> Factories,
    ImmutableDictionary<string, OpenDocument> Open,
    ImmutableHashSet<string> ReadRoots)
{
    public static WorkspaceSnapshot Empty { get; } = new(
        [], ImmutableDictionary<string, FactorySnapshot>.Empty, ImmutableDictionary<string, OpenDocument>.Empty, []);

    /// <summary>By root what is known of the factory in Azure that its files are deployed to.</summary>
    public ImmutableDictionary<string, LiveResources> Live { get; init; } = ImmutableDictionary<string, LiveResources>.Empty;

    /// <summary>What is known of Databricks workspaces.</summary>
    public LiveWorkspaces Databricks { get; init; } = LiveWorkspaces.Empty;

    /// <summary>By root the name of its target.</summary>
    public ImmutableDictionary<string, string> Targets { get; init; } = ImmutableDictionary<string, string>.Empty;

    public FactorySnapshot FactoryOf(string root) => Factories.GetValueOrDefault(root, FactorySnapshot.Empty);

    public OpenDocument? FindOpen(string uri) => Open.GetValueOrDefault(DocumentUri.ToKey(uri));

    /// <summary>The resource file of a URI, open or not; null for one that is not known.</summary>
    public LocatedDocument? FindDocument(string uri) => FindFile(uri) is { Document.IsTest: false } found ? found : null;

    /// <summary>The same of files of tests, too.</summary>
    public LocatedDocument? FindFile(string uri)
    {
        if (FindOpen(uri) is { Document: { } document } open)
        {
            return new LocatedDocument(open.Root, FactoryOf(open.Root), document);
        }

        return DocumentUri.ToPath(uri) is { } file
            && FindRootOfFile(file) is { } root
            && Factories[root].FindDocument(FactoryLoader.RelativePath(root, file)) is { } found
            ? new LocatedDocument(root, Factories[root], found)
            : null;
    }

    /// <summary>The factory root that a URI belongs to, also for a file that is no resource; null where there is none.</summary>
    public string? FindRoot(string uri) => FindOpen(uri)?.Root ?? (DocumentUri.ToPath(uri) is { } file ? FindRootOfFile(file) : null);

    private string? FindRootOfFile(string file) => Factories.Keys.Where(r => Path.IsPathRooted(r) && FactoryRoots.Contains(r, file)).MaxBy(r => r.Length);
}
