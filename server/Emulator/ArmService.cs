// What the emulator answers: ARM's operations on factories and what is in them, and those of a Databricks workspace.
using System.Text.Json.Nodes;
using Pipewright.Emulator.Runs;

namespace Pipewright.Emulator;

internal sealed class ArmService
{
    public ArmService(ResourceStore store, ServiceSettings settings, RunBook runs, IEnumerable<Operation> databricks)
    {
        var views = new ResourceViews(store, settings);
        Operations = new OperationTable(
        [
            .. new DirectoryOperations(store, settings, () => Operations!.All).List(),
            .. new FactoryOperations(store, settings).List(),
            .. new ResourceOperations(store, views, settings).List(),
            .. new TriggerOperations(store, views, settings).List(),
            .. new RuntimeOperations(store, views, settings).List(),
            .. new CaptureOperations(store, views).List(),
            .. new RunOperations(store, runs, settings).List(),
            .. new TriggerRunOperations(store, runs, settings).List(),
            .. databricks,
        ]);
    }

    public OperationTable Operations { get; }

    /// <param name="call">Null where no operation has the request's address.</param>
    /// <returns>The answer; a refusal comes as one too.</returns>
    public static ArmResponse Answer(ArmRequest request, ArmCall? call)
    {
        try
        {
            return (call ?? throw NotFound(request)) switch { { } found => found.Operation.Answer(found) };
        }
        catch (ArmErrorException e)
        {
            return ArmResponse.Refuse(request.Service, e);
        }
    }

    private static ArmErrorException NotFound(ArmRequest request) => request.Service == EmulatedService.Databricks
        ? new ArmErrorException(404, "ENDPOINT_NOT_FOUND", $"No API found for '{request.Method} {request.Path}'. The emulator does not do all that a workspace does.")
        : request.Path.Contains("/providers/Microsoft.DataFactory/", StringComparison.OrdinalIgnoreCase)
        ? new ArmErrorException(501, "NotSupportedByEmulator", $"The emulator does not do {request.Method} {request.Path}.")
        : new ArmErrorException(404, "InvalidResourceType", $"The emulator has nothing at '{request.Path}'. It answers for Microsoft.DataFactory/factories.");
}

/// <param name="PageSize">How many items a list gives at once.</param>
/// <param name="Plain">Whether bodies are kept and given back as they were written.</param>
internal sealed record ServiceSettings(int PageSize, bool Plain, TimeProvider Time, LongOperations Pending)
{
    /// <summary>A list, page by page.</summary>
    public ArmResponse Page(ArmRequest request, IEnumerable<JsonNode> all)
    {
        JsonNode[] items = [.. all];
        var skip = int.TryParse(request.SkipToken, out var parsed) ? Math.Clamp(parsed, 0, items.Length) : 0;
        var end = (int)Math.Min(items.Length, (long)skip + PageSize);
        var page = new JsonObject { ["value"] = new JsonArray(items[skip..end]) };
        if (end < items.Length)
        {
            page["nextLink"] = $"{request.Address}?api-version=2018-06-01&%24skiptoken={end}";
        }

        return new ArmResponse(200, page);
    }
}
