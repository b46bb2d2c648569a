namespace Pipewright.LanguageServer.CommandLine;

/// <summary>What a verb tells by its exit code, the same for all of them (docs/command-line.md).</summary>
internal static class ExitCodes
{
    public const int Fine = 0;

    /// <summary>The files have errors, or are not as they should be.</summary>
    public const int Findings = 1;

    /// <summary>The command line is wrong, or nobody said yes.</summary>
    public const int WrongUsage = 2;

    /// <summary>A file or folder can't be read or written.</summary>
    public const int Environment = 3;

    /// <summary>The factory can't be read, has refused something, or a run has failed.</summary>
    public const int Remote = 4;

    /// <summary>As shells report a program that Ctrl+C has ended.</summary>
    public const int Interrupted = 130;
}
