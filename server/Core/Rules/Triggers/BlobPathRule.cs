using Pipewright.Core.Binding;
using Pipewright.Core.Text;

namespace Pipewright.Core.Rules.Triggers;

/// <summary>
/// A path of a blob trigger has a folder right behind its container: no event's path does, as <c>/blobs/</c> stands between them (Microsoft's
/// documentation of storage event triggers).
/// </summary>
internal sealed class BlobPathRule() : Rule(new("PW4319", DiagnosticSeverity.Error, "Path of a blob trigger lacks /blobs/"))
{
    public override IEnumerable<Diagnostic> Check(RuleContext context)
    {
        if (TriggerParts.Find(context, TriggerParts.BlobEvents)?.FindValue("blobPathBeginsWith") is BoundScalar scalar
            && TriggerParts.TextOf(scalar) is { } path && BlobPath.LacksBlobs(path))
        {
            yield return Descriptor.At(
                scalar.Span, "Between the container and the folder of a path stands '/blobs/': '/container/blobs/folder/'. This one never matches.",
                BlobPath.FindMeant(path) is { } meant ? [new CodeFix($"Change to '{meant}'", context.Edits.SetText(scalar, meant))] : []);
        }
    }
}
