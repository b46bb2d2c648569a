using Pipewright.Core.Emit;
using Pipewright.Core.Factory;
using Pipewright.Core.Features;
using Pipewright.Core.Features.Formatting;
using Pipewright.Core.Syntax;
using Pipewright.Core.Tests.Samples;
using Pipewright.Core.Text;
using Xunit;

namespace Pipewright.Core.Tests.Features.Formatting;

/// <summary>Laying out never changes what a text means, keeps its comments, and has nothing left to do the second time.</summary>
public sealed class LayoutEverywhereTests
{
    private const int CutEvery = 5;

    public static TheoryData<int, bool> Styles => new() { { 2, true }, { 4, true }, { 4, false }, { 3, true } };

    [Theory]
    [MemberData(nameof(Styles))]
    public void The_samples_mean_the_same(int tabSize, bool insertSpaces)
    {
        foreach (var document in Samples())
        {
            Check(document, new LayoutStyle(tabSize, insertSpaces));
        }
    }

    [Fact]
    public void A_sample_that_has_lost_its_layout_gets_it_back()
    {
        foreach (var document in Samples().Where(d => !d.IsSpec))
        {
            // The samples are laid out as Studio does: with tabs, and no line break at the end.
            var flat = TestText.Document(document.Path, string.Concat(document.Syntax.Tokens.Where(t => t.Kind is not (SyntaxTokenKind.WhiteSpace or SyntaxTokenKind.LineBreak)).Select(t => document.Text.ToString(t.Span))));
            Assert.Empty(LanguageFeatures.GetLayout(document, new LayoutStyle(2, true), default));
            Assert.Equal(document.Text.Content.TrimEnd(), Apply(flat, new LayoutStyle(2, false)));
        }
    }

    [Fact]
    public void A_sample_of_wide_steps_gets_narrow_ones_back()
    {
        var changed = 0;
        foreach (var document in Samples().Where(d => d.IsSpec))
        {
            var laidOut = TestText.Document(document.Path, Apply(document, new LayoutStyle(2, true)));
            var wide = TestText.Document(document.Path, Apply(laidOut, new LayoutStyle(5, true)));
            changed += laidOut.Text.Content == wide.Text.Content ? 0 : 1;
            Assert.Equal(laidOut.Text.Content, Apply(wide, new LayoutStyle(2, true)));
        }

        Assert.InRange(changed, 10, int.MaxValue);
    }

    [Fact]
    public void Nothing_goes_wrong_in_texts_that_are_cut_off()
    {
        foreach (var document in Samples())
        {
            for (var length = 0; length < document.Text.Length; length += CutEvery)
            {
                var cut = TestText.Document(document.Path, document.Text.Content[..length]);
                Check(cut, new LayoutStyle(2, true));
                LanguageFeatures.GetTypingLayout(cut, length, '\n', new LayoutStyle(2, true), default);
                LanguageFeatures.GetTypingLayout(cut, length, '@', new LayoutStyle(2, true), default);
            }
        }
    }

    [Fact]
    public void Any_range_of_a_sample_keeps_its_meaning()
    {
        foreach (var document in Samples())
        {
            for (var start = 0; start < document.Text.Length; start += 97)
            {
                var span = TextSpan.FromBounds(start, Math.Min(document.Text.Length, start + (start % 500)));
                var changes = LanguageFeatures.GetLayout(document, span, new LayoutStyle(3, true), default);
                AssertSame(document, document.Text.WithChanges(changes).Content);
            }
        }
    }

    [CorpusFact]
    public void Real_factories_mean_the_same_in_both_forms() => Parallel.ForEach(CorpusFiles.Factories, folder =>
    {
        foreach (var document in CorpusFiles.Load(folder))
        {
            Check(document, new LayoutStyle(4, false));
            foreach (var file in document.HasSyntaxErrors ? [] : Conversion.ToSpec(document))
            {
                Check(TestText.Document(file.Path, file.Text), new LayoutStyle(4, true));
            }
        }
    });

    /// <summary>
    /// Whatever the editor's settings are. Of 2279 real files 88 change: 78 come from another tool, which writes <c>"annotations": ["…"]</c> in a line, where Studio
    /// never does; the others have been edited by hand.
    /// </summary>
    [CorpusFact]
    public void Files_that_Studio_wrote_stay_as_they_are()
    {
        var documents = CorpusFiles.Factories.SelectMany(CorpusFiles.Load).Where(d => !d.HasSyntaxErrors).ToList();
        var changed = documents.Where(d => !LanguageFeatures.GetLayout(d, new LayoutStyle(3, true), default).IsEmpty).ToList();
        Assert.True(changed.Count <= 88, $"{changed.Count} of {documents.Count}: {string.Join('\n', changed.Select(d => d.Path))}");
    }

    private static IEnumerable<ResourceDocument> Samples() =>
        ((string[])["medallion", "medallion-git"]).SelectMany(s => SampleTests.Load(s).Documents.Values).OrderBy(d => d.Path, StringComparer.Ordinal);

    private static string Apply(ResourceDocument document, LayoutStyle style) => document.Text.WithChanges(LanguageFeatures.GetLayout(document, style, default)).Content;

    private static void Check(ResourceDocument document, LayoutStyle style)
    {
        var changed = Apply(document, style);
        if (document.HasSyntaxErrors)
        {
            Assert.Equal(document.Text.Content, changed);
            return;
        }

        AssertSame(document, changed);
        Assert.Equal(changed, Apply(TestText.Document(document.Path, changed), style));
    }

    private static void AssertSame(ResourceDocument document, string changed)
    {
        var other = TestText.Document(document.Path, changed);
        Assert.Equal(Conversion.ToGit(document).Select(f => f.Text), Conversion.ToGit(other).Select(f => f.Text));
        Assert.Equal(Written(document), Written(other));
    }

    /// <summary>Everything but white space.</summary>
    private static IEnumerable<string> Written(ResourceDocument document) => document.Syntax.Tokens
        .Where(t => t.Kind is not (SyntaxTokenKind.WhiteSpace or SyntaxTokenKind.LineBreak))
        .Select(t => string.Concat(document.Text.ToString(t.Span).Where(c => !char.IsWhiteSpace(c))));
}
