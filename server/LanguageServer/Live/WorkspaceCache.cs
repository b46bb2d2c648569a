// What is known of Databricks workspaces, on disk: one file for each.
using System.Collections.Immutable;
using System.Text.Json;
using Pipewright.Core.Factory;
using Pipewright.Core.Notebooks;

namespace Pipewright.LanguageServer.Live;

/// <summary>Keeps names, ids and what is listed. The code of notebooks is not kept: it may hold what should be in no other place.</summary>
internal sealed class WorkspaceCache(CacheFiles folder)
{
    private const int Version = 1;

    /// <summary>The latest that have been read; of a user who browses more, the next session asks again.</summary>
    private const int MostParts = 1_000;

    public static WorkspaceCache OfUser { get; } = new(CacheFiles.OfUser("workspaces"));

    /// <summary>What is kept of a workspace; null for nothing that can be used.</summary>
    public LiveWorkspace? Read(string domain) => CacheFiles.Read(FileOf(domain), content =>
        content.GetProperty("workspace").GetInt32() != Version || content.GetProperty("domain").GetString() != domain ? null
            : content.GetProperty("parts").EnumerateArray().Aggregate(new LiveWorkspace(domain), (w, p) => w.With(
                new WorkspacePart(Enum.Parse<WorkspacePartKind>(p.GetProperty("kind").GetString()!), p.GetProperty("key").GetString()!),
                new KnownPart(ReadContent(p), p.GetProperty("readAt").GetDateTimeOffset()) { IsFromDisk = true })));

    /// <summary>Whether anything is kept of a workspace, as it was once asked.</summary>
    public bool Has(string domain) => File.Exists(FileOf(domain));

    /// <summary>Puts it in place of what was kept, all or nothing.</summary>
    public void Write(LiveWorkspace workspace) => folder.Write(FileOf(workspace.Domain), writer =>
    {
        writer.WriteStartObject();
        writer.WriteNumber("workspace", Version);
        writer.WriteString("domain", workspace.Domain);
        writer.WriteStartArray("parts");
        foreach (var (part, known) in workspace.Parts.Where(p => p.Value.Content is not (null or NotebookContent)).OrderByDescending(p => p.Value.ReadAt).Take(MostParts))
        {
            writer.WriteStartObject();
            writer.WriteString("kind", part.Kind.ToString());
            writer.WriteString("key", part.Key);
            writer.WriteString("readAt", known.ReadAt);
            Write(writer, known.Content!);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    });

    /// <summary>Where the content of a workspace is kept.</summary>
    public string FileOf(string domain) => folder.FileOf(FilePlace.ToFileName(new Uri(domain).Host), domain);

    private static void Write(Utf8JsonWriter writer, WorkspaceContent content)
    {
        switch (content)
        {
            case FolderContent found:
                writer.WriteBoolean("there", found.IsThere);
                WriteAll(writer, "items", found.Items, i => Write(writer, ("path", i.Path), ("kind", i.Kind.ToString()), ("language", i.Language?.ToString())));
                break;
            case JobContent job:
                writer.WriteBoolean("there", job.Job is not null);
                Write(writer, ("id", job.Job?.Id), ("name", job.Job?.Name));
                WriteAll(writer, "parameters", job.Job?.Parameters ?? [], p => Write(writer, ("name", p.Name), ("default", p.Default)));
                WriteAll(writer, "tasks", job.Job?.Tasks ?? [], t => Write(writer, ("key", t)));
                break;
            case ListContent list:
                WriteAll(writer, "entries", list.Entries, e => Write(writer, e));
                break;
        }
    }

    private static void Write(Utf8JsonWriter writer, WorkspaceEntry entry)
    {
        Write(writer, ("id", entry.Id), ("name", entry.Name));
        switch (entry)
        {
            case WorkspaceCluster cluster:
                Write(writer, ("state", cluster.State), ("runtime", cluster.Runtime), ("nodeType", cluster.NodeType), ("source", cluster.Source));
                break;
            case WorkspacePool pool:
                Write(writer, ("nodeType", pool.NodeType));
                break;
            case WorkspaceNodeType node:
                Write(writer, ("category", node.Category));
                writer.WriteNumber("cores", node.Cores ?? -1);
                writer.WriteNumber("memory", node.Memory ?? -1);
                writer.WriteBoolean("deprecated", node.IsDeprecated);
                break;
        }
    }

    private static void WriteAll<T>(Utf8JsonWriter writer, string name, ImmutableArray<T> items, Action<T> write)
    {
        writer.WriteStartArray(name);
        foreach (var item in items)
        {
            writer.WriteStartObject();
            write(item);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter writer, params ReadOnlySpan<(string Name, string? Value)> members)
    {
        foreach (var (name, value) in members)
        {
            if (value is not null)
            {
                writer.WriteString(name, value);
            }
        }
    }

    private static WorkspaceContent ReadContent(JsonElement part) => Enum.Parse<WorkspacePartKind>(part.GetProperty("kind").GetString()!) switch
    {
        WorkspacePartKind.Folder => new FolderContent([.. part.GetProperty("items").EnumerateArray().Select(ReadItem)], part.GetProperty("there").GetBoolean()),
        WorkspacePartKind.Job => new JobContent(part.GetProperty("there").GetBoolean() ? ReadJob(part) : null),
        var kind => new ListContent([.. part.GetProperty("entries").EnumerateArray().Select(e => ReadEntry(kind, e))]),
    };

    private static WorkspaceItem ReadItem(JsonElement item) => new(
        Needed(item, "path"), Enum.Parse<WorkspaceItemKind>(Needed(item, "kind")), Text(item, "language") is { } language ? Enum.Parse<NotebookLanguage>(language) : null);

    private static JobDefinition ReadJob(JsonElement job) => new(
        Needed(job, "id"), Needed(job, "name"), [.. job.GetProperty("parameters").EnumerateArray().Select(p => new JobParameter(Needed(p, "name"), Text(p, "default")))],
        [.. job.GetProperty("tasks").EnumerateArray().Select(t => Needed(t, "key"))]);

    private static WorkspaceEntry ReadEntry(WorkspacePartKind kind, JsonElement entry)
    {
        var (id, name) = (Needed(entry, "id"), Needed(entry, "name"));
        return kind switch
        {
            WorkspacePartKind.Jobs => new WorkspaceJob(id, name),
            WorkspacePartKind.Clusters => new WorkspaceCluster(id, name, Text(entry, "state"), Text(entry, "runtime"), Text(entry, "nodeType"), Text(entry, "source")),
            WorkspacePartKind.Policies => new WorkspacePolicy(id, name),
            WorkspacePartKind.Pools => new WorkspacePool(id, name, Text(entry, "nodeType")),
            WorkspacePartKind.NodeTypes => new WorkspaceNodeType(
                id, name, entry.GetProperty("cores").GetDouble() is >= 0 and var cores ? cores : null, entry.GetProperty("memory").GetInt64() is >= 0 and var memory ? memory : null,
                Text(entry, "category"), entry.GetProperty("deprecated").GetBoolean()),
            WorkspacePartKind.Runtimes => new WorkspaceRuntime(id, name),
            _ => throw new FormatException($"There is no list of {kind}."),
        };
    }

    private static string Needed(JsonElement element, string name) => element.GetProperty(name).GetString() ?? throw new FormatException($"'{name}' has no value.");

    private static string? Text(JsonElement element, string name) => element.TryGetProperty(name, out var value) ? value.GetString() : null;
}
