using System.Collections.Immutable;
using Pipewright.Core.Expressions;
using Xunit;

namespace Pipewright.Core.Tests.Expressions.Checking;

/// <summary>What is found wrong with names and types, at which characters; and that nothing else is.</summary>
public sealed class ExpressionCheckerTests
{
    private static readonly ExpressionType Row = ExpressionType.ObjectOf([new("id", ExpressionType.Integer), new("name", ExpressionType.String, true)], isClosed: false);

    private static readonly ExpressionScope Pipeline = new(ExpressionPlace.Pipeline)
    {
        Parameters = Table(new("day", ExpressionType.String), new("rows", ExpressionType.Integer), new("isFull", ExpressionType.Boolean), new("list", ExpressionType.Array), new("any", ExpressionType.Any)),
        GlobalParameters = Table(new NamedSymbol("env", ExpressionType.String)),
        Variables = Table(new NamedSymbol("State", ExpressionType.String), new NamedSymbol("Names", ExpressionType.Array)),
        Activities = new[] { "Look", "Later", "InBranch", "InLoop", "Me", "Failed" }.ToImmutableDictionary(
            n => n, n => new ActivitySymbol(n, "Lookup", new Lazy<ExpressionType>(ExpressionType.ObjectOf([new("firstRow", Row, true), new("value", ExpressionType.ArrayOf(Row))], isClosed: false))),
            StringComparer.OrdinalIgnoreCase),
        ReachOf = name => name.ToUpperInvariant() switch
        {
            "LATER" => ActivityReach.NotUpstream,
            "INBRANCH" => ActivityReach.InBranch,
            "INLOOP" => ActivityReach.InLoop,
            "ME" => ActivityReach.Itself,
            _ => ActivityReach.Upstream,
        },
        HasFailed = name => name == "Failed",
        Item = new Lazy<ExpressionType>(Row),
    };

