using Pipewright.Core.Emit;
using Pipewright.Core.Factory;
using Pipewright.Core.Features;
using Pipewright.Core.Text;
using Xunit;

namespace Pipewright.Core.Tests.Features.Completion;

/// <summary>At every place of a text, whole or broken, whatever is offered can be accepted.</summary>
public sealed class CompletionEverywhereTests
{
    private const string Spec = """
        description: nightly load
        parameters:
          runDate: string
          env: { type: string, defaultValue: dev }
        activities:
          - name: Load
            type: Copy
            inputs: [OrdersCsv]
            outputs:
              - { referenceName: Bronze Orders, parameters: {} }
            source: { type: DelimitedTextSource }
            sink:
              type: ParquetSink
          - name: Clean
            type: DatabricksNotebook
            dependsOn: [Load]
            linkedServiceName: Databricks
            policy:
              retry: 1
            notebookPath: "/Shared/clean"
        """;

    private const string Git = """
        {
          "name": "p",
          "properties": {
            "activities": [
              {
                "name": "Load",
                "type": "Copy",
                "dependsOn": [],
                "typeProperties": {
                  "source": { "type": "DelimitedTextSource" },
                  "enableStaging": false
                },
                "inputs": [ { "referenceName": "OrdersCsv", "type": "DatasetReference" } ]
              },
              {
                "name": "Wait",
                "dependsOn": [ { "activity": "Load", "dependencyConditions": [ "Succeeded" ] } ]
              }
            ],
            "annotations": []
          }
        }
        """;

    [Theory]
    [InlineData("p.pipeline.yaml", Spec)]
    [InlineData("pipeline/p.json", Git)]
    public void Accepting_any_item_breaks_nothing(string path, string text)
    {
        for (var offset = 0; offset <= text.Length; offset++)
        {
            AcceptAll(path, text, offset);
        }
    }

    /// <summary>The rest of the text is cut off at each place in turn, as when it is being typed.</summary>
    [Theory]
    [InlineData("p.pipeline.yaml", Spec)]
    [InlineData("pipeline/p.json", Git)]
    public void Accepting_any_item_at_the_end_of_what_is_typed_breaks_nothing(string path, string text)
    {
        for (var end = 0; end <= text.Length; end += 3)
        {
            AcceptAll(path, text[..end], end);
        }
    }

    [Theory]
    [InlineData("p.pipeline.yaml", Spec)]
    [InlineData("pipeline/p.json", Git)]
    public void Any_line_can_be_missing(string path, string text)
    {
        var lines = text.Split('\n');
        for (var gone = 0; gone < lines.Length; gone++)
        {
            var broken = string.Join('\n', lines.Where((_, i) => i != gone));
            for (var offset = 0; offset <= broken.Length; offset += 5)
            {
                _ = CompletionCase.At(TestText.Document(path, broken), offset);
            }
        }
    }

    [CorpusFact]
    public void Accepting_an_item_in_a_real_file_breaks_nothing()
    {
        var random = new Random(10);
        var files = from factory in CorpusFiles.Factories
                    from file in CorpusFiles.Load(factory).Where(d => d.Text.Length < 20_000 && !d.HasSyntaxErrors).OrderBy(_ => random.Next()).Take(3)
                    from text in Conversion.ToSpec(file).Select(s => (s.Path, s.Text)).Prepend((file.Path, Text: file.Text.Content))
                    select text;
        foreach (var (path, text) in files)
        {
            for (var i = 0; i < 8; i++)
            {
                var offset = random.Next(text.Length + 1);
                AcceptAll(path, text, offset, random.Next(4));
                AcceptAll(path, text.Insert(offset, "\n" + new string(' ', random.Next(10))), offset + 1, random.Next(4));
            }
        }
    }

    /// <param name="skip">How many of the items are left out after each that is accepted, for the sake of time.</param>
    private static void AcceptAll(string path, string text, int offset, int skip = 0)
    {
        var document = TestText.Document(path, text);
        var errors = CountErrors(document.Syntax.Diagnostics);
        foreach (var item in CompletionCase.At(document, offset).Where((_, i) => i % (skip + 1) == skip))
        {
            AssertParses(document, offset, item, errors);
        }
    }

    /// <param name="errors">How many there may be.</param>
    private static void AssertParses(ResourceDocument document, int offset, CompletionItem item, int errors)
    {
        Assert.True(item.ReplaceSpan.Touches(offset), $"{item.Label} at {offset} replaces {item.ReplaceSpan}.");
        Assert.Equal(document.Text.GetLine(item.ReplaceSpan.Start), document.Text.GetLine(item.ReplaceSpan.End));
        var after = CompletionCase.Accept(document.Text, item);
        var now = TestText.Document(document.Path, after).Syntax.Diagnostics;
        Assert.True(
            CountErrors(now) <= errors,
            $"'{item.Label}' at {offset} ({document.Text.Content[..offset].Split('\n')[^1]}|): {string.Join("; ", now.Select(d => $"{d.Span} {d.Message}"))}\n{after}");
    }

    private static int CountErrors(IEnumerable<Diagnostic> diagnostics) => diagnostics.Count(d => d.Severity == DiagnosticSeverity.Error);
}
