// The texts that everything starts from: the samples, the golden factories, and real ones where they are present.
using Pipewright.Core.Factory;

namespace Pipewright.Fuzz.Texts;

/// <summary>A file of a factory.</summary>
/// <param name="Root">The factory's folder.</param>
/// <param name="Path">Relative to it, with <c>/</c>.</param>
internal sealed record Subject(string Root, string Path, string Text)
{
    public string Name => $"{System.IO.Path.GetFileName(Root)}/{Path}";
}

internal static class Subjects
{
    public static string Repository { get; } = FindRepository();

    /// <summary>The factories of the repository: samples, and those with mistakes.</summary>
    public static IReadOnlyList<string> OwnRoots { get; } =
    [
        .. new[] { "samples", "tests/Core.Tests/Golden" }.Select(f => Path.Combine(Repository, f)).SelectMany(f => Directory.GetDirectories(f)).Order(StringComparer.Ordinal),
    ];

    /// <summary>Real factories, where the environment names a folder of them; none without it.</summary>
    public static IReadOnlyList<string> RealRoots { get; } = Environment.GetEnvironmentVariable("PIPEWRIGHT_CORPUS") is { Length: > 0 } corpus && Directory.Exists(corpus)
        ? [.. Directory.GetDirectories(corpus).Order(StringComparer.Ordinal)]
        : [];

    /// <summary>The resource files of a factory.</summary>
    public static IEnumerable<Subject> Resources(string root) => Files(root, path => FileClassification.Classify(path) is not null);

    /// <summary>The files of a factory whose path is wanted.</summary>
    public static IEnumerable<Subject> Files(string root, Func<string, bool> isWanted) =>
        from file in Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
        let path = Path.GetRelativePath(root, file).Replace('\\', '/')
        where isWanted(path)
        select new Subject(root, path, File.ReadAllText(file));

    private static string FindRepository()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "LanguageServer.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException("This runs from below the repository's root.");
    }
}
