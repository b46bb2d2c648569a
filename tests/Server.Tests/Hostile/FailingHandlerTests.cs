using System.IO.Pipelines;
using System.Text.Json;
using Pipewright.LanguageServer;
using Pipewright.LanguageServer.Protocol;
using Pipewright.LanguageServer.Running;
using Pipewright.Server.Tests.Protocol;
using Xunit;

namespace Pipewright.Server.Tests.Hostile;

/// <summary>A handler that did not foresee something is an error of one request, and nothing more.</summary>
public sealed class FailingHandlerTests
{
    private const int InternalError = -32603;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Its_error_is_told_without_secrets_and_the_next_request_is_answered(bool isLate)
    {
        var (up, down) = (new Pipe(), new Pipe());
        var reported = new List<string>();
        using var host = new JsonRpcHost(up.Reader.AsStream(), down.Writer.AsStream(), (method, problem) => reported.Add($"{method}: {problem.Message}"), text => text.Replace("the-token", "(token)", StringComparison.Ordinal));
        host.Register("fails", async (_, cancellation) =>
        {
            await (isLate ? Task.Delay(10, cancellation) : Task.CompletedTask);
            throw new InvalidOperationException("It had the-token in it.");
        });
        host.Register("works", (_, _) => Task.FromResult<JsonElement?>(ProtocolJson.Write(new LogTraceParams("yes"), ProtocolJson.Default.LogTraceParams)));
        host.Start();
        var client = new LspClient(down.Reader.AsStream(), up.Writer.AsStream(), host.Completion.ContinueWith(_ => 0, TaskScheduler.Default));
        var error = await Assert.ThrowsAsync<LspErrorException>(() => client.RequestAsync("fails", null));
        Assert.Equal((InternalError, $"{InternalError}: fails failed: It had (token) in it."), (error.Code, error.Message));
        Assert.Equal("yes", (string)(await client.RequestAsync("works", null))!["message"]!);
        Assert.Equal(["fails: It had the-token in it."], reported);
        await up.Writer.CompleteAsync();
        await down.Writer.CompleteAsync();
        await client.DisposeAsync();
    }

    [Fact]
    public void Names_of_scratch_runs_are_kept_for_the_latest_only()
    {
        var names = new ScratchNames();
        for (var i = 0; i < 1000; i++)
        {
            names.Add($"run{i}", new Dictionary<string, string> { ["scratch"] = $"name{i}" });
            names.Add($"run{i}", new Dictionary<string, string>());
        }

        Assert.Null(names.Find("run900"));
        Assert.Equal("name999", names.Find("run999")!["scratch"]);
        Assert.Equal("name950", names.Find("run950")!["scratch"]);
    }
}
