using Pipewright.Core.Factory;
using Pipewright.Core.Features;
using Pipewright.Core.Rules;
using Pipewright.Core.Text;
using Xunit;

namespace Pipewright.Core.Tests.Rules.Configuration;

/// <summary>A factory says for itself how grave the findings of a rule are; comments say it for a line.</summary>
public sealed class SeverityTests
{
    /// <summary>One finding: PW4101, on the third line.</summary>
    private const string Pipeline = "activities:\n  - name: A\n    dependsOn: [B]\n    type: Wait\n    waitTimeInSeconds: 1\n";

    [Theory]
    [InlineData("", "error")]
    [InlineData("PW4101: off", "")]
    [InlineData("pw4101: Hint", "hint")]
    [InlineData("PW41xx: information", "information")]
    [InlineData("{ PW4101: warning, PW41xx: off }", "warning")]
    [InlineData("{ PW4xxx: off, PW4102: error }", "")]
    [InlineData("PW4102: off", "error")]
    public void The_most_particular_setting_counts(string rules, string severity)
    {
        var factory = TestText.Factory("p.pipeline.yaml", Pipeline).With(FactoryConfiguration.Parse(new SourceText("rules:\n  " + rules)));
        Assert.Empty(ConfigurationFindings.Find(factory.Configuration));
        Assert.Equal(severity, string.Join(',', Diagnose(factory).Select(d => d.Severity.ToString().ToLowerInvariant())));
    }

    [Fact]
    public void Another_configuration_has_what_was_found_looked_at_anew()
    {
        var factory = TestText.Factory("p.pipeline.yaml", Pipeline);
        Assert.Single(Diagnose(factory));
        factory = factory.With(FactoryConfiguration.Parse(new SourceText("rules: { PW4101: off }")));
        Assert.Empty(Diagnose(factory));
        Assert.Single(Diagnose(factory.With(FactoryConfiguration.Empty)));
    }

    [Theory]
    [InlineData("rules: { [|PW9999|]: off }", "PW9003")]
    [InlineData("rules: { [|unused|]: off }", "PW9003")]
    [InlineData("rules: { [|PW87xx|]: off }", "PW9003")]
    [InlineData("rules: { PW4101: [|of|] }", "PW9004")]
    [InlineData("rules: { PW4101: [|1|] }", "PW9004")]
    [InlineData("naming: { pipeline: '[|^pl_(|]' }", "PW9005")]
    [InlineData("naming: { pipeline: [|[]|] }", "PW9005")]
    [InlineData("naming: { [|pipelines|]: x }", "PW9001")]
    public void A_mistake_in_the_settings_is_found(string marked, string code)
    {
        var (text, spans) = TestText.WithSpans(marked);
        var found = Assert.Single(ConfigurationFindings.Find(FactoryConfiguration.Parse(new SourceText(text))));
        Assert.Equal(code, found.Code);
        Assert.True(found.Span.Contains(spans[0]), found.Span.ToString());
    }

    [Fact]
    public void A_misspelt_code_is_mended()
    {
        var text = new SourceText("rules: { PW410: off }");
        var fix = Assert.Single(Assert.Single(ConfigurationFindings.Find(FactoryConfiguration.Parse(text))).Fixes);
        Assert.Empty(ConfigurationFindings.Find(FactoryConfiguration.Parse(text.WithChanges(fix.Changes))));
    }

    [Theory]
    [InlineData("    # pipewright:disable-next-line PW4101\n    dependsOn: [B]")]
    [InlineData("    # pipewright:disable-next-line pw4101, PW4102 -- B is in another branch\n\n    # and one more\n    dependsOn: [B]")]
    [InlineData("    # pipewright:disable-next-line PW41xx\n    dependsOn: [B]")]
    [InlineData("    dependsOn: [B] # pipewright:disable-line PW4101")]
    [InlineData("    # pipewright:disable PW4101\n    description: x\n    dependsOn: [B]")]
    [InlineData("    # pipewright:disable PW4101\n    dependsOn: [B]\n    # pipewright:enable PW4101")]
    public void A_comment_switches_a_finding_off(string lines) =>
        Assert.DoesNotContain(Diagnose(TestText.Factory("p.pipeline.yaml", Pipeline.Replace("    dependsOn: [B]", lines, StringComparison.Ordinal))), d => d.Code == "PW4101");

