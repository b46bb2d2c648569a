// The outline of a document. Activities are found by their look, not by their place, so that one that has lost its list in a broken text
// is still there.
using System.Collections.Immutable;
using Pipewright.Core.Binding;
using Pipewright.Core.Factory;
using Pipewright.Core.Schema;
using Pipewright.Core.Syntax;
using Pipewright.Core.Text;

namespace Pipewright.Core.Features;

internal static class Outline
{
    public static ImmutableArray<OutlineItem> Find(ResourceDocument document, CancellationToken cancellation)
    {
        if (document.IsForeign)
        {
            return [];
        }

        var items = ImmutableArray.CreateBuilder<OutlineItem>();
        if (document.IsTest)
        {
            return PipelineTests.PipelineTestOutline.Find(document);
        }

        foreach (var root in document.Syntax.Documents.Select(d => d.Root).OfType<SyntaxNode>())
        {
            cancellation.ThrowIfCancellationRequested();
            var resource = document.Resources.FirstOrDefault(r => r.FindNode(root) is not null);
            items.Add(MakeResource(document, root, resource));
        }

        return items.ToImmutable();
    }

    private static OutlineItem MakeResource(ResourceDocument document, SyntaxNode root, BoundResource? resource)
    {
        var name = resource?.Name ?? document.Classification.Name;
        var selection = resource?.Root?.Find("name") is { IsImplied: false } property && root.Span.Contains(property.Span)
            ? property.Span
            : new TextSpan(root.Span.Start, 0);
        var children = Declarations(resource, "parameters", OutlineKind.Parameter)
            .Concat(Declarations(resource, "variables", OutlineKind.Variable))
            .Concat(Declarations(resource, "globalParameters", OutlineKind.Parameter))
            .Concat(document.Classification.Kind == ResourceKind.Pipeline ? FindActivities(root) : Properties(resource))
            .OrderBy(i => i.Span.Start);
        var detail = resource?.Properties?.FindString("type") ?? TypeNames.Describe(document.Classification.Kind);
        return new OutlineItem(name, detail, OutlineKind.Resource, root.Span, selection, [.. children]);
    }

    private static IEnumerable<OutlineItem> Declarations(BoundResource? resource, string list, OutlineKind kind) =>
        (resource?.Properties?.FindValue(list) as BoundObject)?.Properties
            .Where(p => !p.IsImplied && p.Name.Length > 0)
            .Select(p => new OutlineItem(p.Name, (p.Value as BoundObject)?.FindString("type"), kind, p.Span, p.NameSpan, [])) ?? [];

    /// <summary>The type properties of what is not a pipeline, a level deep.</summary>
    private static IEnumerable<OutlineItem> Properties(BoundResource? resource) =>
        (resource?.Properties?.FindValue("typeProperties") as BoundObject)?.Properties
            .Where(p => !p.IsImplied && p.Name.Length > 0)
            .Select(p => new OutlineItem(
                p.Name, p.Value is BoundScalar { Text.Length: <= 60 } scalar ? scalar.Text : null, OutlineKind.Property, p.Span, p.NameSpan, [])) ?? [];

    private static IEnumerable<OutlineItem> FindActivities(SyntaxNode node)
    {
        foreach (var child in node.Children)
        {
            if (child is MappingSyntax mapping && AsActivity(mapping) is var (name, type))
            {
                var children = FindActivities(mapping).ToImmutableArray();
                yield return new OutlineItem(
                    name.Value, type, children.IsEmpty ? OutlineKind.Activity : OutlineKind.Container, mapping.Span, name.Span, children);
            }
            else
            {
                foreach (var inner in FindActivities(child))
                {
                    yield return inner;
                }
            }
        }
    }

    private static (ScalarSyntax Name, string Type)? AsActivity(MappingSyntax mapping)
    {
        ScalarSyntax? Get(string key) =>
            mapping.Entries.FirstOrDefault(e => e.Key.Value.Equals(key, StringComparison.OrdinalIgnoreCase))?.Value as ScalarSyntax;
        return Get("name") is { Value.Length: > 0 } name && Get("type") is { } type && (IsActivityType(type.Value) || IsInActivityList(mapping))
            ? (name, type.Value)
            : null;
    }

    private static bool IsActivityType(string type) => SchemaCatalog.Default.FindActivityType()?.FindVariant(type) is not null;

    /// <summary>An activity of a type that the schema does not know is still one where it stands among activities.</summary>
    private static bool IsInActivityList(MappingSyntax mapping) => mapping.Parent is SequenceSyntax { Parent: MappingEntrySyntax entry }
        && entry.Key.Value.EndsWith("activities", StringComparison.OrdinalIgnoreCase);
}
