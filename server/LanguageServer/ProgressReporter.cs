using System.Collections.Concurrent;
using System.Text.Json;
using Pipewright.LanguageServer.Protocol;

namespace Pipewright.LanguageServer;

/// <summary>Work-done progress, to clients that show it.</summary>
internal sealed class ProgressReporter
{
    private readonly ServerSession _session;
    private readonly ConcurrentDictionary<string, CancellationTokenSource> _cancellable = new();
    private int _count;

    public ProgressReporter(ServerSession session) => _session = session;

    /// <summary>Begins to report under the client's own token, or under a new one that the client is asked to show.</summary>
    public async Task<ProgressReport> BeginAsync(string title, JsonElement? clientToken, bool isCancellable)
    {
        var token = clientToken ?? (_session.Client?.Window?.WorkDoneProgress == true ? await CreateAsync() : null);
        var report = new ProgressReport(_session, token, token is null ? null : () => _cancellable.TryRemove(token.Value.GetRawText(), out _));
        if (token is { } known)
        {
            _cancellable[known.GetRawText()] = report.Source;
            report.Send(new WorkDoneProgress("begin", title, null, isCancellable ? 0 : null, isCancellable));
        }

        return report;
    }

    /// <summary>The user has pressed cancel.</summary>
    public void Cancel(JsonElement token)
    {
        if (_cancellable.TryGetValue(token.GetRawText(), out var source))
        {
            source.Cancel();
        }
    }

    private async Task<JsonElement?> CreateAsync()
    {
        var token = ProtocolJson.Write($"pipewright-{Interlocked.Increment(ref _count)}", ProtocolJson.Default.String);
        var created = await _session.Host.TryRequestAsync(
            "window/workDoneProgress/create", ProtocolJson.Write(new ProgressToken(token.GetString()!), ProtocolJson.Default.ProgressToken), CancellationToken.None);
        return created ? token : null;
    }
}

/// <summary>One piece of work that is reported on; the report ends when this is disposed.</summary>
internal sealed class ProgressReport(ServerSession session, JsonElement? token, Action? end) : IAsyncDisposable
{
    public CancellationTokenSource Source { get; } = new();

    public void Report(string message, int percentage) => Send(new WorkDoneProgress("report", null, message, percentage, null));

    public void Send(WorkDoneProgress progress)
    {
        if (token is { } known)
        {
            session.Notify("$/progress", ProtocolJson.Write(new ProgressParams(known, progress), ProtocolJson.Default.ProgressParams));
        }
    }

    public ValueTask DisposeAsync()
    {
        Send(new WorkDoneProgress("end", null, null, null, null));
        end?.Invoke();
        Source.Dispose();
        return ValueTask.CompletedTask;
    }
}
