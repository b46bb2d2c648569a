using Pipewright.Core.Factory;
using Pipewright.Core.Text;
using Pipewright.Deployment;
using Pipewright.Deployment.Planning;
using Xunit;

namespace Pipewright.Server.Tests.Deployment;

public sealed class DeploymentScopeTests
{
    private static readonly (string Path, string Text)[] Files =
    [
        ("nightly.trigger.yaml", "type: ScheduleTrigger\npipelines:\n  - pipelineReference: main\n"),
        ("main.pipeline.yaml", "activities:\n  - { name: Call, type: ExecutePipeline, pipeline: zebra }\n"),
        ("zebra.pipeline.yaml", "activities:\n  - { name: Copy, type: Copy, inputs: [Orders], outputs: [Orders] }\n"),
        ("Orders.dataset.yaml", "type: Binary\nlinkedServiceName: Lake\n"),
        ("Lake.linkedService.yaml", "type: AzureBlobFS\nconnectVia: Runtime\nurl: https://a\n"),
        ("Vault.linkedService.yaml", "type: AzureKeyVault\nbaseUrl: https://a\n"),
        ("Runtime.integrationRuntime.yaml", "type: SelfHosted\n"),
    ];

    [Theory]
    [InlineData("Runtime.integrationRuntime.yaml", "Runtime")]
    [InlineData("Orders.dataset.yaml", "Runtime Lake Orders")]
    [InlineData("main.pipeline.yaml", "Runtime Lake Orders zebra main")]
    [InlineData("nightly.trigger.yaml", "Runtime Lake Orders zebra main nightly")]
    public void One_file_is_deployed_after_all_that_it_needs(string path, string expected)
    {
        var factory = Load(Files);
        Assert.Equal(expected, Names(DeploymentScope.Collect(factory, [factory.Documents[path]])));
    }

    [Fact]
    public void A_whole_factory_is_deployed_kind_by_kind_with_references_first()
    {
        var factory = Load([.. Files, ("local.factory.yaml", "globalParameters:\n  env: { type: string, value: dev }\n")]);
        Assert.Equal("local Runtime Lake Vault Orders zebra main nightly", Names(DeploymentScope.Collect(factory, factory.Documents.Values)));
    }

    [Fact]
    public void The_order_does_not_depend_on_the_order_of_the_files()
    {
        var factory = Load(Files);
        Assert.Equal(
            Names(DeploymentScope.Collect(factory, factory.Documents.Values)),
            Names(DeploymentScope.Collect(Load([.. Files.Reverse()]), factory.Documents.Values.Reverse())));
    }

    [Fact]
    public void A_network_comes_before_its_endpoints_and_the_runtime_in_it()
    {
        var factory = Load(
            ("managedVirtualNetwork/net.json", """{"name":"net","properties":{}}"""),
            ("managedVirtualNetwork/net/managedPrivateEndpoint/a.json", """{"name":"a","properties":{"groupId":"blob"}}"""),
            ("integrationRuntime/Ir.json", """{"name":"Ir","properties":{"type":"Managed","managedVirtualNetwork":{"type":"ManagedVirtualNetworkReference","referenceName":"net"}}}"""));
        var units = DeploymentScope.Collect(factory, factory.Documents.Values.Reverse());
        Assert.Equal("net a Ir", Names(units));
        Assert.Equal("net", units[1].Id.VirtualNetwork);
    }

    [Fact]
    public void What_no_file_declares_is_taken_to_be_in_the_target()
    {
        var factory = Load(("Orders.dataset.yaml", "type: Binary\nlinkedServiceName: Elsewhere\n"));
        Assert.Equal("Orders", Names(DeploymentScope.Collect(factory, factory.Documents.Values)));
    }

    [Fact]
    public void Pipelines_that_call_each_other_are_named_with_their_files()
    {
        var factory = Load(
            ("a.pipeline.yaml", "activities:\n  - { name: Call, type: ExecutePipeline, pipeline: b }\n"),
            ("b.pipeline.yaml", "activities:\n  - { name: Call, type: ExecutePipeline, pipeline: A }\n"));
        var e = Assert.Throws<DeploymentCycleException>(() => DeploymentScope.Collect(factory, factory.Documents.Values));
        Assert.Contains("a (a.pipeline.yaml) → b (b.pipeline.yaml) → a (a.pipeline.yaml)", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_window_may_depend_on_its_own_earlier_ones()
    {
        var factory = Load(("trigger/t.json", """
            {"name":"t","properties":{"type":"TumblingWindowTrigger","typeProperties":{"dependsOn":[
              {"type":"TumblingWindowTriggerDependencyReference","referenceTrigger":{"type":"TriggerReference","referenceName":"t"}}]}}}
            """));
        Assert.Equal("t", Names(DeploymentScope.Collect(factory, factory.Documents.Values)));
    }

    internal static FactorySnapshot Load(params (string Path, string Text)[] files) =>
        FactorySnapshot.Empty.With(files.Select(f => ResourceDocument.Create(f.Path, new SourceText(f.Text))!));

    private static string Names(IEnumerable<DeploymentUnit> units) => string.Join(' ', units.Select(u => u.Id.Name));
}
