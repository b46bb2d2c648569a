using System.Text;
using Pipewright.Core.Features;
using Xunit;

namespace Pipewright.Core.Tests.Features;

public sealed class OutlineTests
{
    private const string Pipeline = """
        parameters:
          day: string
        activities:
          - name: Loop
            type: ForEach
            items: "@pipeline().parameters.days"
            activities:
              - name: Clean
                type: DatabricksNotebook
                linkedServiceName: Dbx
                notebookPath: /a
          - name: Report
            type: WebActivity
            dependsOn: [Loop]
            method: POST
            url: https://example.com
            body: "{}"
        """;

    [Fact]
    public void Parameters_and_activities_are_listed_where_they_are_nested() => Assert.Equal(
        "p pipeline\n  day string\n  Loop ForEach\n    Clean DatabricksNotebook\n  Report WebActivity\n", Describe("p.pipeline.yaml", Pipeline));

    [Fact]
    public void The_git_form_has_the_same_outline() => Assert.Equal(
        "p pipeline\n  A Wait\n", Describe("pipeline/p.json", """{"name":"p","properties":{"activities":[{"name":"A","type":"Wait","typeProperties":{"waitTimeInSeconds":1}}]}}"""));

    [Fact]
    public void A_linked_service_shows_what_it_connects_with() => Assert.Equal(
        "l AzureBlobFS\n  url https://x\n", Describe("l.linkedService.yaml", "type: AzureBlobFS\nurl: https://x"));

    /// <summary>Takes out each line in turn: every activity that the line is not part of must still be listed.</summary>
    [Fact]
    public void Without_any_one_line_all_other_activities_are_still_listed()
    {
        var lines = Pipeline.Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            var outline = Describe("p.pipeline.yaml", string.Join('\n', lines.Where((_, n) => n != i)));
            foreach (var (name, first, last) in new[] { ("Loop", 3, 10), ("Clean", 7, 10), ("Report", 11, 16) }.Where(a => i < a.Item2 || i > a.Item3))
            {
                Assert.True(outline.Contains($"  {name} ", StringComparison.Ordinal), $"Without line {i} ({lines[i].Trim()}) {name} of {first} to {last} is lost:\n{outline}");
            }
        }
    }

    private static string Describe(string path, string text)
    {
        var result = new StringBuilder();
        foreach (var item in LanguageFeatures.GetOutline(TestText.Document(path, text), default))
        {
            Append(item, 0);
        }

        return result.ToString();

        void Append(OutlineItem item, int depth)
        {
            Assert.True(item.Span.Contains(item.SelectionSpan), $"The name of {item.Name} is outside of it.");
            result.Append(' ', depth * 2).Append(item.Name).Append(' ').Append(item.Detail).Append('\n');
            foreach (var child in item.Children)
            {
                Append(child, depth + 1);
            }
        }
    }
}
