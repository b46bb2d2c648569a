using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.Runtime.CompilerServices;

namespace Pipewright.LanguageServer.CommandLine;

/// <summary>The help of a verb, which ends with examples; the list of all verbs has none.</summary>
internal sealed class VerbHelp(HelpAction usual) : SynchronousCommandLineAction
{
    private static readonly ConditionalWeakTable<Command, string[]> Examples = [];

    /// <summary>Gives a verb examples: whole command lines.</summary>
    public static Command WithExamples(Command verb, params string[] examples)
    {
        Examples.Add(verb, examples);
        return verb;
    }

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
        if (Examples.TryGetValue(parseResult.CommandResult.Command, out var examples))
        {
            var output = parseResult.InvocationConfiguration.Output;
            output.WriteLine(examples.Length == 1 ? "Example:" : "Examples:");
            foreach (var example in examples)
            {
                output.WriteLine($"  {example}");
            }
        }

        return code;
    }
}
