using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Pipewright.LanguageServer.CommandLine;
using Xunit;

namespace Pipewright.Server.Tests.CommandLine;

public sealed class EvalVerbTests
{
    [Theory]
    [InlineData("""{"expression":"@add(1, 2)"}""", "3")]
    [InlineData("""{"expression":"@add(1, 2.0)"}""", "3.0")]
    [InlineData("""{"expression":"@{add(1, 2)}"}""", "\"3\"")]
    [InlineData("""{"expression":"plain"}""", "\"plain\"")]
    [InlineData("""{"expression":"@@plain"}""", "\"@plain\"")]
    [InlineData("""{"expression":""}""", "\"\"")]
    [InlineData("""{"expression":"@null"}""", "null")]
    [InlineData("""{"expression":12}""", "12")]
    [InlineData("""{"expression":["@x"]}""", """["@x"]""")]
    [InlineData("""{"expression":{"value":"@add(1, 2)","type":"Expression"}}""", "3")]
    [InlineData("""{"expression":"@concat('ü', '<', '€', '\"')","context":null}""", "\"ü<€\\\"\"")]
    [InlineData("""{"expression":"@first('😀')"}""", "\"\\ud83d\"")]
    [InlineData("""{"expression":"@pipeline().parameters.n","context":{"parameters":{"n":1.50}}}""", "1.5")]
    [InlineData("""{"expression":"@pipeline().globalParameters.env","context":{"globalParameters":{"env":"dev"}}}""", "\"dev\"")]
    [InlineData("""{"expression":"@pipeline().libraryVariables.v","context":{"libraryVariables":{"v":[1]}}}""", "[1]")]
    [InlineData("""{"expression":"@pipeline().RunId","context":{"system":{"RunId":"r"}}}""", "\"r\"")]
    [InlineData("""{"expression":"@pipeline()?.TriggeredByPipelineName"}""", "null")]
    [InlineData("""{"expression":"@variables('V')","context":{"variables":{"v":true}}}""", "true")]
    [InlineData("""{"expression":"@activity('A b').output.x[1]","context":{"activities":{"A b":{"output":{"x":[1,{"y":null}]},"status":"Succeeded"}}}}""", """{"y":null}""")]
    [InlineData("""{"expression":"@activity('A').error?.message","context":{"activities":{"A":{"error":{"message":"m"}}}}}""", "\"m\"")]
    [InlineData("""{"expression":"@item()","context":{"item":null}}""", "null")]
    [InlineData("""{"expression":"@item()","context":{"item":1,"Item":2}}""", "2")]
    [InlineData("""{"expression":"@dataset().d","context":{"dataset":{"d":1}}}""", "1")]
    [InlineData("""{"expression":"@linkedService().l","context":{"linkedservice":{"l":1}}}""", "1")]
    [InlineData("""{"expression":"@trigger().startTime","context":{"trigger":{"startTime":"t"}}}""", "\"t\"")]
    [InlineData("""{"expression":"@triggerBody().fileName","context":{"triggerBody":{"fileName":"f"}}}""", "\"f\"")]
    [InlineData("""{"expression":"@utcNow()","context":{"now":"2024-02-29T12:34:56.789Z"}}""", "\"2024-02-29T12:34:56.7890000Z\"")]
    [InlineData("""{"expression":"@utcNow('HH:mm')","context":{"now":"2024-02-29T12:34:56+02:00"}}""", "\"10:34\"")]
    [InlineData("""{"expression":"@guid('N')","context":{"guid":"0f8fad5b-d9cb-469f-a165-70867728950e"}}""", "\"0f8fad5bd9cb469fa16570867728950e\"")]
    [InlineData("""{"expression":"@rand(0, 10)","context":{"random":0.5}}""", "5")]
    [InlineData("""{"expression":"@startOfMonth(addDays(convertFromUtc('2024-07-31T23:00:00Z', 'W. Europe Standard Time'), 1), 'yyyy-MM-dd')"}""", "\"2024-08-01\"")]
    [InlineData("""{"context":{"unknown":1},"expression":"@true","more":1}""", "true")]
    public async Task A_line_is_answered_by_a_value(string line, string value) =>
        Assert.Equal($$"""{"value":{{value}}}""", Assert.Single(await AskAsync(line)));

