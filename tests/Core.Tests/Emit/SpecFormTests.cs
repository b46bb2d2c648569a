using Pipewright.Core.Emit;
using Xunit;

namespace Pipewright.Core.Tests.Emit;

/// <summary>What the spec form may leave out, and the JSON that it then stands for.</summary>
public sealed class SpecFormTests
{
    [Theory]
    [InlineData("the wrappers of a resource", "description: hi\nactivities: []", """{"name":"p","properties":{"description":"hi","activities":[]}}""")]
    [InlineData("nothing that is written", "name: p\nproperties:\n  activities: []", """{"name":"p","properties":{"activities":[]}}""")]
    [InlineData(
        "the wrapper of an activity", "activities:\n  - name: W\n    type: Wait\n    waitTimeInSeconds: 5",
        """{"name":"p","properties":{"activities":[{"name":"W","type":"Wait","typeProperties":{"waitTimeInSeconds":5}}]}}""")]
    [InlineData(
        "part of a wrapper", "activities:\n  - name: F\n    type: Fail\n    message: m\n    typeProperties: { errorCode: '1' }",
        """{"name":"p","properties":{"activities":[{"name":"F","type":"Fail","typeProperties":{"message":"m","errorCode":"1"}}]}}""")]
    [InlineData(
        "a reference's type", "activities:\n  - name: N\n    type: DatabricksNotebook\n    linkedServiceName: Dbx\n    notebookPath: /a",
        """{"name":"p","properties":{"activities":[{"name":"N","type":"DatabricksNotebook","linkedServiceName":{"referenceName":"Dbx","type":"LinkedServiceReference"},"typeProperties":{"notebookPath":"/a"}}]}}""")]
    [InlineData(
        "a reference's type beside parameters", "activities:\n  - name: E\n    type: ExecutePipeline\n    pipeline: { referenceName: q, parameters: {} }",
        """{"name":"p","properties":{"activities":[{"name":"E","type":"ExecutePipeline","typeProperties":{"pipeline":{"referenceName":"q","type":"PipelineReference","parameters":{}}}}]}}""")]
    [InlineData(
        "an expression's object", "activities:\n  - name: W\n    type: Wait\n    waitTimeInSeconds: '@pipeline().parameters.s'",
        """{"name":"p","properties":{"activities":[{"name":"W","type":"Wait","typeProperties":{"waitTimeInSeconds":{"value":"@pipeline().parameters.s","type":"Expression"}}}]}}""")]
    [InlineData("a parameter's object", "parameters:\n  d: string", """{"name":"p","properties":{"parameters":{"d":{"type":"string"}}}}""")]
    [InlineData("a variable's object", "variables:\n  v: Array", """{"name":"p","properties":{"variables":{"v":{"type":"Array"}}}}""")]
    [InlineData(
        "the default condition", "activities:\n  - name: A\n    type: Fail\n    dependsOn: [B]",
        """{"name":"p","properties":{"activities":[{"name":"A","type":"Fail","dependsOn":[{"activity":"B","dependencyConditions":["Succeeded"]}]}]}}""")]
    [InlineData(
        "a dependency's object", "activities:\n  - name: A\n    type: Fail\n    dependsOn: { B: Failed, C: [Succeeded, Skipped] }",
        """{"name":"p","properties":{"activities":[{"name":"A","type":"Fail","dependsOn":[{"activity":"B","dependencyConditions":["Failed"]},{"activity":"C","dependencyConditions":["Succeeded","Skipped"]}]}]}}""")]
    [InlineData("nothing below !json", "!json\nname: x\nproperties: { activities: [{ name: A, message: m, type: Fail }] }", """{"name":"x","properties":{"activities":[{"name":"A","message":"m","type":"Fail"}]}}""")]
    [InlineData("YAML's own spellings", "concurrency: 0x10\nannotations: [~, True, '1', .5, null]", """{"name":"p","properties":{"concurrency":16,"annotations":[null,true,"1",0.5,null]}}""")]
    public void The_spec_form_may_leave_out(string what, string spec, string json)
    {
        Assert.NotEmpty(what);
        Assert.Equal(json, Lower("p.pipeline.yaml", spec));
    }

