// Real factories to test on, where they are present. They are not part of the project; without them these tests have nothing to do.
using Pipewright.Core.Factory;
using Pipewright.Core.Text;
using Xunit;

namespace Pipewright.Core.Tests;

internal static class CorpusFiles
{
    /// <summary>The folder with one factory a subfolder; null where it is not present.</summary>
    public static string? Folder { get; } = Find();

    public static IEnumerable<string> Factories => Folder is null ? [] : Directory.GetDirectories(Folder).Order(StringComparer.Ordinal);

    /// <summary>Every resource file of a factory, parsed.</summary>
    public static IEnumerable<ResourceDocument> Load(string factory) =>
        from path in Directory.EnumerateFiles(factory, "*.json", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
        let document = ResourceDocument.Create(Path.GetRelativePath(factory, path).Replace('\\', '/'), new SourceText(File.ReadAllText(path)))
        where document is not null
        select document;

    private static string? Find()
    {
        if (Environment.GetEnvironmentVariable("PIPEWRIGHT_CORPUS") is { Length: > 0 } named)
        {
            return Directory.Exists(named) ? named : null;
        }

        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var candidate = Path.Combine(folder.FullName, "shared", "corpus");
            if (Directory.Exists(candidate))
            {
                return candidate;
            }
        }

        return null;
    }
}

/// <summary>A fact that is skipped where the real factories are not present.</summary>
internal sealed class CorpusFactAttribute : FactAttribute
{
    public CorpusFactAttribute()
    {
        if (CorpusFiles.Folder is null)
        {
            Skip = "The corpus of real factories is not present; set PIPEWRIGHT_CORPUS to its folder.";
        }
    }
}
