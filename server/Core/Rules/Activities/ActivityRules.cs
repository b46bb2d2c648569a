using System.Collections.Immutable;

namespace Pipewright.Core.Rules.Activities;

/// <summary>Rules about single activities.</summary>
internal static class ActivityRules
{
    public static ImmutableArray<Rule> All { get; } =
    [
        new TimeSpanFormatRule(), new LongTimeSpanRule(), new ShortTimeSpanRule(), new RetryIntervalRule(), new InactiveMarkRule(), new InactiveOutputRule(),
        new UndeclaredVariableRule(), new SelfReferenceRule(), new VariableTypeRule(), new AppendToScalarRule(), new ParallelVariableRule(),
        new ReturnShapeRule(), new ReturnKeyRule(), new ReturnTypeRule(), new OverwrittenReturnRule(), new DefaultValueRule(),
    ];
}
