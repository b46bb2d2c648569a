using Xunit;

namespace Pipewright.Core.Tests.Features.Renaming;

public sealed class RenameTests
{
    [Theory]
    [InlineData("- { name: Lo|ad, type: Wait }\n  - { name: B, type: Wait, dependsOn: [Load] }", "- { name: Fetch, type: Wait }\n  - { name: B, type: Wait, dependsOn: [Fetch] }")]
    [InlineData("- { name: Load, type: Wait }\n  - { name: B, type: Wait, dependsOn: [L|oad] }", "- { name: Fetch, type: Wait }\n  - { name: B, type: Wait, dependsOn: [Fetch] }")]
    [InlineData("- { name: Load, type: Wait }\n  - { name: B, type: Wait, dependsOn: { |Load: Failed } }", "- { name: Fetch, type: Wait }\n  - { name: B, type: Wait, dependsOn: { Fetch: Failed } }")]
    [InlineData(
        "- { name: Load, type: Wait }\n  - { name: B, type: Wait, dependsOn: [{ activity: Load|, dependencyConditions: [Failed] }] }",
        "- { name: Fetch, type: Wait }\n  - { name: B, type: Wait, dependsOn: [{ activity: Fetch, dependencyConditions: [Failed] }] }")]
    [InlineData(
        "- { name: \"Load\", type: Wait } # Load\n  - { name: B, type: SetVariable, variableName: v, value: '@activity(''Lo|ad'').output' }",
        "- { name: \"Fetch\", type: Wait } # Load\n  - { name: B, type: SetVariable, variableName: v, value: '@activity(''Fetch'').output' }")]
    [InlineData(
        "- { name: Load, type: Wait }\n  - { name: B, type: SetVariable, variableName: v, value: \"a @{activity('LOAD').output.x} b @{string(activity( 'Lo|ad' ))}\" }",
        "- { name: Fetch, type: Wait }\n  - { name: B, type: SetVariable, variableName: v, value: \"a @{activity('Fetch').output.x} b @{string(activity( 'Fetch' ))}\" }")]
    [InlineData(
        "- name: Load\n    type: Wait\n  - name: B\n    type: SetVariable\n    value: >-\n      @concat(\n        activity('Lo|ad').output,\n        'Load')",
        "- name: Fetch\n    type: Wait\n  - name: B\n    type: SetVariable\n    value: >-\n      @concat(\n        activity('Fetch').output,\n        'Load')")]
    [InlineData(
        "- name: Each\n    type: ForEach\n    items: '@createArray(1)'\n    activities:\n      - { name: Lo|ad, type: Wait }\n      - { name: B, type: Wait, dependsOn: [Load] }",
        "- name: Each\n    type: ForEach\n    items: '@createArray(1)'\n    activities:\n      - { name: Fetch, type: Wait }\n      - { name: B, type: Wait, dependsOn: [Fetch] }")]
    public void An_activity_is_renamed_in_its_pipeline(string activities, string expected) =>
        Assert.Equal($"=== a.pipeline.yaml\nactivities:\n  {expected}\n", RenameCase.Rename($"=== a.pipeline.yaml\nactivities:\n  {activities}\n", "Fetch"));

    [Theory]
    [InlineData("Load it's", "'@activity(''Load it''''s'').output'", "name: Load it's")]
    [InlineData("A: b", "'@activity(''A: b'').output'", "", "the service refuses names")]
    [InlineData("true", "'@activity(''true'').output'", "name: \"true\"")]
    public void A_new_name_is_quoted_where_it_has_to_be(string newName, string expression, string declaration, string? obstacle = null)
    {
        const string Text = "=== a.pipeline.yaml\nactivities:\n  - name: L|oad\n    type: Wait\n  - name: B\n    value: '@activity(''Load'').output'\n";
        if (obstacle is not null)
        {
            Assert.Contains(obstacle, RenameCase.Obstacle(Text, newName), StringComparison.Ordinal);
            return;
        }

        var quoted = declaration == "name: Load it's" ? "name: \"Load it's\"" : declaration;
        Assert.Equal($"=== a.pipeline.yaml\nactivities:\n  - {quoted}\n    type: Wait\n  - name: B\n    value: {expression}\n", RenameCase.Rename(Text, newName));
    }

