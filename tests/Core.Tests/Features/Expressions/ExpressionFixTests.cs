using Pipewright.Core.Features;
using Pipewright.Core.Text;
using Xunit;

namespace Pipewright.Core.Tests.Features.Expressions;

/// <summary>What a fix of an expression makes of the text: the finding is gone, and nothing else is wrong.</summary>
public sealed class ExpressionFixTests
{
    [Theory]
    [InlineData("\"@concta('a', 'b')\"", "PW3101", "\"@concat('a', 'b')\"")]
    [InlineData("'@concta(''a'', ''b'')'", "PW3101", "'@concat(''a'', ''b'')'")]
    [InlineData("\"@iif(true, 'a', 'b')\"", "PW3101", "\"@if(true, 'a', 'b')\"")]
    [InlineData("\"@parameters('day')\"", "PW3101", "\"@pipeline().parameters.day\"")]
    [InlineData("\"@body('Look')\"", "PW3101", "\"@activity('Look').output\"")]
    [InlineData("\"@toInteger('1')\"", "PW3101", "\"@int('1')\"")]
    [InlineData("\"@pipeline().parameters.dya\"", "PW3104", "\"@pipeline().parameters.day\"")]
    [InlineData("\"@pipeline().parameters['dya']\"", "PW3104", "\"@pipeline().parameters['day']\"")]
    [InlineData("\"@variables('Stat')\"", "PW3106", "\"@variables('State')\"")]
    [InlineData("'@{variables(''Stat'')} x'", "PW3106", "'@{variables(''State'')} x'")]
    [InlineData("\"@string(activity('Lok').output)\"", "PW3107", "\"@string(activity('Look').output)\"")]
    [InlineData("\"@pipeline().RunID2\"", "PW3110", "\"@pipeline().RunId\"")]
    [InlineData("\"@string(activity('Look').output.firstRwo)\"", "PW3111", "\"@string(activity('Look').output.firstRow)\"")]
    [InlineData("\"@toUpper(1)\"", "PW3202", "\"@toUpper(string(1))\"")]
    [InlineData("\"@string(add('1', 2))\"", "PW3202", "\"@string(add(int('1'), 2))\"")]
    [InlineData("\"@string(length(pipeline().parameters.rows))\"", "PW3202", "\"@string(length(string(pipeline().parameters.rows)))\"")]
    [InlineData("\"@string(equals(pipeline().parameters.rows, '1'))\"", "PW3206", "\"@string(equals(string(pipeline().parameters.rows), '1'))\"")]
    [InlineData("\"@string(activity('Look').output.firstRow.x)\"", "PW3301", "\"@string(activity('Look').output?.firstRow.x)\"")]
    [InlineData("\"@concat('@{pipeline().RunId}', 'x')\"", "PW3302", "\"@concat(concat(pipeline().RunId), 'x')\"")]
    [InlineData("\"@formatDateTime(utcNow(), 'yyyy-mm-dd')\"", "PW3303", "\"@formatDateTime(utcNow(), 'yyyy-MM-dd')\"")]
    [InlineData("\"@pipeline().parameters.day == 'x'\"", "PW3004", "\"@equals(pipeline().parameters.day, 'x')\"")]
    [InlineData("'@''a'' + ''b'''", "PW3004", "'@concat(''a'', ''b'')'")]
    [InlineData("\"@concat('a', @pipeline().RunId)\"", "PW3007", "\"@concat('a', pipeline().RunId)\"")]
    [InlineData("\"@pipeline().RunId / x\"", "PW3006", "\"@{pipeline().RunId} / x\"")]
    [InlineData("x @{pipeline().parameters.dya}", "PW3104", "x @{pipeline().parameters.day}")]
    [InlineData(">-\n        @concat(\n        pipeline().parameters.dya,\n        'x')", "PW3104", ">-\n        @concat(\n        pipeline().parameters.day,\n        'x')")]
    public void The_expression_is_mended(string value, string code, string expected)
    {
        var text = ExpressionPipeline.Spec(value);
        Assert.Equal(ExpressionPipeline.Spec(expected), ApplyFirst(ExpressionPipeline.SpecPath, text, code));
    }

