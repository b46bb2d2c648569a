using System.CommandLine;
using System.CommandLine.Help;
using System.Text.RegularExpressions;
using Pipewright.LanguageServer.CommandLine;
using Xunit;

namespace Pipewright.Server.Tests.CommandLine;

/// <summary>One style for the help of all verbs, and a page that tells of all of them.</summary>
public sealed partial class HelpTests
{
    private static readonly RootCommand Root = Verbs.Make();

    private static readonly string Page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "command-line.md"));

    public static TheoryData<string> AllVerbs => [.. Root.Subcommands.Select(v => v.Name)];

    [Theory]
    [MemberData(nameof(AllVerbs))]
    public void Every_verb_has_examples_that_it_takes(string name)
    {
        var examples = VerbHelp.ExamplesOf(VerbOf(name));
        Assert.NotEmpty(examples);
        foreach (var example in examples)
        {
            var line = OurPart().Match(example).Groups["line"].Value;
            var parsed = Root.Parse(line);
            Assert.True(parsed.Errors.Count == 0, $"{example}: {string.Join(' ', parsed.Errors.Select(e => e.Message))}");
            Assert.Equal(name, parsed.CommandResult.Command.Name);
        }
    }

    [Theory]
    [MemberData(nameof(AllVerbs))]
    public void Every_verb_and_option_says_what_it_is_in_a_sentence(string name)
    {
        var verb = VerbOf(name);
        string?[] sentences = [verb.Description, .. OptionsOf(verb).Select(o => o.Description), .. verb.Arguments.Select(a => a.Description)];
        Assert.All(sentences, s => Assert.Matches(@"^[A-Z'].*\.$", s));
        Assert.DoesNotContain("xit code", verb.Description, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(AllVerbs))]
    public void The_page_tells_of_every_verb_and_its_options(string name)
    {
        var usage = Page.Split("```")[1].Split('\n').Where(l => l.StartsWith($"pipewright {name} ", StringComparison.Ordinal) || l == $"pipewright {name}" || l.StartsWith($"pipewright {name} |", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(usage);
        Assert.All(OptionsOf(VerbOf(name)), o => Assert.True(usage.Exists(l => l.Contains(o.Name, StringComparison.Ordinal)) || Page.Contains($"`{o.Name}", StringComparison.Ordinal), $"{name} {o.Name}"));
    }

    [Fact]
    public async Task Help_ends_with_examples_and_exit_codes()
    {
        var (code, output, error) = await PipewrightProgram.RunAsync("deploy", "--help");
        Assert.Equal((0, ""), (code, error));
        var examples = Array.IndexOf(output, "Examples:");
        var codes = Array.IndexOf(output, "Exit codes:");
        Assert.InRange(examples, 1, codes);
        Assert.Equal(["0", "1", "2", "3", "4", "130"], output[(codes + 1)..].Select(l => l.Split(' ')[0]));
    }

    [Fact]
    public async Task Targets_of_the_factory_are_proposed()
    {
        using var folder = new TestFolder(("pipewright.yaml", "targets:\n  prod: { subscription: 00000000-0000-0000-0000-000000000000, resourceGroup: g, factory: f }\n"));
        var line = $"pipewright plan {folder.Path} --target ";
        Assert.Contains("prod", (await PipewrightProgram.RunAsync($"[suggest:{line.Length}]", line)).Output);
    }

    private static Command VerbOf(string name) => Root.Subcommands.Single(v => v.Name == name);

    private static IEnumerable<Option> OptionsOf(Command verb) => verb.Options.Where(o => o is not HelpOption && !o.Hidden);

    /// <summary>Of an example, what our program sees: not what a shell does with it.</summary>
    [GeneratedRegex(@"pipewright (?<line>.*?)(\)?$|\)| [>|<] )")]
    private static partial Regex OurPart();
}
