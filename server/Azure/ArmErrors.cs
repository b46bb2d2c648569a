using System.Text;
using System.Text.Json;
using Azure;

namespace Pipewright.Azure;

/// <summary>Reads what the service says when it refuses: its envelope, and what stands inside of that.</summary>
internal static class ArmErrors
{
    /// <summary>The code where the token is of another tenant than the subscription.</summary>
    public const string WrongTenant = "InvalidAuthenticationTokenTenant";

    /// <summary>A longer message helps nobody.</summary>
    private const int MaxLength = 4000;

    private const int MaxDepth = 6;

    /// <summary>The envelope's code; null where there is no envelope.</summary>
    public static string? ReadCode(Response response) => Read(response)?.Code;

    /// <summary>The envelope's code and its message with all details; null where there is no envelope.</summary>
    public static (string Code, string Message)? Read(Response response)
    {
        try
        {
            using var document = JsonDocument.Parse(response.Content);
            return Read(document.RootElement, 0);
        }
        catch (JsonException)
        {
            // Not ARM's envelope: a proxy's page, or nothing at all.
            return null;
        }
    }

    /// <param name="content">An object with <c>error</c>, as of an operation that has failed, too.</param>
    public static (string Code, string Message)? Read(JsonElement content) => Read(content, 0);

    public static string? CorrelationId(Response response) => response.Headers.TryGetValue("x-ms-correlation-request-id", out var id) || response.Headers.TryGetValue("x-ms-request-id", out id) ? id : null;

    private static (string Code, string Message)? Read(JsonElement element, int depth)
    {
        var error = element.Member("error") ?? element;
        if (error.ValueKind == JsonValueKind.String)
        {
            return ("Error", Clip(error.GetString()!));
        }

        var code = error.Text("code") ?? error.Text("errorCode");
        var message = error.Text("message");
        if (code is null && message is null)
        {
            return null;
        }

        var text = new StringBuilder(Unwrap(message ?? "", depth));
        foreach (var detail in depth < MaxDepth ? error.Items("details") : [])
        {
            if (Read(detail, depth + 1) is { Message.Length: > 0 } inner && !text.ToString().Contains(inner.Message, StringComparison.Ordinal))
            {
                text.Append(text.Length == 0 ? "" : " ").Append(inner.Code == "Error" || inner.Code == code ? "" : inner.Code + ": ").Append(inner.Message);
            }
        }

        if (error.Text("target") is { Length: > 0 } target && !text.ToString().Contains(target, StringComparison.Ordinal))
        {
            text.Append(" (").Append(target).Append(')');
        }

        return (code ?? "Error", Clip(text.ToString()));
    }

    /// <summary>ARM passes on another service's answer as a text: what that says is the message.</summary>
    private static string Unwrap(string message, int depth)
    {
        var start = message.IndexOf('{', StringComparison.Ordinal);
        if (start < 0 || depth >= MaxDepth || !message.TrimEnd().EndsWith('}'))
        {
            return message;
        }

        try
        {
            using var document = JsonDocument.Parse(message.AsMemory(start));
            return Read(document.RootElement, depth + 1) is var (code, inner) ? $"{message[..start]}{(code == "Error" ? "" : code + ": ")}{inner}" : message;
        }
        catch (JsonException)
        {
            // Braces of another kind.
            return message;
        }
    }

    private static string Clip(string message) => message.Length <= MaxLength ? message : message[..MaxLength] + "…";
}
