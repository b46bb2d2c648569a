using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Pipewright.Fuzz.Texts;
using Pipewright.Server.Tests;
using Pipewright.Server.Tests.Protocol;

namespace Pipewright.Fuzz.Protocol;

/// <summary>Messages of every method that the server has, with parameters that are wrong in some way.</summary>
internal sealed partial class MessageSuite : ISuite
{
    private const int InternalError = -32603;

    private const string Text = "parameters:\n  day: string\nactivities:\n  - name: Load\n    type: Wait\n    waitTimeInSeconds: 1\n  - name: Mail\n    type: WebActivity\n    dependsOn: [Load]\n    url: \"@concat('x', pipeline().parameters.day)\"\n    method: GET\n";

    /// <summary>These end the session, or would wait for an answer of somebody else.</summary>
    private static readonly string[] Excluded = ["exit", "shutdown", "initialize", "pipewright/signIn"];

    public string Name => "messages";

    public string What => "A request or notification of any method with parameters of wrong types, missing, too many, far out of range: answered by a result or by an error that is the client's; nothing is logged as an error, and the next request is answered.";

    public async Task RunAsync(FuzzRun run)
    {
        using var folder = new TestFolder(("a.pipeline.yaml", Text), ("b.dataset.yaml", "type: Json\n"), ("pipewright.yaml", "targets: {}\n"), ("nb/x.py", "# Databricks notebook source\n"));
        using var cache = new TestFolder();
        await using var server = await ServerProcess.StartAsync(folder.Path, cache.Path);
        var uri = folder.UriOf("a.pipeline.yaml");
        await server.Client.OpenAsync(uri, Text);
        var methods = FindMethods();
        for (var seed = run.Seed * 1_000_000; run.GoesOn; seed++)
        {
            var random = new Random(seed);
            var method = methods[random.Next(methods.Count)];
            var parameters = Damage(Parameters(folder, random), random);
            await run.TryAsync($"{method}, seed {seed}", parameters?.ToJsonString(), () => SendAsync(server, method, parameters, uri));
            if (seed % 100 == 0)
            {
                await server.Client.OpenAsync(uri, Text);
            }
        }

        run.Measure("methods", methods.Count);
        await run.TryAsync("the end", null, async () => Shape.Demand((await server.EndAsync()).Code == 0, "the server does not end as it should"));
    }

    private static async Task SendAsync(ServerProcess server, string method, JsonNode? parameters, string uri)
    {
        try
        {
            if (method.Contains("/did", StringComparison.Ordinal) || method is "initialized")
            {
                await server.Client.NotifyAsync(method, parameters);
            }
            else
            {
                _ = await server.Client.RequestAsync(method, parameters).WaitAsync(TimeSpan.FromSeconds(30));
            }
        }
        catch (LspErrorException e) when (e.Code != InternalError)
        {
            // Refused, as it should be.
        }

        if (method is "textDocument/didClose" or "textDocument/didOpen" or "textDocument/didChange" or "workspace/didChangeWorkspaceFolders")
        {
            await server.Client.OpenAsync(uri, Text);
        }

        await server.CheckAliveAsync(uri);
        // Of a notification with wrong parameters only the log can tell.
        var errors = server.TakeErrors().Where(e => !e.Contains(": The parameters are", StringComparison.Ordinal) && !e.Contains("JSON", StringComparison.Ordinal) && !e.Contains("Path: $", StringComparison.Ordinal) && !e.Contains("A list has null", StringComparison.Ordinal)).ToList();
        Shape.Demand(errors.Count == 0, string.Join('\n', errors));
    }

