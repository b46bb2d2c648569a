using System.Collections.Immutable;
using Pipewright.Core.Binding;
using Pipewright.Core.Factory;
using Pipewright.Core.Schema;
using Pipewright.Core.Text;

namespace Pipewright.Core.Rules.Names;

/// <summary>A file holds a resource of another kind than its folder, or its name's ending, says: a pipeline in <c>dataset/</c>.</summary>
internal sealed class MisplacedFileRule() : Rule(new("PW5022", DiagnosticSeverity.Warning, "Resource in a file of another kind"))
{
    /// <summary>The kinds whose resources have a type of their own.</summary>
    private static readonly ImmutableArray<ResourceKind> Typed =
    [
        ResourceKind.Dataset, ResourceKind.LinkedService, ResourceKind.Trigger, ResourceKind.DataFlow, ResourceKind.IntegrationRuntime, ResourceKind.Credential,
    ];

    public override IEnumerable<Diagnostic> Check(RuleContext context)
    {
        if (context.Resource.Root is not { } root || FindKind(context.Kind, root, context.Properties) is not { } kind || kind == context.Kind)
        {
            yield break;
        }

        var message = $"By its file this is a {TypeNames.Describe(context.Kind)}, by its content a {TypeNames.Describe(kind)}.";
        yield return Move(context.Document, kind) is not { } path ? Descriptor.At(NamedThing.NameSpan(context), message) : Descriptor.At(
            NamedThing.NameSpan(context), $"{message} Move it to '{path}'.",
            context.Factory.HasFile(path) ? [] : [new CodeFix($"Move it to '{path}'", new FixEdit([], new FileRename(context.Document.Path, path)))]);
    }

    /// <summary>What the content can only be; null where it may be what the file says, or nobody knows.</summary>
    private static ResourceKind? FindKind(ResourceKind own, BoundObject root, BoundObject? properties)
    {
        if (properties?.FindValue("activities") is BoundArray)
        {
            return ResourceKind.Pipeline;
        }

        // A pipeline has no type of its own, so that one in its spec form stands for that of the ARM resource.
        if ((properties?.FindString("type") ?? (own == ResourceKind.Pipeline ? root.FindString("type") : null)) is not { } type || HasType(own, type) || !(own == ResourceKind.Pipeline || Typed.Contains(own)))
        {
            return null;
        }

        var kinds = Typed.Where(k => HasType(k, type)).ToList();
        return kinds is [var only] ? only : null;
    }

    private static bool HasType(ResourceKind kind, string type) =>
        SchemaCatalog.Default[kind].FindProperty("properties")?.Type is DiscriminatedType types && types.FindVariant(type) is not null;

    /// <summary>Null where not the path but a setting tells the file's kind.</summary>
    private static string? Move(ResourceDocument document, ResourceKind kind)
    {
        var word = FileClassification.WordOf(kind);
        var parts = document.Path.Split('/');
        var folder = Array.FindLastIndex(parts, parts.Length - 1, FileClassification.GitFolders.ContainsKey);
        if (document.IsSpec)
        {
            parts[^1] = $"{document.Classification.Name}.{word}{parts[^1][parts[^1].LastIndexOf('.')..]}";
        }
        else if (folder >= 0)
        {
            parts[folder] = word;
        }

        return document.IsSpec || folder >= 0 ? string.Join('/', parts) : null;
    }
}
