// What should go wrong: for which requests, when, and how. Made from JSON by the admin route.
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Pipewright.Emulator.Faults;

internal enum FaultAction
{
    /// <summary>An answer with an error's status and envelope.</summary>
    Status,

    /// <summary>No answer: until the client gives up, or 504 after a time.</summary>
    Timeout,

    /// <summary>The connection is reset without an answer.</summary>
    Reset,

    /// <summary>A successful answer whose body is no JSON.</summary>
    Malformed,

    /// <summary>The right answer, its body in small pieces.</summary>
    Slow,

    /// <summary>The right answer, later.</summary>
    Latency,
}

/// <summary>Which requests a rule is about.</summary>
/// <param name="Method">Null for any.</param>
/// <param name="Path">Null for any.</param>
/// <param name="On">Only the n-th that matches, from 1; null for any.</param>
/// <param name="Every">Each k-th that matches; null for each.</param>
/// <param name="Probability">From 0 to 1; null for always.</param>
/// <param name="Count">How often at most; null for no end.</param>
internal sealed record FaultCondition(string? Method, Regex? Path, int? On, int? Every, double? Probability, int? Count)
{
    public bool Matches(string method, string path) =>
        (Method is null || Method.Equals(method, StringComparison.OrdinalIgnoreCase)) && (Path is null || Path.IsMatch(path));
}

/// <summary>What a rule does.</summary>
/// <param name="IsAfter">Whether the request is carried out first.</param>
/// <param name="Status">Of an error.</param>
/// <param name="Code">Null for what is usual for the status.</param>
/// <param name="Message">Null for what is usual for the status.</param>
/// <param name="RetryAfter">In seconds; null for no such header.</param>
/// <param name="IsHtml">Whether a malformed body is a page, rather than JSON that is cut off.</param>
/// <param name="Time">How long it takes; null of a timeout that never ends.</param>
internal sealed record FaultEffect(FaultAction Action, bool IsAfter, int Status, string? Code, string? Message, int? RetryAfter, bool IsHtml, TimeSpan? Time);

/// <param name="Source">The JSON that it was made from, to be listed.</param>
internal sealed record FaultRule(int Id, FaultCondition Condition, FaultEffect Effect, JsonObject Source)
{
    private static readonly string[] Known =
        ["id", "method", "path", "on", "every", "probability", "count", "action", "when", "status", "code", "message", "retryAfter", "body", "milliseconds"];

    /// <exception cref="ArmErrorException">The rule says something that can't be.</exception>
    public static FaultRule Read(int id, JsonObject source)
    {
        if (source.FirstOrDefault(p => !Known.Contains(p.Key)).Key is { } unknown)
        {
            throw Refuse($"there is no '{unknown}'; it has {string.Join(", ", Known[1..])}");
        }

        if (!Enum.TryParse<FaultAction>(ReadText(source, "action"), ignoreCase: true, out var action) || int.TryParse(source.Text("action"), out _))
        {
            throw Refuse("'action' must be status, timeout, reset, malformed, slow or latency");
        }

        return new FaultRule(id, ReadCondition(source), ReadEffect(action, source), (JsonObject)source.DeepClone());
    }

    private static FaultCondition ReadCondition(JsonObject source) => new(
        ReadText(source, "method") is { } method && method != "*" ? method : null,
        ReadText(source, "path") is { } path ? ToPattern(path) : null,
        ReadNumber(source, "on", 1),
        ReadNumber(source, "every", 1),
        ReadProbability(source),
        ReadNumber(source, "count", 1));

    private static FaultEffect ReadEffect(FaultAction action, JsonObject source)
    {
        var isAfter = ReadText(source, "when") switch
        {
            null => action is FaultAction.Slow,
            "before" when action is not FaultAction.Slow => false,
            "after" => true,
            _ => throw Refuse("'when' must be before or after; a slow body always comes after"),
        };
        var status = ReadNumber(source, "status", 400) ?? (action == FaultAction.Status ? throw Refuse("the action 'status' needs a 'status'") : 200);
        var milliseconds = ReadNumber(source, "milliseconds", 0);
        if (status > 599)
        {
            throw Refuse("'status' must be from 400 to 599");
        }

        if (milliseconds is null && action is (FaultAction.Slow or FaultAction.Latency))
        {
            throw Refuse($"the action '{ReadText(source, "action")}' needs 'milliseconds'");
        }

        return new FaultEffect(
            action, isAfter, status, ReadText(source, "code"), ReadText(source, "message"),
            ReadNumber(source, "retryAfter", 0) ?? (status == 429 ? 1 : null),
            ReadText(source, "body") switch { null or "truncated" => false, "html" => true, _ => throw Refuse("'body' must be truncated or html") },
            milliseconds is { } time ? TimeSpan.FromMilliseconds(time) : null);
    }

    /// <summary><c>*</c> stands for anything within a segment, <c>**</c> for anything at all; the case does not matter.</summary>
    private static Regex ToPattern(string glob) => new(
        "^" + Regex.Escape(glob).Replace(@"\*\*", ".*", StringComparison.Ordinal).Replace(@"\*", "[^/]*", StringComparison.Ordinal) + "$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);

    private static string? ReadText(JsonObject source, string name) =>
        source[name] is null ? null : source.Text(name) ?? throw Refuse($"'{name}' must be a text");

    private static int? ReadNumber(JsonObject source, string name, int least) =>
        source[name] is null ? null : source.Number(name) is { } number && number >= least ? number : throw Refuse($"'{name}' must be a whole number from {least}");

    private static double? ReadProbability(JsonObject source) => source["probability"] switch
    {
        null => null,
        JsonValue value when value.TryGetValue(out double number) && number is >= 0 and <= 1 => number,
        _ => throw Refuse("'probability' must be a number from 0 to 1"),
    };

    private static ArmErrorException Refuse(string why) => new(400, "InvalidFault", $"A fault can't be made of this: {why}.");
}
