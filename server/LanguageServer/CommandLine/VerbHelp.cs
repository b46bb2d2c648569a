using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace Pipewright.LanguageServer.CommandLine;

/// <summary>The help of a verb, which ends with examples and exit codes; the list of all verbs has none.</summary>
internal sealed class VerbHelp(HelpAction usual) : SynchronousCommandLineAction
{
    /// <summary>What every verb may end with.</summary>
    private static readonly (int Code, string When)[] Common =
    [
        (ExitCodes.WrongUsage, "The command line is wrong."),
        (ExitCodes.Environment, "A file or folder can't be read or written."),
        (ExitCodes.Interrupted, "Ctrl+C ended it."),
    ];

    private static readonly ConditionalWeakTable<Command, Ending> Endings = [];

    private sealed record Ending(string[] Examples, (int Code, string When)[] ExitCodes);

    /// <summary>Gives a verb examples, which are whole command lines, and its own exit codes; 2, 3 and 130 need no words where they mean the usual.</summary>
    public static Command Complete(Command verb, string[] examples, params (int Code, string When)[] exitCodes)
    {
        Endings.Add(verb, new Ending(examples, [.. exitCodes.Concat(Common.ExceptBy(exitCodes.Select(c => c.Code), c => c.Code)).OrderBy(c => c.Code)]));
        return verb;
    }

    /// <summary>The examples of a verb; empty for one that has none.</summary>
    internal static IReadOnlyList<string> ExamplesOf(Command verb) => Endings.TryGetValue(verb, out var ending) ? ending.Examples : [];

    /// <summary>Makes the option of help show them.</summary>
    public static void Register(RootCommand root)
    {
        foreach (var option in root.Options.OfType<HelpOption>().Where(o => o.Action is HelpAction))
        {
            option.Action = new VerbHelp((HelpAction)option.Action!);
        }
    }

    /// <summary>Who asks for help has not finished the line yet.</summary>
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        var code = usual.Invoke(parseResult);
        if (Endings.TryGetValue(parseResult.CommandResult.Command, out var ending))
        {
            var output = parseResult.InvocationConfiguration.Output;
            output.WriteLine("Examples:");
            foreach (var example in ending.Examples)
            {
                output.WriteLine($"  {example}");
            }

            output.WriteLine();
            output.WriteLine("Exit codes:");
            foreach (var (number, when) in ending.ExitCodes)
            {
                output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {number,-3}  {when}"));
            }
        }

        return code;
    }
}
