using System.Collections.Immutable;
using Pipewright.Core.Factory;
using Pipewright.Core.Syntax;

namespace Pipewright.Core.Features.Configuration;

/// <summary>The outline of pipewright.yaml: its settings, and what they hold by name.</summary>
internal static class ConfigurationOutline
{
    public static ImmutableArray<OutlineItem> Find(FactoryConfiguration configuration) =>
        configuration.File?.Syntax.Root is MappingSyntax root ? [.. root.Entries.Select(e => Make(e, levels: 1))] : [];

    /// <param name="levels">How many more there are below.</param>
    private static OutlineItem Make(MappingEntrySyntax entry, int levels) => new(
        entry.Key.Value, (entry.Value as ScalarSyntax)?.Value is { Length: > 0 } value ? value : null, entry.Value is MappingSyntax ? OutlineKind.Container : OutlineKind.Property, entry.Span, entry.Key.Span,
        levels > 0 && entry.Value is MappingSyntax { Entries: var members } ? [.. members.Select(m => Make(m, levels - 1))] : []);
}
