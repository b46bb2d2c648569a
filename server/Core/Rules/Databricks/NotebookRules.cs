using System.Collections.Immutable;

namespace Pipewright.Core.Rules.Databricks;

/// <summary>Rules about Databricks activities: the notebooks that they call, and what else they run.</summary>
internal static class NotebookRules
{
    public static ImmutableArray<Rule> All { get; } =
    [
        new MissingNotebookRule(), new NotebookPathSlashRule(), new NotebookExtensionRule(), new NotebookBackslashRule(), new PlainFileRule(),
        new ParameterWithoutWidgetRule(), new MissingParameterRule(), new EmptyDefaultRule(), new WidgetChoiceRule(), new ParameterTextRule(), new EmptyParameterRule(),
        new RunOutputTextRule(), new RunOutputMemberRule(), new MissingExitRule(), new ChainedDataRule(),
        new LibraryKindRule(), new MavenCoordinatesRule(), new JobNumberRule(), new ProgramParameterRule(), new FileAddressRule(),
        new WorkspacePathRule(), new WorkspaceItemRule(), new WorkspaceJobRule(), new UnknownJobParameterRule(), new MissingJobParameterRule(), new WorkspaceComputeRule(),
        new WorkspaceRuntimeRule(), new WorkspaceNodeTypeRule(), new DeprecatedComputeRule(),
    ];
}
