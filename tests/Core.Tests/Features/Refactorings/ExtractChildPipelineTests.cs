using Pipewright.Core.Factory;
using Pipewright.Core.Text;
using Xunit;

namespace Pipewright.Core.Tests.Features.Refactorings;

public sealed class ExtractChildPipelineTests
{
    private const string Orders = """
        parameters:
          day: string
          rows: { type: int, defaultValue: 3 }
        variables:
          State: { type: String, defaultValue: open } # of the run
          Mine: Boolean
        folder: { name: sales }
        activities:
          - name: Look
            type: Lookup
            dataset: d
            source: { type: JsonSource }
          # of one day
          - name: Set¦
            type: SetVariable
            dependsOn: { Look: Completed }
            variableName: Mine
            value: "@equals(pipeline().parameters.day, variables('State'))"
          - name: Stop
            type: Fail
            dependsOn: [Set] # then
            message: "@concat(string(activity('Look').output.firstRow.x), activity('Set').Status, pipeline().RunId)"
            errorCode: "@{pipeline().parameters.day}"

        """;

    [Fact]
    public void What_the_activities_read_is_passed()
    {
        var after = RefactoringCase.Apply("Extract 'Set' and all after it", RefactoringCase.Spec, Orders, "d.dataset.yaml", "type: Json\nlinkedServiceName: l\n", "l.linkedService.yaml", "type: AzureBlobFS\nurl: https://x.dfs.core.windows.net\n");
        Assert.Equal(
            """
            parameters:
              day: string
              rows: { type: int, defaultValue: 3 }
            variables:
              State: { type: String, defaultValue: open } # of the run
            folder: { name: sales }
            activities:
              - name: Look
                type: Lookup
                dataset: d
                source: { type: JsonSource }
              - name: p_Set
                type: ExecutePipeline
                dependsOn: { Look: Completed }
                pipeline: p_Set
                waitOnCompletion: true
                parameters:
                  day: "@pipeline().parameters.day"
                  State: "@variables('State')"
                  Look_output: "@activity('Look').output"
                  RunId: "@pipeline().RunId"

            """,
            after.Documents[RefactoringCase.Spec].Text.Content);
        Assert.Equal(
            """
            parameters:
              day: string
              State: string
              Look_output: object
              RunId: string
            variables:
              Mine: Boolean
            activities:
              # of one day
              - name: Set
                type: SetVariable
                variableName: Mine
                value: "@equals(pipeline().parameters.day, pipeline().parameters.State)"
              - name: Stop
                type: Fail
                dependsOn: [Set] # then
                message: "@concat(string(pipeline().parameters.Look_output.firstRow.x), activity('Set').Status, pipeline().parameters.RunId)"
                errorCode: "@{pipeline().parameters.day}"
            folder: { name: sales }

            """,
            after.Documents["p_Set.pipeline.yaml"].Text.Content);
    }

    [Fact]
    public void The_body_of_a_loop_gets_its_item_in_json()
    {
        var after = RefactoringCase.Apply("Extract activities of 'Each'", "pipeline/sales/p.json", """
            {
            	"name": "p",
            	"properties": {
            		"activities": [
            			{
            				"name": "Each¦",
            				"type": "ForEach",
            				"typeProperties": {
            					"items": { "value": "@createArray('a')", "type": "Expression" },
            					"activities": [
            						{
            							"name": "A",
            							"type": "Fail",
            							"typeProperties": {
            								"message": { "value": "@item()", "type": "Expression" },
            								"errorCode": "1"
            							}
            						}
            					]
            				}
            			}
            		],
            		"annotations": []
            	}
            }
            """);
        Assert.Equal(
            """
            {
            	"name": "p_A",
            	"properties": {
            		"activities": [
            			{
            				"name": "A",
            				"type": "Fail",
            				"typeProperties": {
            					"message": { "value": "@pipeline().parameters.item", "type": "Expression" },
            					"errorCode": "1"
            				}
            			}
            		],
            		"parameters": {
            			"item": {
            				"type": "string"
            			}
            		},
            		"annotations": []
            	}
            }

            """,
            after.Documents["pipeline/sales/p_A.json"].Text.Content);
        Assert.Contains("\"item\": {\n\t\t\t\t\t\t\t\t\t\t\"value\": \"@item()\",\n\t\t\t\t\t\t\t\t\t\t\"type\": \"Expression\"\n\t\t\t\t\t\t\t\t\t}", after.Documents["pipeline/sales/p.json"].Text.Content, StringComparison.Ordinal);
    }

