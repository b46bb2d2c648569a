using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Pipewright.Core.Syntax;
using Xunit;

namespace Pipewright.Core.Tests.Syntax;

/// <summary>Any text whatever has a tree, and a damaged one keeps all that the damage does not touch.</summary>
public sealed class AnyTextTests
{
    private static readonly string[] Scraps =
    [
        "a", "key", ": ", ":", "- ", "-", "\n", "\n  ", "\n    ", "\n\t", "\r\n", "\r", " ", "\t", "{", "}", "[", "]", ",", "\"", "'", "|", ">", "|2-", "&x ", "*x", "!json ", "!!int", "#c", " #", "@x", "%d", "?", "? ",
        "---", "\n---\n", "...", "<<: ", "<<<<<<< A\n", "=======\n", "1", "-1.5e3", "true", "null", "~", "\\", "\\u00", "\\uD83D", "//", "/*", "*/", "\0", "\uFEFF", "\uD83D", "\uDE00", "é", "\u0085", "\u2028", "`",
    ];

    private const string Yaml = """
        # A pipeline of every style
        description: >-
          folded text that
          goes on
        parameters:
          day: string
          env: { type: string, defaultValue: dev }
        activities:
          - name: Load
            type: Copy
            inputs: [Source]
            outputs:
              - { referenceName: Sink, parameters: { date: "@pipeline().parameters.day" } }
            source:
              type: SqlSource
              sqlReaderQuery: |
                select *
                from t
            sink: { type: ParquetSink }
          - name: Loop
            type: ForEach
            dependsOn:
              Load: Succeeded
            items: "@activity('Load').output"
            activities:
              - name: Clean
                type: DatabricksNotebook
                baseParameters:
                  a: 'x'
                notebookPath: /a
              - name: Mail
                type: WebActivity
                url: https://example.com
                method: POST
          - name: Report
            type: Fail
            message: "done: badly"
            errorCode: '1'
        """;

    private const string Json = """
        {
          "name": "p",
          "properties": {
            "parameters": {
              "day": {
                "type": "string"
              }
            },
            "activities": [
              {
                "name": "Load",
                "type": "Copy",
                "dependsOn": [],
                "typeProperties": {
                  "source": {
                    "type": "SqlSource"
                  }
                }
              },
              {
                "name": "Loop",
                "type": "ForEach",
                "typeProperties": {
                  "activities": [
                    {
                      "name": "Clean",
                      "type": "DatabricksNotebook",
                      "typeProperties": {
                        "notebookPath": "/a"
                      }
                    },
                    {
                      "name": "Mail",
                      "type": "WebActivity"
                    }
                  ]
                }
              },
              {
                "name": "Report",
                "type": "Fail",
                "typeProperties": {
                  "message": "x"
                }
              }
            ],
            "annotations": []
          }
        }
        """;

    [Property(MaxTest = 3000)]
    public Property Any_text_has_a_tree() => Prop.ForAll(
        Gen.Elements(Scraps).ListOf().Select(string.Concat).ToArbitrary(), text =>
        {
            TreeText.CheckShape(TreeText.Parse(text, SyntaxLanguage.Yaml));
            TreeText.CheckShape(TreeText.Parse(text, SyntaxLanguage.Json));
        });

    [Theory]
    [InlineData(Yaml, SyntaxLanguage.Yaml)]
    [InlineData(Json, SyntaxLanguage.Json)]
    public void Without_any_one_line_every_other_activity_is_still_there(string text, SyntaxLanguage language)
    {
        var lines = text.Split('\n');
        var activities = FindActivities(TreeText.Parse(text, language), text);
        Assert.Equal(5, activities.Count);
        var lost = new List<string>();
        for (var i = 0; i < lines.Length; i++)
        {
            var damaged = string.Join('\n', lines.Where((_, n) => n != i));
            var found = FindActivities(TreeText.Parse(damaged, language), damaged).Select(a => a.Name).ToHashSet();
            lost.AddRange(activities.Where(a => (i < a.First || i > a.Last) && !found.Contains(a.Name)).Select(a => $"line {i} '{lines[i].Trim()}' loses {a.Name}"));
        }

        Assert.Empty(lost);
    }

    [Theory]
    [InlineData(Yaml, SyntaxLanguage.Yaml)]
    [InlineData(Json, SyntaxLanguage.Json)]
    public void Cut_off_or_with_one_character_less_or_more_it_still_has_a_tree(string text, SyntaxLanguage language)
    {
        for (var i = 0; i < text.Length; i++)
        {
            TreeText.CheckShape(TreeText.Parse(text[..i], language));
            TreeText.CheckShape(TreeText.Parse(text.Remove(i, 1), language));
            TreeText.CheckShape(TreeText.Parse(text.Insert(i, "\""), language));
        }
    }

    [Fact]
    public void Ten_thousand_broken_lines_are_ten_thousand_findings()
    {
        var tree = TreeText.Parse("a: 1\n" + string.Concat(Enumerable.Range(0, 10_000).Select(i => $"key{i} value\n")), SyntaxLanguage.Yaml);
        Assert.Equal(10_000, tree.Diagnostics.Length);
    }

    private static List<(string Name, int First, int Last)> FindActivities(SyntaxTree tree, string text)
    {
        var result = new List<(string, int, int)>();
        var pending = new Stack<SyntaxNode>(tree.Documents.Select(d => d.Root).OfType<SyntaxNode>());
        while (pending.TryPop(out var node))
        {
            if (node is MappingSyntax mapping && mapping.Entries.FirstOrDefault(e => e.Key.Value == "name")?.Value is ScalarSyntax name
                && mapping.Entries.Any(e => e.Key.Value == "type"))
            {
                result.Add((name.Value, tree.Text.GetLine(mapping.Span.Start), tree.Text.GetLine(Math.Max(mapping.Span.Start, Math.Min(text.Length, mapping.Span.End) - 1))));
            }

            foreach (var child in node.Children)
            {
                pending.Push(child);
            }
        }

        return result;
    }
}
