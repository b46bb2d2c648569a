// Several files in one text: each after a line `=== path`; one of them has a cursor.
using Pipewright.Core.Factory;
using Pipewright.Core.Features;
using Pipewright.Core.Tests.Rules;
using Pipewright.Core.Text;
using Xunit;

namespace Pipewright.Core.Tests.Features.Renaming;

internal static class RenameCase
{
    /// <summary>Renames what is at the cursor, and gives all files as they are then.</summary>
    public static string Rename(string files, string newName, bool canRenameFiles = true)
    {
        var (factory, document, offset) = Open(files);
        var result = LanguageFeatures.GetRename(factory, document, offset, newName, canRenameFiles, default);
        Assert.NotNull(result);
        Assert.Null(result.Obstacle);
        return Write(Apply(factory, result.Changes));
    }

    /// <summary>Why what is at the cursor keeps its name.</summary>
    public static string? Obstacle(string files, string newName)
    {
        var (factory, document, offset) = Open(files);
        var result = LanguageFeatures.GetRename(factory, document, offset, newName, canRenameFiles: true, default);
        Assert.True(result is null || result.Changes.IsEmpty != (result.Obstacle is null));
        return result?.Obstacle;
    }

    public static (FactorySnapshot Factory, ResourceDocument Document, int Offset) Open(string files)
    {
        var parsed = Parse(files);
        var (path, marked) = parsed.Single(f => f.Text.Contains('|', StringComparison.Ordinal));
        var (_, offset) = TestText.WithCursor(marked);
        var factory = FactoryOf(parsed.Select(f => (f.Path, f.Text.Replace("|", "", StringComparison.Ordinal))));
        return (factory, factory.Documents[path], offset);
    }

    public static FactorySnapshot Apply(FactorySnapshot factory, IEnumerable<FileChange> changes) => changes.Aggregate(factory, RuleCases.Edit);

    public static string Write(FactorySnapshot factory) =>
        string.Concat(factory.Documents.Values.OrderBy(d => d.Path, StringComparer.Ordinal).Select(d => $"=== {d.Path}\n{d.Text}"));

    private static List<(string Path, string Text)> Parse(string files) =>
        [.. files.Split("=== ", StringSplitOptions.RemoveEmptyEntries).Select(f => f.Split('\n', 2)).Select(p => (p[0], p[1]))];

    private static FactorySnapshot FactoryOf(IEnumerable<(string Path, string Text)> files) => FactorySnapshot.Empty.With(files.Select(f => TestText.Document(f.Path, f.Text)));
}
