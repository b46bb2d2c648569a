using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Azure;
using Azure.Core;

namespace Pipewright.Azure;

/// <summary>A JSON answer with its version.</summary>
public sealed record ArmResource(JsonElement Content, string? ETag);

/// <summary>Requests to one Azure Resource Manager, or to an emulator. All methods throw <see cref="ArmException"/> when the service refuses or can't be reached.</summary>
internal sealed class ArmConnection
{
    private readonly ServicePipeline _pipeline;
    private readonly Uri _endpoint;
    private readonly ArmOptions _options;

    /// <param name="endpoint">One of Azure's clouds, or an emulator.</param>
    /// <param name="target">The factory that requests are about, for errors; null for none.</param>
    /// <param name="credential">Null for an emulator, which is never sent a token.</param>
    /// <exception cref="ArgumentException">The address is no cloud's and no emulator's, or a credential is given for an emulator, or none for Azure.</exception>
    public ArmConnection(Uri endpoint, string? tenant, FactoryTarget? target, TokenCredential? credential, ArmOptions options)
    {
        var cloud = AzureCloud.FindByEndpoint(endpoint);
        if (cloud is null && endpoint is not { Scheme: "http", IsLoopback: true })
        {
            throw new ArgumentException($"{endpoint} is the address of no cloud of Azure's, and of no emulator on this machine.", nameof(endpoint));
        }

        if (cloud is null != credential is null)
        {
            throw new ArgumentException("Azure needs a credential, and an emulator is never sent one.", nameof(credential));
        }

        _endpoint = endpoint;
        _options = options;
        var tokens = cloud is null || credential is null ? null : new TokenSource(credential, options.Tokens ?? new TokenCache(options.Clock), cloud.Scope);
        Words = new ArmWords(target, tenant, tokens, options);
        _pipeline = new ServicePipeline(endpoint, tokens, new Refusals(Words, tenant, tokens, options), options);
    }

    public ArmWords Words { get; }

    public Refusals Refusals => _pipeline.Refusals;

    public ArmCall Begin(bool isRead) => _pipeline.Begin(isRead);

    public Uri MakeUri(string path, string apiVersion, string? query = null) => new(_endpoint, $"{path}?api-version={apiVersion}{(query is null ? "" : "&" + query)}");

    /// <param name="condition">A header that makes the request depend on a version, with that version; null for none.</param>
    public Task<Response> SendAsync(ArmCall call, RequestMethod method, Uri uri, string? body, (string Name, string ETag)? condition, CancellationToken cancellation) =>
        _pipeline.SendAsync(call, method, uri, body, condition, cancellation);

    /// <summary>A link leads to where the answer came from, or a token would go to a stranger.</summary>
    public Uri FollowLink(string address, Response response, ArmCall call) => Uri.TryCreate(_endpoint, address, out var link) && link.Authority == _endpoint.Authority && link.Scheme == _endpoint.Scheme
        ? link
        : throw new ArmException(response.Status, ArmException.ForeignLink, $"The service points to {address}, which is not its own host. Nothing is sent there.", ArmErrors.CorrelationId(response))
        {
            ClientRequestId = response.ClientRequestId,
            IsOutcomeUnknown = !call.IsRead,
        };

    /// <summary>All items of a list, page after page.</summary>
    public async IAsyncEnumerable<JsonElement> ListAsync(Uri first, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var call = Begin(isRead: true);
        var seen = new HashSet<Uri>();
        for (var next = first; next is not null;)
        {
            using var response = await SendAsync(call, RequestMethod.Get, next, null, null, cancellation);
            var page = Read(response, call).Content;
            foreach (var item in ItemsOf(page, response, call))
            {
                yield return item;
            }

            seen.Add(next);
            next = page.Text("nextLink") is { Length: > 0 } address ? FollowLink(address, response, call) : null;
            if (next is not null && seen.Contains(next))
            {
                throw Refusals.MakeInvalid(response, call, "The service's list goes in a circle: a page points back to an earlier one.");
            }

            CheckPages(seen.Count, response, call);
        }
    }

    /// <summary>All items that a question finds, page after page.</summary>
    /// <param name="question">What is asked for, without <c>continuationToken</c>.</param>
    public async IAsyncEnumerable<JsonElement> QueryAsync(Uri address, JsonObject question, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var call = Begin(isRead: true);
        var body = (JsonObject)question.DeepClone();
        string? token = null;
        for (var pages = 1; ; pages++)
        {
            using var response = await SendAsync(call, RequestMethod.Post, address, body.ToJsonString(), null, cancellation);
            var page = Read(response, call).Content;
            foreach (var item in ItemsOf(page, response, call))
            {
                yield return item;
            }

            var next = page.Text("continuationToken");
            if (next is not { Length: > 0 })
            {
                yield break;
            }

            if (next == token)
            {
                throw Refusals.MakeInvalid(response, call, "The service's list goes in a circle: a page points back to itself.");
            }

            CheckPages(pages, response, call);
            body["continuationToken"] = token = next;
        }
    }

    /// <summary>The answer of a request that succeeded.</summary>
    public ArmResource Read(Response response, ArmCall call)
    {
        var content = _pipeline.Read(response, call);
        return new ArmResource(content, ReadETag(content));
    }

    /// <summary>A factory's is spelt <c>eTag</c>, everything else's <c>etag</c>.</summary>
    public static string? ReadETag(JsonElement content) => content.Text("etag") ?? content.Text("eTag");

    /// <summary>Waits until what an answer has only begun is done ("Track asynchronous Azure operations" in Microsoft's documentation). An answer that is final comes back at once.</summary>
    /// <returns>The last answer of the operation; null where it has none of its own.</returns>
    public Task<JsonElement?> FinishAsync(Response response, ArmCall call, CancellationToken cancellation) => new LongRunningOperation(this, call, _options).FinishAsync(response, cancellation);

    /// <summary>A list that always has one more page is no list of resources.</summary>
    private void CheckPages(int pages, Response response, ArmCall call)
    {
        if (pages >= _options.MostPages)
        {
            throw Refusals.MakeInvalid(response, call, $"The service's list has no end: it has more than {_options.MostPages} pages.");
        }
    }

    private JsonElement.ArrayEnumerator ItemsOf(JsonElement page, Response response, ArmCall call) =>
        page.Member("value") is { ValueKind: JsonValueKind.Array } items ? items.EnumerateArray() : throw Refusals.MakeInvalid(response, call, "The service's answer is no list: it has no 'value'.");
}
