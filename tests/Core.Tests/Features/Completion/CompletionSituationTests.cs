using Xunit;

namespace Pipewright.Core.Tests.Features.Completion;

/// <summary>
/// What is offered where. Expectations: <c>^a, b</c> are the first labels in order, <c>+a, b</c> are among them, <c>-a, b</c> are not, and
/// <c>none</c> means an empty list.
/// </summary>
public sealed class CompletionSituationTests
{
    private const string Pipeline = "p.pipeline.yaml";

    [Theory]
    [InlineData("|", "+activities, parameters, variables, description, concurrency, folder", "-lastPublishTime, etag, id, type")]
    [InlineData("\n|\n", "+activities")]
    [InlineData("act|", "+activities, annotations")]
    [InlineData("ac|tivities: []", "+activities, parameters")]
    [InlineData("activities: []\n|", "+parameters, description", "-activities")]
    [InlineData("activities: []\npar|", "+parameters", "-activities")]
    [InlineData("properties:\n  |", "+activities, parameters", "-properties, name")]
    [InlineData("properties:\n  activities: []\n|", "+name", "-properties, parameters")]
    [InlineData("description: one\n|\nactivities: []", "+parameters", "-activities, description")]
    [InlineData("activities:\n  - name: A\n    |", "^type", "+dependsOn, policy, description", "-name")]
    [InlineData("activities:\n  - name: A\n    type: Wait\n    |", "^waitTimeInSeconds", "+dependsOn", "-name, type, source")]
    [InlineData("activities:\n  - name: A\n    type: Copy\n    |", "^source, sink", "+inputs, outputs, linkedServiceName, enableStaging")]
    [InlineData("activities:\n  - name: A\n    type: Copy\n    so|", "^source, sink")]
    [InlineData("activities:\n  - name: A\n    type: Copy\n    so|\n    inputs: []", "^source, sink", "-inputs")]
    [InlineData("activities:\n  - name: A\n    |\n    type: Copy", "^source, sink", "-type")]
    [InlineData("activities:\n  - |", "+Copy, DatabricksNotebook, Wait, name, type")]
    [InlineData("activities:\n  -|", "+Copy, name")]
    [InlineData("activities:\n- |", "+Copy, name")]
    [InlineData("activities:\n  |", "+Copy, ForEach, name")]
    [InlineData("activities:\n  |\n  - name: A\n    type: Wait", "+Copy, name")]
    [InlineData("activities:\n  - name: A\n    type: Wait\n  |", "+Copy, ForEach, name")]
    [InlineData("activities:\n  - name: A\n    type: Wait\n  - |", "+Copy, name")]
    [InlineData("activities:\n  - na|", "+name, type, Copy")]
    [InlineData("activities:\n  - name: A\n    type: Wait\n  - na|", "+name, Copy")]
    [InlineData("activities:\n  - name: A\n    type: Wait\n  na|", "+name, Copy")]
    [InlineData("activities:\n  - name: A\n    type: Wait\n|", "+parameters", "-waitTimeInSeconds, activities")]
    [InlineData("activities:\n- name: A\n  type: Wait\n|", "+parameters, Copy")]
    [InlineData("activities: |", "+Copy, name")]
    [InlineData("activities:\n  - name: A\n    policy:\n      ret|", "+retry, retryIntervalInSeconds, timeout", "-name")]
    [InlineData("activities:\n  - name: A\n    policy:\n      retry: 1\n      |", "+timeout", "-retry, name")]
    [InlineData("activities:\n  - name: A\n    policy:\n      |\n      retry: 1", "+timeout", "-retry, name")]
    [InlineData("activities:\n  - name: A\n    policy: |", "+timeout, retry", "-name")]
    [InlineData("activities:\n  - name: A\n    policy: { |", "+timeout, retry", "-name")]
    [InlineData("activities:\n  - name: A\n    policy: { retry: 1, ti| }", "+timeout", "-retry, name")]
    [InlineData("activities:\n  - name: A\n    policy: { retry: 1 | }", "+timeout", "-retry")]
    [InlineData("activities:\n  - name: L\n    type: ForEach\n    activities:\n      - name: A\n        type: Wait\n      |", "+Copy")]
    [InlineData("activities:\n  - name: L\n    type: ForEach\n    activities:\n      - name: A\n        type: Wait\n    |", "+isSequential, batchCount", "-waitTimeInSeconds, activities")]
    public void A_spec_offers_properties_of_the_level(string text, params string[] expected) => Check(Pipeline, text, expected);

