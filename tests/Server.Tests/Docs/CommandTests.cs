using System.CommandLine;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Pipewright.LanguageServer.CommandLine;
using Xunit;

namespace Pipewright.Server.Tests.Docs;

/// <summary>Commands in the pages can be typed: the verb, the options and what they take are there.</summary>
public sealed partial class CommandTests
{
    /// <summary>The languages of blocks that hold what one types.</summary>
    private static readonly HashSet<string> Shells = ["sh", "bash", "powershell", "console", "yaml"];

    private static readonly JsonNode Scripts = JsonNode.Parse(File.ReadAllText(Path.Combine(Repository.Root, "package.json")))!["scripts"]!;

    private static readonly HashSet<string> EmulatorOptions =
        [.. Option().Matches(string.Concat(NameTests.ReadSources("server/Emulator", "Program.cs"))).Select(m => m.Value)];

    [Fact]
    public void Every_command_that_one_types_is_understood()
    {
        var commands = (from page in DocumentationPage.All
                        from sample in page.Samples
                        where Shells.Contains(sample.Language)
                        from command in ShellText.FindCommands(TypedText(sample))
                        select (sample, command)).ToList();
        Assert.True(commands.Count(c => c.command[0] == "pipewright") > 30, "Hardly a command was found: the pages are read wrongly.");
        LinkTests.Report(from c in commands let problem = Check(c.command) where problem is not null select $"{c.sample}: `{string.Join(' ', c.command)}`: {problem}");
    }

    [Fact]
    public void Every_command_within_a_sentence_has_a_verb_and_options_that_are_there() => LinkTests.Report(
        from page in DocumentationPage.Written
        where page.Path != "CHANGELOG.md"
        from name in page.Names
        where name.Text.StartsWith("pipewright ", StringComparison.Ordinal) || name.Text.StartsWith("pipewright-emulator ", StringComparison.Ordinal)
        from command in ShellText.FindCommands(name.Text.Replace("…", "", StringComparison.Ordinal)).Take(1)
        let problem = CheckNames(command)
        where problem is not null
        select $"{page.Path}:{name.Line}: `{name.Text}`: {problem}");

    [Fact]
    public void Every_line_of_usage_names_arguments_and_options_that_are_there() => LinkTests.Report(
        from page in DocumentationPage.Written
        from sample in page.Samples
        where sample.Language.Length == 0 || sample.Language == "text"
        from line in Joined(sample)
        where line.StartsWith("pipewright", StringComparison.Ordinal) && (line.Contains('[', StringComparison.Ordinal) || line.Contains(" PATH", StringComparison.Ordinal))
        from problem in CheckUsage(line)
        select $"{sample}: `{line}`: {problem}");

    [Fact]
    public void The_page_of_the_command_line_tells_of_every_verb_and_all_of_its_options()
    {
        var page = DocumentationPage.Of("docs/command-line.md");
        var lines = page.Samples.SelectMany(Joined).Where(l => l.StartsWith("pipewright ", StringComparison.Ordinal)).ToList();
        LinkTests.Report(
            from verb in Verbs.Make().Subcommands
            let own = lines.Where(l => l.Split(' ').ElementAtOrDefault(1) == verb.Name).ToList()
            from problem in own.Count == 0 ? [$"docs/command-line.md has no line of usage of '{verb.Name}': {UsageOf(verb)}"] : OptionsOf(verb).Select(o => o.Name)
                .Where(o => !own.Any(l => WordsOf(l).Contains(o))).Select(o => $"docs/command-line.md does not tell of '{o}' in the usage of '{verb.Name}': {UsageOf(verb)}")
            select problem);
    }

    [Fact]
    public void The_page_of_the_emulator_tells_of_all_of_its_options()
    {
        Assert.NotEmpty(EmulatorOptions);
        var text = DocumentationPage.Of("docs/emulator.md").Text;
        LinkTests.Report(EmulatorOptions.Where(o => !text.Contains($"| `{o}` |", StringComparison.Ordinal)).Select(o => $"docs/emulator.md has no row for `{o}`."));
    }

    /// <summary>The lines that one types: in a block that shows a console, those behind the prompt.</summary>
    private static string TypedText(CodeSample sample) => sample.Language switch
    {
        "console" => string.Join('\n', sample.Lines.Where(l => l.StartsWith("$ ", StringComparison.Ordinal)).Select(l => l[2..])),

        // Scripts of build services.
        "yaml" => string.Join('\n', sample.Lines.Select(l => ScriptLine().Match(l)).Where(m => m.Success).Select(m => m.Groups["command"].Value.Replace("${{", "", StringComparison.Ordinal).Replace("}}", "", StringComparison.Ordinal))),
        _ => sample.Text,
    };

