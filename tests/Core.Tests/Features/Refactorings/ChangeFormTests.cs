using Pipewright.Core.Emit;
using Xunit;

namespace Pipewright.Core.Tests.Features.Refactorings;

public sealed class ChangeFormTests
{
    private const string Short = """
        # orders
        description: all
        parameters: # of the run
          day: string
        activities:
          - name: A # a
            type: Copy
            dependsOn: { C: [Failed, Skipped] }
            # in and out
            inputs: [In]
            outputs: [{ referenceName: Out, parameters: { x: '@pipeline().RunId' } }]
            source: { type: ParquetSource }
            sink: { type: ParquetSink }
          - { name: B, type: Wait, dependsOn: [A], waitTimeInSeconds: '@int(''1'')' } # wait
          - { name: C, type: Wait, waitTimeInSeconds: 1 }

        """;

    private const string Full = """
        # orders
        name: p
        properties:
          description: all
          parameters: # of the run
            day: { type: string }
          activities:
            - name: A # a
              type: Copy
              dependsOn: [{ activity: C, dependencyConditions: [Failed, Skipped] }]
              # in and out
              inputs: [{ referenceName: In, type: DatasetReference }]
              outputs: [{ referenceName: Out, type: DatasetReference, parameters: { x: { value: '@pipeline().RunId', type: Expression } } }]
              typeProperties:
                source: { type: ParquetSource }
                sink: { type: ParquetSink }
            - { name: B, type: Wait, dependsOn: [{ activity: A, dependencyConditions: [Succeeded] }], typeProperties: { waitTimeInSeconds: { value: '@int(''1'')', type: Expression } } } # wait
            - { name: C, type: Wait, typeProperties: { waitTimeInSeconds: 1 } }

        """;

    [Fact]
    public void The_document_is_written_in_full() => Assert.Equal(Full, RefactoringCase.Text("Write the document in full", RefactoringCase.Spec, "¦" + Short));

    [Fact]
    public void The_document_is_shortened() => Assert.Equal(Short, RefactoringCase.Text("Shorten the document", RefactoringCase.Spec, Full.Replace("properties:", "prop¦erties:", StringComparison.Ordinal).Replace("typeProp¦erties", "typeProperties", StringComparison.Ordinal)));

    [Fact]
    public void One_activity_is_written_in_full_and_shortened()
    {
        const string Before = "activities:\n  - name: A¦\n    type: Wait\n    waitTimeInSeconds: 1\n  - { name: B, type: Wait, dependsOn: [A], waitTimeInSeconds: 1 }\n";
        const string After = "activities:\n  - name: A\n    type: Wait\n    typeProperties:\n      waitTimeInSeconds: 1\n  - { name: B, type: Wait, dependsOn: [A], waitTimeInSeconds: 1 }\n";
        Assert.Equal(After, RefactoringCase.Text("Write 'A' in full", RefactoringCase.Spec, Before));
        Assert.Equal(Before.Replace("¦", "", StringComparison.Ordinal), RefactoringCase.Text("Shorten 'A'", RefactoringCase.Spec, After.Replace("A\n", "A¦\n", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("type: Parquet\nlinkedServiceName: La¦ke\n", "type: Parquet\nlinkedServiceName: { referenceName: Lake, type: LinkedServiceReference }\n")]
    public void One_value_is_written_in_full_and_shortened(string text, string expected)
    {
        Assert.Equal(expected, RefactoringCase.Text("Write this value in full", "d.dataset.yaml", text));
        Assert.Equal(text.Replace("¦", "", StringComparison.Ordinal), RefactoringCase.Text("Shorten this value", "d.dataset.yaml", expected.Replace("Lake", "La¦ke", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(
        "activities:\n  # about A\n  - type: Wait # t\n    # n\n    name: A\n    waitTimeInSeconds: 1\n    dependsOn: [B]\n  - { name: B, type: Wait, waitTimeInSeconds: 1 }\ndesc¦ription: d # what\n",
        "description: d # what\nactivities:\n  # about A\n  # n\n  - name: A\n    type: Wait # t\n    dependsOn: [B]\n    waitTimeInSeconds: 1\n  - { name: B, type: Wait, waitTimeInSeconds: 1 }\n")]
    public void Properties_are_sorted_in_yaml(string text, string expected) => Assert.Equal(expected, RefactoringCase.Text("Sort all properties", RefactoringCase.Spec, text));

    [Fact]
    public void Properties_are_sorted_in_json() => Assert.Equal(
        """
        {
            "name": "p",
            "properties": {
                "activities": [
                    {
                        "name": "I",
                        "type": "IfCondition",
                        "typeProperties": {
                            "ifTrueActivities": [{ "name": "A", "type": "Wait", "typeProperties": { "waitTimeInSeconds": 1 } }],
                            "expression": { "value": "@equals(1, 1)", "type": "Expression" }
                        }
                    }
                ],
                "folder": { "name": "x" }
            }
        }
        """,
        RefactoringCase.Text("Sort all properties", RefactoringCase.Git, """
        {
            "prop¦erties": {
                "folder": { "name": "x" },
                "activities": [
                    {
                        "typeProperties": {
                            "ifTrueActivities": [{ "type": "Wait", "name": "A", "typeProperties": { "waitTimeInSeconds": 1 } }],
                            "expression": { "value": "@equals(1, 1)", "type": "Expression" }
                        },
                        "name": "I",
                        "type": "IfCondition"
                    }
                ]
            },
            "name": "p"
        }
        """));

    [Fact]
    public void Nothing_is_offered_where_all_is_in_order() => Assert.DoesNotContain(RefactoringCase.Titles(RefactoringCase.Spec, "¦activities: []\n"), t => t.StartsWith("Sort", StringComparison.Ordinal) || t.StartsWith("Shorten", StringComparison.Ordinal));

    [Fact]
    public void Anchors_keep_their_places() => Assert.DoesNotContain(
        RefactoringCase.Titles(RefactoringCase.Spec, "activities¦:\n  - { name: A, type: Wait, waitTimeInSeconds: &n 1 }\n  - { name: B, type: Wait, waitTimeInSeconds: *n }\ndescription: d\n"), t => t.StartsWith("Sort", StringComparison.Ordinal));

    [Fact]
    public void A_file_is_converted_and_converted_back()
    {
        var spec = RefactoringCase.Apply("Convert the file to the spec form", "pipeline/p.json", "{¦ \"name\": \"p\", \"properties\": { \"activities\": [] } }");
        Assert.Equal(["pipeline/p.pipeline.yaml"], spec.Documents.Keys);
        var text = spec.Documents["pipeline/p.pipeline.yaml"].Text.Content;
        var git = RefactoringCase.Apply("Convert the file to Studio's form", "pipeline/p.pipeline.yaml", "¦" + text);
        Assert.Equal(Conversion.ToGit(spec.Documents["pipeline/p.pipeline.yaml"])[0].Text, Assert.Single(git.Documents.Values).Text.Content);
    }
}
