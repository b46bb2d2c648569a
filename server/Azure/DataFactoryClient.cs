// The REST API of Azure Data Factory, api-version 2018-06-01, on Azure.Core's pipeline. Bodies are passed through as they are written, so that
// nothing is lost that a typed model does not know.
using System.Text.Json;
using Azure;
using Azure.Core;
using Azure.Core.Pipeline;

namespace Pipewright.Azure;

/// <summary>A factory to talk to.</summary>
/// <param name="Endpoint">The address of Azure Resource Manager, or of an emulator: plain HTTP on loopback.</param>
public sealed record FactoryTarget(Uri Endpoint, string Subscription, string ResourceGroup, string Factory)
{
    /// <summary>Azure's public cloud.</summary>
    public static Uri PublicCloud { get; } = new("https://management.azure.com");

    public bool IsEmulator => Endpoint is { Scheme: "http", IsLoopback: true };

    public string ResourceId => $"/subscriptions/{Subscription}/resourceGroups/{ResourceGroup}/providers/Microsoft.DataFactory/factories/{Factory}";
}

/// <summary>The service answered with an error, or did not answer.</summary>
/// <param name="status">The HTTP status; 0 where there was no answer.</param>
/// <param name="code">ARM's code, such as <c>PipelineNotFound</c>.</param>
public sealed class ArmException(int status, string code, string message, string? correlationId, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>The code of an answer that is not what was asked for, such as a proxy's page.</summary>
    public const string InvalidResponse = "InvalidResponse";

    public int Status { get; } = status;

    public string Code { get; } = code;

    /// <summary>What support asks for: the id under which Azure logged the request.</summary>
    public string? CorrelationId { get; } = correlationId;
}

/// <summary>A JSON answer with its version.</summary>
public sealed record ArmResource(JsonElement Content, string? ETag);

internal sealed class DataFactoryClientOptions : ClientOptions;

/// <summary>Requests to one factory. All methods throw <see cref="ArmException"/> when the service refuses or can't be reached.</summary>
public sealed class DataFactoryClient
{
    private const string ApiVersion = "2018-06-01";

    private readonly FactoryTarget _target;
    private readonly HttpPipeline _pipeline;

    /// <param name="credential">Null for an emulator, which is never sent a token.</param>
    /// <exception cref="ArgumentException">A credential is given for an address that is not HTTPS, or none for Azure.</exception>
    /// <param name="maxRetries">How often a request is tried again that the service throttled or did not answer, with a growing pause.</param>
    public DataFactoryClient(FactoryTarget target, TokenCredential? credential, int maxRetries = 3)
    {
        if (target.IsEmulator != (credential is null))
        {
            throw new ArgumentException("Azure needs a credential, and an emulator is never sent one.", nameof(credential));
        }

        if (!target.IsEmulator && target.Endpoint.Scheme != "https")
        {
            throw new ArgumentException($"A token is sent over HTTPS only, not to {target.Endpoint}.", nameof(target));
        }

        _target = target;
        var options = new DataFactoryClientOptions();
        options.Diagnostics.IsTelemetryEnabled = false;
        options.Retry.MaxRetries = maxRetries;
        HttpPipelinePolicy[] authentication = credential is null ? [] : [new BearerTokenAuthenticationPolicy(credential, new Uri(target.Endpoint, ".default").AbsoluteUri)];
        _pipeline = HttpPipelineBuilder.Build(options, authentication);
    }

    /// <param name="path">Below the factory: <c>pipelines/load</c>, each part escaped by <see cref="Uri.EscapeDataString(string)"/>; empty for the factory itself.</param>
    /// <returns>Null where there is no such resource.</returns>
    public async Task<ArmResource?> FindAsync(string path, CancellationToken cancellation)
    {
        using var response = await SendAsync(RequestMethod.Get, path, null, null, cancellation);
        return response.Status == 404 ? null : Read(response);
    }

    /// <param name="etag">The version that is replaced; null to create, or to replace whatever is there.</param>
    public async Task<ArmResource> PutAsync(string path, string body, string? etag, CancellationToken cancellation)
    {
        using var response = await SendAsync(RequestMethod.Put, path, body, etag, cancellation);
        return response.Status is 200 or 201 or 202 ? Read(response) : throw MakeError(response);
    }

    /// <summary>Calls an action such as <c>triggers/nightly/start</c>.</summary>
    public async Task PostAsync(string path, CancellationToken cancellation)
    {
        using var response = await SendAsync(RequestMethod.Post, path, null, null, cancellation);
        if (response.Status is not (200 or 202 or 204))
        {
            throw MakeError(response);
        }
    }

