using System.Collections.Immutable;
using System.Globalization;
using BenchmarkDotNet.Attributes;
using Pipewright.Core.Factory;
using Pipewright.Core.Features;
using Pipewright.Core.Text;

namespace Pipewright.Benchmarks;

/// <summary>A proposal after each key, in a small factory and in a large one: it must not cost more in the large one.</summary>
[MemoryDiagnoser]
public class CompletionBenchmarks
{
    private FactorySnapshot _factory = FactorySnapshot.Empty;
    private ResourceDocument _document = null!;
    private int _cursor;

    [Params(10, 1000)]
    public int Files { get; set; }

    [GlobalSetup]
    public void SetUp()
    {
        var around = Enumerable.Range(0, Files).Select(i => ResourceDocument.Create(string.Create(CultureInfo.InvariantCulture, $"p{i}.pipeline.yaml"), new SourceText(Texts.Sample))!).ToImmutableArray();
        var text = Texts.Sample.TrimEnd() + "\n  - ";
        _document = ResourceDocument.Create("p.pipeline.yaml", new SourceText(text))!;
        _cursor = text.Length;
        _factory = FactorySnapshot.Empty.With(around).With(_document);
        _ = LanguageFeatures.GetCompletion(_factory, _document, _cursor, CancellationToken.None);
    }

    [Benchmark(Baseline = true, Description = "YamlDotNet alone")]
    public int ParseByTheLibrary() => Texts.ScanByTheLibrary(_document.Text.Content);

    [Benchmark(Description = "a new item of a list")]
    public int Complete() => LanguageFeatures.GetCompletion(_factory, _document, _cursor, CancellationToken.None).Items.Length;

    [Benchmark(Description = "the same after an edit")]
    public int CompleteAfterAnEdit()
    {
        var edited = ResourceDocument.Create(_document.Path, new SourceText(_document.Text.Content))!;
        return LanguageFeatures.GetCompletion(_factory.With(edited), edited, _cursor, CancellationToken.None).Items.Length;
    }
}
