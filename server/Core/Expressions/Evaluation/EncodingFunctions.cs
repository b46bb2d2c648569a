using System.Collections.Immutable;
using System.Text;

namespace Pipewright.Core.Expressions.Evaluation;

/// <summary>Functions that encode and decode: Base64, percent-encoding, data URIs, JSON.</summary>
internal static class EncodingFunctions
{
    public static ImmutableDictionary<string, FunctionBody> All { get; } = new Dictionary<string, FunctionBody>
    {
        ["base64"] = call => new StringValue(Convert.ToBase64String(ReadBytes(call).Content)),
        ["base64ToBinary"] = call => Envelope.Of(Envelope.BinaryType, ReadBase64(call)),
        ["base64ToString"] = call => new StringValue(Encoding.UTF8.GetString(ReadBase64(call))),
        ["decodeBase64"] = call => new StringValue(Encoding.UTF8.GetString(ReadBase64(call))),
        ["binary"] = call => Envelope.Of(Envelope.BinaryType, Encoding.UTF8.GetBytes(call.String(0))),
        ["dataUri"] = MakeDataUri,
        ["dataUriToBinary"] = call => ToEnvelope(ReadDataUri(call)),
        ["dataUriToString"] = call => new StringValue(Envelope.DecodeText(ReadDataUri(call).Content)),
        ["decodeDataUri"] = DecodeDataUri,
        ["uriComponent"] = Escape,
        ["encodeUriComponent"] = Escape,
        ["uriComponentToString"] = Unescape,
        ["decodeUriComponent"] = Unescape,
        ["uriComponentToBinary"] = call => Envelope.Of(Envelope.BinaryType, Encoding.UTF8.GetBytes(Uri.UnescapeDataString(call.String(0)))),
        ["json"] = ReadJson,
    }.ToImmutableDictionary(StringComparer.OrdinalIgnoreCase);

    private static StringValue Escape(FunctionCall call) => new(Uri.EscapeDataString(call.String(0)));

    /// <summary>The service takes a plus sign for a space, as forms on the web have it.</summary>
    private static StringValue Unescape(FunctionCall call) => new(Uri.UnescapeDataString(call.String(0).Replace('+', ' ')));

    /// <summary>The bytes of an envelope, whatever they are, or of a text.</summary>
    private static (string ContentType, byte[] Content) ReadBytes(FunctionCall call) =>
        Envelope.TryRead(call[0]) ?? ("text/plain;charset=utf-8", Encoding.UTF8.GetBytes(call.String(0)));

    private static ObjectValue ToEnvelope((string ContentType, byte[] Content) data) => Envelope.Of(data.ContentType, data.Content);

    private static StringValue MakeDataUri(FunctionCall call)
    {
        var (type, content) = ReadBytes(call);
        return new StringValue($"data:{type};base64,{Convert.ToBase64String(content)}");
    }

    /// <summary>Base64 is text: the service refuses an envelope here, even if it holds some.</summary>
    private static byte[] ReadBase64(FunctionCall call)
    {
        var text = call[0] is StringValue { Value: var given } ? given : throw call.WrongType(0, "a string");
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var length) ? bytes[..length] : throw call.WrongValue(0, "the text is not Base64");
    }

    /// <summary>Text as a string and JSON as what it stands for, if it can be read, as the service does; all else as an envelope.</summary>
    private static ExpressionValue DecodeDataUri(FunctionCall call)
    {
        var data = ReadDataUri(call);
        var type = data.ContentType.Split(';')[0].Trim();
        return type.StartsWith("text/", StringComparison.OrdinalIgnoreCase) ? new StringValue(Envelope.DecodeText(data.Content))
            : !type.EndsWith("/json", StringComparison.OrdinalIgnoreCase) ? ToEnvelope(data)
            : ValueJson.TryParse(Envelope.DecodeText(data.Content), out _) ?? new StringValue(Envelope.DecodeText(data.Content));
    }

    /// <summary>The content type, text by default, and the bytes of a data URI (RFC 2397).</summary>
    private static (string ContentType, byte[] Content) ReadDataUri(FunctionCall call)
    {
        var text = call.String(0);
        var comma = text.IndexOf(',', StringComparison.Ordinal);
        if (!text.StartsWith("data:", StringComparison.OrdinalIgnoreCase) || comma < 0)
        {
            throw NotDataUri(call);
        }

        var header = text["data:".Length..comma];
        var isBase64 = header.EndsWith(";base64", StringComparison.OrdinalIgnoreCase);
        var type = isBase64 ? header[..^";base64".Length] : header;
        var content = Uri.UnescapeDataString(text[(comma + 1)..]);
        var bytes = new byte[Encoding.UTF8.GetMaxByteCount(content.Length)];
        int length;
        if (!isBase64)
        {
            length = Encoding.UTF8.GetBytes(content, bytes);
        }
        else if (!Convert.TryFromBase64String(content, bytes, out length))
        {
            throw NotDataUri(call);
        }

        return (type.Length == 0 ? "text/plain;charset=US-ASCII" : type, bytes[..length]);
    }

    private static FunctionException NotDataUri(FunctionCall call) => call.WrongValue(0, "the text is not a data URI, such as data:text/plain;base64,aGk=");

    private static ExpressionValue ReadJson(FunctionCall call)
    {
        if (call[0] is ObjectValue envelope && XmlFunctions.TryRead(envelope) is { } document)
        {
            return XmlConversion.ToJson(document);
        }

        if (call[0] is not StringValue && Envelope.TryReadText(call[0]) is null)
        {
            throw call.WrongType(0, "a string or an XML");
        }

        // The reader counts lines from 0 and in bytes, which tells nobody anything.
        var text = call.String(0);
        return ValueJson.TryParse(text, out var problem)
            ?? ValueJson.TryParse(LooseJson.ToStrict(text), out _)
            ?? throw call.WrongValue(0, $"the text cannot be parsed as JSON: {problem.Split(" LineNumber:")[0].TrimEnd('.')}");
    }
}
