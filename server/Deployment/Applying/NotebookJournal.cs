using System.Text.Json;
using Pipewright.Deployment.Notebooks;
using Pipewright.Deployment.Planning;

namespace Pipewright.Deployment.Applying;

/// <summary>What a journal's lines about notebooks hold beside what all have.</summary>
internal static class NotebookJournal
{
    public static void WritePlace(Utf8JsonWriter writer, NotebookPlace place)
    {
        writer.WriteString("workspace", place.Workspace);
        writer.WriteString("notebook", place.Path);
        if (place.ResourceId is not null)
        {
            writer.WriteString("workspaceResourceId", place.ResourceId);
        }
    }

    public static void WriteContents(Utf8JsonWriter writer, NotebookBegun begun)
    {
        if (begun.Before is { } before)
        {
            writer.WriteStartObject("before");
            writer.WriteString("language", before.Language);
            writer.WriteString("source", before.Source);
            writer.WriteEndObject();
        }

        if (begun.Wanted is { } wanted)
        {
            writer.WriteStartObject("wanted");
            writer.WriteString("hash", wanted.Hash);
            writer.WriteBoolean("byCells", wanted.IsByCells);
            writer.WriteEndObject();
        }
    }

    /// <summary>Null for a line about something else.</summary>
    public static NotebookStep? ReadStep(JsonElement content)
    {
        if (Text(content, "workspace") is not { } workspace || Text(content, "notebook") is not { } path)
        {
            return null;
        }

        var place = new NotebookPlace(workspace, path) { ResourceId = Text(content, "workspaceResourceId") };
        return Text(content, "step") switch
        {
            "begun" when Enum.TryParse<PlannedAction>(Text(content, "action"), ignoreCase: true, out var action) => new NotebookBegun(place, action, ReadBefore(content, place), ReadWanted(content)),
            "done" => new NotebookDone(place),
            "failed" => new NotebookFailed(place, Text(content, "error") ?? "", content.TryGetProperty("outcomeUnknown", out var unknown) && unknown.ValueKind == JsonValueKind.True),
            _ => null,
        };
    }

    private static LiveNotebook? ReadBefore(JsonElement content, NotebookPlace place) =>
        content.TryGetProperty("before", out var before) && Text(before, "language") is { } language && Text(before, "source") is { } source ? new LiveNotebook(place, language, source) : null;

    private static NotebookFingerprint? ReadWanted(JsonElement content) => content.TryGetProperty("wanted", out var wanted) && Text(wanted, "hash") is { } hash
        ? new NotebookFingerprint(hash, wanted.TryGetProperty("byCells", out var cells) && cells.ValueKind == JsonValueKind.True)
        : null;

    private static string? Text(JsonElement content, string name) =>
        content.ValueKind == JsonValueKind.Object && content.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
