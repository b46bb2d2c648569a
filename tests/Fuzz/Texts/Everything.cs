// Asks of one text all that an editor can ask, at places of chance.
using Pipewright.Core.Emit;
using Pipewright.Core.Factory;
using Pipewright.Core.Features;
using Pipewright.Core.Features.Formatting;
using Pipewright.Core.Features.Graphs;
using Pipewright.Core.Features.Hints;
using Pipewright.Core.Syntax;
using Pipewright.Core.Text;

namespace Pipewright.Fuzz.Texts;

internal static class Everything
{
    private const int MostFixes = 12;

    private static readonly LayoutStyle Style = new(2, true);

    /// <summary>What one file says of itself.</summary>
    public static ResourceDocument CheckAlone(string path, string text)
    {
        var document = ResourceDocument.Create(path, new SourceText(text)) ?? throw new InvalidOperationException($"{path} is no resource");
        Shape.Check(document.Syntax);
        Shape.CheckFindings(document.Text, document.Diagnostics);
        return document;
    }

    /// <summary>What one file says within a factory, and all that can be asked about it.</summary>
    public static void Ask(FactorySnapshot factory, ResourceDocument document, Random random)
    {
        factory = factory.With(document);
        var found = LanguageFeatures.GetDiagnosticsWithFixes(factory, document, default);
        Shape.CheckFindings(document.Text, found);
        foreach (var fix in found.SelectMany(d => d.Fixes).OrderBy(_ => random.Next()).Take(MostFixes))
        {
            _ = document.Text.WithChanges(fix.Changes);
        }

        for (var i = 0; i < 3; i++)
        {
            AskAt(factory, document, random.Next(document.Text.Length + 1), random);
        }

        AskOfAll(factory, document);
    }

    private static void AskAt(FactorySnapshot factory, ResourceDocument document, int offset, Random random)
    {
        foreach (var item in LanguageFeatures.GetCompletion(factory, document, offset, default).Items.Take(50))
        {
            Shape.Demand(item.Label.Length > 0, "an item of a completion has no label");
        }

        _ = LanguageFeatures.GetHover(factory, document, offset, default);
        _ = LanguageFeatures.GetSignature(document, offset, default);
        if (LanguageFeatures.GetRenameTarget(factory, document, offset, default) is not null)
        {
            _ = LanguageFeatures.GetRename(factory, document, offset, "another_name", false, default);
        }

        _ = LanguageFeatures.GetDefinition(factory, document, offset, default);
        _ = LanguageFeatures.GetTypeDefinition(factory, document, offset, default);
        _ = LanguageFeatures.GetHighlights(factory, document, offset, default);
        _ = LanguageFeatures.GetCallItems(factory, document, offset, default);
        _ = LanguageFeatures.GetLinkedNames(factory, document, offset, default);
        _ = LanguageFeatures.GetSelectionRanges(document, offset, default);
        _ = LanguageFeatures.GetTypingLayout(document, offset, "\n}],:"[random.Next(5)], Style, default);
        if (LanguageFeatures.GetGraph(factory, document, offset, default) is { } graph)
        {
            _ = LanguageFeatures.WriteGraph(graph, GraphLanguage.Mermaid);
        }

        var selection = TextSpan.FromBounds(offset, Math.Min(document.Text.Length, offset + random.Next(200)));
        foreach (var refactoring in LanguageFeatures.GetRefactorings(factory, document, selection, default))
        {
            _ = document.Text.WithChanges(refactoring.Edit.Changes);
        }
    }

    private static void AskOfAll(FactorySnapshot factory, ResourceDocument document)
    {
        var whole = new TextSpan(0, document.Text.Length);
        _ = LanguageFeatures.GetOutline(document, default);
        var position = 0;
        foreach (var token in LanguageFeatures.GetTokens(factory, document, null, default))
        {
            Shape.Demand(token.Span.Start >= position && token.Span.End <= document.Text.Length, $"the token {token} begins before {position}");
            position = token.Span.End;
        }

        _ = LanguageFeatures.GetFolds(document, default);
        _ = LanguageFeatures.GetLinks(factory, document, default);
        _ = LanguageFeatures.GetHints(factory, document, whole, (HintKinds)int.MaxValue, default);
        _ = LanguageFeatures.GetHeads(document, default);
        CheckLayout(document);
        var isSound = !document.HasSyntaxErrors;
        foreach (var file in Conversion.ToSpec(document).Concat(isSound ? Conversion.ToGit(document) : []))
        {
            Shape.Demand(!isSound || !SyntaxTree.Parse(new SourceText(file.Text), file.Path.EndsWith(".json", StringComparison.Ordinal) ? SyntaxLanguage.Json : SyntaxLanguage.Yaml)
                .Diagnostics.Any(d => d.Severity == DiagnosticSeverity.Error) || document.IsForeign, $"{file.Path} was sound and is converted to what is not");
        }

        _ = Conversion.ToDeployment(document);
    }

    /// <summary>Laid out, a text means the same, and laid out again it stays.</summary>
    private static void CheckLayout(ResourceDocument document)
    {
        var changes = LanguageFeatures.GetLayout(document, Style, default);
        if (changes.IsEmpty)
        {
            return;
        }

        var laidOut = ResourceDocument.Create(document.Path, document.Text.WithChanges(changes), document.Classification);
        var again = LanguageFeatures.GetLayout(laidOut, Style, default);
        Shape.Demand(again.IsEmpty || laidOut.Text.WithChanges(again).Content == laidOut.Text.Content, "laid out twice, the text is another than laid out once");
    }
}
