using Pipewright.Core.Factory;
using Pipewright.Core.Rules;
using Xunit;

namespace Pipewright.Core.Tests.Factory;

/// <summary>An edit has checked again what depends on it, and nothing else.</summary>
public sealed class FactoryQueriesTests
{
    private static readonly string[] Files =
    [
        "child.pipeline.yaml", "parameters: { day: string }\nactivities: [{ name: W, type: Wait, waitTimeInSeconds: 1 }]",
        "parent.pipeline.yaml", "activities: [{ name: C, type: ExecutePipeline, pipeline: child, parameters: { day: x } }]",
        "other.pipeline.yaml", "activities: [{ name: W, type: Wait, waitTimeInSeconds: 1 }]",
        "Lake.linkedService.yaml", "type: AzureBlobFS\nurl: https://x.dfs.core.windows.net",
        "data.dataset.yaml", "type: Parquet\nlinkedServiceName: Lake\nlocation: { type: AzureBlobFSLocation }",
    ];

    [Theory]
    [InlineData("child.pipeline.yaml", "activities: []", "child.pipeline.yaml parent.pipeline.yaml")]
    [InlineData("data.dataset.yaml", "type: Parquet\nlinkedServiceName: Other\nlocation: { type: AzureBlobFSLocation }", "Lake.linkedService.yaml data.dataset.yaml")]
    [InlineData("Lake.linkedService.yaml", "type: AzureBlobStorage\nserviceEndpoint: https://x.blob.core.windows.net", "Lake.linkedService.yaml data.dataset.yaml")]
    [InlineData("other.pipeline.yaml", "description: edited\nactivities: [{ name: W, type: Wait, waitTimeInSeconds: 1 }]", "other.pipeline.yaml")]
    public void Only_what_depends_on_an_edit_is_checked_again(string edited, string text, string expected)
    {
        var factory = TestText.Factory(Files);
        Check(factory);
        var next = factory.With(TestText.Document(edited, text));
        var before = next.Documents.Values.ToDictionary(d => d.Path, d => d.LastCheck);
        Check(next);
        var again = next.Documents.Values.Where(d => d.LastCheck != before[d.Path]).Select(d => d.Path).Order(StringComparer.Ordinal);
        Assert.Equal(expected, string.Join(' ', again));
    }

    [Fact]
    public void What_a_new_file_declares_is_found_by_who_missed_it()
    {
        var factory = TestText.Factory(Files[2..]);
        var parent = factory.Documents["parent.pipeline.yaml"];
        Assert.Contains(RuleSet.Check(factory, parent, default), d => d.Code == "PW4001");
        Assert.DoesNotContain(RuleSet.Check(TestText.Factory(Files[..2]).With(factory.Documents.Values), parent, default), d => d.Code == "PW4001");
    }

    [Fact]
    public void Who_refers_to_a_resource_is_known_after_every_edit()
    {
        var factory = TestText.Factory(Files);
        Assert.Equal(["data.dataset.yaml"], factory.ReferencesTo(Core.Schema.ResourceKind.LinkedService, "LAKE").Select(d => d.Path));
        factory = factory.With(TestText.Document("b.dataset.yaml", "type: Parquet\nlinkedServiceName: lake\nlocation: { type: AzureBlobFSLocation }")).Without("data.dataset.yaml");
        Assert.Equal(["b.dataset.yaml"], factory.ReferencesTo(Core.Schema.ResourceKind.LinkedService, "Lake").Select(d => d.Path));
        Assert.False(factory.Without("b.dataset.yaml").IsReferenced(Core.Schema.ResourceKind.LinkedService, "Lake"));
    }

    private static void Check(FactorySnapshot factory)
    {
        foreach (var document in factory.Documents.Values)
        {
            RuleSet.Check(factory, document, default);
        }
    }
}
