using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Xunit;

namespace Pipewright.Server.Tests.Protocol;

/// <summary>The table of all methods in docs/protocol.md says what the server does.</summary>
public sealed partial class ProtocolPageTests
{
    private const int MethodNotFound = -32601;

    /// <summary>A client that can do all that anything depends on.</summary>
    private const string Everything = """
        {
          "workspace": {"fileOperations": {"willRename": true}, "symbol": {"resolveSupport": {"properties": ["location.range"]} } },
          "textDocument": {"diagnostic": {}, "completion": {"completionItem": {"resolveSupport": {"properties": ["documentation"]} } },
                           "rename": {"prepareSupport": true}, "codeAction": {"codeActionLiteralSupport": {}, "dataSupport": true, "resolveSupport": {"properties": ["edit"]} },
                           "semanticTokens": {"requests": {"full": {"delta": true} } } }
        }
        """;

    /// <summary>What announces a method: the path of a member of the capabilities.</summary>
    private static readonly Dictionary<string, string> Announcements = new()
    {
        ["textDocument/completion"] = "completionProvider",
        ["textDocument/hover"] = "hoverProvider",
        ["textDocument/signatureHelp"] = "signatureHelpProvider",
        ["textDocument/declaration"] = "declarationProvider",
        ["textDocument/definition"] = "definitionProvider",
        ["textDocument/typeDefinition"] = "typeDefinitionProvider",
        ["textDocument/implementation"] = "implementationProvider",
        ["textDocument/references"] = "referencesProvider",
        ["textDocument/documentHighlight"] = "documentHighlightProvider",
        ["textDocument/documentSymbol"] = "documentSymbolProvider",
        ["textDocument/codeAction"] = "codeActionProvider",
        ["codeAction/resolve"] = "codeActionProvider/resolveProvider",
        ["textDocument/codeLens"] = "codeLensProvider",
        ["codeLens/resolve"] = "codeLensProvider/resolveProvider",
        ["textDocument/documentLink"] = "documentLinkProvider",
        ["documentLink/resolve"] = "documentLinkProvider/resolveProvider",
        ["textDocument/documentColor"] = "colorProvider",
        ["textDocument/formatting"] = "documentFormattingProvider",
        ["textDocument/rangeFormatting"] = "documentRangeFormattingProvider",
        ["textDocument/onTypeFormatting"] = "documentOnTypeFormattingProvider",
        ["textDocument/rename"] = "renameProvider",
        ["textDocument/prepareRename"] = "renameProvider/prepareProvider",
        ["textDocument/foldingRange"] = "foldingRangeProvider",
        ["workspace/executeCommand"] = "executeCommandProvider",
        ["textDocument/selectionRange"] = "selectionRangeProvider",
        ["textDocument/linkedEditingRange"] = "linkedEditingRangeProvider",
        ["textDocument/prepareCallHierarchy"] = "callHierarchyProvider",
        ["textDocument/semanticTokens/full"] = "semanticTokensProvider/full",
        ["textDocument/semanticTokens/full/delta"] = "semanticTokensProvider/full/delta",
        ["textDocument/semanticTokens/range"] = "semanticTokensProvider/range",
        ["textDocument/moniker"] = "monikerProvider",
        ["textDocument/prepareTypeHierarchy"] = "typeHierarchyProvider",
        ["textDocument/inlineValue"] = "inlineValueProvider",
        ["textDocument/inlayHint"] = "inlayHintProvider",
        ["inlayHint/resolve"] = "inlayHintProvider/resolveProvider",
        ["textDocument/diagnostic"] = "diagnosticProvider",
        ["workspace/diagnostic"] = "diagnosticProvider/workspaceDiagnostics",
        ["workspace/symbol"] = "workspaceSymbolProvider",
        ["workspaceSymbol/resolve"] = "workspaceSymbolProvider/resolveProvider",
        ["notebookDocument/didOpen"] = "notebookDocumentSync",
        ["textDocument/didOpen"] = "textDocumentSync/openClose",
        ["textDocument/didChange"] = "textDocumentSync/change",
        ["textDocument/willSave"] = "textDocumentSync/willSave",
        ["textDocument/willSaveWaitUntil"] = "textDocumentSync/willSaveWaitUntil",
        ["completionItem/resolve"] = "completionProvider/resolveProvider",
        ["workspace/didChangeWorkspaceFolders"] = "workspace/workspaceFolders/changeNotifications",
        ["workspace/willCreateFiles"] = "workspace/fileOperations/willCreate",
        ["workspace/didCreateFiles"] = "workspace/fileOperations/didCreate",
        ["workspace/willRenameFiles"] = "workspace/fileOperations/willRename",
        ["workspace/didRenameFiles"] = "workspace/fileOperations/didRename",
        ["workspace/willDeleteFiles"] = "workspace/fileOperations/willDelete",
        ["workspace/didDeleteFiles"] = "workspace/fileOperations/didDelete",
    };

