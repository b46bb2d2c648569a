// The emulator's own routes, below /_emulator: what is no part of Azure. They need no version, meet no faults and are not logged.
using System.Text;
using System.Text.Json.Nodes;
using Pipewright.Emulator.Faults;
using Pipewright.Emulator.Runs;

namespace Pipewright.Emulator;

internal sealed class AdminRoutes(ResourceStore store, ArmService service, FaultRules faults, StubRules stubs, TriggerRunOperations triggers, RequestLog log, TimeProvider time, Action reset)
{
    private const string Root = "/_emulator";

    public static bool Owns(PathString path) => path.StartsWithSegments(Root, StringComparison.OrdinalIgnoreCase);

    public async Task<ArmResponse> AnswerAsync(HttpRequest request)
    {
        using var reader = new StreamReader(request.Body, Encoding.UTF8);
        var body = new ArmRequest(request.Method, request.Path.Value!, "", "", null, null, null, await reader.ReadToEndAsync());
        try
        {
            return Answer(body, request.Query["after"].ToString());
        }
        catch (ArmErrorException e)
        {
            return ArmResponse.Refuse(e);
        }
    }

    private ArmResponse Answer(ArmRequest request, string after)
    {
        var path = request.Path.Split('/', StringSplitOptions.RemoveEmptyEntries)[1..];
        switch (request.Method, path)
        {
            case ("GET", ["operations"]):
                return new ArmResponse(200, service.Operations.Describe());
            case ("GET", ["faults"]):
                return new ArmResponse(200, faults.List());
            case ("POST", ["faults"]):
                return new ArmResponse(201, faults.Add(request.ReadBody()));
            case ("DELETE", ["faults"]):
                faults.Clear();
                return new ArmResponse(200);
            case ("DELETE", ["faults", var id]):
                return new ArmResponse(int.TryParse(id, out var number) && faults.Remove(number) ? 200 : 204);
            case ("GET", ["stubs"]):
                return new ArmResponse(200, stubs.List());
            case ("POST", ["stubs"]):
                return new ArmResponse(201, stubs.Add(request.ReadBody()));
            case ("DELETE", ["stubs"]):
                stubs.Clear();
                return new ArmResponse(200);
            case ("DELETE", ["stubs", var stub]):
                return new ArmResponse(int.TryParse(stub, out var place) && stubs.Remove(place) ? 200 : 204);
            case ("POST", ["fire"]):
                return Fire(request.ReadBody());
            case ("GET", ["requests"]):
                return new ArmResponse(200, log.List(long.TryParse(after, out var last) ? last : 0));
            case ("DELETE", ["requests"]):
                log.Clear();
                return new ArmResponse(200);
            case ("POST", ["nodes"]):
                return Register(request.ReadBody());
            case ("POST", ["reset"]):
                reset();
                return new ArmResponse(200);
            default:
                throw new ArmErrorException(404, "NotFound", $"There is no {request.Method} {request.Path}. There are operations, faults, stubs, fire, requests, nodes and reset.");
        }
    }

    private ArmResponse Fire(JsonObject body) =>
        body.Text("trigger")?.Split('/', StringSplitOptions.RemoveEmptyEntries) is ["subscriptions", var subscription, _, var group, _, _, _, var factory, _, var trigger]
            ? new ArmResponse(200, triggers.Fire(new FactoryKey(subscription, group, factory), trigger))
            : throw ArmErrorException.BadRequest("What is to fire needs 'trigger', the id of one.");

    private ArmResponse Register(JsonObject body)
    {
        var status = body.Text("status") ?? "Online";
        if (body.Text("integrationRuntime")?.Split('/', StringSplitOptions.RemoveEmptyEntries) is not ["subscriptions", var subscription, _, var group, _, _, _, var factory, _, var runtime]
            || body.Text("name") is not { Length: > 0 and <= 150 } name || name.Contains('/', StringComparison.Ordinal) || status is not ("Online" or "Offline"))
        {
            throw ArmErrorException.BadRequest("A node needs 'integrationRuntime', the id of a self-hosted one; 'name'; and 'status', which is Online or Offline.");
        }

        return new ArmResponse(200, RuntimeOperations.Register(store, new FactoryKey(subscription, group, factory), runtime, name, status, time.GetUtcNow()));
    }
}
