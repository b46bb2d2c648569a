// The command line: one verb a class. Standard output carries results only; everything else goes to standard error.
using System.CommandLine;

namespace Pipewright.LanguageServer.CommandLine;

internal static class Verbs
{
    /// <summary>The whole command line.</summary>
    public static RootCommand Make()
    {
        var root = new RootCommand("Checks, converts and deploys Azure Data Factory pipelines, and serves editors.");
        root.Subcommands.Add(MakeLsp());
        root.Subcommands.Add(ValidateVerb.Make());
        root.Subcommands.Add(FormatVerb.Make());
        root.Subcommands.Add(ConvertVerb.Make());
        root.Subcommands.Add(ExportVerb.Make());
        root.Subcommands.Add(PlanVerb.Make());
        root.Subcommands.Add(DeployVerb.Make());
        root.Subcommands.Add(DeployVerb.MakeRollback());
        root.Subcommands.Add(PullVerb.Make());
        root.Subcommands.Add(PullVerb.MakeStatus());
        root.Subcommands.Add(RunVerb.Make());
        root.Subcommands.Add(RunVerb.MakeWatch());
        root.Subcommands.Add(TestVerb.Make());
        root.Subcommands.Add(RecordVerb.Make());
        root.Subcommands.Add(EvalVerb.Make());
        root.Subcommands.Add(GraphVerb.Make());
        root.Subcommands.Add(ExplainVerb.Make());
        root.Subcommands.Add(CompletionVerb.Make());
        root.Subcommands.Add(MakeVersion());
        Terminal.AddTo(root);
        VerbHelp.Register(root);
        return root;
    }

    public static async Task<int> RunAsync(string[] arguments)
    {
        var root = Make();
        var parsed = root.Parse(arguments);
        if (parsed.Errors.Count > 0 || arguments.Length == 0)
        {
            foreach (var error in parsed.Errors)
            {
                await Console.Error.WriteLineAsync(error.Message);
            }

            await Console.Error.WriteLineAsync($"Usage: pipewright {string.Join(" | ", root.Subcommands.Select(c => c.Name))}. 'pipewright VERB --help' tells more.");
            return ExitCodes.WrongUsage;
        }

        Terminal.Configure(parsed);
        try
        {
            return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
        }
        catch (OperationCanceledException)
        {
            return ExitCodes.Interrupted;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return ExitCodes.Environment;
        }
    }

    private static Command MakeVersion()
    {
        var version = new Command("version", "Tells which version this is.");
        version.SetAction(_ => Console.Out.WriteLine(ProductVersion.Text));
        return VerbHelp.Complete(version, ["pipewright version"], (ExitCodes.Fine, "The version is written."));
    }

    private static Command MakeLsp()
    {
        var lsp = new Command("lsp", "Serves an editor: the Language Server Protocol over standard input and output.");

        // Some clients add this to every server's command line; standard streams are all that there is.
        lsp.Options.Add(new Option<bool>("--stdio") { Description = "The default, and the only way." });
        lsp.SetAction(async (_, _) =>
        {
            await using var input = StandardInput.Open();
            await using var output = Console.OpenStandardOutput();

            // Nothing but messages may reach the client's end of the pipe.
            Console.SetOut(Console.Error);
            return await ServerSession.RunAsync(input, output);
        });
        return VerbHelp.Complete(lsp, ["pipewright lsp"], (ExitCodes.Fine, "The client has said goodbye."), (ExitCodes.Findings, "The client has gone without a word."));
    }
}
