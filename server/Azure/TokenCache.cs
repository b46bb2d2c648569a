using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Azure.Core;

namespace Pipewright.Azure;

/// <summary>The token of one user for one cloud, tenant and scope. It is held in memory and nowhere else.</summary>
[SuppressMessage("Design", "CA1001", Justification = "A semaphore whose wait handle is never asked for holds nothing that must be released.")]
public sealed class TokenCache(TimeProvider clock)
{
    /// <summary>A token that ends sooner is not used any more: a request with it could come too late.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(5);

    /// <summary>A shorter text is no token, and could be a word of the message.</summary>
    private const int ShortestToken = 16;

    private readonly SemaphoreSlim _asking = new(1);
    private readonly ConcurrentQueue<string> _given = new();
    private volatile Held? _held;

    /// <summary>The token that is held, or a new one where it has ended, was refused or is not enough.</summary>
    /// <param name="refused">The token that the service did not take; null for none.</param>
    public async ValueTask<AccessToken> GetAsync(TokenCredential credential, TokenRequestContext context, string? refused, CancellationToken cancellation)
    {
        await _asking.WaitAsync(cancellation);
        try
        {
            // Another request may have asked for a new one already.
            if (context.Claims is null && _held is { Token: var held } && held.Token != refused && held.ExpiresOn - clock.GetUtcNow() > Margin)
            {
                return held;
            }

            var token = await credential.GetTokenAsync(context, cancellation);
            _given.Enqueue(token.Token);
            while (_given.Count > 4)
            {
                _given.TryDequeue(out _);
            }

            _held = new Held(token);
            return token;
        }
        finally
        {
            _asking.Release();
        }
    }

    /// <summary>The tenant of the token that is held; null where there is none, or it does not tell.</summary>
    public string? HeldTenant => _held is { Token.Token: var token } ? TokenClaims.Read(token).Tenant : null;

    /// <summary>Forgets the token, as when somebody else signs in.</summary>
    public void Forget() => _held = null;

    /// <summary>A text without any token of late: a service could send one back in its error.</summary>
    public string Scrub(string text) => _given.Where(t => t.Length >= ShortestToken).Aggregate(text, (clean, token) => clean.Replace(token, "(token)", StringComparison.Ordinal));

    private sealed record Held(AccessToken Token);
}

/// <summary>Where a client's tokens come from.</summary>
internal sealed record TokenSource(TokenCredential Credential, TokenCache Cache, string Scope)
{
    /// <param name="claims">What the service asks for beyond a token; null for nothing.</param>
    public ValueTask<AccessToken> GetAsync(string? refused, string? claims, CancellationToken cancellation) =>
        Cache.GetAsync(Credential, new TokenRequestContext([Scope], parentRequestId: null, claims, tenantId: null, isCaeEnabled: true), refused, cancellation);
}
