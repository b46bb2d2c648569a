using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Azure.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Pipewright.Azure;
using Pipewright.Core.Schema;
using Pipewright.Deployment;
using Pipewright.LanguageServer.Deploying;
using Pipewright.Server.Tests.Emulator;
using Xunit;

namespace Pipewright.Server.Tests.Deployment;

public sealed class ServiceClientTests
{
    [Fact]
    public void A_credential_is_for_HTTPS_only_and_an_emulator_is_never_given_one()
    {
        var credential = DelegatedTokenCredential.Create((_, _) => throw new InvalidOperationException("asked for a token"));
        Assert.Throws<ArgumentException>(() => new DataFactoryClient(Target("http://127.0.0.1:1"), credential));
        Assert.Throws<ArgumentException>(() => new DataFactoryClient(Target("http://example.org"), credential));
        Assert.Throws<ArgumentException>(() => new DataFactoryClient(Target("http://example.org"), null));
        Assert.Throws<ArgumentException>(() => new DataFactoryClient(Target("https://management.azure.com"), null));
        Assert.Throws<ArgumentException>(() => new DataFactoryClient(Target("https://example.org"), credential));
        Assert.NotNull(new DataFactoryClient(Target("https://management.azure.com"), credential));
        Assert.NotNull(new DataFactoryClient(Target("http://localhost:1"), null));
    }

    [Fact]
    public async Task No_token_reaches_an_emulator()
    {
        var headers = new ConcurrentBag<string>();
        await using var server = await ScriptedServer.StartAsync(context =>
        {
            foreach (var name in context.Request.Headers.Keys)
            {
                headers.Add(name);
            }

            return context.Response.WriteAsync("{}");
        });
        await DeploymentJob.Connect(Target(server.Address)).PutAsync(new ResourceId(ResourceKind.Pipeline, "p"), "{}", null, default);
        Assert.Contains("Accept", headers);
        Assert.DoesNotContain("Authorization", headers);
    }

    [Fact]
    public async Task A_request_that_came_too_fast_is_sent_again_when_the_service_says()
    {
        var count = 0;
        await using var server = await ScriptedServer.StartAsync(context =>
        {
            if (Interlocked.Increment(ref count) == 1)
            {
                context.Response.StatusCode = 429;
                context.Response.Headers.RetryAfter = "0";
                return Task.CompletedTask;
            }

            return context.Response.WriteAsync("""{"etag":"v1"}""");
        });
        var found = await new DataFactoryClient(Target(server.Address), null).FindAsync("pipelines/p", default);
        Assert.Equal((2, "v1"), (count, found!.ETag));
    }

