using Xunit;

namespace Pipewright.Server.Tests;

/// <summary>Real factories to test on, where they are present. They are not part of the project.</summary>
internal static class CorpusFolder
{
    public static string? Path { get; } = Find();

    public static IEnumerable<string> Factories => Path is null ? [] : Directory.GetDirectories(Path).Order(StringComparer.Ordinal);

    private static string? Find() => Environment.GetEnvironmentVariable("PIPEWRIGHT_CORPUS") is { Length: > 0 } named
        ? Directory.Exists(named) ? named : null
        : Directory.Exists(System.IO.Path.Combine(Repository.Root, "..", "shared", "corpus")) ? System.IO.Path.Combine(Repository.Root, "..", "shared", "corpus") : null;
}

/// <summary>A fact that is skipped where the real factories are not present.</summary>
internal sealed class CorpusFactAttribute : FactAttribute
{
    public CorpusFactAttribute()
    {
        if (CorpusFolder.Path is null)
        {
            Skip = "The corpus of real factories is not present; set PIPEWRIGHT_CORPUS to its folder.";
        }
    }
}