    [Theory]
    [InlineData("activities:\n  - name: A\n    type: |", "+Copy, DatabricksNotebook, ForEach")]
    [InlineData("activities:\n  - name: A\n    type:|", "+Copy")]
    [InlineData("activities:\n  - name: A\n    type: Co|", "+Copy", "-name")]
    [InlineData("activities:\n  - name: A\n    type: C|opy\n    source: {}", "+Copy, Wait")]
    [InlineData("activities:\n  - { name: A, type: | }", "+Copy")]
    [InlineData("activities:\n  - { name: A, type: \"|\" }", "+Copy")]
    [InlineData("activities:\n  - name: A\n    type: Copy\n    source: |", "+type, DelimitedTextSource, ParquetSource")]
    [InlineData("activities:\n  - name: A\n    type: Copy\n    source:\n      type: |", "+DelimitedTextSource, ParquetSource", "-ParquetSink")]
    [InlineData("activities:\n  - name: A\n    type: Copy\n    sink: { type: Par|", "+ParquetSink", "-ParquetSource")]
    [InlineData("activities:\n  - name: A\n    type: Copy\n    inputs: [|]", "^Bronze Orders, OrdersCsv", "-Lake, referenceName")]
    [InlineData("activities:\n  - name: A\n    type: Copy\n    inputs: [ OrdersCsv, | ]", "+Bronze Orders")]
    [InlineData("activities:\n  - name: A\n    type: Copy\n    inputs: |", "^Bronze Orders, OrdersCsv")]
    [InlineData("activities:\n  - name: A\n    type: Copy\n    inputs:\n      - |", "^Bronze Orders, OrdersCsv", "+referenceName, parameters")]
    [InlineData("activities:\n  - name: A\n    type: Copy\n    inputs:\n      - Ord|", "+OrdersCsv, referenceName")]
    [InlineData("activities:\n  - name: A\n    type: Copy\n    inputs:\n      |", "^Bronze Orders, OrdersCsv")]
    [InlineData("activities:\n  - name: A\n    type: Copy\n    inputs:\n      - referenceName: |", "^Bronze Orders, OrdersCsv")]
    [InlineData("activities:\n  - name: A\n    type: Copy\n    inputs:\n      - { referenceName: OrdersCsv, parameters: { | } }", "^day", "+full")]
    [InlineData("activities:\n  - name: A\n    type: Copy\n    inputs:\n      - referenceName: OrdersCsv\n        parameters:\n          |", "^day, full")]
    [InlineData("activities:\n  - name: A\n    type: Copy\n    inputs:\n      - referenceName: OrdersCsv\n        parameters:\n          day: x\n          f|", "^full", "-day")]
    [InlineData("activities:\n  - name: A\n    type: Copy\n    inputs:\n      - { referenceName: OrdersCsv, parameters: { full: | } }", "^true, false")]
    [InlineData("activities:\n  - name: A\n    type: DatabricksNotebook\n    linkedServiceName: |", "^Databricks, Lake")]
    [InlineData("activities:\n  - name: A\n    type: DatabricksNotebook\n    linkedServiceName: L|\n    notebookPath: /a", "^Databricks, Lake")]
    [InlineData("activities:\n  - name: A\n    type: DatabricksNotebook\n    linkedServiceName:\n      ref|", "+referenceName")]
    [InlineData("activities:\n  - name: A\n    type: ExecutePipeline\n    pipeline: |", "+child")]
    [InlineData("activities:\n  - name: A\n    type: ExecutePipeline\n    pipeline: child\n    parameters:\n      |", "^runDate, count")]
    [InlineData("activities:\n  - name: A\n    type: ExecutePipeline\n    pipeline: child\n    parameters: { count: | }", "+3")]
    [InlineData("activities:\n  - name: A\n    type: ExecutePipeline\n    pipeline: child\n    waitOnCompletion: |", "+true, false")]
    [InlineData("parameters:\n  runDate: |", "+string, int, bool, array, object")]
    [InlineData("parameters:\n  runDate: s|", "+string", "-type")]
    [InlineData("parameters:\n  runDate:\n    |", "+type, defaultValue")]
    [InlineData("parameters:\n  runDate: { type: | }", "+string, int")]
    [InlineData("variables:\n  seen: |", "+String, Boolean, Array")]
    [InlineData("variables:\n  seen: Array\nactivities:\n  - name: A\n    type: AppendVariable\n    variableName: |", "^seen")]
    [InlineData("activities:\n  - name: A\n    type: WebActivity\n    method: |", "+GET, POST")]
    public void A_spec_offers_values_that_fit(string text, params string[] expected) => Check(Pipeline, text, expected);

