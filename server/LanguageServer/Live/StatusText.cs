using System.Collections.Immutable;
using Pipewright.Deployment.Pulling;

namespace Pipewright.LanguageServer.Live;

/// <summary>States in words.</summary>
internal static class StatusText
{
    /// <summary>One line.</summary>
    public static string Summarise(ImmutableArray<ResourceStatus> states)
    {
        var parts = states.GroupBy(s => s.State).OrderBy(g => g.Key).Select(g => $"{g.Count()} {Describe(g.Key)}");
        return states.IsEmpty ? "nothing here and nothing there" : string.Join(", ", parts);
    }

    /// <summary>As it stands behind a number or a name.</summary>
    public static string Describe(ResourceState state) => state switch
    {
        ResourceState.Same => "the same",
        ResourceState.ChangedHere => "changed here",
        ResourceState.ChangedThere => "changed there",
        ResourceState.ChangedBoth => "changed here and there",
        ResourceState.Differs => "different",
        ResourceState.OnlyHere => "only here",
        _ => "only there",
    };

    /// <summary>What tells an action to programs.</summary>
    public static string ActionWord(PullAction action) => action switch
    {
        PullAction.Create => "create",
        PullAction.Update => "update",
        PullAction.Delete => "delete",
        _ => "none",
    };
}
