using Pipewright.Core.Features;
using Pipewright.Core.Schema;
using Xunit;

namespace Pipewright.Core.Tests.Features.Navigation;

public sealed class DocumentLinkTests
{
    private const string Dataset = "=== d.dataset.yaml\nlinkedServiceName: lost\n";

    [Theory]
    [InlineData("=== a.pipeline.yaml\nactivities:\n  - { name: A, type: CustomThing, dataset: x }\n  - { name: B, type: [|Lookup|], dataset: [|d|], source: {} }\n" + Dataset, "https://learn.microsoft.com/azure/data-factory/control-flow-lookup-activity", "Dataset d")]
    [InlineData("=== a.pipeline.yaml\nactivities:\n  - { name: A, type: [|Wait|], waitTimeInSeconds: 1 }\n  - name: B\n    type: [|Until|]\n    activities:\n      - { name: C, type: Wait }\n      - { name: D, type: [|Fail|] }\n",
        "https://learn.microsoft.com/azure/data-factory/control-flow-wait-activity", "https://learn.microsoft.com/azure/data-factory/control-flow-until-activity", "https://learn.microsoft.com/azure/data-factory/control-flow-fail-activity")]
    [InlineData("=== dataset/x.json\n{ \"name\": \"x\", \"properties\": { \"type\": \"[|AzureSqlTable|]\", \"linkedServiceName\": { \"referenceName\": \"[|l|]\", \"type\": \"LinkedServiceReference\" } } }\n=== l.linkedService.yaml\ntype: \"[|AzureSqlDatabase|]\"\n",
        "https://learn.microsoft.com/azure/data-factory/connector-azure-sql-database", "LinkedService l")]
    [InlineData("=== t.trigger.yaml\ntype: [|ScheduleTrigger|]\ndescription: See [|https://example.org/x?y=1#z|]. And (HTTP://nowhere, [|http://example.org/a_b|]).\n", "https://learn.microsoft.com/azure/data-factory/how-to-create-schedule-trigger", "https://example.org/x?y=1#z", "http://example.org/a_b")]
    [InlineData("=== l.linkedService.yaml\ntype: [|HttpServer|]\nurl: '[|https://example.org/it''s|]'\n", "https://learn.microsoft.com/azure/data-factory/connector-http", "https://example.org/it")]
    [InlineData("=== l.linkedService.yaml\ntype: [|HttpServer|]\nurl: \"@{concat('https://example.org/', linkedService().x)}\"\n", "https://learn.microsoft.com/azure/data-factory/connector-http")]
    public void Names_types_and_addresses_lead_somewhere(string files, params string[] targets)
    {
        // What stops an address is a quote, and the host without a dot is one all the same.
        files = files.Replace("HTTP://nowhere", "[|HTTP://nowhere|]", StringComparison.Ordinal).Replace("/it''s|]", "/it|]''s", StringComparison.Ordinal);
        targets = files.Contains("nowhere", StringComparison.Ordinal) ? [.. targets[..2], "http://nowhere/", targets[2]] : targets;
        var at = NavigationCase.Open(files);
        var links = LanguageFeatures.GetLinks(at.Factory, at.Document, default);
        Assert.Equal(at.Marked.Where(m => m.Path == at.Document.Path).Select(m => m.Span), links.Select(l => l.Span));
        Assert.Equal(targets, links.Select(l => l.Page?.AbsoluteUri ?? $"{l.Target!.Kind} {l.Target.Name}"));
    }

    [Fact]
    public void Every_type_that_has_a_page_is_one_of_the_schema()
    {
        var known = new[] { ResourceKind.Dataset, ResourceKind.LinkedService, ResourceKind.Trigger }
            .Select(k => (DiscriminatedType)SchemaCatalog.Default[k].FindProperty("properties")!.Type).Append(SchemaCatalog.Default.FindActivityType()!)
            .SelectMany(t => t.Variants.Values).Select(v => v.Value.Name).ToHashSet();
        Assert.Empty(DocumentationPages.Types.Except(known));
    }

    [Fact]
    public void Every_activity_type_but_those_that_are_retired_has_a_page() => Assert.Equal(
        ["AzureDataExplorerCommand", "AzureMLBatchExecution", "AzureMLUpdateResource", "ExecuteWranglingDataflow"],
        SchemaCatalog.Default.FindActivityType()!.Variants.Where(v => DocumentationPages.Find(v.Value.Value) is null).Select(v => v.Key).Order(StringComparer.Ordinal));
}