    [Fact]
    public async Task What_is_announced_is_what_the_page_says()
    {
        var states = ReadStates();
        await using var client = await LspClient.StartAsync(null, Everything);
        var capabilities = client.Server["capabilities"]!.AsObject();
        foreach (var (method, path) in Announcements)
        {
            JsonNode? value = capabilities;
            foreach (var part in path.Split('/'))
            {
                value = (value as JsonObject)?[part];
            }

            var isAnnounced = value is not null && value.ToJsonString() != "false";
            Assert.True(isAnnounced == (states[method] == "yes"), $"{method} is '{states[method]}' on the page; {path} is {value?.ToJsonString() ?? "not there"}.");
        }

        string[] members = [.. Announcements.Values.Select(p => p.Split('/')[0]), "positionEncoding"];
        Assert.Empty(capabilities.Select(c => c.Key).Except(members));
    }

    [Fact]
    public async Task What_the_page_says_is_answered_is_answered()
    {
        await using var client = await LspClient.StartAsync(null, Everything);
        foreach (var (method, state) in ReadStates().Where(s => s.Value != "sent" && s.Key is not ("exit" or "shutdown" or "$/cancelRequest")))
        {
            var parameters = method == "workspace/diagnostic" ? new JsonObject { ["previousResultIds"] = 1 } : new JsonObject();
            var error = await Record.ExceptionAsync(() => client.RequestAsync(method, parameters)) as LspErrorException;
            Assert.True(error?.Code == MethodNotFound == (state == "no"), $"{method} is '{state}' on the page; the answer was {error?.Message ?? "a result"}.");
        }
    }

    [Fact]
    public void What_the_page_says_is_sent_stands_in_the_sources()
    {
        var sources = string.Concat(Directory.EnumerateFiles(Path.Combine(Repository.Root, "server", "LanguageServer"), "*.cs", SearchOption.AllDirectories).Select(File.ReadAllText));
        foreach (var (method, state) in ReadStates())
        {
            Assert.True(state == "no" || method is "$/cancelRequest" || sources.Contains($"\"{method}\"", StringComparison.Ordinal), $"{method} is '{state}' on the page.");
        }
    }

    [Fact]
    public void All_methods_are_there_once()
    {
        Assert.Empty(Announcements.Keys.Except(ReadStates().Keys));

        // As LSP 3.17 counts them.
        Assert.Equal(90, ReadStates().Count);
    }

    /// <summary>The state of each method; a method that is there twice is an error.</summary>
    private static Dictionary<string, string> ReadStates()
    {
        var page = File.ReadAllLines(Path.Combine(Repository.Root, "docs", "protocol.md"));
        var rows = page.SkipWhile(l => !l.StartsWith("| method |", StringComparison.Ordinal)).Skip(2).TakeWhile(l => l.StartsWith('|')).Select(l => l.Split('|'));
        return rows.SelectMany(r => Method().Matches(r[1]), (r, m) => (m.Groups[1].Value, State: r[2].Trim())).ToDictionary(m => m.Value, m => m.State);
    }

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Method();
}
