// Takes a proposal at a cursor in a value, the same in every way that a value can be written.
using System.Text.Json;
using Pipewright.Core.Binding;
using Pipewright.Core.Factory;
using Pipewright.Core.Features;
using Pipewright.Core.Tests.Features.Completion;
using Pipewright.Core.Text;
using Xunit;

namespace Pipewright.Core.Tests.Features.Expressions;

public sealed class ExpressionSituationTests
{
    private const string Spec = """
        parameters: { day: string, rows: int, odd name: string, list: array }
        variables: { State: String, Names: Array }
        activities:
          - { name: Look, type: Lookup, dataset: d, source: { type: AzureSqlSource } }
          - { name: Copy it's, type: Copy, source: { type: AzureSqlSource }, sink: { type: ParquetSink } }
          - { name: Files, type: GetMetadata, dataset: d, fieldList: [childItems, itemName] }
          - name: Report
            type: SetVariable
            dependsOn: [Look, Copy it's, Files]
            variableName: State
            value: HERE
        """;

    private const string Git = """
        { "properties": {
          "parameters": { "day": { "type": "string" }, "rows": { "type": "int" }, "odd name": { "type": "string" }, "list": { "type": "array" } },
          "variables": { "State": { "type": "String" }, "Names": { "type": "Array" } },
          "activities": [
            { "name": "Look", "type": "Lookup", "typeProperties": { "dataset": { "referenceName": "d", "type": "DatasetReference" }, "source": { "type": "AzureSqlSource" } } },
            { "name": "Copy it's", "type": "Copy", "typeProperties": { "source": { "type": "AzureSqlSource" }, "sink": { "type": "ParquetSink" } } },
            { "name": "Files", "type": "GetMetadata", "typeProperties": { "dataset": { "referenceName": "d", "type": "DatasetReference" }, "fieldList": [ "childItems", "itemName" ] } },
            { "name": "Report", "type": "SetVariable", "dependsOn": [
                { "activity": "Look", "dependencyConditions": [ "Succeeded" ] },
                { "activity": "Copy it's", "dependencyConditions": [ "Succeeded" ] },
                { "activity": "Files", "dependencyConditions": [ "Succeeded" ] } ],
              "typeProperties": { "variableName": "State", "value": HERE } } ] } }
        """;

    private const string Globals = """{ "name": "f", "properties": { "globalParameters": { "env": { "type": "string", "value": "dev" } } } }""";

