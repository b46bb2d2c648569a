using Pipewright.Core.Binding;
using Pipewright.Core.Factory;
using Pipewright.Core.Schema;
using Pipewright.Core.Syntax;
using Pipewright.Core.Text;

namespace Pipewright.Core.Emit;

/// <summary>A resource converted to another form.</summary>
/// <param name="Path">Where it belongs, relative to the root of the converted tree, with <c>/</c>: <c>pipeline/orders.json</c>, <c>pipeline/orders.pipeline.yaml</c>.</param>
/// <param name="Text">The whole file.</param>
/// <param name="Losses">What could not be kept, a sentence each; empty when nothing was lost.</param>
public sealed record ConvertedFile(string Path, string Text, IReadOnlyList<string> Losses)
{
    /// <summary>Where comments were that the file has no place for, by lines from 1; empty where it keeps them all.</summary>
    public IReadOnlyList<int> LostComments { get; init; } = [];
}

/// <summary>The two directions between the Git form and the spec form.</summary>
public static class Conversion
{
    /// <summary>The Git form of every resource in the document: exactly the JSON that the spec stands for; Git form is only laid out anew. JSON has no comments.</summary>
    public static IReadOnlyList<ConvertedFile> ToGit(ResourceDocument document) =>
        [.. document.Resources.Where(r => r.Content is not null).Select((r, i) => new ConvertedFile(GetGitPath(document, r), JsonTextWriter.Write(r.Content!, "\t") + "\n", GetLosses(document))
        {
            LostComments = i == 0 ? [.. document.Syntax.Tokens.Where(t => t.Kind == SyntaxTokenKind.Comment).Select(t => document.Text.GetPosition(t.Span.Start).Line + 1).Distinct()] : [],
        })];

    /// <summary>The spec form: all left out that the schema already knows, comments kept. A document in the spec form is given back as it is.</summary>
    public static IReadOnlyList<ConvertedFile> ToSpec(ResourceDocument document)
    {
        if (document.Classification.Form == ResourceForm.Spec)
        {
            return [new ConvertedFile(document.Path, document.Text.Content, [])];
        }

        var path = GetFolder(document) + document.Classification.Name + "." + GetSuffix(document.Classification.Kind) + ".yaml";
        return [.. document.Resources.Where(r => r.Content is not null).Select(r => new ConvertedFile(
            path, SpecTextWriter.Write(SpecLifter.Lift(r, document.Classification.Name), document.Syntax), GetLosses(document)))];
    }

    /// <summary>The body of the PUT request that deploys each resource of the document: the Git form without what the service writes itself.</summary>
    /// <returns>The name and the compact JSON text of each resource; empty for a document that has syntax errors.</returns>
    public static IReadOnlyList<(string Name, string Json)> ToDeployment(ResourceDocument document) => document.HasSyntaxErrors
        ? []
        : [.. document.Resources.Where(r => r.Root is not null).Select(r => (r.Name, JsonTextWriter.Write(GetBody(r), null)))];

    private static BoundObject GetBody(BoundResource resource)
    {
        var root = resource.Root!;
        var kept = root.Properties.Where(p => resource.Kind == ResourceKind.Factory
            ? !p.Name.Equals("name", StringComparison.OrdinalIgnoreCase) && p.Schema is not { IsReadOnly: true }
            : p.Name.Equals("properties", StringComparison.OrdinalIgnoreCase));
        return new BoundObject(null, root.Span, root.Type, root.Shape, [.. kept.Select(p => WithoutReadOnly(p))], []);
    }

    private static BoundProperty WithoutReadOnly(BoundProperty property)
    {
        if (property.Value is not BoundObject value)
        {
            return new BoundProperty(property.Entry, property.Span, property.Name, property.Schema, property.Value);
        }

        // What the service writes stands at the top of a resource's properties; below that, a body is deployed as it is written.
        var kept = value.Properties.Where(p => p.Schema is not { IsReadOnly: true })
            .Select(p => new BoundProperty(p.Entry, p.Span, p.Name, p.Schema, p.Value));
        return new BoundProperty(property.Entry, property.Span, property.Name, property.Schema, new BoundObject(
            value.Syntax, value.Span, value.Type, value.Shape, [.. kept], []));
    }

    private static List<string> GetLosses(ResourceDocument document) => [.. document.Syntax.Diagnostics
        .Where(d => d.Severity == DiagnosticSeverity.Error)
        .Select(d => $"{document.Path}({document.Text.GetPosition(d.Span.Start).Line + 1}): {d.Message}")];

    private static string GetGitPath(ResourceDocument document, BoundResource resource)
    {
        if (document.Classification.Form == ResourceForm.Git)
        {
            return document.Path;
        }

        var name = document.Resources.Length == 1 ? document.Classification.Name : resource.Name;
        return resource.Kind == ResourceKind.ManagedPrivateEndpoint
            ? $"managedVirtualNetwork/{FindVirtualNetwork(document.Path)}/managedPrivateEndpoint/{name}.json"
            : $"{GetSuffix(resource.Kind)}/{name}.json";
    }

    /// <summary>The network of a private endpoint, by its file's place; ADF has one network, <c>default</c>, in almost every factory.</summary>
    public static string FindVirtualNetwork(string path)
    {
        var parts = path.Split('/');
        var at = Array.FindIndex(parts, p => p.Equals("managedVirtualNetwork", StringComparison.OrdinalIgnoreCase));
        return at >= 0 && at + 2 < parts.Length ? parts[at + 1] : "default";
    }

    private static string GetFolder(ResourceDocument document)
    {
        var slash = document.Path.LastIndexOf('/');
        return slash < 0 ? "" : document.Path[..(slash + 1)];
    }

    private static string GetSuffix(ResourceKind kind) => FileClassification.WordOf(kind);
}
