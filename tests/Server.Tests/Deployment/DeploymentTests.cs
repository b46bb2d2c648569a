using System.Collections.Immutable;
using Pipewright.Azure;
using Pipewright.Core.Factory;
using Pipewright.Core.Schema;
using Pipewright.Core.Text;
using Pipewright.Deployment;
using Pipewright.Deployment.Applying;
using Pipewright.Deployment.Planning;
using Pipewright.LanguageServer;
using Pipewright.Server.Tests.Emulator;
using Xunit;

namespace Pipewright.Server.Tests.Deployment;

/// <summary>From files to what the emulator then has.</summary>
public sealed class DeploymentTests
{
    private static readonly FactorySnapshot Factory = FactorySnapshot.Empty.With(
    [
        Document("main.pipeline.yaml", "activities:\n  - { name: E, type: ExecutePipeline, pipeline: child }"),
        Document("child.pipeline.yaml", "activities:\n  - { name: L, type: Lookup, dataset: Orders, source: { type: ParquetSource } }"),
        Document("Orders.dataset.yaml", "type: Parquet\nlinkedServiceName: Lake\nlocation: { type: AzureBlobFSLocation, fileSystem: f }"),
        Document("Lake.linkedService.yaml", "type: AzureBlobFS\nurl: https://x.dfs.core.windows.net\naccountKey: { type: AzureKeyVaultSecret, store: Vault, secretName: k }"),
        Document("Vault.linkedService.yaml", "type: AzureKeyVault\nbaseUrl: https://v.vault.azure.net"),
        Document("Nightly.trigger.yaml", "type: ScheduleTrigger\npipelines: [{ pipelineReference: main }]\nrecurrence: { frequency: Day, interval: 1, startTime: 2026-01-01T00:00:00Z }"),
        Document("unrelated.pipeline.yaml", "activities: []"),
    ]);

    [Fact]
    public async Task A_deployment_creates_and_a_second_one_has_nothing_to_do()
    {
        await using var emulator = await TestEmulator.StartAsync();
        var units = DeploymentScope.Collect(Factory, Factory.Documents.Values);
        Assert.All(await ApplyAsync(units, Client(emulator)), r => Assert.Equal(DeploymentAction.Created, r.Action));
        Assert.Empty(await ApplyAsync(units, Client(emulator)));
        Assert.Equal("child", (string?)(await emulator.GetAsync("pipelines/main")).Content!["properties"]!["activities"]![0]!["typeProperties"]!["pipeline"]!["referenceName"]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_trigger_that_fires_fires_again_afterwards(bool isSound)
    {
        await using var emulator = await TestEmulator.StartAsync();
        var units = DeploymentScope.Collect(Factory, Factory.Documents.Values);
        await ApplyAsync(units, Client(emulator));
        await emulator.PostAsync("triggers/Nightly/start");
        var trigger = units.Single(u => u.Id.Kind == ResourceKind.Trigger);
        var body = isSound ? trigger.Body.Replace("\"Day\"", "\"Week\"", StringComparison.Ordinal) : trigger.Body.Replace("main", "gone", StringComparison.Ordinal);
        var result = Assert.Single(await ApplyAsync([new DeploymentUnit(trigger.Id, body, trigger.Path, trigger.References)], Client(emulator)));
        Assert.Equal(isSound ? DeploymentAction.Updated : DeploymentAction.Failed, result.Action);
        Assert.Equal("Started", (string?)(await emulator.GetAsync("triggers/Nightly")).Content!["properties"]!["runtimeState"]);
    }

    [Fact]
    public async Task A_service_that_is_not_there_is_a_clear_error()
    {
        var client = new AzureFactoryClient(new DataFactoryClient(Target(new Uri("http://127.0.0.1:9")), null, new ArmOptions { MaxRetries = 0 }));
        var e = await Assert.ThrowsAsync<FactoryRequestException>(() => client.FindAsync(new ResourceId(ResourceKind.Pipeline, "p"), default));
        Assert.Equal("NoResponse", e.Code);
        Assert.Contains("127.0.0.1", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://127.0.0.1:5000", true)]
    [InlineData("http://localhost:5000", true)]
    [InlineData("https://127.0.0.1:5000", false)]
    [InlineData("http://example.com", false)]
    [InlineData("ftp://127.0.0.1", false)]
    [InlineData("nonsense", false)]
    public void Only_plain_http_on_loopback_is_an_emulators_address(string address, bool isTaken) => Assert.Equal(isTaken, ServerSettings.ParseEndpoint(address) is not null);

    private static ResourceDocument Document(string path, string text) => ResourceDocument.Create(path, new SourceText(text))!;

    private static FactoryTarget Target(Uri address) => new(address, "00000000-0000-0000-0000-000000000000", "local", "local");

    private static AzureFactoryClient Client(TestEmulator emulator) => new(new DataFactoryClient(Target(emulator.Address), null));

    private static async Task<ImmutableArray<DeploymentResult>> ApplyAsync(ImmutableArray<DeploymentUnit> units, AzureFactoryClient client) =>
        await new Deployer(client).ApplyAsync(await new Planner(client).MakeAsync(new PlanRequest(units), default), _ => { }, _ => { }, default);
}
