using System.CommandLine;
using System.Text;

namespace Pipewright.LanguageServer.CommandLine;

/// <summary>The arguments of verbs that look at files, which look alike.</summary>
internal static class PathArguments
{
    public static Argument<string[]> MakePaths() => new("paths")
    {
        Description = "Factories' folders, folders with several, or files; '-' for a text on standard input, with --stdin-path.",
        Arity = ArgumentArity.OneOrMore,
    };

    public static Option<string?> MakeStdinPath() => new("--stdin-path", "--stdin") { Description = "The file that the text on standard input is of; it need not exist." };

    /// <summary>All of standard input, in UTF-8.</summary>
    public static string ReadInput()
    {
        using var input = Console.OpenStandardInput();
        using var reader = new StreamReader(input, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        return reader.ReadToEnd();
    }
}
