using Xunit;

namespace Pipewright.Core.Tests.Features.Completion;

/// <summary>The text after an item is accepted, with <c>|</c> where the cursor first stops.</summary>
public sealed class CompletionTextTests
{
    private const string Activity = "activities:\n  - name: A\n    type: Copy\n    ";

    [Theory]
    [InlineData("desc|", "description", "description: |")]
    [InlineData("desc|: x", "description", "description|: x")]
    [InlineData("activities:\n  - name: L😀\n    type: Wait\n  - name: B\n    type: Wait\n    dependsOn: [\"|\"]", "L😀", "activities:\n  - name: L😀\n    type: Wait\n  - name: B\n    type: Wait\n    dependsOn: [\"L😀|\"]")]
    [InlineData("- |", "description", "description: |")]
    [InlineData("-|\n", "description", "description: |\n")]
    [InlineData("# about\n- \n|", "description", "# about\ndescription: |")]
    [InlineData("- \n  |\n", "description", "\ndescription: |\n")]
    [InlineData("  |", "description", "description: |")]
    [InlineData("|", "parameters", "parameters:\n  |")]
    [InlineData("|", "activities", "activities:\n  - |")]
    [InlineData(Activity + "pol|", "policy", Activity + "policy:\n      |")]
    [InlineData(Activity + "pol|icy:", "policy", Activity + "policy|:")]
    [InlineData(Activity + "|", "source", Activity + "source:\n      type: |")]
    [InlineData(Activity + "enab|", "enableStaging", Activity + "enableStaging: |true")]
    [InlineData(Activity + "enableStaging:|", "false", Activity + "enableStaging: false|")]
    [InlineData(Activity + "linkedServiceName: |", "Lake", Activity + "linkedServiceName: Lake|")]
    [InlineData(Activity + "inputs: |", "OrdersCsv", Activity + "inputs: [OrdersCsv]|")]
    [InlineData(Activity + "inputs: [|]", "Bronze Orders", Activity + "inputs: [Bronze Orders|]")]
    [InlineData(Activity + "inputs:\n      |", "OrdersCsv", Activity + "inputs:\n      - OrdersCsv|")]
    [InlineData(Activity + "inputs:\n      -|", "OrdersCsv", Activity + "inputs:\n      - OrdersCsv|")]
    [InlineData(Activity + "inputs: [ \"Ord|\" ]", "OrdersCsv", Activity + "inputs: [ \"OrdersCsv|\" ]")]
    [InlineData(Activity + "policy: { ret| }", "retry", Activity + "policy: { retry: |0 }")]
    [InlineData(Activity + "policy: { retry: 1, | }", "timeout", Activity + "policy: { retry: 1, timeout: \"|0.12:00:00\" }")]
    [InlineData(Activity + "policy: { | retry: 1 }", "secureInput", Activity + "policy: { secureInput: |true, retry: 1 }")]
    [InlineData(Activity + "policy: |", "retry", Activity + "policy: \n      retry: |0")]
    [InlineData(Activity + "source:\n      |", "ParquetSource", Activity + "source:\n      type: ParquetSource|")]
    [InlineData("activities:\n  - name: A\n    type: |", "Copy", "activities:\n  - name: A\n    type: Copy\n    source:\n      type: |\n    sink:\n      type: ")]
    [InlineData("activities:\n  - name: A\n    type: |\n    sink: { type: ParquetSink }", "Copy", "activities:\n  - name: A\n    type: Copy\n    source:\n      type: |\n    sink: { type: ParquetSink }")]
    [InlineData("activities:\n  - name: A\n    type: W|ait\n    waitTimeInSeconds: 1", "Wait", "activities:\n  - name: A\n    type: Wait|\n    waitTimeInSeconds: 1")]
    [InlineData("activities:\n  - { name: A, type: | }", "Copy", "activities:\n  - { name: A, type: Copy| }")]
    [InlineData("activities:\n  - |", "Wait", "activities:\n  - name: |Wait1\n    type: Wait\n    waitTimeInSeconds: ")]
    [InlineData("activities:\n  - name: Wait1\n    type: Wait\n  |", "Wait", "activities:\n  - name: Wait1\n    type: Wait\n  - name: |Wait2\n    type: Wait\n    waitTimeInSeconds: ")]
    [InlineData("activities: |", "Wait", "activities: \n  - name: |Wait1\n    type: Wait\n    waitTimeInSeconds: ")]
    [InlineData("variables:\n  seen: |", "String", "variables:\n  seen: String|")]
    [InlineData("parameters:\n  runDate:|", "bool", "parameters:\n  runDate: bool|")]
    [InlineData("activities:\n  - name: A\n    type: |", "ForEach", "activities:\n  - name: A\n    type: ForEach\n    items: \"@|\"\n    activities:\n      - ")]
    [InlineData("activities:\n  - name: A\n    type: ForEach\n    items: |", "@expression", "activities:\n  - name: A\n    type: ForEach\n    items: \"@|\"")]
    [InlineData("activities:\n  - name: A\n    type: IfCondition\n    exp|", "expression", "activities:\n  - name: A\n    type: IfCondition\n    expression: \"@|\"")]
    [InlineData("activities:\r\n  - |\r\n", "Wait", "activities:\r\n  - name: |Wait1\r\n    type: Wait\r\n    waitTimeInSeconds: \r\n")]
    [InlineData("activities:\r\n  - name: A\r\n    policy:\r\n  |\r\n      retry: 1", "timeout", "activities:\r\n  - name: A\r\n    policy:\r\n      timeout: \"|0.12:00:00\"\r\n      retry: 1")]
    public void A_spec_grows_in_its_own_style(string before, string label, string after) =>
        Assert.Equal(after, CompletionCase.Accept("p.pipeline.yaml", before, label));