    [Theory]
    [InlineData("    # pipewright:disable-next-line [|PW4102|]\n    dependsOn: [B]", "PW4101 PW9007")]
    [InlineData("    # pipewright:disable-next-line PW4101 [|PW4102|]\n    dependsOn: [B]", "PW9007")]
    [InlineData("    # pipewright:disable-next-line PW4101\n    dependsOn: [] # pipewright:disable-line [|PW4101|]", "PW9007 PW9007")]
    [InlineData("    dependsOn: [B]\n    # pipewright:disable [|PW4101|]", "PW4101 PW9007")]
    [InlineData("    # pipewright:disable [|PW4101|]\n    # pipewright:enable\n    dependsOn: [B]", "PW4101 PW9007")]
    [InlineData("    [|# pipewright:disable|]\n    dependsOn: [B]", "PW4101 PW9006")]
    [InlineData("    [|# pipewright:ignore PW4101|]\n    dependsOn: [B]", "PW4101 PW9006")]
    [InlineData("    # pipewright:disable-next-line [|PW9999|]\n    dependsOn: [B]", "PW4101 PW9003")]
    public void A_comment_that_does_nothing_is_found(string marked, string codes)
    {
        var (text, spans) = TestText.WithSpans(Pipeline.Replace("    dependsOn: [B]", marked, StringComparison.Ordinal));
        var found = Diagnose(TestText.Factory("p.pipeline.yaml", text));
        Assert.Equal(codes, string.Join(' ', found.Select(d => d.Code).Order(StringComparer.Ordinal)));
        Assert.Contains(found, d => d.Span == spans[0] && d.Code.StartsWith("PW9", StringComparison.Ordinal));
        foreach (var fix in found.Where(d => d.Code == "PW9007").SelectMany(d => d.Fixes))
        {
            var after = new SourceText(text).WithChanges(fix.Changes).Content;
            Assert.True(Diagnose(TestText.Factory("p.pipeline.yaml", after)).Count(d => d.Code == "PW9007") < found.Count(d => d.Code == "PW9007"), after);
        }
    }

    [Fact]
    public void A_comment_in_json_counts_as_well() => Assert.Empty(Diagnose(TestText.Factory(
        "pipeline/p.json",
        """
        { "name": "p", "properties": { "activities": [ { "name": "A", "type": "Wait", "typeProperties": { "waitTimeInSeconds": 1 },
          // pipewright:disable-next-line PW4101
          "dependsOn": [ { "activity": "B", "dependencyConditions": [ "Succeeded" ] } ] } ] } }
        """)));

    [Fact]
    public void A_finding_can_be_switched_off_from_the_editor()
    {
        var factory = TestText.Factory("p.pipeline.yaml", Pipeline);
        var document = factory.Documents["p.pipeline.yaml"];
        var switches = LanguageFeatures.GetRuleSwitches(factory, document, Assert.Single(Diagnose(factory)));
        Assert.Equal(["Ignore PW4101 on this line", "Switch PW4101 off in pipewright.yaml"], switches.Select(s => s.Title));
        var commented = document.Text.WithChanges(switches[0].Changes).Content;
        Assert.Contains("    # pipewright:disable-next-line PW4101\n    dependsOn", commented, StringComparison.Ordinal);
        Assert.Empty(Diagnose(TestText.Factory("p.pipeline.yaml", commented)));
        Assert.Equal("rules:\n  PW4101: off\n", Assert.IsType<FileCreation>(Assert.Single(switches[1].Edit.Files)).Content);
    }

    [Theory]
    [InlineData("", "rules: { PW4101: off }\n")]
    [InlineData("defaultTarget: dev # mine\n", "defaultTarget: dev # mine\nrules:\n  PW4101: off\n")]
    [InlineData("rules:\n  PW4102: hint # ours\n", "rules:\n  PW4102: hint # ours\n  PW4101: off\n")]
    [InlineData("rules: { PW4102: hint }\n", "rules: { PW4102: hint, PW4101: off }\n")]
    [InlineData("rules:\n  PW4101: hint\n", "rules:\n  PW4101: off\n")]
    [InlineData("rules:\n", "rules: { PW4101: off }\n")]
    public void The_setting_is_written_into_the_configuration_that_is_there(string before, string after)
    {
        var configuration = FactoryConfiguration.Parse(new SourceText(before));
        var edit = Assert.IsType<FileEdit>(configuration.SetSeverity("PW4101", DiagnosticSeverity.Off));
        Assert.Equal(after, new SourceText(before).WithChanges(edit.Changes).Content);
    }

    [Fact]
    public void Inside_of_a_text_of_several_lines_no_comment_is_offered()
    {
        var factory = TestText.Factory("p.pipeline.yaml", "activities:\n  - name: A\n    type: Wait\n    waitTimeInSeconds: 1\n    description: |\n      some\n      @{nothing('x')}\n");
        var finding = Diagnose(factory).FirstOrDefault(d => d.Code == "PW3101");
        Assert.All(
            finding is null ? [] : LanguageFeatures.GetRuleSwitches(factory, factory.Documents["p.pipeline.yaml"], finding),
            s => Assert.DoesNotContain("on this line", s.Title, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_rule_is_in_the_catalogue_once()
    {
        var rules = RuleCatalog.All.ToList();
        Assert.True(rules.Count > 150);
        Assert.All(rules, r => Assert.Equal(r, RuleCatalog.Find(r.Code.ToLowerInvariant())));
    }

    private static List<Diagnostic> Diagnose(FactorySnapshot factory) => [.. LanguageFeatures.GetDiagnostics(factory, factory.Documents.Values.First(), default)];
}
