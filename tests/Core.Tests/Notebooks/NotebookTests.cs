using System.Globalization;
using System.Text;
using Pipewright.Core.Notebooks;
using Pipewright.Core.Text;
using Xunit;

namespace Pipewright.Core.Tests.Notebooks;

/// <summary>What is read off notebooks: by a table of snippets, and on any text at all.</summary>
public sealed class NotebookTests
{
    private static readonly List<(string Title, string File, string Text, string[] Expected)> Snippets = [.. ReadSnippets()];

    public static TheoryData<string> Titles => [.. Snippets.Select(s => s.Title)];

    [Fact]
    public void There_are_more_than_a_hundred_snippets() => Assert.True(Snippets.Count > 100, $"{Snippets.Count}");

    [Theory]
    [MemberData(nameof(Titles))]
    public void A_snippet_says_what_the_table_says(string title)
    {
        var (_, file, text, expected) = Snippets.Single(s => s.Title == title);
        Assert.Equal(expected, Describe(Notebook.Parse(file, new SourceText(text))));
    }

    [Theory]
    [MemberData(nameof(Titles))]
    public void A_name_stands_where_it_is_said_to_stand(string title)
    {
        var (_, file, text, _) = Snippets.Single(s => s.Title == title);
        var notebook = Notebook.Parse(file, new SourceText(text));
        Assert.All(notebook.WidgetUses.Where(u => u.IsWritten), u => Assert.Equal(u.Name, text.Substring(u.Span.Start, u.Span.Length)));
        Assert.All(notebook.Links.Where(l => l is { IsInclude: true, Path: not null }), l => Assert.Equal(l.Path, text.Substring(l.Span.Start, l.Span.Length)));
    }

    [Theory]
    [InlineData("(")]
    [InlineData("((")]
    [InlineData("f\"{")]
    [InlineData("'''")]
    [InlineData("dbutils.widgets.text(")]
    [InlineData("dbutils.widgets.get(f\"{")]
    [InlineData("a = a + a\n")]
    [InlineData("x={'a':x,'b':x};dbutils.notebook.exit(json.dumps(x))\n")]
    [InlineData("a=")]
    [InlineData("/*")]
    [InlineData(":a ")]
    [InlineData("${a}")]
    [InlineData("FROM a,")]
    [InlineData(".read.write")]
    [InlineData("\n# MAGIC %run a")]
    [InlineData("[{\"a\":")]
    [InlineData("%run \"")]
    public void A_hostile_text_is_read_in_time_that_grows_with_its_length(string part)
    {
        var text = new StringBuilder().Insert(0, part, 200_000 / part.Length).ToString();
        foreach (var extension in NotebookFolder.Extensions)
        {
            Assert.NotNull(Notebook.Parse("a" + extension, new SourceText(text)));
        }
    }

    [Fact]
    public void A_text_that_is_too_long_is_a_notebook_of_which_nothing_is_known()
    {
        var notebook = Notebook.Parse("a.py", new SourceText(new string('x', Notebook.MostCharacters + 1)));
        Assert.True(notebook is { IsNotebook: true, HasComputedWidgets: true, ReadsAll: true, MayExitElsewhere: true });
    }

    [Fact]
    public void Constants_that_use_each_other_come_to_an_end()
    {
        var text = string.Join('\n', Enumerable.Range(0, 40).Select(i => $"v{i} = {{\"a\": v{i + 1}, \"b\": v{i + 1}}}")) + "\nv40 = 1\nimport json\ndbutils.notebook.exit(json.dumps(v0))\n";
        Assert.Single(Notebook.Parse("a.py", new SourceText(text)).Exits);
    }

    [Fact]
    public void Every_beginning_of_a_notebook_is_a_notebook()
    {
        foreach (var (path, text) in RepositoryFiles.Read("samples/medallion/notebooks").Concat(Snippets.Select(s => (s.File, s.Text))))
        {
            for (var length = 0; length <= text.Length; length++)
            {
                var notebook = Notebook.Parse(path, new SourceText(text[..length]));
                Assert.All(notebook.WidgetUses, u => Assert.True(u.Span.End <= length, path));
                Assert.All(notebook.Accesses, a => Assert.True(a.Span.End <= length, path));
            }
        }
    }

