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
        new MissingBodyRule(), new BodyWithGetRule(), new RequestSignInRule(), new ContentTypeRule(),
        new DuplicateCaseRule(), new ManyCasesRule(), new CaseWithoutValueRule(), new EmptyLoopRule(), new EmptyBranchRule(), new SequentialBatchRule(), new ConstantConditionRule(),
        new UnsaidWaitRule(), new NoFieldRule(), new FieldSubjectRule(), new MetadataWildcardRule(), new ValidationChoiceRule(), new FileDatasetRule(),
        new CopyWithoutDatasetRule(), new ManyDatasetsRule(), new TwoMappingsRule(), new RedirectWithoutSkipRule(), new SilentSkipRule(), new NoScriptRule(), new OutputParameterRule(), new DatabaseValueRule(),
        new UnquotedArgumentRule(), new UnknownDataFlowArgumentRule(), new MissingDataFlowArgumentRule(), new EmptyPipelineRule(), new ExposedSecretRule(),
        new DuplicateUserPropertyRule(), new RetiredActivityRule(), new NoValueRule(), new EmptyFailureRule(), new InactiveActivityRule(),
    ];
}
