using System.CommandLine;

namespace Pipewright.LanguageServer.CommandLine;

/// <summary>How much a run says beside its results, and whether in colours: the same for every verb (docs/command-line.md).</summary>
internal static class Terminal
{
    private static readonly Option<bool> Quiet = new("--quiet", "-q") { Description = "Say nothing but results, and what went wrong.", Recursive = true };
    private static readonly Option<bool> Verbose = new("--verbose", "-v") { Description = "Also say what is being done, and how long it takes.", Recursive = true };

    private static bool _isQuiet;
    private static bool _isVerbose;

    /// <summary>Whether standard output takes colours.</summary>
    public static bool UsesColour => AllowsColour(Console.IsOutputRedirected, Environment.GetEnvironmentVariable);

    /// <summary>Whether standard error takes colours.</summary>
    public static bool ErrorUsesColour => AllowsColour(Console.IsErrorRedirected, Environment.GetEnvironmentVariable);

    public static bool IsQuiet => _isQuiet;

    /// <summary>Whether somebody is watching, so that a line may be drawn again and again.</summary>
    public static bool IsWatched => !_isQuiet && !Console.IsErrorRedirected && !IsDumb(Environment.GetEnvironmentVariable);

    public static void AddTo(RootCommand root)
    {
        root.Options.Add(Quiet);
        root.Options.Add(Verbose);
    }

    /// <summary>Takes what the command line says.</summary>
    public static void Configure(ParseResult parsed)
    {
        _isQuiet = parsed.GetValue(Quiet);
        _isVerbose = parsed.GetValue(Verbose) && !_isQuiet;
    }

    /// <summary>Says on standard error what a person may like to know.</summary>
    public static void Note(string text)
    {
        if (!_isQuiet)
        {
            Console.Error.WriteLine(text);
        }
    }

    /// <summary>Says on standard error what helps to find out why something is slow, or not as expected.</summary>
    public static void Detail(string text)
    {
        if (_isVerbose)
        {
            Console.Error.WriteLine(text);
        }
    }

    /// <summary>
    /// Whether a stream takes colours. <c>NO_COLOR</c> forbids them (no-color.org); <c>FORCE_COLOR</c> asks for them where there is no terminal, and
    /// forbids them as <c>0</c> or <c>false</c>; a terminal that says it is dumb has none.
    /// </summary>
    /// <param name="environment">Gives a variable's value; null for none.</param>
    internal static bool AllowsColour(bool isRedirected, Func<string, string?> environment) => (environment("NO_COLOR"), environment("FORCE_COLOR")) switch
    {
        ({ Length: > 0 }, _) => false,
        (_, "0" or "false") => false,
        (_, { Length: > 0 }) => true,
        _ => !isRedirected && !IsDumb(environment),
    };

    /// <summary>A text in one of the terminal's own colours, by its number in the ANSI standard.</summary>
    public static string Paint(string text, int colour, bool usesColour) => usesColour ? $"\u001B[{colour}m{text}\u001B[0m" : text;

    private static bool IsDumb(Func<string, string?> environment) => environment("TERM") == "dumb";
}