    [Theory]
    [InlineData("@[|concta|]('a')", "PW3101")]
    [InlineData("@[|iif|](true, 1, 2)", "PW3101")]
    [InlineData("@[|body|]('Look')", "PW3101")]
    [InlineData("@[|listCallbackUrl|]()", "PW3101")]
    [InlineData("@[|reverse|](createArray(1))", "PW3102")]
    [InlineData("@[|dataset|]().x", "PW3103")]
    [InlineData("@[|triggerBody|]().fileName", "PW3103")]
    [InlineData("@[|trigger|]().startTime", "PW3103")]
    [InlineData("@pipeline().parameters.[|dya|]", "PW3104")]
    [InlineData("@pipeline().parameters[[|'dya'|]]", "PW3104")]
    [InlineData("@pipeline()['parameters'].[|dya|]", "PW3104")]
    [InlineData("@pipeline()?.parameters?.[|dya|]", "PW3104")]
    [InlineData("@pipeline().globalParameters.[|evn|]", "PW3105")]
    [InlineData("@variables([|'Stat'|])", "PW3106")]
    [InlineData("@activity([|'Lok'|]).status", "PW3107")]
    [InlineData("@activity([|'Later'|]).status", "PW3108")]
    [InlineData("@activity([|'InLoop'|]).status", "PW3108")]
    [InlineData("@activity([|'me'|]).status", "PW3108")]
    [InlineData("@activity([|'InBranch'|]).status", "PW3109")]
    [InlineData("@pipeline().[|Trigger|]", "PW3110")]
    [InlineData("@pipeline().[|TriggerEvent|]", "PW3110")]
    [InlineData("@activity('Look').output.[|valu|]", "PW3111")]
    [InlineData("@variables([|concat('a', 'b')|])", "PW3112")]
    [InlineData("@[|toUpper|]()", "PW3201")]
    [InlineData("@toUpper('a', [|'b', 'c'|])", "PW3201")]
    [InlineData("@utcNow('o', [|1|])", "PW3201")]
    [InlineData("@toUpper([|1|])", "PW3202")]
    [InlineData("@length([|pipeline().parameters.rows|])", "PW3202")]
    [InlineData("@if([|'true'|], 1, 2)", "PW3202")]
    [InlineData("@add([|'1'|], 1)", "PW3202")]
    [InlineData("@join([|'a,b'|], ',')", "PW3202")]
    [InlineData("@greater([|true|], 1)", "PW3202")]
    [InlineData("@xpath([|'<a/>'|], '/a')", "PW3202")]
    [InlineData("@toUpper([|item().id|])", "PW3202")]
    [InlineData("@utcNow().[|year|]", "PW3204")]
    [InlineData("@activity('Look').output.value.[|id|]", "PW3204")]
    [InlineData("@pipeline().parameters.list[[|'a'|]]", "PW3204")]
    [InlineData("@item()[[|0|]]", "PW3204")]
    [InlineData("@pipeline().parameters.rows[|[|]0]", "PW3204")]
    [InlineData("@div(1, [|0|])", "PW3205")]
    [InlineData("@formatDateTime([|'31.01.2024'|], 'yyyy')", "PW3205")]
    [InlineData("@formatDateTime('2024-01-31', [|'q'|])", "PW3205")]
    [InlineData("@json([|'{'|])", "PW3205")]
    [InlineData("@convertFromUtc('2024-01-31', [|'Middle Earth'|])", "PW3205")]
    [InlineData("@int([|'1.5'|])", "PW3205")]
    [InlineData("@[|equals|](pipeline().parameters.rows, '1')", "PW3206")]
    [InlineData("@[|equals|](pipeline().parameters.isFull, 'true')", "PW3206")]
    [InlineData("@[|and|](true, true, true)", "PW3208")]
    [InlineData("@[|substring|](pipeline().parameters.day, 1)", "PW3208")]
    [InlineData("@activity('Look').output[|.firstRow|]", "PW3301")]
    [InlineData("@activity('Look').output[|['firstRow']|]", "PW3301")]
    [InlineData("@activity('Look')[|.error|]", "PW3301")]
    [InlineData("@pipeline()[|.TriggeredByPipelineName|]", "PW3301")]
    [InlineData("@item()[|.name|]", "PW3301")]
    [InlineData("@concat([|'@{item().id}'|])", "PW3302")]
    [InlineData("@formatDateTime(utcNow(), [|'yyyy-mm-dd'|])", "PW3303")]
    [InlineData("@formatDateTime(utcNow(), [|'YYYY-MM-DD'|])", "PW3303")]
    [InlineData("@formatDateTime(utcNow(), [|'yyyy-mm-dd HH:mm'|])", "PW3303")]
    [InlineData("@formatDateTime(utcNow(), [|'HH:MM:ss'|])", "PW3303")]
    [InlineData("@convertFromUtc(utcNow(), [|'Central European Time Zone'|])", "PW3205")]
    [InlineData("@addToTime(utcNow(), 1, [|'Days'|])", "PW3205")]
    [InlineData("[|pipeline().parameters.day|]", "PW3307")]
    [InlineData("folder/[|{pipeline().parameters.day}|]/x", "PW3307")]
    [InlineData("@activity('Look').[|rows|]", "PW3111")]
    [InlineData("@utcNow([|'yyyyMMddhhmmss'|])", "PW3303")]
    [InlineData("{ \"a\": [|@{equals(1, 1)}|] }", "PW3304")]
    public void A_mistake_is_found(string marked, string code) => Check(marked, code, Pipeline, ExpectedType.Anything);