    [Theory]
    [InlineData("dependsOn: [|]", "^A, C")]
    [InlineData("dependsOn: [A, |]", "^C", "-A, B")]
    [InlineData("dependsOn: [A|]", "^A, C")]
    [InlineData("dependsOn: |", "^A, C")]
    [InlineData("dependsOn:\n      - |", "^A, C", "+activity, dependencyConditions")]
    [InlineData("dependsOn:\n      - A\n      - |", "^C", "-A, B")]
    [InlineData("dependsOn:\n      - activity: |", "^A, C", "-B")]
    [InlineData("dependsOn:\n      - { activity: A, dependencyConditions: [|] }", "+Succeeded, Failed, Skipped, Completed")]
    [InlineData("dependsOn:\n      A: Failed\n      |", "^C", "-A, B")]
    [InlineData("dependsOn: { | }", "^A, C")]
    [InlineData("dependsOn: { A: | }", "+Succeeded, Failed, Skipped, Completed", "-A")]
    [InlineData("dependsOn:\n      A: |", "+Succeeded, Failed")]
    public void Dependencies_are_the_siblings(string text, params string[] expected) => Check(
        Pipeline, $"activities:\n  - name: A\n    type: Wait\n  - name: B\n    type: Wait\n    {text}\n  - name: C\n    type: Wait\n", expected);

    [Theory]
    [InlineData("d.dataset.yaml", "|", "+type, linkedServiceName, Parquet, AzureSqlTable")]
    [InlineData("d.dataset.yaml", "type: |", "+Parquet, AzureSqlTable")]
    [InlineData("d.dataset.yaml", "type: Parquet\n|", "^linkedServiceName", "+location, compressionCodec", "-type")]
    [InlineData("d.dataset.yaml", "type: Parquet\nlocation:\n  type: |", "+AzureBlobFSLocation")]
    [InlineData("l.linkedService.yaml", "type: AzureDatabricks\n|", "^domain", "+accessToken, existingClusterId, connectVia")]
    [InlineData("l.linkedService.yaml", "type: AzureDatabricks\nconnectVia: |", "+AutoResolveIntegrationRuntime, OnPremises")]
    [InlineData("t.trigger.yaml", "type: ScheduleTrigger\nrecurrence:\n  frequency: |", "+Day, Hour, Minute")]
    [InlineData("t.trigger.yaml", "type: ScheduleTrigger\npipelines:\n  - |", "+pipelineReference, parameters")]
    [InlineData("t.trigger.yaml", "type: ScheduleTrigger\npipelines:\n  - pipelineReference: child\n    parameters:\n      |", "^runDate, count")]
    public void Other_kinds_have_their_own(string path, string text, params string[] expected) => Check(path, text, expected);

    [Theory]
    [InlineData("""{|}""", "^name, properties")]
    [InlineData("""{ "na|" }""", "^name, properties")]
    [InlineData("""{ na| }""", "^name, properties")]
    [InlineData("""{ "name": "p", "properties": { | } }""", "+activities, parameters", "-name")]
    [InlineData("{\n  \"name\": \"p\",\n  \"properties\": {\n    \"activities\": [],\n    |\n", "+parameters", "-activities")]
    [InlineData("""{ "properties": { "par|ameters": {} } }""", "+parameters, activities")]
    [InlineData("""{ "properties": { "activities": [|] } }""", "+Copy, Wait")]
    [InlineData("""{ "properties": { "activities": [ { "name": "A", "type": "W" }, | ] } }""", "+Copy, Wait")]
    [InlineData("""{ "properties": { "activities": [ { | } ] } }""", "^Copy, ExecutePipeline", "+name, type")]
    [InlineData("""{ "properties": { "activities": [ { "name": "A", "type": "|" } ] } }""", "+Copy, Wait")]
    [InlineData("""{ "properties": { "activities": [ { "name": "A", "type": | } ] } }""", "+Copy, Wait")]
    [InlineData("""{ "properties": { "activities": [ { "name": "A", "type": "Copy", | } ] } }""", "^typeProperties", "+policy, inputs", "-source, name")]
    [InlineData("""{ "properties": { "activities": [ { "name": "A", "type": "Copy", "typeProperties": { "|" } } ] } }""", "^source, sink", "-inputs")]
    [InlineData("""{ "properties": { "activities": [ { "type": "Copy", "inputs": [ | ] } ] } }""", "+OrdersCsv, Bronze Orders")]
    [InlineData("""{ "properties": { "activities": [ { "type": "Copy", "inputs": [ { "referenceName": "|" } ] } ] } }""", "^Bronze Orders, OrdersCsv")]
    [InlineData("""{ "properties": { "activities": [ { "type": "Copy", "linkedServiceName": | } ] } }""", "+Lake, Databricks")]
    [InlineData("""{ "properties": { "activities": [ { "name": "A" }, { "name": "B", "dependsOn": [ | ] } ] } }""", "+A", "-B")]
    [InlineData("""{ "properties": { "activities": [ { "name": "A" }, { "name": "B", "dependsOn": [ { "activity": "|" } ] } ] } }""", "^A", "-B")]
    [InlineData("""{ "properties": { "parameters": { "day": { "type": "|" } } } }""", "+string, int")]
    [InlineData("""{ "properties": { "concurrency": 1| } }""", "none")]
    [InlineData("""{ "name"| }""", "none")]
    [InlineData("{ // |\n}", "none")]
    [InlineData("{ /* | */ }", "none")]
    public void The_git_form_offers_its_own_shape(string text, params string[] expected) => Check("pipeline/p.json", text, expected);

