// Values from JSON and as JSON, written as the engine does: compact, with only those escapes that must be.
using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Pipewright.Core.Expressions;

public static class ValueJson
{
    /// <summary>How deep arrays and objects may be nested.</summary>
    public const int MaximumDepth = 256;

    /// <summary>The value that a JSON text stands for.</summary>
    /// <returns>Null for a text that is not JSON; <paramref name="problem"/> then says why.</returns>
    public static ExpressionValue? TryParse(string text, out string problem)
    {
        try
        {
            using var document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = MaximumDepth });
            problem = "";
            return Read(document.RootElement);
        }
        catch (JsonException e)
        {
            problem = e.Message;
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException)
        {
            // A text that is half of a surrogate pair cannot be made bytes of.
            problem = "The text is not valid Unicode.";
        }

        return null;
    }

    /// <exception cref="InvalidOperationException">A string is not valid Unicode.</exception>
    public static ExpressionValue Read(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => new StringValue(element.GetString()!),
        JsonValueKind.Number => ReadNumber(element),
        JsonValueKind.True => new BooleanValue(true),
        JsonValueKind.False => new BooleanValue(false),
        JsonValueKind.Array => new ArrayValue([.. element.EnumerateArray().Select(Read)]),
        JsonValueKind.Object => new ObjectValue(element.EnumerateObject().Select(p => KeyValuePair.Create(p.Name, Read(p.Value)))),
        _ => NullValue.Instance,
    };

    /// <summary>Compact JSON.</summary>
    /// <exception cref="ValueTooLargeException">It would be too long.</exception>
    /// <exception cref="InsufficientExecutionStackException">The value is nested too deeply.</exception>
    public static string Write(ExpressionValue value)
    {
        var text = new BoundedText();
        Write(value, text);
        return text.ToString();
    }

    /// <summary>Compact JSON of at most so many characters.</summary>
    /// <returns>Null where it would be longer, or is nested too deeply.</returns>
    public static string? TryWrite(ExpressionValue value, int maximumLength)
    {
        try
        {
            var text = new BoundedText(maximumLength);
            Write(value, text);
            return text.ToString();
        }
        catch (Exception e) when (e is ValueTooLargeException or InsufficientExecutionStackException)
        {
            return null;
        }
    }

    private static ExpressionValue ReadNumber(JsonElement element)
    {
        var text = element.GetRawText();
        return !text.AsSpan().ContainsAny('.', 'e', 'E') && long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? new IntegerValue(number)
            : new FloatValue(Math.Clamp(element.GetDouble(), double.MinValue, double.MaxValue));
    }

    private static void Write(ExpressionValue value, BoundedText text)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        switch (value)
        {
            case NullValue:
                text.Append("null");
                break;
            case BooleanValue boolean:
                text.Append(boolean.Value ? "true" : "false");
                break;
            case FloatValue number:
                var digits = number.ToText();
                text.Append(digits).Append(digits.AsSpan().ContainsAny('.', 'E') ? "" : ".0");
                break;
            case StringValue { Value: var content }:
                WriteString(content, text);
                break;
            case ArrayValue array:
                WriteItems(array.Items, text);
                break;
            case ObjectValue members:
                WriteMembers(members, text);
                break;
            default:
                text.Append(value.ToText());
                break;
        }
    }

    private static void WriteItems(ImmutableArray<ExpressionValue> items, BoundedText text)
    {
        text.Append('[');
        for (var i = 0; i < items.Length; i++)
        {
            text.Append(i == 0 ? "" : ",");
            Write(items[i], text);
        }

        text.Append(']');
    }

    private static void WriteMembers(ObjectValue value, BoundedText text)
    {
        text.Append('{');
        var separator = "";
        foreach (var (name, member) in value.Members)
        {
            text.Append(separator);
            WriteString(name, text);
            text.Append(':');
            Write(member, text);
            separator = ",";
        }

        text.Append('}');
    }

    private static void WriteString(string value, BoundedText text)
    {
        text.Append('"');
        var written = 0;
        for (var i = 0; i < value.Length; i++)
        {
            if (char.IsHighSurrogate(value[i]) && i + 1 < value.Length && char.IsLowSurrogate(value[i + 1]))
            {
                i++;
            }
            else if (Escape(value[i]) is { } escape)
            {
                text.Append(value.AsSpan(written, i - written)).Append(escape);
                written = i + 1;
            }
        }

        text.Append(value.AsSpan(written)).Append('"');
    }

    /// <summary>The escape of a character that cannot stand for itself; half of a surrogate pair is one, as no encoding takes it.</summary>
    private static string? Escape(char c) => c switch
    {
        '"' => "\\\"",
        '\\' => "\\\\",
        '\b' => "\\b",
        '\f' => "\\f",
        '\n' => "\\n",
        '\r' => "\\r",
        '\t' => "\\t",
        < ' ' or '\u0085' or '\u2028' or '\u2029' or (>= '\ud800' and <= '\udfff') => string.Create(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
        _ => null,
    };
}
