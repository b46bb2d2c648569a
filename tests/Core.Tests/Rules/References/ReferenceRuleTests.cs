using Xunit;

namespace Pipewright.Core.Tests.Rules.References;

/// <summary>References lead somewhere, not in circles, and to the right kind of thing; what is declared is used.</summary>
public sealed class ReferenceRuleTests
{
    [Theory]
    [InlineData("PW4003", "p.pipeline.yaml", "activities:\n  - { name: C, type: ExecutePipeline, pipeline: { referenceName: q, type: [|DatasetReference|] } }")]
    [InlineData("PW4003", "dataset/d.json", """{"name":"d","properties":{"type":"Parquet","linkedServiceName":{"referenceName":"L","type":[|"linkedService"|]},"typeProperties":{"location":{"type":"AzureBlobFSLocation"}}}}""")]
    [InlineData("PW4007", "p.pipeline.yaml", "activities:\n  - { name: C, type: ExecutePipeline, pipeline: [|P|] }")]
    [InlineData("PW4007", "p.pipeline.yaml", "activities:\n  - { name: C, type: ExecutePipeline, pipeline: [|q|] }\n  - { name: D, type: ExecutePipeline, pipeline: leaf }", "q.pipeline.yaml", "activities: [{ name: R, type: ExecutePipeline, pipeline: r }]", "r.pipeline.yaml", "activities: [{ name: P, type: ExecutePipeline, pipeline: P }]", "leaf.pipeline.yaml", "activities: []")]
    [InlineData("PW4007", "V.linkedService.yaml", "type: AzureSqlDatabase\npassword: { type: AzureKeyVaultSecret, store: [|V|], secretName: s }\nconnectionString: x")]
    [InlineData("PW4009", "p.pipeline.yaml", "activities:\n  - { name: C, type: ExecutePipeline, pipeline: [|''|] }")]
    [InlineData("PW4009", "p.pipeline.yaml", "activities:\n  - { name: C, type: ExecutePipeline, pipeline: [|null|], dependsOn: [W] }\n  - { name: W, type: Wait, waitTimeInSeconds: 1 }")]
    [InlineData("PW4009", "pipeline/p.json", """{"name":"p","properties":{"activities":[{"name":"C","type":"ExecutePipeline","typeProperties":{"pipeline":{"referenceName":[|null|],"type":"PipelineReference"}}}]}}""")]
    [InlineData("PW4009", "pipeline/p.json", """{"name":"p","properties":{"activities":[{"name":"C","type":"ExecutePipeline","typeProperties":{"pipeline":[|null|]}},{"name":"D","type":"Wait","typeProperties":{"waitTimeInSeconds":1},"dependsOn":[{"activity":"C","dependencyConditions":["Succeeded"]}]}]}}""")]
    [InlineData("PW4012", "f.factory.yaml", "globalParameters: { used: { type: String, value: x }, [|other|]: { type: String, value: y } }", "p.pipeline.yaml", "activities: [{ name: F, type: Fail, message: \"@pipeline().globalParameters.used\", errorCode: '1' }]")]
    [InlineData("PW4010", "d.dataset.yaml", "type: Parquet\nlinkedServiceName: { referenceName: [|\"@dataset().server\"|] }\nlocation: { type: AzureBlobFSLocation }")]
    [InlineData("PW4010", "dataset/d.json", """{"name":"d","properties":{"type":"Parquet","linkedServiceName":{"referenceName":[|{"value":"@x","type":"Expression"}|],"type":"LinkedServiceReference"},"typeProperties":{"location":{"type":"AzureBlobFSLocation"}}}}""")]
    [InlineData("PW4020", "p.pipeline.yaml", "parameters:\n  used: string\n  [|unused|]: string # gone\nactivities:\n  - { name: F, type: Fail, message: \"@pipeline().parameters.used\", errorCode: '1' }")]
    [InlineData("PW4020", "d.dataset.yaml", "type: Parquet\nlinkedServiceName: L\nparameters: { folder: string, [|other|]: string }\nlocation: { type: AzureBlobFSLocation, folderPath: \"@dataset().folder\" }")]
    [InlineData("PW4020", "l.linkedService.yaml", "type: AzureBlobFS\nparameters: { [|a|]: string }\nurl: https://x.dfs.core.windows.net")]
    [InlineData("PW4021", "p.pipeline.yaml", "variables: { [|v|]: String, w: String }\nactivities:\n  - { name: S, type: SetVariable, variableName: W, value: x }")]
    [InlineData("PW4022", "p.pipeline.yaml", "variables: { [|v|]: String }\nactivities:\n  - { name: F, type: Fail, message: \"@variables('v')\", errorCode: '1' }")]
    [InlineData("PW4023", "p.pipeline.yaml", "variables: { [|v|]: String }\nactivities:\n  - { name: S, type: SetVariable, variableName: v, value: x }")]
    [InlineData("PW4024", "Lake.linkedService.yaml", "type: [|AzureBlobFS|]\nurl: https://x.dfs.core.windows.net", "p.pipeline.yaml", "activities: []")]
    public void It_is_found_and_mended(string code, string path, string text, params string[] others) => RuleCases.Finds(code, path, text, others);

