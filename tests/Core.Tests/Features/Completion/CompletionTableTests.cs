using Xunit;

namespace Pipewright.Core.Tests.Features.Completion;

/// <summary>
/// The situations in Situations.txt: what comes first where a text is being typed, most of them in texts that do not parse at the moment. A line has
/// the file, the text with its cursor, and the first labels in order; <c>\n</c>, <c>\r</c> and <c>\t</c> are written out.
/// </summary>
public sealed class CompletionTableTests
{
    public static TheoryData<string, string, string> Situations
    {
        get
        {
            var rows = new TheoryData<string, string, string>();
            using var stream = typeof(CompletionTableTests).Assembly.GetManifestResourceStream("Situations.txt")!;
            using var reader = new StreamReader(stream);
            while (reader.ReadLine() is { } line)
            {
                if (line.Length > 0 && line[0] != '#')
                {
                    var parts = line.Split(" ~ ");
                    rows.Add(parts[0], parts[1], parts[2]);
                }
            }

            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(Situations))]
    public void What_people_want_comes_first(string file, string text, string expected)
    {
        var path = file switch { "spec" => "p.pipeline.yaml", "git" => "pipeline/p.json", _ => file };
        var written = text.Replace("\\n", "\n", StringComparison.Ordinal).Replace("\\r", "\r", StringComparison.Ordinal).Replace("\\t", "\t", StringComparison.Ordinal);
        var labels = CompletionCase.At(path, written).Select(i => i.Label).ToList();
        var first = expected == "(none)" ? [] : expected.Split(", ");
        Assert.Equal(labels.Distinct(), labels);
        Assert.True(
            first.Length == 0 ? labels.Count == 0 : first.SequenceEqual(labels.Take(first.Length)), $"ROW {file} ~ {text} ~ {expected}\nGOT {string.Join(", ", labels.Take(6))}");
    }

    [Fact]
    public void There_are_enough_of_them() => Assert.True(Situations.Count >= 200, $"There are {Situations.Count} situations.");
}
