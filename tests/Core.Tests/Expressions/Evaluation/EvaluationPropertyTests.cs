using System.Collections.Immutable;
using System.Text;
using FsCheck.Xunit;
using Pipewright.Core.Expressions;
using Pipewright.Core.Expressions.Evaluation;
using Xunit;

namespace Pipewright.Core.Tests.Expressions.Evaluation;

/// <summary>What holds of every evaluation.</summary>
public sealed class EvaluationPropertyTests
{
    /// <summary>Numbers are taken from a range that grows to this: seeds that repeat show nothing new.</summary>
    private const int Seeds = int.MaxValue;

    [Property(MaxTest = 20_000, EndSize = Seeds)]
    public void Any_expression_gives_a_value_or_an_error_and_always_the_same(int seed, int missing)
    {
        var template = Template.Parse("@" + new RandomExpressions(seed).Next());
        Assert.Empty(template.Diagnostics);
        var context = TakeAway(ConformanceTests.Context, missing);
        var result = Evaluator.Evaluate(template, context);
        AssertSound(result, template);
        AssertSame(result, Evaluator.Evaluate(template, context));
    }

    [Property(MaxTest = 2000)]
    public void Any_text_gives_a_value_or_an_error(string? text)
    {
        foreach (var given in new[] { text ?? "", "@" + text, "@{" + text, $"x @{{concat('{text}')}}" })
        {
            var template = Template.Parse(given);
            AssertSound(Evaluator.Evaluate(template, ConformanceTests.Context), template);
        }
    }

    [Property(MaxTest = 5000, EndSize = Seeds)]
    public void What_is_known_before_a_run_is_what_the_run_gives(int seed)
    {
        var template = Template.Parse("@" + new RandomExpressions(seed).Next());
        var analysis = ExpressionChecker.Check(template, ExpressionScope.Unknown, ExpectedType.Anything);
        var root = ((ExpressionPart)template.Parts[0]).Expression;
        var result = Evaluator.Evaluate(template, ConformanceTests.Context);
        if (result.Value is { } value)
        {
            Assert.True((analysis.Type.Kinds & KindOf(value)) != 0, $"{template.Text} is {analysis.Type.Describe()} and gives {ValueJson.Write(value)}");
        }

        if (analysis.Constants.TryGetValue(root, out var constant))
        {
            Assert.Equal(ValueJson.Write(constant), result.Value is null ? result.Error!.Message : ValueJson.Write(result.Value));
        }
    }

    [Property(MaxTest = 5000, EndSize = Seeds)]
    public void What_is_found_to_fail_fails(int seed)
    {
        var template = Template.Parse("@" + new RandomExpressions(seed) { HasLazyCalls = false }.Next());
        var error = ExpressionChecker.Check(template, ExpressionScope.Unknown, ExpectedType.Anything).Findings.FirstOrDefault(f => f.Diagnostic.Severity == Text.DiagnosticSeverity.Error);
        if (error is not null)
        {
            Assert.True(Evaluator.Evaluate(template, ConformanceTests.Context).Error is not null, $"{template.Text}: {error.Diagnostic.Message}");
        }
    }

    [Theory]
    [InlineData("utcNow(null)")]
    [InlineData("formatDateTime('2024-01-31', null)")]
    [InlineData("array('1')?[99]?[0]")]
    [InlineData("array('1')?[99]?.a")]
    [InlineData("float('1', 'xx')")]
    public void What_may_do_is_not_found_to_fail(string expression) =>
        Assert.DoesNotContain(ExpressionChecker.Check(Template.Parse("@" + expression), ExpressionScope.Unknown, ExpectedType.Anything).Findings, f => f.Diagnostic.Severity == Text.DiagnosticSeverity.Error);

    [Property(MaxTest = 5000, EndSize = Seeds)]
    public void A_value_is_the_same_after_it_was_written(int seed)
    {
        if (Evaluator.Evaluate(Template.Parse("@" + new RandomExpressions(seed).Next()), ConformanceTests.Context).Value is { } value
            && ValueJson.TryParse(ValueJson.Write(value), out var problem) is var read
            && !problem.Contains("Unicode", StringComparison.Ordinal))
        {
            Assert.True(ValueEquality.Instance.Equals(value, read), ValueJson.Write(value));
            Assert.Equal(ValueEquality.Instance.GetHashCode(value), ValueEquality.Instance.GetHashCode(read!));
            Assert.Equal(ValueJson.Write(value), ValueJson.Write(read!));
        }
    }