    /// <summary>What most methods take, with members of others; each reads what it knows.</summary>
    private static JsonObject Parameters(TestFolder folder, Random random)
    {
        var uri = folder.UriOf(random.Next(8) switch { 0 => "b.dataset.yaml", 1 => "pipewright.yaml", 2 => "nb/x.py", 3 => "missing.pipeline.yaml", _ => "a.pipeline.yaml" });
        JsonObject Position() => new() { ["line"] = random.Next(12), ["character"] = random.Next(30) };
        JsonObject Range() => new() { ["start"] = Position(), ["end"] = Position() };
        return new JsonObject
        {
            ["textDocument"] = new JsonObject { ["uri"] = uri, ["version"] = random.Next(5), ["languageId"] = "yaml", ["text"] = Text },
            ["position"] = Position(),
            ["positions"] = new JsonArray(Position(), Position()),
            ["range"] = Range(),
            ["context"] = new JsonObject { ["diagnostics"] = new JsonArray(), ["includeDeclaration"] = true, ["triggerKind"] = 1, ["triggerCharacter"] = "." },
            ["options"] = new JsonObject { ["tabSize"] = random.Next(-2, 100), ["insertSpaces"] = true },
            ["contentChanges"] = new JsonArray(new JsonObject { ["range"] = Range(), ["text"] = "x: [" }, new JsonObject { ["text"] = Text }),
            ["changes"] = new JsonArray(new JsonObject { ["uri"] = uri, ["type"] = random.Next(5) }),
            ["event"] = new JsonObject { ["added"] = new JsonArray(), ["removed"] = new JsonArray(new JsonObject { ["uri"] = uri, ["name"] = "x" }) },
            ["settings"] = new JsonObject { ["pipewright"] = new JsonObject { ["validation"] = true } },
            ["newName"] = "other",
            ["query"] = "L",
            ["ch"] = "\n",
            ["command"] = "pipewright.deploy",
            ["arguments"] = new JsonArray(uri),
            ["item"] = new JsonObject { ["name"] = "Load", ["kind"] = 2, ["uri"] = uri, ["range"] = Range(), ["selectionRange"] = Range(), ["data"] = new JsonObject() },
            ["label"] = "Load",
            ["data"] = new JsonObject { ["uri"] = uri },
            ["previousResultId"] = "1",
            ["previousResultIds"] = new JsonArray(),
            ["files"] = new JsonArray(new JsonObject { ["oldUri"] = uri, ["newUri"] = uri + "2" }),
            ["uri"] = uri,
            ["expression"] = "@concat('a')",
            ["kind"] = "pipeline",
            ["name"] = "a",
            ["count"] = random.Next(-5, 50),
            ["id"] = 1,
            ["value"] = "off",
        };
    }

    private static JsonNode? Damage(JsonNode node, Random random)
    {
        for (var n = random.Next(5); n > 0; n--)
        {
            var places = Places(node).ToList();
            var (owner, key) = places[random.Next(places.Count)];
            JsonNode? put = random.Next(14) switch
            {
                0 => null,
                1 => -1,
                2 => int.MaxValue,
                3 => long.MinValue,
                4 => 1e300,
                5 => "",
                6 => new string('x', random.Next(10_000)),
                7 => new JsonArray(),
                8 => new JsonObject(),
                9 => true,
                10 => "file:///../../etc/passwd",
                11 => "\uD83D",
                12 => new JsonArray(new JsonArray(new JsonArray("deep"))),
                _ => int.MinValue,
            };
            if (owner is JsonObject holder && key is string name)
            {
                holder[name] = put;
                if (random.Next(4) == 0)
                {
                    holder.Remove(name);
                }
            }
            else if (owner is JsonArray list)
            {
                list[(int)key] = put;
            }
        }

        return random.Next(60) == 0 ? null : node;
    }

    private static IEnumerable<(JsonNode Owner, object Key)> Places(JsonNode? node) => node switch
    {
        JsonObject holder => holder.SelectMany(m => Places(m.Value).Prepend((holder, m.Key))),
        JsonArray list => list.SelectMany((item, i) => Places(item).Prepend((list, i))),
        _ => [],
    };

    /// <summary>The methods that the server's sources register.</summary>
    private static List<string> FindMethods() =>
    [
        .. Directory.EnumerateFiles(Path.Combine(Subjects.Repository, "server", "LanguageServer"), "*.cs", SearchOption.AllDirectories)
            .SelectMany(f => Registered().Matches(File.ReadAllText(f))).Select(m => m.Groups[1].Value).Distinct().Except(Excluded).Order(StringComparer.Ordinal),
    ];

    [GeneratedRegex("Register\\w*\\(\\s*\"([^\"]+)\"")]
    private static partial Regex Registered();
}
