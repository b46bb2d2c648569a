// Filters, order and pages of runs: RunFilterParameters of the REST model.
using System.Text.Json.Nodes;

namespace Pipewright.Emulator.Runs;

internal sealed class RunQuery
{
    private static readonly Dictionary<string, string> Operands = new(StringComparer.OrdinalIgnoreCase)
    {
        ["PipelineName"] = "pipelineName",
        ["Status"] = "status",
        ["RunStart"] = "runStart",
        ["RunEnd"] = "runEnd",
        ["ActivityName"] = "activityName",
        ["ActivityRunStart"] = "activityRunStart",
        ["ActivityRunEnd"] = "activityRunEnd",
        ["ActivityType"] = "activityType",
        ["TriggerName"] = "triggerName",
        ["TriggerRunTimestamp"] = "triggerRunTimestamp",
        ["RunGroupId"] = "runGroupId",
        ["LatestOnly"] = "isLatest",
    };

    private readonly DateTime _after;
    private readonly DateTime _before;
    private readonly List<(string Member, bool IsIn, HashSet<string> Values)> _conditions = [];
    private readonly List<(string Member, bool IsDescending)> _order = [];
    private readonly int _skip;

    /// <exception cref="ArmErrorException">The request is not as the REST model has it.</exception>
    public RunQuery(JsonObject body)
    {
        _after = RunRecord.ReadTime(body, "lastUpdatedAfter") ?? throw ArmErrorException.BadRequest("'lastUpdatedAfter' is required, as a time of ISO 8601.");
        _before = RunRecord.ReadTime(body, "lastUpdatedBefore") ?? throw ArmErrorException.BadRequest("'lastUpdatedBefore' is required, as a time of ISO 8601.");
        _skip = int.TryParse(body.Text("continuationToken"), out var skip) ? Math.Max(0, skip) : 0;
        foreach (var filter in (body["filters"] as JsonArray ?? []).OfType<JsonObject>())
        {
            var operation = filter.Text("operator") ?? "";
            if (operation.ToUpperInvariant() is not ("EQUALS" or "NOTEQUALS" or "IN" or "NOTIN") || filter["values"] is not JsonArray values)
            {
                throw ArmErrorException.BadRequest("A filter needs 'operand', 'operator' (Equals, NotEquals, In, NotIn) and 'values'.");
            }

            var isIn = operation.ToUpperInvariant() is "EQUALS" or "IN";
            _conditions.Add((MemberOf(filter.Text("operand")), isIn, new HashSet<string>(values.Select(v => v.Text() ?? ""), StringComparer.OrdinalIgnoreCase)));
        }

        foreach (var order in (body["orderBy"] as JsonArray ?? []).OfType<JsonObject>())
        {
            _order.Add((MemberOf(order.Text("orderBy")), "DESC".Equals(order.Text("order"), StringComparison.OrdinalIgnoreCase)));
        }
    }

    /// <param name="updated">The name of the member that tells when a run last changed; one that is null counts as now.</param>
    public ArmResponse Answer(IEnumerable<JsonObject> all, string updated, int pageSize, DateTime now)
    {
        var found = all.Where(r => (RunRecord.ReadTime(r, updated) ?? now) is var time && time >= _after && time <= _before && _conditions.All(c => Fits(r, c)));
        foreach (var (member, isDescending) in Enumerable.Reverse(_order))
        {
            // Sorting is stable, so the first order is the last one that is applied. What has no value yet counts as the newest.
            string KeyOf(JsonObject run) => run[member]?.ToString() ?? "\uffff";
            found = isDescending ? found.OrderByDescending(KeyOf, StringComparer.OrdinalIgnoreCase) : found.OrderBy(KeyOf, StringComparer.OrdinalIgnoreCase);
        }

        var rest = found.Skip(_skip).ToList();
        var page = new JsonObject { ["value"] = new JsonArray([.. rest.Take(pageSize)]) };
        if (rest.Count > pageSize)
        {
            page["continuationToken"] = $"{_skip + pageSize}";
        }

        return new ArmResponse(200, page);
    }

    /// <summary>Asking for the latest only when that is not wanted asks for nothing.</summary>
    private static bool Fits(JsonObject run, (string Member, bool IsIn, HashSet<string> Values) condition) =>
        (condition.Member == "isLatest" && condition.Values.Contains("false")) || condition.Values.Contains(run[condition.Member]?.ToString() ?? "") == condition.IsIn;

    private static string MemberOf(string? operand) => operand is not null && Operands.TryGetValue(operand, out var member)
        ? member
        : throw ArmErrorException.BadRequest($"'{operand}' is nothing that runs can be filtered or ordered by.");
}
