// The server as editors run it: a process of its own, over its standard streams.
using System.Diagnostics;
using System.Text.Json.Nodes;
using Pipewright.Server.Tests.Protocol;

namespace Pipewright.Fuzz.Protocol;

internal sealed class ServerProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly Task<string> _errors;

    private ServerProcess(Process process)
    {
        _process = process;
        _errors = process.StandardError.ReadToEndAsync();
        Client = new LspClient(process.StandardOutput.BaseStream, process.StandardInput.BaseStream, process.WaitForExitAsync().ContinueWith(_ => process.ExitCode, TaskScheduler.Default));
    }

    public LspClient Client { get; }

    /// <summary>What the system has given to it, in bytes.</summary>
    public long Memory
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    /// <summary>How many files, pipes and sockets it holds; 0 where the system does not tell.</summary>
    public int Handles => Directory.Exists($"/proc/{_process.Id}/fd") ? Directory.GetFiles($"/proc/{_process.Id}/fd").Length : 0;

    /// <summary>Begins a session with all that a client can say that it does.</summary>
    /// <param name="cache">Where it keeps what it knows: never the folder of the user.</param>
    public static async Task<ServerProcess> StartAsync(string folder, string cache)
    {
        var server = Environment.GetEnvironmentVariable("PIPEWRIGHT_SERVER");
        var start = server is null
            ? new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "pipewright.dll"), "lsp"])
            : new ProcessStartInfo(server, ["lsp"]);
        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
        start.Environment["XDG_CACHE_HOME"] = cache;
        var process = new ServerProcess(Process.Start(start)!);
        await process.Client.InitializeAsync([new Uri(folder).AbsoluteUri], Capabilities);
        return process;
    }

    /// <summary>A question that every server which lives can answer.</summary>
    public async Task CheckAliveAsync(string uri) =>
        _ = await Client.RequestAsync("textDocument/documentSymbol", LspClient.At(uri)) ?? throw new InvalidOperationException("the server answers nothing any more");

    /// <summary>Ends it as an editor does.</summary>
    /// <returns>Its exit code, and what it wrote where nobody reads.</returns>
    public async Task<(int Code, string Errors)> EndAsync()
    {
        await Client.RequestAsync("shutdown", null);
        await Client.NotifyAsync("exit", null);
        return (await Client.Exit, await _errors);
    }

    /// <summary>Errors that it has told of since this was last asked: handlers that did not foresee something.</summary>
    public IReadOnlyList<string> TakeErrors()
    {
        var errors = Client.Received.Where(m => m["method"]?.GetValue<string>() == "window/logMessage" && m["params"]!["type"]!.GetValue<int>() == 1)
            .Select(m => m["params"]!["message"]!.GetValue<string>()).ToList();
        Client.Forget();
        return errors;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        await Client.DisposeAsync();
        _process.Dispose();
    }

    private static string Capabilities { get; } = new JsonObject
    {
        ["workspace"] = new JsonObject { ["configuration"] = false, ["workspaceEdit"] = new JsonObject { ["documentChanges"] = true, ["resourceOperations"] = new JsonArray("create", "rename", "delete") } },
        ["textDocument"] = new JsonObject
        {
            ["codeAction"] = new JsonObject { ["codeActionLiteralSupport"] = new JsonObject(), ["dataSupport"] = true, ["resolveSupport"] = new JsonObject { ["properties"] = new JsonArray("edit") } },
            ["completion"] = new JsonObject { ["completionItem"] = new JsonObject { ["snippetSupport"] = true, ["documentationFormat"] = new JsonArray("markdown") } },
            ["rename"] = new JsonObject { ["prepareSupport"] = true },
        },
    }.ToJsonString();
}
