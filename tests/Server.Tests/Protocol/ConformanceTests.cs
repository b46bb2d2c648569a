using System.Collections;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Pipewright.LanguageServer.Protocol;
using Xunit;

namespace Pipewright.Server.Tests.Protocol;

/// <summary>
/// What a client does not announce is not sent: for each capability that the server asks about, what it sends with it and not without it. The rest of the client is
/// the same both times.
/// </summary>
public sealed class ConformanceTests
{
    private const string Activity = "activities:\n  - name: A\n    type: Copy\n    ";
    private const string Wrong = """
        variables: { v: String }
        activities:
          - { name: A, type: Wait, waitTimeInSeconds: 1 }
          - { name: A, type: Wait, waitTimeInSeconds: 1, dependsOn: [Ax|] }
          - { name: C, type: AzureMLBatchExecution }

        """;

    private const string Call = "# one\n# two\nactivities:\n  - { name: A, type: ExecutePipeline, pipeline: Ch|ild }\n";
    private const string Expression = "activities:\n  - name: A\n    type: Fail\n    errorCode: x\n    message: \"@concat(|'a', activity('B').output)\"\n";
    private const string Literals = "textDocument/codeAction/codeActionLiteralSupport={}";
    private const string Operations = "workspace/workspaceEdit/documentChanges=true;workspace/workspaceEdit/resourceOperations=[\"create\",\"rename\",\"delete\"]";
    private const string Later = Literals + ";" + Operations + ";textDocument/codeAction/dataSupport=true;textDocument/codeAction/resolveSupport/properties=[\"edit\"]";
    private const string Item = "textDocument/completion/completionItem/";
    private const string Signature = "textDocument/signatureHelp/signatureInformation/";
    private const string Published = "textDocument/publishDiagnostics/";
    private const string Synchronization = "textDocument/synchronization/dynamicRegistration=true";
    private const string Fold = "textDocument/foldingRange/";

