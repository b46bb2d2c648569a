using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using Pipewright.Core.Factory;
using Pipewright.Deployment.Applying;
using Pipewright.Deployment.Notebooks;
using Pipewright.LanguageServer.Deploying;

namespace Pipewright.LanguageServer.CommandLine;

/// <summary>What came of a deployment or a rollback: a line each as soon as it is known, for people, or all of it at the end, for programs.</summary>
/// <param name="factory">The files, to find the places that failures are about.</param>
internal sealed class DeploymentReport(FactorySnapshot factory, bool isJson)
{
    public static Option<string> MakeOutput()
    {
        var output = new Option<string>("--output") { Description = "'text' for people, a line as soon as something is done; 'json' for programs, at the end.", DefaultValueFactory = _ => "text" };
        output.AcceptOnlyFromAmong("text", "json");
        return output;
    }

    public void Write(WorkProgress progress, DeploymentResult result)
    {
        if (!isJson)
        {
            progress.WriteLine(Describe(result));
        }
    }

    public void Write(WorkProgress progress, NotebookResult result)
    {
        if (!isJson)
        {
            progress.WriteLine($"{DeploymentOutcome.ActionName(result.Action)} {result.Notebook.Place}{(result.Error is null ? "" : $"{(result.Notebook.Unit is { File.Length: > 0 } unit ? $" ({unit.File})" : "")}: {result.Error}")}");
        }
    }

    /// <param name="rollback">What was done to undo it; null where nothing was.</param>
    public void End(DeploymentOutcome outcome, DeploymentOutcome? rollback)
    {
        if (!isJson)
        {
            return;
        }

        using var stream = Console.OpenStandardOutput();
        using var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        writer.WriteStartObject();
        WriteMembers(writer, outcome);
        if (rollback is not null)
        {
            writer.WriteStartObject("rollback");
            WriteMembers(writer, rollback);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
        writer.Flush();
        stream.Write("\n"u8);
    }

    private void WriteMembers(Utf8JsonWriter writer, DeploymentOutcome outcome)
    {
        writer.WriteString("factory", outcome.Factory);
        writer.WriteBoolean("succeeded", outcome.Succeeded);
        writer.WriteString("journal", outcome.Journal);
        writer.WriteStartArray("results");
        foreach (var result in outcome.Results)
        {
            writer.WriteStartObject();
            writer.WriteString("kind", result.Change.Id.KindWord);
            writer.WriteString("name", result.Change.Id.Name);
            writer.WriteString("action", DeploymentOutcome.ActionName(result.Action));
            WriteFailure(writer, result.Change.Unit?.Path, LineOf(result), result.Error, result.IsOutcomeUnknown);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStartArray("notebooks");
        foreach (var result in outcome.Notebooks)
        {
            writer.WriteStartObject();
            writer.WriteString("workspace", result.Notebook.Place.Workspace);
            writer.WriteString("path", result.Notebook.Place.Path);
            writer.WriteString("action", DeploymentOutcome.ActionName(result.Action));
            WriteFailure(writer, result.Notebook.Unit?.File, null, result.Error, result.IsOutcomeUnknown);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteFailure(Utf8JsonWriter writer, string? file, int? line, string? error, bool isOutcomeUnknown)
    {
        writer.WriteString("file", file is "" ? null : file);
        if (line is { } known)
        {
            writer.WriteNumber("line", known);
        }

        if (error is not null)
        {
            writer.WriteString("error", error);
            writer.WriteBoolean("outcomeUnknown", isOutcomeUnknown);
        }
    }

    /// <summary>What became of a resource; of a failure also where in the files it comes from.</summary>
    private string Describe(DeploymentResult result)
    {
        var text = $"{DeploymentOutcome.ActionName(result.Action)} {result.Change.Id.Kind} {result.Change.Id.Name}";
        if (result.Error is null)
        {
            return text;
        }

        var path = result.Change.Unit?.Path ?? "";
        return $"{text}{(path.Length > 0 ? $" ({path}{(LineOf(result) is { } line ? $":{line}" : "")})" : "")}: {result.Error}";
    }

    /// <summary>The line that a failure is about, from 1; null where none is known.</summary>
    private int? LineOf(DeploymentResult result) => result is { Action: DeploymentAction.Failed, Error: { } error, Change.Unit.Path: var path } && factory.Documents.TryGetValue(path, out var document)
        ? document.Text.GetPosition(FailurePlace.Find(document, error).Start).Line + 1
        : null;
}
