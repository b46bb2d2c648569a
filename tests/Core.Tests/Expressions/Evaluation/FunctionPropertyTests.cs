using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Pipewright.Core.Expressions;
using Pipewright.Core.Expressions.Evaluation;

namespace Pipewright.Core.Tests.Expressions.Evaluation;

/// <summary>What holds for any arguments of the functions on dates, XML and encodings.</summary>
public sealed class FunctionPropertyTests
{
    private static readonly string[] Functions = [.. DateFunctions.All.Keys.Concat(XmlFunctions.All.Keys).Concat(EncodingFunctions.All.Keys).Order(StringComparer.Ordinal)];

    /// <summary>Texts that mean something to one of the functions, and some at the edges of that.</summary>
    private static readonly string[] Words =
    [
        "", " ", "2024-02-29T12:34:56.789Z", "2024-02-29", "0001-01-01", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59.9999999", "9999-12-31T23:59:59Z", "2024-03-31T02:30:00",
        "1/2/24 3:04 PM", "o", "U", "K", "%K", "yyyy'", "\\", "zzz K", "'K'z", "UTC", "W. Europe Standard Time", "Pacific/Apia", "Africa/Monrovia", "Day", "Month", "year", "en-US",
        "<a/>", "<a b='1'>x<c/>y</a>", "<a xmlns:p='u'><p:b/></a>", "//*", "count(//@*)", "//namespace::*", "p:x", "{\"a\":1}", "{\"a\":{\"@b\":null,\"#text\":[1,{}]}}", "{\"?xml\":{\"@version\":\"x\"},\"a\":1}",
        "{\"a\":{\"?xml\":1,\"@xmlns\":\"\",\"@xmlns:q\":\"\",\"q:b\":2,\"c:\":3,\":d\":4}}", "aGk=", "/w==", "data:,x", "data:;base64,aGk=", "data:application/json,{", "%C3%A9%", "\ud800", "\udc00\ud800", "\0", "é😀",
    ];

    private static readonly Gen<ExpressionValue> Values = Gen.OneOf(
        Gen.Elements(Words).Select(w => (ExpressionValue)new StringValue(w)),
        Gen.Elements(Words).Select(w => (ExpressionValue)new StringValue(w)),
        Gen.Elements(Words).Two().Select(w => (ExpressionValue)new StringValue(w.Item1 + w.Item2)),
        ArbMap.Default.GeneratorFor<string?>().Select(s => (ExpressionValue)new StringValue(s ?? "")),
        Gen.Elements(0L, 1, -1, 13, 400, 1L << 40, long.MinValue, long.MaxValue).Select(n => (ExpressionValue)new IntegerValue(n)),
        Gen.Elements(0.5, -1e308, double.Epsilon).Select(n => (ExpressionValue)new FloatValue(n)),
        Gen.Elements<ExpressionValue>(NullValue.Instance, new BooleanValue(true), ObjectValue.Empty, new ArrayValue([NullValue.Instance])),
        Gen.Elements("<a>1</a>", "<a", "x").Select(t => (ExpressionValue)Envelope.Of(Envelope.XmlType, System.Text.Encoding.UTF8.GetBytes(t))),
        Gen.Elements(Words).Select(w => ValueJson.TryParse(w, out _) ?? NullValue.Instance),
        Gen.Constant((ExpressionValue)Envelope.Of(Envelope.BinaryType, [0xFF, 0x00])));

    /// <summary>Not at the ends of the calendar, where zones stop.</summary>
    private static readonly Gen<DateTime> Times = ArbMap.Default.GeneratorFor<DateTime>().Where(t => t.Year is > 1 and < 9999);

    [Property(MaxTest = 20_000)]
    public Property A_call_gives_a_value_or_a_refusal() => Prop.ForAll(
        Gen.Zip(Gen.Elements(Functions), Gen.Choose(1, 4).SelectMany(n => Values.ArrayOf(n))).ToArbitrary(),
        call =>
        {
            var (function, arguments) = (FunctionCatalog.Find(call.Item1)!, call.Item2);
            var count = Math.Clamp(arguments.Length, function.MinimumArguments, function.MaximumArguments ?? int.MaxValue);
            var padded = arguments.Concat(Enumerable.Repeat((ExpressionValue)NullValue.Instance, 4)).Take(count);
            try
            {
                var value = FunctionBodies.All[call.Item1](new FunctionCall(call.Item1, [.. padded], new EvaluationContext { Now = DateTime.MaxValue }));
                return value is not FloatValue { Value: var number } || double.IsFinite(number);
            }
            catch (FunctionException e)
            {
                return e.Message.EndsWith('.') && !e.Message.EndsWith("..", StringComparison.Ordinal) && (e.Argument ?? 0) < count;
            }
        });

    [Property]
    public Property A_time_survives_the_default_format() => Prop.ForAll(
        Gen.Zip(Times, Gen.Elements("", "Z", "+00:00")).ToArbitrary(),
        pair =>
        {
            var text = pair.Item1.ToString("yyyy-MM-ddTHH:mm:ss.fffffff", System.Globalization.CultureInfo.InvariantCulture) + pair.Item2;
            return Call("formatDateTime", text) == text;
        });

    [Property(MaxTest = 2000)]
    public Property A_time_comes_back_from_another_zone_unless_clocks_show_it_twice() => Prop.ForAll(
        Gen.Zip(Times, Gen.Elements(TimeZones.WindowsNames.AsEnumerable())).ToArbitrary(),
        pair =>
        {
            var there = TimeZones.ToLocal(pair.Item1, TimeZones.Find(pair.Item2)!);
            var back = TimeZones.ToUtc(there, TimeZones.Find(pair.Item2)!);
            var isTwice = back is { } later && TimeZones.ToLocal(later, TimeZones.Find(pair.Item2)!) == there && later > pair.Item1;
            return back == pair.Item1 || isTwice;
        });

    [Property]
    public bool Text_survives_each_encoding(NonNull<string> text)
    {
        var valid = System.Text.Encoding.UTF8.GetString(System.Text.Encoding.UTF8.GetBytes(text.Get)).TrimStart('\uFEFF');
        return Call("base64ToString", Call("base64", valid)) == valid
            && Call("uriComponentToString", Call("uriComponent", valid)) == valid
            && Call("dataUriToString", Call("dataUri", valid)) == valid;
    }

    private static string Call(string function, string argument) =>
        FunctionBodies.All[function](new FunctionCall(function, [new StringValue(argument)], new EvaluationContext())).ToText();
}
