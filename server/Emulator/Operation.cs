// The table of what the emulator does: every operation with the address that it answers at. What is not in it is not claimed.
using System.Collections.Frozen;
using System.Text.Json.Nodes;

namespace Pipewright.Emulator;

/// <summary>The services whose API the emulator answers.</summary>
internal enum EmulatedService
{
    DataFactory,
    Databricks,

    /// <summary>Resource Manager itself, and links that only answers give.</summary>
    Around,
}

/// <summary>An operation of the management API, or of a Databricks workspace.</summary>
/// <param name="Id">Its name in Microsoft's REST model, <c>Pipelines_Get</c>; of Databricks the path in its reference, <c>jobs/runs/get</c>.</param>
/// <param name="Template">Its address, with <c>{names}</c> for what varies.</param>
internal sealed record Operation(string Id, string Method, string Template, Func<ArmCall, ArmResponse> Answer)
{
    public const string Subscription = "/subscriptions/{subscription}";
    public const string Provider = Subscription + "/providers/Microsoft.DataFactory";
    public const string Factories = Subscription + "/resourceGroups/{group}/providers/Microsoft.DataFactory/factories";
    public const string Factory = Factories + "/{factory}";

    public string[] Segments { get; } = Template.Split('/', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Whose it is. Those around the services are not claimed.</summary>
    public EmulatedService Service { get; init; } = EmulatedService.DataFactory;

    /// <summary>What the path has in the places that vary; null for another path.</summary>
    public Dictionary<string, string>? Match(string[] path)
    {
        if (path.Length != Segments.Length)
        {
            return null;
        }

        Dictionary<string, string> found = [];
        for (var i = 0; i < path.Length; i++)
        {
            if (Segments[i].StartsWith('{'))
            {
                found[Segments[i][1..^1]] = path[i];
            }
            else if (!Segments[i].Equals(path[i], StringComparison.OrdinalIgnoreCase))
            {
                return null;
            }
        }

        return found;
    }
}

/// <summary>A request on its way to one operation.</summary>
internal sealed record ArmCall(Operation Operation, ArmRequest Request, IReadOnlyDictionary<string, string> Values)
{
    public string this[string name] => Values[name];

    /// <summary>The factory's place as the request writes it.</summary>
    public FactoryKey Key => new(Values["subscription"], Values["group"], Values["factory"]);
}

/// <summary>Finds a request's operation.</summary>
internal sealed class OperationTable
{
    private readonly FrozenDictionary<(string Method, int Length), Operation[]> _byShape;

    public OperationTable(IEnumerable<Operation> operations)
    {
        All = [.. operations];
        _byShape = All.GroupBy(o => (o.Method, o.Segments.Length)).ToFrozenDictionary(g => g.Key, g => g.ToArray());
    }

    public IReadOnlyList<Operation> All { get; }

    /// <summary>Null where nothing is at this address.</summary>
    public ArmCall? Find(ArmRequest request)
    {
        var path = request.Path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        foreach (var operation in _byShape.GetValueOrDefault((request.Method, path.Length), []))
        {
            if (operation.Match(path) is { } values)
            {
                return new ArmCall(operation, request, values);
            }
        }

        return null;
    }

    /// <summary>The operations of the services, as the admin route lists them.</summary>
    public JsonObject Describe() => new()
    {
        ["value"] = new JsonArray([.. All.Where(o => o.Service != EmulatedService.Around).Select(o => new JsonObject
        {
            ["id"] = o.Id,
            ["method"] = o.Method,
            ["path"] = o.Template,
            ["service"] = o.Service.ToString(),
        })]),
    };
}
