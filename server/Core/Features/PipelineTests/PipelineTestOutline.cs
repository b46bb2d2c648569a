using System.Collections.Immutable;
using Pipewright.Core.Factory;
using Pipewright.Core.PipelineTests;
using Pipewright.Core.Syntax;
using Pipewright.Core.Text;

namespace Pipewright.Core.Features.PipelineTests;

/// <summary>The outline of a file of tests: its cases, and what each says.</summary>
internal static class PipelineTestOutline
{
    public static ImmutableArray<OutlineItem> Find(ResourceDocument document)
    {
        if (document.Syntax.Root is not { } root)
        {
            return [];
        }

        var file = PipelineTestFile.Read(document);
        return [new OutlineItem(
            document.Classification.Name, "pipeline test", OutlineKind.Resource, root.Span, new TextSpan(root.Span.Start, 0),
            [.. file.Cases.Where(c => root.Span.Contains(c.Span)).Select(c => new OutlineItem(c.Name, c.Description ?? c.Pipeline, OutlineKind.Container, c.Span, c.NameSpan, PartsOf(document, c)))])];
    }

    private static ImmutableArray<OutlineItem> PartsOf(ResourceDocument document, PipelineTestCase one) =>
        document.Syntax.FindNode(one.NameSpan.Start)?.Parent is MappingEntrySyntax { Value.Resolved: MappingSyntax content } && one.Span.Contains(content.Span)
            ? [.. content.Entries.Select(e => new OutlineItem(e.Key.Value, (e.Value as ScalarSyntax)?.Value, OutlineKind.Property, e.Span, e.Key.Span, []))]
            : [];
}
