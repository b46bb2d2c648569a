using Pipewright.Core.Features;
using Pipewright.Core.Tests.Features.Navigation;
using Xunit;

namespace Pipewright.Core.Tests.Rules;

/// <summary>The other places that a finding has to do with are those that are marked.</summary>
public sealed class RelatedPlaceTests
{
    [Theory]
    [InlineData("PW4103", "=== a.pipeline.yaml\nactivities:\n  - { name: [|A|], type: Wait, waitTimeInSeconds: 1 }\n  - { name: a, type: Wait, waitTimeInSeconds: 1 }\n")]
    [InlineData("PW4103", "=== pipeline/a.json\n{\"name\":\"a\",\"properties\":{\"activities\":[{\"name\":[|\"A\"|],\"type\":\"Wait\"},{\"name\":\"A\",\"type\":\"Wait\"}]}}")]
    [InlineData("PW4102", "=== a.pipeline.yaml\nactivities:\n  - { name: [|A|], type: Wait, dependsOn: [B] }\n  - { name: [|B|], type: Wait, dependsOn: [A] }\n")]
    [InlineData("PW4101", "=== a.pipeline.yaml\nactivities:\n  - { name: A, type: Wait, dependsOn: [In] }\n  - { name: L, type: ForEach, items: \"@createArray()\", activities: [{ name: [|In|], type: Wait }] }\n")]
    [InlineData("PW4002", "=== a.pipeline.yaml\nname: x\nactivities: []\n=== b.pipeline.yaml\nname: [|x|]\nactivities: []\n")]
    [InlineData("PW4007", "=== a.pipeline.yaml\nactivities: [{ name: A, type: ExecutePipeline, pipeline: b }]\n=== b.pipeline.yaml\nactivities: [{ name: A, type: ExecutePipeline, pipeline: [|a|] }]\n")]
    [InlineData("PW5006", "=== a.pipeline.yaml\nparameters: { [|p|]: string, P: string }\nactivities: []\n")]
    [InlineData("PW3108", "=== a.pipeline.yaml\nactivities:\n  - { name: [|A|], type: Wait, waitTimeInSeconds: 1 }\n  - { name: B, type: Fail, message: \"@string(activity('A').output)\", errorCode: '1' }\n")]
    public void They_are_these(string code, string files)
    {
        var at = NavigationCase.Open(files);
        var found = LanguageFeatures.GetDiagnostics(at.Factory, at.Document, default).Where(d => d.Code == code).SelectMany(d => d.Related).ToList();
        Assert.Equal(at.Marked.OrderBy(m => m.Span.Start), found.Select(r => (r.Path, r.Span)).OrderBy(r => r.Span.Start));
        Assert.All(found, r => Assert.Contains(" here", r.Message, StringComparison.Ordinal));
    }
}
