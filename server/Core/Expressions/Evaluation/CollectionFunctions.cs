using System.Collections.Immutable;

namespace Pipewright.Core.Expressions.Evaluation;

/// <summary>Functions of the documentation's chapter on collections.</summary>
internal static class CollectionFunctions
{
    public static ImmutableDictionary<string, FunctionBody> All { get; } = new Dictionary<string, FunctionBody>
    {
        ["contains"] = Contains,
        ["empty"] = IsEmpty,
        ["first"] = call => TakeOne(call, items => items[0], text => text[..1]),
        ["last"] = call => TakeOne(call, items => items[^1], text => text[^1..]),
        ["intersection"] = Intersect,
        ["union"] = Unite,
        ["join"] = Join,
        ["length"] = Measure,
        ["skip"] = call => Part(call, (items, count) => items[count..], (text, count) => text[count..]),
        ["take"] = call => Part(call, (items, count) => items[..count], (text, count) => text[..count]),
        ["sort"] = Sort,
        ["reverse"] = call => new ArrayValue([.. call.Array(0).Reverse()]),
        ["chunk"] = Chunk,
        ["addProperty"] = call => call.Object(0).Find(call.String(1)) is null ? Set(call) : throw call.WrongValue(1, $"the object has a property '{call.String(1)}' already"),
        ["setProperty"] = Set,
        ["removeProperty"] = call => call.String(1) is var name ? new ObjectValue(call.Object(0).Members.Where(m => m.Key != name)) : throw call.WrongType(1, "a string"),
    }.ToImmutableDictionary(StringComparer.OrdinalIgnoreCase);

    private static BooleanValue Contains(FunctionCall call) => new(call[0] switch
    {
        StringValue text => text.Value.Contains(call.String(1), StringComparison.Ordinal),
        ArrayValue array => array.Items.Contains(call[1], ValueEquality.Instance),
        ObjectValue members => members.Find(call.String(1)) is not null,
        _ => throw call.WrongType(0, "a dictionary, an array or a string"),
    });

    private static BooleanValue IsEmpty(FunctionCall call) => new(call[0] switch
    {
        NullValue => true,
        StringValue text => text.Value.Length == 0,
        ArrayValue array => array.Items.IsEmpty,
        ObjectValue members => members.Names.IsEmpty,
        _ => throw call.WrongType(0, "an object, an array or a string"),
    });

    private static ExpressionValue TakeOne(FunctionCall call, Func<ImmutableArray<ExpressionValue>, ExpressionValue> item, Func<string, string> character) => call[0] switch
    {
        ArrayValue { Items: var items } => items.IsEmpty ? NullValue.Instance : item(items),
        StringValue { Value: var text } => text.Length == 0 ? NullValue.Instance : new StringValue(character(text)),
        _ => throw call.WrongType(0, "an array or a string"),
    };

    private static IntegerValue Measure(FunctionCall call) => call[0] switch
    {
        ArrayValue { Items.Length: var count } => new IntegerValue(count),
        StringValue { Value.Length: var length } => new IntegerValue(length),
        _ => throw call.WrongType(0, "an array or a string"),
    };

    private static ExpressionValue Part(
        FunctionCall call, Func<ImmutableArray<ExpressionValue>, int, ImmutableArray<ExpressionValue>> items, Func<string, int, string> text)
    {
        var count = call.Integer(1);
        if (count < 0)
        {
            throw call.WrongValue(1, $"the count '{count}' is negative");
        }

        return call[0] switch
        {
            ArrayValue { Items: var all } => new ArrayValue(items(all, (int)Math.Min(count, all.Length))),
            StringValue { Value: var all } => new StringValue(text(all, (int)Math.Min(count, all.Length))),
            _ => throw call.WrongType(0, "an array or a string"),
        };
    }

    private static ExpressionValue Intersect(FunctionCall call)
    {
        if (call[0] is ObjectValue)
        {
            var others = Enumerable.Range(1, call.Count - 1).Select(call.Object).ToList();
            return new ObjectValue(call.Object(0).Members.Where(m => others.All(o => o.FindExact(m.Key) is { } value && ValueEquality.Instance.Equals(value, m.Value))));
        }

        var common = FirstCollection(call).Distinct(ValueEquality.Instance);
        for (var i = 1; i < call.Count; i++)
        {
            var other = call.Array(i).ToHashSet(ValueEquality.Instance);
            common = common.Where(other.Contains);
        }

        return new ArrayValue([.. common]);
    }

    private static ExpressionValue Unite(FunctionCall call) => call[0] is ObjectValue
        ? new ObjectValue(Enumerable.Range(0, call.Count).SelectMany(i => call.Object(i).Members))
        : new ArrayValue([.. FirstCollection(call).Concat(Enumerable.Range(1, call.Count - 1).SelectMany(i => call.Array(i))).Distinct(ValueEquality.Instance)]);

    private static ImmutableArray<ExpressionValue> FirstCollection(FunctionCall call) => call[0] is ArrayValue array ? array.Items : throw call.WrongType(0, "an array or an object");

    private static StringValue Join(FunctionCall call)
    {
        var (items, delimiter) = (call.Array(0), call.String(1));
        var text = new BoundedText();
        for (var i = 0; i < items.Length; i++)
        {
            text.Append(i == 0 ? "" : delimiter).Append(items[i].ToText());
        }

        return new StringValue(text.ToString());
    }

    /// <summary>By the elements, or by the member of them that the second argument names: numbers by value, texts ignoring case; equal ones keep their order.</summary>
    private static ArrayValue Sort(FunctionCall call)
    {
        var items = call.Array(0);
        var keys = call.Has(1) && call.String(1) is var name ? items.Select(i => (i as ObjectValue)?.Find(name) ?? NullValue.Instance).ToList() : [.. items];
        var order = Enumerable.Range(0, items.Length);
        if (keys.TrueForAll(k => k is StringValue))
        {
            order = order.OrderBy(i => ((StringValue)keys[i]).Value, StringComparer.OrdinalIgnoreCase);
        }
        else if (keys.TrueForAll(k => k is IntegerValue or FloatValue))
        {
            order = order.Order(Comparer<int>.Create((a, b) => MathFunctions.Compare(keys[a], keys[b])));
        }
        else
        {
            throw call.WrongValue(0, "what to sort by must be all numbers or all texts");
        }

        return new ArrayValue([.. order.Select(i => items[i])]);
    }

    private static ArrayValue Chunk(FunctionCall call)
    {
        var size = call.Count32(1);
        if (size <= 0)
        {
            throw call.WrongValue(1, $"the length '{size}' is not positive");
        }

        return new ArrayValue(call[0] is StringValue { Value: var text }
            ? [.. text.Chunk(size).Select(c => new StringValue(new string(c)))]
            : [.. call.Array(0).Chunk(size).Select(c => new ArrayValue([.. c]))]);
    }

    private static ObjectValue Set(FunctionCall call) => new(call.Object(0).Members.Append(KeyValuePair.Create(call.String(1), call[2])));
}