    [Theory]
    [InlineData("\"@pipe|line().RunId\"", "\"@{pipeline().RunId}\"")]
    [InlineData("'@{variables(''State'')|}'", "'@variables(''State'')'")]
    [InlineData("\"@pipe|line().\"", null)]
    [InlineData("\"a @{pipe|line().RunId}\"", null)]
    public void At_and_braces_are_turned_into_each_other(string value, string? expected)
    {
        var (text, offset) = TestText.WithCursor(ExpressionPipeline.Spec(value));
        var factory = ExpressionPipeline.Factory(text);
        var rewrites = LanguageFeatures.GetRefactorings(factory, factory.Documents[ExpressionPipeline.SpecPath], new TextSpan(offset, 0), CancellationToken.None)
            .Where(r => r.Title.StartsWith("Write as", StringComparison.Ordinal)).Select(r => r.Edit);
        Assert.Equal(expected is null ? null : ExpressionPipeline.Spec(expected), rewrites.Select(r => Apply(text, r)).SingleOrDefault());
    }

    [Theory]
    [InlineData("waitTimeInSeconds: '@{pipeline().parameters.n}'", "PW3306", "waitTimeInSeconds: '@pipeline().parameters.n'")]
    public void Text_where_a_number_is_wanted_is_told(string member, string code, string expected)
    {
        const string Head = "parameters: { n: int }\nactivities:\n  - { name: A, type: Wait, ";
        Assert.Equal(Head + expected + " }\n", ApplyFirst(ExpressionPipeline.SpecPath, Head + member + " }\n", code));
    }

    [Theory]
    [InlineData("- { name: A, type: ForEach, items: '@createArray(1)', isSequential: [|'@true'|], activities: [] }")]
    [InlineData("- { name: A, type: ForEach, items: '@createArray(1)', batchCount: [|'@add(1, 2)'|], activities: [] }")]
    [InlineData("- { name: A, type: ExecutePipeline, pipeline: '@item()' }")]
    [InlineData("- { name: A, type: SetVariable, variableName: [|'@item()'|], value: x }")]
    [InlineData("- { name: A, type: Wait, state: [|'@item()'|], waitTimeInSeconds: 1 }")]
    [InlineData("- { name: A, type: Wait, description: '@mention someone', waitTimeInSeconds: 1 }")]
    public void An_expression_where_none_is_evaluated_is_told(string activity)
    {
        var (text, spans) = TestText.WithSpans("activities:\n  " + activity + "\n");
        Assert.Equal(spans, Find(ExpressionPipeline.SpecPath, text).Where(d => d.Code == "PW3305").Select(d => d.Span));
    }

    [Theory]
    [InlineData("activities:\n", "parameters:\n  x: string\nactivities:\n")]
    [InlineData("parameters: { a: int }\nactivities:\n", "parameters: { a: int, x: string }\nactivities:\n")]
    [InlineData("parameters: {}\nactivities:\n", "parameters: { x: string }\nactivities:\n")]
    [InlineData("parameters:\n  a: int # count\nactivities:\n", "parameters:\n  a: int # count\n  x: string\nactivities:\n")]
    [InlineData("parameters:\r\n  a: int\r\nactivities:\r\n", "parameters:\r\n  a: int\r\n  x: string\r\nactivities:\r\n")]
    [InlineData("parameters:\n    a:\n        type: int\n        defaultValue: 1\nactivities:\n", "parameters:\n    a:\n        type: int\n        defaultValue: 1\n    x: string\nactivities:\n")]
    public void A_missing_parameter_is_declared(string head, string expected)
    {
        const string Rest = "  - { name: A, type: Fail, message: \"@toUpper(pipeline().parameters.x)\", errorCode: '1' }\n";
        Assert.Equal(expected + Rest, ApplyFirst(ExpressionPipeline.SpecPath, head + Rest, "PW3104", "Declare the parameter 'x'"));
    }

    [Theory]
    [InlineData("\"@variables('gone now')\"", "Declare the variable 'gone now'", "variables: { State: { type: String, defaultValue: open }, gone now: String }")]
    public void A_missing_variable_is_declared(string value, string title, string expected) =>
        Assert.Contains(expected, ApplyFirst(ExpressionPipeline.SpecPath, ExpressionPipeline.Spec(value), "PW3106", title), StringComparison.Ordinal);

