using Pipewright.Core.Features;
using Xunit;

namespace Pipewright.Core.Tests.Samples;

/// <summary>A sample with one line missing keeps in its outline every activity that the line is not part of.</summary>
public sealed class DamagedSampleTests
{
    public static TheoryData<string> Pipelines() => [.. new[] { "medallion", "medallion-git" }
        .SelectMany(f => Directory.EnumerateFiles(Path.Combine(SampleFolder(), f), "*", SearchOption.AllDirectories))
        .Where(f => f.EndsWith(".pipeline.yaml", StringComparison.Ordinal) || f.Contains("/pipeline/", StringComparison.Ordinal))
        .Select(f => Path.GetRelativePath(SampleFolder(), f))];

    [Theory]
    [MemberData(nameof(Pipelines))]
    public void Without_any_one_line_every_other_activity_is_listed(string file)
    {
        var path = file.EndsWith(".json", StringComparison.Ordinal) ? "pipeline/p.json" : "p.pipeline.yaml";
        var lines = File.ReadAllLines(Path.Combine(SampleFolder(), file));
        var activities = Activities(path, lines);
        Assert.NotEmpty(activities);
        var lost = new List<string>();
        for (var i = 0; i < lines.Length; i++)
        {
            var found = Activities(path, [.. lines.Where((_, n) => n != i)]).Select(a => a.Name).ToHashSet();
            lost.AddRange(activities.Where(a => (i < a.First || i > a.Last) && !found.Contains(a.Name)).Select(a => $"line {i + 1} '{lines[i].Trim()}' loses {a.Name}"));
        }

        Assert.Empty(lost);
    }

    private static List<(string Name, int First, int Last)> Activities(string path, string[] lines)
    {
        var document = TestText.Document(path, string.Join('\n', lines));
        var found = new List<(string, int, int)>();
        var pending = new Queue<OutlineItem>(LanguageFeatures.GetOutline(document, default));
        while (pending.TryDequeue(out var item))
        {
            if (item.Kind is OutlineKind.Activity or OutlineKind.Container)
            {
                found.Add((item.Name, document.Text.GetLine(item.Span.Start), document.Text.GetLine(item.Span.End)));
            }

            item.Children.ToList().ForEach(pending.Enqueue);
        }

        return found;
    }

    private static string SampleFolder()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "LanguageServer.sln")))
        {
            folder = folder.Parent;
        }

        return Path.Combine(folder.FullName, "samples");
    }
}
