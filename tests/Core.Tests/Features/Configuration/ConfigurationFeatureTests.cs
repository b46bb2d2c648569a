using Pipewright.Core.Factory;
using Pipewright.Core.Features;
using Pipewright.Core.Text;
using Pipewright.Core.Tests.Features.Completion;
using Xunit;

namespace Pipewright.Core.Tests.Features.Configuration;

/// <summary>What is offered and said in pipewright.yaml, and in comments that switch findings off.</summary>
public sealed class ConfigurationFeatureTests
{
    private const string Targets = "targets:\n  dev:\n    subscription: s\n    resourceGroup: rg\n    factory: adf-dev\n";

    [Theory]
    [InlineData("|", "targets, defaultTarget, notebooks, rules, naming")]
    [InlineData("ru|", "targets, defaultTarget, notebooks, rules, naming")]
    [InlineData("rules: {}\n|\nnaming:\n", "targets, defaultTarget, notebooks")]
    [InlineData("targets:\n  |", "dev, test, prod")]
    [InlineData("targets:\n  dev:\n    |", "subscription, resourceGroup, factory, tenant, cloud, overrides")]
    [InlineData("targets:\n  dev:\n    subscription: x\n    |\n    factory: y", "resourceGroup, tenant, cloud, overrides")]
    [InlineData("# broken: [\ntargets:\n  dev: {\n  prod:\n    sub|", "subscription, resourceGroup, factory, tenant, cloud, overrides")]
    [InlineData(Targets + "defaultTarget: |", "dev")]
    [InlineData(Targets + "defaultTarget:|", "dev")]
    [InlineData(Targets + "defaultTarget: d|ev # x", "dev")]
    [InlineData("rules:\n  PW4101: |", "off, hint, information, warning, error")]
    [InlineData("rules:\n  PW4101: er|", "off, hint, information, warning, error")]
    [InlineData("rules:\n  |", "PW1001")]
    [InlineData("rules:\n  PW1001: off\n  |", "PW1002")]
    [InlineData("naming:\n  |", "adfcdc, credential, dataflow, dataset")]
    [InlineData("targets:\n  dev:\n    factory: |", "")]
    [InlineData("targets:\n  dev:\n    cloud: |", "public, usGovernment, china")]
    [InlineData("targets:\n  dev:\n    overrides:\n      - |", "set, add, remove, adfcdc, credential")]
    [InlineData("targets:\n  dev:\n    overrides:\n    - |", "set, add, remove, adfcdc, credential")]
    [InlineData("targets:\n  dev:\n    overrides:\n      - linkedService: Lake\n        |", "set, add, remove")]
    [InlineData("targets:\n  dev:\n    overrides:\n      - linkedService: Lake\n        set:\n          a.b: 1\n      - |\n        set: {}\n", "add, remove, adfcdc")]
    [InlineData("targets:\n  dev:\n    overrides:\n      - linkedService: Lake\n        set:\n          |", "")]
    [InlineData("targets:\n  dev:\n    overrides: [{ |", "set, add, remove, adfcdc")]
    [InlineData("targets:\n  dev: { | }", "subscription, resourceGroup, factory, tenant, cloud, overrides")]
    [InlineData("targets:\n  dev: { subscription: x, res| }", "resourceGroup, factory, tenant, cloud, overrides")]
    [InlineData("targets:\n  dev: { subscription: x, |, factory: y }\n  prod: {}", "resourceGroup, tenant, cloud, overrides")]
    [InlineData("targets:\n  dev: {\n    subscription: x,\n    |\n  }\n", "resourceGroup, factory, tenant, cloud, overrides")]
    [InlineData("targets: { dev: { |", "subscription, resourceGroup, factory, tenant, cloud, overrides")]
    [InlineData("targets: { | }", "dev, test, prod")]
    [InlineData("{ | }", "targets, defaultTarget, notebooks, rules, naming")]
    [InlineData("rules: { PW4101: | }", "off, hint, information, warning, error")]
    [InlineData("rules: { PW1001: off, PW4101:| }", "off, hint, information, warning, error")]
    [InlineData("rules: { PW1001: off, | }", "PW1002")]
    [InlineData("rules: { PW1001: off | }", "")]
    [InlineData("rules: [ | ]", "")]
    [InlineData("rules: {} |", "")]
    [InlineData("rules: {}\n|", "targets, defaultTarget, notebooks, naming")]
    [InlineData("# |", "")]
    public void Settings_are_offered(string marked, string first)
    {
        var (text, offset) = TestText.WithCursor(marked);
        var labels = Complete(text, offset).Items.Select(i => i.Label).ToList();
        Assert.Equal(first, string.Join(", ", labels.Take(Math.Max(1, first.Split(", ").Length))));
    }

