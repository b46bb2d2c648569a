using Pipewright.Core.Tests;
using Pipewright.Deployment.Planning;
using Pipewright.Deployment.Templates;
using Xunit;

namespace Pipewright.Server.Tests.Templates;

/// <summary>Microsoft's own compiler takes the Bicep, and makes of it the template that the export to ARM writes.</summary>
public sealed class BicepTests
{
    private const string Hard = """
        {
          "name": "p",
          "properties": {
            "description": "It's ${x} \\ \"y\" \n\t [z]",
            "parameters": { "true": { "type": "string", "defaultValue": "[concat('a')]" }, "a-b": { "type": "float", "defaultValue": 1.50 }, "1": { "type": "string", "defaultValue": "[[half" } },
            "activities": [
              { "name": "W", "type": "Wait", "typeProperties": { "waitTimeInSeconds": -1 }, "userProperties": [ { "name": "[n]", "value": "\u0007é😀\u2028" }, { "name": "$", "value": "$\\{" } ] },
              { "name": "C", "type": "ExecutePipeline", "typeProperties": { "pipeline": { "referenceName": "Q Q", "type": "PipelineReference" } } },
              { "name": "D", "type": "ExecutePipeline", "typeProperties": { "pipeline": { "referenceName": "elsewhere", "type": "PipelineReference" } } },
              { "name": "E", "type": "ExecutePipeline", "typeProperties": { "pipeline": { "referenceName": "q q", "type": "PipelineReference" } } },
              { "name": "F", "type": "Lookup", "typeProperties": { "x": 9007199254740993, "y": 1e3, "z": null, "[k]": true } }
            ]
          }
        }
        """;

    [BicepTheory]
    [InlineData("medallion")]
    [InlineData("medallion-git")]
    public async Task The_sample_means_the_same_and_is_of_Azures_types(string sample)
    {
        var complaints = await CompareAsync([("sample", ExportedTexts.Request(ExportedTexts.ReadFolder(Path.Combine(Repository.Root, "samples", sample))))]);

        // Advice about addresses stays; what the types have to say has a code of its own.
        Assert.DoesNotContain(complaints, c => c.Contains("BCP", StringComparison.Ordinal));
    }

    [BicepTheory]
    [InlineData("pipeline/p.json", Hard, "pipeline/Q Q.json", """{ "name": "Q Q", "properties": { "activities": [] } }""")]
    [InlineData("pipeline/1's.json", """{ "name": "1's", "properties": { "activities": [] } }""", "pipeline/1-s.json", """{ "name": "1-s", "properties": { "activities": [] } }""")]
    [InlineData(
        "managedVirtualNetwork/net/managedPrivateEndpoint/e.json", """{ "name": "e", "properties": { "privateLinkResourceId": "/x", "groupId": "dfs", "fqdns": [ "a" ] } }""",
        "linkedService/1 a.json", """{ "name": "1 a", "properties": { "type": "AzureSqlDatabase", "typeProperties": { "userName": "u", "username": "v", "encryptedCredential": "x", "connectVia": {} } } }""")]
    public async Task What_is_hard_to_write_means_the_same(string path, string text, string otherPath, string otherText) =>
        await CompareAsync([("hard", ExportedTexts.Request((path, text), (otherPath, otherText), ("factory/f.json", """{ "name": "f", "properties": { "globalParameters": { "half": { "type": "float", "value": 0.5 } } }, "identity": { "type": "SystemAssigned", "principalId": "p" } }""")))]);

    [BicepCorpusFact]
    public async Task Real_factories_mean_the_same()
    {
        var requests = new List<(string, TemplateRequest)>();
        foreach (var factory in CorpusFiles.Factories)
        {
            var documents = CorpusFiles.Load(factory).Where(d => !d.HasSyntaxErrors && !d.IsForeign).ToList();
            var snapshot = Core.Factory.FactorySnapshot.Empty.With(documents);
            try
            {
                requests.Add((Path.GetFileName(factory), ExportedTexts.Request(snapshot, DeploymentScope.ChooseFactory(snapshot.Documents.Values.ToList(), null))));
            }
            catch (DeploymentCycleException)
            {
                // Azure deploys no circle either, in whatever way.
            }
        }

        Assert.True(requests.Count > 50);
        await CompareAsync(requests);
    }

    /// <summary>Compiles, and compares with the templates of ARM. Gives the compiler's warnings.</summary>
    private static async Task<string[]> CompareAsync(IReadOnlyCollection<(string Name, TemplateRequest Request)> requests)
    {
        using var folder = new TestFolder();
        foreach (var (name, request) in requests)
        {
            foreach (var file in TemplateExport.ToBicep(request).Files)
            {
                folder.Write($"{name}/{file.Path}", file.Text);
            }
        }

        var complaints = await BicepCompiler.RunAsync(folder.Path);
        Assert.DoesNotContain(complaints, c => c.Contains(" : Error ", StringComparison.Ordinal));
        foreach (var (name, request) in requests)
        {
            var arm = TemplateExport.ToArm(request);
            foreach (var template in arm.Files.Where(f => f.Path.EndsWith("ARMTemplateForFactory.json", StringComparison.Ordinal)))
            {
                var module = template.Path.StartsWith("factory/", StringComparison.Ordinal) ? "factory" : "main";
                var difference = new TemplateMeaning(template.Text).FindDifference(new TemplateMeaning(folder.Read($"{name}/{module}.json")));
                Assert.True(difference is null, $"{name}/{module}: {difference}");
            }
        }

        return complaints;
    }
}
