using System.Diagnostics;
using System.Text.Json.Nodes;
using Pipewright.Fuzz.Texts;
using Pipewright.Server.Tests;
using Pipewright.Server.Tests.Protocol;

namespace Pipewright.Fuzz.Protocol;

/// <summary>A long day of editing in a short time, over a factory that grows: memory, latency and handles stay.</summary>
internal sealed class SoakSuite : ISuite
{
    private const int LongRequests = 100_000;
    private const int BriefRequests = 4_000;

    /// <summary>After the factory has grown this part of all requests pass before what is held is first measured: caches have filled then.</summary>
    private const double Warm = 0.5;

    /// <summary>The server may hold this much more at the end than when it was warm: pages of a heap come and go.</summary>
    private const double MemorySlack = 1.3;

    private const double LatencySlack = 3;

    private static readonly string[] AtPlaces =
    [
        "textDocument/completion", "textDocument/hover", "textDocument/definition", "textDocument/references", "textDocument/documentHighlight", "textDocument/signatureHelp",
        "textDocument/prepareRename", "textDocument/prepareCallHierarchy", "textDocument/typeDefinition", "textDocument/linkedEditingRange",
    ];

    private static readonly string[] OfDocuments =
    [
        "textDocument/documentSymbol", "textDocument/foldingRange", "textDocument/documentLink", "textDocument/codeLens", "textDocument/semanticTokens/full", "textDocument/diagnostic",
    ];

    public string Name => "soak";

    public string What => "A session of 100,000 requests, edits, openings and closings of files and of texts without a file, over a factory that grows to 300 files: no error, and at the end memory, latency and handles are as when the server was warm.";

    public async Task RunAsync(FuzzRun run)
    {
        using var folder = new TestFolder();
        using var cache = new TestFolder();
        await using var server = await ServerProcess.StartAsync(folder.Path, cache.Path);
        var session = new SoakSession(server, folder, new Random(run.Seed));
        var all = run.IsBrief ? BriefRequests : LongRequests;
        var (warm, handles, times) = (0L, 0, new List<List<double>>());
        for (var i = 0; i < all && run.GoesOnFor(i); i++)
        {
            if (i % (all / 20) == 0)
            {
                times.Add([]);
                run.Measure("megabytes", server.Memory / 1e6);
            }

            if (i == (int)(all * Warm))
            {
                await session.SettleAsync();
                (warm, handles) = (server.Memory, server.Handles);
            }

            var clock = Stopwatch.StartNew();
            await run.TryAsync($"step {i}", null, () => session.StepAsync(growsTo: Math.Min(300, 5 + (int)(i * 300L / (all * 0.3)))));
            times[^1].Add(clock.Elapsed.TotalMilliseconds);
        }

        await session.SettleAsync();
        run.Try("what is held at the end", null, () => Check(run, server, warm, handles, times));
        await run.TryAsync("the end", null, async () => Shape.Demand((await server.EndAsync()).Code == 0, "the server does not end as it should"));
    }

    private static void Check(FuzzRun run, ServerProcess server, long warm, int handles, List<List<double>> times)
    {
        double Median(IEnumerable<double> of)
        {
            var sorted = of.Order().ToList();
            return sorted[sorted.Count / 2];
        }

        var (memory, now) = (server.Memory, server.Handles);
        var (before, after) = (Median(times.Skip(10).Take(3).SelectMany(t => t)), Median(times.TakeLast(3).SelectMany(t => t)));
        run.Measure("megabytes when warm", warm / 1e6);
        run.Measure("megabytes at the end", memory / 1e6);
        run.Measure("handles when warm", handles);
        run.Measure("handles at the end", now);
        run.Measure("ms a request when warm", before);
        run.Measure("ms a request at the end", after);
        Shape.Demand(memory < (warm * MemorySlack) + 30_000_000, $"memory has grown from {warm / 1e6:0} to {memory / 1e6:0} MB");
        Shape.Demand(now <= handles + 3, $"{handles} handles have become {now}");
        Shape.Demand(after < (before * LatencySlack) + 2, $"a request took {before:0.0} ms, and takes {after:0.0} ms");
    }

    /// <summary>One person's editing.</summary>
    private sealed class SoakSession(ServerProcess server, TestFolder folder, Random random)
    {
        private const int MostOpen = 12;

        private readonly List<string> _files = [];
        private readonly Dictionary<string, string> _open = [];
        private int _untitled;

