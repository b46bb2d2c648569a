using System.Text.Json.Nodes;
using Pipewright.Fuzz.Texts;
using Pipewright.Server.Tests;
using Pipewright.Server.Tests.Protocol;

namespace Pipewright.Fuzz.Protocol;

/// <summary>Storms of requests that are taken back, edits between them, and ends in the middle.</summary>
internal sealed class CancellationSuite : ISuite
{
    private const int RequestsOfOneStorm = 60;

    private static readonly string[] Methods =
        ["textDocument/completion", "textDocument/hover", "textDocument/documentSymbol", "textDocument/semanticTokens/full", "textDocument/codeLens", "textDocument/foldingRange", "textDocument/references"];

    public string Name => "cancellations";

    public string What => "Sixty requests at once, most of them cancelled in any order (also before they are sent, twice, or after their answer), with edits and impossible ranges between: each gets one answer, and the text is as the edits say. Each tenth storm ends by a shutdown in its middle: the process exits with 0.";

    public async Task RunAsync(FuzzRun run)
    {
        using var folder = new TestFolder(("a.pipeline.yaml", "activities: []\n"));
        using var cache = new TestFolder();
        var uri = folder.UriOf("a.pipeline.yaml");
        var server = await ServerProcess.StartAsync(folder.Path, cache.Path);
        await server.Client.OpenAsync(uri, MakeText(0));
        for (var storm = 1; run.GoesOn; storm++)
        {
            var random = new Random((run.Seed * 1_000_000) + storm);
            await run.TryAsync($"storm {storm}", null, () => StormAsync(server.Client, uri, random));
            if (storm % 10 == 0)
            {
                await run.TryAsync($"the end in storm {storm}", null, () => EndAsync(server, uri));
                await server.DisposeAsync();
                server = await ServerProcess.StartAsync(folder.Path, cache.Path);
                await server.Client.OpenAsync(uri, MakeText(storm));
            }

            server.Client.Forget();
        }

        await server.DisposeAsync();
    }

    private static string MakeText(int seed) => "activities:\n" + string.Concat(Enumerable.Range(0, 60).Select(i => $"  - name: Step{seed}_{i}\n    type: Wait\n    waitTimeInSeconds: \"@add(1, {i})\"\n"));

    private static async Task StormAsync(LspClient client, string uri, Random random)
    {
        var answers = new List<Task>();
        await client.NotifyAsync("$/cancelRequest", new JsonObject { ["id"] = random.Next(1_000_000, 2_000_000) });
        for (var i = 0; i < RequestsOfOneStorm; i++)
        {
            if (random.Next(6) == 0)
            {
                await client.ChangeAsync(uri, Edit(random));
            }

            var parameters = LspClient.At(uri);
            parameters["position"] = new JsonObject { ["line"] = random.Next(200), ["character"] = random.Next(40) };
            parameters["context"] = new JsonObject { ["includeDeclaration"] = true, ["triggerKind"] = 1 };
            var (id, answer) = await client.BeginAsync(Methods[random.Next(Methods.Length)], parameters);
            answers.Add(answer);
            for (var n = random.Next(3); n > 0; n--)
            {
                await client.NotifyAsync("$/cancelRequest", new JsonObject { ["id"] = id - random.Next(3) });
            }
        }

        foreach (var answer in answers)
        {
            try
            {
                await answer.WaitAsync(TimeSpan.FromSeconds(60));
            }
            catch (LspErrorException e) when (e.Code is -32800 or -32801)
            {
                // Cancelled, or out of date.
            }
        }

        await client.ReplaceAsync(uri, "activities:\n  - { name: Last, type: Wait, waitTimeInSeconds: 1 }\n");
        var symbols = await client.RequestAsync("textDocument/documentSymbol", LspClient.At(uri));
        Shape.Demand(symbols!.ToJsonString().Contains("Last", StringComparison.Ordinal), "the text is not as the last edit says");
        await client.ReplaceAsync(uri, MakeText(random.Next(1000)));
    }

    /// <summary>Ranges that are turned around, or lie beyond the text, count as LSP says: as the ends of what is there.</summary>
    private static JsonObject Edit(Random random)
    {
        int Number() => random.Next(5) switch { 0 => int.MaxValue, 1 => -random.Next(100), _ => random.Next(300) };
        JsonObject Position() => new() { ["line"] = Number(), ["character"] = Number() };
        return new JsonObject { ["range"] = new JsonObject { ["start"] = Position(), ["end"] = Position() }, ["text"] = random.Next(2) == 0 ? "" : "x" };
    }

    private static async Task EndAsync(ServerProcess server, string uri)
    {
        var open = new List<Task>();
        for (var i = 0; i < 10; i++)
        {
            open.Add((await server.Client.BeginAsync(Methods[i % Methods.Length], new JsonObject { ["textDocument"] = new JsonObject { ["uri"] = uri }, ["position"] = new JsonObject { ["line"] = 1, ["character"] = 1 } })).Reply);
        }

        var (code, errors) = await server.EndAsync();
        Shape.Demand(code == 0, $"the exit code is {code}");
        Shape.Demand(errors.Length == 0, errors);
        await Task.WhenAny(Task.WhenAll(open), Task.Delay(TimeSpan.FromSeconds(10)));
        open.ForEach(o => _ = o.Exception);
    }
}
