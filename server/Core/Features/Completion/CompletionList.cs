using Pipewright.Core.Factory;

namespace Pipewright.Core.Features.Completion;

/// <summary>The groups of a list, first to last.</summary>
internal enum CompletionRank
{
    /// <summary>Names and values that exactly fit the place.</summary>
    Value,
    RequiredProperty,

    /// <summary>What the service assumes anyway.</summary>
    Default,
    Property,

    /// <summary>Whole files, and several activities at once.</summary>
    Flow,

    /// <summary>Whole new objects.</summary>
    Snippet,

    /// <summary>What the spec form can leave out.</summary>
    Wrapper,
    Deprecated,
}

/// <summary>Gathers proposals and puts them in order.</summary>
internal sealed class CompletionList
{
    private readonly List<(CompletionRank Rank, int Weight, CompletionItem Item)> _items = [];
    private readonly HashSet<string> _labels = new(StringComparer.Ordinal);

    private readonly List<WorkspaceNeed> _wanted = [];

    /// <summary>Whether more is still to be found out.</summary>
    public bool IsIncomplete { get; set; }

    /// <summary>Adds a proposal, unless there is one of its label.</summary>
    /// <param name="filter">What typing is matched against; null for the label.</param>
    /// <param name="weight">The greatest of a group comes first; those that are alike stay in the order in which they came.</param>
    public void Add(
        CompletionSite site, CompletionRank rank, string label, CompletionKind kind, WrittenTemplate text, string? detail, string? documentation = null, int weight = 0, string? filter = null)
    {
        // A name that is about to be written is no name yet, and an editor takes no proposal without a text.
        if (string.IsNullOrWhiteSpace(label) || !_labels.Add(label))
        {
            return;
        }

        var insertion = site.Insertion;
        _items.Add((rank, weight, new CompletionItem(label, kind, insertion.Span, text.Text, text.IsSnippet, detail, documentation)
        {
            IsDeprecated = rank == CompletionRank.Deprecated,
            FilterText = insertion.ReplacesQuotes ? $"\"{filter ?? label}\"" : insertion.Replaced.Length > 0 ? insertion.Replaced + (filter ?? label) : filter,
            AdditionalChanges = insertion.AlsoChange is { } change ? [change] : [],
        }));
    }

    /// <summary>Notes what of a workspace would make the list a better one.</summary>
    public void Want(WorkspaceNeed need) => _wanted.Add(need);

    public CompletionResult ToResult() => new([.. _items
        .OrderBy(i => i.Rank).ThenByDescending(i => i.Weight)
        .Select((i, index) => i.Item with { SortText = index.ToString("D4", System.Globalization.CultureInfo.InvariantCulture) })], IsIncomplete)
    { Wanted = [.. _wanted.Distinct()] };
}
