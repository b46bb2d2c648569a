using System.Collections.Immutable;
using Pipewright.Core.Binding;
using Pipewright.Core.Schema;
using Pipewright.Core.Syntax;
using Pipewright.Core.Text;

namespace Pipewright.Core.Factory;

/// <summary>One resource file of a factory in one version: its text, its tree and what it means.</summary>
public sealed class ResourceDocument
{
    /// <summary>Keys that no ADF resource has at its top, and that say what else a file with one of our names is.</summary>
    private static readonly ImmutableHashSet<string> ForeignKeys = ImmutableHashSet.Create(
        StringComparer.Ordinal, "apiVersion", "stages", "steps", "jobs", "$schema", "contentVersion", "scripts", "dependencies", "devDependencies");

    private readonly Lazy<ImmutableArray<BoundResource>> _resources;
    private readonly Lazy<ImmutableArray<Diagnostic>> _diagnostics;

    private ResourceDocument(string path, FileClassification classification, SyntaxTree syntax)
    {
        Path = path;
        Classification = classification;
        Syntax = syntax;
        IsForeign = syntax.Root?.Resolved is MappingSyntax root
            && root.Entries.Any(e => ForeignKeys.Contains(e.Key.Value))
            && !root.Entries.Any(e => e.Key.Value is "properties" or "activities");
        _resources = new Lazy<ImmutableArray<BoundResource>>(Bind);
        _diagnostics = new Lazy<ImmutableArray<Diagnostic>>(FindDiagnostics);
    }

    /// <summary>Relative to the factory root, with <c>/</c> between its parts.</summary>
    public string Path { get; }

    public FileClassification Classification { get; }

    public SyntaxTree Syntax { get; }

    public SourceText Text => Syntax.Text;

    public bool IsSpec => Classification.Form == ResourceForm.Spec;

    /// <summary>
    /// The file has a name like one of ours and plainly is something else: a workflow of a build service, an ARM template, a package manifest.
    /// It has no resources and nothing is reported on it.
    /// </summary>
    public bool IsForeign { get; }

    public bool HasSyntaxErrors => Syntax.Diagnostics.Any(d => d.Severity == DiagnosticSeverity.Error);

    /// <summary>One for each YAML document that is not empty; one for a JSON file.</summary>
    public ImmutableArray<BoundResource> Resources => _resources.Value;

    /// <summary>What is wrong within this file alone: syntax and schema.</summary>
    public ImmutableArray<Diagnostic> Diagnostics => _diagnostics.Value;

    /// <summary>Parses a file; it is bound when first asked about. Null when the path is not that of a resource file.</summary>
    public static ResourceDocument? Create(string path, SourceText text) =>
        FileClassification.Classify(path) is { } classification ? Create(path, text, classification) : null;

    /// <summary>Parses a file whose kind a setting tells, rather than its path.</summary>
    public static ResourceDocument Create(string path, SourceText text, FileClassification classification) => new(
        path, classification, SyntaxTree.Parse(text, classification.Form == ResourceForm.Git ? SyntaxLanguage.Json : SyntaxLanguage.Yaml));

    /// <summary>The bound node that a cursor at <paramref name="offset"/> is in; null outside of any.</summary>
    public BoundNode? FindNode(int offset)
    {
        for (var syntax = Syntax.FindNode(offset); syntax is not null; syntax = syntax.Parent)
        {
            foreach (var resource in Resources)
            {
                if (resource.NodesBySyntax.TryGetValue(syntax, out var node))
                {
                    return node;
                }
            }
        }

        return null;
    }

    private ImmutableArray<BoundResource> Bind() => IsForeign
        ? []
        : [.. Syntax.Documents.Where((d, i) => d.Root is not null || (i == 0 && Syntax.Documents.Length == 1)).Select(d => Binder.Bind(
            SchemaCatalog.Default, Classification.Kind, d.Root, IsSpec, Classification.Name))];

    private ImmutableArray<Diagnostic> FindDiagnostics() =>
        IsForeign ? [] : [.. Syntax.Diagnostics, .. Resources.SelectMany(r => SchemaValidator.Validate(r, IsSpec, Resources.Length > 1 ? null : Classification.Name))];
}
