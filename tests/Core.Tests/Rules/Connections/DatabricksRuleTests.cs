using Xunit;

namespace Pipewright.Core.Tests.Rules.Connections;

/// <summary>A linked service to Databricks names one compute, whole, and one way to sign in.</summary>
public sealed class DatabricksRuleTests
{
    private const string Start = "type: AzureDatabricks\ndomain: https://adb-1234567890123456.7.azuredatabricks.net\n";

    private const string Identity = "authentication: MSI\nworkspaceResourceId: /subscriptions/s/resourceGroups/g/providers/Microsoft.Databricks/workspaces/w\n";

    [Theory]
    [InlineData("PW4401", Start + Identity + "existingClusterId: c\n[|newClusterVersion|]: 15.4.x-scala2.12\nnewClusterNumOfWorker: '1'")]
    [InlineData("PW4403", Start + Identity + "[|newClusterVersion|]: 15.4.x-scala2.12\nnewClusterNumOfWorker: '1'")]
    [InlineData("PW4403", Start + Identity + "[|instancePoolId|]: p\nnewClusterNumOfWorker: '1'")]
    [InlineData("PW4404", Start + Identity + "newClusterVersion: v\nnewClusterNodeType: n\nnewClusterNumOfWorker: [|'8:2'|]")]
    [InlineData("PW4404", Start + Identity + "newClusterVersion: v\ninstancePoolId: p\nnewClusterNumOfWorker: [|1:4|]")]
    [InlineData("PW4404", Start + Identity + "newClusterVersion: v\nnewClusterNodeType: n\nnewClusterNumOfWorker: [|two|]")]
    [InlineData("PW4405", "type: [|AzureDatabricks|]\ndomain: https://adb-1234567890123456.7.azuredatabricks.net\nexistingClusterId: c")]
    [InlineData("PW4405", Start + Identity + "existingClusterId: c\n[|accessToken|]: { type: AzureKeyVaultSecret, store: KV, secretName: s }")]
    [InlineData("PW4405", Start + "existingClusterId: c\nauthentication: [|MSI|]")]
    [InlineData("PW4406", "type: AzureDatabricks\ndomain: [|adb-1.2.azuredatabricks.net/?o=1|]\nexistingClusterId: c\n" + Identity)]
    [InlineData("PW4406", "type: AzureDatabricks\ndomain: [|https://example.org|]\nexistingClusterId: c\n" + Identity)]
    public void It_is_found_and_mended(string code, string text) => RuleCases.Finds(code, "d.linkedService.yaml", text);

    [Theory]
    [InlineData(Start + Identity + "existingClusterId: c")]
    [InlineData(Start + Identity + "policyId: p\nnewClusterVersion: v")]
    [InlineData(Start + Identity + "newClusterVersion: v\ninstancePoolId: p\nnewClusterNumOfWorker: 4")]
    [InlineData(Start + Identity + "newClusterVersion: v\nnewClusterNodeType: n\nnewClusterNumOfWorker: '2:8'")]
    [InlineData("type: AzureDatabricks\nparameters: { d: string, w: string, c: string }\ndomain: \"@linkedService().d\"\nauthentication: MSI\nworkspaceResourceId: \"@linkedService().w\"\nexistingClusterId: \"@linkedService().c\"")]
    [InlineData("type: AzureDatabricks\ndomain: https://adb-1.2.databricks.azure.us\nexistingClusterId: c\nencryptedCredential: x")]
    public void What_is_right_is_left_in_peace(string text)
    {
        foreach (var code in new[] { "PW4401", "PW4402", "PW4403", "PW4404", "PW4405", "PW4406" })
        {
            RuleCases.FindsNothing(code, "d.linkedService.yaml", text);
        }
    }

    [Theory]
    [InlineData("DatabricksNotebook", 1)]
    [InlineData("DatabricksJob", 0)]
    public void Notebooks_need_compute_and_jobs_bring_it(string activity, int expected)
    {
        var factory = TestText.Factory("d.linkedService.yaml", Start + Identity, "p.pipeline.yaml", $"activities:\n  - {{ name: A, type: {activity}, linkedServiceName: D, notebookPath: /x }}");
        Assert.Equal(expected, RuleCases.Find(factory, factory.Documents["d.linkedService.yaml"], "PW4402").Length);
    }
}
