using System.Text;
using Pipewright.Core.Features;
using Pipewright.Core.Rules;
using Pipewright.Core.Tests.Golden;
using Pipewright.Core.Text;
using Xunit;

namespace Pipewright.Core.Tests.Rules;

/// <summary>The list of all rules in docs/rules/README.md. Run with PIPEWRIGHT_ACCEPT=1 to write it.</summary>
public sealed class RuleIndexTests
{
    private const string Accept = "PIPEWRIGHT_ACCEPT";

    private static readonly string File = Path.Combine(RepositoryFiles.Root, "docs", "rules", "README.md");

    /// <summary>What the codes are about, by what they begin with.</summary>
    private static readonly (string Prefix, string About)[] Groups =
    [
        ("PW1", "Syntax"), ("PW2", "Schema"), ("PW3", "Expressions"), ("PW40", "References"), ("PW41", "Dependencies"), ("PW42", "Activities"), ("PW43", "Triggers"), ("PW44", "Connections"),
        ("PW45", "Data flows"), ("PW50", "Names and places"), ("PW51", "Limits"), ("PW52", "Nesting"), ("PW53", "Habits"), ("PW6", "Databricks and notebooks"), ("PW7", "Secrets"), ("PW8", "The live factory"),
        ("PW90", "pipewright.yaml and comments"), ("PW92", "Tests of pipelines"),
    ];

    /// <summary>Codes with a fix that neither the example of their page nor a golden factory shows. Their own tests do.</summary>
    private static readonly string[] FixedElsewhere = ["PW4006", "PW4215", "PW4322", "PW6024", "PW6025", "PW6027", "PW6028", "PW8001", "PW9004"];

    [Fact]
    public void The_list_of_rules_says_what_the_rules_are()
    {
        var expected = Write();
        if (Environment.GetEnvironmentVariable(Accept) is not (null or ""))
        {
            System.IO.File.WriteAllText(File, expected);
        }

        Assert.True(System.IO.File.Exists(File) && System.IO.File.ReadAllText(File) == expected, $"docs/rules/README.md is out of date: {Accept}=1 dotnet test tests/Core.Tests --filter RuleIndexTests");
    }

    [Fact]
    public void Every_rule_is_of_one_group() => Assert.DoesNotContain(RuleCatalog.All, r => Groups.Count(g => r.Code.StartsWith(g.Prefix, StringComparison.Ordinal)) != 1);

    private static string Write()
    {
        var fixedCodes = FindFixed();
        var text = new StringBuilder("""
            # All rules

            Every finding has a code. Its page says what is wrong, shows an example, and tells what to do; `pipewright explain CODE` shows the same. The severity is the one that a rule has by itself:
            [`rules`](../configuration.md#rules) in `pipewright.yaml` changes it, and *off* ones are switched on there. *Fix* says whether an editor offers to mend it.

            This page is made from the rules themselves.

            """);
        foreach (var (prefix, about) in Groups)
        {
            text.Append("\n## ").Append(about).Append("\n\n| code | what is found | severity | fix |\n| --- | --- | --- | --- |\n");
            foreach (var rule in RuleCatalog.All.Where(r => r.Code.StartsWith(prefix, StringComparison.Ordinal)))
            {
                text.Append("| [").Append(rule.Code).Append("](").Append(rule.Code).Append(".md) | ").Append(rule.Title.Replace("|", "\\|", StringComparison.Ordinal))
                    .Append(" | ").Append(rule.Severity.ToString().ToLowerInvariant()).Append(fixedCodes.Contains(rule.Code) ? " | yes |\n" : " | |\n");
            }
        }

        return text.ToString();
    }

    /// <summary>The codes of findings that were seen with a fix.</summary>
    private static HashSet<string> FindFixed() =>
        [.. FixedElsewhere, .. RuleCatalog.All.Where(r => PageExampleTests.Find(r.Code)?.Any(HasFix) == true).Select(r => r.Code), .. FindInGoldenFactories().Where(HasFix).Select(d => d.Code)];

    private static bool HasFix(Diagnostic finding) => !finding.Fixes.IsEmpty;

    private static IEnumerable<Diagnostic> FindInGoldenFactories() =>
        from name in (string[])["broken", "habits", "configuration"]
        let factory = GoldenTests.Load([.. RepositoryFiles.Read($"tests/Core.Tests/Golden/{name}").Select(f => (f.Path, GoldenFile.Strip(f.Text)))])
        from finding in LanguageFeatures.GetConfigurationDiagnostics(factory)
            .Concat(factory.Documents.Values.Concat(factory.Tests.Values).SelectMany(d => LanguageFeatures.GetDiagnostics(factory, d, default)))
        select finding;
}