    [Theory]
    [InlineData("@concat('a', 1, true, null, item())")]
    [InlineData("@formatDateTime(utcNow(), 'dd mm:ss')")]
    [InlineData("@addToTime(utcNow(), 1, 'Day')")]
    [InlineData("see pipeline().parameters.day")]
    [InlineData("@CONCAT(ToUpper(pipeline().PARAMETERS.Day), VARIABLES('state'))")]
    [InlineData("@activity('look').Output?.firstRow?.anything.at.all")]
    [InlineData("@activity('Look').output?.firstRow?.id")]
    [InlineData("@activity('Look').output.value[0].id")]
    [InlineData("@activity('Look').output.someUnlistedMember")]
    [InlineData("@activity('Failed').error.message")]
    [InlineData("@activity('Look')?.error?.message")]
    [InlineData("@item().whatever")]
    [InlineData("@length(pipeline().parameters.any)")]
    [InlineData("@add(pipeline().parameters.any.x, 1)")]
    [InlineData("@add(pipeline().parameters.rows, 1.5)")]
    [InlineData("@if(pipeline().parameters.isFull, 1, 'a')")]
    [InlineData("@coalesce(activity('Look').output?.firstRow?.id, 0)")]
    [InlineData("@equals(activity('Look').output?.firstRow, null)")]
    [InlineData("@equals(pipeline().parameters.rows, 1.0)")]
    [InlineData("@equals(item().whatever, 'x')")]
    [InlineData("@length(split(pipeline().parameters.day, '-'))")]
    [InlineData("@first(split('a,b', ','))")]
    [InlineData("@toUpper(first(split('a,b', ',')))")]
    [InlineData("@toUpper(coalesce(null, 'a'))")]
    [InlineData("@contains('abc', 'b')")]
    [InlineData("@union(pipeline().parameters.list, createArray(1))")]
    [InlineData("@string(xml('<a/>'))")]
    [InlineData("@base64(binary('a'))")]
    [InlineData("@xpath(xml('<a/>'), '/a')")]
    [InlineData("@json('[1,2]')[0].anything")]
    [InlineData("@max(1, 2)")]
    [InlineData("@max(createArray(1, 2))")]
    [InlineData("@formatDateTime(utcNow(), 'HH:mm')")]
    [InlineData("@formatDateTime(utcNow(), 'hh:mm tt')")]
    [InlineData("@formatDateTime(utcNow(), 'mm')")]
    [InlineData("@utcNow('yyyy-MM-ddTHH:mm:ss')")]
    [InlineData("@concat('@@{x}', '@')")]
    [InlineData("x @{pipeline().parameters.isFull} y")]
    [InlineData("@guid()")]
    [InlineData("@if(pipeline().parameters.isFull, 1, int('stop here'))")]
    [InlineData("@coalesce(item().whatever, div(1, 0))")]
    [InlineData("@rand(1, 2)")]
    [InlineData("@pipeline()?.TriggeredByPipelineRunId")]
    public void What_is_right_is_left_alone(string text) => Check(text, null, Pipeline, ExpectedType.Anything);

    [Theory]
    [InlineData("[|@'a'|]", "PW3203", TypeKinds.Array, true)]
    [InlineData("[|@pipeline().parameters.day|]", "PW3203", TypeKinds.Array, true)]
    [InlineData("[|@activity('Look').output|]", "PW3203", TypeKinds.Array, true)]
    [InlineData("[|@{pipeline().parameters.isFull}|]", "PW3203", TypeKinds.Boolean, true)]
    [InlineData("[|@1|]", "PW3203", TypeKinds.Boolean, true)]
    [InlineData("[|pipeline().parameters.list|]", "PW3207", TypeKinds.Array, true)]
    [InlineData("[|@createArray(1)|]", "PW3203", TypeKinds.Integer, false)]
    [InlineData("[|@true|]", "PW3203", TypeKinds.Integer, false)]
    [InlineData("[|@{pipeline().parameters.rows}|]", "PW3306", TypeKinds.Integer, false)]
    [InlineData("@pipeline().parameters.list", null, TypeKinds.Array, true)]
    [InlineData("@pipeline().parameters.any", null, TypeKinds.Array, true)]
    [InlineData("@activity('Look').output.value", null, TypeKinds.Array, true)]
    [InlineData("@equals(1, 1)", null, TypeKinds.Boolean, true)]
    [InlineData("@pipeline().parameters.day", null, TypeKinds.Integer, false)]
    [InlineData("@pipeline().parameters.day", null, TypeKinds.Boolean, false)]
    [InlineData("@pipeline().parameters.rows", null, TypeKinds.String, false)]
    [InlineData("@createArray(1)", null, TypeKinds.String, false)]
    [InlineData("@pipeline().parameters.day", null, TypeKinds.Object, false)]
    [InlineData("5", null, TypeKinds.Integer, false)]
    public void The_place_wants_a_type(string marked, string? code, TypeKinds kinds, bool isStrict) =>
        Check(marked, code, Pipeline, new ExpectedType(new ExpressionType(kinds), isStrict, "slot"));

