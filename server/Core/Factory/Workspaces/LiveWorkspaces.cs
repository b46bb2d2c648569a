// What Databricks workspaces have: asked part by part, now and then, and so each part of a certain age.
using System.Collections.Immutable;

namespace Pipewright.Core.Factory;

/// <summary>The state of one part.</summary>
/// <param name="Content">The last answer; null where there has been none.</param>
/// <param name="ReadAt">When that was given.</param>
/// <param name="IsFilling">Whether it is being asked for.</param>
/// <param name="Problem">Why the last attempt failed; null where it did not.</param>
public sealed record KnownPart(WorkspaceContent? Content, DateTimeOffset ReadAt, bool IsFilling = false, string? Problem = null)
{
    /// <summary>Whether it was read in another session, which may be long ago.</summary>
    public bool IsFromDisk { get; init; }

    /// <summary>The content, where it can be relied on: it was read in this session, and could be read when last tried.</summary>
    public WorkspaceContent? Sure => IsFromDisk || Problem is not null ? null : Content;
}

/// <summary>What is known of one workspace.</summary>
/// <param name="Domain">As <see cref="WorkspaceAddress.Parse"/> gives it.</param>
public sealed record LiveWorkspace(string Domain)
{
    /// <summary>By what they are of.</summary>
    public ImmutableDictionary<WorkspacePart, KnownPart> Parts { get; private init; } = ImmutableDictionary<WorkspacePart, KnownPart>.Empty;

    /// <summary>Why it can't be asked at all; null where it can.</summary>
    public string? Problem { get; init; }

    /// <summary>Null for what has not been asked for.</summary>
    public KnownPart? Find(WorkspacePart part) => Parts.GetValueOrDefault(part);

    /// <summary>With a part as it is now. An answer that is the same as before stays the very same.</summary>
    public LiveWorkspace With(WorkspacePart part, KnownPart known) => this with
    {
        Parts = Parts.SetItem(part, known.Content is { } content && Find(part)?.Content is { } before && before.IsSameAs(content) ? known with { Content = before } : known),
    };

    public LiveWorkspace Without(WorkspacePart part) => this with { Parts = Parts.Remove(part) };
}

/// <summary>What is known of all workspaces.</summary>
/// <param name="Target">The target whose overrides decide which workspace a linked service leads to; null for none.</param>
public sealed record LiveWorkspaces(string? Target)
{
    private ImmutableDictionary<string, LiveWorkspace> _workspaces = ImmutableDictionary<string, LiveWorkspace>.Empty;

    public static LiveWorkspaces Empty { get; } = new((string?)null);

    public IEnumerable<LiveWorkspace> All => _workspaces.Values;

    /// <summary>Null where nothing is known of it.</summary>
    public LiveWorkspace? Find(string domain) => _workspaces.GetValueOrDefault(domain);

    public KnownPart? Find(string domain, WorkspacePart part) => Find(domain)?.Find(part);

    /// <summary>What can be relied on: it was read in this session, from a workspace that answers.</summary>
    public WorkspaceContent? FindSure(string domain, WorkspacePart part) => Find(domain) is { Problem: null } workspace ? workspace.Find(part)?.Sure : null;

    public LiveWorkspaces With(LiveWorkspace workspace) => this with { _workspaces = _workspaces.SetItem(workspace.Domain, workspace) };
}

/// <summary>A part of a workspace that something would like to know.</summary>
public readonly record struct WorkspaceNeed(string Domain, WorkspacePart Part);
