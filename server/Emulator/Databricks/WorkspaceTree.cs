// The folders, notebooks and files of the workspace.
namespace Pipewright.Emulator.Databricks;

/// <param name="state">Keeps them over a restart; null for memory only.</param>
internal sealed class WorkspaceTree(TimeProvider time, DatabricksState? state)
{
    private const string Kind = "objects";

    private readonly Lock _lock = new();
    private readonly SortedDictionary<string, WorkspaceItem> _items = new(StringComparer.Ordinal);
    private long _last;

    /// <summary>Reads what was kept.</summary>
    /// <returns>Whether there was anything.</returns>
    public bool Load()
    {
        lock (_lock)
        {
            foreach (var item in (state?.Load(Kind) ?? []).Select(WorkspaceItem.Read).OfType<WorkspaceItem>())
            {
                _items[item.Path] = item;
                _last = Math.Max(_last, item.Id);
            }

            return _items.Count > 0;
        }
    }

    public void Clear()
    {
        lock (_lock)
        {
            foreach (var item in _items.Values.ToArray())
            {
                Forget(item);
            }
        }
    }

    /// <summary>Null where nothing is at the path.</summary>
    public WorkspaceItem? Find(string path)
    {
        lock (_lock)
        {
            return _items.GetValueOrDefault(Normalise(path));
        }
    }

    /// <summary>What a folder holds, one level deep; what is no folder is its own list.</summary>
    /// <exception cref="ArmErrorException">Nothing is at the path.</exception>
    public IReadOnlyList<WorkspaceItem> List(string path)
    {
        lock (_lock)
        {
            var found = Find(path) ?? throw DatabricksRefusals.NoPath(path);
            return found.IsFolder ? [.. _items.Values.Where(i => i.Path != "/" && ParentOf(i.Path) == found.Path)] : [found];
        }
    }

    /// <summary>Makes a folder with all above it.</summary>
    /// <exception cref="ArmErrorException">Something else is at the path, or above it.</exception>
    public void MakeFolder(string path)
    {
        lock (_lock)
        {
            var wanted = Normalise(path);
            switch (Find(wanted))
            {
                case { IsFolder: true }:
                    return;
                case not null:
                    throw DatabricksRefusals.PathTaken(wanted);
            }

            if (wanted != "/")
            {
                MakeFolder(ParentOf(wanted));
            }

            Keep(new WorkspaceItem(++_last, wanted, WorkspaceItem.Folder, null, null, Now, Now));
        }
    }

    /// <summary>Puts a notebook or a file into a folder that is there.</summary>
    /// <exception cref="ArmErrorException">There is no such folder, or something is there that is not replaced.</exception>
    public void Put(string path, string type, string? language, string content, bool overwrite)
    {
        lock (_lock)
        {
            var wanted = Normalise(path);
            var old = Find(wanted);
            if (old is not null && (!overwrite || old.Type != type))
            {
                throw DatabricksRefusals.PathTaken(wanted);
            }

            if (Find(ParentOf(wanted)) is not { IsFolder: true })
            {
                throw new ArmErrorException(404, "RESOURCE_DOES_NOT_EXIST", $"The parent folder ({ParentOf(wanted)}) does not exist.");
            }

            Keep(new WorkspaceItem(old?.Id ?? ++_last, wanted, type, language, content, old?.Created ?? Now, Now));
        }
    }

    /// <exception cref="ArmErrorException">Nothing is there, or it holds something and does not go with it.</exception>
    public void Delete(string path, bool isRecursive)
    {
        lock (_lock)
        {
            var item = Find(path) ?? throw DatabricksRefusals.NoPath(path);
            if (item.Path == "/")
            {
                throw DatabricksRefusals.Invalid("The root of the workspace can't be deleted.");
            }

            var inner = _items.Values.Where(i => i.Path.StartsWith(item.Path + "/", StringComparison.Ordinal)).ToArray();
            if (inner.Length > 0 && !isRecursive)
            {
                throw new ArmErrorException(400, "DIRECTORY_NOT_EMPTY", $"Folder ({item.Path}) is not empty");
            }

            foreach (var gone in inner.Append(item))
            {
                Forget(gone);
            }
        }
    }

    /// <summary>A path without what may be left out: <c>/Workspace</c> before it and a slash at its end.</summary>
    /// <exception cref="ArmErrorException">It is not absolute.</exception>
    public static string Normalise(string path)
    {
        if (!path.StartsWith('/'))
        {
            throw DatabricksRefusals.Invalid($"Path ({path}) must be absolute and start with '/'");
        }

        var bare = path == "/Workspace" ? "/" : path.StartsWith("/Workspace/", StringComparison.Ordinal) ? path["/Workspace".Length..] : path;
        return bare.TrimEnd('/') is { Length: > 0 } trimmed ? trimmed : "/";
    }

    private static string ParentOf(string path) => path.LastIndexOf('/') is var at and > 0 ? path[..at] : "/";

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    private void Keep(WorkspaceItem item)
    {
        state?.Write(Kind, item.Id, item.ToJson());
        _items[item.Path] = item;
    }

    private void Forget(WorkspaceItem item)
    {
        state?.Delete(Kind, item.Id);
        _items.Remove(item.Path);
    }
}
