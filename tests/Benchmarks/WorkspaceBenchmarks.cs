using System.Collections.Immutable;
using System.Globalization;
using BenchmarkDotNet.Attributes;
using Pipewright.Core.Factory;
using Pipewright.Core.Features;
using Pipewright.Core.Notebooks;
using Pipewright.Core.Text;

namespace Pipewright.Benchmarks;

/// <summary>Paths of notebooks from what is known of a workspace, while whatever would tell more hangs: nothing is waited for.</summary>
[MemoryDiagnoser]
public class WorkspaceBenchmarks
{
    private const string Domain = "https://adb-1.2.azuredatabricks.net";
    private const string Before = "activities:\n  - name: A\n    type: DatabricksNotebook\n    linkedServiceName: Bricks\n    notebookPath: /Shared/etl/";

    private FactorySnapshot _factory = FactorySnapshot.Empty;
    private ResourceDocument _document = null!;

    /// <summary>Entries of the folder.</summary>
    [Params(20, 2000)]
    public int Entries { get; set; }

    [GlobalSetup]
    public void SetUp()
    {
        ImmutableArray<WorkspaceItem> items = [.. Enumerable.Range(0, Entries).Select(i => new WorkspaceItem(string.Create(CultureInfo.InvariantCulture, $"/Shared/etl/load_{i}"), WorkspaceItemKind.Notebook, NotebookLanguage.Python))];
        var workspace = new LiveWorkspace(Domain)
            .With(WorkspacePart.Folder("/Shared/etl"), new KnownPart(new FolderContent(items), DateTimeOffset.UnixEpoch, IsFilling: true));
        _document = ResourceDocument.Create("p.pipeline.yaml", new SourceText(Before + "\n"))!;
        _factory = FactorySnapshot.Empty.With(ResourceDocument.Create("Bricks.linkedService.yaml", new SourceText($"type: AzureDatabricks\ndomain: {Domain}\n"))!).With(_document).With(LiveWorkspaces.Empty.With(workspace));
    }

    [Benchmark(Baseline = true, Description = "YamlDotNet alone, over a pipeline of the sample")]
    public int ParseByTheLibrary() => Texts.ScanByTheLibrary(Texts.Sample);

    [Benchmark(Description = "paths of a folder of a workspace")]
    public int Complete() => LanguageFeatures.GetCompletion(_factory, _document, Before.Length, CancellationToken.None).Items.Length;
}