    [Theory]
    [InlineData("# |")]
    [InlineData("activities: [] # ac|")]
    [InlineData("description: some te|xt")]
    [InlineData("description: |-\n  acti§")]
    [InlineData("description: >\n  one\n  §\n")]
    [InlineData("activities:\n  - name: A\n    type: Copy\n    x: 1\n    nowhere:\n      |")]
    [InlineData("activities: []   | # x")]
    [InlineData("name: p|")]
    public void Nothing_is_offered_in_free_text_and_comments(string text)
    {
        var marked = text.Contains('§', StringComparison.Ordinal) ? text.Replace("|", "\u0001", StringComparison.Ordinal).Replace('§', '|') : text;
        var (plain, offset) = TestText.WithCursor(marked);
        Assert.Empty(CompletionCase.At(TestText.Document(Pipeline, plain.Replace('\u0001', '|')), offset));
    }

    [Theory]
    [InlineData("activities:\n  - name: A\n    type: Copy\n      |", "+source")]
    [InlineData("activities:\n  - name: A\n   |", "+Copy, name")]
    [InlineData("activities:\n  - name: \"A\n    type: Wait\n  - name: B\n    |", "^type")]
    [InlineData("activities:\n  - name: A\n    dependsOn: [\n  - name: B\n    type: Wait\n    |", "^waitTimeInSeconds")]
    [InlineData("activities:\n  - name: A\n    type: Wait\n    wait|TimeInSeconds 5\n  - name: B", "^waitTimeInSeconds")]
    [InlineData("<<<<<<< a\nx: 1\n=======\nactivities:\n  - name: A\n    type: |\n>>>>>>> b", "+Copy")]
    [InlineData("activities:\n  - name: A\n    type: |\n  broken here: [\n", "+Copy")]
    public void Broken_text_around_does_not_matter(string text, params string[] expected) => Check(Pipeline, text, expected);

    [Theory]
    [InlineData("{ \"properties\": { \"activities\": [ { \"name\": \"A\", \"type\": \"Cop|", "+Copy")]
    [InlineData("{ \"properties\": { \"activities\": [ { \"name\": \"A\", |", "^type")]
    [InlineData("{ \"properties\": { \"activities\": [ { \"name\": \"A\" \"|\" } ] } }", "^type")]
    [InlineData("{\n\t\"properties\": {\n\t\t\"activities\": [\n\t\t\t{\n\t\t\t\t\"name\": \"A\",\n\t\t\t\t\"type\": |\n\t\t\t}\n\t\t]\n\t}\n}", "+Copy")]
    public void Broken_json_around_does_not_matter(string text, params string[] expected) => Check("pipeline/p.json", text, expected);

    private static void Check(string path, string text, string[] expected)
    {
        var items = CompletionCase.At(path, text);
        var labels = items.Select(i => i.Label).ToList();
        var shown = string.Join(", ", labels);
        Assert.Equal(labels.Distinct(), labels);
        Assert.All(items, i => Assert.NotNull(i.SortText));
        foreach (var expectation in expected)
        {
            var names = expectation[1..].Split(", ");
            switch (expectation)
            {
                case "none":
                    Assert.True(labels.Count == 0, shown);
                    break;
                case ['^', ..]:
                    Assert.True(names.SequenceEqual(labels.Take(names.Length)), $"First should be {expectation[1..]}: {shown}");
                    break;
                case ['+', ..]:
                    Assert.True(names.All(labels.Contains), $"Missing {string.Join(", ", names.Except(labels))}: {shown}");
                    break;
                default:
                    Assert.True(!names.Any(labels.Contains), $"Should not be there {string.Join(", ", names.Intersect(labels))}: {shown}");
                    break;
            }
        }
    }
}
