using System.Text.Json.Nodes;
using Pipewright.Server.Tests.Protocol;
using Xunit;
using static Pipewright.Server.Tests.AzureServices.ScriptedAzure;

namespace Pipewright.Server.Tests.AzureServices;

/// <summary>The token for Resource Manager and the one for workspaces are two, and each is seen by its own service alone.</summary>
public sealed class WorkspaceTokenTests
{
    private const string Manager = "eyJ-the-token-of-resource-manager";
    private const string Databricks = "eyJ-the-token-of-the-workspaces";
    private const string Host = "adb-1.2.databricks.azure.us";

    [Theory]
    [InlineData("https://" + Host, true)]
    [InlineData("https://example.org", false)]
    [InlineData("https://" + Host + ".example.org", false)]
    [InlineData("https://" + Host + "@example.org", false)]
    [InlineData("http://" + Host, false)]
    [InlineData("http://127.0.0.1:9", false)]
    public async Task Each_service_gets_its_own_token(string domain, bool isAsked)
    {
        using var folder = SignInTests.Folder();
        folder.Write("pipewright.yaml", folder.Read("pipewright.yaml") + "notebooks:\n  - { folder: notebooks, workspacePath: /Shared/etl }\n");
        folder.Write("notebooks/load.py", "# Databricks notebook source\n");
        folder.Write("Databricks.linkedService.yaml", $"type: AzureDatabricks\ndomain: {domain}\nauthentication: MSI\nworkspaceResourceId: /subscriptions/s\nexistingClusterId: c\n");
        folder.Write("a.pipeline.yaml", "activities:\n  - { name: A, type: DatabricksNotebook, linkedServiceName: Databricks, notebookPath: /Shared/etl/load }\n");
        var azure = new ScriptedAzure(r => r.Address.Host != Host ? EmptyFactory(r, () => Answer(200, """{"name":"a"}"""))
            : r.Method == "GET" ? Answer(404, """{"error_code":"RESOURCE_DOES_NOT_EXIST","message":"No."}""") : Answer(200, "{}"));
        var asked = new List<JsonNode>();
        await using var client = await SignInTests.StartAsync(folder, azure, question =>
        {
            asked.Add(question);
            return new JsonObject { ["token"] = ((string)question["scopes"]![0]!).StartsWith("2ff814a6-", StringComparison.Ordinal) ? Databricks : Manager };
        });
        var request = LspClient.At(folder.UriOf("a.pipeline.yaml"));
        request["notebooks"] = true;
        var plan = (await client.RequestAsync("pipewright/plan", (JsonObject)request.DeepClone()))!;
        await client.RequestAsync("pipewright/deploy", request);
        Assert.All(azure.Seen, s => Assert.Equal(s.Address.Host == Host ? "Bearer " + Databricks : "Bearer " + Manager, s.Token));
        Assert.All(azure.Seen, s => Assert.Contains(s.Address.Host, (string[])["management.usgovcloudapi.net", Host]));
        Assert.Equal(isAsked, azure.Seen.Any(s => s.Address.AbsolutePath == "/api/2.0/workspace/import"));
        Assert.Equal(isAsked, asked.Exists(a => (string)a["scopes"]![0]! == "2ff814a6-3304-4ab8-85cb-cd0e6f879c1d/.default" && (string)a["tenant"]! == "contoso"));
        Assert.Equal(isAsked ? $"One notebook goes into the workspace {Host}." : null, (string?)plan["warnings"]!.AsArray().FirstOrDefault(w => ((string)w!).StartsWith("One", StringComparison.Ordinal)));
        Assert.Equal(isAsked ? 0 : 1, plan["warnings"]!.AsArray().Count(w => ((string)w!).Contains("is not imported", StringComparison.Ordinal)));
        Assert.All(client.Received.Where(m => (string?)m["method"] != "pipewright/getToken"), m =>
        {
            Assert.DoesNotContain(Manager, m.ToJsonString(), StringComparison.Ordinal);
            Assert.DoesNotContain(Databricks, m.ToJsonString(), StringComparison.Ordinal);
        });
    }
}
