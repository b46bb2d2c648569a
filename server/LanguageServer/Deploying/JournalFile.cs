using System.Text;
using Pipewright.Azure;
using Pipewright.Deployment.Applying;

namespace Pipewright.LanguageServer.Deploying;

/// <summary>A journal on disk, for its owner's eyes only. Each step is there before the next one begins.</summary>
internal sealed class JournalFile : IDeploymentJournal, IDisposable
{
    private readonly Lock _lock = new();
    private readonly FileStream _stream;

    public JournalFile(string path, FactoryTarget target, string? undoes)
    {
        Path = path;
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.Read };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        _stream = new FileStream(path, options);
        Append(JournalFormat.Write(new JournalHeader(target.ResourceId, TimeProvider.System.GetUtcNow(), undoes)));
    }

    public string Path { get; }

    public void Write(JournalStep step) => Append(JournalFormat.Write(step, TimeProvider.System.GetUtcNow()));

    /// <summary>The deployment has come to its end, good or bad.</summary>
    public void End() => Append(JournalFormat.WriteEnd(TimeProvider.System.GetUtcNow()));

    public void Dispose() => _stream.Dispose();

    private void Append(string line)
    {
        lock (_lock)
        {
            _stream.Write(Encoding.UTF8.GetBytes(line));
            _stream.Flush(flushToDisk: true);
        }
    }
}
