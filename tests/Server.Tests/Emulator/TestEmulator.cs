using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Pipewright.Emulator;

namespace Pipewright.Server.Tests.Emulator;

/// <summary>What came back: the status, the JSON body (null without one) and the headers.</summary>
internal sealed record Answer(int Status, JsonNode? Content, HttpResponseMessage Message)
{
    /// <summary>The <c>code</c> of ARM's error envelope.</summary>
    public string? Error => (string?)Content?["error"]?["code"];

    public string ETag => (string)Content!["etag"]!;

    public IEnumerable<string> Names => Content!["value"]!.AsArray().Select(r => (string)r!["name"]!);
}

/// <summary>The emulator in this process, on a free port, asked over real HTTP.</summary>
internal sealed class TestEmulator : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly HttpClient _http = new();

    private TestEmulator(WebApplication app, Uri address)
    {
        _app = app;
        Address = address;
    }

    public const string Factory = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/local/providers/Microsoft.DataFactory/factories/local";

    public Uri Address { get; }

    public static Task<TestEmulator> StartAsync(string? state = null, string? seed = null, int pageSize = 50) => StartAsync(new EmulatorOptions(0, state, seed, pageSize));

    public static async Task<TestEmulator> StartAsync(EmulatorOptions options)
    {
        var app = EmulatorHost.Build(options);
        await app.StartAsync();
        return new TestEmulator(app, new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()));
    }

    public Task<Answer> GetAsync(string path, string? ifNoneMatch = null) => SendAsync("GET", path, null, ifNoneMatch is null ? [] : [("If-None-Match", ifNoneMatch)]);

    public Task<Answer> PutAsync(string path, string body, string? ifMatch = null) => SendAsync("PUT", path, body, ifMatch is null ? [] : [("If-Match", ifMatch)]);

    public Task<Answer> PostAsync(string path, string? body = null) => SendAsync("POST", path, body);

    public Task<Answer> PatchAsync(string path, string body) => SendAsync("PATCH", path, body);

    /// <summary>Asks for something to go wrong.</summary>
    public Task<Answer> FaultAsync(string rule) => PostAsync("/_emulator/faults", rule);

    public Task<Answer> DeleteAsync(string path) => SendAsync("DELETE", path, null);

    /// <param name="path">Below the factory, or from the root when it begins with <c>/</c>, or a whole address; the API's version is added where it has no query.</param>
    public async Task<Answer> SendAsync(string method, string path, string? body, params (string Name, string Value)[] headers)
    {
        var full = path.StartsWith('/') || path.StartsWith("http", StringComparison.Ordinal) ? path : path.Length == 0 ? Factory : $"{Factory}/{path}";
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(Address, full.Contains('?', StringComparison.Ordinal) ? full : full + "?api-version=2018-06-01"));
        request.Content = body is null ? null : new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        var response = await _http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return new Answer((int)response.StatusCode, text.Length == 0 ? null : JsonNode.Parse(text, null, new System.Text.Json.JsonDocumentOptions { MaxDepth = 1024 }), response);
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
