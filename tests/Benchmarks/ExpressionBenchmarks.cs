using BenchmarkDotNet.Attributes;
using Pipewright.Core.Expressions;
using Pipewright.Core.Expressions.Evaluation;
using Pipewright.Core.Factory;

namespace Pipewright.Benchmarks;

/// <summary>The expressions of a pipeline of 120 activities, the most that the service takes: what each keystroke in it costs, against the parse of its text.</summary>
[MemoryDiagnoser]
public class ExpressionBenchmarks
{
    private FactorySnapshot _factory = FactorySnapshot.Empty;
    private ResourceDocument _document = null!;
    private Template[] _templates = [];
    private EvaluationContext _context = new();

    [GlobalSetup]
    public void SetUp()
    {
        _document = ResourceDocument.Create("p.pipeline.yaml", new(Texts.Expressions))!;
        _factory = FactorySnapshot.Empty.With(_document);
        _templates = [.. ExpressionSite.FindAll(_document.Resources[0]).Select(s => s.Template)];
        _context = new EvaluationContext
        {
            Now = DateTime.UnixEpoch,
            Parameters = EvaluationContext.Empty.Add("day", new StringValue("2024-01-31")).Add("rows", new IntegerValue(5)),
            System = EvaluationContext.Empty.Add("RunId", new StringValue("run")),
            Activities = Enumerable.Range(0, Texts.MostActivities).Aggregate(
                EvaluationContext.Empty, (all, i) => all.Add($"Step{i}", ValueJson.TryParse("""{"output":{"firstRow":{"path":"a/b"}},"status":"Succeeded"}""", out _)!)),
        };
        Console.WriteLine($"// {_templates.Length} expressions");
    }

    [Benchmark(Baseline = true, Description = "parse the text, the yardstick")]
    public ResourceDocument? ParseText() => ResourceDocument.Create("p.pipeline.yaml", new(Texts.Expressions));

    [Benchmark(Description = "parse all expressions")]
    public int Parse() => _templates.Sum(t => Template.Parse(t.Text).Tokens.Length);

    [Benchmark(Description = "parse and check all expressions")]
    public int Check()
    {
        var names = new ResourceNames(_factory, _document.Resources[0]);
        return ExpressionSite.FindAll(_document.Resources[0]).Sum(s => names.Analyse(s).Findings.Length);
    }

    [Benchmark(Description = "evaluate all expressions")]
    public int Evaluate() => _templates.Count(t => Evaluator.Evaluate(t, _context).Error is null);

    [Benchmark(Description = "an expression of 1 MB")]
    public int ParseLong() => Template.Parse(Texts.LongExpression).Tokens.Length;

    [Benchmark(Description = "an expression of 100 KB")]
    public int ParseShort() => Template.Parse(Texts.LongExpression[..100_000]).Tokens.Length;

    [Benchmark(Description = "10,000 open parentheses")]
    public int ParseDeep() => Template.Parse(Texts.DeepExpression).Tokens.Length;
}
