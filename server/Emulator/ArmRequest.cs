// A request and its answer without anything of HTTP that does not matter.
using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Pipewright.Emulator;

/// <param name="Address">Scheme, host and path, for links to the next page.</param>
/// <param name="Origin">Scheme and host.</param>
internal sealed record ArmRequest(string Method, string Path, string Address, string Origin, string? SkipToken, string? IfMatch, string? IfNoneMatch, string Body)
{
    /// <summary>The query, by name.</summary>
    public IReadOnlyDictionary<string, string> Query { get; init; } = FrozenDictionary<string, string>.Empty;

    /// <summary>Whose API the request is for, by its path.</summary>
    public EmulatedService Service => ServiceOf(Path);

    public static EmulatedService ServiceOf(string path) => path.StartsWith("/api/", StringComparison.OrdinalIgnoreCase) ? EmulatedService.Databricks : EmulatedService.DataFactory;

    /// <summary>A member of the query; null for none, and for one that is empty.</summary>
    public string? Read(string name) => Query.GetValueOrDefault(name) is { Length: > 0 } value ? value : null;

    /// <summary>Whether a member of the query has a value, without regard to case.</summary>
    public bool Has(string name, string value) => value.Equals(Read(name), StringComparison.OrdinalIgnoreCase);

    /// <summary>The body as an object; none is an empty one.</summary>
    /// <exception cref="ArmErrorException">It is no JSON object.</exception>
    public JsonObject ReadOptionalBody() => string.IsNullOrWhiteSpace(Body) ? [] : ReadBody();

    /// <exception cref="ArmErrorException">It is no JSON object.</exception>
    public JsonObject ReadBody()
    {
        try
        {
            return JsonNode.Parse(Body, null, new JsonDocumentOptions { MaxDepth = 512, AllowDuplicateProperties = false }) as JsonObject
                ?? throw ArmErrorException.BadRequest("The request body must be a JSON object.");
        }
        catch (JsonException e)
        {
            throw new ArmErrorException(400, "InvalidRequestContent", $"The request content was invalid and could not be deserialized: '{e.Message}'.");
        }
    }

    /// <summary>An If-Match of <c>*</c> replaces or creates whatever there is.</summary>
    /// <exception cref="ArmErrorException">It names another version.</exception>
    public void RequireMatch(string? etag)
    {
        if (IfMatch is not null and not "*" && !Matches(IfMatch, etag))
        {
            throw ArmErrorException.PreconditionFailed();
        }
    }

    /// <summary>Whether the client says that it has this version.</summary>
    public bool Has(string etag) => Matches(IfNoneMatch, etag);

    private static bool Matches(string? header, string? etag) => header is not null && etag is not null
        && header.Split(',', StringSplitOptions.TrimEntries).Any(h => h == "*" || h.Replace("W/", "", StringComparison.Ordinal).Trim('"') == etag);
}

/// <param name="Content">Null for an answer without a body.</param>
/// <param name="Location">Where to ask how it went, of what is still going on.</param>
/// <param name="RetryAfter">In seconds.</param>
internal sealed record ArmResponse(int Status, JsonNode? Content = null, string? Location = null, int? RetryAfter = null)
{
    /// <summary>A body that is no JSON, as of a file that is downloaded; null for none.</summary>
    public string? Text { get; init; }

    /// <summary>A refusal in the form of the service that was asked.</summary>
    public static ArmResponse Refuse(EmulatedService service, ArmErrorException error) => service == EmulatedService.Databricks
        ? new ArmResponse(error.Status, new JsonObject { ["error_code"] = error.Code, ["message"] = error.Message })
        : Refuse(error);

    public static ArmResponse Refuse(ArmErrorException error)
    {
        var body = new JsonObject { ["code"] = error.Code, ["message"] = error.Message };
        if (error.Target is not null)
        {
            body["target"] = error.Target;
            body["details"] = null;
        }

        return new ArmResponse(error.Status, new JsonObject { ["error"] = body });
    }
}

/// <summary>Reads of JSON that say null for what is not there or of another type.</summary>
internal static class JsonReads
{
    public static string? Text(this JsonNode? node, string name) => node is JsonObject value ? value[name].Text() : null;

    public static string? Text(this JsonNode? node) => node is JsonValue value && value.TryGetValue(out string? text) ? text : null;

    public static long? Long(this JsonNode? node, string name) => node is JsonObject value && value[name] is JsonValue number
        ? number.TryGetValue(out long found) ? found : number.TryGetValue(out string? text) && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out found) ? found : null
        : null;

    public static bool IsTrue(this JsonNode? node, string name) => node is JsonObject value && value[name] is JsonValue flag && flag.TryGetValue(out bool found) && found;

    public static int? Number(this JsonNode? node, string name) => node is JsonObject value && value[name] is JsonValue number && number.TryGetValue(out int found) ? found : null;
}
