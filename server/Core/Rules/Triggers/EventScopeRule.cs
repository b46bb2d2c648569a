using System.Text.RegularExpressions;
using Pipewright.Core.Binding;
using Pipewright.Core.Text;

namespace Pipewright.Core.Rules.Triggers;

/// <summary>What an event trigger listens to is told by its id in Azure: that of a storage account, or of an Event Grid topic (the model).</summary>
internal sealed partial class EventScopeRule() : Rule(new("PW4322", DiagnosticSeverity.Error, "Scope of an event trigger is no resource id"))
{
    public override IEnumerable<Diagnostic> Check(RuleContext context)
    {
        var isBlob = TriggerParts.TypeOf(context.Resource) == TriggerParts.BlobEvents;
        var scope = (TriggerParts.Find(context, TriggerParts.BlobEvents) ?? TriggerParts.Find(context, TriggerParts.CustomEvents))?.FindValue("scope") as BoundScalar;
        if (TriggerParts.TextOf(scope) is not { } text || Fits(text, isBlob))
        {
            yield break;
        }

        var (what, provider) = isBlob ? ("a storage account", "Microsoft.Storage/storageAccounts/<name>") : ("an Event Grid topic", "Microsoft.EventGrid/topics/<name>");
        yield return Descriptor.At(
            scope!.Span, $"The scope is the id of {what}: /subscriptions/<id>/resourceGroups/<group>/providers/{provider}.",
            Fits("/" + text, isBlob) ? [new CodeFix($"Change to '/{text}'", context.Edits.SetText(scope, "/" + text))] : []);
    }

    private static bool Fits(string scope, bool isBlob) => (isBlob ? StorageAccount() : EventTopic()).IsMatch(scope);

    [GeneratedRegex(@"^/subscriptions/[^/]+/resourceGroups/[^/]+/providers/Microsoft\.Storage/storageAccounts/[^/]+", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex StorageAccount();

    [GeneratedRegex(@"^/subscriptions/[^/]+/resourceGroups/[^/]+/providers/Microsoft\.EventGrid/[^/]+/[^/]+", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex EventTopic();
}
