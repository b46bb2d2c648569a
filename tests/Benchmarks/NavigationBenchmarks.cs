using BenchmarkDotNet.Attributes;
using Pipewright.Core.Factory;
using Pipewright.Core.Features;
using Pipewright.Core.Text;

namespace Pipewright.Benchmarks;

/// <summary>Finding one's way in a factory of 5,000 resources, far beyond what most have.</summary>
[MemoryDiagnoser]
public class NavigationBenchmarks
{
    private const int Datasets = 2500;
    private const int Pipelines = 2499;

    private FactorySnapshot _factory = FactorySnapshot.Empty;
    private ResourceDocument _dataset = null!;
    private ResourceDocument _edited = null!;

    [GlobalSetup]
    public void SetUp()
    {
        _factory = FactorySnapshot.Empty.With(
            Enumerable.Range(0, Datasets).Select(i => Make($"Table{i}.dataset.yaml", "type: Parquet\nlinkedServiceName: Lake\nparameters: { folder: string }\n"))
                .Concat(Enumerable.Range(0, Pipelines).Select(i => Make($"LoadTable{i}.pipeline.yaml", Pipeline(i))))
                .Append(Make("Lake.linkedService.yaml", "type: AzureBlobFS\nurl: https://example.org\n")));
        _dataset = _factory.Documents["Table7.dataset.yaml"];
        _edited = Make("Table7.dataset.yaml", _dataset.Text + "description: Edited\n");
        _ = Search() + ReferencesToAll();
    }

    [Benchmark(Baseline = true, Description = "YamlDotNet alone, over a pipeline of the sample")]
    public int ParseByTheLibrary() => Texts.ScanByTheLibrary(Texts.Sample);

    [Benchmark(Description = "search for a name")]
    public int Search() => LanguageFeatures.FindNames([_factory], "lota2", 256, CancellationToken.None).Length;

    [Benchmark(Description = "search for one letter")]
    public int SearchWide() => LanguageFeatures.FindNames([_factory], "t", 256, CancellationToken.None).Length;

    [Benchmark(Description = "search after an edit")]
    public int SearchAfterEdit() => LanguageFeatures.FindNames([_factory.With(_edited)], "lota2", 256, CancellationToken.None).Length;

    [Benchmark(Description = "references to what 2,500 files refer to")]
    public int ReferencesToAll() => LanguageFeatures.GetReferences(_factory, _dataset, _dataset.Text.Content.IndexOf("Lake", StringComparison.Ordinal), true, CancellationToken.None).Length;

    [Benchmark(Description = "highlight")]
    public int Highlight() => LanguageFeatures.GetHighlights(_factory, _dataset, _dataset.Text.Content.IndexOf("Lake", StringComparison.Ordinal), CancellationToken.None).Length;

    [Benchmark(Description = "hover")]
    public string Hover() => LanguageFeatures.GetHover(_factory, _dataset, _dataset.Text.Content.IndexOf("folder", StringComparison.Ordinal), CancellationToken.None)!.Markdown;

    private static string Pipeline(int i) =>
        $"parameters: {{ day: string }}\nactivities:\n  - name: Look{i}\n    type: Lookup\n    dataset: {{ referenceName: Table{i}, parameters: {{ folder: \"@pipeline().parameters.day\" }} }}\n    source: {{ type: ParquetSource }}\n"
        + $"  - {{ name: Wait{i}, type: Wait, waitTimeInSeconds: 1, dependsOn: [Look{i}] }}\n";

    private static ResourceDocument Make(string path, string text) => ResourceDocument.Create(path, new SourceText(text))!;
}
