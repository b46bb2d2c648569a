using System.Collections.Immutable;
using System.Globalization;

namespace Pipewright.Core.Expressions.Evaluation;

/// <summary>Functions of the documentation's chapter on strings. Places count UTF-16 code units.</summary>
internal static class StringFunctions
{
    public static ImmutableDictionary<string, FunctionBody> All { get; } = new Dictionary<string, FunctionBody>
    {
        ["concat"] = call => new StringValue(call.Arguments.Aggregate(new BoundedText(), (text, piece) => text.Append(piece.ToText())).ToString()),
        ["endsWith"] = call => new BooleanValue(call.String(0).EndsWith(call.String(1), StringComparison.OrdinalIgnoreCase)),
        ["guid"] = MakeGuid,
        ["indexOf"] = call => new IntegerValue(call.String(0).IndexOf(call.String(1), StringComparison.OrdinalIgnoreCase)),
        ["lastIndexOf"] = call => new IntegerValue(call.String(0).LastIndexOf(call.String(1), StringComparison.OrdinalIgnoreCase)),
        ["replace"] = Replace,
        ["split"] = Split,
        ["startsWith"] = call => new BooleanValue(call.String(0).StartsWith(call.String(1), StringComparison.OrdinalIgnoreCase)),
        ["substring"] = Substring,
        ["toLower"] = call => new StringValue(call.String(0).ToLowerInvariant()),
        ["toUpper"] = call => new StringValue(call.String(0).ToUpperInvariant()),
        ["trim"] = call => new StringValue(call.String(0).Trim()),
        ["nthIndexOf"] = FindNth,
        ["slice"] = Slice,
    }.ToImmutableDictionary(StringComparer.OrdinalIgnoreCase);

    private static StringValue MakeGuid(FunctionCall call)
    {
        var format = call.Has(0) ? call.String(0) : "D";
        if (format.Length != 1 || !"NDBPXndbpx".Contains(format[0], StringComparison.Ordinal))
        {
            throw call.WrongValue(0, $"the format '{format}' of a GUID is not one of N, D, B, P, X");
        }

        var guid = call.Context.NewGuid ?? throw new FunctionException(EvaluationErrorCode.ContextMissing, "There is no source of GUIDs here.");
        return new StringValue(guid().ToString(format, CultureInfo.InvariantCulture));
    }

    private static StringValue Replace(FunctionCall call)
    {
        var (text, old, @new) = (call.String(0), call.String(1), call.String(2));
        if (old.Length == 0)
        {
            throw call.WrongValue(1, "the text to replace is empty");
        }

        return @new.Length <= old.Length || text.Length + ((long)text.AsSpan().Count(old) * (@new.Length - old.Length)) <= BoundedText.DefaultMaximum
            ? new StringValue(text.Replace(old, @new, StringComparison.Ordinal))
            : throw new ValueTooLargeException($"The text would be longer than {BoundedText.DefaultMaximum} characters.");
    }

    private static ArrayValue Split(FunctionCall call)
    {
        var (text, delimiter) = (call.String(0), call.String(1));
        var parts = delimiter.Length == 0 ? [text] : text.Split(delimiter, StringSplitOptions.None);
        return new ArrayValue([.. parts.Select(p => new StringValue(p))]);
    }

    private static StringValue Substring(FunctionCall call)
    {
        var text = call.String(0);
        var start = call.Integer(1);
        var length = call.Count > 2 ? call.Integer(2) : text.Length - start;
        if (start < 0 || (start >= text.Length && !(text.Length == 0 && start == 0 && length == 0)))
        {
            throw call.WrongValue(1, $"the start index '{start}' must be at least 0 and less than the length of the text '{text.Length}'");
        }

        return length < 0 || length > text.Length - start
            ? throw call.WrongValue(2, $"the length '{length}' must be at least 0 and, with the start index '{start}', not more than the length of the text '{text.Length}'")
            : new StringValue(text.Substring((int)start, (int)length));
    }

    /// <summary>Counts from the end for a negative number.</summary>
    private static IntegerValue FindNth(FunctionCall call)
    {
        var (text, search, occurrence) = (call.String(0), call.String(1), call.Integer(2));
        if (occurrence == 0 || search.Length == 0)
        {
            throw call.WrongValue(occurrence == 0 ? 2 : 1, occurrence == 0 ? "the occurrence is 0" : "the text to search is empty");
        }

        var places = new List<int>();
        for (var at = text.IndexOf(search, StringComparison.OrdinalIgnoreCase); at >= 0; at = text.IndexOf(search, at + 1, StringComparison.OrdinalIgnoreCase))
        {
            places.Add(at);
        }

        var index = occurrence > 0 ? occurrence - 1 : places.Count + occurrence;
        return new IntegerValue(index >= 0 && index < places.Count ? places[(int)index] : -1);
    }

    /// <summary>Negative places count from the end; places outside of the text are its ends.</summary>
    private static StringValue Slice(FunctionCall call)
    {
        var text = call.String(0);
        var start = Place(call.Integer(1));
        var end = call.Has(2) ? Place(call.Integer(2)) : text.Length;
        return new StringValue(start < end ? text[start..end] : "");

        int Place(long index) => (int)Math.Clamp(index < 0 ? text.Length + index : index, 0, text.Length);
    }
}
