// Walks a cursor over every sample, as it is and as it was while it was being typed: what the editor asks has an answer everywhere, and what
// it offers in an expression can be taken.
using Pipewright.Core.Factory;
using Pipewright.Core.Features;
using Pipewright.Core.Tests.Features.Completion;
using Xunit;

namespace Pipewright.Core.Tests.Samples;

public sealed class ExpressionTypingTests
{
    private static readonly Dictionary<string, FactorySnapshot> Factories = new[] { "medallion", "medallion-git" }.ToDictionary(n => n, SampleTests.Load);

    public static TheoryData<string, string> Files()
    {
        var data = new TheoryData<string, string>();
        foreach (var (name, factory) in Factories)
        {
            foreach (var path in factory.Documents.Keys.Order(StringComparer.Ordinal))
            {
                data.Add(name, path);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Everywhere_there_is_an_answer(string name, string path)
    {
        var factory = Factories[name];
        var document = factory.Documents[path];
        for (var offset = 0; offset <= document.Text.Length; offset++)
        {
            foreach (var item in LanguageFeatures.GetCompletion(factory, document, offset, default).Items)
            {
                Assert.True(item.ReplaceSpan.Start <= offset && offset <= item.ReplaceSpan.End && LineOf(document, item.ReplaceSpan.Start) == LineOf(document, item.ReplaceSpan.End), item.Label);
            }

            Assert.True(LanguageFeatures.GetHover(factory, document, offset, default) is not { } hover || hover.Span.Touches(offset));
            Assert.True(LanguageFeatures.GetSignature(document, offset, default) is not { ActiveParameter: { } active } signature || active < signature.Parameters.Length);
        }

        Assert.All(LanguageFeatures.GetTokens(factory, document, null, default), t => Assert.Equal(LineOf(document, t.Span.Start), LineOf(document, t.Span.End - 1)));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void What_is_offered_in_an_expression_can_be_taken(string name, string path)
    {
        var document = Factories[name].Documents[path];
        var harm = from site in Sites(document)
                   from at in Enumerable.Range(1, site.Scalar.Text.Length)
                   from wrong in Take(Factories[name], document, site.Syntax.ToSourceOffset(at), at)
                   select wrong;
        var found = harm.Take(9).ToList();
        Assert.True(found.Count == 0, string.Join("\n", found));
    }

    /// <summary>Only what is before the cursor is there yet.</summary>
    [Theory]
    [MemberData(nameof(Files))]
    public void What_is_offered_while_an_expression_is_typed_can_be_taken(string name, string path)
    {
        var document = Factories[name].Documents[path];
        var harm = from site in Sites(document)
                   from at in Enumerable.Range(1, site.Scalar.Text.Length)
                   from wrong in TakeTyped(Factories[name], document, site, at)
                   select wrong;
        var found = harm.Take(9).ToList();
        Assert.True(found.Count == 0, string.Join("\n", found));
    }

    [CorpusFact]
    public void What_is_offered_in_a_real_factory_can_be_taken()
    {
        var harm = from folder in CorpusFiles.Factories
                   let factory = FactorySnapshot.Empty.With(CorpusFiles.Load(folder))
                   from document in factory.Documents.Values
                   from site in Sites(document).Take(2)
                   let at = 1 + (document.Text.Length * 31 % site.Scalar.Text.Length)
                   from wrong in Take(factory, document, site.Syntax.ToSourceOffset(at), at).Concat(TakeTyped(factory, document, site, at))
                   select $"{folder}: {wrong}";
        var found = harm.Take(9).ToList();
        Assert.True(found.Count == 0, string.Join("\n", found));
    }

    private static IEnumerable<string> TakeTyped(FactorySnapshot factory, ResourceDocument document, ExpressionSite site, int at)
    {
        var cursor = site.Syntax.ToSourceOffset(at);
        var typed = TestText.Document(document.Path, document.Text.Content.Remove(cursor, site.Syntax.ToSourceOffset(site.Scalar.Text.Length) - cursor));
        return Take(factory.With(typed), typed, cursor, at);
    }

    /// <summary>Takes some of what is offered, others at each place; gives what makes more mistakes of syntax than there were.</summary>
    private static IEnumerable<string> Take(FactorySnapshot factory, ResourceDocument document, int cursor, int turn)
    {
        var items = LanguageFeatures.GetCompletion(factory, document, cursor, default).Items;
        var before = items.IsEmpty ? 0 : CountMistakes(document);
        foreach (var item in items.Where((_, i) => i % 37 == turn % 37))
        {
            var text = CompletionCase.Accept(document.Text, item);
            var after = TestText.Document(document.Path, text);
            if (CountMistakes(after) > before)
            {
                yield return $"{item.Label} in {document.Text.Content.Insert(cursor, "|").Split('\n')[LineOf(document, cursor)].Trim()} gives {text.Split('\n')[LineOf(document, cursor)].Trim()}";
            }
        }
    }

    private static int CountMistakes(ResourceDocument document) =>
        document.Diagnostics.Count(d => d.Code.StartsWith("PW1", StringComparison.Ordinal)) + Sites(document).Sum(s => s.Template.Diagnostics.Length);

    private static List<ExpressionSite> Sites(ResourceDocument document) => [.. document.Resources.SelectMany(ExpressionSite.FindAll).Where(s => s.IsDynamic && s.Scalar.Text.Contains('@', StringComparison.Ordinal))];

    private static int LineOf(ResourceDocument document, int offset) => document.Text.GetLine(offset);
}