    [Theory]
    [InlineData("|", "{ }", "{\n  \"name\": \"p\",\n  \"properties\": {\n    |\n  }\n}")]
    [InlineData("""{ "na|" }""", "name", """{ "name": "|p" }""")]
    [InlineData("""{ na| }""", "name", """{ "name": "|p" }""")]
    [InlineData("""{ "na|": "p" }""", "name", """{ "name|": "p" }""")]
    [InlineData("""{ | "properties": {} }""", "name", """{ "name": "|p", "properties": {} }""")]
    [InlineData("""{ "properties": {} | }""", "name", """{ "properties": {} , "name": "|p" }""")]
    [InlineData("{\n  \"properties\": {}\n  |\n}", "name", "{\n  \"properties\": {},\n  \"name\": \"|p\"\n}")]
    [InlineData("{\n\t\"name\": \"p\",\n\t|\n}", "properties", "{\n\t\"name\": \"p\",\n\t\"properties\": {\n\t\t|\n\t}\n}")]
    [InlineData("""{ "properties": { "activities": [ { "type": | } ] } }""", "Wait", """{ "properties": { "activities": [ { "type": "Wait"| } ] } }""")]
    [InlineData("""{ "properties": { "activities": [ { "type": "W|" } ] } }""", "Wait", """{ "properties": { "activities": [ { "type": "Wait|" } ] } }""")]
    [InlineData("""{ "properties": { "activities": [ { "type": | "name": "A" } ] } }""", "Wait", """{ "properties": { "activities": [ { "type": "Wait",| "name": "A" } ] } }""")]
    [InlineData(
        "{\n  \"properties\": {\n    \"activities\": [\n      |\n    ]\n  }\n}", "Wait",
        "{\n  \"properties\": {\n    \"activities\": [\n      {\n        \"name\": \"|Wait1\",\n        \"type\": \"Wait\",\n        \"typeProperties\": {\n          \"waitTimeInSeconds\": 0\n        }\n      }\n    ]\n  }\n}")]
    [InlineData(
        "{\n  \"properties\": {\n    \"activities\": [\n      {\n        \"type\": \"Copy\",\n        \"inputs\": [|]\n      }\n    ]\n  }\n}", "OrdersCsv",
        "{\n  \"properties\": {\n    \"activities\": [\n      {\n        \"type\": \"Copy\",\n        \"inputs\": [{\n          \"referenceName\": \"OrdersCsv\",\n          \"type\": \"DatasetReference\"\n        }|]\n      }\n    ]\n  }\n}")]
    [InlineData(
        """{ "properties": { "activities": [ { "type": "ForEach", "typeProperties": { "items": | } } ] } }""", "@expression",
        "{ \"properties\": { \"activities\": [ { \"type\": \"ForEach\", \"typeProperties\": { \"items\": {\n  \"value\": \"@|\",\n  \"type\": \"Expression\"\n} } } ] } }")]
    public void Json_stays_json(string before, string label, string after) =>
        Assert.Equal(after, CompletionCase.Accept("pipeline/p.json", before, label));

    [Theory]
    [InlineData("acc|", "accessToken", "accessToken:\n  type: AzureKeyVaultSecret\n  secretName: |\n  store: ")]
    [InlineData("accessToken: |", "AzureKeyVaultSecret", "accessToken: \n  type: AzureKeyVaultSecret\n  secretName: |\n  store: ")]
    [InlineData("accessToken:\n  |", "AzureKeyVaultSecret", "accessToken:\n  type: AzureKeyVaultSecret\n  secretName: |\n  store: ")]
    [InlineData("accessToken: { |", "AzureKeyVaultSecret", "accessToken: { type: AzureKeyVaultSecret, secretName: |, store: ")]
    [InlineData("accessToken:\n  type: AzureKeyVaultSecret\n  store: |", "Lake", "accessToken:\n  type: AzureKeyVaultSecret\n  store: Lake|")]
    [InlineData("auth|", "authentication", "authentication: |MSI")]
    public void A_secret_goes_to_the_key_vault(string before, string label, string after) =>
        Assert.Equal("type: AzureDatabricks\n" + after, CompletionCase.Accept("l.linkedService.yaml", "type: AzureDatabricks\n" + before, label));

    [Theory]
    [InlineData("OrdersCsv", "OrdersCsv|")]
    [InlineData("a: b", "\"a: b\"|")]
    [InlineData("true", "\"true\"|")]
    [InlineData("12", "\"12\"|")]
    public void A_name_is_quoted_where_yaml_would_read_something_else(string name, string after) => Assert.Equal(
        $"activities:\n  - name: {Pipewright.Core.Syntax.YamlScalars.Write(name)}\n    type: Wait\n  - name: B\n    dependsOn: [{after}]",
        CompletionCase.Accept("p.pipeline.yaml", $"activities:\n  - name: {Pipewright.Core.Syntax.YamlScalars.Write(name)}\n    type: Wait\n  - name: B\n    dependsOn: [|]", name));
}
