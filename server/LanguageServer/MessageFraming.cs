// The wire of the protocol: headers, a length, a body of JSON. Unlike the JSON-RPC library's own handler, which ends the connection at the
// first message that it can't read, this one answers such a message with an error and reads on.
using System.Buffers;
using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using StreamJsonRpc;
using StreamJsonRpc.Protocol;

namespace Pipewright.LanguageServer;

internal sealed class MessageFraming(PipeWriter writer, PipeReader reader, IJsonRpcMessageFormatter formatter) : PipeMessageHandler(writer, reader, formatter)
{
    /// <summary>A body longer than this, in bytes, is not a message but a mistake in its header.</summary>
    private const int LongestBody = 256 * 1024 * 1024;

    /// <summary>Bytes that may stand before a header is given up.</summary>
    private const int LongestHeader = 64 * 1024;

    private static readonly byte[] LengthField = "content-length:"u8.ToArray();

    /// <summary>The requests of ours that the client has not answered yet.</summary>
    private readonly ConcurrentDictionary<RequestId, bool> _asked = new();

    protected override async ValueTask<JsonRpcMessage?> ReadCoreAsync(CancellationToken cancellationToken)
    {
        while (await ReadHeaderAsync(cancellationToken) is { } length)
        {
            var result = await Reader!.ReadAtLeastAsync(length, cancellationToken);
            if (result.Buffer.Length < length)
            {
                return null;
            }

            var body = result.Buffer.Slice(0, length);
            var (message, problem) = Deserialize(body);
            Reader.AdvanceTo(body.End);
            if (problem is not null)
            {
                await WriteAsync(problem, cancellationToken);
            }
            else if (message is not null)
            {
                return message;
            }
        }

        return null;
    }

    protected override void Write(JsonRpcMessage content, CancellationToken cancellationToken)
    {
        if (content is JsonRpcRequest { IsResponseExpected: true } request)
        {
            _asked[request.RequestId] = true;
        }

        var body = new ArrayBufferWriter<byte>(1024);
        Formatter.Serialize(body, content);
        Writer!.Write(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"Content-Length: {body.WrittenCount}\r\n\r\n")));
        Writer!.Write(body.WrittenSpan);
    }

    /// <summary>Reads a message; gives a reply to send in its place where it is none. Both are null where there is nothing to do.</summary>
    private (JsonRpcMessage? Message, JsonRpcMessage? Problem) Deserialize(ReadOnlySequence<byte> body)
    {
        try
        {
            var message = Formatter.Deserialize(body);
            return message is JsonRpcResult { RequestId: var answered } && !_asked.TryRemove(answered, out _) ? (null, null)
                : message is JsonRpcError { RequestId: var refused } && !_asked.TryRemove(refused, out _) ? (null, null)
                : (message, null);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return (null, MakeError(e));
        }
    }

    private static JsonRpcError MakeError(Exception reason) => new()
    {
        RequestId = RequestId.Null,
        Error = new JsonRpcError.ErrorDetail
        {
            Code = reason is JsonException ? JsonRpcErrorCode.ParseError : JsonRpcErrorCode.InvalidRequest,
            Message = $"The message is not understood: {reason.Message}",
        },
    };

    /// <summary>Reads up to the next body and gives its length in bytes; null at the end. What is no header is passed over.</summary>
    private async ValueTask<int?> ReadHeaderAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var result = await Reader!.ReadAsync(cancellationToken);
            var (length, consumed) = FindHeader(result.Buffer);
            if (length is not null)
            {
                Reader.AdvanceTo(result.Buffer.GetPosition(consumed));
                return length;
            }

            if (result.IsCompleted)
            {
                Reader.AdvanceTo(result.Buffer.End);
                return null;
            }

            Reader.AdvanceTo(result.Buffer.GetPosition(consumed), result.Buffer.End);
        }
    }

    /// <summary>Looks for a whole header.</summary>
    /// <returns>The body's length, null where there is none yet; and how many bytes are done with.</returns>
    private static (int? Length, int Consumed) FindHeader(ReadOnlySequence<byte> buffer)
    {
        var bytes = buffer.Slice(0, Math.Min(buffer.Length, LongestHeader)).ToArray();
        var start = 0;
        while (FindLengthField(bytes, start) is var at and >= 0)
        {
            var end = bytes.AsSpan(at).IndexOf("\r\n\r\n"u8);
            if (end < 0)
            {
                // Too much for one header: what looked like one was part of something else.
                return (null, bytes.Length < LongestHeader ? at : at + LengthField.Length);
            }

            var value = bytes.AsSpan(at + LengthField.Length).TrimStart((byte)' ');
            if (Utf8Parser.TryParse(value, out int length, out var digits) && length is >= 0 and <= LongestBody && value[digits..].TrimStart((byte)' ').StartsWith("\r\n"u8))
            {
                return (length, at + end + 4);
            }

            start = at + LengthField.Length;
        }

        return (null, Math.Max(start, bytes.Length - LengthField.Length));
    }

    private static int FindLengthField(byte[] bytes, int start)
    {
        for (var i = start; i + LengthField.Length <= bytes.Length; i++)
        {
            if (Ascii.EqualsIgnoreCase(bytes.AsSpan(i, LengthField.Length), LengthField))
            {
                return i;
            }
        }

        return -1;
    }
}