    [Theory]
    [InlineData("PW4003", "p.pipeline.yaml", "activities:\n  - { name: C, type: ExecutePipeline, pipeline: { referenceName: q, type: pipelinereference } }")]
    [InlineData("PW4007", "p.pipeline.yaml", "activities:\n  - { name: C, type: ExecutePipeline, pipeline: q }", "q.pipeline.yaml", "activities: [{ name: R, type: ExecutePipeline, pipeline: q }]")]
    [InlineData("PW4009", "p.pipeline.yaml", "activities:\n  - { name: C, type: ExecutePipeline, state: Inactive, pipeline: null }")]
    [InlineData("PW4009", "l.linkedService.yaml", "type: AzureBlobFS\nurl: https://x.dfs.core.windows.net\nconnectVia: null")]
    [InlineData("PW4001", "p.pipeline.yaml", "activities:\n  - { name: C, type: ExecutePipeline, pipeline: '' }")]
    [InlineData("PW4012", "f.factory.yaml", "globalParameters: { a: { type: String, value: x } }")]
    [InlineData("PW4012", "f.factory.yaml", "globalParameters: { a: { type: String, value: x } }", "p.pipeline.yaml", "activities: [{ name: F, type: Fail, message: \"@string(pipeline().globalParameters)\", errorCode: '1' }]")]
    [InlineData("PW4020", "p.pipeline.yaml", "parameters: { a: string, 'b c': string, d: string }\nactivities:\n  - { name: F, type: Fail, message: \"a @{pipeline()?.parameters['b c']} @{PIPELINE().Parameters.A}\", errorCode: \"@concat(pipeline().parameters.d\" }")]
    [InlineData("PW4020", "p.pipeline.yaml", "parameters: { a: string }\nactivities:\n  - { name: F, type: Fail, message: \"@string(pipeline().parameters)\", errorCode: '1' }")]
    [InlineData("PW4020", "p.pipeline.yaml", "parameters: { a: string }\nactivities:\n  - { name: F, type: Fail, message: \"@pipeline().parameters[concat('a', '')]\", errorCode: '1' }")]
    [InlineData("PW4021", "p.pipeline.yaml", "variables: { v: Array }\nactivities:\n  - { name: S, type: AppendVariable, variableName: V, value: x }")]
    [InlineData("PW4023", "p.pipeline.yaml", "variables: { v: String }\nactivities:\n  - { name: S, type: SetVariable, variableName: v, value: x }\n  - { name: F, type: Fail, message: \"@variables('V')\", errorCode: '1', dependsOn: [S] }")]
    [InlineData("PW4024", "Lake.linkedService.yaml", "type: AzureBlobFS\nurl: https://x.dfs.core.windows.net")]
    [InlineData("PW4024", "Lake.linkedService.yaml", "type: AzureBlobFS\nurl: https://x.dfs.core.windows.net", "p.pipeline.yaml", "activities: [{ name: X, type: NoSuchActivity, typeProperties: { source: { referenceName: lake, type: LinkedServiceReference } } }]")]
    public void Nothing_is_found_where_nothing_is_wrong(string code, string path, string text, params string[] others) => RuleCases.FindsNothing(code, path, text, others);

