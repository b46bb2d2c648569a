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

    private readonly Lazy<ImmutableArray<BoundResource>> _bound;
    private readonly Lazy<bool> _isForeign;
    private readonly Lazy<ImmutableArray<Diagnostic>> _diagnostics;
    private readonly Lazy<ImmutableArray<ImmutableArray<ResourceReference>>> _references;

    private readonly Lazy<ImmutableHashSet<(ResourceKind Kind, string Key)>> _targets;
    private readonly Lazy<ImmutableArray<NamedPlace>> _names;
    private readonly Lazy<IReadOnlyDictionary<UseKey, int>> _uses;

    private ResourceDocument(string path, FileClassification classification, SyntaxTree syntax)
    {
        Path = path;
        Classification = classification;
        Syntax = syntax;
        _bound = new Lazy<ImmutableArray<BoundResource>>(Bind);
        _isForeign = new Lazy<bool>(() => _bound.Value is [var first, ..] && LooksForeign(first));
        _diagnostics = new Lazy<ImmutableArray<Diagnostic>>(FindDiagnostics);
        _references = new Lazy<ImmutableArray<ImmutableArray<ResourceReference>>>(() => [.. Resources.Select(r => r.Root is { } root ? ResourceReferences.Find(root) : [])]);
        _targets = new Lazy<ImmutableHashSet<(ResourceKind Kind, string Key)>>(() => [.. References.SelectMany(r => r).Select(r => (r.Kind, FactorySnapshot.Key(r.Name.Text)))]);
        _uses = new Lazy<IReadOnlyDictionary<UseKey, int>>(() => UseCounts.Count(this));
        _names = new Lazy<ImmutableArray<NamedPlace>>(() => [.. NamedPlaces.Find(this)]);
    }

    /// <summary>Relative to the factory root, with <c>/</c> between its parts.</summary>
    public string Path { get; }

    public FileClassification Classification { get; }

    public SyntaxTree Syntax { get; }

    public SourceText Text => Syntax.Text;

    public bool IsSpec => Classification.Form == ResourceForm.Spec;

    /// <summary>Whether it holds tests of a pipeline, and no resource.</summary>
    public bool IsTest => Classification.Kind == ResourceKind.PipelineTest;

    /// <summary>
    /// The file has a name like one of ours and plainly is something else: a workflow of a build service, an ARM template, a package manifest.
    /// It has no resources and nothing is reported on it.
    /// </summary>
    public bool IsForeign => _isForeign.Value;

    /// <summary>Whether this is no file: a resource of the target's factory, which cannot be edited.</summary>
    public bool IsLive { get; private init; }

    public bool HasSyntaxErrors => Syntax.Diagnostics.Any(d => d.Severity == DiagnosticSeverity.Error);

    /// <summary>One for each YAML document that is not empty; one for a JSON file.</summary>
    public ImmutableArray<BoundResource> Resources => IsForeign ? [] : _bound.Value;

    /// <summary>The references that each of the resources makes, in text order.</summary>
    public ImmutableArray<ImmutableArray<ResourceReference>> References => _references.Value;

    /// <summary>What is wrong within this file alone: syntax and schema.</summary>
    public ImmutableArray<Diagnostic> Diagnostics => _diagnostics.Value;

    /// <summary>What it refers to, each once.</summary>
    internal ImmutableHashSet<(ResourceKind Kind, string Key)> Targets => _targets.Value;

    /// <summary>
    /// What the rules said of this document when they last looked, with what they asked for it. A note for later, not part of the value: whoever
    /// finds none, or one that holds no more, looks again.
    /// </summary>
    internal CheckedDocument? LastCheck { get; set; }

    /// <summary>The names that were found in this document, as a note for later in the same way.</summary>
    internal ScannedDocument? LastScan { get; set; }

    /// <summary>
    /// Takes the notes away from a version that another has replaced. They name other documents as these were, which have notes of their own: a version that
    /// is still named somewhere would keep all that ever was.
    /// </summary>
    internal void DropNotes()
    {
        LastCheck = null;
        LastScan = null;
    }

    /// <summary>Forgets the lists of nodes by their kinds, which a check goes through again and again and nobody else needs for long.</summary>
    internal void DropParts()
    {
        foreach (var resource in Resources)
        {
            resource.Root?.DropParts();
        }
    }

    /// <summary>What the document gives a name to, in text order. It depends on nothing else, so it is found once.</summary>
    public ImmutableArray<NamedPlace> Names => _names.Value;

    /// <summary>How often it has each property and variant that the schema knows.</summary>
    internal IReadOnlyDictionary<UseKey, int> Uses => _uses.Value;

    internal bool AreUsesKnown => _uses.IsValueCreated;

    /// <summary>Finds out ahead of time what the next question of an editor may need of this version.</summary>
    public void Prepare()
    {
        _ = Uses;
        _ = Targets;
        DropParts();
    }

    /// <summary>Parses a file; it is bound when first asked about. Null when the path is not that of a resource file.</summary>
    public static ResourceDocument? Create(string path, SourceText text) =>
        FileClassification.Classify(path) is { } classification ? Create(path, text, classification) : null;

    /// <summary>Parses a file whose kind a setting tells, rather than its path.</summary>
    public static ResourceDocument Create(string path, SourceText text, FileClassification classification) => new(
        path, classification, SyntaxTree.Parse(text, classification.Form == ResourceForm.Git ? SyntaxLanguage.Json : SyntaxLanguage.Yaml));

    /// <summary>The same file with a later text, of which only that is parsed which has changed.</summary>
    public ResourceDocument WithText(SourceText text) => new(Path, Classification, Syntax.WithText(text));

    /// <summary>A file that is too large to be read: it is known that it is there, and a finding says why it is empty.</summary>
    /// <param name="size">In bytes.</param>
    public static ResourceDocument CreateUnread(string path, FileClassification classification, long size) => new(
        path, classification, SyntaxTree.LeaveUnread(new SourceText(""), classification.Form == ResourceForm.Git ? SyntaxLanguage.Json : SyntaxLanguage.Yaml, size));

    /// <summary>A file with a text that cannot be read, by a mistake of the reader: the text is kept, and a finding says why there is nothing else.</summary>
    public static ResourceDocument CreateUnread(string path, SourceText text, FileClassification classification) => new(
        path, classification, SyntaxTree.LeaveUnread(text, classification.Form == ResourceForm.Git ? SyntaxLanguage.Json : SyntaxLanguage.Yaml));

    /// <summary>Reads what the service answered about a resource, as if it were a file of the Git form.</summary>
    internal static ResourceDocument CreateLive(string path, SourceText text, FileClassification classification) =>
        new(path, classification, SyntaxTree.Parse(text, SyntaxLanguage.Json)) { IsLive = true };

    /// <summary>The bound node that a cursor at <paramref name="offset"/> is in; null outside of any.</summary>
    public BoundNode? FindNode(int offset)
    {
        for (var syntax = Syntax.FindNode(offset); syntax is not null; syntax = syntax.Parent)
        {
            foreach (var resource in Resources)
            {
                if (resource.FindNode(syntax) is { } node)
                {
                    return node;
                }
            }
        }

        return null;
    }

    /// <summary>A key that says so stands at the top, and neither the schema knows it there nor does anything else say that this is a resource.</summary>
    private static bool LooksForeign(BoundResource resource) => resource.Root is { } root
        && root.Properties.Any(p => p.Schema is null && ForeignKeys.Contains(p.Name))
        && resource.Properties?.FindValue("activities") is null
        && root.Find("properties") is not { IsImplied: false };

    private ImmutableArray<BoundResource> Bind() => [.. Syntax.Documents
        .Where(d => d.Root is not null || Syntax.Documents.Length == 1)
        .Select(d => Binder.Bind(SchemaCatalog.Default, Classification.Kind, d.Root, IsSpec && !IsTest, Classification.Name, hasAliases: !Syntax.IsPlain))];

    private ImmutableArray<Diagnostic> FindDiagnostics()
    {
        if (IsForeign)
        {
            return [];
        }

        if (Syntax.IsUnread)
        {
            return Syntax.Diagnostics;
        }

        // Both sides of a conflict are read, so that most of it is there twice.
        var isMerged = Syntax.Diagnostics.Any(d => d.Descriptor == SyntaxDiagnostics.ConflictMarker);
        return
        [
            .. Syntax.Diagnostics,
            .. Resources.SelectMany(r => SchemaValidator.Validate(r, new StructureEdits(Text, Syntax.Language), IsSpec, Resources.Length == 1))
                .Where(d => !isMerged || d.Descriptor != SchemaDiagnostics.DuplicateProperty),
        ];
    }
}

/// <summary>What was found in a document, and what it depends on: the very configuration, and the answers to some questions.</summary>
internal sealed record CheckedDocument(ImmutableArray<Diagnostic> Findings, FactoryConfiguration Configuration, FactoryQueries Queries);

/// <summary>The names that were found in a document, and the questions that they depend on.</summary>
internal sealed record ScannedDocument(ImmutableArray<SymbolUse> Uses, FactoryQueries Queries);
