using BenchmarkDotNet.Attributes;
using Pipewright.Core.Factory;
using Pipewright.Core.Features;
using Pipewright.Core.Syntax;
using Pipewright.Core.Text;

namespace Pipewright.Benchmarks;

/// <summary>From a text to what the editor shows, against the YAML library's own pass over the same text.</summary>
[MemoryDiagnoser]
public class EditorBenchmarks
{
    private string _text = "";
    private SourceText _broken = new("");
    private string _edited = "";
    private string _typed = "";
    private FactorySnapshot _factory = FactorySnapshot.Empty;
    private ResourceDocument _document = null!;
    private int _cursor;

    [Params("sample", "11,000 lines")]
    public string Pipeline { get; set; } = "";

    [GlobalSetup]
    public void SetUp()
    {
        _text = Pipeline == "sample" ? Texts.Sample : Texts.Long;
        _document = Open(_text);
        _factory = FactorySnapshot.Empty.With(_document);
        var middle = _text.IndexOf("    type: ", _text.Length / 2, StringComparison.Ordinal);
        _cursor = middle < 0 ? _text.Length : middle + "    type: ".Length;
        _broken = new SourceText(_text.Insert(_cursor - "    type: ".Length, "    descrip\n"));
        var number = _text.IndexOf("retry: 2", _text.Length / 2, StringComparison.Ordinal);
        _edited = number < 0 ? _text + "# Edited\n" : _text[..number] + "retry: 3" + _text[(number + "retry: 3".Length)..];
        _typed = _text.Insert(_cursor, "D");
        _ = LanguageFeatures.GetDiagnostics(_factory, _document, CancellationToken.None);
    }

    [Benchmark(Baseline = true, Description = "YamlDotNet alone")]
    public int ParseByTheLibrary() => Texts.ScanByTheLibrary(_text);

    [Benchmark(Description = "parse")]
    public SyntaxTree Parse() => SyntaxTree.Parse(new SourceText(_text), SyntaxLanguage.Yaml);

    [Benchmark(Description = "parse with a half-typed key")]
    public SyntaxTree ParseBroken() => SyntaxTree.Parse(_broken, SyntaxLanguage.Yaml);

    [Benchmark(Description = "open to diagnostics")]
    public int OpenToDiagnostics()
    {
        var document = Open(_text);
        return LanguageFeatures.GetDiagnostics(_factory.With(document), document, CancellationToken.None).Length;
    }

    [Benchmark(Description = "completion")]
    public int Complete() => LanguageFeatures.GetCompletion(_factory, _document, _cursor, CancellationToken.None).Items.Length;

    [Benchmark(Description = "outline")]
    public int Outline() => LanguageFeatures.GetOutline(_document, CancellationToken.None).Length;

    [Benchmark(Description = "an edit to the tree")]
    public SyntaxTree Edit() => _document.Syntax.WithText(new SourceText(_edited));

    [Benchmark(Description = "an edit to diagnostics")]
    public int EditToDiagnostics()
    {
        var document = _document.WithText(new SourceText(_edited));
        return LanguageFeatures.GetDiagnostics(_factory.With(document), document, CancellationToken.None).Length;
    }

    [Benchmark(Description = "a letter to completion")]
    public int EditToCompletion()
    {
        var document = _document.WithText(new SourceText(_typed));
        return LanguageFeatures.GetCompletion(_factory.With(document), document, _cursor + 1, CancellationToken.None).Items.Length;
    }

    private static ResourceDocument Open(string text) => ResourceDocument.Create("p.pipeline.yaml", new SourceText(text))!;
}
