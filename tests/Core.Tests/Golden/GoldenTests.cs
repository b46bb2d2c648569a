// Whole factories with everything that is found in them, to be read. Run with PIPEWRIGHT_ACCEPT=1 to write what is found now into the files.
using System.Collections.Immutable;
using Pipewright.Core.Factory;
using Pipewright.Core.Features;
using Pipewright.Core.Notebooks;
using Pipewright.Core.Rules;
using Pipewright.Core.Tests.Rules;
using Pipewright.Core.Text;
using Xunit;

namespace Pipewright.Core.Tests.Golden;

public sealed class GoldenTests
{
    private const string Folder = "tests/Core.Tests/Golden";
    private const string Accept = "PIPEWRIGHT_ACCEPT";

    /// <summary>What no file here shows, and why not. Each is tested with its rule.</summary>
    private static readonly Dictionary<string, string> NotShown = new()
    {
        ["PW1012"] = "takes hundreds of brackets",
        ["PW1022"] = "takes a file of more than 4 MB",
        ["PW1023"] = "takes a mistake of ours that is not known",
        ["PW3008"] = "takes an expression of more than 8,192 characters",
        ["PW3009"] = "takes hundreds of calls inside of each other",
        ["PW5101"] = "takes more than 120 activities",
        ["PW5102"] = "takes more than 80 activities",
        ["PW5103"] = "takes more than 50 parameters",
        ["PW5104"] = "takes a file of more than 200 KB",
        ["PW5105"] = "takes a file of more than 100 KB",
        ["PW5106"] = "takes more than 5,000 files",
        ["PW6021"] = "takes a Databricks workspace",
        ["PW6022"] = "takes a Databricks workspace",
        ["PW6023"] = "takes a Databricks workspace",
        ["PW6024"] = "takes a Databricks workspace",
        ["PW6025"] = "takes a Databricks workspace",
        ["PW6026"] = "takes a Databricks workspace",
        ["PW6027"] = "takes a Databricks workspace",
        ["PW6028"] = "takes a Databricks workspace",
        ["PW6029"] = "takes a Databricks workspace",
        ["PW8001"] = "takes a factory in Azure",
    };

    /// <summary>The factories that are written for this test: the files are their own source.</summary>
    private static readonly string[] Factories = ["broken", "habits", "configuration"];

    public static TheoryData<string> Written => [.. Factories];

    public static TheoryData<string> Samples => ["medallion", "medallion-git"];

