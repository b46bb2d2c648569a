using Pipewright.Core.Syntax;
using Pipewright.Core.Text;
using Xunit;

namespace Pipewright.Core.Tests.Syntax;

/// <summary>A changed value is what the text says after the edit, whatever the style of the scalar.</summary>
public sealed class ScalarEditsTests
{
    private static readonly string[] Pieces = ["a", "@", "'", "\"", "\\", " ", ":", "#", "{", "}", ",", "(", ")", "é", "😀", "\n", "\t", "- ", ": ", " #", "item()", "1"];

    [Theory]
    [InlineData("k: '@concat(''a'')'", 8, 3, "'b'", "k: '@concat(''b'')'")]
    [InlineData("k: \"@concat('a')\"", 8, 3, "'\"'", "k: \"@concat('\\\"')\"")]
    [InlineData("k: x @{a} y", 4, 1, "item()", "k: x @{item()} y")]
    [InlineData("k: x @{a} y", 4, 1, "add(1, 2)", "k: \"x @{add(1, 2)} y\"")]
    [InlineData("k: |\n  @concat(\n    'a')\n", 12, 1, "b", "k: |\n  @concat(\n    'b')\n")]
    [InlineData("k: >-\n  @concat(\n  'a')\n", 10, 1, "b", "k: >-\n  @concat(\n  'b')\n")]
    public void A_part_is_replaced_in_the_style_of_its_scalar(string text, int start, int length, string newText, string expected) =>
        Assert.Equal(expected, Edit(text, SyntaxLanguage.Yaml, new TextChange(new TextSpan(start, length), newText)).Text);

    [Fact]
    public void Any_change_of_any_value_in_any_style_gives_the_new_value()
    {
        var random = new Random(7);
        for (var i = 0; i < 20_000; i++)
        {
            var value = RandomText(random, 1 + random.Next(8));
            if (Write(value, random) is not { } written || FindValue(written.Text, written.Language) != value)
            {
                continue;
            }

            var start = random.Next(value.Length + 1);
            var change = new TextChange(new TextSpan(start, random.Next(value.Length - start + 1)), RandomText(random, random.Next(4)));
            if (SplitsPair(value, change))
            {
                continue;
            }

            var expected = string.Concat(value.AsSpan(0, change.Span.Start), change.NewText, value.AsSpan(change.Span.End));
            var (after, actual) = Edit(written.Text, written.Language, change);
            Assert.True(expected == actual, $"'{written.Text}' became '{after}', which says '{actual}' and not '{expected}'");
        }
    }

    private static bool SplitsPair(string value, TextChange change) =>
        (change.Span.Start < value.Length && char.IsLowSurrogate(value[change.Span.Start])) || (change.Span.End < value.Length && char.IsLowSurrogate(value[change.Span.End]));

    private static string RandomText(Random random, int length) => string.Concat(Enumerable.Range(0, length).Select(_ => Pieces[random.Next(Pieces.Length)]));

    /// <summary>A text that may say the value, in one style or another.</summary>
    private static (string Text, SyntaxLanguage Language)? Write(string value, Random random) => random.Next(7) switch
    {
        0 => ($"{{ \"k\": {System.Text.Json.JsonSerializer.Serialize(value)} }}", SyntaxLanguage.Json),
        1 => ($"k: \"{YamlScalars.EscapeDoubleQuoted(value)}\"\nnext: 1\n", SyntaxLanguage.Yaml),
        2 => ($"k: '{YamlScalars.EscapeSingleQuoted(value)}'\nnext: 1\n", SyntaxLanguage.Yaml),
        3 => ($"k: {value}\nnext: 1\n", SyntaxLanguage.Yaml),
        4 => ($"{{ k: {value}, next: 1 }}\n", SyntaxLanguage.Yaml),
        5 => ($"k: |-\n  {value.Replace("\n", "\n  ", StringComparison.Ordinal)}\nnext: 1\n", SyntaxLanguage.Yaml),
        _ => ($"k: >-\n  {value.Replace("\n", "\n\n  ", StringComparison.Ordinal)}\nnext: 1\n", SyntaxLanguage.Yaml),
    };

    private static (string Text, string? Value) Edit(string text, SyntaxLanguage language, TextChange change)
    {
        var source = new SourceText(text);
        var changes = ScalarEdits.Replace(source, Find(source, language)!, [change]);
        var after = changes.OrderByDescending(c => c.Span.Start).Aggregate(text, (t, c) => t.Remove(c.Span.Start, c.Span.Length).Insert(c.Span.Start, c.NewText));
        return (after, FindValue(after, language));
    }

    private static string? FindValue(string text, SyntaxLanguage language) => Find(new SourceText(text), language) is { Kind: ScalarKind.String } scalar ? scalar.Value : null;

    private static ScalarSyntax? Find(SourceText text, SyntaxLanguage language)
    {
        var tree = SyntaxTree.Parse(text, language);
        return !tree.Diagnostics.Any(d => d.Severity == DiagnosticSeverity.Error) && tree.Documents[0].Root is MappingSyntax { Entries: [{ Key.Value: "k", Value: ScalarSyntax value }, ..] } ? value : null;
    }
}
