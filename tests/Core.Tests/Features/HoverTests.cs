using Pipewright.Core.Features;
using Xunit;

namespace Pipewright.Core.Tests.Features;

public sealed class HoverTests
{
    [Theory]
    [InlineData("p.pipeline.yaml", "activities:\n  - { name: W, type: Wait, waitTime|InSeconds: 5 }", "**waitTimeInSeconds**", "required", "Takes an expression that gives a whole number")]
    [InlineData("p.pipeline.yaml", "activities:\n  - { name: W, type: Wa|it, waitTimeInSeconds: 5 }", "**Wait activity**", "`waitTimeInSeconds`")]
    [InlineData("p.pipeline.yaml", "activities:\n  - { name: E, type: ExecutePipeline, pipeline: chi|ld }", "**child** · pipeline of 1 activity", "`day: string`", "`child.pipeline.yaml`")]
    [InlineData("p.pipeline.yaml", "activities:\n  - { name: E, type: ExecutePipeline, pipeline: los|t }", "No file here declares it")]
    [InlineData("p.pipeline.yaml", "activities:\n  - { name: A, type: Fail }\n  - { name: B, type: Wait, dependsOn: [|A] }", "**A** · Fail activity")]
    [InlineData("pipeline/p.json", """{"name":"p","properties":{"con|currency":1}}""", "**concurrency**", "integer")]
    [InlineData("d.dataset.yaml", "type: Parq|uet", "**Parquet dataset**")]
    public void It_says(string path, string marked, params string[] parts)
    {
        var (text, offset) = TestText.WithCursor(marked);
        var factory = TestText.Factory(
            path, text, "child.pipeline.yaml", "parameters: { day: string }\nactivities: [{ name: W, type: Wait, waitTimeInSeconds: 1 }]");
        var hover = LanguageFeatures.GetHover(factory, factory.Documents[path], offset, default);
        Assert.NotNull(hover);
        Assert.True(hover.Span.Touches(offset));
        Assert.All(parts, part => Assert.Contains(part, hover.Markdown, StringComparison.Ordinal));
    }

    [Fact]
    public void It_is_silent_on_white_space()
    {
        var (text, offset) = TestText.WithCursor("activities:\n | \n");
        Assert.Null(LanguageFeatures.GetHover(TestText.Factory(), TestText.Document("p.pipeline.yaml", text), offset, default));
    }
}
