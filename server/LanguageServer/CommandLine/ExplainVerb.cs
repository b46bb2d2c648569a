using System.CommandLine;
using Pipewright.Core.Rules;
using Pipewright.Core.Text;

namespace Pipewright.LanguageServer.CommandLine;

/// <summary><c>pipewright explain [CODE]</c>.</summary>
internal static class ExplainVerb
{
    public static Command Make()
    {
        var code = new Argument<string?>("code") { Description = "A code such as PW4101; without it all are listed.", Arity = ArgumentArity.ZeroOrOne, HelpName = "code" };
        code.CompletionSources.Add(_ => RuleCatalog.All.Select(d => new System.CommandLine.Completions.CompletionItem(d.Code, detail: d.Title)));
        var verb = new Command("explain", "Tells what a finding means and what to do.") { code };
        verb.SetAction(parsed => Run(parsed.GetValue(code)));
        return VerbHelp.Complete(
            verb,
            ["pipewright explain PW4101", "pipewright explain"],
            (ExitCodes.Fine, "The page, or the list, is written."),
            (ExitCodes.WrongUsage, "There is no such code, or the command line is wrong."));
    }

    private static int Run(string? code)
    {
        if (code is null)
        {
            foreach (var descriptor in RuleCatalog.All)
            {
                Console.Out.WriteLine($"{descriptor.Code}  {Reports.FindingsReport.WordOf(descriptor.Severity),-11}  {descriptor.Title}");
            }

            return ExitCodes.Fine;
        }

        if (RuleCatalog.Find(code) is { } found && RulePages.Find(found.Code) is { } page)
        {
            Console.Out.Write(page);
            return ExitCodes.Fine;
        }

        var closest = Spelling.FindClosest(code.ToUpperInvariant(), RuleCatalog.All.Select(d => d.Code).ToList());
        Console.Error.WriteLine($"There is no finding '{code}'.{(closest is null ? "" : $" Did you mean '{closest}'?")} 'pipewright explain' lists all.");
        return ExitCodes.WrongUsage;
    }
}