    [Theory]
    [InlineData("- { name: B, type: Fail, TEXT }", "- { name: B, type: Fail, TEXT, dependsOn: [A] }")]
    [InlineData("- { name: B, type: Fail, dependsOn: [C], TEXT }", "- { name: B, type: Fail, dependsOn: [C, A], TEXT }")]
    [InlineData("- { name: B, type: Fail, dependsOn: [], TEXT }", "- { name: B, type: Fail, dependsOn: [A], TEXT }")]
    [InlineData("- { name: B, type: Fail, dependsOn: { C: Failed }, TEXT }", "- { name: B, type: Fail, dependsOn: { C: Failed, A: Succeeded }, TEXT }")]
    [InlineData("- name: B\n    type: Fail\n    errorCode: '1'\n    MESSAGE", "- name: B\n    type: Fail\n    dependsOn: [A]\n    errorCode: '1'\n    MESSAGE")]
    [InlineData("- name: B\n    type: Fail\n    dependsOn:\n      - C\n    errorCode: '1'\n    MESSAGE", "- name: B\n    type: Fail\n    dependsOn:\n      - C\n      - A\n    errorCode: '1'\n    MESSAGE")]
    [InlineData("- name: B\n    type: Fail\n    dependsOn:\n    - C\n    errorCode: '1'\n    MESSAGE", "- name: B\n    type: Fail\n    dependsOn:\n    - C\n    - A\n    errorCode: '1'\n    MESSAGE")]
    public void A_missing_dependency_is_added(string activity, string expected)
    {
        const string Head = "activities:\n  - { name: A, type: Wait, waitTimeInSeconds: 1 }\n  - { name: C, type: Wait, waitTimeInSeconds: 1 }\n  ";
        Assert.Equal(Fill(Head + expected), ApplyFirst(ExpressionPipeline.SpecPath, Fill(Head + activity), "PW3108"));

        static string Fill(string text) => text.Replace("TEXT", "errorCode: '1', MESSAGE", StringComparison.Ordinal).Replace("MESSAGE", "message: \"@activity('A').status\"", StringComparison.Ordinal) + "\n";
    }

    [Fact]
    public void The_git_form_is_mended_in_its_own_style()
    {
        const string Text = """
            {
            	"name": "p",
            	"properties": {
            		"activities": [
            			{
            				"name": "A",
            				"type": "Wait",
            				"typeProperties": { "waitTimeInSeconds": 1 }
            			},
            			{
            				"name": "B",
            				"type": "Fail",
            				"dependsOn": [],
            				"typeProperties": {
            					"message": { "value": "@concat(activity('A').status, pipeline().parameters.x)", "type": "Expression" },
            					"errorCode": "1"
            				}
            			}
            		]
            	}
            }
            """;
        var dependent = ApplyFirst("pipeline/p.json", Text, "PW3108");
        Assert.Contains("\"dependsOn\": [{ \"activity\": \"A\", \"dependencyConditions\": [\"Succeeded\"] }],", dependent, StringComparison.Ordinal);
        var declared = ApplyFirst("pipeline/p.json", dependent, "PW3104", "Declare the parameter 'x'");
        Assert.Contains("\n\t\t],\n\t\t\"parameters\": {\n\t\t\t\"x\": {\n\t\t\t\t\"type\": \"string\"\n\t\t\t}\n\t\t}\n\t}", declared.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.Empty(Find("pipeline/p.json", declared));
    }

    /// <summary>Applies the first fix of the only finding of a code, and sees to it that it is gone and nothing new has come.</summary>
    private static string ApplyFirst(string path, string text, string code, string? title = null)
    {
        var before = Find(path, text);
        var finding = Assert.Single(before, d => d.Code == code);
        var fix = finding.Fixes.First(f => title is null || f.Title == title);
        var after = Apply(text, fix);
        var left = Find(path, after);
        Assert.DoesNotContain(left, d => d.Code == code);
        Assert.DoesNotContain(left.Select(d => d.Code).Except(before.Select(d => d.Code)), c => c != "PW3301");
        return after;
    }

    private static string Apply(string text, CodeFix fix) =>
        fix.Changes.OrderByDescending(c => c.Span.Start).Aggregate(text, (t, c) => t.Remove(c.Span.Start, c.Span.Length).Insert(c.Span.Start, c.NewText));

    private static List<Diagnostic> Find(string path, string text)
    {
        var factory = TestText.Factory(path, text);
        return [.. LanguageFeatures.GetDiagnostics(factory, factory.Documents[path], CancellationToken.None).Where(d => d.Code.StartsWith("PW3", StringComparison.Ordinal) || d.Code.StartsWith("PW1", StringComparison.Ordinal))];
    }
}
