using Pipewright.Core.Text;

namespace Pipewright.Core.Rules.Limits;

/// <summary>Where a finding about the whole of a part of a pipeline is shown.</summary>
internal static class PipelineParts
{
    /// <summary>The key of one of the resource's properties.</summary>
    public static TextSpan NameOf(RuleContext context, string property) => context.Properties?.Find(property)?.NameSpan ?? Names.NamedThing.NameSpan(context);
}
