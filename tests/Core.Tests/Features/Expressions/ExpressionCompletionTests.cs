using Pipewright.Core.Features;
using Xunit;

namespace Pipewright.Core.Tests.Features.Expressions;

/// <summary>What is offered at a cursor in an expression, and what the text is once it is taken.</summary>
public sealed class ExpressionCompletionTests
{
    private const string Path = "load.pipeline.yaml";

    /// <summary>The cursor's text stands in the activity Report, after Look and Copy; Other is beside it.</summary>
    private const string Pipeline = """
        parameters: { day: string, rows: int, "odd name": string, list: array }
        variables: { State: String, Names: Array }
        activities:
          - { name: Look, type: Lookup, dataset: d, source: { type: AzureSqlSource } }
          - { name: Copy it's, type: Copy, dependsOn: [Look], source: { type: AzureSqlSource }, sink: { type: ParquetSink } }
          - { name: Files, type: GetMetadata, dataset: d, fieldList: [childItems, itemName] }
          - { name: Other, type: Wait, waitTimeInSeconds: 1 }
          - name: Report
            type: SetVariable
            dependsOn: [Copy it's, Files]
            variableName: State
            value: TEXT
          - name: Each
            type: ForEach
            dependsOn: [Files]
            items: "@activity('Files').output.childItems"
            activities:
              - { name: Inner, type: SetVariable, variableName: State, value: LOOP }
              - name: If
                type: IfCondition
                expression: CONDITION
                ifTrueActivities: []
          - { name: Pause, type: Wait, waitTimeInSeconds: NUMBER }
        """;

    private const string Factory = """{ "name": "f", "properties": { "globalParameters": { "env": { "type": "string", "value": "dev" } } } }""";

    [Theory]
    [InlineData("'@|'", "concat", "utcNow", "pipeline().parameters.day", "variables('State')", "pipeline().globalParameters.env", "pipeline", "true")]
    [InlineData("'@{|}'", "concat", "pipeline().parameters.day")]
    [InlineData("'@{|'", "concat")]
    [InlineData("x @{con|} y", "concat")]
    [InlineData("'@concat(|'", "pipeline().parameters.day", "concat")]
    [InlineData("'@concat(''a'', |)'", "pipeline().parameters.day")]
    [InlineData("\"@concat('a', pipe|)\"", "pipeline")]
    [InlineData("\"@pipeline().|\"", "RunId", "parameters", "TriggeredByPipelineName")]
    [InlineData("\"@concat(pipeline().par|, 'x')\"", "parameters")]
    [InlineData("\"@pipeline().parameters.|\"", "day", "rows", "odd name")]
    [InlineData("\"@pipeline().globalParameters.|\"", "env")]
    [InlineData("\"@pipeline().parameters['|\"", "day", "odd name")]
    [InlineData("\"@pipeline().parameters[|\"", "'day'", "'odd name'")]
    [InlineData("\"@activity('|\"", "Look", "Copy it's", "Files", "Other")]
    [InlineData("\"@activity('|')\"", "Look")]
    [InlineData("\"@activity(|\"", "'Look'")]
    [InlineData("\"@concat(activity('|, 'x')\"", "Look")]
    [InlineData("\"@variables('|')\"", "State", "Names")]
    [InlineData("\"@activity('Look').|\"", "output", "error", "status")]
    [InlineData("\"@activity('Look').output.|\"", "firstRow")]
    [InlineData("\"@activity('Files').output.|\"", "childItems", "itemName")]
    [InlineData("\"@activity('Files').output.childItems[0].|\"", "name", "type")]
    [InlineData("\"@activity('Copy it''s').output.rows|\"", "rowsCopied")]
    [InlineData("\"@formatDateTime(utcNow(), '|')\"", "yyyy-MM-dd")]
    [InlineData("\"@formatDateTime(utcNow(), |)\"", "'yyyy-MM-dd'")]
    [InlineData("\"@convertFromUtc(utcNow(), '|\"", "UTC", "W. Europe Standard Time")]
    [InlineData("\"@addToTime(utcNow(), 1, '|\"", "Month")]
    [InlineData("\"@guid('|\"", "N")]
    [InlineData(">-\n        @concat(\n        pipeline().|\n        )", "parameters")]
    [InlineData("@|", "concat")]
    public void These_are_offered(string written, params string[] labels)
    {
        var offered = Complete(written, "TEXT").Items.Select(i => i.Label).ToList();
        Assert.All(labels, l => Assert.Contains(l, offered));
    }

