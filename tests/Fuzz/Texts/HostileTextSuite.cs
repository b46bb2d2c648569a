using System.Diagnostics;
using Pipewright.Core.Factory;
using Pipewright.Core.Features;
using Pipewright.Core.Text;

namespace Pipewright.Fuzz.Texts;

/// <summary>Texts made to cost much: four times the text must not cost much more than four times the time.</summary>
internal sealed class HostileTextSuite : ISuite
{
    /// <summary>Time of a text four times as long, at most; sixteen is what work that grows with the square takes.</summary>
    private const double SteepestGrowth = 9;

    /// <summary>Below this, times say nothing.</summary>
    private static readonly TimeSpan Negligible = TimeSpan.FromMilliseconds(400);

    /// <summary>No text takes longer, however it is made.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    public string Name => "hostile";

    public string What => "A text that is made to cost much (nesting, aliases of aliases, thousands of the same mistake, binary), in two sizes: read and checked in a time that grows as the text does, without an end of the stack.";

    private static (string Name, string Path, Func<int, string> Make)[] Kinds { get; } =
    [
        ("nested flow lists", "a.pipeline.yaml", n => "activities: " + Repeat("[", n)),
        ("nested flow mappings", "a.pipeline.yaml", n => "activities: " + Repeat("{a: ", n)),
        ("nested block lists", "a.pipeline.yaml", n => "activities:\n  " + Repeat("- ", n) + "x\n"),
        ("nested block mappings", "a.pipeline.yaml", n => string.Concat(Enumerable.Range(0, Math.Min(n, 2000)).Select(i => new string(' ', i) + "a:\n"))),
        ("nested JSON lists", "pipeline/a.json", n => "{\"name\": \"a\", \"properties\":" + Repeat("[", n)),
        ("nested JSON objects", "pipeline/a.json", n => Repeat("{\"a\":", n)),
        ("nested calls", "a.pipeline.yaml", n => Expression("@" + Repeat("concat(", n))),
        ("nested interpolation", "a.pipeline.yaml", n => Expression(Repeat("@{", n))),
        ("long paths of members", "a.pipeline.yaml", n => Expression("@activity('a').output" + Repeat(".a", n))),
        ("long paths of indexes", "a.pipeline.yaml", n => Expression("@pipeline()" + Repeat("[0]", n))),
        ("complex keys", "a.pipeline.yaml", n => Repeat("? ", n)),
        ("tags", "a.pipeline.yaml", n => "a: " + Repeat("!x ", n)),
        ("anchors", "a.pipeline.yaml", n => "a: " + Repeat("&x ", n)),
        ("aliases of aliases", "a.pipeline.yaml", n => "a: &n0 [x, x, x, x, x, x, x, x, x]\n" + string.Concat(Enumerable.Range(1, Math.Min(n, 500)).Select(i => $"k{i}: &n{i} [{string.Join(", ", Enumerable.Repeat($"*n{i - 1}", 9))}]\n"))),
        ("merges of merges", "a.pipeline.yaml", n => "a: &n0 {x: 1}\n" + string.Concat(Enumerable.Range(1, Math.Min(n, 500)).Select(i => $"k{i}: &n{i} {{<<: [{string.Join(", ", Enumerable.Repeat($"*n{i - 1}", 9))}]}}\n"))),
        ("many large aliases", "a.pipeline.yaml", n => $"a: &a [{string.Join(',', Enumerable.Repeat("x", 1000))}]\nb: &b [{string.Join(',', Enumerable.Repeat("*a", 990))}]\nactivities:\n" + Repeat("- *b\n", n)),
        ("activities", "a.pipeline.yaml", n => "activities:\n" + string.Concat(Enumerable.Range(0, n / 4).Select(i => $"- {{name: a{i}, type: Wait, waitTimeInSeconds: 1}}\n"))),
        ("closing brackets", "pipeline/a.json", n => Repeat("}", n)),
        ("closing brackets in lines", "pipeline/a.json", n => Repeat("]\n", n)),
        ("quotes", "pipeline/a.json", n => Repeat("\"", n)),
        ("values without colons", "pipeline/a.json", n => Repeat("{\"a\" 1 ", n)),
        ("crossed brackets", "pipeline/a.json", n => Repeat("{\"a\":[}", n)),
        ("lists closed in objects", "pipeline/a.json", n => Repeat("{\"a\":1]\n", n)),
        ("unclosed strings", "pipeline/a.json", n => Repeat("{\"a\":\"b\n", n)),
        ("objects in a list that never ends", "pipeline/a.json", n => Repeat("[{\"a\":1},", n)),
        ("equal keys", "pipeline/a.json", n => "{" + Repeat("\"a\":1,", n) + "\"b\":2}"),
        ("a far indentation", "pipeline/a.json", n => new string(' ', n * 4) + "[" + Repeat(",", n)),
        ("comments that never end", "pipeline/a.json", n => Repeat("/* ", n)),
        ("two colons", "a.pipeline.yaml", n => Repeat("a: b: c\n", n)),
        ("two colons, other keys", "a.pipeline.yaml", n => string.Concat(Enumerable.Range(0, n).Select(i => $"k{i}: b: c\n"))),
        ("quotes that never end", "a.pipeline.yaml", n => Repeat("- \"\n", n)),
        ("wrong indentation", "a.pipeline.yaml", n => Repeat("activities:\n- name: a\n   type: b\n", n / 4)),
        ("escapes", "a.pipeline.yaml", n => Repeat("a: \"\\\n", n)),
        ("empty block scalars", "a.pipeline.yaml", n => Repeat("a: |\n", n)),
        ("tabs", "a.pipeline.yaml", n => Repeat("a:\n\t- b\n", n)),
        ("documents", "a.pipeline.yaml", n => Repeat("---\na: 1\n", n)),
        ("aliases to nothing", "a.pipeline.yaml", n => Repeat("<<: *a\n", n)),
        ("brackets of both forms", "a.pipeline.yaml", n => Repeat("{a: [b, {", n / 2) + Repeat("\"x\": ]}", n / 2)),
        ("items outside of lists", "a.pipeline.yaml", n => "a: 1\n" + Repeat("- b\n", n)),
        ("stairs down", "a.pipeline.yaml", n => string.Concat(Enumerable.Range(0, Math.Min(n, 1000)).Select(i => new string(' ', 1000 - i) + "a: b: c\n"))),
        ("one long line", "a.pipeline.yaml", n => "description: " + Repeat("word ", n)),
        ("one long expression", "a.pipeline.yaml", n => Expression("@concat(" + Repeat("'a',", n) + "'b')")),
        ("binary", "a.pipeline.yaml", n => string.Create(n, n, (chars, seed) => { var random = new Random(seed); foreach (ref var c in chars) { c = (char)random.Next(256); } })),
        ("binary", "pipeline/a.json", n => string.Create(n, n, (chars, seed) => { var random = new Random(seed); foreach (ref var c in chars) { c = (char)random.Next(256); } })),
        ("zeros", "a.pipeline.yaml", n => new string('\0', n)),
        ("halves of characters", "pipeline/a.json", n => "{\"a\": \"" + Repeat("\uD83D", n)),
        ("a script of a data flow", "a.dataflow.yaml", n => "type: MappingDataFlow\nscript: \"" + Repeat("source(a(", n) + "\"\n"),
    ];

