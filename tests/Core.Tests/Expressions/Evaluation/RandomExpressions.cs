using System.Text;
using Pipewright.Core.Expressions;

namespace Pipewright.Core.Tests.Expressions.Evaluation;

/// <summary>Expressions that can be read, some of which have a value. The same seed gives the same one.</summary>
internal sealed class RandomExpressions(int seed)
{
    private static readonly (TypeKinds Kinds, string Text)[] Atoms =
    [
        .. Of(TypeKinds.String, "''", "'a'", "'aAbB'", "' x '", "'1'", "'-7'", "'1.5'", "'true'", "'it''s'", "'ÄÖ😀'", "'{\"a\":[1,{\"b\":null}]}'", "'[1,2.0,\"x\"]'", "'aGk='", "'data:text/plain;base64,aGk='"),
        .. Of(TypeKinds.String, "'2024-02-29T23:59:59.9999999Z'", "'2024-01-31'", "'0001-01-01'", "'9999-12-31T23:59:59'", "'2024-03-31T02:30:00+05:30'", "'o'", "'yyyy-MM-dd'", "'d'", "'q'", "'%'", "'\\'"),
        .. Of(TypeKinds.String, "'UTC'", "'W. Europe Standard Time'", "'Europe/Berlin'", "'Month'", "'day'", "'N'", "'de-DE'", "'en-US'", "'<a x=\"1\"><b>1</b><b/></a>'", "'/a/b'", "'count(//b)'", "'//@x'", "'%zz%20'"),
        .. Of(TypeKinds.Integer, "0", "1", "-1", "2", "7", "100000", "9223372036854775807", "-9223372036854775808"),
        .. Of(TypeKinds.Float, "0.0", "-0.0", "1.0", "0.1", "-2.5", "1e15", "1.7e308", "5e-324"),
        .. Of(TypeKinds.Boolean, "true", "false"),
        .. Of(TypeKinds.Null, "null"),
        .. Of(TypeKinds.Array, "createArray(1, 'a', null)", "createArray(2, 1.5, -3)", "range(1, 3)", "json('[]')", "split('b,a,b', ',')", "pipeline().parameters.list"),
        .. Of(TypeKinds.Object, "json('{}')", "json('{\"a\":1,\"B\":[true]}')", "item()", "activity('Copy').output", "json('{\"r\":{\"@x\":1,\"y\":[1,null]}}')"),
        .. Of(TypeKinds.Binary, "binary('hi')", "base64ToBinary('/w==')"),
        .. Of(TypeKinds.Xml, "xml('<a x=\"1\"><b>1</b><b/></a>')"),
    ];

    private static readonly string[] Accesses = [".a", "?.a", ".none", "?.none", "['B']", "?['B']", "[0]", "?[0]", "[-1]", "[99]", "?[99]", "['two words']"];

    private readonly Random _random = new(seed);

    /// <summary>Whether calls of functions that may leave arguments alone are among them.</summary>
    public bool HasLazyCalls { get; init; } = true;

    /// <summary>An expression without its <c>@</c>.</summary>
    public string Next() => Next(_random.Next(1, 5), TypeKinds.Any);

    private string Next(int depth, TypeKinds wanted)
    {
        // Mostly what is wanted, so that calls come to their point; the rest shows that they refuse what is not.
        if (depth == 0 || _random.Next(4) == 0)
        {
            var fitting = _random.Next(10) == 0 ? Atoms : [.. Atoms.Where(a => (a.Kinds & wanted) != 0)];
            return fitting[_random.Next(fitting.Length)].Text;
        }

        var functions = FunctionCatalog.All
            .Where(f => (f.Returns.Kinds & wanted) != 0 && f.Category != FunctionCatalog.ContextCategory && (HasLazyCalls || f.Name is not ("if" or "and" or "or" or "coalesce"))).ToList();
        var function = functions[_random.Next(functions.Count)];
        var count = _random.Next(function.MinimumArguments, Math.Min(function.MaximumArguments ?? int.MaxValue, function.MinimumArguments + 3) + (_random.Next(30) == 0 ? 2 : 1));
        var text = new StringBuilder(function.Name).Append('(')
            .AppendJoin(", ", Enumerable.Range(0, count).Select(i => Next(depth - 1, function.ParameterAt(i)?.Type.Kinds ?? TypeKinds.Any))).Append(')');
        while (_random.Next(8) == 0)
        {
            text.Append(Accesses[_random.Next(Accesses.Length)]);
        }

        return text.ToString();
    }

    private static IEnumerable<(TypeKinds Kinds, string Text)> Of(TypeKinds kinds, params string[] texts) => texts.Select(t => (kinds, t));
}
