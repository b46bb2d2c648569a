using Pipewright.Core.Binding;
using Pipewright.Core.Text;

namespace Pipewright.Core.Rules.Triggers;

/// <summary>The beginning of a blob's path does not start with a slash and a container, as all paths of events do.</summary>
internal sealed class UnrootedBlobPathRule() : Rule(new("PW4320", DiagnosticSeverity.Warning, "Path of a blob trigger does not start with its container"))
{
    public override IEnumerable<Diagnostic> Check(RuleContext context)
    {
        if (TriggerParts.Find(context, TriggerParts.BlobEvents)?.FindValue("blobPathBeginsWith") is BoundScalar scalar
            && TriggerParts.TextOf(scalar) is { Length: > 0 } path && !path.StartsWith('/'))
        {
            yield return Descriptor.At(
                scalar.Span, "The paths of events start with a slash and the container: '/container/blobs/folder/'.",
                BlobPath.FindRooted(path) is { } rooted ? [new CodeFix($"Change to '{rooted}'", context.Edits.SetText(scalar, rooted))] : []);
        }
    }
}