    /// <returns>Whether there was something to delete.</returns>
    public async Task<bool> DeleteAsync(string path, CancellationToken cancellation)
    {
        using var response = await SendAsync(RequestMethod.Delete, path, null, null, cancellation);
        return response.Status switch { 200 or 202 => true, 204 or 404 => false, _ => throw MakeError(response) };
    }

    /// <summary>All resources of a collection, page after page.</summary>
    public async IAsyncEnumerable<ArmResource> ListAsync(string collection, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        var next = MakeUri(collection);
        while (next is not null)
        {
            using var response = await SendAsync(RequestMethod.Get, next, null, null, cancellation);
            var page = Read(response).Content;
            foreach (var item in page.GetProperty("value").EnumerateArray())
            {
                yield return new ArmResource(item, ReadETag(item));
            }

            next = page.TryGetProperty("nextLink", out var link) && link.GetString() is { Length: > 0 } address ? FollowLink(address) : null;
        }
    }

    /// <summary>A link to the next page leads to where the first came from, or a token would go to a stranger.</summary>
    private Uri FollowLink(string address) => Uri.TryCreate(_target.Endpoint, address, out var link) && link.Authority == _target.Endpoint.Authority && link.Scheme == _target.Endpoint.Scheme
        ? link
        : throw new ArmException(200, "InvalidNextLink", $"The next page is said to be at {address}, which is not the service's own host.", null);

    private Uri MakeUri(string path) => new(_target.Endpoint, $"{_target.ResourceId}{(path.Length == 0 ? "" : "/" + path)}?api-version={ApiVersion}");

    private Task<Response> SendAsync(RequestMethod method, string path, string? body, string? etag, CancellationToken cancellation) =>
        SendAsync(method, MakeUri(path), body, etag, cancellation);

    private async Task<Response> SendAsync(RequestMethod method, Uri uri, string? body, string? etag, CancellationToken cancellation)
    {
        using var request = _pipeline.CreateRequest();
        request.Method = method;
        request.Uri.Reset(uri);
        request.Headers.Add(HttpHeader.Names.Accept, "application/json");
        if (body is not null)
        {
            request.Headers.Add(HttpHeader.Common.JsonContentType);
            request.Content = RequestContent.Create(BinaryData.FromString(body));
        }

        if (etag is not null)
        {
            request.Headers.Add("If-Match", etag);
        }

        try
        {
            return await _pipeline.SendRequestAsync(request, cancellation);
        }
        catch (Exception e) when (e is RequestFailedException or HttpRequestException or AggregateException or global::Azure.Identity.AuthenticationFailedException)
        {
            throw new ArmException(0, e is global::Azure.Identity.AuthenticationFailedException ? "AuthenticationFailed" : "NoResponse", $"{uri.Host} can't be reached: {e.GetBaseException().Message}", null, e);
        }
    }

    private static ArmResource Read(Response response)
    {
        if (response.Status is not (200 or 201 or 202))
        {
            throw MakeError(response);
        }

        try
        {
            using var document = JsonDocument.Parse(response.Content);
            var content = document.RootElement.Clone();
            return new ArmResource(content, ReadETag(content));
        }
        catch (JsonException e)
        {
            throw new ArmException(response.Status, ArmException.InvalidResponse, "The service's answer is not JSON.", CorrelationId(response), e);
        }
    }

    /// <summary>A factory's is spelt <c>eTag</c>, everything else's <c>etag</c>.</summary>
    private static string? ReadETag(JsonElement content) => content.ValueKind == JsonValueKind.Object
        && (content.TryGetProperty("etag", out var etag) || content.TryGetProperty("eTag", out etag)) ? etag.GetString() : null;

    private static string? CorrelationId(Response response) => response.Headers.TryGetValue("x-ms-correlation-request-id", out var id) ? id : null;

    private static ArmException MakeError(Response response)
    {
        try
        {
            using var document = JsonDocument.Parse(response.Content);
            if (document.RootElement.TryGetProperty("error", out var error))
            {
                return new ArmException(
                    response.Status, error.TryGetProperty("code", out var code) ? code.GetString() ?? "Error" : "Error",
                    error.TryGetProperty("message", out var message) ? message.GetString() ?? "" : error.GetRawText(), CorrelationId(response));
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // Not ARM's envelope: a proxy's page, or nothing at all.
        }

        return new ArmException(response.Status, $"Http{response.Status}", $"The service answered {response.Status} {response.ReasonPhrase}.", CorrelationId(response));
    }
}