    [Theory]
    [InlineData("\"@pipeline().parameters.d|ay\"", "\"@pipeline().parameters.date\"", "date")]
    [InlineData("\"@pipeline().parameters.d|ay\"", "\"@pipeline().parameters['the day']\"", "the day")]
    [InlineData("\"@pipeline().parameters?.d|ay\"", "\"@pipeline().parameters?['the day']\"", "the day")]
    [InlineData("'@pipeline().parameters.d|ay'", "'@pipeline().parameters[''the day'']'", "the day")]
    [InlineData("\"@pipeline().parameters['d|ay']\"", "\"@pipeline().parameters['date']\"", "date")]
    [InlineData("\"@pipeline()['parameters'].d|ay\"", "\"@pipeline()['parameters'].date\"", "date")]
    [InlineData("x @{pipeline().parameters.d|ay}/day", "x @{pipeline().parameters.date}/day", "date")]
    [InlineData("{ value: \"@pipeline().parameters.d|ay\", type: Expression }", "{ value: \"@pipeline().parameters.date\", type: Expression }", "date")]
    public void A_parameter_is_renamed_in_expressions(string value, string expected, string newName)
    {
        static string Text(string name, string value) =>
            $"=== a.pipeline.yaml\nparameters:\n  {name}: string\nactivities:\n  - name: A\n    type: SetVariable\n    variableName: day\n    value: {value}\n";
        Assert.Equal(Text(newName, expected), RenameCase.Rename(Text("day", value), newName));
    }

    [Fact]
    public void A_variable_is_renamed_where_it_is_set_and_read() => Assert.Equal(
        """
        === a.pipeline.yaml
        parameters: { state: string }
        variables:
          progress: String # state
        activities:
          - { name: A, type: SetVariable, variableName: progress, value: "@pipeline().parameters.state" }
          - { name: B, type: AppendVariable, variableName: "progress", value: "@{variables('progress')}" }
          - { name: C, type: SetVariable, variableName: state, setSystemVariable: true, value: [] }

        """,
        RenameCase.Rename(
            """
            === a.pipeline.yaml
            parameters: { state: string }
            variables:
              st|ate: String # state
            activities:
              - { name: A, type: SetVariable, variableName: state, value: "@pipeline().parameters.state" }
              - { name: B, type: AppendVariable, variableName: "state", value: "@{variables('State')}" }
              - { name: C, type: SetVariable, variableName: state, setSystemVariable: true, value: [] }

            """,
            "progress"));

    [Theory]
    [InlineData("day")]
    [InlineData("C|hild")]
    public void The_git_form_keeps_its_layout(string at)
    {
        const string Files =
            """
            === pipeline/Caller.json
            { "name": "Caller", "properties": { "activities": [
              { "name": "Run", "type": "ExecutePipeline",   "typeProperties": { "pipeline": { "referenceName": "Child", "type": "PipelineReference" }, "parameters": { "day": "1" } } } ] } }
            === pipeline/Child.json
            {
            	"name": "Child",
            	"properties": { "parameters": { "day": { "type": "string" } }, "activities": [ { "name": "W", "type": "Wait", "typeProperties": { "waitTimeInSeconds": { "value": "@int(pipeline().parameters.day)", "type": "Expression" } } } ] }
            }
            === trigger/T.json
            { "name": "T", "properties": { "type": "ScheduleTrigger", "pipelines": [ { "pipelineReference": { "referenceName": "Child", "type": "PipelineReference", "name": "Child" }, "parameters": { "day": "2" } } ] } }
            """;
        var isParameter = at == "day";
        var marked = isParameter ? Files.Replace("parameters.day", "parameters.d|ay", StringComparison.Ordinal) : Files.Replace("\"referenceName\": \"Child\", \"type\": \"PipelineReference\" }, \"para", "\"referenceName\": \"C|hild\", \"type\": \"PipelineReference\" }, \"para", StringComparison.Ordinal);
        var expected = isParameter
            ? Files.Replace("day", "date", StringComparison.Ordinal)
            : Files.Replace("Child", "Heir", StringComparison.Ordinal);
        Assert.Equal(expected, RenameCase.Rename(marked, isParameter ? "date" : "Heir"));
    }

