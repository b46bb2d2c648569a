using Pipewright.Core.Factory;

namespace Pipewright.Core.Emit;

/// <summary>A resource converted to another form.</summary>
/// <param name="Path">Where it belongs, relative to the root of the converted tree, with <c>/</c>: <c>pipeline/orders.json</c>, <c>pipeline/orders.pipeline.yaml</c>.</param>
/// <param name="Text">The whole file.</param>
/// <param name="Losses">What could not be kept, a sentence each; empty when nothing was lost.</param>
public sealed record ConvertedFile(string Path, string Text, IReadOnlyList<string> Losses);

/// <summary>The two directions between the Git form and the spec form.</summary>
public static class Conversion
{
    /// <summary>The Git form of every resource in the document: exactly the JSON that the spec stands for; Git form is only laid out anew.</summary>
    public static IReadOnlyList<ConvertedFile> ToGit(ResourceDocument document) => throw new NotSupportedException();

    /// <summary>The spec form: all left out that the schema already knows, comments kept.</summary>
    public static IReadOnlyList<ConvertedFile> ToSpec(ResourceDocument document) => throw new NotSupportedException();

    /// <summary>The body of the PUT request that deploys each resource of the document: the Git form without what the service writes itself.</summary>
    /// <returns>The name and the compact JSON text of each resource; empty for a document that has syntax errors.</returns>
    public static IReadOnlyList<(string Name, string Json)> ToDeployment(ResourceDocument document) => throw new NotSupportedException();
}
