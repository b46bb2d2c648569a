// A journal as text: one JSON object a line.
using System.Buffers;
using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using Pipewright.Core.Factory;
using Pipewright.Deployment.Planning;

namespace Pipewright.Deployment.Applying;

/// <summary>What a journal is about.</summary>
/// <param name="Factory">The resource id of the target.</param>
/// <param name="Time">When it began.</param>
/// <param name="Undoes">The name of the journal whose deployment this one rolls back; null for a deployment.</param>
public sealed record JournalHeader(string Factory, DateTimeOffset Time, string? Undoes = null);

/// <summary>A journal, read.</summary>
/// <param name="IsEnded">Whether the deployment came to its end, good or bad; else it was interrupted, or is going on.</param>
public sealed record JournalRecord(JournalHeader Header, ImmutableArray<JournalStep> Steps, bool IsEnded);

/// <summary>What journals tell together.</summary>
public static class JournalRecords
{
    /// <summary>Triggers that deployments have stopped for a change and not started again, as they were interrupted or could not.</summary>
    /// <param name="journals">Of one target, the oldest first.</param>
    public static ImmutableArray<string> FindStoppedTriggers(IEnumerable<JournalRecord> journals)
    {
        var stopped = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var steps in journals.Select(j => j.Steps))
        {
            foreach (var step in steps)
            {
                _ = step switch
                {
                    TriggerStopped { Id.Name: var name } => stopped.Add(name),
                    TriggerStarted { Id.Name: var name } => stopped.Remove(name),
                    _ => false,
                };
            }

            // One that was to be deleted is not missed.
            stopped.ExceptWith(steps.OfType<ResourceBegun>().Where(b => b.Action == PlannedAction.Delete).Select(b => b.Id.Name));
        }

        return [.. stopped];
    }
}

public static class JournalFormat
{
    private const int Version = 1;

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = 1024 };

    public static string Write(JournalHeader header) => WriteLine(writer =>
    {
        writer.WriteNumber("journal", Version);
        writer.WriteString("factory", header.Factory);
        writer.WriteString("time", header.Time);
        if (header.Undoes is not null)
        {
            writer.WriteString("undoes", header.Undoes);
        }
    });

    /// <param name="time">When it happened.</param>
    public static string Write(JournalStep step, DateTimeOffset time) => WriteLine(writer =>
    {
        writer.WriteString("step", StepWord(step));
        writer.WriteString("time", time);
        if (step is ResourceStep { Id: var id })
        {
            writer.WriteString("kind", id.KindWord);
            writer.WriteString("name", id.Name);
            if (id.VirtualNetwork is not null)
            {
                writer.WriteString("virtualNetwork", id.VirtualNetwork);
            }
        }
        else if (step is NotebookStep notebook)
        {
            NotebookJournal.WritePlace(writer, notebook.Place);
        }

        WriteDetails(writer, step);
    });

    private static void WriteDetails(Utf8JsonWriter writer, JournalStep step)
    {
        switch (step)
        {
            case ResourceBegun begun:
                writer.WriteString("action", ActionWord(begun.Action));
                WriteBody(writer, "before", begun.Before);
                WriteBody(writer, "wanted", begun.Wanted);
                break;
            case ResourceDone { ETag: { } etag }:
                writer.WriteString("etag", etag);
                break;
            case ResourceFailed failed:
                writer.WriteString("error", failed.Error);
                writer.WriteBoolean("outcomeUnknown", failed.IsOutcomeUnknown);
                break;
            case NotebookBegun begun:
                writer.WriteString("action", ActionWord(begun.Action));
                NotebookJournal.WriteContents(writer, begun);
                break;
            case NotebookFailed failed:
                writer.WriteString("error", failed.Error);
                writer.WriteBoolean("outcomeUnknown", failed.IsOutcomeUnknown);
                break;
        }
    }

    /// <summary>The last line of a deployment that came to its end.</summary>
    public static string WriteEnd(DateTimeOffset time) => WriteLine(writer =>
    {
        writer.WriteString("step", "end");
        writer.WriteString("time", time);
    });

    /// <summary>Reads a journal. A last line that was cut off by a crash is left out.</summary>
    /// <returns>Null where the first line is not a journal's.</returns>
    public static JournalRecord? Read(IEnumerable<string> lines)
    {
        JournalHeader? header = null;
        var steps = ImmutableArray.CreateBuilder<JournalStep>();
        var isEnded = false;
        foreach (var line in lines)
        {
            if (Parse(line) is not { ValueKind: JsonValueKind.Object } content)
            {
                continue;
            }

            if (header is null)
            {
                header = ReadHeader(content);
                if (header is null)
                {
                    return null;
                }
            }
            else if (ReadStep(content) is { } step)
            {
                steps.Add(step);
            }
            else
            {
                isEnded |= Text(content, "step") == "end";
            }
        }

        return header is null ? null : new JournalRecord(header, steps.ToImmutable(), isEnded);
    }

    public static string ActionWord(PlannedAction action) => action.ToString().ToLowerInvariant();

    private static string StepWord(JournalStep step) => step switch
    {
        ResourceBegun or NotebookBegun => "begun",
        TriggerStopped => "stopped",
        TriggerStarted => "started",
        ResourceDone or NotebookDone => "done",
        _ => "failed",
    };

    private static JournalHeader? ReadHeader(JsonElement content) =>
        content.TryGetProperty("journal", out var version) && version.ValueKind == JsonValueKind.Number && version.TryGetInt32(out var number) && number == Version
            && Text(content, "factory") is { } factory && content.TryGetProperty("time", out var time) && time.TryGetDateTimeOffset(out var begun)
                ? new JournalHeader(factory, begun, Text(content, "undoes"))
                : null;

    private static JournalStep? ReadStep(JsonElement content)
    {
        if (NotebookJournal.ReadStep(content) is { } notebook)
        {
            return notebook;
        }

        if (Text(content, "kind") is not { } word || !FileClassification.GitFolders.TryGetValue(word, out var kind) || Text(content, "name") is not { } name)
        {
            return null;
        }

        var id = new ResourceId(kind, name, Text(content, "virtualNetwork"));
        return Text(content, "step") switch
        {
            "begun" when Enum.TryParse<PlannedAction>(Text(content, "action"), ignoreCase: true, out var action) => new ResourceBegun(id, action, Body(content, "before"), Body(content, "wanted")),
            "stopped" => new TriggerStopped(id),
            "started" => new TriggerStarted(id),
            "done" => new ResourceDone(id, Text(content, "etag")),
            "failed" => new ResourceFailed(id, Text(content, "error") ?? "", content.TryGetProperty("outcomeUnknown", out var unknown) && unknown.ValueKind == JsonValueKind.True),
            _ => null,
        };
    }

    private static JsonElement? Parse(string line)
    {
        try
        {
            return JsonElement.Parse(line, new JsonDocumentOptions { MaxDepth = 1024 });
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static JsonElement Body(JsonElement content, string name) => content.TryGetProperty(name, out var body) ? body : default;

    private static string? Text(JsonElement content, string name) => content.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static void WriteBody(Utf8JsonWriter writer, string name, JsonElement body)
    {
        if (body.ValueKind != JsonValueKind.Undefined)
        {
            writer.WritePropertyName(name);
            body.WriteTo(writer);
        }
    }

    private static string WriteLine(Action<Utf8JsonWriter> writeMembers)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Options))
        {
            writer.WriteStartObject();
            writeMembers(writer);
            writer.WriteEndObject();
        }

        return System.Text.Encoding.UTF8.GetString(buffer.WrittenSpan) + "\n";
    }
}
