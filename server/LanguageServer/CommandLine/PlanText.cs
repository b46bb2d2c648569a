using System.Text.Encodings.Web;
using System.Text.Json;
using Pipewright.Azure;
using Pipewright.Deployment.Applying;
using Pipewright.Deployment.Comparison;
using Pipewright.Deployment.Planning;

namespace Pipewright.LanguageServer.CommandLine;

/// <summary>A plan for people, and for programs.</summary>
internal static class PlanText
{
    /// <summary>Values longer than this are cut where people read.</summary>
    private const int LongestValue = 80;

    private const int Red = 31;
    private const int Green = 32;
    private const int Yellow = 33;

    /// <summary>Writes what would change; what stays as it is is counted only.</summary>
    public static void Write(TextWriter text, DeploymentPlan plan, bool usesColour)
    {
        foreach (var change in plan.Changes.Where(c => c.Action != PlannedAction.None))
        {
            text.WriteLine($"{Mark(change.Action, usesColour)} {change.Id}{(change.Unit is { Path.Length: > 0 } unit ? $" ({unit.Path})" : "")}");
            foreach (var property in change.Properties)
            {
                WriteProperty(text, property);
            }
        }

        foreach (var notebook in plan.Notebooks.Where(n => n.Action != PlannedAction.None))
        {
            text.WriteLine($"{Mark(notebook.Action, usesColour)} {notebook.Place}{(notebook.Unit is { File.Length: > 0 } unit ? $" ({unit.File})" : "")}");
        }

        foreach (var warning in plan.Warnings)
        {
            text.WriteLine($"! {warning}");
        }

        text.WriteLine(plan.Summarise());
    }

    public static void WriteProperty(TextWriter text, PropertyChange property) => text.WriteLine($"    {property.Path}: {Shorten(property.Before)} → {Shorten(property.After)}");

    public static void WriteJson(Stream stream, DeploymentPlan plan, FactoryTarget target)
    {
        using var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = 1024 });
        writer.WriteStartObject();
        writer.WriteString("factory", target.ResourceId);
        writer.WriteStartArray("changes");
        foreach (var change in plan.Changes)
        {
            writer.WriteStartObject();
            writer.WriteString("kind", change.Id.KindWord);
            writer.WriteString("name", change.Id.Name);
            writer.WriteString("action", JournalFormat.ActionWord(change.Action));
            writer.WriteString("file", change.Unit?.Path);
            WriteProperties(writer, "properties", change.Properties);
            WriteProperties(writer, "changedOutside", change.ChangedOutside);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStartArray("notebooks");
        foreach (var notebook in plan.Notebooks)
        {
            writer.WriteStartObject();
            writer.WriteString("workspace", notebook.Place.Workspace);
            writer.WriteString("path", notebook.Place.Path);
            writer.WriteString("action", JournalFormat.ActionWord(notebook.Action));
            writer.WriteString("file", notebook.Unit?.File);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStartArray("warnings");
        foreach (var warning in plan.Warnings)
        {
            writer.WriteStringValue(warning);
        }

        writer.WriteEndArray();
        writer.WriteStartObject("summary");
        foreach (var action in (PlannedAction[])[PlannedAction.Create, PlannedAction.Update, PlannedAction.Delete, PlannedAction.None])
        {
            writer.WriteNumber(JournalFormat.ActionWord(action), plan.Count(action));
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.Flush();
        stream.Write("\n"u8);
    }

    public static void WriteProperties(Utf8JsonWriter writer, string name, IEnumerable<PropertyChange> properties)
    {
        writer.WriteStartArray(name);
        foreach (var (path, before, after) in properties)
        {
            writer.WriteStartObject();
            writer.WriteString("path", path);
            WriteValue(writer, "before", before);
            WriteValue(writer, "after", after);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteValue(Utf8JsonWriter writer, string name, string? json)
    {
        writer.WritePropertyName(name);
        writer.WriteRawValue(json ?? "null");
    }

    private static string Mark(PlannedAction action, bool usesColour) => action switch
    {
        PlannedAction.Create => Terminal.Paint("+", Green, usesColour),
        PlannedAction.Update => Terminal.Paint("~", Yellow, usesColour),
        PlannedAction.Delete => Terminal.Paint("-", Red, usesColour),
        _ => "=",
    };

    private static string Shorten(string? json) => json is null ? "(nothing)" : json.Length <= LongestValue ? json : json[..LongestValue] + "…";
}
