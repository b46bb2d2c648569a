// The members of what the context functions give.
using System.Collections.Immutable;

namespace Pipewright.Core.Expressions;

public static class ContextMembers
{
    private static readonly ImmutableArray<string> FabricOnly = ["libraryVariables", "TriggerEvent", "PipelineName", "Workspace", "WorkspaceId"];

    /// <summary>Whether only Microsoft Fabric has this member of <c>pipeline()</c>.</summary>
    public static bool IsFabricOnly(string name) => FabricOnly.Contains(name, StringComparer.OrdinalIgnoreCase);

    public static ExpressionType Pipeline(ExpressionType parameters, ExpressionType globalParameters) => ExpressionType.ObjectOf(
        [
            new("DataFactory", ExpressionType.String, false, "The name of the data factory."),
            new("Pipeline", ExpressionType.String, false, "The name of the pipeline."),
            new("RunId", ExpressionType.String, false, "The ID of the run."),
            new("TriggerType", ExpressionType.String, false, "What started the run: Manual, ScheduleTrigger, TumblingWindowTrigger, BlobEventsTrigger …"),
            new("TriggerId", ExpressionType.String, false, "The ID of the trigger's run."),
            new("TriggerName", ExpressionType.String, false, "The name of the trigger."),
            new("TriggerTime", ExpressionType.String, false, "When the trigger fired, as a timestamp. It may differ from the scheduled time."),
            new("GroupId", ExpressionType.String, false, "The ID of the group of runs that this one belongs to."),
            new("TriggeredByPipelineName", ExpressionType.String, true, "The pipeline that started this one, where one did."),
            new("TriggeredByPipelineRunId", ExpressionType.String, true, "The run of the pipeline that started this one, where one did."),
            new("parameters", parameters, false, "The parameters of the pipeline."),
            new("globalParameters", globalParameters, false, "The global parameters of the factory."),
        ], isClosed: true);

    /// <param name="hasFailed">The error is surely there.</param>
    public static ExpressionType Activity(ExpressionType output, bool hasFailed) => ExpressionType.ObjectOf(
        [
            new("output", output, false, "What the activity gives."),
            new("error", ExpressionType.ObjectOf(
                [
                    new("message", ExpressionType.String, false, "What went wrong."),
                    new("errorCode", ExpressionType.String, false, "The code of the error."),
                    new("failureType", ExpressionType.String, false, "UserError or SystemError."),
                    new("target", ExpressionType.String, false, "The name of the activity."),
                    new("details", ExpressionType.Any, false, "More about the error."),
                ], isClosed: false), !hasFailed, "Why the activity failed; there only if it did."),
            new("status", ExpressionType.String, false, "Succeeded, Failed, Skipped …"),
            new("ActivityRunId", ExpressionType.String),
            new("Duration", ExpressionType.Any),
        ], isClosed: false);

    /// <summary>What <c>trigger()</c> gives in a trigger of a type.</summary>
    public static ExpressionType? Trigger(string? triggerType) => triggerType switch
    {
        "ScheduleTrigger" => ExpressionType.ObjectOf(
            [
                new("scheduledTime", ExpressionType.String, false, "When the trigger was due."),
                new("startTime", ExpressionType.String, false, "When the trigger fired."),
            ], isClosed: false),
        "TumblingWindowTrigger" => ExpressionType.ObjectOf(
            [
                new("scheduledTime", ExpressionType.String, false, "When the trigger was due."),
                new("startTime", ExpressionType.String, false, "When the trigger fired."),
                new("outputs", ExpressionType.ObjectOf(
                    [
                        new("windowStartTime", ExpressionType.String, false, "The start of the window."),
                        new("windowEndTime", ExpressionType.String, false, "The end of the window."),
                    ], isClosed: false), false, "The window that the run is for."),
            ], isClosed: false),
        "BlobEventsTrigger" or "CustomEventsTrigger" => ExpressionType.ObjectOf(
            [new("startTime", ExpressionType.String, false, "When the trigger fired."), new("outputs", ExpressionType.Any)], isClosed: false),
        _ => null,
    };

    /// <summary>What <c>triggerBody()</c> gives in a trigger of a type.</summary>
    public static ExpressionType? TriggerBody(string? triggerType) => triggerType switch
    {
        "BlobEventsTrigger" => ExpressionType.ObjectOf(
            [
                new("fileName", ExpressionType.String, false, "The name of the file that the event is about."),
                new("folderPath", ExpressionType.String, false, "The container and folder of the file."),
            ], isClosed: false),
        "CustomEventsTrigger" => ExpressionType.ObjectOf(
            [
                new("event", ExpressionType.ObjectOf(
                    [
                        new("eventType", ExpressionType.String, false, "The type of the event."),
                        new("subject", ExpressionType.String, false, "The subject of the event."),
                        new("data", ExpressionType.Any, false, "What the publisher of the event sent along."),
                    ], isClosed: false), false, "The event."),
            ], isClosed: false),
        _ => null,
    };
}