    [Theory]
    [InlineData("a/p.pipeline.yaml", "activities:\n  - { name: C, type: ExecutePipeline, pipeline: child, parameters: { day: x, rows: 3, o: { a: 1 } } }", "a/child.pipeline.yaml", "parameters: { day: { type: string }, rows: { type: int }, o: { type: object } }\nactivities: []\n")]
    [InlineData("a/p.pipeline.yaml", "activities:\n  - { name: L, type: Lookup, dataset: { referenceName: New, parameters: { f: x } }, source: { type: AzureSqlSource } }", "sets/New.dataset.yaml", "type: AzureSqlTable\nlinkedServiceName: Sql\nparameters: { f: { type: string } }\n")]
    [InlineData("repo/pipeline/p.json", """{"name":"p","properties":{"activities":[{"name":"N","type":"DatabricksNotebook","linkedServiceName":{"referenceName":"Dbx","type":"LinkedServiceReference"},"typeProperties":{"notebookPath":"/x"}}]}}""", "repo/linkedService/Dbx.json", "{\n  \"name\": \"Dbx\",\n  \"properties\": {\n    \"type\": \"AzureDatabricks\",\n    \"typeProperties\": {}\n  }\n}\n")]
    [InlineData("t.trigger.yaml", "type: TumblingWindowTrigger\nfrequency: Hour\ninterval: 1\nstartTime: '2024-01-01T00:00:00Z'\nmaxConcurrency: 1\ndependsOn: [{ type: TumblingWindowTriggerDependencyReference, referenceTrigger: Before }]", "Before.trigger.yaml", "type: TumblingWindowTrigger\nfrequency: Hour\ninterval: 24\nstartTime: \"2024-01-01T00:00:00Z\"\nmaxConcurrency: 1\n")]
    [InlineData("integrationRuntime/i.json", """{"name":"i","properties":{"type":"Managed","managedVirtualNetwork":{"referenceName":"default","type":"ManagedVirtualNetworkReference"}}}""", "managedVirtualNetwork/default.json", "{\n  \"name\": \"default\",\n  \"properties\": {}\n}\n")]
    public void A_resource_that_is_not_there_is_begun(string path, string text, string created, string content)
    {
        var factory = TestText.Factory("sets/Other.dataset.yaml", "type: Parquet\nlinkedServiceName: Sql\nlocation: { type: AzureBlobFSLocation }", "Sql.linkedService.yaml", "type: AzureSqlDatabase\nserver: s", path, text);
        var finding = Assert.Single(RuleCases.Find(factory, factory.Documents[path], "PW4001"));
        var after = RuleCases.Apply(factory, path, finding.Fixes[^1]);
        Assert.Equal(content, after.Documents[created].Text.Content);
        Assert.Empty(RuleCases.Find(after, after.Documents[path], "PW4001"));
    }

    [Fact]
    public void A_dataset_that_is_begun_says_where_its_files_are()
    {
        var factory = TestText.Factory(
            "Lake.linkedService.yaml", "type: AzureBlobFS\nurl: https://x.dfs.core.windows.net",
            "p.pipeline.yaml", "activities:\n  - { name: L, type: Lookup, dataset: New, source: { type: JsonSource } }");
        var finding = Assert.Single(RuleCases.Find(factory, factory.Documents["p.pipeline.yaml"], "PW4001"));
        var after = RuleCases.Apply(factory, "p.pipeline.yaml", finding.Fixes[^1]);
        Assert.Equal("type: Json\nlinkedServiceName: Lake\nlocation: { type: AzureBlobFSLocation }\n", after.Documents["New.dataset.yaml"].Text.Content.Replace("location:\n  type: AzureBlobFSLocation", "location: { type: AzureBlobFSLocation }", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("managedPrivateEndpoint/e.json", "managedVirtualNetwork/net/managedPrivateEndpoint/e.json")]
    [InlineData("adf/managedVirtualNetwork/managedPrivateEndpoint/e.json", "adf/managedVirtualNetwork/net/managedPrivateEndpoint/e.json")]
    public void A_private_endpoint_is_moved_to_its_network(string path, string newPath)
    {
        const string Text = """{"name":[|"e"|],"properties":{"privateLinkResourceId":"/x","groupId":"blob"}}""";
        var fix = Assert.Single(RuleCases.Finds("PW5013", path, Text, "managedVirtualNetwork/net.json", """{"name":"net","properties":{}}""")[0].Fixes);
        Assert.Equal(newPath, Assert.IsType<Pipewright.Core.Text.FileRename>(Assert.Single(fix.Edit.Files)).NewPath);
    }

    [Fact]
    public void A_private_endpoint_needs_its_network()
    {
        const string Path = "managedVirtualNetwork/net/managedPrivateEndpoint/e.json";
        var found = RuleCases.Finds("PW4013", Path, """{"name":[|"e"|],"properties":{"privateLinkResourceId":"/x","groupId":"blob"}}""");
        Assert.Equal("managedVirtualNetwork/net.json", Assert.Single(Assert.Single(found[0].Fixes).Edit.Files).Path);
        RuleCases.FindsNothing("PW5013", Path, """{"name":"e","properties":{"privateLinkResourceId":"/x","groupId":"blob"}}""");
    }
}