    [Fact]
    public void Yaml_in_braces_stays_in_braces()
    {
        var after = RefactoringCase.Apply("Extract 'A' into", RefactoringCase.Spec, "activities: [{ name: A¦, type: Wait, waitTimeInSeconds: \"@pipeline().parameters['n 1']\" }, { name: B, type: Wait, dependsOn: [A], waitTimeInSeconds: 1 }]\nparameters: { n 1: int }\n");
        Assert.Equal(
            "activities: [{ name: p_A, type: ExecutePipeline, pipeline: p_A, waitOnCompletion: true, parameters: { n_1: \"@pipeline().parameters['n 1']\" } }, { name: B, type: Wait, dependsOn: [p_A], waitTimeInSeconds: 1 }]\nparameters: { n 1: int }\n",
            after.Documents[RefactoringCase.Spec].Text.Content);
        Assert.Equal(
            "parameters:\n  n_1: int\nactivities:\n  - { name: A, type: Wait, waitTimeInSeconds: \"@pipeline().parameters.n_1\" }\n", after.Documents["p_A.pipeline.yaml"].Text.Content);
    }

    [Theory]
    [InlineData("variables: { v: String }\nactivities:\n  - { name: A¦, type: SetVariable, variableName: v, value: x }\n  - { name: B, type: Fail, dependsOn: [A], errorCode: '1', message: \"@variables('v')\" }\n")]
    [InlineData("activities:\n  - { name: A¦, type: Wait, waitTimeInSeconds: 1 }\n  - { name: B, type: Fail, dependsOn: [A], errorCode: '1', message: \"@activity('A').Status\" }\n")]
    [InlineData("activities:\n  - { name: A¦, type: Fail, errorCode: '1', message: \"@string(pipeline().parameters)\" }\n  - { name: B, type: Wait, waitTimeInSeconds: 1 }\n")]
    [InlineData("activities:\n  - { name: A¦, type: Wait, waitTimeInSeconds: 1 }\n")]
    public void What_cannot_be_passed_stays(string text) =>
        Assert.DoesNotContain(RefactoringCase.Titles(RefactoringCase.Spec, text), t => t.StartsWith("Extract 'A' into", StringComparison.Ordinal));

    [Fact]
    public void A_name_that_is_taken_gets_a_number()
    {
        var after = RefactoringCase.Apply(
            "Extract 'A' into", RefactoringCase.Spec, "activities:\n  - { name: A¦, type: Wait, waitTimeInSeconds: 1 }\n  - { name: B, type: Wait, waitTimeInSeconds: 1 }\n", "p_A.pipeline.yaml", "activities: []\n");
        Assert.Equal("activities:\n  - { name: A, type: Wait, waitTimeInSeconds: 1 }\n", after.Documents["p_A2.pipeline.yaml"].Text.Content);
    }

    [Fact]
    public void As_few_activities_go_as_leave_the_pipeline_within_its_limit()
    {
        var text = "activities:\n" + string.Concat(Enumerable.Range(1, 6).Select(i => $"  - {{ name: A{i}, type: Wait, waitTimeInSeconds: 1{(i > 1 ? $", dependsOn: [A{i - 1}]" : "")} }}\n"));
        var factory = TestText.Factory(RefactoringCase.Spec, text);
        var document = factory.Documents[RefactoringCase.Spec];
        var edit = ChildPipelineExtraction.PlanTail(factory, document, document.Resources[0], 4)!.Extract();
        Assert.Equal(4, new ActivityGraph(TestText.Document(RefactoringCase.Spec, document.Text.WithChanges(edit.Changes).Content).Resources[0]).All.Length);
        Assert.Equal(3, ((FileCreation)edit.Files[0]).Content.Split("name:").Length - 1);
        Assert.Null(ChildPipelineExtraction.PlanTail(factory, document, document.Resources[0], 2));
    }
}
