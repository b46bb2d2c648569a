using System.Collections.Immutable;
using Pipewright.Core.Text;

namespace Pipewright.Core.Syntax.Yaml;

/// <summary>Parses a YAML text: by YamlDotNet where it is sound, and piece by piece where it is not.</summary>
internal static class YamlParser
{
    private const int MostDocuments = 1000;

    public static SyntaxTree Parse(SourceText text)
    {
        var diagnostics = new List<Diagnostic>();
        var start = text.Length > 0 && text[0] == '\uFEFF' ? 1 : 0;
        var documents = YamlTreeBuilder.TryBuild(text, text.Content[start..], start, diagnostics)
            ?? new YamlRecovery(text, diagnostics).Recover(start);
        var isPlain = true;
        documents = LeaveOut(documents, text, diagnostics);
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

    /// <summary>Each document is a resource; a file with more of them than a factory should have in all is something else.</summary>
    private static ImmutableArray<DocumentSyntax> LeaveOut(ImmutableArray<DocumentSyntax> documents, SourceText text, List<Diagnostic> diagnostics)
    {
        if (documents.Length <= MostDocuments)
        {
            return documents;
        }

        var first = documents[MostDocuments].Span.Start;
        diagnostics.RemoveAll(d => d.Span.Start >= first);
        diagnostics.Add(SyntaxDiagnostics.TooLong.At(
            text.GetLineSpan(text.GetLine(first)), $"The file has more than {MostDocuments} documents; from here on they are not read. Put resources into files of their own."));
        return [.. documents.Select((d, i) => i < MostDocuments ? d : d with { Root = null })];
    }
}