    /// <summary>The capability with its value, what else the client announces, the message, the document with its cursor, and what is in the message.</summary>
    public static TheoryData<string, string, string, string, string> Rows => new()
    {
        { "general/positionEncodings=[\"utf-8\"]", "", "initialize", "", "\"positionEncoding\":\"utf-8\"" },
        { Item + "snippetSupport=true", "", "textDocument/completion", "activities:\n  - name: A\n    type: Noteb|\n", "\"insertTextFormat\":2" },
        { Item + "documentationFormat=[\"markdown\"]", "", "textDocument/completion", Activity + "|", "\"kind\":\"markdown\"" },
        { Item + "deprecatedSupport=true", "", "textDocument/completion", "activities:\n  - name: A\n    type: |\n", "\"deprecated\":true" },
        { Item + "tagSupport={\"valueSet\":[1]}", "", "textDocument/completion", "activities:\n  - name: A\n    type: |\n", "\"tags\":\\[1\\]" },
        { Item + "insertTextModeSupport/valueSet=[1]", "", "textDocument/completion", Activity + "|", "\"insertTextMode\":1" },
        { Item + "commitCharactersSupport=true", "", "textDocument/completion", "activities:\n  - { name: B, type: Wait, waitTimeInSeconds: 1 }\n  - { name: A, type: Fail, errorCode: x, dependsOn: [B], message: \"@activity('B').|\" }\n", "\"commitCharacters\"" },
        { Item + "labelDetailsSupport=true", "", "textDocument/completion", Activity + "|", "\"labelDetails\"" },
        { Item + "resolveSupport/properties=[\"documentation\"]", "", "textDocument/completion", Activity + "|", "\"data\":" },
        { "textDocument/completion/completionItemKind/valueSet=[20,23]", "", "textDocument/completion", "activities:\n  - { name: B, type: Wait }\n  - { name: A, type: Wait, dependsOn: [|] }\n", "\"kind\":(19|2\\d)" },
        { "textDocument/completion/completionList/itemDefaults=[\"editRange\"]", "", "textDocument/completion", Activity + "|", "\"itemDefaults\"" },
        { "textDocument/hover/contentFormat=[\"markdown\"]", "", "textDocument/hover", Call, "\"kind\":\"markdown\"" },
        { "textDocument/documentSymbol/hierarchicalDocumentSymbolSupport=true", "", "textDocument/documentSymbol", Call, "\"selectionRange\"" },
        { Literals, "", "textDocument/codeAction", Wrong, "\"title\"" },
        { Literals, "", "initialize", "", "\"codeActionKinds\"" },
        { "textDocument/codeAction/isPreferredSupport=true", Literals, "textDocument/codeAction", "activities:\n  - { name: A, type: Wi|at }\n", "\"isPreferred\"" },
        { "textDocument/codeAction/dataSupport=true", Later, "textDocument/codeAction", Wrong, "\"data\":" },
        { "textDocument/codeAction/resolveSupport/properties=[\"edit\"]", Later, "textDocument/codeAction", Wrong, "\"data\":" },
        { "textDocument/codeAction/resolveSupport/properties=[\"edit\"]", Later, "initialize", "", "\"codeActionProvider\":\\{[^{}]*\"resolveProvider\":true" },
        { Published + "versionSupport=true", "", "textDocument/publishDiagnostics", Wrong, "\"version\"" },
        { Published + "codeDescriptionSupport=true", "", "textDocument/publishDiagnostics", Wrong, "\"codeDescription\"" },
        { Published + "tagSupport={\"valueSet\":[2]}", "", "textDocument/publishDiagnostics", Wrong, "\"tags\":\\[2\\]" },
        { Published + "relatedInformation=true", "", "textDocument/publishDiagnostics", Wrong, "\"relatedInformation\"" },
        { "textDocument/diagnostic={}", "", "initialize", "", "\"diagnosticProvider\"" },
        { Signature + "documentationFormat=[\"markdown\"]", "", "textDocument/signatureHelp", Expression, "\"kind\":\"markdown\"" },
        { Signature + "parameterInformation/labelOffsetSupport=true", "", "textDocument/signatureHelp", Expression, "\"label\":\\[" },
        { "textDocument/rename/prepareSupport=true", "", "initialize", "", "\"prepareProvider\":true" },
        { "textDocument/definition/linkSupport=true", "", "textDocument/definition", Call, "\"targetUri\"" },
        { "textDocument/declaration/linkSupport=true", "", "textDocument/declaration", Call, "\"targetUri\"" },
        { "textDocument/typeDefinition/linkSupport=true", "", "textDocument/typeDefinition", Call.Replace("|", "", StringComparison.Ordinal).Replace("name: A", "name: A|", StringComparison.Ordinal), "\"targetUri\"" },
        { "textDocument/documentLink/tooltipSupport=true", "", "textDocument/documentLink", Call, "\"tooltip\"" },
        { Fold + "rangeLimit=1", "", "textDocument/foldingRange", Call, "^\\[\\{[^{}]*\\}\\]$" },
        { Fold + "lineFoldingOnly=true", "", "textDocument/foldingRange", Call, "^(?!.*startCharacter)" },
        { Fold + "foldingRangeKind/valueSet=[\"region\"]", "", "textDocument/foldingRange", Call, "^(?!.*\"comment\")" },
        { Fold + "foldingRange/collapsedText=true", "", "textDocument/foldingRange", Call, "\"collapsedText\"" },
        { "textDocument/semanticTokens/requests/full={\"delta\":true}", "", "textDocument/semanticTokens/full", Call, "\"resultId\"" },
        { "workspace/workspaceEdit/documentChanges=true", "", "textDocument/rename", Wrong.Replace("Ax|", "Ax", StringComparison.Ordinal).Replace("name: C", "name: |C", StringComparison.Ordinal), "\"documentChanges\"" },
        { "workspace/workspaceEdit/resourceOperations=[\"rename\"]", "workspace/workspaceEdit/documentChanges=true", "textDocument/rename", Call, "\"kind\":\"rename\"" },
        { "workspace/workspaceEdit/resourceOperations=[\"create\",\"rename\",\"delete\"]", Literals + ";workspace/workspaceEdit/documentChanges=true", "textDocument/codeAction", Wrong, "\"kind\":\"create\"" },
        { "workspace/fileOperations/willRename=true", "", "initialize", "", "\"willRename\"" },
        { "workspace/symbol/symbolKind/valueSet=[24]", "", "workspace/symbol", Call, "\"kind\":24" },
        { "workspace/symbol/resolveSupport/properties=[\"location.range\"]", "", "workspace/symbol", Call, "^(?!.*\"range\")" },
        { "workspace/symbol/resolveSupport/properties=[\"location.range\"]", "", "initialize", "", "\"workspaceSymbolProvider\":\\{" },
        { "workspace/configuration=true", "", "workspace/configuration", Call, "" },
        { "workspace/didChangeWatchedFiles/dynamicRegistration=true", "", "client/registerCapability", Call, "" },
        { Synchronization, "", "client/registerCapability", Call, "textDocument/didOpen" },
        { "textDocument/references/dynamicRegistration=true", Synchronization, "client/registerCapability", Call, "textDocument/references" },
        { "textDocument/codeLens/dynamicRegistration=true", Synchronization, "client/registerCapability", Call, "textDocument/codeLens" },
        { "textDocument/definition/dynamicRegistration=true", Synchronization, "client/registerCapability", Call, "textDocument/definition" },
        { "textDocument/rename/dynamicRegistration=true", Synchronization, "client/registerCapability", Call, "textDocument/rename" },
        { "workspace/diagnostics/refreshSupport=true", "textDocument/diagnostic={}", "workspace/diagnostic/refresh", Call, "" },
        { "workspace/inlayHint/refreshSupport=true", "", "workspace/inlayHint/refresh", Call, "" },
        { "workspace/codeLens/refreshSupport=true", "", "workspace/codeLens/refresh", Call, "" },
        { "workspace/semanticTokens/refreshSupport=true", "", "workspace/semanticTokens/refresh", Call, "" },
        { "window/workDoneProgress=true", "", "window/workDoneProgress/create", Call, "" },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task What_a_client_does_not_announce_is_not_sent(string capability, string others, string method, string text, string pattern)
    {
        var with = string.Join(';', others.Split(';', StringSplitOptions.RemoveEmptyEntries).Where(o => o != capability).Append(capability));
        var without = string.Join(';', others.Split(';', StringSplitOptions.RemoveEmptyEntries).Where(o => o != capability));
        Assert.Matches(pattern, await AskAsync(with, method, text, isWanted: true) ?? throw new InvalidOperationException("Nothing is sent."));
        if (await AskAsync(without, method, text, isWanted: false) is { } sent)
        {
            Assert.DoesNotMatch(pattern, sent);
        }
    }

    /// <summary>So that nobody reads a capability without a row.</summary>
    [Fact]
    public void Every_capability_that_the_server_reads_has_a_row() =>
        Assert.Equal(Leaves(typeof(ClientCapabilities), "").Order(StringComparer.Ordinal), Rows.Select(r => ((string)r[0]).Split('=')[0]).Distinct().Order(StringComparer.Ordinal));

    private static IEnumerable<string> Leaves(Type type, string path) => type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
        .Where(p => type.GetConstructors().Single(c => c.GetParameters().Length > 0 && c.GetParameters()[0].ParameterType != type).GetParameters().Any(c => c.Name == p.Name))
        .SelectMany(p => path + (p.GetCustomAttribute<JsonPropertyNameAttribute>()?.Name ?? JsonNamingPolicy.CamelCase.ConvertName(p.Name)) is var name
            && p.PropertyType.Namespace == type.Namespace && !p.PropertyType.IsAssignableTo(typeof(IEnumerable)) ? Leaves(p.PropertyType, name + "/") : [name]);

    /// <summary>What is sent to a client, as JSON; null if nothing is.</summary>
    /// <param name="isWanted">Whether to wait for what the server says by itself.</param>
    private static async Task<string?> AskAsync(string capabilities, string method, string text, bool isWanted)
    {
        using var folder = new TestFolder(("Child.pipeline.yaml", "activities: []\n"), ("a.pipeline.yaml", ""), ("T.trigger.yaml", "type: ScheduleTrigger\n"));
        if (method == "client/registerCapability")
        {
            folder.Write("notebooks/a.py", "# Databricks notebook source\n");
            folder.Write("pipewright.yaml", "notebooks: [{ folder: notebooks, workspacePath: /Shared }]\n");
        }

        await using var client = await LspClient.StartAsync(folder, Announce(capabilities).ToJsonString());
        if (method == "initialize")
        {
            return client.Server.ToJsonString();
        }

        var uri = folder.UriOf("a.pipeline.yaml");
        var position = await client.OpenAsync(uri, text);
        if (method is "textDocument/publishDiagnostics")
        {
            return (await client.WaitAsync(method, p => p["uri"]!.GetValue<string>() == uri && p["diagnostics"]!.AsArray().Count > 0))["params"]!.ToJsonString();
        }

        if (IsOfServer(method))
        {
            await client.NotifyAsync("workspace/didChangeWatchedFiles", new JsonObject { ["changes"] = new JsonArray(new JsonObject { ["uri"] = folder.UriOf("Child.pipeline.yaml"), ["type"] = 2 }) });
            await client.RequestAsync("pipewright/validateFactory", new JsonObject());
            return isWanted ? (await client.WaitAsync(method)).ToJsonString() : client.Received.FirstOrDefault(m => m["method"]?.GetValue<string>() == method)?.ToJsonString();
        }

        await client.RequestAsync("pipewright/validateFactory", new JsonObject());
        var reply = await client.RequestAsync(method, new JsonObject
        {
            ["textDocument"] = new JsonObject { ["uri"] = uri },
            ["position"] = position,
            ["range"] = new JsonObject { ["start"] = position.DeepClone(), ["end"] = position.DeepClone() },
            ["context"] = method == "textDocument/codeAction" ? new JsonObject { ["diagnostics"] = new JsonArray() } : null,
            ["newName"] = "New",
            ["query"] = "",
        });
        return reply?.ToJsonString();
    }

    private static bool IsOfServer(string method) => method is "workspace/configuration" or "client/registerCapability" or "window/workDoneProgress/create" || method.EndsWith("/refresh", StringComparison.Ordinal);

    /// <param name="capabilities">Paths with values, <c>a/b=true;c=[]</c>.</param>
    private static JsonObject Announce(string capabilities)
    {
        var all = new JsonObject();
        foreach (var capability in capabilities.Split(';', StringSplitOptions.RemoveEmptyEntries))
        {
            var (path, value) = (capability.Split('=', 2)[0].Split('/'), JsonNode.Parse(capability.Split('=', 2)[1]));
            var at = all;
            foreach (var step in path[..^1])
            {
                at = (JsonObject)(at[step] ??= new JsonObject());
            }

            at[path[^1]] = value;
        }

        return all;
    }
}
