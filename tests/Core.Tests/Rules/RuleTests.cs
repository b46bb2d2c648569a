using Pipewright.Core.Features;
using Xunit;

namespace Pipewright.Core.Tests.Rules;

/// <summary>Each rule finds its mistake, on the right characters, in both forms, and says nothing where there is none.</summary>
public sealed class RuleTests
{
    [Theory]
    [InlineData("PW4001", "p.pipeline.yaml", "activities:\n  - { name: E, type: ExecutePipeline, pipeline: [|child|], waitOnCompletion: true }")]
    [InlineData("PW4001", "d.dataset.yaml", "type: Parquet\nlinkedServiceName: { referenceName: [|Lake|] }\nlocation: { type: AzureBlobFSLocation, fileSystem: raw }")]
    [InlineData("PW4001", "dataset/d.json", """{"name":"d","properties":{"type":"Parquet","linkedServiceName":{"referenceName":[|"Lake"|],"type":"LinkedServiceReference"},"typeProperties":{"location":{"type":"AzureBlobFSLocation","fileSystem":"raw"}}}}""")]
    [InlineData("PW4101", "p.pipeline.yaml", "activities:\n  - { name: A, type: Fail, message: m, errorCode: '1', dependsOn: [[|B|]] }")]
    [InlineData("PW4101", "p.pipeline.yaml", "activities:\n  - { name: A, type: Fail, message: m, errorCode: '1', dependsOn: { [|B|]: Failed } }")]
    [InlineData("PW4101", "pipeline/p.json", """{"name":"p","properties":{"activities":[{"name":"A","type":"Wait","typeProperties":{"waitTimeInSeconds":1},"dependsOn":[{"activity":[|"B"|],"dependencyConditions":["Succeeded"]}]}]}}""")]
    [InlineData("PW4102", "p.pipeline.yaml", "activities:\n  - { name: A, type: Fail, message: m, errorCode: '1', dependsOn: [[|a|]] }")]
    [InlineData("PW4102", "p.pipeline.yaml", "activities:\n  - { name: A, type: Fail, message: m, errorCode: '1', dependsOn: [[|B|]] }\n  - { name: B, type: Fail, message: m, errorCode: '1', dependsOn: [[|A|]] }")]
    [InlineData("PW4103", "p.pipeline.yaml", "activities:\n  - { name: A, type: Fail, message: m, errorCode: '1' }\n  - { name: [|a|], type: Fail, message: m, errorCode: '1' }")]
    public void It_is_found(string code, string path, string marked)
    {
        var (text, spans) = TestText.WithSpans(marked);
        var diagnostics = LanguageFeatures.GetDiagnostics(TestText.Factory(path, text), TestText.Document(path, text), default);
        Assert.Equal(spans.Select(s => (code, s)), diagnostics.Select(d => (d.Code, d.Span)));
    }

    [Fact]
    public void A_resource_that_two_files_declare_is_found_in_both()
    {
        var factory = TestText.Factory(
            "a/x.pipeline.yaml", "activities: [{ name: W, type: Wait, waitTimeInSeconds: 1 }]",
            "pipeline/X.json", """{"name":"X","properties":{"activities":[{"name":"W","type":"Wait","typeProperties":{"waitTimeInSeconds":1}}]}}""");
        Assert.All(factory.Documents.Values, d => Assert.Equal("PW4002", Assert.Single(LanguageFeatures.GetDiagnostics(factory, d, default)).Code));
    }

    [Fact]
    public void A_reference_finds_its_target_in_either_form_without_regard_to_case()
    {
        var factory = TestText.Factory(
            "linkedService/Lake.json", """{"name":"Lake","properties":{"type":"AzureBlobFS","typeProperties":{"url":"https://x.dfs.core.windows.net"}}}""",
            "d.dataset.yaml", "type: Parquet\nlinkedServiceName: lake\nlocation: { type: AzureBlobFSLocation, fileSystem: raw }");
        Assert.All(factory.Documents.Values, d => Assert.Empty(LanguageFeatures.GetDiagnostics(factory, d, default)));
    }

    [Fact]
    public void The_service_has_an_integration_runtime_of_its_own() => Assert.Empty(LanguageFeatures.GetDiagnostics(
        TestText.Factory(),
        TestText.Document("l.linkedService.yaml", "type: AzureBlobFS\nurl: https://x.dfs.core.windows.net\nconnectVia: AutoResolveIntegrationRuntime"), default));

    [Fact]
    public void A_misspelt_reference_is_mended()
    {
        var factory = TestText.Factory(
            "child.pipeline.yaml", "activities: []", "p.pipeline.yaml", "activities:\n  - { name: E, type: ExecutePipeline, pipeline: chlid, waitOnCompletion: true }");
        var document = factory.Documents["p.pipeline.yaml"];
        var fix = Assert.Single(LanguageFeatures.GetDiagnostics(factory, document, default)).Fixes[0];
        Assert.Equal("activities:\n  - { name: E, type: ExecutePipeline, pipeline: child, waitOnCompletion: true }", document.Text.WithChanges(fix.Changes).Content);
    }
}
