using Pipewright.Core.Factory;

namespace Pipewright.Core.Tests.Features.Expressions;

/// <summary>A pipeline with a place for an expression, in both forms.</summary>
internal static class ExpressionPipeline
{
    public const string SpecPath = "load.pipeline.yaml";

    /// <summary>The text with a value in its place; the value may hold a cursor.</summary>
    public static string Spec(string value) => $$"""
        parameters: { day: { type: string, defaultValue: '2024-01-31' }, rows: int }
        variables: { State: { type: String, defaultValue: open } }
        activities:
          - { name: Look, type: Lookup, dataset: d, source: { type: AzureSqlSource } }
          - { name: Later, type: DatabricksNotebook, description: Cleans the orders., linkedServiceName: l, notebookPath: /Shared/clean }
          - name: Report
            type: SetVariable
            dependsOn: [Look]
            variableName: State
            value: {{value}}
        """;

    /// <summary>The factory of one file.</summary>
    public static FactorySnapshot Factory(string text) => TestText.Factory(SpecPath, text);
}
