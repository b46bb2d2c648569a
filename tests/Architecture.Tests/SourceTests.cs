using System.Text.RegularExpressions;
using Pipewright.Core.Rules;
using Xunit;

namespace Pipewright.Architecture.Tests;

/// <summary>Rules over the source text: size, names, what must not be there.</summary>
public sealed partial class SourceTests
{
    private const int LongestFile = 600;
    private const int LongestFunction = 70;

    private static readonly string Root = FindRoot();


    [Fact]
    public void No_source_file_is_longer_than_600_lines()
    {
        string[] files = [.. SourceFiles("*.cs"), .. SourceFiles("*.ts"), .. SourceFiles("*.mjs"), .. SourceFiles("*.lua")];
        Assert.NotEmpty(files);
        Assert.DoesNotContain(files, f => File.ReadLines(Path.Combine(Root, f)).Count() > LongestFile);
    }

    [Fact]
    public void No_type_has_a_name_that_says_nothing()
    {
        var named = from file in SourceFiles("*.cs")
                    from Match match in TypeDeclaration().Matches(File.ReadAllText(Path.Combine(Root, file)))
                    select (file, name: match.Groups["name"].Value);
        Assert.DoesNotContain(named, t => VagueName().IsMatch(t.name));
    }

    [Fact]
    public void No_function_must_be_scrolled() => Assert.Empty(SourceFiles("*.cs").SelectMany(FindLongFunctions));

    [Fact]
    public void Nothing_is_left_unfinished()
    {
        var marks = from file in SourceFiles("*.cs").Concat(SourceFiles("*.ts"))
                    where !file.StartsWith("tests/Architecture.Tests/", StringComparison.Ordinal)
                    from line in File.ReadLines(Path.Combine(Root, file))
                    where line.Contains("TODO", StringComparison.Ordinal) || line.Contains("FIXME", StringComparison.Ordinal)
                        || line.Contains("NotImplementedException", StringComparison.Ordinal)
                    select $"{file}: {line.Trim()}";
        Assert.Empty(marks);
    }

    [Fact]
    public void Every_diagnostic_has_a_code_of_its_own_and_a_page()
    {
        var codes = (from file in SourceFiles("*.cs")
                     where file.StartsWith("server/", StringComparison.Ordinal)
                     from Match match in Descriptor().Matches(File.ReadAllText(Path.Combine(Root, file)))
                     select match.Groups["code"].Value).ToList();
        Assert.NotEmpty(codes);
        Assert.Empty(codes.GroupBy(c => c).Where(g => g.Count() > 1).Select(g => g.Key));
        Assert.DoesNotContain(codes, c => !File.Exists(Path.Combine(Root, "docs", "rules", c + ".md")));
        Assert.Equal(codes.Order(StringComparer.Ordinal), RuleCatalog.All.Select(r => r.Code));
    }

    private static IEnumerable<string> FindLongFunctions(string file)
    {
        var lines = File.ReadAllLines(Path.Combine(Root, file));
        for (var i = 0; i + 1 < lines.Length; i++)
        {
            var indent = lines[i].Length - lines[i].TrimStart().Length;
            if (indent is not (4 or 8) || !lines[i + 1].StartsWith(new string(' ', indent) + "{", StringComparison.Ordinal) || !lines[i].Contains('(', StringComparison.Ordinal)
                || TypeDeclaration().IsMatch(lines[i]))
            {
                continue;
            }

            var end = Array.FindIndex(lines, i + 1, l => l.StartsWith(new string(' ', indent) + "}", StringComparison.Ordinal));
            if (end - i > LongestFunction)
            {
                yield return $"{file}:{i + 1} has {end - i} lines: {lines[i].Trim()}";
            }
        }
    }

    private static IEnumerable<string> SourceFiles(string pattern) =>
        from top in (string[])["server", "schemas", "tests", "extension"]
        let folder = Path.Combine(Root, top)
        where Directory.Exists(folder)
        from path in Directory.EnumerateFiles(folder, pattern, SearchOption.AllDirectories)
        let relative = Path.GetRelativePath(Root, path).Replace('\\', '/')
        where !Generated().IsMatch(relative)
        select relative;

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "LanguageServer.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("The tests run from below the repository's root.");
    }

    [GeneratedRegex(@"(^|/)(bin|obj|node_modules|out|dist|\.cache)/")]
    private static partial Regex Generated();

    [GeneratedRegex(@"^\s*(public|internal|private|file)?\s*(static |sealed |abstract |partial |readonly )*(class|record struct|record|struct|interface|enum) (?<name>\w+)", RegexOptions.Multiline)]
    private static partial Regex TypeDeclaration();

    [GeneratedRegex("(Helper|Helpers|Manager|Utils|Util|Utilities|Info|Data)$")]
    private static partial Regex VagueName();

    [GeneratedRegex("""(new|Rule)\(\s*(new\()?"(?<code>PW\d{4})",""")]
    private static partial Regex Descriptor();
}