    [Theory]
    [InlineData("not(", "true", 2000)]
    [InlineData("array(", "1", 1100)]
    [InlineData("string(createArray(", "'\"'", 400)]
    [InlineData("length(array(", "1", 500)]
    [InlineData("equals(1, ", "1", 700)]
    [InlineData("not(", "true", 10_000)]
    [InlineData("first(array(array(", "1", 400)]
    public void Depth_ends_no_process(string call, string inner, int depth)
    {
        var text = "@" + new StringBuilder().Insert(0, call, depth) + inner + new string(')', depth * call.Count(c => c == '('));
        var template = Template.Parse(text);
        EvaluationResult? result = null;
        var thread = new Thread(() => result = Evaluator.Evaluate(template, new EvaluationContext()), maxStackSize: 256 * 1024);
        thread.Start();
        thread.Join();
        AssertSound(result!, template);
    }

    [Fact]
    public void Depth_beyond_what_can_be_evaluated_has_a_code_of_its_own() => Assert.Equal(
        EvaluationErrorCode.NestingTooDeep,
        Evaluator.Evaluate(Template.Parse("@" + new StringBuilder().Insert(0, "not(", 10_000) + "true" + new string(')', 10_000)), new EvaluationContext()).Error?.Code);

    [Theory]
    [InlineData("replace(", ", 'a', 'aaaaaaaaaaaaaaaaaaaa')", "'aaaaaaaaaaaaaaaaaaaa'", 12)]
    [InlineData("string(createArray(", "))", "'\"'", 100)]
    [InlineData("base64(", ")", "'aaaaaaaaaaaa'", 200)]
    [InlineData("join(split(replace(", ", 'a', 'a,a,a,a,a,a,a'), ','), '-')", "'a'", 40)]
    [InlineData("concat(range(0, 100000), ", ")", "''", 100)]
    [InlineData("createArray(range(0, 100000), ", ")", "''", 200)]
    [InlineData("union(range(0, 100000), array(", "))", "1", 100)]
    public void Size_takes_no_memory_without_limit(string before, string after, string inner, int times)
    {
        var text = new StringBuilder("@").Insert(1, before, times).Append(inner).Insert(1 + (before.Length * times) + inner.Length, after, times).ToString();
        Assert.Equal(EvaluationErrorCode.ResultTooLarge, Evaluator.Evaluate(Template.Parse(text), new EvaluationContext()).Error?.Code);
    }

    [Fact]
    public void A_message_does_not_repeat_all_of_a_long_value() =>
        Assert.InRange(Evaluator.Evaluate(Template.Parse($"@int('{new string('x', 5000)}')"), new EvaluationContext()).Error!.Message.Length, 1, 2000);

    [Fact]
    public void Values_are_compared_by_what_they_hold()
    {
        Assert.Equal(Parse("""{"a":1,"b":[1.0,{"c":null}]}"""), Parse("""{"b":[1,{"c":null}],"a":1.0}"""), ValueEquality.Instance);
        Assert.Equal(ValueEquality.Instance.GetHashCode(Parse("""{"a":1,"b":2}""")), ValueEquality.Instance.GetHashCode(Parse("""{"b":2.0,"a":1}""")));
        Assert.NotEqual(Parse("[1,2]"), Parse("[2,1]"), ValueEquality.Instance);
        Assert.NotEqual(Parse("[]"), Parse("{}"), ValueEquality.Instance);
        Assert.NotEqual(Parse("\"1\""), Parse("1"), ValueEquality.Instance);
    }

