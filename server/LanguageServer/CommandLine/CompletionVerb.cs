using System.Collections.Immutable;
using System.CommandLine;

namespace Pipewright.LanguageServer.CommandLine;

/// <summary><c>pipewright completion SHELL</c>: what makes a shell complete our command lines. The proposals come from the program itself, by the directive <c>[suggest]</c>.</summary>
internal static class CompletionVerb
{
    private static readonly ImmutableSortedDictionary<string, string> Scripts = ImmutableSortedDictionary.CreateRange(StringComparer.Ordinal, new Dictionary<string, string>
    {
        ["bash"] = """
            _pipewright() {
              local IFS=$'\n'
              COMPREPLY=($(compgen -W "$(pipewright "[suggest:$COMP_POINT]" "$COMP_LINE" 2>/dev/null)" -- "${COMP_WORDS[COMP_CWORD]}"))
            }
            complete -o default -F _pipewright pipewright
            """,
        ["fish"] = """
            complete -c pipewright -a '(pipewright "[suggest:"(commandline -C)"]" (commandline -cp) 2>/dev/null)'
            """,
        ["powershell"] = """
            Register-ArgumentCompleter -Native -CommandName pipewright -ScriptBlock {
              param($word, $line, $position)
              pipewright "[suggest:$position]" "$line" 2>$null |
                Where-Object { $_ -like "$word*" } |
                ForEach-Object { [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_) }
            }
            """,
        ["zsh"] = """
            #compdef pipewright
            _pipewright() {
              local -a found
              found=("${(@f)$(pipewright "[suggest:$CURSOR]" "$BUFFER" 2>/dev/null)}")
              compadd -a found
              _files
            }
            compdef _pipewright pipewright
            """,
    });

    public static Command Make()
    {
        var shell = new Argument<string>("shell") { Description = "Which shell." };
        shell.AcceptOnlyFromAmong([.. Scripts.Keys]);
        var verb = new Command("completion", "Writes a script that makes a shell complete command lines of pipewright.") { shell };
        verb.SetAction(parsed => Console.Out.WriteLine(Scripts[parsed.GetValue(shell)!].ReplaceLineEndings("\n")));
        return VerbHelp.Complete(
            verb,
            ["source <(pipewright completion bash)", "source <(pipewright completion zsh)", "pipewright completion fish | source", "pipewright completion powershell | Out-String | Invoke-Expression"],
            (ExitCodes.Fine, "The script is written."));
    }
}
