using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Pipewright.Server.Tests.Live;

/// <summary>A Databricks workspace in this process, on a free port: it gives what it is told to give, or does not answer.</summary>
internal sealed class TestWorkspace : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly TaskCompletionSource _over = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private TestWorkspace(WebApplication app) => _app = app;

    /// <summary>As a linked service names it.</summary>
    public string Address { get; private set; } = "";

    /// <summary>Bodies by path and query, as they are before they are escaped. What is not here is not there.</summary>
    public ConcurrentDictionary<string, string> Answers { get; } = new(new Dictionary<string, string>
    {
        ["/api/2.0/workspace/list?path=/"] = """{"objects":[{"path":"/Shared","object_type":"DIRECTORY"}]}""",
        ["/api/2.0/workspace/list?path=/Shared"] = """{"objects":[{"path":"/Shared/load","object_type":"NOTEBOOK","language":"PYTHON"},{"path":"/Shared/etl","object_type":"DIRECTORY"},{"path":"/Shared/a.txt","object_type":"FILE"}]}""",
        ["/api/2.0/workspace/get-status?path=/Shared/load"] = """{"path":"/Shared/load","object_type":"NOTEBOOK","language":"PYTHON"}""",
        ["/api/2.0/workspace/export?path=/Shared/load&format=SOURCE"] = $$"""{"content":"{{Convert.ToBase64String("# Databricks notebook source\ndbutils.widgets.text(\"day\", \"\")\nprint(dbutils.widgets.get(\"day\"))\n"u8)}}"}""",
        ["/api/2.2/jobs/list?limit=100"] = """{"jobs":[{"job_id":42,"settings":{"name":"Nightly load"}}]}""",
        ["/api/2.2/jobs/get?job_id=42"] = """{"job_id":42,"settings":{"name":"Nightly load","parameters":[{"name":"day","default":""}],"tasks":[{"task_key":"load"}]}}""",
        ["/api/2.1/clusters/list?page_size=100"] = """{"clusters":[{"cluster_id":"0101-1-a","cluster_name":"Shared","state":"RUNNING","cluster_source":"UI"}]}""",
        ["/api/2.1/clusters/spark-versions"] = """{"versions":[{"key":"15.4.x-scala2.12","name":"15.4 LTS"}]}""",
        ["/api/2.1/clusters/list-node-types"] = """{"node_types":[{"node_type_id":"Standard_D4ds_v5","memory_mb":16384,"num_cores":4.0}]}""",
        ["/api/2.0/instance-pools/list"] = """{"instance_pools":[{"instance_pool_id":"p-1","instance_pool_name":"Warm"}]}""",
        ["/api/2.0/policies/clusters/list"] = """{"policies":[{"policy_id":"A1","name":"Small"}]}""",
    });

    /// <summary>What has been asked for, in order.</summary>
    public ConcurrentQueue<string> Asked { get; } = new();

    /// <summary>Whether a request is left without an answer, for ever.</summary>
    public Func<string, bool> Hangs { get; set; } = _ => false;

    /// <summary>The status of all answers; null for what is right.</summary>
    public int? Refuses { get; set; }

    public static async Task<TestWorkspace> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var workspace = new TestWorkspace(builder.Build());
        workspace._app.Run(workspace.AnswerAsync);
        await workspace._app.StartAsync();
        workspace.Address = workspace._app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        return workspace;
    }

    /// <summary>A linked service to it.</summary>
    public string Service(string more = "") => $"type: AzureDatabricks\ndomain: {Address}\nauthentication: MSI\nworkspaceResourceId: /subscriptions/s/w\n{(more.Length == 0 ? "existingClusterId: 0101-1-a" : more)}\n";

    public async ValueTask DisposeAsync()
    {
        _over.TrySetResult();
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var asked = Uri.UnescapeDataString(context.Request.Path + context.Request.QueryString.ToString());
        Asked.Enqueue(asked);
        if (Hangs(asked))
        {
            await _over.Task;
            context.Abort();
            return;
        }

        var isThere = Answers.TryGetValue(asked, out var body);
        context.Response.StatusCode = Refuses ?? (isThere ? 200 : 404);
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(Refuses is not null ? """{"error_code":"PERMISSION_DENIED","message":"Not you."}""" : body ?? """{"error_code":"RESOURCE_DOES_NOT_EXIST","message":"It is not there."}""");
    }
}
