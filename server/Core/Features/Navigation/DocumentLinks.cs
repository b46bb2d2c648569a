// The texts of a document that lead somewhere: names of resources to their files, types to Microsoft's documentation, addresses to where they say.
using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Pipewright.Core.Binding;
using Pipewright.Core.Factory;
using Pipewright.Core.Schema;
using Pipewright.Core.Syntax;
using Pipewright.Core.Text;

namespace Pipewright.Core.Features.Navigation;

internal static partial class DocumentLinks
{
    private static readonly char[] PunctuationAtEnd = ['.', ',', ';', ':', '!', '?', ')', ']', '}'];

    /// <summary>
    /// In text order, none within another. Editors underline links, and a page is the same for all activities of a type: of each type only the first one in a document
    /// leads there. A hover has the page at every one.
    /// </summary>
    public static ImmutableArray<LinkResult> Find(FactorySnapshot factory, ResourceDocument document, CancellationToken cancellation)
    {
        var links = new List<LinkResult>();
        var pages = new HashSet<Uri>();
        for (var i = 0; i < document.Resources.Length; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            links.AddRange(document.References[i].Select(r => LinkReference(factory, r)).OfType<LinkResult>());
            foreach (var node in document.Resources[i].Root?.DescendantsAndSelf() ?? [])
            {
                if (node is BoundObject value && LinkType(value) is { } page)
                {
                    links.AddRange(pages.Add(page.Page!) ? [page] : []);
                }
                else if (node is BoundScalar { Kind: ScalarKind.String, Syntax: ScalarSyntax syntax } text && !SpecForm.IsExpression(text.Text))
                {
                    links.AddRange(LinkAddresses(syntax));
                    links.AddRange(text.Parent is BoundProperty { Name: "notebookPath" } && factory.FindNotebook(text.Text) is { } notebook
                        ? [new LinkResult(SpanOf(syntax), null, null, "Notebook " + notebook.Path) { File = notebook.Path }]
                        : Array.Empty<LinkResult>());
                }
            }
        }

        return [.. links.DistinctBy(l => l.Span).OrderBy(l => l.Span.Start)];
    }

    private static LinkResult? LinkReference(FactorySnapshot factory, ResourceReference reference) =>
        reference.Name.Syntax is ScalarSyntax { Value.Length: > 0 } syntax && factory.Find(reference.Kind, reference.Name.Text) is [var target, ..]
            ? new LinkResult(SpanOf(syntax), new LinkTarget(target.Kind, target.Name), null, $"{TypeNames.Describe(target.Kind)} {target.Name}")
            : null;

    private static LinkResult? LinkType(BoundObject value) =>
        value is { Type: DiscriminatedType type, Shape: { Discriminator: not null } shape }
            && value.FindValue(type.DiscriminatorName) is BoundScalar { Syntax: ScalarSyntax { Value.Length: > 0 } syntax } && DocumentationPages.Find(shape) is { } page
            ? new LinkResult(SpanOf(syntax), null, page, $"Documentation of the {TypeNames.Describe(shape)}")
            : null;

    private static IEnumerable<LinkResult> LinkAddresses(ScalarSyntax syntax)
    {
        foreach (Match match in Address().Matches(syntax.Value))
        {
            var text = match.Value.TrimEnd(PunctuationAtEnd);
            if (Uri.TryCreate(text, UriKind.Absolute, out var page) && page.Host.Length > 0)
            {
                yield return new LinkResult(syntax.ToSourceSpan(new TextSpan(match.Index, text.Length)), null, page, page.Host);
            }
        }
    }

    private static TextSpan SpanOf(ScalarSyntax syntax) => syntax.ToSourceSpan(new TextSpan(0, syntax.Value.Length));

    [GeneratedRegex("""https?://[^\s"'<>|\\^`{}]+""", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Address();
}
