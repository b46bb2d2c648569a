using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Azure;
using Azure.Core;

namespace Pipewright.Azure.Databricks;

/// <summary>Requests to one workspace.</summary>
internal sealed class DatabricksConnection
{
    private readonly DatabricksWorkspace _workspace;
    private readonly ServicePipeline _pipeline;
    private readonly int _mostPages;

    /// <exception cref="ArgumentException">A credential is given for an emulator, or none for Azure.</exception>
    public DatabricksConnection(DatabricksWorkspace workspace, TokenCredential? credential, ArmOptions options)
    {
        if (workspace.IsEmulator != credential is null)
        {
            throw new ArgumentException("A workspace of Azure needs a credential, and an emulator is never sent one.", nameof(credential));
        }

        _workspace = workspace;
        _mostPages = options.MostPages;
        var tokens = credential is null ? null : new TokenSource(credential, options.Tokens ?? new TokenCache(options.Clock), AzureCloud.DatabricksScope);
        _pipeline = new ServicePipeline(workspace.Address, tokens, new Refusals(new DatabricksWords(workspace, tokens, options), workspace.Tenant, tokens, options), options);
    }

    public Task<JsonElement> GetAsync(string path, Query query, CancellationToken cancellation) => GetAsync(_pipeline.Begin(isRead: true), path, query, cancellation);

    /// <returns>Null where what is asked for does not exist.</returns>
    public async Task<JsonElement?> FindAsync(string path, Query query, CancellationToken cancellation)
    {
        try
        {
            return await GetAsync(path, query, cancellation);
        }
        catch (ArmException e) when (IsMissing(e))
        {
            return null;
        }
    }

    /// <summary>The items of a list, page after page.</summary>
    /// <param name="member">The member that holds them. An empty list may have none.</param>
    /// <param name="next">The parameter that asks for the next page; the answer names its value by <c>next_page_token</c>.</param>
    /// <param name="read">Null for an item that is nothing.</param>
    public async IAsyncEnumerable<T> ListAsync<T>(
        string path, Query query, string member, Func<JsonElement, T?> read, [EnumeratorCancellation] CancellationToken cancellation, string next = "page_token")
        where T : class
    {
        await foreach (var page in PagesAsync(path, query, cancellation, next))
        {
            foreach (var item in page.Items(member).Select(read).OfType<T>())
            {
                yield return item;
            }
        }
    }

    /// <summary>The pages of an answer that may have several.</summary>
    public async IAsyncEnumerable<JsonElement> PagesAsync(string path, Query query, [EnumeratorCancellation] CancellationToken cancellation, string next = "page_token")
    {
        var call = _pipeline.Begin(isRead: true);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (string? token = null; ;)
        {
            var page = await GetAsync(call, path, token is null ? query : query.With(next, token), cancellation);
            yield return page;
            token = page.Text("next_page_token");
            if (token is not { Length: > 0 })
            {
                yield break;
            }

            if (seen.Count >= _mostPages)
            {
                throw new ArmException(200, ArmException.InvalidResponse, $"{_workspace.Host}: The service's list has no end: it has more than {_mostPages} pages.", null);
            }

            if (!seen.Add(token))
            {
                throw new ArmException(200, ArmException.InvalidResponse, $"{_workspace.Host}: The service's list goes in a circle: a page points back to an earlier one.", null);
            }
        }
    }

    public async Task PostAsync(string path, JsonObject body, CancellationToken cancellation)
    {
        var call = _pipeline.Begin(isRead: false);
        using var response = await SendAsync(call, RequestMethod.Post, path, Query.None, body.ToJsonString(), cancellation);
        _pipeline.Read(response, call);
    }

    /// <summary>Whether an error says that what was asked for is not there, and nothing more than that.</summary>
    public static bool IsMissing(ArmException e) => e.Code == DatabricksErrors.DoesNotExist
        || (e is { Status: 400, Code: "INVALID_PARAMETER_VALUE" or "INVALID_STATE" } && e.Message.Contains("does not exist", StringComparison.OrdinalIgnoreCase));

    private async Task<JsonElement> GetAsync(ArmCall call, string path, Query query, CancellationToken cancellation)
    {
        using var response = await SendAsync(call, RequestMethod.Get, path, query, null, cancellation);
        return _pipeline.Read(response, call);
    }

    private Task<Response> SendAsync(ArmCall call, RequestMethod method, string path, Query query, string? body, CancellationToken cancellation) => _pipeline.SendAsync(
        call, method, new Uri(_workspace.Address, path + query), body, _workspace is { ResourceId: { } id, IsEmulator: false } ? ("X-Databricks-Azure-Workspace-Resource-Id", id) : null, cancellation);
}

/// <summary>What stands behind the <c>?</c> of an address.</summary>
internal sealed record Query(string Text)
{
    public static Query None { get; } = new("");

    public static Query Of(string name, string value) => None.With(name, value);

    /// <param name="value">Null leaves the parameter out.</param>
    public Query With(string name, string? value) => value is null ? this : new Query($"{Text}{(Text.Length == 0 ? "?" : "&")}{name}={Uri.EscapeDataString(value)}");

    public override string ToString() => Text;
}
