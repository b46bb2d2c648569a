using Pipewright.Core.Text;

namespace Pipewright.Core.Syntax.Yaml;

/// <summary>Parses a YAML text: by YamlDotNet where it is sound, and piece by piece where it is not.</summary>
internal static class YamlParser
{
    public static SyntaxTree Parse(SourceText text)
    {
        var diagnostics = new List<Diagnostic>();
        var start = text.Length > 0 && text[0] == '\uFEFF' ? 1 : 0;
        var documents = YamlTreeBuilder.TryBuild(text, text.Content[start..], start, diagnostics)
            ?? new YamlRecovery(text, diagnostics).Recover(start);
        var isPlain = true;
        foreach (var document in documents.Where(d => d.Root is not null))
        {
            isPlain &= !AliasResolution.Resolve(document.Root!, diagnostics);
            StrayQuotes.Find(document.Root!, diagnostics);
        }

        return new SyntaxTree(
            text, SyntaxLanguage.Yaml, documents.IsEmpty ? [new DocumentSyntax(new TextSpan(0, text.Length), null)] : documents,
            [.. diagnostics.OrderBy(d => d.Span.Start)], SyntaxTokenizer.Tokenize)
        {
            IsPlain = isPlain,
        };
    }
}
