using Pipewright.Core.Expressions;
using Pipewright.Core.Expressions.Evaluation;
using Xunit;

namespace Pipewright.Core.Tests.Expressions.Evaluation;

/// <summary>What hovers show as examples is what the evaluator gives.</summary>
public sealed class ExampleTests
{
    [Fact]
    public void Every_example_gives_what_it_says()
    {
        foreach (var example in FunctionCatalog.All.Select(f => f.Example).OfType<string>())
        {
            var (call, expected) = (example.Split(" => ")[0], example.Split(" => ")[1]);
            var result = Evaluator.Evaluate(Template.Parse("@" + call), new EvaluationContext());
            var wanted = expected.StartsWith('\'') ? new StringValue(expected[1..^1]) : ValueJson.TryParse(expected, out _);
            Assert.True(result.Error is null, $"{example}: {result.Error?.Message}");
            Assert.True(ValueEquality.Instance.Equals(wanted, result.Value), $"{example}, not {ValueJson.Write(result.Value!)}");
        }
    }

    [Fact]
    public void Every_documented_function_can_be_evaluated() =>
        Assert.All(
            FunctionCatalog.All.Where(f => f.IsDocumented),
            f => Assert.NotEqual(EvaluationErrorCode.FunctionNotDefined, Evaluator.Evaluate(Template.Parse($"@{f.Name}()"), new EvaluationContext()).Error?.Code));
}
