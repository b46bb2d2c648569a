using Pipewright.Core.Features;
using Pipewright.Core.Rules;
using Pipewright.Core.Text;
using Xunit;

namespace Pipewright.Core.Tests.Rules.Habits;

/// <summary>Habits are found where somebody wants them, and nobody else hears of them.</summary>
public sealed class HabitRuleTests
{
    [Theory]
    [InlineData("PW5302", "p.pipeline.yaml", "[|a|]ctivities: []")]
    [InlineData("PW5302", "dataset/d.json", """{"name":[|"d"|],"properties":{"description":"","type":"Binary"}}""")]
    [InlineData("PW5303", "p.pipeline.yaml", "activities:\n  - { name: [|W|], type: Wait, waitTimeInSeconds: 1 }\n  - { name: V, description: Lets it settle., type: Wait, waitTimeInSeconds: 1 }")]
    [InlineData("PW5304", "p.pipeline.yaml", "name: [|p|]\nactivities: []")]
    [InlineData("PW5305", "p.pipeline.yaml", "name: [|p|]\nannotations: []\nactivities: []")]
    [InlineData("PW5306", "t.trigger.yaml", "name: [|t|]\ntype: ScheduleTrigger\nruntimeState: Stopped\npipelines: []\nrecurrence: { frequency: Day, interval: 1, startTime: '2024-01-01T00:00:00Z' }")]
    [InlineData("PW5307", "p.pipeline.yaml", "name: [|p|]\nactivities: []")]
    [InlineData("PW5308", "p.pipeline.yaml", "activities:\n  - { name: [|F|], type: ForEach, items: \"@createArray(1)\", activities: [] }\n  - { name: G, type: ForEach, isSequential: true, items: \"@createArray(1)\", activities: [] }\n  - { name: H, type: ForEach, batchCount: 5, items: \"@createArray(1)\", activities: [] }")]
    [InlineData("PW5309", "l.linkedService.yaml", "type: AzureSqlDatabase\nserver: s\n[|encryptedCredential|]: x")]
    [InlineData("PW5309", "l.linkedService.yaml", "type: RestService\nurl: https://x.net\nauthenticationType: Basic\nuserName: u\n[|password|]: { type: SecureString, value: '****' }")]
    [InlineData("PW5310", "p.pipeline.yaml", "activities:\n  - { name: [|Copy data1|], type: Copy }\n  - { name: [|Wait1_copy1|], type: Wait, waitTimeInSeconds: 1 }\n  - { name: Wait for it, type: Wait, waitTimeInSeconds: 1 }")]
    [InlineData("PW5310", "dataset/DelimitedText1.json", """{"name":[|"DelimitedText1"|],"properties":{"type":"DelimitedText"}}""")]
    [InlineData("PW5311", "p.pipeline.yaml", "activities:\n  - { name: [|A|], type: Lookup, dataset: d }\n  - { name: B, type: Lookup, dataset: d, policy: { timeout: [|0.12:00:00|] } }\n  - { name: C, type: Lookup, dataset: d, policy: { timeout: 0.00:30:00 } }\n  - { name: D, type: Wait, waitTimeInSeconds: 1 }")]
    [InlineData("PW5312", "a.linkedService.yaml", "name: [|a|]\ntype: AzureBlobFS\nurl: https://x.dfs.core.windows.net", "b.linkedService.yaml", "description: other\ntype: AzureBlobFS\nurl: https://x.dfs.core.windows.net")]
    [InlineData("PW5312", "a.linkedService.yaml", "type: AzureBlobFS\nurl: https://x.dfs.core.windows.net", "b.linkedService.yaml", "type: AzureBlobFS\nurl: https://y.dfs.core.windows.net")]
    [InlineData("PW5313", "a.dataset.yaml", "name: [|a|]\ntype: Binary\nlinkedServiceName: L\nlocation: { type: SftpLocation, fileName: f }", "b.dataset.yaml", "type: Binary\nlinkedServiceName: L\nlocation: { fileName: f, type: SftpLocation }")]
    public void It_is_found_and_mended(string code, string path, string text, params string[] others) => RuleCases.Finds(code, path, text, others);

    [Fact]
    public void Habits_are_off()
    {
        var factory = TestText.Factory("pipeline1.pipeline.yaml", "activities:\n  - { name: Wait1, type: Wait, waitTimeInSeconds: 1 }");
        Assert.DoesNotContain(LanguageFeatures.GetDiagnostics(factory, factory.Documents["pipeline1.pipeline.yaml"], default), d => d.Severity == DiagnosticSeverity.Off);
        Assert.Contains(RuleSet.All, r => r.Descriptor.Severity == DiagnosticSeverity.Off);
    }
}
