// The REST API of Azure Data Factory, api-version 2018-06-01, on Azure.Core's pipeline. Bodies are passed through as they are written, so that
// nothing is lost that a typed model does not know.
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Azure.Core;

namespace Pipewright.Azure;

/// <summary>What became of a look at something that was known before.</summary>
/// <param name="Resource">Null where there is none, or where it is unchanged.</param>
/// <param name="IsUnchanged">It is still the version that was known.</param>
public sealed record ArmLookup(ArmResource? Resource, bool IsUnchanged);

/// <summary>
/// Requests to one factory. Paths are below the factory, such as <c>pipelines/load</c>, each part escaped by <see cref="Uri.EscapeDataString(string)"/>; empty for the
/// factory itself. All methods throw <see cref="ArmException"/> when the service refuses or can't be reached, and where the factory itself is missing.
/// </summary>
public sealed class DataFactoryClient
{
    private const string ApiVersion = "2018-06-01";

    private readonly FactoryTarget _target;
    private readonly ArmConnection _connection;
    private readonly ArmOptions _options;

    /// <param name="credential">Null for an emulator, which is never sent a token.</param>
    /// <param name="options">Null for the usual ones.</param>
    /// <exception cref="ArgumentException">A credential is given for an address that is not Azure's, or none for Azure.</exception>
    public DataFactoryClient(FactoryTarget target, TokenCredential? credential, ArmOptions? options = null)
    {
        _target = target;
        _options = options ?? ArmOptions.Default;
        _connection = new ArmConnection(target.Endpoint, target.Tenant, target, credential, _options);
    }

    public FactoryTarget Target => _target;

    /// <returns>Null where there is no such resource.</returns>
    public async Task<ArmResource?> FindAsync(string path, CancellationToken cancellation) => (await FindAsync(path, null, cancellation)).Resource;

    /// <param name="knownETag">The version that is known already; null for none. Data flows and networks have no answer for that, and are always read.</param>
    public async Task<ArmLookup> FindAsync(string path, string? knownETag, CancellationToken cancellation)
    {
        var call = _connection.Begin(isRead: true);
        using var response = await _connection.SendAsync(call, RequestMethod.Get, MakeUri(path), null, knownETag is null ? null : ("If-None-Match", knownETag), cancellation);
        if (response.Status == 304 && knownETag is not null)
        {
            return new ArmLookup(null, true);
        }

        // The factory itself may be missing, or more than that; then of anything in it that it is missing would say nothing.
        var isMissing = response.Status == 404
            && (path.Length == 0 ? ArmErrors.ReadCode(response) is not ("SubscriptionNotFound" or "ResourceGroupNotFound") : !_connection.Words.IsAboutTheTarget(response));
        return new ArmLookup(isMissing ? null : _connection.Read(response, call), false);
    }

    /// <param name="etag">The version that is replaced; null to create, or to replace whatever is there.</param>
    public async Task<ArmResource> PutAsync(string path, string body, string? etag, CancellationToken cancellation)
    {
        var call = _connection.Begin(isRead: false);
        using var response = await _connection.SendAsync(call, RequestMethod.Put, MakeUri(path), body, etag is null ? null : ("If-Match", etag), cancellation);
        if (response.Status != 202 && !response.Headers.Contains("Azure-AsyncOperation"))
        {
            return _connection.Read(response, call);
        }

        // The resource itself tells what became of it.
        await _connection.FinishAsync(response, call, cancellation);
        return await FindAsync(path, cancellation) ?? throw _connection.Refusals.MakeInvalid(response, call, "What was put is not there.");
    }

    /// <summary>Calls an action such as <c>triggers/nightly/start</c>, and waits for its end where it takes long.</summary>
    /// <param name="query">Further parameters, written as they are sent; null for none.</param>
    /// <param name="body">JSON; null for none.</param>
    /// <param name="isRead">Whether the action changes nothing.</param>
    /// <returns>Null where the action answers nothing.</returns>
    public async Task<JsonElement?> PostAsync(string path, CancellationToken cancellation, string? query = null, string? body = null, bool isRead = false)
    {
        var call = _connection.Begin(isRead);
        using var response = await _connection.SendAsync(call, RequestMethod.Post, MakeUri(path, query), body, null, cancellation);
        if (response.Status is not (200 or 201 or 202 or 204))
        {
            throw _connection.Refusals.Make(response, call);
        }

        if (await _connection.FinishAsync(response, call, cancellation) is { } result)
        {
            return result;
        }

        return response.Content.ToMemory().IsEmpty ? null : _connection.Read(response, call).Content;
    }

    /// <returns>Whether there was something to delete.</returns>
    public async Task<bool> DeleteAsync(string path, CancellationToken cancellation)
    {
        var call = _connection.Begin(isRead: false);
        using var response = await _connection.SendAsync(call, RequestMethod.Delete, MakeUri(path), null, null, cancellation);
        switch (response.Status)
        {
            case 204:
            case 404 when !_connection.Words.IsAboutTheTarget(response):
                return false;
            case 200 or 202:
                await _connection.FinishAsync(response, call, cancellation);
                return true;
            default:
                throw _connection.Refusals.Make(response, call);
        }
    }

    /// <summary>All resources of a collection, page after page.</summary>
    public async IAsyncEnumerable<ArmResource> ListAsync(string collection, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var item in _connection.ListAsync(MakeUri(collection), cancellation))
        {
            yield return new ArmResource(item, ArmConnection.ReadETag(item));
        }
    }

    /// <summary>All that a question such as <c>queryPipelineRuns</c> finds, page after page.</summary>
    public IAsyncEnumerable<JsonElement> QueryAsync(string path, JsonObject question, CancellationToken cancellation) => _connection.QueryAsync(MakeUri(path), question, cancellation);

    /// <summary>Looks again and again, with pauses, until something has come about that no answer tells of.</summary>
    /// <param name="what">What is waited for, for the error where it takes too long: "the subscription of the trigger 'x'".</param>
    public async Task WaitUntilAsync(string what, Func<Task<bool>> hasComeAbout, CancellationToken cancellation)
    {
        var patience = new ArmCall(isRead: true, _options.MaxOperationTime);
        while (!await hasComeAbout())
        {
            if (!patience.TryWait(_options.PollInterval))
            {
                throw new ArmException(
                    0, "OperationTimedOut", $"Waited {_options.MaxOperationTime.TotalMinutes.ToString("0.#", CultureInfo.InvariantCulture)} minutes for {what}. It may still come about.", null)
                { IsOutcomeUnknown = true };
            }

            await Task.Delay(_options.PollInterval, _options.Clock, cancellation);
        }
    }

    private Uri MakeUri(string path, string? query = null) => _connection.MakeUri(path.Length == 0 ? _target.ResourceId : $"{_target.ResourceId}/{path}", ApiVersion, query);
}
