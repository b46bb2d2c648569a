// Several files in one text, each after a line `=== path`; one of them has a cursor `|`, and `[|…|]` marks what is to be found.
using Pipewright.Core.Factory;
using Pipewright.Core.Text;

namespace Pipewright.Core.Tests.Features.Navigation;

internal sealed record NavigationCase(FactorySnapshot Factory, ResourceDocument Document, int Offset, List<(string Path, TextSpan Span)> Marked)
{
    public static NavigationCase Open(string files)
    {
        var marked = new List<(string, TextSpan)>();
        var documents = new List<ResourceDocument>();
        (ResourceDocument Document, int Offset)? cursor = null;
        foreach (var file in files.Split("=== ", StringSplitOptions.RemoveEmptyEntries).Select(f => f.Split('\n', 2)))
        {
            // The cursor may stand between marks, so it is taken out first and put back into the count of those after it.
            var at = FindCursor(file[1]);
            var (text, spans) = TestText.WithSpans(at < 0 ? file[1] : file[1].Remove(at, 1));
            documents.Add(TestText.Document(file[0], text));
            marked.AddRange(spans.Select(s => (file[0], s)));
            cursor = at < 0 ? cursor : (documents[^1], at - CountMarks(file[1][..at]));
        }

        var (document, offset) = cursor ?? (documents[0], 0);
        return new NavigationCase(FactorySnapshot.Empty.With(documents), document, offset, marked);
    }

    public string TextOf(string path, TextSpan span) => Factory.Documents[path].Text.ToString(span);

    private static int FindCursor(string text)
    {
        for (var at = text.IndexOf('|', StringComparison.Ordinal); at >= 0; at = text.IndexOf('|', at + 1))
        {
            var isMark = (at > 0 && text[at - 1] == '[') || (at + 1 < text.Length && text[at + 1] == ']');
            if (!isMark)
            {
                return at;
            }
        }

        return -1;
    }

    private static int CountMarks(string text) => 2 * (text.Split("[|").Length - 1 + text.Split("|]").Length - 1);
}
