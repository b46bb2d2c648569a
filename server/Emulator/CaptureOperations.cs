// Starting and stopping change data captures. Nothing is captured: only the state is kept.
using System.Text.Json.Nodes;

namespace Pipewright.Emulator;

internal sealed class CaptureOperations(ResourceStore store, ResourceViews views)
{
    private const string One = Operation.Factory + "/adfcdcs/{name}";

    public IEnumerable<Operation> List() =>
    [
        new("ChangeDataCapture_Start", "POST", One + "/start", call => Turn(call, "Running")),
        new("ChangeDataCapture_Stop", "POST", One + "/stop", call => Turn(call, "Stopped")),
        new("ChangeDataCapture_Status", "GET", One + "/status", GetStatus),
    ];

    private ArmResponse Turn(ArmCall call, string state)
    {
        var (key, capture) = Find(call);
        views.ChangeSettings(key, capture, s => s["state"] = state);
        return new ArmResponse(200);
    }

    /// <summary>A lone text, not an object: so the API has it.</summary>
    private ArmResponse GetStatus(ArmCall call)
    {
        var (key, capture) = Find(call);
        return new ArmResponse(200, JsonValue.Create(views.FindSettings(key, capture).Text("state") ?? "Stopped"));
    }

    private (FactoryKey Key, StoredResource Capture) Find(ArmCall call)
    {
        var key = store.FindFactory(call.Key)?.Key ?? throw ArmErrorException.NoFactory(call.Key);
        return (key, store.Find(key, "adfcdcs", call["name"]) ?? throw ArmErrorException.NotFound("ChangeDataCaptureNotFound", call["name"]));
    }
}
