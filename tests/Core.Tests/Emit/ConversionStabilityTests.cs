using Pipewright.Core.Emit;
using Pipewright.Core.Factory;
using Pipewright.Core.Syntax;
using Pipewright.Core.Text;
using Xunit;

namespace Pipewright.Core.Tests.Emit;

/// <summary>Once converted, converting there and back changes nothing any more: neither texts nor the places of files.</summary>
public sealed class ConversionStabilityTests
{
    [CorpusFact]
    public void Real_factories_are_stable_in_both_directions()
    {
        var count = 0;
        var wrong = new List<string>();
        foreach (var factory in CorpusFiles.Factories)
        {
            foreach (var document in CorpusFiles.Load(factory).Where(d => !d.HasSyntaxErrors && !d.IsForeign))
            {
                count++;
                if (FindChange(document) is { } change)
                {
                    wrong.Add($"{Path.GetFileName(factory)}/{document.Path}: {change}");
                }
            }
        }

        Assert.True(wrong.Count == 0, $"{wrong.Count} of {count}:\n" + string.Join("\n", wrong.Take(10)));
        Assert.True(count > 0);
    }

    [Theory]
    [InlineData("medallion")]
    [InlineData("medallion-git")]
    public void The_sample_is_stable_in_both_directions(string sample)
    {
        var documents = RepositoryFiles.Read($"samples/{sample}").Select(f => ResourceDocument.Create(f.Path, new SourceText(f.Text))).OfType<ResourceDocument>().Where(d => !d.IsTest).ToList();
        Assert.True(documents.Count > 20);
        Assert.All(documents, d => Assert.Null(FindChange(d)));
    }

    [Fact]
    public void Every_comment_of_JSON_comes_along()
    {
        // A comment at the end of every line, wherever that is.
        var json = """
            {
              "name": "p",
              "properties": {
                "activities": [
                  {
                    "name": "A",
                    "type": "ForEach",
                    "dependsOn": [
                      { "activity": "B", "dependencyConditions": [ "Succeeded" ] }
                    ],
                    "typeProperties": {
                      "items": { "value": "@x", "type": "Expression" },
                      "activities": [ { "name": "W", "type": "Wait", "typeProperties": { "waitTimeInSeconds": 1 } } ]
                    }
                  }
                ],
                "annotations": [ "a", "b" ],
                "variables": { "v": { "type": "String" } }
              }
            }
            """;
        var lines = json.Split('\n');
        var commented = string.Join('\n', lines.Select((line, i) => $"{line} // c{i}."));
        var text = Assert.Single(Conversion.ToSpec(TestText.Document("pipeline/p.json", commented))).Text;
        Assert.DoesNotContain(Enumerable.Range(0, lines.Length), i => !text.Contains($"# c{i}.\n", StringComparison.Ordinal));
        Assert.Empty(TestText.Document("p.pipeline.yaml", text).Syntax.Diagnostics);
        Assert.Null(FindChange(TestText.Document("pipeline/p.json", commented)));
    }

    [Fact]
    public void Comments_that_JSON_has_no_place_for_are_told()
    {
        var files = Conversion.ToGit(TestText.Document("p.pipeline.yaml", "# one\nactivities:\n  - { name: A, type: Wait, waitTimeInSeconds: 1 } # two\n---\nname: q\n"));
        Assert.Equal([[1, 3], []], files.Select(f => f.LostComments));
        Assert.Empty(Conversion.ToGit(TestText.Document("pipeline/p.json", """{ "name": "p" }"""))[0].LostComments);
        Assert.Equal([1], Conversion.ToGit(TestText.Document("pipeline/p.json", """{ "name": "p" /* why */ }"""))[0].LostComments);
    }

    /// <summary>What a second way there and back changes; null for nothing.</summary>
    private static string? FindChange(ResourceDocument document)
    {
        foreach (var first in document.IsSpec ? Conversion.ToGit(document) : Conversion.ToSpec(document))
        {
            var (back, again) = Turn(first, !document.IsSpec);
            var (backAgain, third) = Turn(again, !document.IsSpec);
            // JSON keeps no comments, so a spec with comments is stable from its second time on.
            var compared = document.IsSpec || !HasComments(first) ? first : again;
            // The first way to the Git form brings a file to the folder of its kind, which is where Studio looks.
            if (Path.GetFileName(compared.Path) != Path.GetFileName(again.Path) || compared.Text != again.Text)
            {
                return $"{compared.Path}\n{compared.Text}\nbecomes {again.Path}\n{again.Text}";
            }

            if (back.Path != backAgain.Path || again.Path != third.Path || back.Text != backAgain.Text || again.Text != third.Text)
            {
                return $"{back.Path}\n{back.Text}\nbecomes {backAgain.Path}\n{backAgain.Text}";
            }

            if (Convert(first, document.IsSpec ? Form.Git : Form.Spec).Text is var laidOut && laidOut != first.Text)
            {
                return $"{first.Text}\nis laid out anew as\n{laidOut}";
            }
        }

        return null;
    }

    private enum Form
    {
        Spec,
        Git,
    }

    /// <summary>The file in the other form, and back.</summary>
    private static (ConvertedFile Other, ConvertedFile Back) Turn(ConvertedFile file, bool isSpec)
    {
        var other = Convert(file, isSpec ? Form.Git : Form.Spec);
        return (other, Convert(other, isSpec ? Form.Spec : Form.Git));
    }

    private static ConvertedFile Convert(ConvertedFile file, Form form)
    {
        var document = TestText.Document(file.Path, file.Text);
        return Assert.Single(form == Form.Spec ? Conversion.ToSpec(document) : Conversion.ToGit(document));
    }

    private static bool HasComments(ConvertedFile file) => TestText.Document(file.Path, file.Text).Syntax.Tokens.Any(t => t.Kind == SyntaxTokenKind.Comment);
}