    [Fact]
    public void A_resource_without_a_written_name_is_renamed_by_its_file() => Assert.Equal(
        "=== Day.dataset.yaml\ntype: Json\nlinkedServiceName: Lake\n=== a.pipeline.yaml\nactivities:\n  - { name: A, type: Lookup, dataset: Day, source: { type: JsonSource } }\n",
        RenameCase.Rename("=== Orders.dataset.yaml\ntype: Json\nlinkedServiceName: Lake\n=== a.pipeline.yaml\nactivities:\n  - { name: A, type: Lookup, dataset: Or|ders, source: { type: JsonSource } }\n", "Day"));

    [Fact]
    public void Where_files_cannot_be_renamed_the_name_is_written() => Assert.Equal(
        "=== Orders.dataset.yaml\nname: Day\ntype: Json\nlinkedServiceName: Lake\n=== a.pipeline.yaml\nactivities:\n  - { name: A, type: Lookup, dataset: Day, source: { type: JsonSource } }\n",
        RenameCase.Rename(
            "=== Orders.dataset.yaml\ntype: Json\nlinkedServiceName: Lake\n=== a.pipeline.yaml\nactivities:\n  - { name: A, type: Lookup, dataset: Or|ders, source: { type: JsonSource } }\n",
            "Day", canRenameFiles: false));

    [Theory]
    [InlineData("parameters: { fol|der: string }")]
    [InlineData("parameters: { folder: string }", "folderPath: \"@dataset().fol|der\"")]
    public void A_parameter_of_a_dataset_is_renamed_where_it_is_given(string parameters, string path = "folderPath: \"@dataset().folder\"")
    {
        static string Files(string name, string parameters, string path) =>
            $$"""
              === Orders.dataset.yaml
              type: Json
              linkedServiceName: Lake
              {{parameters}}
              location: { type: AzureBlobFSLocation, {{path}} }
              === a.pipeline.yaml
              activities:
                - { name: A, type: Lookup, dataset: { referenceName: Orders, parameters: { {{name}}: x } }, source: { type: JsonSource } }
                - { name: B, type: ExecuteDataFlow, dataFlow: { referenceName: Flow, datasetParameters: { In: { {{name}}: x } } } }
              === b.pipeline.yaml
              activities:
                - { name: A, type: Lookup, dataset: { referenceName: Other, parameters: { folder: x } }, source: { type: JsonSource } }
              === flow/Flow.dataflow.yaml
              type: MappingDataFlow
              sources: [{ name: In, dataset: Orders }]

              """;
        var expected = Files("directory", parameters.Replace("fol|der", "directory", StringComparison.Ordinal).Replace("folder", "directory", StringComparison.Ordinal), "folderPath: \"@dataset().directory\"");
        Assert.Equal(expected, RenameCase.Rename(Files("folder", parameters, path), "directory"));
    }

    [Fact]
    public void A_parameter_of_a_linked_service_is_renamed_where_it_is_given() => Assert.Equal(
        """
        === D.dataset.yaml
        type: Json
        linkedServiceName: { referenceName: L, parameters: { server: "@dataset().host" } }
        parameters: { host: string }
        === F.dataflow.yaml
        type: MappingDataFlow
        sources: [{ name: In, linkedService: L }]
        === L.linkedService.yaml
        type: AzureSqlDatabase
        parameters: { server: string }
        connectionString: "Server=@{linkedService().server};Database=x"
        === p.pipeline.yaml
        activities:
          - { name: B, type: ExecuteDataFlow, dataFlow: { referenceName: F, linkedServiceParameters: { In: { linkedService: { server: x } } } } }

        """,
        RenameCase.Rename(
            """
            === D.dataset.yaml
            type: Json
            linkedServiceName: { referenceName: L, parameters: { host: "@dataset().host" } }
            parameters: { host: string }
            === F.dataflow.yaml
            type: MappingDataFlow
            sources: [{ name: In, linkedService: L }]
            === L.linkedService.yaml
            type: AzureSqlDatabase
            parameters: { host: string }
            connectionString: "Server=@{linkedService().h|ost};Database=x"
            === p.pipeline.yaml
            activities:
              - { name: B, type: ExecuteDataFlow, dataFlow: { referenceName: F, linkedServiceParameters: { In: { linkedService: { host: x } } } } }

            """,
            "server"));