    [Theory]
    [InlineData("""{"expression":"@div(1, 0)"}""", "DivideByZero", 8, 1)]
    [InlineData("""{"expression":"x @{int('y')}"}""", "ArgumentValue", 8, 3)]
    [InlineData("""{"expression":"@concat('a'"}""", "SyntaxError", 7, 1)]
    [InlineData("""{"expression":"@nosuch()"}""", "FunctionNotDefined", 1, 6)]
    [InlineData("""{"expression":"@item()"}""", "FunctionNotExpected", 1, 6)]
    [InlineData("""{"expression":"@dataset().x","context":{"dataset":null}}""", "FunctionNotExpected", 1, 9)]
    [InlineData("""{"expression":"@length()"}""", "ArgumentCount", 1, 8)]
    [InlineData("""{"expression":"@length(1)"}""", "ArgumentType", 8, 1)]
    [InlineData("""{"expression":"@pipeline().parameters.x"}""", "PropertyMissing", 23, 1)]
    [InlineData("""{"expression":"@add(1, 2).x"}""", "PropertyNotSelectable", 11, 1)]
    [InlineData("""{"expression":"@range(1, 1)[1]"}""", "IndexOutOfBounds", 13, 1)]
    [InlineData("""{"expression":"@variables('x')"}""", "NameNotFound", 11, 3)]
    [InlineData("""{"expression":"@add(9223372036854775807, 1)"}""", "Overflow", 1, 27)]
    public async Task A_line_is_answered_by_an_error(string line, string code, int start, int length)
    {
        var error = JsonNode.Parse(Assert.Single(await AskAsync(line)))!["error"]!;
        Assert.Equal((code, $"[{start},{length}]"), (error["code"]!.GetValue<string>(), error["span"]!.ToJsonString()));
        Assert.NotEmpty(error["message"]!.GetValue<string>());
        Assert.Equal(["code", "message", "span"], error.AsObject().Select(p => p.Key));
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("@add(1, 2)")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("""{"expression":"@true"} {}""")]
    [InlineData("""{"expression":"\ud800"}""")]
    [InlineData("""{"expression":"@true","context":[]}""")]
    [InlineData("""{"expression":"@true","context":{"parameters":[]}}""")]
    [InlineData("""{"expression":"@true","context":{"now":"tomorrow"}}""")]
    [InlineData("""{"expression":"@true","context":{"now":1}}""")]
    [InlineData("""{"expression":"@true","context":{"guid":"x"}}""")]
    public async Task A_line_that_asks_for_nothing_gets_an_error_too(string line) =>
        Assert.Equal("InvalidRequest", JsonNode.Parse(Assert.Single(await AskAsync(line)))!["error"]!["code"]!.GetValue<string>());

    [Fact]
    public async Task Lines_are_answered_one_for_one_and_in_order()
    {
        var lines = Enumerable.Range(0, 500).Select(i => i % 7 == 0 ? "{" : $$"""{"expression":"@add({{i}}, 1)"}""").ToList();
        var answers = await AskAsync([.. lines]);
        Assert.Equal(lines.Select((l, i) => l == "{" ? "InvalidRequest" : $"{i + 1}"), answers.Select(a => JsonNode.Parse(a)! is var answer && answer["value"] is { } value ? value.ToJsonString() : answer["error"]!["code"]!.GetValue<string>()));
    }

    [Fact]
    public async Task The_clock_and_chance_are_real_without_a_context()
    {
        var answers = (await AskAsync("""{"expression":"@ticks(utcNow())"}""", """{"expression":"@guid()"}""", """{"expression":"@guid()"}""", """{"expression":"@rand(1, 2)"}"""))
            .Select(a => JsonNode.Parse(a)!["value"]!).ToList();
        Assert.InRange(answers[0].GetValue<long>(), new DateTime(2024, 1, 1).Ticks, DateTime.UtcNow.Ticks);
        Assert.NotEqual(answers[1].GetValue<string>(), answers[2].GetValue<string>());
        Assert.Equal(1, answers[3].GetValue<int>());
    }

    [Fact]
    public async Task An_answer_comes_before_the_next_question()
    {
        using var process = PipewrightProgram.Start("eval");
        for (var i = 0; i < 3; i++)
        {
            await process.StandardInput.WriteLineAsync($$"""{"expression":"@mul({{i}}, 2)"}""");
            await process.StandardInput.FlushAsync();
            Assert.Equal($$"""{"value":{{i * 2}}}""", await process.StandardOutput.ReadLineAsync());
        }

        process.StandardInput.Close();
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
        Assert.Empty(await process.StandardError.ReadToEndAsync());
    }

    [Fact]
    public async Task Very_long_and_very_deep_lines_are_answered()
    {
        var deep = "@" + new StringBuilder().Insert(0, "not(", 10_000) + "true" + new string(')', 10_000);
        var answers = await AskAsync(
            JsonSerializer.Serialize(new Dictionary<string, string> { ["expression"] = deep }),
            JsonSerializer.Serialize(new Dictionary<string, string> { ["expression"] = new string('x', 1_000_000) }),
            """{"expression":"@item()","context":{"item":""" + new string('[', 300) + new string(']', 300) + "}}");
        Assert.Equal(["NestingTooDeep", null, "InvalidRequest"], answers.Select(a => JsonNode.Parse(a)!["error"]?["code"]!.GetValue<string>()));
    }

    private static async Task<string[]> AskAsync(params string[] lines)
    {
        using var input = new MemoryStream(Encoding.UTF8.GetBytes(string.Concat(lines.Select(l => l + "\n"))));
        using var output = new MemoryStream();
        Assert.Equal(0, await EvalVerb.RunAsync(input, output, TimeProvider.System, CancellationToken.None));
        var text = Encoding.UTF8.GetString(output.ToArray());
        Assert.EndsWith("\n", text, StringComparison.Ordinal);
        return text[..^1].Split('\n');
    }
}
