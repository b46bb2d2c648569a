using Pipewright.Core.Binding;
using Pipewright.Core.Schema;
using Pipewright.Core.Syntax;

namespace Pipewright.Core.Rules.Names;

/// <summary>The sources, sinks and transformations of a mapping data flow or flowlet, which are streams in its script.</summary>
internal static class DataFlowStreams
{
    private static readonly string[] Lists = ["sources", "transformations", "sinks"];

    /// <summary>The names of the streams, in text order. A Power Query has names of its own language.</summary>
    public static IEnumerable<BoundScalar> FindNames(RuleContext context) => context.Kind == ResourceKind.DataFlow && IsScripted(context.Properties)
        ? Lists.Select(l => (context.Properties!.FindValue("typeProperties") as BoundObject)?.FindValue(l)).OfType<BoundArray>()
            .SelectMany(l => l.Items).OfType<BoundObject>().Select(s => s.FindValue("name")).OfType<BoundScalar>()
            .Where(n => n.Kind == ScalarKind.String).OrderBy(n => n.Span.Start)
        : [];

    private static bool IsScripted(BoundObject? properties) => properties?.FindString("type")?.ToUpperInvariant() is "MAPPINGDATAFLOW" or "FLOWLET";
}
