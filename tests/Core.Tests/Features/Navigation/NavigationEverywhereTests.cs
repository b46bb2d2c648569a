using Pipewright.Core.Factory;
using Pipewright.Core.Features;
using Pipewright.Core.Tests.Samples;
using Pipewright.Core.Text;
using Xunit;

namespace Pipewright.Core.Tests.Features.Navigation;

/// <summary>The features for finding one's way at every place of the samples, whole and cut off.</summary>
public sealed class NavigationEverywhereTests
{
    /// <summary>A prime, so that texts are cut at all kinds of places.</summary>
    private const int CutEvery = 7;

    /// <summary>Real factories are large.</summary>
    private const int FarEvery = 211;

    public static TheoryData<string, string> Files()
    {
        var files = new TheoryData<string, string>();
        foreach (var sample in (string[])["medallion", "medallion-git"])
        {
            foreach (var path in SampleTests.Load(sample).Documents.Keys.Order(StringComparer.Ordinal))
            {
                files.Add(sample, path);
            }
        }

        return files;
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Nothing_goes_wrong_at_any_offset(string sample, string path)
    {
        var factory = SampleTests.Load(sample);
        var document = factory.Documents[path];
        for (var offset = 0; offset <= document.Text.Length; offset++)
        {
            Ask(factory, document, offset);
        }
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Nothing_goes_wrong_at_the_end_of_a_text_that_is_cut_off(string sample, string path)
    {
        var factory = SampleTests.Load(sample);
        var text = factory.Documents[path].Text.Content;
        for (var length = 0; length < text.Length; length += CutEvery)
        {
            var cut = ResourceDocument.Create(path, new SourceText(text[..length]))!;
            var changed = factory.With(cut);
            Ask(changed, cut, length);
            Assert.All(LanguageFeatures.GetFolds(cut, default), f => Assert.True(cut.Text.GetLine(f.Span.Start) < cut.Text.GetLine(f.Span.End)));
            Assert.All(LanguageFeatures.GetLinks(changed, cut, default), l => Assert.InRange(l.Span.End, l.Span.Start, length));
        }
    }

    [Theory]
    [InlineData("medallion")]
    [InlineData("medallion-git")]
    public void Every_reference_leads_back_to_the_declaration_that_it_was_found_from(string sample) => CheckReferences(SampleTests.Load(sample));

    [CorpusFact]
    public void So_it_is_in_real_factories_where_nothing_goes_wrong_either() => Parallel.ForEach(CorpusFiles.Factories, folder =>
    {
        var factory = FactorySnapshot.Empty.With(CorpusFiles.Load(folder));
        CheckReferences(factory);
        foreach (var document in factory.Documents.Values)
        {
            LanguageFeatures.GetFolds(document, default);
            LanguageFeatures.GetLinks(factory, document, default);
            for (var offset = 0; offset <= document.Text.Length; offset += FarEvery)
            {
                Ask(factory, document, offset);
            }
        }
    });

    private static void CheckReferences(FactorySnapshot factory)
    {
        var declarations = factory.Documents.Values.SelectMany(d => SymbolUses.FindDeclared(factory, d)).Distinct().ToList();
        Assert.True(factory.Documents.IsEmpty || declarations.Count > 0);
        foreach (var symbol in declarations)
        {
            var declared = SymbolUses.FindDeclarations(factory, symbol).Select(u => (u.Path, u.Span)).ToList();
            foreach (var use in SymbolUses.Find(factory, symbol).Where(u => u.Span.Length > 0))
            {
                var found = LanguageFeatures.GetDefinition(factory, factory.FindDocument(use.Path)!, use.Span.Start, default);
                Assert.Equal(declared, found!.Targets.Select(t => (t.Path, t.NameSpan)));
                Assert.Contains(LanguageFeatures.GetReferences(factory, factory.FindDocument(use.Path)!, use.Span.End, withDeclaration: true, default), p => p.Path == use.Path && p.NameSpan == use.Span);
            }
        }
    }

    private static void Ask(FactorySnapshot factory, ResourceDocument document, int offset)
    {
        if (LanguageFeatures.GetDefinition(factory, document, offset, default) is { } found)
        {
            Assert.True(found.Origin.Touches(offset));
            Assert.All(found.Targets, t => Assert.True(t.Span.Contains(t.NameSpan) && t.Span.End <= factory.Documents[t.Path].Text.Length));
            Assert.Contains(LanguageFeatures.GetHighlights(factory, document, offset, default), h => h.Span == found.Origin);
        }

        LanguageFeatures.GetTypeDefinition(factory, document, offset, default);
        LanguageFeatures.GetHover(factory, document, offset, default);
        foreach (var item in LanguageFeatures.GetCallItems(factory, document, offset, default))
        {
            Assert.True(item.Place.Span.Contains(item.Place.NameSpan));
            LanguageFeatures.GetCallers(factory, item.Kind, item.Name, default);
            LanguageFeatures.GetCalled(factory, item.Kind, item.Name, item.Place.Path, default);
        }

        var spans = LanguageFeatures.GetSelectionRanges(document, offset, default);
        Assert.Equal(new TextSpan(0, document.Text.Length), spans[^1]);
        Assert.All(spans, s => Assert.True(s.Touches(offset)));
        Assert.All(spans.Zip(spans.Skip(1)), s => Assert.True(s.Second.Contains(s.First) && s.Second.Length > s.First.Length));
    }
}
