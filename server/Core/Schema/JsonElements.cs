using System.Collections.Immutable;

namespace Pipewright.Core.Schema;

/// <summary>How elements of lists in the Git form are told apart.</summary>
public static class JsonElements
{
    /// <summary>The members that name an element, the first that all elements of a list have: of activities and parameters, of dependencies, of references, of cases of a switch.</summary>
    public static ImmutableArray<string> NameMembers { get; } = ["name", "activity", "referenceName", "value"];
}
