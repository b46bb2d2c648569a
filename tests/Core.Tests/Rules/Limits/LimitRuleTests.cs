using System.Text.Json.Nodes;
using Pipewright.Core.Emit;
using Pipewright.Core.Rules.Limits;
using Xunit;

namespace Pipewright.Core.Tests.Rules.Limits;

/// <summary>What the service has no room for is found; what just fits is not.</summary>
public sealed class LimitRuleTests
{
    [Theory]
    [InlineData("PW5101", 121, true)]
    [InlineData("PW5101", 120, false)]
    [InlineData("PW5102", 81, true)]
    [InlineData("PW5102", 120, true)]
    [InlineData("PW5102", 121, false)]
    [InlineData("PW5102", 80, false)]
    public void Activities_are_counted_inside_of_containers_too(string code, int count, bool isFound)
    {
        string Failing(IEnumerable<int> numbers) => string.Join(", ", numbers.Select(i => $"{{ name: A{i}, type: Fail, message: m, errorCode: '1' }}"));
        var outer = Failing(Enumerable.Range(1, count - 3));
        var text = $"[|activities|]: [{outer}, {{ name: L, type: ForEach, items: \"@createArray(1)\", activities: [{Failing([998, 999])}] }}]";
        Check(code, "p.pipeline.yaml", text, isFound);
    }

    [Fact]
    public void What_is_too_much_moves_to_a_pipeline_of_its_own()
    {
        const string Path = "p.pipeline.yaml";
        var activities = string.Concat(Enumerable.Range(1, 125).Select(i => $"  - {{ name: A{i}, type: Wait, waitTimeInSeconds: 1{(i > 1 ? $", dependsOn: [A{i - 1}]" : "")} }}\n"));
        var factory = TestText.Factory(Path, "activities:\n" + activities);
        var after = RuleCases.Apply(factory, Path, Assert.Single(RuleCases.Find(factory, factory.Documents[Path], "PW5101")[0].Fixes));
        Assert.Equal(2, after.Documents.Count);
        Assert.All(after.Documents.Values, d => Assert.Empty(RuleCases.Find(after, d, "PW5101")));
    }

    [Theory]
    [InlineData(51, true)]
    [InlineData(50, false)]
    public void Parameters_are_counted(int count, bool isFound) =>
        Check("PW5103", "p.pipeline.yaml", $"activities: []\n[|parameters|]:\n{string.Concat(Enumerable.Range(1, count).Select(i => $"  p{i}: string\n"))}", isFound);

    [Theory]
    [InlineData("PW5104", "p.pipeline.yaml", "name: [|p|]\nactivities: []\ndescription: <TEXT>", 200, true)]
    [InlineData("PW5104", "p.pipeline.yaml", "name: [|p|]\nactivities: []\ndescription: <TEXT>", 199, false)]
    [InlineData("PW5104", "d.dataset.yaml", "name: [|d|]\nlinkedServiceName: L\ntype: Parquet\ndescription: <TEXT>\nlocation: { type: AzureBlobFSLocation }", 2000, true)]
    [InlineData("PW5104", "d.dataset.yaml", "name: [|d|]\nlinkedServiceName: L\ntype: Parquet\ndescription: <TEXT>\nlocation: { type: AzureBlobFSLocation }", 1999, false)]
    [InlineData("PW5105", "d.dataset.yaml", "name: [|d|]\nlinkedServiceName: L\ntype: Parquet\ndescription: <TEXT>\nlocation: { type: AzureBlobFSLocation }", 100, true)]
    [InlineData("PW5105", "d.dataset.yaml", "name: [|d|]\nlinkedServiceName: L\ntype: Parquet\ndescription: <TEXT>\nlocation: { type: AzureBlobFSLocation }", 99, false)]
    [InlineData("PW5105", "d.dataset.yaml", "name: [|d|]\nlinkedServiceName: L\ntype: Parquet\ndescription: <TEXT>\nlocation: { type: AzureBlobFSLocation }", 2000, false)]
    [InlineData("PW5105", "l.linkedService.yaml", "name: [|l|]\ntype: AzureBlobFS\nurl: https://x.dfs.core.windows.net\ndescription: <TEXT>", 101, true)]
    public void A_resource_is_measured_as_it_is_deployed(string code, string path, string text, int kilobytes, bool isFound) =>
        Check(code, path, text.Replace("<TEXT>", new string('x', kilobytes * 1024), StringComparison.Ordinal), isFound);

    [Theory]
    [InlineData("activities:\n  - { name: A, type: Wait, waitTimeInSeconds: 1, dependsOn: [B], description: \"a\\\"b\\tä€\" }\nparameters: { p: string, q: { type: bool, defaultValue: true } }")]
    [InlineData("activities: []\ndescription: ''\nannotations: [a, 1, null]")]
    public void The_size_is_that_of_the_compact_json(string text)
    {
        var document = TestText.Document("p.pipeline.yaml", text);
        var json = JsonNode.Parse(Conversion.ToGit(document)[0].Text)!["properties"]!.ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        Assert.Equal(System.Text.Encoding.UTF8.GetByteCount(json), JsonSize.Of(document.Resources[0].Properties!));
    }

    [Fact]
    public void The_resources_of_a_factory_are_counted()
    {
        var many = Enumerable.Range(1, 5001).SelectMany(i => (string[])[$"p{i}.pipeline.yaml", "activities: []"]).ToArray();
        RuleCases.Finds("PW5106", "factory/f.json", """{"name":[|"fff"|],"properties":{}}""", many);
        RuleCases.FindsNothing("PW5106", "factory/f.json", """{"name":"fff","properties":{}}""", many[2..]);
    }

    [Theory]
    [InlineData("activities: []\nannotations: [daily, [|\"@pipeline().Pipeline\"|]]")]
    [InlineData("activities: []\nannotations:\n  - [|\"run @{utcNow()}\"|] # when\n  - daily")]
    public void An_expression_in_an_annotation_is_found(string text) => RuleCases.Finds("PW5107", "p.pipeline.yaml", text);

    [Theory]
    [InlineData("activities: []\nannotations: [team@company.org, '@@home', '@team', 5]")]
    [InlineData("activities: []\nannotations: []")]
    public void A_text_in_an_annotation_is_not(string text) => RuleCases.FindsNothing("PW5107", "p.pipeline.yaml", text);

    [Theory]
    [InlineData("[|1 h|]", true)]
    [InlineData("[|'01:00'|]", true)]
    [InlineData("[|90|]", true)]
    [InlineData("'0.01:30:00'", false)]
    [InlineData("'10:00:00'", false)]
    [InlineData("\"@pipeline().parameters.d\"", false)]
    public void An_expected_duration_is_a_time_span(string duration, bool isFound) =>
        Check("PW5108", "p.pipeline.yaml", $"activities: []\nparameters: {{ d: string }}\npolicy: {{ elapsedTimeMetric: {{ duration: {duration} }} }}", isFound);

    private static void Check(string code, string path, string text, bool isFound)
    {
        if (isFound)
        {
            RuleCases.Finds(code, path, text);
        }
        else
        {
            RuleCases.FindsNothing(code, path, text.Replace("[|", "", StringComparison.Ordinal).Replace("|]", "", StringComparison.Ordinal));
        }
    }
}