    [Fact]
    public void A_global_parameter_is_renamed_in_all_pipelines_and_triggers() => Assert.Equal(
        """
        === T.trigger.yaml
        type: ScheduleTrigger
        pipelines: [{ pipelineReference: a, parameters: { day: "@pipeline().globalParameters.stage" } }]
        === a.pipeline.yaml
        parameters: { env: string }
        activities:
          - { name: A, type: Wait, waitTimeInSeconds: "@int(concat(pipeline().parameters.env, pipeline().globalParameters['stage']))" }
        === f.factory.yaml
        globalParameters:
          stage: { type: string, value: dev }

        """,
        RenameCase.Rename(
            """
            === T.trigger.yaml
            type: ScheduleTrigger
            pipelines: [{ pipelineReference: a, parameters: { day: "@pipeline().globalParameters.e|nv" } }]
            === a.pipeline.yaml
            parameters: { env: string }
            activities:
              - { name: A, type: Wait, waitTimeInSeconds: "@int(concat(pipeline().parameters.env, pipeline().globalParameters['env']))" }
            === f.factory.yaml
            globalParameters:
              env: { type: string, value: dev }

            """,
            "stage"));

    [Theory]
    [InlineData("d|ay as string")]
    [InlineData("toDate($d|ay)")]
    [InlineData("parameters: { d|ay: x }")]
    public void A_parameter_of_a_data_flow_is_renamed_in_its_script(string at)
    {
        const string Files =
            """
            === F.dataflow.yaml
            type: MappingDataFlow
            sources: [{ name: In, dataset: D }]
            scriptLines:
              - "parameters{"
              - "     day as string ('day'),"
              - "     days as string[] (['day'])"
              - "}"
              - "source(output(day as string), query: \"select {$day} day\") ~> In // $days"
              - "In derive(x = toDate($day), y = $days, z = '$day', day = day) ~> Out"
            === p.pipeline.yaml
            activities:
              - { name: B, type: ExecuteDataFlow, dataFlow: { referenceName: F, parameters: { day: x } } }

            """;
        var marked = Files.Replace(at.Replace("|", "", StringComparison.Ordinal), at, StringComparison.Ordinal).Replace("output(d|ay", "output(day", StringComparison.Ordinal);
        var expected = Files.Replace("     day as", "     date as", StringComparison.Ordinal).Replace("{$day}", "{$date}", StringComparison.Ordinal)
            .Replace("toDate($day)", "toDate($date)", StringComparison.Ordinal).Replace("{ day: x }", "{ date: x }", StringComparison.Ordinal);
        Assert.Equal(expected, RenameCase.Rename(marked, "date"));
    }

    [Theory]
    [InlineData("~> In\n", "~> I|n\n")]
    [InlineData("name: In,", "name: I|n,")]
    [InlineData("{ In: {", "{ |In: {")]
    public void A_stream_of_a_data_flow_is_renamed_in_its_script(string plain, string at)
    {
        const string Files =
            """
            === F.dataflow.yaml
            type: MappingDataFlow
            sources: [{ name: In, dataset: D }, { name: Other, dataset: D }]
            script: >-
              source(output(In as string)) ~> In

              source() ~> Other

              In, Other join(In@key == Other@In) ~> Both

              Both split(x > 1, In#lookup(x).In) ~> Cut@(In, rest)

              Cut@In sink() ~> Sink
            === p.pipeline.yaml
            activities:
              - { name: B, type: ExecuteDataFlow, dataFlow: { referenceName: F, datasetParameters: { In: { folder: x } } } }

            """;
        var expected = Files.Replace("name: In,", "name: Source,", StringComparison.Ordinal).Replace("~> In\n", "~> Source\n", StringComparison.Ordinal)
            .Replace("In, Other join(In@key", "Source, Other join(Source@key", StringComparison.Ordinal).Replace("In#lookup", "Source#lookup", StringComparison.Ordinal)
            .Replace("{ In: {", "{ Source: {", StringComparison.Ordinal);
        Assert.Equal(expected, RenameCase.Rename(Files.Replace(plain, at, StringComparison.Ordinal), "Source"));
    }

