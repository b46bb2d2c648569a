using System.Text;
using System.Text.Json.Nodes;
using Xunit;

namespace Pipewright.Server.Tests.Protocol;

public sealed class LifecycleTests
{
    private const int ParseError = -32700;
    private const int InvalidRequest = -32600;
    private const int MethodNotFound = -32601;
    private const int InvalidParams = -32602;
    private const int ServerNotInitialized = -32002;

    [Fact]
    public async Task A_session_from_start_to_end_exits_with_0()
    {
        await using var client = await LspClient.StartAsync();
        Assert.Equal("pipewright", client.Server["serverInfo"]!["name"]!.GetValue<string>());
        Assert.Null(await client.RequestAsync("shutdown", null));
        await client.NotifyAsync("exit", null);
        Assert.Equal(0, await client.Exit);
    }

    [Fact]
    public async Task Exit_without_shutdown_is_an_error_of_the_client()
    {
        await using var client = await LspClient.StartAsync();
        await client.NotifyAsync("exit", null);
        Assert.Equal(1, await client.Exit);
    }

    [Fact]
    public async Task A_client_that_hangs_up_ends_the_server()
    {
        await using var client = await LspClient.StartAsync();
        await client.HangUpAsync();
        Assert.Equal(1, await client.Exit);
    }

    [Fact]
    public async Task A_request_before_initialize_is_refused()
    {
        await using var client = LspClient.Connect();
        Assert.Equal(ServerNotInitialized, await FailAsync(client, "textDocument/hover", LspClient.At("file:///a.pipeline.yaml")));
        await client.InitializeAsync([]);
    }

    [Fact]
    public async Task A_second_initialize_and_a_request_after_shutdown_are_refused()
    {
        await using var client = await LspClient.StartAsync();
        Assert.Equal(InvalidRequest, await FailAsync(client, "initialize", new JsonObject { ["capabilities"] = new JsonObject() }));
        await client.RequestAsync("shutdown", null);
        Assert.Equal(InvalidRequest, await FailAsync(client, "textDocument/hover", LspClient.At("file:///a.pipeline.yaml")));
    }

    [Theory]
    [InlineData("no/suchMethod", "{}", MethodNotFound)]
    [InlineData("$/noSuchMethod", "{}", MethodNotFound)]
    [InlineData("textDocument/hover", "{}", InvalidParams)]
    [InlineData("textDocument/hover", """{"textDocument": 7, "position": {"line": 0, "character": 0}}""", InvalidParams)]
    [InlineData("textDocument/hover", """{"textDocument": {"uri": "file:///a"}, "position": {"line": "x", "character": 0}}""", InvalidParams)]
    [InlineData("textDocument/hover", "[]", InvalidParams)]
    [InlineData("textDocument/hover", "[1, 2, 3]", InvalidParams)]
    [InlineData("textDocument/hover", null, InvalidParams)]
    [InlineData("textDocument/completion", """{"textDocument": {"uri": null}}""", InvalidParams)]
    [InlineData("textDocument/selectionRange", """{"textDocument": {"uri": "file:///a"}, "positions": [null]}""", InvalidParams)]
    [InlineData("workspace/willRenameFiles", """{"files": [null]}""", InvalidParams)]
    [InlineData("workspace/executeCommand", """{"command": "no.such.command"}""", InvalidParams)]
    [InlineData("workspace/executeCommand", """{"command": "pipewright.deploy"}""", InvalidParams)]
    public async Task A_wrong_request_gets_an_error_and_the_next_one_is_answered(string method, string? parameters, int code)
    {
        await using var client = await LspClient.StartAsync();
        Assert.Equal(code, await FailAsync(client, method, parameters is null ? null : JsonNode.Parse(parameters)));
        await AssertAliveAsync(client);
    }

