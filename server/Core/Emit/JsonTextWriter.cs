// Writes JSON text from the bound tree. System.Text.Json's writer refuses strings with a lone surrogate, which JSON can hold by an escape and
// a lossless conversion must keep; that is why this is our own.
using System.Globalization;
using System.Text;
using Pipewright.Core.Binding;
using Pipewright.Core.Syntax;

namespace Pipewright.Core.Emit;

/// <summary>JSON as the Git form has it.</summary>
internal sealed class JsonTextWriter
{
    private readonly StringBuilder _text = new();
    private readonly string? _indent;

    private JsonTextWriter(string? indent) => _indent = indent;

    /// <summary>Writes a value.</summary>
    /// <param name="indent">One level of indentation; null for everything on one line.</param>
    public static string Write(BoundNode node, string? indent)
    {
        var writer = new JsonTextWriter(indent);
        writer.WriteValue(node, 0);
        return writer._text.ToString();
    }

    private void WriteValue(BoundNode node, int depth)
    {
        switch (node)
        {
            case BoundObject value:
                WriteList('{', '}', GetEffective(value), depth, property =>
                {
                    WriteString(property.Name);
                    _text.Append(_indent is null ? ":" : ": ");
                    WriteValue(property.Value, depth + 1);
                });
                break;
            case BoundArray array:
                WriteList('[', ']', array.Items, depth, item => WriteValue(item, depth + 1));
                break;
            case BoundScalar { Kind: ScalarKind.String } scalar:
                WriteString(scalar.Text);
                break;
            case BoundScalar scalar:
                _text.Append(ScalarText.ToJson(scalar.Text, scalar.Kind) ?? Quote(scalar.Text));
                break;
            default:
                throw new ArgumentException($"A {node.GetType().Name} is not a value.", nameof(node));
        }
    }

    /// <summary>Of properties with one name only the last counts, as for every JSON reader; it keeps the place of the first.</summary>
    private static List<BoundProperty> GetEffective(BoundObject value)
    {
        var result = new List<BoundProperty>(value.Properties.Length);
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var property in value.Properties)
        {
            if (places.TryAdd(property.Name, result.Count))
            {
                result.Add(property);
            }
            else
            {
                result[places[property.Name]] = property;
            }
        }

        return result;
    }

    private void WriteList<T>(char open, char close, IReadOnlyList<T> items, int depth, Action<T> writeItem)
    {
        _text.Append(open);
        for (var i = 0; i < items.Count; i++)
        {
            if (i > 0)
            {
                _text.Append(',');
            }

            BreakLine(depth + 1);
            writeItem(items[i]);
        }

        if (items.Count > 0)
        {
            BreakLine(depth);
        }

        _text.Append(close);
    }

    private void BreakLine(int depth)
    {
        if (_indent is not null)
        {
            _text.Append('\n');
            for (var i = 0; i < depth; i++)
            {
                _text.Append(_indent);
            }
        }
    }

    private void WriteString(string value) => _text.Append(Quote(value));

    private static string Quote(string value)
    {
        var text = new StringBuilder(value.Length + 2).Append('"');
        for (var i = 0; i < value.Length; i++)
        {
            var c = value[i];
            if (char.IsHighSurrogate(c) && i + 1 < value.Length && char.IsLowSurrogate(value[i + 1]))
            {
                text.Append(c).Append(value[++i]);
                continue;
            }

            _ = c switch
            {
                '"' => text.Append("\\\""),
                '\\' => text.Append("\\\\"),
                '\n' => text.Append("\\n"),
                '\r' => text.Append("\\r"),
                '\t' => text.Append("\\t"),
                '\b' => text.Append("\\b"),
                '\f' => text.Append("\\f"),
                < ' ' or '\u2028' or '\u2029' => text.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture)),
                _ when char.IsSurrogate(c) => text.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture)),
                _ => text.Append(c),
            };
        }

        return text.Append('"').ToString();
    }
}
