using Pipewright.Core.Text;

namespace Pipewright.Core.Syntax.Json;

/// <summary>Parses a JSON text. A text with mistakes is read a second time, with indentation telling which bracket is missing.</summary>
internal static class JsonParser
{
    public static SyntaxTree Parse(SourceText text)
    {
        var parser = new BracketParser(text, 0, text.Length, isYaml: false, trustsIndentation: false);
        var root = parser.ParseDocument();
        if (parser.Diagnostics.Count > 0)
        {
            parser = new BracketParser(text, 0, text.Length, isYaml: false, trustsIndentation: true);
            root = parser.ParseDocument();
        }

        return new SyntaxTree(
            text, SyntaxLanguage.Json, [new DocumentSyntax(new TextSpan(0, text.Length), root)], [.. parser.Diagnostics.OrderBy(d => d.Span.Start)],
            SyntaxTokenizer.Tokenize);
    }
}
