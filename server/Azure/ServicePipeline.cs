using System.Text.Json;
using Azure;
using Azure.Core;
using Azure.Core.Pipeline;

namespace Pipewright.Azure;

internal sealed class ServiceClientOptions : ClientOptions;

/// <summary>Requests to one service: tokens for it alone, tries, time limits, traces. No redirect is followed.</summary>
internal sealed class ServicePipeline
{
    private readonly ArmOptions _options;
    private readonly HttpPipeline _pipeline;

    /// <param name="endpoint">The one host that tokens are sent to.</param>
    /// <param name="tokens">Null for an emulator, which is never sent a token.</param>
    public ServicePipeline(Uri endpoint, TokenSource? tokens, Refusals refusals, ArmOptions options)
    {
        _options = options;
        Refusals = refusals;
        _pipeline = Build(endpoint, tokens, options);
    }

    public Refusals Refusals { get; }

    public ArmCall Begin(bool isRead) => new(isRead, _options.MaxWait);

    /// <param name="body">JSON; null for none.</param>
    /// <param name="header">One more header; null for none.</param>
    public async Task<Response> SendAsync(ArmCall call, RequestMethod method, Uri uri, string? body, (string Name, string Value)? header, CancellationToken cancellation)
    {
        var message = _pipeline.CreateMessage();
        message.SetProperty(typeof(ArmCall), call);
        using var request = message.Request;
        request.Method = method;
        request.Uri.Reset(uri);
        request.Headers.Add(HttpHeader.Names.Accept, "application/json");
        if (body is not null)
        {
            request.Headers.Add(HttpHeader.Common.JsonContentType);
            request.Content = RequestContent.Create(BinaryData.FromString(body));
        }

        if (header is var (name, value))
        {
            request.Headers.Add(name, value);
        }

        try
        {
            await _pipeline.SendAsync(message, cancellation);
            return message.Response;
        }
        catch (ArmException e) when (e.Code == ArmException.NotSignedIn)
        {
            throw Refusals.MakeNotSignedIn(e);
        }
        catch (Exception e) when (RetryPolicy.IsOfTheNetwork(e, cancellation))
        {
            throw Refusals.MakeUnanswered(uri, request.ClientRequestId, call, e);
        }
    }

    /// <summary>The answer of a request that succeeded.</summary>
    public JsonElement Read(Response response, ArmCall call)
    {
        if (response.Status is not (200 or 201 or 202))
        {
            throw Refusals.Make(response, call);
        }

        try
        {
            using var document = JsonDocument.Parse(response.Content, new JsonDocumentOptions { MaxDepth = 1024 });
            var content = document.RootElement.Clone();
            return content.ValueKind == JsonValueKind.Object ? content : throw Refusals.MakeInvalid(response, call, "The service's answer is no JSON object.");
        }
        catch (JsonException e)
        {
            throw Refusals.MakeInvalid(response, call, "The service's answer is not JSON. A proxy may have answered in its place.", e);
        }
    }

    private static HttpPipeline Build(Uri endpoint, TokenSource? tokens, ArmOptions own)
    {
        var options = new ServiceClientOptions { RetryPolicy = new RetryPolicy(own) };
        options.Diagnostics.IsTelemetryEnabled = false;
        options.Diagnostics.IsLoggingEnabled = false;
        options.Diagnostics.IsDistributedTracingEnabled = false;
        options.Retry.NetworkTimeout = own.NetworkTimeout;
        if (own.Transport is not null)
        {
            options.Transport = own.Transport;
        }

        // Redirects are not followed: that is Azure.Core's way unless it is told otherwise.
        List<HttpPipelinePolicy> perTry = [new BodyPolicy(own)];
        if (tokens is not null)
        {
            perTry.Add(new AuthenticationPolicy(tokens, endpoint));
        }

        if (own.Trace is { } trace)
        {
            perTry.Add(new TracePolicy(trace, own.Clock));
        }

        return HttpPipelineBuilder.Build(options, [.. perTry]);
    }
}
