// The search for a name over whole factories. Each document says once what it names, so that a search only compares.
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Pipewright.Core.Factory;

namespace Pipewright.Core.Features.Navigation;

internal static class NameSearch
{
    private static readonly ConditionalWeakTable<ResourceDocument, SearchedDocument> Known = [];

    /// <summary>What fits best, best first: of the same fit resources before their parts, short names before long ones, then by name and place.</summary>
    public static ImmutableArray<FoundName> Find(IReadOnlyList<FactorySnapshot> factories, string query, int most, CancellationToken cancellation)
    {
        var match = new NameMatch(query);
        var found = new List<(int Score, FoundName Name)>();
        for (var root = 0; root < factories.Count; root++)
        {
            foreach (var document in factories[root].Documents.Values)
            {
                cancellation.ThrowIfCancellationRequested();
                foreach (var (named, letters) in Known.GetValue(document, SearchedDocument.Of).Names)
                {
                    if (match.Score(named.Name, letters) is { } score)
                    {
                        found.Add((score, new FoundName(root, document.Path, named)));
                    }
                }
            }
        }

        return
        [
            .. found.OrderByDescending(f => f.Score).ThenBy(f => f.Name.Named.Kind == SymbolKind.Resource ? 0 : 1).ThenBy(f => f.Name.Named.Name.Length)
                .ThenBy(f => f.Name.Named.Name, StringComparer.OrdinalIgnoreCase).ThenBy(f => f.Name.Root).ThenBy(f => f.Name.Path, StringComparer.Ordinal)
                .ThenBy(f => f.Name.Named.NameSpan.Start).Take(most).Select(f => f.Name),
        ];
    }

    /// <summary>A document's names with their letters.</summary>
    private sealed record SearchedDocument(ImmutableArray<(NamedPlace Named, ulong Letters)> Names)
    {
        public static SearchedDocument Of(ResourceDocument document) => new([.. document.Names.Select(n => (n, NameMatch.LettersOf(n.Name)))]);
    }
}