    [Theory]
    [InlineData(ExpressionPlace.Dataset, "@dataset().day", null)]
    [InlineData(ExpressionPlace.Dataset, "@dataset().[|dya|]", "PW3104")]
    [InlineData(ExpressionPlace.Dataset, "@[|pipeline|]().RunId", "PW3103")]
    [InlineData(ExpressionPlace.Dataset, "@[|item|]().x", "PW3103")]
    [InlineData(ExpressionPlace.LinkedService, "@{linkedService().day}x", null)]
    [InlineData(ExpressionPlace.LinkedService, "@[|activity|]('a')", "PW3103")]
    [InlineData(ExpressionPlace.Trigger, "@trigger().outputs.windowStartTime", null)]
    [InlineData(ExpressionPlace.Trigger, "@pipeline().globalParameters.x", null)]
    [InlineData(ExpressionPlace.Trigger, "@[|pipeline|]().parameters.x", "PW3103")]
    [InlineData(ExpressionPlace.Other, "@concat(pipeline().RunId, item().y, dataset().z, activity('a').b, trigger().c)", null)]
    public void Each_kind_of_resource_has_its_own_names(ExpressionPlace place, string marked, string? code) => Check(
        marked, code, new ExpressionScope(place) { Parameters = place == ExpressionPlace.Other ? null : Table(new NamedSymbol("day", ExpressionType.String)) }, ExpectedType.Anything);

    [Fact]
    public void Outside_of_loops_there_is_no_item() => Check("@[|item|]().x", "PW3103", Pipeline with { Item = null }, ExpectedType.Anything);

    [Fact]
    public void A_call_that_is_still_being_typed_does_not_fail()
    {
        foreach (var text in FunctionCatalog.All.Select(f => f.Example).OfType<string>().Select(e => "@" + e.Split(" => ")[0]))
        {
            Assert.All(Enumerable.Range(0, text.Length), length => Assert.DoesNotContain(
                ExpressionChecker.Check(Template.Parse(text[..length]), Pipeline, ExpectedType.Anything).Findings, f => f.Diagnostic.Code == CheckDiagnostics.AlwaysFails.Code));
        }
    }

    [Theory]
    [InlineData("wrong(),")]
    [InlineData("pipeline().parameters.wrong,")]
    [InlineData("-wrong(),")]
    [InlineData("toUpper(1),")]
    [InlineData("activity('Wrong'),")]
    [InlineData("div(1,0),")]
    public void Of_a_text_that_is_all_mistakes_the_first_are_told(string piece)
    {
        var text = "@concat(" + string.Concat(Enumerable.Repeat(piece, 1_000_000 / piece.Length)) + "1)";
        Assert.InRange(ExpressionChecker.Check(Template.Parse(text), Pipeline, ExpectedType.Anything).Findings.Length, 10, 100);
    }

    private static ImmutableDictionary<string, NamedSymbol> Table(params NamedSymbol[] symbols) => symbols.ToImmutableDictionary(s => s.Name, StringComparer.OrdinalIgnoreCase);

    private static void Check(string marked, string? code, ExpressionScope scope, ExpectedType expected)
    {
        var (text, spans) = TestText.WithSpans(marked);
        var findings = ExpressionChecker.Check(Template.Parse(text), scope, expected).Findings.Select(f => (f.Diagnostic.Code, f.Diagnostic.Span));
        Assert.Equal(spans.Select(s => (code!, s)), findings);
    }
}
