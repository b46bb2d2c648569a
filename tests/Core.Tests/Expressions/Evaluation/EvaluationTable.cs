// Tables of expressions with what they give.
using Pipewright.Core.Expressions;
using Pipewright.Core.Expressions.Evaluation;
using Xunit;

namespace Pipewright.Core.Tests.Expressions.Evaluation;

/// <summary>Rows such as <c>add(1, 2) => 3</c>, with the value as compact JSON, or <c>div(1, 0) => error DivideByZero at 0</c>, with the text that is underlined.</summary>
internal static class EvaluationTable
{
    private const string Error = "error ";

    public static TheoryData<string> Rows(string table) => [.. table.Split('\n').Select(l => l.Trim()).Where(l => l.Length > 0)];

    public static void Check(string row, EvaluationContext? context = null)
    {
        var arrow = row.LastIndexOf(" => ", StringComparison.Ordinal);
        var (expression, expected) = ("@" + row[..arrow], row[(arrow + 4)..]);
        var result = Evaluator.Evaluate(Template.Parse(expression), context ?? new EvaluationContext());
        var actual = result.Error is not { } error ? ValueJson.Write(result.Value!)
            : !expected.StartsWith(Error, StringComparison.Ordinal) ? error.Message
            : expected.Contains(" at ", StringComparison.Ordinal) ? $"{Error}{error.Code} at {expression.AsSpan(error.Span.Start, error.Span.Length)}"
            : $"{Error}{error.Code}";
        Assert.Equal(expected, actual);
    }
}