    [Theory]
    [InlineData("|", "rules", "rules:\n  ")]
    [InlineData("ru|", "rules", "rules:\n  ")]
    [InlineData("ru|: {}", "rules", "rules: {}")]
    [InlineData("targets:\n  |", "dev", "targets:\n  dev:\n    subscription: \n    resourceGroup: \n    factory: ")]
    [InlineData(Targets + "defaultTarget:|", "dev", Targets + "defaultTarget: dev")]
    [InlineData("targets: { | }", "dev", "targets: { dev: { subscription: , resourceGroup: , factory:  } }")]
    [InlineData("rules: { P| }", "PW4101", "rules: { PW4101: off }")]
    [InlineData("rules: { PW4101:| }", "error", "rules: { PW4101: error }")]
    [InlineData("targets:\n  dev: { ov| }", "overrides", "targets:\n  dev: { overrides: [{  }] }")]
    [InlineData("targets:\n  dev:\n    overrides:\n      - |", "set", "targets:\n  dev:\n    overrides:\n      - set:\n          ")]
    [InlineData("rules:\n  PW4101: e|rr", "off", "rules:\n  PW4101: off")]
    [InlineData("rules:\n  |", "PW4101", "rules:\n  PW4101: off")]
    [InlineData("naming:\n  pip|", "pipeline", "naming:\n  pipeline: '^[a-z][a-z0-9_]*$'")]
    public void Settings_are_written(string marked, string label, string after)
    {
        var (text, offset) = TestText.WithCursor(marked);
        var item = Complete(text, offset).Items.Single(i => i.Label == label);
        Assert.Equal(after, CompletionCase.Accept(new SourceText(text), item));
    }

    [Theory]
    [InlineData("ru|les:", "How grave")]
    [InlineData("rules:\n  PW4|101: off", "in this factory: `off`")]
    [InlineData("rules:\n  PW41|xx: off", "rules whose codes begin with PW41")]
    [InlineData("rules:\n  PW4101: o|ff", "not shown")]
    [InlineData(Targets + "defaultTarget: de|v", "adf-dev")]
    [InlineData("targets:\n  dev:\n    resource|Group: x", "resource group")]
    [InlineData("naming:\n  data|set: x", "dataset")]
    [InlineData("targets:\n  dev:\n    cloud: chi|na", "21Vianet")]
    [InlineData("targets:\n  dev:\n    ten|ant: x", "sign in to")]
    [InlineData("rules: { PW4|101: off }", "in this factory: `off`")]
    [InlineData("targets:\n  dev:\n    overrides:\n      - trigger: T\n        s|et: {}", "Git form")]
    public void Settings_are_described(string marked, string said)
    {
        var (text, offset) = TestText.WithCursor(marked);
        Assert.Contains(said, LanguageFeatures.GetConfigurationHover(Around(text), offset)!.Markdown, StringComparison.Ordinal);
    }

    [Fact]
    public void Settings_have_an_outline()
    {
        var outline = LanguageFeatures.GetConfigurationOutline(Around(Targets + "defaultTarget: dev\nrules:\n  PW4101: off\n"));
        Assert.Equal(["targets", "defaultTarget", "rules"], outline.Select(i => i.Name));
        Assert.Equal("dev", Assert.Single(outline[0].Children).Name);
        Assert.Equal("off", Assert.Single(outline[2].Children).Detail);
        Assert.Empty(LanguageFeatures.GetConfigurationOutline(FactorySnapshot.Empty));
    }

    [Theory]
    [InlineData("# pi|", "pipewright:disable-next-line, pipewright:disable-line, pipewright:disable, pipewright:enable")]
    [InlineData("# pipewright:dis|", "pipewright:disable-next-line")]
    [InlineData("# pip of an apple|", "")]
    [InlineData("# a pi|", "")]
    [InlineData("activities:\n  - name: A\n    # pipewright:disable-next-line |\n    type: Nothing\n", "PW2006")]
    [InlineData("# pipewright:disable-next-line PW2001, |", "PW2002")]
    [InlineData("# pipewright:disable |\nactivities: 1\n", "PW2002")]
    [InlineData("# pipewright:disable-next-line PW2002, PW20|", "PW2001")]
    public void Comments_name_rules(string marked, string first)
    {
        var labels = CompletionCase.At("p.pipeline.yaml", marked).Select(i => i.Label).ToList();
        Assert.Equal(first, string.Join(", ", labels.Take(Math.Max(1, first.Split(", ").Length))));
    }

    private static FactorySnapshot Around(string text) => FactorySnapshot.Empty.With(FactoryConfiguration.Parse(new SourceText(text)));

    private static CompletionResult Complete(string text, int offset) => LanguageFeatures.GetConfigurationCompletion(Around(text), offset);
}