    [Theory]
    [InlineData("GET", 4)]
    [InlineData("PUT", 1)]
    public async Task A_connection_that_breaks_off_leaves_open_what_became_of_a_change(string method, int requests)
    {
        var count = 0;
        await using var server = await ScriptedServer.StartAsync(context =>
        {
            Interlocked.Increment(ref count);
            context.Abort();
            return Task.CompletedTask;
        });
        var e = await Assert.ThrowsAsync<ArmException>(() => CallAsync(method, server.Address, new ArmOptions { FirstPause = TimeSpan.FromMilliseconds(1) }));
        Assert.Equal((0, "NoResponse", method == "PUT", requests), (e.Status, e.Code, e.IsOutcomeUnknown, count));
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("PUT")]
    public async Task A_service_that_does_not_answer_is_not_waited_for(string method)
    {
        await using var server = await ScriptedServer.StartAsync(context => Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default));
        var e = await Assert.ThrowsAsync<ArmException>(() => CallAsync(method, server.Address, new ArmOptions { NetworkTimeout = TimeSpan.FromMilliseconds(200), MaxRetries = 0 }));
        Assert.Equal((0, "NoResponse", method == "PUT"), (e.Status, e.Code, e.IsOutcomeUnknown));
        Assert.Contains("no answer within 0.2 s", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("PUT")]
    public async Task A_service_that_is_not_there_has_changed_nothing(string method)
    {
        var e = await Assert.ThrowsAsync<ArmException>(() => CallAsync(method, "http://127.0.0.1:9", new ArmOptions { MaxRetries = 0 }));
        Assert.Equal((0, "NoResponse", false), (e.Status, e.Code, e.IsOutcomeUnknown));
        Assert.Contains("can't be reached", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        var paths = new ConcurrentQueue<string>();
        await using var server = await ScriptedServer.StartAsync(context =>
        {
            paths.Enqueue(context.Request.Path);
            context.Response.Redirect("/elsewhere", permanent: false, preserveMethod: true);
            return Task.CompletedTask;
        });
        var e = await Assert.ThrowsAsync<ArmException>(() => CallAsync("GET", server.Address, ArmOptions.Default));
        Assert.Equal(307, e.Status);
        Assert.Single(paths);
    }

    [Fact]
    public async Task A_trigger_of_events_is_started_and_stopped()
    {
        await using var emulator = await TestEmulator.StartAsync();
        await emulator.PutAsync("pipelines/p", """{"properties":{"activities":[]}}""");
        await emulator.PutAsync("triggers/t", """{"properties":{"type":"BlobEventsTrigger","pipelines":[{"pipelineReference":{"referenceName":"p","type":"PipelineReference"}}],"typeProperties":{"scope":"s","events":["Microsoft.Storage.BlobCreated"]}}}""");
        var client = DeploymentJob.Connect(Target(emulator.Address.AbsoluteUri));
        foreach (var isStarted in (bool[])[true, false])
        {
            await (isStarted ? client.StartTriggerAsync("t", default) : client.StopTriggerAsync("t", default));
            Assert.Equal(isStarted, (await client.FindAsync(new ResourceId(ResourceKind.Trigger, "t"), default))!.IsStarted);
        }
    }

    [Theory]
    [InlineData("http://example.org/next")]
    [InlineData("http://127.0.0.1:1/next")]
    [InlineData("https://127.0.0.1/next")]
    public async Task A_next_page_elsewhere_is_refused(string link)
    {
        await using var server = await ScriptedServer.StartAsync(context => context.Response.WriteAsync($$"""{"value":[],"nextLink":"{{link}}"}"""));
        var e = await Assert.ThrowsAsync<ArmException>(async () =>
        {
            await foreach (var _ in new DataFactoryClient(Target(server.Address), null).ListAsync("pipelines", default))
            {
            }
        });
        Assert.Equal("InvalidNextLink", e.Code);
    }

    [Fact]
    public async Task All_pages_of_a_list_are_read()
    {
        await using var emulator = await TestEmulator.StartAsync(pageSize: 2);
        var names = new List<string>();
        foreach (var name in (string[])["a", "b", "c", "d", "e"])
        {
            await emulator.PutAsync($"pipelines/{name}", """{"properties":{}}""");
        }

        await foreach (var item in new DataFactoryClient(Target(emulator.Address.AbsoluteUri), null).ListAsync("pipelines", default))
        {
            names.Add(item.Content.GetProperty("name").GetString()!);
        }

        Assert.Equal(["a", "b", "c", "d", "e"], names);
    }

    [Fact]
    public async Task An_answer_that_is_not_Azures_is_an_error_with_its_status()
    {
        await using var server = await ScriptedServer.StartAsync(context =>
        {
            context.Response.StatusCode = 403;
            return context.Response.WriteAsync("<html>proxy</html>");
        });
        var e = await Assert.ThrowsAsync<ArmException>(() => new DataFactoryClient(Target(server.Address), null).PutAsync("pipelines/p", "{}", null, default));
        Assert.Equal((403, "Http403"), (e.Status, e.Code));
    }

    [Fact]
    public async Task A_stale_version_is_reported_as_the_service_reports_it()
    {
        await using var emulator = await TestEmulator.StartAsync();
        var stale = (await emulator.PutAsync("pipelines/p", """{"properties":{}}""")).ETag;
        await emulator.PutAsync("pipelines/p", """{"properties":{}}""");
        var client = DeploymentJob.Connect(Target(emulator.Address.AbsoluteUri));
        var e = await Assert.ThrowsAsync<FactoryRequestException>(() => client.PutAsync(new ResourceId(ResourceKind.Pipeline, "p"), """{"properties":{}}""", stale, default));
        Assert.Equal("PreconditionFailed", e.Code);
        Assert.Contains("correlation id", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Global_parameters_are_merged_into_the_factory_that_is_there()
    {
        await using var emulator = await TestEmulator.StartAsync();
        await emulator.PutAsync("", """{"location":"East US","identity":{"type":"SystemAssigned"},"properties":{"publicNetworkAccess":"Disabled","globalParameters":{"old":{"type":"string","value":"x"}}}}""");
        var client = DeploymentJob.Connect(Target(emulator.Address.AbsoluteUri));
        await client.PutAsync(new ResourceId(ResourceKind.Factory, "whatever"), """{"location":"West","properties":{"globalParameters":{"env":{"type":"string","value":"dev"}}}}""", null, default);
        var live = (await emulator.GetAsync("")).Content!;
        Assert.Equal(("East US", "SystemAssigned"), ((string)live["location"]!, (string)live["identity"]!["type"]!));
        Assert.Equal("Disabled", (string)live["properties"]!["publicNetworkAccess"]!);
        Assert.Equal("""{"env":{"type":"string","value":"dev"}}""", live["properties"]!["globalParameters"]!.ToJsonString());
    }

    [Fact]
    public async Task A_factory_that_changed_between_reading_and_merging_is_not_overwritten()
    {
        string? sent = null;
        await using var server = await ScriptedServer.StartAsync(context =>
        {
            sent = context.Request.Method == "PUT" ? (string?)context.Request.Headers.IfMatch : sent;
            return context.Response.WriteAsync(new JsonObject { ["eTag"] = "\"v1\"", ["properties"] = new JsonObject() }.ToJsonString());
        });
        await DeploymentJob.Connect(Target(server.Address)).PutAsync(new ResourceId(ResourceKind.Factory, "f"), """{"properties":{"globalParameters":{}}}""", null, default);
        Assert.Equal("\"v1\"", sent);
    }

    private static async Task<ArmResource?> CallAsync(string method, string address, ArmOptions options)
    {
        var client = new DataFactoryClient(Target(address), null, options);
        return method == "GET" ? await client.FindAsync("pipelines/p", default) : await client.PutAsync("pipelines/p", "{}", "v1", default);
    }

    private static FactoryTarget Target(string address) => new(new Uri(address), "00000000-0000-0000-0000-000000000000", "local", "local");

    /// <summary>A server that answers every request as it is told to.</summary>
    private sealed class ScriptedServer(WebApplication app) : IAsyncDisposable
    {
        public string Address => app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();

        public static async Task<ScriptedServer> StartAsync(RequestDelegate answer)
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.Logging.ClearProviders();
            builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, 0));
            var app = builder.Build();
            app.Run(answer);
            await app.StartAsync();
            return new ScriptedServer(app);
        }

        public async ValueTask DisposeAsync()
        {
            await app.StopAsync();
            await app.DisposeAsync();
        }
    }
}
