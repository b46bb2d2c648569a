using System.Text.Json.Nodes;

namespace Pipewright.Emulator.Databricks;

/// <summary>What stands at a path of the workspace.</summary>
/// <param name="Path">Absolute, without <c>/Workspace</c> before it and without a slash at its end; <c>/</c> for the root.</param>
/// <param name="Type"><c>NOTEBOOK</c>, <c>DIRECTORY</c> or <c>FILE</c>.</param>
/// <param name="Language">Of a notebook: <c>PYTHON</c>, <c>SQL</c>, <c>SCALA</c>, <c>R</c>.</param>
/// <param name="Content">A notebook's source with its first line, or a file's text; null for a folder.</param>
/// <param name="Created">In milliseconds since 1970, as <paramref name="Modified"/>.</param>
internal sealed record WorkspaceItem(long Id, string Path, string Type, string? Language, string? Content, long Created, long Modified)
{
    public const string Notebook = "NOTEBOOK";
    public const string Folder = "DIRECTORY";
    public const string File = "FILE";

    public bool IsFolder => Type == Folder;

    /// <summary>As the service tells of it.</summary>
    public JsonObject Describe()
    {
        var described = new JsonObject { ["path"] = Path, ["object_type"] = Type };
        if (Language is not null)
        {
            described["language"] = Language;
        }

        if (!IsFolder)
        {
            (described["created_at"], described["modified_at"]) = (Created, Modified);
        }

        if (Type == File)
        {
            described["size"] = System.Text.Encoding.UTF8.GetByteCount(Content ?? "");
        }

        described["object_id"] = Id;
        described["resource_id"] = Id.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return described;
    }

    public JsonObject ToJson() => new()
    {
        ["id"] = Id,
        ["path"] = Path,
        ["type"] = Type,
        ["language"] = Language,
        ["content"] = Content,
        ["created"] = Created,
        ["modified"] = Modified,
    };

    /// <summary>Null for what is no item.</summary>
    public static WorkspaceItem? Read(JsonObject kept) => kept.Long("id") is { } id && kept.Text("path") is { } path && kept.Text("type") is { } type
        ? new WorkspaceItem(id, path, type, kept.Text("language"), kept.Text("content"), kept.Long("created") ?? 0, kept.Long("modified") ?? 0)
        : null;
}
