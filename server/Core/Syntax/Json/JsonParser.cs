using Pipewright.Core.Text;

namespace Pipewright.Core.Syntax.Json;

/// <summary>Parses a JSON text. A text with mistakes is read a second time, with indentation telling which bracket is missing.</summary>
internal static class JsonParser
{
    public static SyntaxTree Parse(SourceText text)
    {
        var parser = new BracketParser(text, 0, text.Length, isYaml: false, trustsIndentation: false);
        var root = parser.ParseDocument();
        if (HasErrors(parser))
        {
            parser = new BracketParser(text, 0, text.Length, isYaml: false, trustsIndentation: true);
            root = parser.ParseDocument();
            if (parser.Diagnostics.Exists(d => d.Descriptor == SyntaxDiagnostics.Unexpected || d.Descriptor == SyntaxDiagnostics.MissingOpening) && EarlyCloser.Find(text) is { } extra)
            {
                // Only if all is well without the bracket it is the one.
                var other = new BracketParser(text, 0, text.Length, isYaml: false, trustsIndentation: true, extra);
                var otherRoot = other.ParseDocument();
                var isLikely = text[extra] == '}' || !parser.Diagnostics.Exists(d => d.Descriptor == SyntaxDiagnostics.MissingOpening);
                (parser, root) = other.Diagnostics.Count == 1 && (isLikely || parser.Diagnostics.Count > 1) ? (other, otherRoot) : (parser, root);
            }
        }

        return new SyntaxTree(
            text, SyntaxLanguage.Json, [new DocumentSyntax(new TextSpan(0, text.Length), root)], [.. parser.Diagnostics.OrderBy(d => d.Span.Start)],
            SyntaxTokenizer.Tokenize)
        {
            IsPlain = JsonReparse.IsPlain(parser),
        };
    }

    private static bool HasErrors(BracketParser parser) => parser.Diagnostics.Exists(d => d.Severity == DiagnosticSeverity.Error);
}
