using Pipewright.Core.Binding;
using Pipewright.Core.Factory;
using Pipewright.Core.Schema;
using Pipewright.Core.Text;

namespace Pipewright.Core.Rules.DataFlows;

/// <summary>What a mapping data flow or flowlet is made of.</summary>
/// <param name="Content">Its lists of sources, sinks and transformations, and its script.</param>
internal sealed record FlowContent(RuleContext Context, BoundObject Content, DataFlowScript Script)
{
    /// <summary>The names of the sources, sinks and transformations that are listed, with the objects that have them.</summary>
    public IReadOnlyList<(BoundScalar Name, BoundObject Node)> Listed { get; } =
    [
        .. from node in DataFlowScript.FindStreams(Context.Resource)
           let name = node.FindValue("name") as BoundScalar
           where name is { Kind: Syntax.ScalarKind.String, Text.Length: > 0 }
           select (name, node),
    ];

    public bool HasScript => HasText("script") || HasText("scriptLines");

    /// <summary>Null for other resources: a Power Query has a language of its own, and a library no streams.</summary>
    public static FlowContent? Find(RuleContext context) => context.Kind == ResourceKind.DataFlow
        && context.Properties?.FindString("type")?.ToUpperInvariant() is "MAPPINGDATAFLOW" or "FLOWLET" && context.Properties.FindValue("typeProperties") is BoundObject content
            ? new FlowContent(context, content, DataFlowScript.Of(context.Resource))
            : null;

    /// <summary>Whether a property holds a script that is not empty.</summary>
    public bool HasText(string property) => Content.FindValue(property) switch
    {
        BoundScalar { Kind: Syntax.ScalarKind.String } text => !string.IsNullOrWhiteSpace(text.Text),
        BoundArray lines => lines.Items.OfType<BoundScalar>().Any(l => !string.IsNullOrWhiteSpace(l.Text)),
        _ => false,
    };

    /// <summary>The streams that the script makes, by name without regard to case.</summary>
    public bool Makes(string stream) => Script.Statements.Any(s => s.Stream.Text.Equals(stream, StringComparison.OrdinalIgnoreCase));

    public bool Lists(string stream) => Listed.Any(l => l.Name.Text.Equals(stream, StringComparison.OrdinalIgnoreCase));

    public static TextSpan Place(ScriptName name) => name.Scalar.ToSourceSpan(name.Span);
}
