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
    [InlineData("", "public", null)]
    [InlineData(", cloud: USgovernment", "usGovernment", null)]
    [InlineData(", cloud: , tenant: contoso.onmicrosoft.com", "public", "contoso.onmicrosoft.com")]
    [InlineData(", cloud: china, tenant: 72f988bf-86f1-41af-91ab-2d7cd011db47", "china", "72f988bf-86f1-41af-91ab-2d7cd011db47")]
    public void A_target_says_where_to_sign_in(string members, string cloud, string? tenant)
    {
        var configuration = Parse($"targets:\n  dev: {{ subscription: s, resourceGroup: g, factory: f{members} }}");
        Assert.Empty(configuration.Diagnostics);
        Assert.Equal(new DeploymentTarget("dev", "s", "g", "f") { Cloud = cloud, Tenant = tenant }, configuration.Targets[0]);
    }

    [Theory]
    [InlineData("", false)]
    [InlineData(", deployNotebooks:", false)]
    [InlineData(", deployNotebooks: false", false)]
    [InlineData(", deployNotebooks: True", true)]
    public void A_target_says_whether_notebooks_go_along(string members, bool deploys)
    {
        var configuration = Parse($"targets:\n  dev: {{ subscription: s, resourceGroup: g, factory: f{members} }}");
        Assert.Empty(configuration.Diagnostics);
        Assert.Equal(deploys, configuration.Targets[0].DeploysNotebooks);
    }

    [Theory]
    [InlineData("cloud: [|https://management.azure.com|]", null)]
    [InlineData("cloud: [|https://example.org/|]", null)]
    [InlineData("cloud: [|AzureChinaCloud|]", "china")]
    [InlineData("cloud: [|usGoverment|]", "usGovernment")]
    [InlineData("cloud: [|{ host: x }|]", null)]
    [InlineData("tenant: [|'example.org/..'|]", null)]
    [InlineData("tenant: [|'https://login.example.org'|]", null)]
    [InlineData("tenant: [|'a b'|]", null)]
    [InlineData("deployNotebooks: [|sometimes|]", null)]
    [InlineData("deployNotebooks: [|[true]|]", null)]
    public void A_target_that_says_it_wrongly_is_left_out(string marked, string? fix)
    {
        var (text, spans) = TestText.WithSpans($"targets:\n  dev: {{ subscription: s, resourceGroup: g, factory: f, {marked} }}");
        var configuration = Parse(text);
        var found = Assert.Single(configuration.Diagnostics);
        Assert.Equal(("PW9010", spans[0]), (found.Code, found.Span));
        Assert.Equal(fix, found.Fixes.SingleOrDefault()?.Changes.Single().NewText);
        Assert.Empty(configuration.Targets);
    }

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