    /// <summary>The ways to write a value, each a text with the value in it.</summary>
    private static readonly Func<string, string>[] Styles =
    [
        v => Spec.Replace("HERE", Json(v), StringComparison.Ordinal),
        v => Spec.Replace("HERE", $"'{v.Replace("'", "''", StringComparison.Ordinal)}'", StringComparison.Ordinal),
        v => Spec.Replace("HERE", $"{{ value: {Json(v)}, type: Expression }}", StringComparison.Ordinal),
        v => Spec.Replace("HERE", $"|-\n        {v}", StringComparison.Ordinal),
        v => Spec.Replace("HERE", $">-\n        {v}", StringComparison.Ordinal),
        v => Git.Replace("HERE", Json(v), StringComparison.Ordinal),
        v => Git.Replace("HERE", $"{{ \"value\": {Json(v)}, \"type\": \"Expression\" }}", StringComparison.Ordinal),
    ];

    /// <summary>The cursor is <c>^</c>.</summary>
    [Theory]
    [InlineData("@^", "concat", "@concat(^)")]
    [InlineData("@con^", "concat", "@concat(^)")]
    [InlineData("@CON^", "concat", "@concat(^)")]
    [InlineData("@con^cat('a')", "concat", "@concat^('a')")]
    [InlineData("@^concat('a')", "toUpper", "@toUpper^('a')")]
    [InlineData("@ut^", "utcNow", "@utcNow(^)")]
    [InlineData("@pipe^", "pipeline", "@pipeline()^")]
    [InlineData("@act^", "activity", "@activity('^')")]
    [InlineData("@act^('Look')", "activity", "@activity^('Look')")]
    [InlineData("@var^", "variables", "@variables('^')")]
    [InlineData("@{^}", "concat", "@{concat(^)}")]
    [InlineData("@{con^", "concat", "@{concat(^)")]
    [InlineData("a @{con^} b", "concat", "a @{concat(^)} b")]
    [InlineData("é😀 @{con^}", "concat", "é😀 @{concat(^)}")]
    [InlineData("@{pipeline().RunId}-@{^}", "variables('State')", "@{pipeline().RunId}-@{variables('State')^}")]
    [InlineData("@{pipe^line().parameters.day}/x", "pipeline().globalParameters.env", "@{pipeline().globalParameters.env^}/x")]
    [InlineData("@pipe^line().parameters.day", "variables('State')", "@variables('State')^")]
    [InlineData("@pipe^line().parameters['odd name']", "variables('State')", "@variables('State')^")]
    [InlineData("@length(pipe^line().parameters.day)", "pipeline().parameters.list", "@length(pipeline().parameters.list^)")]
    [InlineData("@concat(^", "pipeline().parameters.day", "@concat(pipeline().parameters.day^")]
    [InlineData("@concat(^)", "pipeline().parameters.day", "@concat(pipeline().parameters.day^)")]
    [InlineData("@concat(^)", "pipeline().parameters['odd name']", "@concat(pipeline().parameters['odd name']^)")]
    [InlineData("@concat('x', ^)", "variables('State')", "@concat('x', variables('State')^)")]
    [InlineData("@concat(^, 'x')", "toUpper", "@concat(toUpper(^), 'x')")]
    [InlineData("@concat(^'x')", "pipeline", "@concat(pipeline(), ^'x')")]
    [InlineData("@concat(^'x')", "toUpper", "@concat(toUpper(^), 'x')")]
    [InlineData("@concat('y',^ 'x')", "toUpper", "@concat('y',toUpper(^), 'x')")]
    [InlineData("@concat('it''s', ^)", "activity('Copy it''s').output", "@concat('it''s', activity('Copy it''s').output^)")]
    [InlineData("@concat(toUpper(^", "toLower", "@concat(toUpper(toLower(^)")]
    [InlineData("@concat(con^, 'x')", "concat", "@concat(concat(^), 'x')")]
    [InlineData("@nothing(^)", "concat", "@nothing(concat(^))")]
    [InlineData("@concat(,^)", "concat", "@concat(,concat(^))")]
    [InlineData("@if(^, 1, 2)", "true", "@if(true^, 1, 2)")]
    [InlineData("@coalesce(variables('State'), nu^)", "null", "@coalesce(variables('State'), null^)")]
    [InlineData("@pipeline().^", "parameters", "@pipeline().parameters^")]
    [InlineData("@pipeline().par^", "parameters", "@pipeline().parameters^")]
    [InlineData("@pipeline().^RunId", "DataFactory", "@pipeline().DataFactory^")]
    [InlineData("@pipeline().par^ams.day", "parameters", "@pipeline().parameters^.day")]
    [InlineData("@pipeline().^", "TriggeredByPipelineName", "@pipeline()?.TriggeredByPipelineName^")]
    [InlineData("@pipeline()?.^", "TriggeredByPipelineName", "@pipeline()?.TriggeredByPipelineName^")]
    [InlineData("@pipeline()?^", "RunId", "@pipeline()?.RunId^")]
    [InlineData("@pipeline()?^.RunId", "TriggerName", "@pipeline()?.TriggerName^")]
    [InlineData("@pipeline().parameters.^", "odd name", "@pipeline().parameters['odd name']^")]
    [InlineData("@pipeline().parameters.od^", "odd name", "@pipeline().parameters['odd name']^")]
    [InlineData("@pipeline().parameters?.^", "odd name", "@pipeline().parameters?['odd name']^")]
    [InlineData("@pipeline().parameters[^", "'day'", "@pipeline().parameters['day']^")]
    [InlineData("@pipeline().parameters[^]", "'day'", "@pipeline().parameters['day'^]")]
    [InlineData("@pipeline().parameters[^'odd name']", "'day'", "@pipeline().parameters['day'^]")]
    [InlineData("@pipeline().parameters['^", "odd name", "@pipeline().parameters['odd name']^")]
    [InlineData("@pipeline().parameters['o^']", "odd name", "@pipeline().parameters['odd name^']")]
    [InlineData("@pipeline().globalParameters.^", "env", "@pipeline().globalParameters.env^")]
    [InlineData("@activity('^", "Look", "@activity('Look')^")]
    [InlineData("@activity('^')", "Look", "@activity('Look^')")]
    [InlineData("@activity('^').output", "Copy it's", "@activity('Copy it''s^').output")]
    [InlineData("@activity(^", "'Look'", "@activity('Look')^")]
    [InlineData("@activity(^'Fil').output", "'Look'", "@activity('Look'^).output")]
    [InlineData("@concat(activity(^, 'x')", "'Look'", "@concat(activity('Look')^, 'x')")]
    [InlineData("@activity('Look').^", "output", "@activity('Look').output^")]
    [InlineData("@activity('Look').output.^", "firstRow", "@activity('Look').output?.firstRow^")]
    [InlineData("@activity('Look')['output'].fi^", "firstRow", "@activity('Look')['output']?.firstRow^")]
    [InlineData("@activity('Files').output.^", "childItems", "@activity('Files').output.childItems^")]
    [InlineData("@activity('Files').output.childItems[0].^", "name", "@activity('Files').output.childItems[0].name^")]
    [InlineData("@first(activity('Files').output.childItems).^", "type", "@first(activity('Files').output.childItems).type^")]
    [InlineData("@variables('^", "State", "@variables('State')^")]
    [InlineData("@variables('S^tate')", "Names", "@variables('Names^')")]
    [InlineData("@variables(^)", "'Names'", "@variables('Names'^)")]
    [InlineData("@formatDateTime(utcNow(), '^", "yyyy-MM-dd", "@formatDateTime(utcNow(), 'yyyy-MM-dd'^")]
    [InlineData("@formatDateTime(utcNow(), ^)", "'yyyy-MM-dd'", "@formatDateTime(utcNow(), 'yyyy-MM-dd'^)")]
    [InlineData("@utcNow('^", "yyyy-MM-dd", "@utcNow('yyyy-MM-dd')^")]
    [InlineData("@convertFromUtc(utcNow(), '^')", "W. Europe Standard Time", "@convertFromUtc(utcNow(), 'W. Europe Standard Time^')")]
    [InlineData("@addToTime(utcNow(), 1, '^', 'o')", "Month", "@addToTime(utcNow(), 1, 'Month^', 'o')")]
    [InlineData("@guid('^')", "N", "@guid('N^')")]
    public void Taken_in_any_style_it_gives_this(string value, string label, string expected) => Assert.All(Styles, style =>
    {
        var path = style("").StartsWith('{') ? "pipeline/load.json" : "load.pipeline.yaml";
        var marked = style(value);
        var at = marked.IndexOf('^', StringComparison.Ordinal);
        var factory = TestText.Factory(path, marked.Remove(at, 1), "factory/f.json", Globals);
        var items = LanguageFeatures.GetCompletion(factory, factory.Documents[path], at, default).Items;
        Assert.True(items.Any(i => i.Label == label), $"{marked}\noffers {string.Join(", ", items.Select(i => i.Label))}");
        var taken = CompletionCase.Accept(new SourceText(marked.Remove(at, 1)), items.First(i => i.Label == label), marksCursor: true);
        Assert.Equal(expected, ValueOf(TestText.Document(path, taken)).Replace('|', '^'));
    });

    /// <summary>A plain scalar gets quotes where it would not be one any more, or is not one yet.</summary>
    [Theory]
    [InlineData("@con^", "concat", "\"@concat(^)\"")]
    [InlineData("@pipeline().^", "RunId", "\"@pipeline().RunId^\"")]
    [InlineData("@activity('^", "Look", "\"@activity('Look')^\"")]
    [InlineData("x @{con^} y", "concat", "x @{concat(^)} y")]
    [InlineData("x @{pipeline().parameters.o^} y", "odd name", "\"x @{pipeline().parameters['odd name']^} y\"")]
    [InlineData("x @{formatDateTime('y', 'H^')}", "HH:mm:ss", "\"x @{formatDateTime('y', 'HH:mm:ss^')}\"")]
    public void Taken_in_a_plain_scalar_it_gives_this(string written, string label, string expected)
    {
        var marked = Spec.Replace("HERE", written, StringComparison.Ordinal);
        var at = marked.IndexOf('^', StringComparison.Ordinal);
        var document = TestText.Document("load.pipeline.yaml", marked.Remove(at, 1));
        var item = LanguageFeatures.GetCompletion(FactorySnapshot.Empty.With(document), document, at, default).Items.First(i => i.Label == label);
        Assert.Equal(Spec.Replace("HERE", expected, StringComparison.Ordinal), CompletionCase.Accept(document.Text, item, marksCursor: true).Replace('|', '^'));
        Assert.StartsWith(marked[item.ReplaceSpan.Start..at], item.FilterText ?? item.Label, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("plain.^", '.', false)]
    [InlineData("what?^", '?', false)]
    [InlineData("mail@^", '@', false)]
    [InlineData("f(^", '(', false)]
    [InlineData("@^", '@', true)]
    [InlineData("@{^", '{', true)]
    [InlineData("@pipeline().^", '.', true)]
    [InlineData("@pipeline()?^", '?', true)]
    [InlineData("@concat(^", '(', true)]
    [InlineData("@concat(1,^", ',', true)]
    [InlineData("@activity('^", '\'', true)]
    [InlineData("@concat('^", '\'', false)]
    [InlineData("@concat('a'^", '\'', false)]
    [InlineData("@json('a').^", '.', false)]
    public void What_is_typed_brings_a_list_only_where_something_fits(string value, char typed, bool expected)
    {
        var marked = Spec.Replace("HERE", $"'{value.Replace("'", "''", StringComparison.Ordinal)}'", StringComparison.Ordinal);
        var at = marked.IndexOf('^', StringComparison.Ordinal);
        var document = TestText.Document("load.pipeline.yaml", marked.Remove(at, 1));
        Assert.Equal(expected, !LanguageFeatures.GetCompletion(FactorySnapshot.Empty.With(document), document, at, typed, default).Items.IsEmpty);
    }

    private static string Json(string text) => $"\"{JsonEncodedText.Encode(text, System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"";

    private static string ValueOf(ResourceDocument document) =>
        document.Resources.Single().Root!.DescendantsAndSelf().OfType<BoundProperty>().Where(p => p.Name == "value").Select(p => p.Value).OfType<BoundScalar>().Last().Text;
}