    [Fact]
    public void The_type_of_a_dataset_is_its_own_and_not_the_resources() => Assert.Equal(
        """{"name":"d","properties":{"type":"Parquet","linkedServiceName":{"referenceName":"L","type":"LinkedServiceReference"},"typeProperties":{"compressionCodec":"snappy"}}}""",
        Lower("d.dataset.yaml", "type: Parquet\nlinkedServiceName: L\ncompressionCodec: snappy"));

    [Fact]
    public void The_key_vault_of_a_secret_is_a_reference_like_any_other() => Assert.Equal(
        """{"name":"l","properties":{"type":"AzureDatabricks","typeProperties":{"accessToken":{"type":"AzureKeyVaultSecret","store":{"referenceName":"Vault","type":"LinkedServiceReference"},"secretName":"t"}}}}""",
        Lower("l.linkedService.yaml", "type: AzureDatabricks\naccessToken: { type: AzureKeyVaultSecret, store: Vault, secretName: t }"));

    [Fact]
    public void A_name_in_both_levels_means_the_outer_one_and_the_inner_is_written_in_its_wrapper() => Assert.Equal(
        """{"name":"d","properties":{"type":"AzureSqlTable","schema":[],"typeProperties":{"schema":"dbo","table":"t"}}}""",
        Lower("d.dataset.yaml", "type: AzureSqlTable\nschema: []\ntypeProperties:\n  schema: dbo\ntable: t"));

    [Fact]
    public void Anchors_aliases_and_merge_keys_are_resolved() => Assert.Equal(
        """{"name":"p","properties":{"activities":[{"name":"A","policy":{"retry":2},"type":"Fail"},{"name":"B","type":"Fail","policy":{"retry":2}}]}}""",
        Lower("p.pipeline.yaml", "activities:\n  - &base\n    name: A\n    policy: { retry: 2 }\n    type: Fail\n  - <<: *base\n    name: B")
            .Replace("""{"name":"B","policy":{"retry":2},"type":"Fail"}""", """{"name":"B","type":"Fail","policy":{"retry":2}}""", StringComparison.Ordinal));

    [Theory]
    [InlineData("""{"name":"p","properties":{"activities":[{"name":"W","type":"Wait","typeProperties":{"waitTimeInSeconds":5}}]}}""", "activities:\n  - name: W\n    type: Wait\n    waitTimeInSeconds: 5\n")]
    [InlineData("""{"name":"q","properties":{}}""", "name: q\nproperties: {}\n")]
    [InlineData("""{"name":"p","properties":{"parameters":{"a":{"type":"string"},"b":{"type":"int","defaultValue":1}}}}""", "parameters:\n  a: string\n  b:\n    type: int\n    defaultValue: 1\n")]
    [InlineData(
        """{"name":"p","properties":{"activities":[{"name":"A","type":"Fail","dependsOn":[{"activity":"B","dependencyConditions":["Failed"]}]}]}}""",
        "activities:\n  - name: A\n    type: Fail\n    dependsOn:\n      B: Failed\n")]
    public void Lifting_leaves_out_what_the_schema_knows(string json, string spec) =>
        Assert.Equal(spec, Conversion.ToSpec(TestText.Document("pipeline/p.json", json))[0].Text);

    [Fact]
    public void Lifting_keeps_comments()
    {
        var json = "{\n  // about it\n  \"name\": \"p\",\n  \"properties\": {\n    /* and this */\n    \"concurrency\": 1\n  }\n}";
        Assert.Equal("# about it\n# and this\nconcurrency: 1\n", Conversion.ToSpec(TestText.Document("pipeline/p.json", json))[0].Text);
    }

    private static string Lower(string path, string spec)
    {
        var document = TestText.Document(path, spec);
        Assert.Empty(document.Syntax.Diagnostics);
        return JsonTextWriter.Write(document.Resources[0].Content!, null);
    }
}
