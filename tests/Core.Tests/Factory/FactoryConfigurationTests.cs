using Pipewright.Core.Factory;
using Pipewright.Core.Text;
using Xunit;

namespace Pipewright.Core.Tests.Factory;

public sealed class FactoryConfigurationTests
{
    [Fact]
    public void Targets_and_the_default_are_read()
    {
        var configuration = Parse("targets:\n  dev: { subscription: s, resourceGroup: g, factory: f }\ndefaultTarget: dev\nrules: {}\nnaming: {}\nnotebooks: []");
        Assert.Empty(configuration.Diagnostics);
        Assert.Equal("dev", configuration.DefaultTarget);
        Assert.Equal(new DeploymentTarget("dev", "s", "g", "f"), configuration.FindTarget("DEV"));
    }

    [Fact]
    public void A_target_with_overrides_says_so() => Assert.True(
        Parse("targets:\n  p: { subscription: s, resourceGroup: g, factory: f, overrides: [{ trigger: T, set: { runtimeState: Started } }] }").Targets[0].Overrides.Length == 1);

    [Theory]
    [InlineData("[|targts|]: {}", "PW9001")]
    [InlineData("targets:\n  dev: { subscription: s, resourceGroup: g, factory: f, [|endpoint|]: 'http://127.0.0.1:1' }", "PW9001")]
    [InlineData("targets:\n  [|dev|]: { subscription: s, factory: f }", "PW9002")]
    [InlineData("targets:\n  [|dev|]:", "PW9002")]
    [InlineData("defaultTarget: [|@x|]", "PW1008")]
    public void A_mistake_is_found(string marked, string code)
    {
        var (text, spans) = TestText.WithSpans(marked);
        Assert.Equal([(code, spans[0])], Parse(text).Diagnostics.Select(d => (d.Code, d.Span)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("- a")]
    [InlineData("targets: none")]
    public void Anything_else_is_no_configuration(string text) => Assert.Empty(Parse(text).Targets);

    private static FactoryConfiguration Parse(string text) => FactoryConfiguration.Parse(new SourceText(text));
}
