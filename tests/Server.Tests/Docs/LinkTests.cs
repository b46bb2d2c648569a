using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using Xunit;

namespace Pipewright.Server.Tests.Docs;

/// <summary>Links in all pages of the repository lead somewhere.</summary>
public sealed class LinkTests
{
    private static readonly Dictionary<string, DocumentationPage> Pages = DocumentationPage.All.ToDictionary(p => p.Path);

    [Fact]
    public void Every_link_within_the_repository_leads_to_a_file_and_a_heading_that_are_there()
    {
        var links = (from page in Pages.Values
                     from link in page.Document.Descendants<LinkInline>()
                     where link.Url is { Length: > 0 } url && !url.Contains("://", StringComparison.Ordinal) && !url.StartsWith("mailto:", StringComparison.Ordinal)
                     select (page, link.Line, link.Url!)).ToList();
        Assert.True(links.Count > 300, "Hardly a link was found: the pages are read wrongly.");
        Report(from link in links let problem = Check(link.page, link.Item3) where problem is not null select $"{link.page.Path}:{link.Line + 1}: {problem}");
    }

    [Fact]
    public void Every_link_to_elsewhere_is_an_address_over_https() => Report(
        from page in Pages.Values
        from link in page.Document.Descendants<LinkInline>()
        where link.Url is { } url && url.Contains("://", StringComparison.Ordinal) && !(Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Scheme == "https")
        select $"{page.Path}:{link.Line + 1}: '{link.Url}' is no https address.");

    [Fact]
    public void Every_picture_says_what_it_shows() => Report(
        from page in Pages.Values
        from link in page.Document.Descendants<LinkInline>()
        where link.IsImage && link.FirstChild is null
        select $"{page.Path}:{link.Line + 1}: the picture '{link.Url}' has no text.");

    [Fact]
    public void The_index_names_every_page()
    {
        var index = DocumentationPage.Of("docs/README.md");
        var named = index.Document.Descendants<LinkInline>().Select(l => l.Url?.Split('#')[0]).ToHashSet();
        Report(
            from page in Pages.Keys
            where page.StartsWith("docs/", StringComparison.Ordinal) && page.Count(c => c == '/') == 1 && page != index.Path && !named.Contains(page["docs/".Length..])
            select $"docs/README.md has no link to {page["docs/".Length..]}: say there in a line what it is about.");
    }

    internal static void Report(IEnumerable<string> problems)
    {
        var all = problems.ToList();
        Assert.True(all.Count == 0, string.Join('\n', all));
    }

    /// <summary>What is wrong with a link; null if nothing is.</summary>
    private static string? Check(DocumentationPage page, string url)
    {
        var (path, anchor) = url.Split('#', 2) is [var before, var after] ? (before, after) : (url, null);
        var file = path.Length == 0 ? page.Path : Resolve(page.Path, Uri.UnescapeDataString(path));
        if (file is null || (!File.Exists(Path.Combine(Repository.Root, file)) && !Directory.Exists(Path.Combine(Repository.Root, file))))
        {
            return $"'{url}' leads to nothing.";
        }

        return anchor is null || !Pages.TryGetValue(file, out var target) || target.Anchors.Contains(anchor)
            ? null
            : $"'{url}': {file} has no heading '#{anchor}'. It has {string.Join(", ", target.Anchors.Select(a => "#" + a))}.";
    }

    /// <summary>The path within the repository; null for one that leads out of it.</summary>
    private static string? Resolve(string page, string link)
    {
        var full = Path.GetFullPath(Path.Combine(Repository.Root, Path.GetDirectoryName(page)!, link));
        var relative = Path.GetRelativePath(Repository.Root, full).Replace('\\', '/');
        return relative.StartsWith("..", StringComparison.Ordinal) ? null : relative;
    }
}