        public async Task StepAsync(int growsTo)
        {
            if (_files.Count < growsTo)
            {
                await AddFileAsync();
            }

            switch (random.Next(20))
            {
                case 0:
                    await OpenAsync(_files[random.Next(_files.Count)]);
                    break;
                case 1:
                    await OpenAsync($"untitled:new{_untitled++}.pipeline.yaml");
                    break;
                case 2 or 3 when _open.Count > MostOpen / 2:
                    await CloseAsync(Any());
                    break;
                case < 9 when _open.Count > 0:
                    await EditAsync(Any());
                    break;
                case 9:
                    await AskAsync("workspace/symbol", new JsonObject { ["query"] = "load" });
                    break;
                case 10 when _open.Count > 0:
                    await RangeAsync(random.Next(2) == 0 ? "textDocument/codeAction" : "textDocument/inlayHint", Any());
                    break;
                case < 14 when _open.Count > 0:
                    await AskAsync(OfDocuments[random.Next(OfDocuments.Length)], LspClient.At(Any()));
                    break;
                default:
                    if (_open.Count > 0)
                    {
                        await PlaceAsync(Any());
                    }

                    break;
            }

            if (random.Next(500) == 0)
            {
                var errors = server.TakeErrors();
                Shape.Demand(errors.Count == 0, string.Join('\n', errors));
            }
        }

        /// <summary>Closes all, and waits until nothing is left to do.</summary>
        public async Task SettleAsync()
        {
            foreach (var uri in _open.Keys.ToList())
            {
                await CloseAsync(uri);
            }

            await AskAsync("workspace/symbol", new JsonObject { ["query"] = "" });
            await Task.Delay(1500);
        }

        private string Any() => _open.Keys.ElementAt(random.Next(_open.Count));

        private async Task AddFileAsync()
        {
            var name = $"load_{_files.Count}";
            var uri = folder.Write($"pipelines/{name}.pipeline.yaml", MakeText(random.Next(4, 30)));
            _files.Add(uri);
            await server.Client.NotifyAsync("workspace/didChangeWatchedFiles", new JsonObject { ["changes"] = new JsonArray(new JsonObject { ["uri"] = uri, ["type"] = 1 }) });
        }

        private string MakeText(int activities) => "parameters:\n  day: string\nactivities:\n" + string.Concat(Enumerable.Range(0, activities).Select(i => random.Next(3) switch
        {
            0 => $"  - name: Wait{i}\n    type: Wait\n    waitTimeInSeconds: \"@add({i}, 1)\"\n",
            1 => $"  - name: Call{i}\n    type: ExecutePipeline\n    pipeline: load_{random.Next(300)}\n    parameters:\n      day: \"@pipeline().parameters.day\"\n",
            _ => $"  - name: Web{i}\n    type: WebActivity\n    method: GET\n    url: \"@concat('https://example.com/', pipeline().parameters.day)\"\n",
        }));

        private async Task OpenAsync(string uri)
        {
            if (_open.Count >= MostOpen)
            {
                await CloseAsync(Any());
            }

            if (_open.TryAdd(uri, MakeText(random.Next(4, 30))))
            {
                await server.Client.OpenAsync(uri, _open[uri]);
            }
        }

        private async Task CloseAsync(string uri)
        {
            _open.Remove(uri);
            await server.Client.CloseAsync(uri);
        }

        private async Task EditAsync(string uri)
        {
            var text = _open[uri];
            var (start, length, put) = new TextMutator(random).NextEdit(text);
            put = put.Replace("\r", "", StringComparison.Ordinal);
            var after = string.Concat(text.AsSpan(0, start), put, text.AsSpan(start + length));
            if (after.Length > 20_000 || random.Next(25) == 0)
            {
                _open[uri] = MakeText(10);
                await server.Client.ReplaceAsync(uri, _open[uri]);
                return;
            }

            _open[uri] = after;
            await server.Client.ChangeAsync(uri, new JsonObject { ["range"] = new JsonObject { ["start"] = Place(text, start), ["end"] = Place(text, start + length) }, ["text"] = put });
        }

        private Task PlaceAsync(string uri)
        {
            var parameters = LspClient.At(uri);
            parameters["position"] = Place(_open[uri], random.Next(_open[uri].Length + 1));
            parameters["context"] = new JsonObject { ["includeDeclaration"] = true, ["triggerKind"] = 1 };
            return AskAsync(AtPlaces[random.Next(AtPlaces.Length)], parameters);
        }

        private Task RangeAsync(string method, string uri)
        {
            var parameters = LspClient.At(uri);
            parameters["range"] = new JsonObject { ["start"] = Place(_open[uri], 0), ["end"] = Place(_open[uri], _open[uri].Length / 4) };
            parameters["context"] = new JsonObject { ["diagnostics"] = new JsonArray() };
            return AskAsync(method, parameters);
        }

        private async Task AskAsync(string method, JsonNode parameters)
        {
            try
            {
                await server.Client.RequestAsync(method, parameters);
            }
            catch (LspErrorException e) when (e.Code is -32801 or -32803 or -32602)
            {
                // There is nothing to rename at that place, or the like.
            }
        }

        private static JsonObject Place(string text, int offset)
        {
            var before = text.AsSpan(0, offset);
            return new JsonObject { ["line"] = before.Count('\n'), ["character"] = offset - (before.LastIndexOf('\n') + 1) };
        }
    }
}
