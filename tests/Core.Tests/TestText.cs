// Test texts with a cursor or a marked span in them.
using Pipewright.Core.Factory;
using Pipewright.Core.Notebooks;
using Pipewright.Core.Text;

namespace Pipewright.Core.Tests;

internal static class TestText
{
    /// <summary>Takes out the one <c>|</c> and gives its offset.</summary>
    public static (string Text, int Offset) WithCursor(string text)
    {
        var at = text.IndexOf('|', StringComparison.Ordinal);
        return at < 0 ? throw new ArgumentException("The text has no cursor.", nameof(text)) : (text.Remove(at, 1), at);
    }

    /// <summary>Takes out <c>[|</c> and <c>|]</c> and gives the spans between them.</summary>
    public static (string Text, List<TextSpan> Spans) WithSpans(string text)
    {
        var spans = new List<TextSpan>();
        for (var open = text.IndexOf("[|", StringComparison.Ordinal); open >= 0; open = text.IndexOf("[|", StringComparison.Ordinal))
        {
            text = text.Remove(open, 2);
            var close = text.IndexOf("|]", open, StringComparison.Ordinal);
            text = text.Remove(close, 2);
            spans.Add(TextSpan.FromBounds(open, close));
        }

        return (text, spans);
    }

    /// <summary>A document of a factory; its path tells form and kind.</summary>
    public static ResourceDocument Document(string path, string text) =>
        ResourceDocument.Create(path, new SourceText(text)) ?? throw new ArgumentException($"'{path}' is not a resource file.", nameof(path));

    /// <summary>A factory of files: path, text, path, text … Notebooks are in <c>notebooks/</c>, which the workspace has as <c>/Shared/demo</c>.</summary>
    public static FactorySnapshot Factory(params string[] pathsAndTexts)
    {
        var files = pathsAndTexts.Chunk(2).ToLookup(f => NotebookFolder.ExtensionOf(f[0]) is not null);
        var notebooks = NotebookIndex.Create([new NotebookFolder("notebooks", "/Shared/demo")], files[true].Select(f => KeyValuePair.Create(f[0], Notebook.Parse(f[0], new SourceText(f[1])))));
        return FactorySnapshot.Empty.With(files[false].Select(f => Document(f[0], f[1]))).With(files[true].Any() ? notebooks : NotebookIndex.Empty);
    }
}