    [Theory]
    [InlineData("no/suchNotification", "{}")]
    [InlineData("textDocument/didOpen", "{}")]
    [InlineData("textDocument/didOpen", "[]")]
    [InlineData("textDocument/didOpen", """{"textDocument": {"uri": "", "version": 1, "text": "a: 1"}}""")]
    [InlineData("textDocument/didOpen", """{"textDocument": {"uri": "not a uri at all", "version": 1, "text": "a: 1"}}""")]
    [InlineData("textDocument/didOpen", """{"textDocument": {"uri": "untitled:x.pipeline.yaml", "version": 1, "text": "a: 1"}}""")]
    [InlineData("textDocument/didChange", """{"textDocument": {"uri": "file:///not/open", "version": 2}, "contentChanges": [{"text": "a"}]}""")]
    [InlineData("textDocument/didChange", """{"textDocument": {"uri": "file:///not/open", "version": 2}, "contentChanges": [null]}""")]
    [InlineData("workspace/didChangeWatchedFiles", """{"changes": [null]}""")]
    [InlineData("textDocument/didClose", """{"textDocument": {"uri": "file:///not/open"}}""")]
    [InlineData("workspace/didChangeWatchedFiles", """{"changes": [{"uri": "file:///", "type": 3}, {"uri": "http://x/y", "type": 1}]}""")]
    [InlineData("workspace/didChangeConfiguration", """{"settings": {"pipewright": {"targets": 5, "filePatterns": [3, {}]}}}""")]
    [InlineData("workspace/didChangeWorkspaceFolders", """{"event": {"added": [{"uri": "file:///no/such/folder", "name": "x"}], "removed": []}}""")]
    [InlineData("window/workDoneProgress/cancel", """{"token": "unknown"}""")]
    [InlineData("$/setTrace", """{"value": "verbose"}""")]
    [InlineData("$/cancelRequest", """{"id": 99}""")]
    public async Task No_notification_ends_the_server(string method, string parameters)
    {
        await using var client = await LspClient.StartAsync();
        await client.NotifyAsync(method, JsonNode.Parse(parameters));
        await AssertAliveAsync(client);
    }

    [Theory]
    [InlineData("this is not json")]
    [InlineData("{\"jsonrpc\": \"2.0\", \"id\": 7, \"method\": ")]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("7")]
    [InlineData("{}")]
    [InlineData("{\"jsonrpc\": \"2.0\"}")]
    [InlineData("{\"jsonrpc\": \"2.0\", \"id\": 7}")]
    [InlineData("{\"jsonrpc\": \"2.0\", \"id\": {}, \"method\": \"textDocument/hover\"}")]
    [InlineData("{\"jsonrpc\": \"2.0\", \"method\": 7}")]
    [InlineData("{\"jsonrpc\": \"2.0\", \"id\": 123456, \"result\": null}")]
    [InlineData("{\"jsonrpc\": \"2.0\", \"id\": \"x\", \"error\": {\"code\": 1, \"message\": \"m\"}}")]
    public async Task A_malformed_message_is_survived(string content)
    {
        await using var client = await LspClient.StartAsync();
        await client.SendRawAsync(content);
        await AssertAliveAsync(client);
    }

    [Fact]
    public async Task A_message_that_is_not_json_is_answered_with_a_parse_error()
    {
        await using var client = await LspClient.StartAsync();
        await client.SendRawAsync("{ this is not json }");
        await AssertAliveAsync(client);
        Assert.Contains(client.Received, m => m["error"]?["code"]?.GetValue<int>() == ParseError);
    }

    [Fact]
    public async Task A_header_that_names_another_type_or_order_is_understood()
    {
        await using var client = await LspClient.StartAsync();
        var body = """{"jsonrpc":"2.0","method":"$/setTrace","params":{"value":"off"}}""";
        await client.SendBytesAsync(Encoding.ASCII.GetBytes(
            $"Content-Type: application/vscode-jsonrpc; charset=utf-8\r\nContent-Length: {body.Length}\r\n\r\n{body}"));
        await AssertAliveAsync(client);
    }

    private static async Task<int> FailAsync(LspClient client, string method, JsonNode? parameters) =>
        (await Assert.ThrowsAsync<LspErrorException>(() => client.RequestAsync(method, parameters))).Code;

    private static async Task AssertAliveAsync(LspClient client)
    {
        await client.OpenAsync("file:///somewhere/alive.pipeline.yaml", "activities: []\n");
        Assert.NotNull(await client.RequestAsync("textDocument/documentSymbol", LspClient.At("file:///somewhere/alive.pipeline.yaml")));
    }
}