    [Fact]
    public void The_endpoints_of_a_virtual_network_move_with_it() => Assert.Equal(
        """
        === managedVirtualNetwork/main.json
        { "name": "main", "properties": {} }
        === managedVirtualNetwork/main/managedPrivateEndpoint/lake.json
        { "name": "lake", "properties": {} }

        """,
        RenameCase.Rename(
            """
            === managedVirtualNetwork/default.json
            { "name": "de|fault", "properties": {} }
            === managedVirtualNetwork/default/managedPrivateEndpoint/lake.json
            { "name": "lake", "properties": {} }

            """,
            "main"));

    [Theory]
    [InlineData("a|", "Load.All", "the service refuses names with any of")]
    [InlineData("a|", "B", "There is an activity 'B' already")]
    [InlineData("a|", "", "Give an activity a name")]
    [InlineData("a|", "This name of an activity is longer than the service would ever take", "55 characters")]
    [InlineData("p|", "q", "There is a parameter of the pipeline 'q' already")]
    [InlineData("p|", "@q", "read as an expression")]
    [InlineData("v|", "w ", "starts or ends with a space")]
    [InlineData("D|", "E", "There is a dataset 'E' already")]
    [InlineData("Nowhere|", "X", "No file here declares 'Nowhere'")]
    [InlineData("AutoResolveIntegrationRuntime|", "X", "the service's own")]
    public void A_name_that_cannot_be_is_refused(string at, string newName, string expected)
    {
        const string Files =
            """
            === E.dataset.yaml
            type: Json
            === D.dataset.yaml
            type: Json
            === x.pipeline.yaml
            parameters: { p: string, q: string }
            variables: { v: String, w: String }
            activities:
              - { name: a, type: Lookup, dataset: D, source: { type: JsonSource } }
              - { name: b, type: Lookup, dataset: Nowhere, source: { type: JsonSource } }
              - { name: c, type: ExecuteDataFlow, integrationRuntime: AutoResolveIntegrationRuntime }

            """;
        var name = at[..^1];
        var find = name switch { "p" or "v" => $"{{ {name}: S", "a" => "name: a", "D" => "dataset: D", _ => name };
        var index = Files.IndexOf(find, StringComparison.OrdinalIgnoreCase) + find.Length - (name is "p" or "v" ? 3 : 0);
        Assert.Contains(expected, RenameCase.Obstacle(Files.Insert(index, "|"), newName), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("activi|ties: []")]
    [InlineData("description: so|me text")]
    [InlineData("activities: [{ name: A, type: Wa|it }]")]
    public void What_has_no_name_is_left_alone(string text) => Assert.Null(RenameCase.Obstacle($"=== a.pipeline.yaml\n{text}\n", "x"));

    [Fact]
    public void Of_two_activities_of_one_name_the_nearest_is_meant() => Assert.Equal(
        "=== a.pipeline.yaml\nactivities:\n  - { name: A, type: Wait }\n  - { name: B, type: Wait, dependsOn: [A] }\n"
        + "  - { name: L, type: ForEach, activities: [{ name: A2, type: Wait }, { name: C, type: Wait, dependsOn: [A2], value: \"@activity('A2').output\" }] }\n",
        RenameCase.Rename(
            "=== a.pipeline.yaml\nactivities:\n  - { name: A, type: Wait }\n  - { name: B, type: Wait, dependsOn: [A] }\n"
            + "  - { name: L, type: ForEach, activities: [{ name: |A, type: Wait }, { name: C, type: Wait, dependsOn: [A], value: \"@activity('A').output\" }] }\n",
            "A2"));

    [Fact]
    public void What_an_anchor_and_its_aliases_share_is_changed_once() => Assert.Equal(
        "=== D2.dataset.yaml\ntype: Json\n=== a.pipeline.yaml\nactivities:\n  - { name: A, type: Lookup, dataset: &d D2 }\n  - { name: B, type: Lookup, dataset: *d }\n",
        RenameCase.Rename("=== D.dataset.yaml\ntype: Json\n=== a.pipeline.yaml\nactivities:\n  - { name: A, type: Lookup, dataset: &d D| }\n  - { name: B, type: Lookup, dataset: *d }\n", "D2"));
}
