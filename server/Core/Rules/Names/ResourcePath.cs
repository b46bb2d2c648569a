using Pipewright.Core.Factory;

namespace Pipewright.Core.Rules.Names;

/// <summary>Where resources have their files.</summary>
internal static class ResourcePath
{
    /// <summary>The path of a document's file, were its resource named otherwise: <c>etl/orders.pipeline.yaml</c>. The same path where that cannot be told.</summary>
    public static string WithName(ResourceDocument document, string name)
    {
        var file = document.Path.LastIndexOf('/') + 1;
        var old = document.Classification.Name;
        return document.Path.AsSpan(file).StartsWith(old, StringComparison.Ordinal)
            ? string.Concat(document.Path.AsSpan(0, file), name, document.Path.AsSpan(file + old.Length))
            : document.Path;
    }
}
