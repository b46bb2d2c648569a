using System.Diagnostics;
using System.Text.Json.Nodes;
using Pipewright.Server.Tests.CommandLine;
using Xunit;

namespace Pipewright.Server.Tests.Protocol;

/// <summary>The program itself as a server: its streams, its exit code, its end.</summary>
public sealed class ProcessTests
{
    [Theory]
    [InlineData("lsp")]
    [InlineData("lsp", "--stdio")]
    public async Task The_program_serves_over_its_standard_streams(params string[] arguments)
    {
        using var folder = new TestFolder(("orders.pipeline.yaml", ""));
        using var process = PipewrightProgram.Start(arguments);
        await using (var client = Connect(process))
        {
            await client.InitializeAsync([folder.Uri]);
            var uri = folder.UriOf("orders.pipeline.yaml");
            await client.OpenAsync(uri, "activities: 7\n");
            Assert.NotEmpty(await client.PublishedAsync(uri));
            await client.RequestAsync("shutdown", null);
            await client.NotifyAsync("exit", null);
            Assert.Equal(0, await client.Exit);
        }

        Assert.Empty(await process.StandardError.ReadToEndAsync());
    }

    [Fact]
    public async Task The_program_ends_when_its_client_has_died()
    {
        using var editor = Process.Start("sleep", "600");
        using var process = PipewrightProgram.Start("lsp");
        await using var client = Connect(process);
        await client.RequestAsync("initialize", new JsonObject { ["processId"] = editor.Id, ["capabilities"] = new JsonObject() });
        editor.Kill();
        Assert.Equal(1, await client.Exit);
    }

    [Fact]
    public async Task The_program_ends_when_its_input_does()
    {
        using var process = PipewrightProgram.Start("lsp");
        await using var client = Connect(process);
        await client.InitializeAsync([]);
        await client.HangUpAsync();
        Assert.Equal(1, await client.Exit);
    }

    private static LspClient Connect(Process process) =>
        new(process.StandardOutput.BaseStream, process.StandardInput.BaseStream, process.WaitForExitAsync().ContinueWith(_ => process.ExitCode, TaskScheduler.Default));
}
