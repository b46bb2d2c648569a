using System.Globalization;
using System.Text.Json;
using Pipewright.Core.Expressions;
using Pipewright.Core.Expressions.Evaluation;
using Xunit;

namespace Pipewright.Core.Tests.Expressions.Evaluation;

/// <summary>
/// What expressions give, by the tables in Cases: a line is <c>EXPRESSION =&gt; JSON</c> or <c>EXPRESSION =&gt; error CODE</c>, with the text that the error
/// underlines after it in brackets. An expression in double quotes is a whole string value as JSON; any other is one without its <c>@</c>.
/// </summary>
public sealed class ConformanceTests
{
    private const string Arrow = " => ";

    /// <summary>What the names in the tables stand for.</summary>
    internal static EvaluationContext Context { get; } = MakeContext();

    /// <summary>The chapters whose functions are all in these tables.</summary>
    private static readonly string[] Categories = ["string", "collection", "logical", "math", FunctionCatalog.ContextCategory];

    public static TheoryData<string, int, string> Rows()
    {
        var rows = new TheoryData<string, int, string>();
        var assembly = typeof(ConformanceTests).Assembly;
        foreach (var name in assembly.GetManifestResourceNames().Where(n => n.StartsWith("cases/", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            for (var number = 1; reader.ReadLine() is { } line; number++)
            {
                if (line.Length > 0 && !line.StartsWith("# ", StringComparison.Ordinal))
                {
                    rows.Add(name["cases/".Length..], number, line);
                }
            }
        }

        return rows;
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void An_expression_gives_what_its_row_says(string table, int number, string row)
    {
        var split = row.LastIndexOf(Arrow, StringComparison.Ordinal);
        Assert.True(split > 0, $"{table}:{number} has no result");
        var (expression, expected) = (row[..split].Trim(), row[(split + Arrow.Length)..]);
        var text = expression.StartsWith('"') ? JsonSerializer.Deserialize<string>(expression)! : "@" + expression;
        Assert.Equal(Normalize(expected), Describe(Evaluator.Evaluate(Template.Parse(text), Context), text, withSpan: expected.Contains('[', StringComparison.Ordinal)));
    }

    [Fact]
    public void Every_documented_function_has_rows_of_values_and_of_errors()
    {
        var rows = Rows().Select(r => (string)r[2]).ToList();
        var missing = FunctionCatalog.All.Where(f => Categories.Contains(f.Category) && !(HasRow(f.Name, isError: false) && HasRow(f.Name, isError: true))).Select(f => f.Name);
        Assert.Empty(missing);
        bool HasRow(string name, bool isError) =>
            rows.Any(r => r.StartsWith(name + "(", StringComparison.Ordinal) && r.Contains(Arrow + "error ", StringComparison.Ordinal) == isError);
    }

    private static string Describe(EvaluationResult result, string text, bool withSpan) => result.Error is not { } error
        ? ValueJson.Write(result.Value!)
        : $"error {error.Code}" + (withSpan ? $" [{text.Substring(error.Span.Start, error.Span.Length)}]" : "");

    /// <summary>Rows may have white space within their JSON.</summary>
    private static string Normalize(string expected) =>
        expected.StartsWith("error ", StringComparison.Ordinal) ? expected : ValueJson.Write(ValueJson.TryParse(expected, out var problem) ?? throw new FormatException(problem));

    private static EvaluationContext MakeContext()
    {
        using var document = JsonDocument.Parse(
            """
            {
              "parameters": { "name": "Orders", "count": 3, "flag": true, "list": [1, 2, 3], "nothing": null, "text": "a,b", "two words": "x", "rate": 0.5 },
              "globalParameters": { "env": "dev" },
              "variables": { "Counter": "7", "Names": ["a", "b"], "empty": "" },
              "system": { "DataFactory": "adf", "Pipeline": "Main", "RunId": "run-1", "TriggerType": "Manual", "TriggerTime": "2024-01-31T13:05:00Z" },
              "activities": {
                "Copy": { "output": { "rowsCopied": 12, "files": [{ "name": "a.csv" }, { "name": "b.csv" }], "Nested": { "x-y": 1, "Key": "upper", "key": "lower" } }, "status": "Succeeded" },
                "Look up": { "output": { "firstRow": null, "count": 0, "value": [] }, "status": "Succeeded", "error": { "message": "none", "errorCode": "" } }
              },
              "item": { "name": "a.csv", "size": 10 },
              "dataset": { "folder": "raw" },
              "linkedService": { "host": "h" },
              "trigger": { "startTime": "2024-01-31T13:00:00Z" },
              "triggerBody": { "fileName": "f.csv" }
            }
            """);
        return new EvaluationContext
        {
            Parameters = Table("parameters"),
            GlobalParameters = Table("globalParameters"),
            Variables = Table("variables"),
            System = Table("system"),
            Activities = Table("activities"),
            Item = ValueJson.Read(document.RootElement.GetProperty("item")),
            Dataset = Table("dataset"),
            LinkedService = Table("linkedService"),
            Trigger = ValueJson.Read(document.RootElement.GetProperty("trigger")),
            TriggerBody = ValueJson.Read(document.RootElement.GetProperty("triggerBody")),
            Now = DateTime.Parse("2024-02-29T23:59:58.1234567", CultureInfo.InvariantCulture),
            NewGuid = () => new Guid("0f8fad5b-d9cb-469f-a165-70867728950e"),
            NextRandom = () => 0.5,
        };

        System.Collections.Immutable.ImmutableDictionary<string, ExpressionValue> Table(string name) => EvaluationContext.Empty.SetItems(
            document.RootElement.GetProperty(name).EnumerateObject().Select(p => KeyValuePair.Create(p.Name, ValueJson.Read(p.Value))));
    }
}
