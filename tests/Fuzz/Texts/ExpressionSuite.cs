using System.Text.RegularExpressions;
using Pipewright.Core.Expressions;
using Pipewright.Core.Expressions.Evaluation;
using Pipewright.Core.Text;

namespace Pipewright.Fuzz.Texts;

/// <summary>Expressions of real files, damaged and put together anew.</summary>
internal sealed partial class ExpressionSuite : ISuite
{
    public string Name => "expressions";

    public string What => "An expression of a real file with damages, or several put into each other: parsed without a loss, checked, evaluated. No finding lies outside, evaluation ends, and gives a value or an error.";

    public Task RunAsync(FuzzRun run)
    {
        var written = Subjects.OwnRoots.Concat(Subjects.RealRoots).SelectMany(Subjects.Resources).SelectMany(s => Written().Matches(s.Text)).Select(m => m.Value).Distinct().ToList();
        var context = new EvaluationContext();
        for (var seed = run.Seed * 1_000_000; run.GoesOn; seed++)
        {
            var random = new Random(seed);
            var text = new TextMutator(random).Mutate(written[random.Next(written.Count)]);
            for (var n = random.Next(3); n > 0; n--)
            {
                text = text.Insert(random.Next(text.Length + 1), written[random.Next(written.Count)].TrimStart('@'));
            }

            run.Try($"seed {seed}", text, () =>
            {
                var template = Template.Parse(text);
                Shape.Demand(template.Text == text, "the template has lost some of its text");
                Shape.CheckFindings(new SourceText(text), template.Diagnostics);
                Shape.CheckFindings(new SourceText(text), ExpressionChecker.Check(template, ExpressionScope.Unknown, ExpectedType.Anything).Findings.Select(f => f.Diagnostic));
                var result = Evaluator.Evaluate(template, context);
                Shape.Demand(result.Value is null != result.Error is null, "an evaluation gives a value or an error");
            });
        }

        run.Measure("expressions to begin with", written.Count);
        return Task.CompletedTask;
    }

    [GeneratedRegex("@[A-Za-z{][^\"\\r\\n]{2,300}")]
    private static partial Regex Written();
}
