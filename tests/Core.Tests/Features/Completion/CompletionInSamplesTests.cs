using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using Pipewright.Core.Factory;
using Pipewright.Core.Features;
using Pipewright.Core.Syntax;
using Pipewright.Core.Tests.Samples;
using Pipewright.Core.Text;
using Xunit;
using Xunit.Abstractions;

namespace Pipewright.Core.Tests.Features.Completion;

/// <summary>
/// At every offset of every file of the samples, in both forms, an item that is offered can be accepted with all that it changes. One item an offset, chosen by
/// <c>PIPEWRIGHT_SEED</c>, or all of them with <c>PIPEWRIGHT_EVERY_ITEM=1</c>, which takes minutes.
/// </summary>
public sealed class CompletionInSamplesTests(ITestOutputHelper output)
{
    private const int UsualSeed = 17;

    private static readonly int Seed =
        int.TryParse(Environment.GetEnvironmentVariable("PIPEWRIGHT_SEED"), NumberStyles.Integer, CultureInfo.InvariantCulture, out var seed) ? seed : UsualSeed;

    private static readonly bool TakesAll = Environment.GetEnvironmentVariable("PIPEWRIGHT_EVERY_ITEM") == "1";

    [Theory]
    [InlineData("medallion")]
    [InlineData("medallion-git")]
    public void An_item_accepted_anywhere_leaves_a_text_that_parses(string sample)
    {
        var settings = new SourceText(RepositoryFiles.Read("samples/" + sample).Single(f => f.Path == FactoryConfiguration.FileName).Text);
        var factory = SampleTests.Load(sample).With(FactoryConfiguration.Parse(settings));
        var accepted = 0;
        var wrong = new ConcurrentBag<string>();
        Parallel.ForEach(Places(factory), place =>
        {
            var items = place.Document is { } document
                ? LanguageFeatures.GetCompletion(factory, document, place.Offset, default).Items
                : LanguageFeatures.GetConfigurationCompletion(factory, place.Offset).Items;
            foreach (var item in TakesAll || items.IsEmpty ? items : [items[new Random(HashCode(place)).Next(items.Length)]])
            {
                Interlocked.Increment(ref accepted);
                if (Judge(place.Text, place.Language, place.Offset, item) is { } fault)
                {
                    wrong.Add($"{place.Path}:{place.Text.GetLine(place.Offset) + 1} at {place.Offset}, '{item.Label}': {fault}");
                }
            }
        });
        output.WriteLine($"{sample}: {accepted} items accepted, seed {Seed}");
        Assert.True(wrong.IsEmpty, $"{wrong.Count} of {accepted}, seed {Seed}\n{string.Join('\n', wrong.Order(StringComparer.Ordinal).Take(20))}");
        Assert.InRange(accepted, 5000, int.MaxValue);
    }

    private readonly record struct SamplePlace(string Path, ResourceDocument? Document, SourceText Text, SyntaxLanguage Language, int Offset);

    private static IEnumerable<SamplePlace> Places(FactorySnapshot factory) =>
        from file in factory.Documents.Values.Select(d => (d.Path, Document: (ResourceDocument?)d, d.Syntax))
            .Append((factory.Configuration.File!.Path, null, factory.Configuration.File.Syntax))
        from offset in Enumerable.Range(0, file.Syntax.Text.Length + 1)
        select new SamplePlace(file.Path, file.Document, file.Syntax.Text, file.Syntax.Language, offset);

    /// <summary>The same on every machine, as a string's own hash is not.</summary>
    private static int HashCode(SamplePlace place) => place.Path.Aggregate(unchecked((Seed * 31) + place.Offset), (sum, c) => unchecked((sum * 31) + c));

    /// <summary>What is wrong with an item; null if nothing is. The samples have no syntax errors, so any is a new one.</summary>
    private static string? Judge(SourceText text, SyntaxLanguage language, int offset, CompletionItem item)
    {
        if (!item.ReplaceSpan.Touches(offset) || text.GetLine(item.ReplaceSpan.Start) != text.GetLine(item.ReplaceSpan.End))
        {
            return $"replaces {item.ReplaceSpan}";
        }

        var after = SyntaxTree.Parse(new SourceText(CompletionCase.Accept(text, item)), language);
        ImmutableArray<Diagnostic> errors = [.. after.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error)];
        return errors.IsEmpty ? null : $"{errors[0].Message} in\n{after.Text.ToString(after.Text.GetLineSpan(after.Text.GetLine(errors[0].Span.Start)))}";
    }
}
