using Pipewright.Core.Emit;
using Pipewright.Core.Factory;
using Pipewright.Core.Text;

namespace Pipewright.Server.Tests.Running;

/// <summary>Pipelines to run, in both forms.</summary>
internal static class RunFiles
{
    /// <summary>Calls Child for each of two days; the notebook of the child is what stubs let fail.</summary>
    public const string Parent = """
        parameters:
          days: { type: array, defaultValue: ["1", "2"] }
          count: { type: int, defaultValue: 3 }
        activities:
          - name: Before
            type: Wait
            waitTimeInSeconds: 1
          - name: Each
            type: ForEach
            dependsOn: [Before]
            isSequential: true
            items: "@pipeline().parameters.days"
            activities:
              - name: Call
                type: ExecutePipeline
                pipeline: Child
                waitOnCompletion: true
                parameters: { day: "@item()" }
        """;

    public const string Child = """
        parameters:
          day: { type: string }
        activities:
          - name: Set path
            type: SetVariable
            variableName: path
            value: "@concat('/', pipeline().parameters.day)"
          - name: Fetch
            type: WebActivity
            dependsOn: [Set path]
            method: GET
            url: "@concat('https://example.org', variables('path'))"
        variables:
          path: { type: String }
        """;

    /// <summary>A folder with both pipelines.</summary>
    public static TestFolder MakeFolder(bool inGitForm) => new(("pipewright.yaml", ""), FileOf("Parent", Parent, inGitForm), FileOf("Child", Child, inGitForm));

    public static (string Path, string Text) FileOf(string name, string spec, bool inGitForm)
    {
        var path = $"{name}.pipeline.yaml";
        return !inGitForm ? (path, spec)
            : ($"pipeline/{name}.json", Conversion.ToGit(ResourceDocument.Create(path, new SourceText(spec))!).Single().Text);
    }

    /// <summary>The line, from 1, that has a text.</summary>
    public static int LineOf(string file, string text) => Array.FindIndex(File.ReadAllLines(file), l => l.Contains(text, StringComparison.Ordinal)) + 1;
}