    [Theory]
    [MemberData(nameof(Written))]
    public void A_factory_is_found_to_be_as_its_comments_say(string name)
    {
        var files = RepositoryFiles.Read($"{Folder}/{name}").ToImmutableArray();
        Compare(name, [.. files.Where(f => !IsNotebook(f.Path))], [.. files.Select(f => (f.Path, GoldenFile.Strip(f.Text)))]);
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void A_sample_is_found_to_be_as_its_golden_copy_says(string name) => Compare(
        name,
        [.. Directory.Exists(Path.Combine(RepositoryFiles.Root, Folder, name)) ? RepositoryFiles.Read($"{Folder}/{name}") : []],
        [.. RepositoryFiles.Read("samples/" + name).Where(f => IsOfFactory(f.Path) || IsNotebook(f.Path))]);

    [Theory]
    [MemberData(nameof(Written))]
    public void Every_fix_that_is_shown_mends_its_finding(string name)
    {
        var factory = Load([.. RepositoryFiles.Read($"{Folder}/{name}").Select(f => (f.Path, GoldenFile.Strip(f.Text)))]);
        var mended = from document in factory.Documents.Values
                     where !document.HasSyntaxErrors
                     from code in LanguageFeatures.GetDiagnostics(factory, document, default).Select(d => d.Code).Distinct()
                     select (document, code);
        Assert.All(mended, m => RuleCases.CheckFixes(factory, m.document, m.code));
    }

    [Fact]
    public void Every_rule_is_shown_or_it_is_said_why_not()
    {
        var shown = Factories.SelectMany(n => RepositoryFiles.Read($"{Folder}/{n}")).SelectMany(f => GoldenFile.CodesOf(f.Text)).ToHashSet();
        Assert.Equal(NotShown.Keys.Order(StringComparer.Ordinal), RuleCatalog.All.Select(r => r.Code).Where(c => !shown.Contains(c)));
    }

    [Theory]
    [InlineData("pipeline/a.json", "{\n  \"a\": 1\n}", 0, 1, "{\n// PW2001 warning: It is wrong.\n  \"a\": 1\n}")]
    [InlineData("pipeline/a.json", "{\n  \"a\": 1\n}", 4, 3, "{\n  \"a\": 1\n//~~~ PW2001 warning: It is wrong.\n}")]
    [InlineData("a.pipeline.yaml", "a: 1\n\tb: |\n  x\n", 9, 5, "a: 1\n\tb: |\n#   ~ PW2001 warning: It is wrong.\n  x\n")]
    [InlineData("a.pipeline.yaml", "a: 1\n", 0, 4, "a: 1\n#~~~ PW2001 warning: It is wrong.\n")]
    [InlineData("a.pipeline.yaml", "a: 1\n", 5, 0, "a: 1\n\n# PW2001 warning: It is wrong.")]
    public void A_finding_is_a_comment_under_its_line_that_can_be_taken_out(string path, string text, int start, int length, string golden)
    {
        var finding = RuleCatalog.Find("PW2001")!.At(new TextSpan(start, length), "It is wrong.");
        Assert.Equal(golden, GoldenFile.Write(path, new SourceText(text), [finding]));
        Assert.Equal(text, GoldenFile.Strip(golden));
    }

    private static void Compare(string name, ImmutableArray<(string Path, string Text)> golden, ImmutableArray<(string Path, string Text)> sources)
    {
        ImmutableArray<(string Path, string Text)> found = [.. Check(sources)];
        if (Environment.GetEnvironmentVariable(Accept) is not (null or ""))
        {
            Write(name, golden, found);
            return;
        }

        var differences = golden.Concat(found).Select(f => f.Path).Distinct().Order(StringComparer.Ordinal)
            .Select(p => (Path: p, Lines: Differ(Find(golden, p), Find(found, p)))).Where(d => d.Lines.Length > 0)
            .Select(d => $"{Folder}/{name}/{d.Path}\n{string.Join('\n', d.Lines)}").ToList();
        Assert.True(differences.Count == 0, $"""
            What is found in the factory '{name}' is not what its golden files say (- is there, + is found now):

            {string.Join("\n\n", differences)}

            If what is found now is right: {Accept}=1 dotnet test tests/Core.Tests --filter GoldenTests, and read the difference.
            """);
    }

    /// <summary>The files with what is found in them, all together being one factory.</summary>
    private static IEnumerable<(string Path, string Text)> Check(ImmutableArray<(string Path, string Text)> sources)
    {
        Assert.All(sources, s => Assert.True(IsOfFactory(s.Path) || IsNotebook(s.Path), $"'{s.Path}' is no file of a factory."));
        var factory = Load(sources);
        return sources.Where(s => !IsNotebook(s.Path)).Select(s => (s.Path, s.Path == FactoryConfiguration.FileName
            ? GoldenFile.Write(s.Path, new SourceText(s.Text), LanguageFeatures.GetConfigurationDiagnostics(factory))
            : GoldenFile.Write(s.Path, factory.FindDocument(s.Path)!.Text, LanguageFeatures.GetDiagnostics(factory, factory.FindDocument(s.Path)!, default))));
    }

    internal static FactorySnapshot Load(ImmutableArray<(string Path, string Text)> sources)
    {
        var configuration = FactoryConfiguration.Parse(new SourceText(Find(sources, FactoryConfiguration.FileName)));
        return FactorySnapshot.Empty.With(configuration)
            .With(sources.Where(s => s.Path != FactoryConfiguration.FileName && !IsNotebook(s.Path)).Select(s => TestText.Document(s.Path, s.Text)))
            .With(NotebookIndex.Create(configuration.Notebooks, sources.Where(s => IsNotebook(s.Path)).Select(s => KeyValuePair.Create(s.Path, Notebook.Parse(s.Path, new SourceText(s.Text))))));
    }

    private static bool IsNotebook(string path) => NotebookFolder.ExtensionOf(path) is not null;

    private static bool IsOfFactory(string path) => path == FactoryConfiguration.FileName || FileClassification.Classify(path) is not null;

    private static string Find(ImmutableArray<(string Path, string Text)> files, string path) => files.FirstOrDefault(f => f.Path == path).Text ?? "";

    private static void Write(string name, ImmutableArray<(string Path, string Text)> old, ImmutableArray<(string Path, string Text)> found)
    {
        var folder = Path.Combine(RepositoryFiles.Root, Folder, name);
        foreach (var (path, text) in found.Where(f => Find(old, f.Path) != f.Text))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(folder, path))!);
            File.WriteAllText(Path.Combine(folder, path), text);
        }

        foreach (var (path, _) in old.Where(o => !found.Any(f => f.Path == o.Path)))
        {
            File.Delete(Path.Combine(folder, path));
        }
    }

    /// <summary>The lines that are not the same in both, with their numbers in the file.</summary>
    private static string[] Differ(string golden, string found)
    {
        if (golden == found)
        {
            return [];
        }

        var (before, after) = (golden.Split('\n'), found.Split('\n'));
        var same = LengthsOfSame(before, after);
        var lines = new List<string>();
        for (var (x, y) = (0, 0); x < before.Length || y < after.Length;)
        {
            if (x < before.Length && y < after.Length && before[x] == after[y])
            {
                (x, y) = (x + 1, y + 1);
            }
            else if (y == after.Length || (x < before.Length && same[x + 1][y] >= same[x][y + 1]))
            {
                lines.Add($"{x + 1,5} - {before[x++]}");
            }
            else
            {
                lines.Add($"{x + 1,5} + {after[y++]}");
            }
        }

        return [.. lines];
    }

    /// <summary>How many lines are the same, at most, from a line of one text and a line of another on.</summary>
    private static int[][] LengthsOfSame(string[] before, string[] after)
    {
        int[][] lengths = [.. Enumerable.Range(0, before.Length + 1).Select(_ => new int[after.Length + 1])];
        for (var x = before.Length - 1; x >= 0; x--)
        {
            for (var y = after.Length - 1; y >= 0; y--)
            {
                lengths[x][y] = before[x] == after[y] ? lengths[x + 1][y + 1] + 1 : Math.Max(lengths[x + 1][y], lengths[x][y + 1]);
            }
        }

        return lengths;
    }
}