    [Theory]
    [InlineData("'|'")]
    [InlineData("'plain text |'")]
    [InlineData("'@concat(''plain |'')'")]
    [InlineData("\"@concat('a') |\"")]
    [InlineData("'mail@|example.com'")]
    [InlineData("\"@json('{}').|\"")]
    [InlineData("'@{item()}|'")]
    [InlineData("'@@con|'")]
    public void Nothing_of_an_expression_is_offered(string written) =>
        Assert.DoesNotContain(Complete(written, "TEXT").Items, i => i.Label is "concat" or "pipeline" or "parameters" or "RunId");

    [Theory]
    [InlineData("'@|'", "item")]
    [InlineData("\"@activity('Look').|\"", "firstRow")]
    [InlineData("\"@activity('|\"", "Report")]
    public void These_are_not_offered(string written, string label) => Assert.DoesNotContain(Complete(written, "TEXT").Items, i => i.Label == label);

    [Theory]
    [InlineData("LOOP", "'@|'", "item().name", "item().type", "item")]
    [InlineData("LOOP", "'@item().|'", "name", "type")]
    public void An_item_of_a_loop_has_the_members_of_its_array(string place, string written, params string[] labels) =>
        Assert.All(labels, l => Assert.Contains(l, Complete(written, place).Items.Select(i => i.Label)));

    [Theory]
    [InlineData("NUMBER", "'@|'", "pipeline().parameters.rows")]
    [InlineData("CONDITION", "'@|'", "true")]
    [InlineData("CONDITION", "'@equals(1, 2|)'", null)]
    [InlineData("TEXT", "'@length(|)'", "pipeline().parameters.day")]
    [InlineData("TEXT", "'@first(|)'", "pipeline().parameters.day")]
    [InlineData("TEXT", "'@add(|, 1)'", "pipeline().parameters.rows")]
    public void What_fits_comes_first(string place, string written, string? first) =>
        Assert.Equal(first, Complete(written, place).Items.OrderBy(i => i.SortText, StringComparer.Ordinal).FirstOrDefault()?.Label);

    [Theory]
    [InlineData("'@con|'", "concat", "'@concat($1)$0'")]
    [InlineData("'@con|('", "concat", "'@concat('")]
    [InlineData("'@utc|'", "utcNow", "'@utcNow($1)$0'")]
    [InlineData("'@pipe|'", "pipeline", "'@pipeline()'")]
    [InlineData("'@act|'", "activity", "'@activity(''$1'')$0'")]
    [InlineData("\"@act|\"", "activity", "\"@activity('$1')$0\"")]
    [InlineData("\"@pipeline().pa|\"", "parameters", "\"@pipeline().parameters\"")]
    [InlineData("\"@pipeline().pa|rams.x\"", "parameters", "\"@pipeline().parameters.x\"")]
    [InlineData("\"@pipeline().parameters.o|\"", "odd name", "\"@pipeline().parameters['odd name']\"")]
    [InlineData("\"@activity('Look').output.|\"", "firstRow", "\"@activity('Look').output?.firstRow\"")]
    [InlineData("\"@activity('Look').output?.|\"", "firstRow", "\"@activity('Look').output?.firstRow\"")]
    [InlineData("\"@activity('L|\"", "Look", "\"@activity('Look')\"")]
    [InlineData("\"@activity('L|')\"", "Look", "\"@activity('Look')\"")]
    [InlineData("\"@activity('L|ike').output\"", "Look", "\"@activity('Look').output\"")]
    [InlineData("'@activity(''|'')'", "Copy it's", "'@activity(''Copy it''''s'')'")]
    [InlineData("\"@activity('|\"", "Copy it's", "\"@activity('Copy it''s')\"")]
    [InlineData("\"@concat(activity('L|, 'x')\"", "Look", "\"@concat(activity('Look'), 'x')\"")]
    [InlineData("\"@variables(|)\"", "'State'", "\"@variables('State')\"")]
    [InlineData("\"@pipeline().parameters['|\"", "day", "\"@pipeline().parameters['day']\"")]
    [InlineData("\"@pipeline().parameters['|']\"", "day", "\"@pipeline().parameters['day']\"")]
    [InlineData("x @{pipeline().pa|} y", "parameters", "x @{pipeline().parameters} y")]
    [InlineData("\"@concat('\\\"', pipeline().Run|)\"", "RunId", "\"@concat('\\\"', pipeline().RunId)\"")]
    public void Taking_one_gives_this(string written, string label, string expected)
    {
        var text = Pipeline.Replace("TEXT", written, StringComparison.Ordinal);
        var (before, offset) = TestText.WithCursor(text);
        var item = Assert.Single(Complete(written, "TEXT").Items, i => i.Label == label);
        Assert.True(item.ReplaceSpan.Start <= offset && offset <= item.ReplaceSpan.End);
        var after = before.Remove(item.ReplaceSpan.Start, item.ReplaceSpan.Length).Insert(item.ReplaceSpan.Start, item.NewText);
        Assert.Equal(Pipeline.Replace("TEXT", expected, StringComparison.Ordinal), after);
    }

