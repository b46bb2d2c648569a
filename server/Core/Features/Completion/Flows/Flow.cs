// The snippets of schemas/curated/snippets: whole files, each written once in the spec form, with names in angle brackets where the user goes on.
using System.Collections.Immutable;
using Pipewright.Core.Factory;
using Pipewright.Core.Schema;
using Pipewright.Core.Syntax;
using Pipewright.Core.Text;

namespace Pipewright.Core.Features.Completion.Flows;

/// <summary>What is to be filled in.</summary>
/// <param name="Default">What stands there at first.</param>
/// <param name="Is">What it names: <c>activity</c> for a new one, or a kind of resource, or <c>parameter of</c> another stop. Null for any text.</param>
/// <param name="Types">The types of resources that fit; empty where any does.</param>
/// <param name="Choices">The values to choose from; empty where there are no such.</param>
internal sealed record FlowStop(string Name, string Default, bool IsString, string? Is, ImmutableArray<string> Types, ImmutableArray<string> Choices);

/// <summary>A whole file of a kind.</summary>
/// <param name="Stops">By name.</param>
internal sealed record Flow(string Title, ResourceKind Kind, string Description, ImmutableDictionary<string, FlowStop> Stops, MappingSyntax Body)
{
    private static readonly Lazy<ImmutableArray<Flow>> Loaded = new(Load);

    /// <summary>All of them, in the order in which they are proposed.</summary>
    public static ImmutableArray<Flow> All => Loaded.Value;

    private static ImmutableArray<Flow> Load()
    {
        using var stream = typeof(Flow).Assembly.GetManifestResourceStream("snippets.yaml")
            ?? throw new InvalidOperationException("The snippets are not embedded.");
        using var reader = new StreamReader(stream);
        var tree = SyntaxTree.Parse(new SourceText(reader.ReadToEnd()), SyntaxLanguage.Yaml);
        return [.. tree.Documents.Select(d => d.Root).OfType<MappingSyntax>().SelectMany(m => m.Entries).Select(e => Read((MappingSyntax)e.Value!))];
    }

    private static Flow Read(MappingSyntax snippet) => new(
        Text(snippet, "title")!, FileClassification.GitFolders[Text(snippet, "kind")!], Text(snippet, "description")!,
        ((MappingSyntax)Find(snippet, "stops")!).Entries.ToImmutableDictionary(e => e.Key.Value, e => ReadStop(e.Key.Value, (MappingSyntax)e.Value!)),
        (MappingSyntax)Find(snippet, "body")!);

    private static FlowStop ReadStop(string name, MappingSyntax stop) => new(
        name, Text(stop, "default")!, Find(stop, "default") is ScalarSyntax { Kind: ScalarKind.String }, Text(stop, "is"), List(stop, "types"), List(stop, "choices"));

    private static SyntaxNode? Find(MappingSyntax mapping, string key) => mapping.Entries.FirstOrDefault(e => e.Key.Value == key)?.Value;

    private static string? Text(MappingSyntax mapping, string key) => (Find(mapping, key) as ScalarSyntax)?.Value;

    private static ImmutableArray<string> List(MappingSyntax mapping, string key) =>
        Find(mapping, key) is SequenceSyntax list ? [.. list.Items.OfType<ScalarSyntax>().Select(i => i.Value)] : [];
}
