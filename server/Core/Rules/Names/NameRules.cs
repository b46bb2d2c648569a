using System.Collections.Immutable;

namespace Pipewright.Core.Rules.Names;

/// <summary>Rules about names.</summary>
internal static class NameRules
{
    public static ImmutableArray<Rule> All { get; } =
    [
        new NameCharactersRule(), new NameLengthRule(), new LongPipelineNameRule(), new DashInNameRule(), new DeclaredNameRule(),
        new AmbiguousNameRule(), new LeadingDigitRule(), new TrailingSpaceRule(), new StreamNameRule(), new DuplicateStreamRule(), new SpaceInNameRule(),
        new FileNameRule(), new ResourceTypeRule(), new MisplacedFileRule(), new FolderNameRule(), new NamingPatternRule(),
    ];
}
