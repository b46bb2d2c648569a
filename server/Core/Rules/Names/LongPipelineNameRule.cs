using Pipewright.Core.Schema;
using Pipewright.Core.Text;

namespace Pipewright.Core.Rules.Names;

/// <summary>A pipeline's name is longer than Microsoft's documentation allows, and not longer than the REST model does.</summary>
internal sealed class LongPipelineNameRule() : Rule(new("PW5003", DiagnosticSeverity.Warning, "Pipeline name is longer than documented"))
{
    /// <summary>Microsoft's naming rules.</summary>
    private const int Longest = 140;

    public override IEnumerable<Diagnostic> Check(RuleContext context) => context.Kind != ResourceKind.Pipeline ? [] :
        from thing in NamedThing.OfResource(context)
        where thing.Name.Length > Longest && thing.Name.Length <= thing.Grammar.Longest
        select Descriptor.At(
            thing.Span, $"The name of the pipeline has {thing.Name.Length} characters; Studio takes at most {Longest}.",
            [.. thing.Rename(thing.Name[..Longest].TrimEnd())]);
}
