using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Pipewright.Emulator;

namespace Pipewright.Server.Tests.Emulator;

/// <summary>An emulator in this process, on a port of its own.</summary>
internal sealed class EmulatorUnderTest : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly HttpClient _http = new();

    private EmulatorUnderTest(WebApplication app) => _app = app;

    public Uri Address => new(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    public static async Task<EmulatorUnderTest> StartAsync(string? state = null, string? seed = null, int pageSize = 50)
    {
        var app = EmulatorHost.Build(new EmulatorOptions(0, state, seed, pageSize));
        await app.StartAsync();
        return new EmulatorUnderTest(app);
    }

    /// <param name="path">Below the factory that is there from the start, or absolute with a leading <c>/</c>.</param>
    public async Task<(int Status, JsonNode? Body)> SendAsync(string method, string path, string? body = null, string? ifMatch = null, string? ifNoneMatch = null)
    {
        var full = path.StartsWith('/') ? path : $"{EmulatorHost.DefaultFactory.Id}/{path}";
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(Address, full + (full.Contains('?', StringComparison.Ordinal) ? "" : "?api-version=2018-06-01")));
        request.Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json");
        if (ifMatch is not null)
        {
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        }

        if (ifNoneMatch is not null)
        {
            request.Headers.TryAddWithoutValidation("If-None-Match", ifNoneMatch);
        }

        using var response = await _http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return ((int)response.StatusCode, text.Length == 0 ? null : JsonNode.Parse(text));
    }

    public async Task<JsonNode> FollowAsync(string link) => (await _http.GetFromJsonAsync<JsonNode>(new Uri(link)))!;

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _app.DisposeAsync();
    }
}
