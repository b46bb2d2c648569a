// Bytes as the engine hands them around: an object with a content type and Base64.
using System.Text;

namespace Pipewright.Core.Expressions.Evaluation;

/// <summary>An object <c>{"$content-type": …, "$content": …}</c>.</summary>
internal static class Envelope
{
    public const string BinaryType = "application/octet-stream";

    public const string XmlType = "application/xml;charset=utf-8";

    private const string TypeName = "$content-type";
    private const string ContentName = "$content";

    public static ObjectValue Of(string contentType, byte[] content) => new(
        [
            KeyValuePair.Create<string, ExpressionValue>(TypeName, new StringValue(contentType)),
            KeyValuePair.Create<string, ExpressionValue>(ContentName, new StringValue(Convert.ToBase64String(content))),
        ]);

    /// <summary>The content type and the bytes of an envelope; null for any other object.</summary>
    public static (string ContentType, byte[] Content)? TryRead(ExpressionValue value)
    {
        if (value is not ObjectValue members || members.FindExact(TypeName) is not StringValue { Value: var type } || members.FindExact(ContentName) is not StringValue { Value: var content })
        {
            return null;
        }

        var bytes = new byte[content.Length];
        return Convert.TryFromBase64String(content, bytes, out var length) ? (type, bytes[..length]) : null;
    }

    /// <summary>The text in an envelope whose content is text; null for any other object.</summary>
    public static string? TryReadText(ExpressionValue value) => TryRead(value) is { } envelope && IsText(envelope) ? DecodeText(envelope.Content) : null;

    /// <summary>UTF-8 as text, without a byte order mark.</summary>
    public static string DecodeText(byte[] content) => Encoding.UTF8.GetString(content).TrimStart('\uFEFF');

    private static bool IsText((string ContentType, byte[] Content) envelope)
    {
        var type = envelope.ContentType;
        return type.StartsWith("text/", StringComparison.OrdinalIgnoreCase)
            || type.Contains("xml", StringComparison.OrdinalIgnoreCase)
            || type.Contains("json", StringComparison.OrdinalIgnoreCase)
            || (type.StartsWith(BinaryType, StringComparison.OrdinalIgnoreCase) && IsUtf8(envelope.Content));
    }

    private static bool IsUtf8(byte[] content)
    {
        try
        {
            new UTF8Encoding(false, throwOnInvalidBytes: true).GetCharCount(content);
            return true;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }
}