    public Task RunAsync(FuzzRun run)
    {
        foreach (var (name, path, make) in Kinds)
        {
            var size = run.IsBrief ? 2_000 : 10_000;
            var clock = Stopwatch.StartNew();
            run.Try($"{name} in {path}", null, () => Check(run, path, make, size));
            Console.Error.WriteLine($"hostile: {name} in {path}: {clock.Elapsed.TotalSeconds:0.0} s");
        }

        run.Measure("kinds of texts", Kinds.Length);
        return Task.CompletedTask;
    }

    private static string Repeat(string text, int count) => string.Concat(Enumerable.Repeat(text, count));

    private static string Expression(string text) => $"activities:\n- {{name: a, type: Fail, errorCode: x, message: \"{text}\"}}\n";

    private static void Check(FuzzRun run, string path, Func<int, string> make, int size)
    {
        _ = Time(path, make(size));
        for (var attempt = 1; ; attempt++)
        {
            var (small, large) = (Time(path, make(size)), Time(path, make(size * 4)));
            run.Measure("longest, ms", large.TotalMilliseconds);
            if (large < Longest && (large < Negligible || large < small * SteepestGrowth))
            {
                return;
            }

            // Machines are busy with something else at times.
            Shape.Demand(attempt < 3, $"{size} parts take {small.TotalMilliseconds:0} ms, and four times as many {large.TotalMilliseconds:0} ms");
        }
    }

    private static TimeSpan Time(string path, string text)
    {
        var clock = Stopwatch.StartNew();
        var document = ResourceDocument.Create(path, new SourceText(text))!;
        var factory = FactorySnapshot.Empty.With(document);
        _ = LanguageFeatures.GetDiagnostics(factory, document, default);
        _ = LanguageFeatures.GetTokens(factory, document, null, default);
        _ = LanguageFeatures.GetOutline(document, default);
        _ = LanguageFeatures.GetFolds(document, default);
        return clock.Elapsed;
    }
}