    [Theory]
    [InlineData("1", "1")]
    [InlineData("1.0", "1.0")]
    [InlineData("-0", "0")]
    [InlineData("1e2", "100.0")]
    [InlineData("1E400", "1.7976931348623157E+308")]
    [InlineData("9223372036854775808", "9.223372036854776E+18")]
    [InlineData("1234567890123456.0", "1234567890123456.0")]
    [InlineData("123456789012345600", "123456789012345600")]
    [InlineData("123456789012345600.0", "1.234567890123456E+17")]
    [InlineData("10000000000000000.0", "1E+16")]
    [InlineData("-1500000000000000.0", "-1.5E+15")]
    [InlineData("""{"a":1,"b":2,"a":3}""", """{"a":3,"b":2}""")]
    [InlineData("""{"a" : [ ] , "b" : { } }""", """{"a":[],"b":{}}""")]
    [InlineData("\"\\u00e4\\u2028<>&'+/\\u007f\"", "\"ä\\u2028<>&'+/\u007f\"")]
    public void Json_is_read_and_written_as_the_engine_does(string json, string written) =>
        Assert.Equal(written, ValueJson.Write(Parse(json)));

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[1,]")]
    [InlineData("{'a':1}")]
    [InlineData("\"\\ud800\"")]
    [InlineData("1 2")]
    public void What_is_not_json_is_refused_with_the_reason(string text)
    {
        Assert.Null(ValueJson.TryParse(text, out var problem));
        Assert.NotEmpty(problem);
    }

    [Fact]
    public void Half_of_a_pair_of_characters_is_written_as_an_escape() => Assert.Equal("\"a\\ud83d\"", ValueJson.Write(new StringValue("a\ud83d")));

    [Fact]
    public void What_is_longer_than_wanted_is_not_written()
    {
        Assert.Equal("[1]", ValueJson.TryWrite(Parse("[1]"), 3));
        Assert.Null(ValueJson.TryWrite(Parse("[1]"), 2));
    }

    [Fact]
    public void What_the_context_lacks_is_an_error_where_it_is_asked_for()
    {
        string[] calls = ["utcNow()", "guid()", "rand(1, 5)", "item()", "dataset()", "linkedService()", "trigger()", "triggerBody()"];
        Assert.All(calls, c => Assert.Contains(
            Evaluator.Evaluate(Template.Parse("@" + c), new EvaluationContext()).Error?.Code,
            new EvaluationErrorCode?[] { EvaluationErrorCode.ContextMissing, EvaluationErrorCode.FunctionNotExpected }));
        Assert.Equal(EvaluationErrorCode.PropertyMissing, Evaluator.Evaluate(Template.Parse("@pipeline().RunId"), new EvaluationContext()).Error?.Code);
    }

    private static ExpressionValue Parse(string json) => ValueJson.TryParse(json, out var problem) ?? throw new FormatException(problem);

    private static TypeKinds KindOf(ExpressionValue value) => value switch
    {
        StringValue => TypeKinds.String,
        IntegerValue => TypeKinds.Integer,
        FloatValue => TypeKinds.Float,
        BooleanValue => TypeKinds.Boolean,
        NullValue => TypeKinds.Null,
        ArrayValue => TypeKinds.Array,
        _ => TypeKinds.Object | TypeKinds.Binary | TypeKinds.Xml,
    };

    private static void AssertSound(EvaluationResult result, Template template)
    {
        Assert.True(result.Value is null != result.Error is null, template.Text);
        if (result.Error is { } error)
        {
            Assert.InRange(error.Span.Start, 0, template.Text.Length);
            Assert.InRange(error.Span.End, error.Span.Start, template.Text.Length);
            Assert.NotEmpty(error.Message);
        }
    }

    private static void AssertSame(EvaluationResult first, EvaluationResult second)
    {
        Assert.Equal(first.Error, second.Error);
        Assert.Equal(first.Value is null ? "" : ValueJson.Write(first.Value), second.Value is null ? "" : ValueJson.Write(second.Value));
    }

    /// <param name="missing">Which parts, as bits.</param>
    private static EvaluationContext TakeAway(EvaluationContext context, int missing) => context with
    {
        Item = (missing & 1) == 0 ? context.Item : null,
        Now = (missing & 2) == 0 ? context.Now : null,
        NewGuid = (missing & 4) == 0 ? context.NewGuid : null,
        NextRandom = (missing & 8) == 0 ? context.NextRandom : null,
        Activities = (missing & 16) == 0 ? context.Activities : ImmutableDictionary<string, ExpressionValue>.Empty,
        Parameters = (missing & 32) == 0 ? context.Parameters : ImmutableDictionary<string, ExpressionValue>.Empty,
    };
}
