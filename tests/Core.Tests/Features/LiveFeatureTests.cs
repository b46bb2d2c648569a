using Pipewright.Core.Factory;
using Pipewright.Core.Features;
using Pipewright.Core.Tests.Features.Completion;
using Xunit;

namespace Pipewright.Core.Tests.Features;

/// <summary>What an editor shows of the target's factory.</summary>
public sealed class LiveFeatureTests
{
    [Theory]
    [InlineData("new.dataset.yaml", "type: AzureSqlTable\nlinkedServiceName: |", "Databricks Lake ByServer SharedVault")]
    [InlineData("dataset/new.json", """{"name":"new","properties":{"type":"AzureSqlTable","linkedServiceName":{"referenceName":"|","type":"LinkedServiceReference"}}}""", "Databricks Lake ByServer SharedVault")]
    [InlineData("new.pipeline.yaml", "activities:\n  - { name: C, type: ExecutePipeline, pipeline: | }", "child audit")]
    [InlineData("new.linkedService.yaml", "type: SqlServer\nconnectionString: x\nconnectVia: |", "OnPremises AutoResolveIntegrationRuntime")]
    public void Names_are_those_of_the_files_then_the_live_ones(string path, string marked, string expected)
    {
        var (text, offset) = TestText.WithCursor(marked);
        var factory = CompletionCase.Factory.With(TestText.Document(path, text)).WithLive();
        var result = LanguageFeatures.GetCompletion(factory, factory.Documents[path], offset, default);
        var names = result.Items.Where(i => i.Kind == CompletionKind.Resource && i.Label != "new").Select(i => i.Label).ToList();
        Assert.Equal(expected.Split(' ').Order(), names.Order());
        Assert.Equal(expected.Split(' ')[^1], names[^1]);
        Assert.All(result.Items.Where(i => i.Label is "ByServer" or "SharedVault" or "audit"), i => Assert.EndsWith("live, only in adf-dev", i.Detail, StringComparison.Ordinal));
        Assert.False(result.IsIncomplete);
        var filling = factory.WithLive(LiveFactory.Of(isFilling: true));
        Assert.True(LanguageFeatures.GetCompletion(filling, filling.Documents[path], offset, default).IsIncomplete);
    }

    [Fact]
    public void Parameters_of_what_is_only_live_and_live_global_parameters_are_proposed()
    {
        static IEnumerable<string> Labels(string marked)
        {
            var (text, offset) = TestText.WithCursor(marked);
            var factory = CompletionCase.Factory.With(TestText.Document("new.pipeline.yaml", text)).WithLive();
            return LanguageFeatures.GetCompletion(factory, factory.Documents["new.pipeline.yaml"], offset, default).Items.Select(i => i.Label);
        }

        Assert.Contains("rows", Labels("activities:\n  - name: C\n    type: ExecutePipeline\n    pipeline: audit\n    parameters:\n      |"));
        Assert.Contains("stage", Labels("activities:\n  - { name: F, type: Fail, errorCode: '1', message: \"@pipeline().globalParameters.|\" }"));
    }

    [Theory]
    [InlineData("p.pipeline.yaml", "activities:\n  - { name: C, type: ExecutePipeline, pipeline: au|dit }", 0, "**audit** · pipeline of 0 activities", "Parameters: `day: string`, `rows: int`", "Only in **adf-dev** · published 2024-04-30T08:00:00Z, as of 3 min ago")]
    [InlineData("d.dataset.yaml", "type: AzureSqlTable\nlinkedServiceName: ByS|erver", 0, "**ByServer** · AzureSqlDatabase linked service", "All servers", "Only in **adf-dev**, as of 3 min ago")]
    [InlineData("dataset/d.json", """{"name":"d","properties":{"type":"AzureSqlTable","linkedServiceName":{"referenceName":"La|ke","type":"LinkedServiceReference"}}}""", 0, "Not in **adf-dev**, as of 3 min ago")]
    [InlineData("d.dataset.yaml", "type: AzureSqlTable\nlinkedServiceName: No|where", 0, "No file here declares it.", "Not in **adf-dev**, as of 3 min ago")]
    [InlineData("Shared|Vault.linkedService.yaml", "name: Shared|Vault\ntype: AzureKeyVault\nbaseUrl: https://v.vault.azure.net/", 2, "In **adf-dev**: 2 properties differ from this repository, as of 3 min ago")]
    [InlineData("SharedVault.linkedService.yaml", "name: Shared|Vault\ntype: AzureKeyVault\nbaseUrl: https://v.vault.azure.net/", 0, "In **adf-dev**: the same as here, as of 3 min ago")]
    [InlineData("window.trigger.yaml", "name: win|dow\ntype: TumblingWindowTrigger", -1, "In **adf-dev**: deployed · started, as of 3 min ago")]
    public void A_hover_tells_the_live_state(string path, string marked, int differences, params string[] expected)
    {
        path = path.Replace("|", "", StringComparison.Ordinal);
        var (text, offset) = TestText.WithCursor(marked);
        var factory = CompletionCase.Factory.With(TestText.Document(path, text)).WithLive();
        var view = new LiveView(LiveFactory.ReadAt.AddMinutes(3), (_, _) => differences < 0 ? null : differences);
        var hover = LanguageFeatures.GetHover(factory, factory.Documents[path], offset, default, view)!.Markdown;
        Assert.All(expected, e => Assert.Contains(e, hover, StringComparison.Ordinal));
        Assert.DoesNotContain("adf-dev", LanguageFeatures.GetHover(factory.With((LiveResources?)null), factory.Documents[path], offset, default, view)!.Markdown, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, "as of just now")]
    [InlineData(59 * 60, "as of 59 min ago")]
    [InlineData(5 * 3600, "as of 5 h ago")]
    [InlineData(100 * 3600, "as of 2024-05-01")]
    public void An_age_is_told_in_words(int seconds, string expected) => Assert.Equal(expected, LiveFactory.Usual.DescribeAge(LiveFactory.ReadAt.AddSeconds(seconds)));
}