    private static string[] Describe(Notebook notebook) =>
    [
        .. notebook.IsNotebook ? Array.Empty<string>() : ["plain file"],
        .. notebook.Introduction is { } said ? [$"introduction {Show(said)}"] : Array.Empty<string>(),
        .. notebook.Cells.Select(c => c.Title).OfType<string>().Select(t => $"title {t}"),
        .. notebook.Widgets.Select(w => $"widget {w.Kind.ToString().ToLowerInvariant()} {w.Name}"
            + (w.HasDefault ? w.Default is { } value ? $" = '{Show(value)}'" : " = ?" : "")
            + (w.Choices is { } choices ? $" [{string.Join('|', choices)}]" : "") + (w.Label is { } label ? $" \"{label}\"" : "")),
        .. notebook.WidgetUses.Where(u => u.Kind != WidgetUseKind.Declaration).Select(u => (u.Kind switch
        {
            WidgetUseKind.Read => "read ",
            WidgetUseKind.UncertainRead => "maybe ",
            _ => "removes ",
        }) + u.Name),
        .. notebook.Links.Select(l => $"{(l.IsInclude ? "include" : "run")} {l.Path ?? "?"}" + (l.Arguments.IsEmpty ? "" : $" ({string.Join(", ", l.Arguments)})")),
        .. notebook.Exits.Select(e => "exit " + Describe(e.Value)),
        .. notebook.Accesses.Select(a => $"{(a.IsWrite ? "writes" : "reads")} {(a.IsPath ? "path" : "table")} {a.Name}"),
        .. notebook.HasComputedWidgets ? ["computed widgets"] : Array.Empty<string>(),
        .. notebook.ReadsAll ? ["reads all"] : Array.Empty<string>(),
        .. notebook.MayExitElsewhere ? ["exits elsewhere"] : Array.Empty<string>(),
    ];

    private static string Describe(ReturnedValue value) => value.Kind != ReturnedKind.Object
        ? value.Kind.ToString()
        : $"{{{string.Join(", ", [.. value.Members.Select(m => $"{m.Name}: {Describe(m.Value)}"), .. value.IsOpen ? ["…"] : Array.Empty<string>()])}}}";

    private static string Show(string text) => text.Replace("\t", "{tab}", StringComparison.Ordinal).Replace("\n", "{lf}", StringComparison.Ordinal);

    private static IEnumerable<(string Title, string File, string Text, string[] Expected)> ReadSnippets()
    {
        var all = File.ReadAllText(Path.Combine(RepositoryFiles.Root, "tests/Core.Tests/Notebooks/Snippets.txt"));
        foreach (var block in all.Split("\n@ ").Skip(1))
        {
            var lines = block.TrimEnd().Split('\n');
            var (kind, title) = lines[0].Split(' ', 2) is [var first, var rest] ? (first, rest) : (lines[0], "");
            var code = string.Join('\n', lines.Skip(1).Where(l => !l.StartsWith("=> ", StringComparison.Ordinal))) + "\n";
            var extension = kind[(kind.IndexOf('.', StringComparison.Ordinal) + 1)..];
            var text = kind.StartsWith("cells.", StringComparison.Ordinal) ? code : Wrap(extension, code);
            yield return (string.Create(CultureInfo.InvariantCulture, $"{kind}: {title}"), "a." + extension,
                title.EndsWith("{crlf}", StringComparison.Ordinal) ? text.Replace("\n", "\r\n", StringComparison.Ordinal) : text,
                [.. lines.Where(l => l.StartsWith("=> ", StringComparison.Ordinal)).Select(l => l[3..])]);
        }
    }

    /// <summary>The one cell of a notebook; of another language behind the marks that it is exported with.</summary>
    private static string Wrap(string extension, string code)
    {
        var mark = extension switch { "sql" => "--", "scala" => "//", _ => "#" };
        var isMagic = code.StartsWith('%') && !code.StartsWith("%pip", StringComparison.Ordinal);
        return $"{mark} Databricks notebook source\n" + (isMagic ? string.Concat(code.TrimEnd().Split('\n').Select(l => $"{mark} MAGIC {l}\n")) : code);
    }
}
