using Pipewright.Core.Factory;
using Pipewright.Core.PipelineTests;

namespace Pipewright.Core.Tests.PipelineTests;

/// <summary>A factory with one file of tests.</summary>
internal static class PipelineTestCases
{
    public const string FilePath = "Main.pipeline-test.yaml";

    public const string Main = """
        parameters:
          day: string
          mode: { type: string, defaultValue: full }
        variables: { count: Integer, names: Array }
        activities:
          - { name: Find, type: Lookup, dataset: orders, source: { type: ParquetSource }, firstRowOnly: false }
          - name: Each
            type: ForEach
            dependsOn: [Find]
            items: "@activity('Find').output.value"
            activities:
              - name: Load
                type: Copy
                policy: { retry: 1, retryIntervalInSeconds: 60 }
                inputs: [{ referenceName: orders, parameters: { table: "@item().name" } }]
                outputs: [orders]
                source: { type: ParquetSource }
                sink: { type: ParquetSink }
              - { name: Add, type: AppendVariable, dependsOn: [Load], variableName: names, value: "@item().name" }
          - name: Mode
            type: Switch
            dependsOn: [Each]
            on: "@pipeline().parameters.mode"
            cases:
              - { value: full, activities: [{ name: Rebuild, type: WebActivity, method: POST, url: "https://x/@{pipeline().parameters.day}", body: { a: 1, b: [1, 2] } }] }
            defaultActivities:
              - { name: Call, type: ExecutePipeline, pipeline: Child, parameters: { day: "@pipeline().parameters.day" }, waitOnCompletion: true }
        """;

    public const string Child = """
        parameters: { day: string }
        activities:
          - { name: Touch, type: WebActivity, method: GET, url: "https://y/@{pipeline().parameters.day}" }
          - name: Return
            type: SetVariable
            dependsOn: [Touch]
            variableName: pipelineReturnValue
            setSystemVariable: true
            value: [{ key: seen, value: { type: Expression, content: "@activity('Touch').output.seen" } }]
        """;

    public const string Trigger = """
        type: ScheduleTrigger
        pipelines: [{ pipelineReference: Main, parameters: { day: "@formatDateTime(trigger().scheduledTime, 'yyyy-MM-dd')", mode: delta } }]
        recurrence: { frequency: Day, interval: 1 }
        """;

    /// <summary>What every test begins with that only shows its cases.</summary>
    public const string Head = """
        pipeline: Main
        parameters: { day: "2025-01-31" }
        stubs:
          Find: { count: 2, value: [{ name: a }, { name: b }] }
          Child/Touch: { seen: 3 }
        cases:

        """;

    public static FactorySnapshot Make(string test, bool inGitForm = false)
    {
        string[] files = ["Main.pipeline.yaml", Main, "Child.pipeline.yaml", Child, "Nightly.trigger.yaml", Trigger, "lake.factory.yaml", "globalParameters: { env: { type: string, value: dev } }"];
        var factory = TestText.Factory(files);
        var resources = inGitForm ? FactorySnapshot.Empty.With(factory.Documents.Values.SelectMany(Core.Emit.Conversion.ToGit).Select(c => TestText.Document(c.Path, c.Text))) : factory;
        return resources.With(TestText.Document(FilePath, test));
    }

    public static ResourceDocument Document(FactorySnapshot factory) => factory.Tests[FilePath];

    /// <summary>Of each case what is not as expected, a line each: <c>line: message</c>.</summary>
    public static List<string> Run(string test, bool inGitForm = false)
    {
        var factory = Make(test, inGitForm);
        var file = PipelineTestFile.Read(Document(factory));
        return [.. from one in file.Cases
                   from failure in PipelineTestRunner.Run(factory, file, one).Failures
                   select $"{file.Document.Text.GetPosition(failure.Span.Start).Line + 1}: {failure.Message}"];
    }
}