    [Theory]
    [InlineData("\"@pipeline().|\"", "parameters")]
    [InlineData("{ \"value\": \"@activity('|')\", \"type\": \"Expression\" }", "A")]
    [InlineData("\"@{concat(|)}\"", "pipeline().parameters.p")]
    public void The_git_form_has_the_same(string written, string label)
    {
        var text = $$"""
            { "name": "p", "properties": { "parameters": { "p": { "type": "string" } }, "variables": { "v": { "type": "String" } }, "activities": [
              { "name": "A", "type": "Wait", "typeProperties": { "waitTimeInSeconds": 1 } },
              { "name": "B", "type": "SetVariable", "dependsOn": [ { "activity": "A", "dependencyConditions": [ "Succeeded" ] } ],
                "typeProperties": { "variableName": "v", "value": {{written}} } } ] } }
            """;
        var (before, offset) = TestText.WithCursor(text);
        Assert.Contains(Complete("pipeline/p.json", before, offset).Items, i => i.Label == label);
    }

    [Fact]
    public void A_literal_block_has_the_same()
    {
        var text = Pipeline.Replace("TEXT", "|-\n        @concat(\n          pipeline().\n        )", StringComparison.Ordinal);
        Assert.Contains(Complete(Path, text, text.IndexOf("pipeline().", StringComparison.Ordinal) + 11).Items, i => i.Label == "parameters");
    }

    [Fact]
    public void A_dataset_has_its_own_parameters()
    {
        var (text, offset) = TestText.WithCursor("type: Parquet\nlinkedServiceName: ls\nparameters: { file: string }\nlocation: { type: AzureBlobFSLocation, fileName: '@|' }\n");
        var labels = Complete("d.dataset.yaml", text, offset).Items.Select(i => i.Label).ToList();
        Assert.Contains("dataset().file", labels);
        Assert.DoesNotContain("pipeline", labels);
        Assert.DoesNotContain("activity", labels);
    }

    private static CompletionResult Complete(string written, string place)
    {
        var filler = new[] { "TEXT", "LOOP", "CONDITION", "NUMBER" }.Where(p => p != place).Aggregate(Pipeline, (t, p) => t.Replace(p, "'x'", StringComparison.Ordinal));
        var (text, offset) = TestText.WithCursor(filler.Replace(place, written, StringComparison.Ordinal));
        return Complete(Path, text, offset);
    }

    private static CompletionResult Complete(string path, string text, int offset)
    {
        var factory = TestText.Factory(path, text, "factory/f.json", Factory);
        return LanguageFeatures.GetCompletion(factory, factory.Documents[path], offset, CancellationToken.None);
    }
}
