using System.Collections.Immutable;

namespace Pipewright.Core.Rules.Habits;

/// <summary>Rules about good habits, as reviewers of factories ask for them; off unless the factory's configuration wants them.</summary>
internal static class HabitRules
{
    public static ImmutableArray<Rule> All { get; } =
    [
        new UndescribedResourceRule(), new UndescribedActivityRule(), new NoFolderRule(), new NoAnnotationRule(), new IdleTriggerRule(), new UncalledPipelineRule(),
        new NoBatchCountRule(), new KeptSecretRule(), new GenericNameRule(), new DefaultTimeoutRule(), new SameConnectionRule(), new SameDatasetRule(),
    ];
}
