using Pipewright.Core.Binding;
using Pipewright.Core.Syntax;
using Pipewright.Core.Text;

namespace Pipewright.Core.Rules.Triggers;

/// <summary>A blob trigger says nothing about paths: the model wants how they begin, how they end, or both.</summary>
internal sealed class MissingPathFilterRule() : Rule(new("PW4318", DiagnosticSeverity.Error, "Blob trigger without a path"))
{
    public override IEnumerable<Diagnostic> Check(RuleContext context)
    {
        if (TriggerParts.Find(context, TriggerParts.BlobEvents) is not { } filter)
        {
            yield break;
        }

        var paths = new[] { filter.FindValue("blobPathBeginsWith"), filter.FindValue("blobPathEndsWith") };
        if (Array.TrueForAll(paths, p => p is null or BoundScalar { Text: "" } or BoundScalar { Kind: ScalarKind.Null }))
        {
            yield return Descriptor.At(
                paths.FirstOrDefault(p => p is { IsImplied: false })?.Span ?? TriggerParts.Anchor(context),
                "A blob trigger needs 'blobPathBeginsWith' (such as '/container/blobs/folder/') or 'blobPathEndsWith' (such as '.csv').");
        }
    }
}
