using System.Collections.Concurrent;
using Pipewright.Deployment.Notebooks;

namespace Pipewright.Server.Tests.Deployment.Notebooks;

/// <summary>Workspaces in memory.</summary>
internal sealed class MemoryWorkspace : IWorkspaceClient
{
    private readonly ConcurrentDictionary<NotebookPlace, LiveNotebook> _notebooks = new();

    /// <summary>Every request, in the order in which they came.</summary>
    public ConcurrentQueue<string> Calls { get; } = new();

    /// <summary>Called with each request before and after it is carried out; throws to let it fail.</summary>
    public Action<string, bool> Fault { get; set; } = (_, _) => { };

    /// <summary>Paths with their sources.</summary>
    public SortedDictionary<string, string> Content => new(_notebooks.ToDictionary(n => n.Key.Path, n => n.Value.Source), StringComparer.Ordinal);

    public void Seed(string path, string source, string language = "PYTHON") => _notebooks[PlaceOf(path)] = new LiveNotebook(PlaceOf(path), language, source);

    public static NotebookPlace PlaceOf(string path) => new("https://adb-1.2.azuredatabricks.net", path);

    /// <summary>The same notebooks.</summary>
    public MemoryWorkspace Copy()
    {
        var copy = new MemoryWorkspace();
        foreach (var (place, notebook) in _notebooks)
        {
            copy._notebooks[place] = notebook;
        }

        return copy;
    }

    public Task<LiveNotebook?> FindAsync(NotebookPlace place, CancellationToken cancellation) => Do($"get {place.Path}", () => _notebooks.GetValueOrDefault(place));

    public Task ImportAsync(NotebookPlace place, NotebookContent content, CancellationToken cancellation) =>
        Do($"put {place.Path}", () => _notebooks[place] = new LiveNotebook(place, content.Language, content.Text));

    public Task<bool> DeleteAsync(NotebookPlace place, CancellationToken cancellation) => Do($"delete {place.Path}", () => _notebooks.TryRemove(place, out _));

    private async Task<T> Do<T>(string call, Func<T> act)
    {
        Calls.Enqueue(call);
        await Task.Yield();
        Fault(call, false);
        var result = act();
        Fault(call, true);
        return result;
    }
}
