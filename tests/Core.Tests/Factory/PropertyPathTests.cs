using Pipewright.Core.Factory;
using Xunit;

namespace Pipewright.Core.Tests.Factory;

public sealed class PropertyPathTests
{
    [Theory]
    [InlineData("a", "a")]
    [InlineData("a.b", "a|b")]
    [InlineData("a[0].b", "a|[0]|b")]
    [InlineData("a[Load orders].b", "a|[Load orders]|b")]
    [InlineData("a['it''s'].b", "a|[it's]|b")]
    [InlineData("['x.y'].b", "[x.y]|b")]
    [InlineData("a[*]", "a|[*]")]
    [InlineData("a[0][1]", "a|[0]|[1]")]
    public void A_path_is_names_with_dots_and_brackets(string text, string steps)
    {
        var path = PropertyPath.Parse(text)!;
        Assert.Equal(steps, string.Join('|', path.Steps.Select(s => s.IsElement ? $"[{s.Text}]" : s.Text)));
        Assert.Equal(steps, string.Join('|', PropertyPath.Parse(path.ToString())!.Steps.Select(s => s.IsElement ? $"[{s.Text}]" : s.Text)));
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("a.")]
    [InlineData(".a")]
    [InlineData("a..b")]
    [InlineData("a[")]
    [InlineData("a[]")]
    [InlineData("a['x]")]
    [InlineData("a['x'")]
    [InlineData("a[0]b")]
    public void Other_texts_are_none(string text) => Assert.Null(PropertyPath.Parse(text));
}