    /// <summary>What is wrong with a command; null if nothing is, or if it is not one of ours.</summary>
    private static string? Check(string[] command) => command switch
    {
        ["pipewright", .. var arguments] => Verbs.Make().Parse(arguments).Errors.Select(e => e.Message).FirstOrDefault(),
        ["pipewright-emulator", ..] => CheckNames(command),
        ["npm", "run", var script, ..] => Scripts[script] is null ? $"package.json has no script '{script}'." : null,
        ["npm", ("start" or "test") and var script, ..] => Scripts[script] is null ? $"package.json has no script '{script}'." : null,
        ["dotnet", .. var rest] => rest.Where(r => r.Contains('/', StringComparison.Ordinal) && !Path.Exists(Path.Combine(Repository.Root, r))).Select(r => $"there is no '{r}'.").FirstOrDefault(),
        _ => null,
    };

    /// <summary>The same of a command of which only a part may be written.</summary>
    private static string? CheckNames(string[] command)
    {
        if (command[0] == "pipewright-emulator")
        {
            return command.Where(w => w.StartsWith("--", StringComparison.Ordinal) && !EmulatorOptions.Contains(w.Split('=')[0])).Select(w => $"the emulator has no option '{w}'.").FirstOrDefault();
        }

        if (command.Length == 1 || command[1].StartsWith('-') || command[1] == "VERB")
        {
            return null;
        }

        return Verbs.Make().Subcommands.FirstOrDefault(c => c.Name == command[1]) is not { } verb
            ? $"there is no verb '{command[1]}'."
            : command.Where(w => w.StartsWith("--", StringComparison.Ordinal) && w != "--help" && !OptionsOf(verb).Any(o => o.Name == w.Split('=')[0])).Select(w => $"'{verb.Name}' has no option '{w}'.").FirstOrDefault();
    }

    private static IEnumerable<string> CheckUsage(string line)
    {
        var words = WordsOf(line);
        if (words[0] == "pipewright-emulator")
        {
            return words.Where(w => w.StartsWith("--", StringComparison.Ordinal) && !EmulatorOptions.Contains(w)).Select(w => $"the emulator has no option '{w}'.");
        }

        if (words.Length < 2 || words[1].StartsWith('-'))
        {
            return [];
        }

        if (Verbs.Make().Subcommands.FirstOrDefault(c => c.Name == words[1]) is not { } verb)
        {
            return words[1] == "version" ? [] : [$"there is no verb '{words[1]}'."];
        }

        var options = words.Where(w => w.StartsWith("--", StringComparison.Ordinal) && w is not ("--version" or "--help")).ToList();
        return options.Where(o => !OptionsOf(verb).Any(v => v.Name == o)).Select(o => $"'{verb.Name}' has no option '{o}'.")
            .Concat(Choice().Matches(line).Select(m => CheckChoice(verb, m.Groups["option"].Value, m.Groups["values"].Value.Split('|'))).OfType<string>());
    }

    private static string? CheckChoice(Command verb, string option, string[] written)
    {
        if (verb.Options.FirstOrDefault(o => o.Name == option) is not { } found)
        {
            return null;
        }

        var offered = found.GetCompletions(System.CommandLine.Completions.CompletionContext.Empty).Select(c => c.Label).Where(l => !l.StartsWith('-')).ToList();
        return offered.Count == 0 || offered.Order(StringComparer.Ordinal).SequenceEqual(written.Order(StringComparer.Ordinal)) ? null : $"'{option}' takes {string.Join('|', offered)}.";
    }

    private static IEnumerable<Option> OptionsOf(Command verb) => verb.Options.Where(o => !o.Hidden && o is not System.CommandLine.Help.HelpOption);

    private static string UsageOf(Command verb) => $"pipewright {verb.Name} {string.Join(' ', verb.Arguments.Select(a => a.Name.ToUpperInvariant()))} {string.Join(' ', OptionsOf(verb).Select(o => o.Required ? o.Name : $"[{o.Name}]"))}".Replace("  ", " ", StringComparison.Ordinal).Trim();

    /// <summary>The lines, with those that go on in the next one as one.</summary>
    private static IEnumerable<string> Joined(CodeSample sample) => Continued().Replace(sample.Text, " ").Split('\n');

    private static string[] WordsOf(string line) => line.Split([' ', '[', ']', '.', ','], StringSplitOptions.RemoveEmptyEntries);

    [GeneratedRegex("""(?<=Option<[^>]+>\(")--[a-z-]+""")]
    private static partial Regex Option();

    [GeneratedRegex(@"(?<option>--[a-z-]+) (?<values>[a-z-]+(\|[a-z-]+)+)")]
    private static partial Regex Choice();

    [GeneratedRegex(@"\n +(?=[\[-])")]
    private static partial Regex Continued();

    [GeneratedRegex(@"^\s*(-\s*)?((run|script|bash|pwsh):\s*)?(?<command>pipewright .*)$")]
    private static partial Regex ScriptLine();
}
