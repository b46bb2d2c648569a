// Habits about what is started, how much at once, how long and with which secrets.
using Pipewright.Core.Binding;
using Pipewright.Core.Rules.Connections;
using Pipewright.Core.Rules.Names;
using Pipewright.Core.Schema;
using Pipewright.Core.Syntax;
using Pipewright.Core.Text;

namespace Pipewright.Core.Rules.Habits;

/// <summary>A trigger that starts nothing. One that is started already is another finding, PW4323.</summary>
internal sealed class IdleTriggerRule() : Rule(new("PW5306", DiagnosticSeverity.Off, "Trigger without pipelines"))
{
    public override IEnumerable<Diagnostic> Check(RuleContext context)
    {
        if (context.Kind == ResourceKind.Trigger && context.Properties is { } properties && !context.References.Any(r => r.Kind == ResourceKind.Pipeline)
            && !"Started".Equals(properties.FindString("runtimeState"), StringComparison.OrdinalIgnoreCase))
        {
            yield return Descriptor.At(NamedThing.NameSpan(context), $"The trigger '{context.Resource.Name}' starts no pipeline. Name one, or delete it.");
        }
    }
}

/// <summary>A pipeline that no trigger starts and no other pipeline executes. Somebody may start it by hand.</summary>
internal sealed class UncalledPipelineRule() : Rule(new("PW5307", DiagnosticSeverity.Off, "Pipeline that nothing starts"))
{
    public override IEnumerable<Diagnostic> Check(RuleContext context)
    {
        if (context.Kind == ResourceKind.Pipeline && context.Properties is not null && !context.Factory.IsReferenced(ResourceKind.Pipeline, context.Resource.Name))
        {
            yield return Descriptor.At(NamedThing.NameSpan(context), $"No trigger starts the pipeline '{context.Resource.Name}', and no other pipeline executes it.");
        }
    }
}

/// <summary>A loop that leaves it to the service how much runs at once: 20 by Microsoft's documentation.</summary>
internal sealed class NoBatchCountRule() : Rule(new("PW5308", DiagnosticSeverity.Off, "Loop without a batch count"))
{
    public override IEnumerable<Diagnostic> Check(RuleContext context) =>
        from activity in context.Activities
        where activity.Is("ForEach") && activity.TypeProperties is { } settings && Given.IsEmpty(settings.FindValue("batchCount"))
            && settings.FindValue("isSequential") is not BoundScalar { Text: "true" or "True" }
        select Descriptor.At(
            activity.Activity.Name?.Span ?? activity.Activity.Node.Span, $"'{activity.Name}' runs up to 20 items at once, as it gives no 'batchCount'. Say how many its stores can take; 50 are the most.",
            new CodeFix("Set 'batchCount' to 20", context.Edits.SetProperty(activity.Activity.Node, "typeProperties.batchCount", new NewLiteral("20"))) { IsPreferred = false });
}

/// <summary>A linked service whose secret is kept in the factory, rather than in a Key Vault.</summary>
internal sealed class KeptSecretRule() : Rule(new("PW5309", DiagnosticSeverity.Off, "Secret is not in a Key Vault"))
{
    public override IEnumerable<Diagnostic> Check(RuleContext context)
    {
        if (LinkedServiceReading.Of(context) is { } service
            && service.Settings.Properties.FirstOrDefault(p => p.Name.Equals("encryptedCredential", StringComparison.OrdinalIgnoreCase) || LinkedServiceReading.IsSecureString(p.Value)) is { } kept)
        {
            yield return Descriptor.At(
                kept.NameSpan, $"The linked service '{context.Resource.Name}' keeps a secret of its own. Read it from a Key Vault, or let a managed identity sign in.");
        }
    }
}

/// <summary>An activity that may run as long as the service lets it: twelve hours by Microsoft's documentation, seven days in older factories.</summary>
internal sealed class DefaultTimeoutRule() : Rule(new("PW5311", DiagnosticSeverity.Off, "Activity with the default timeout"))
{
    public override IEnumerable<Diagnostic> Check(RuleContext context) =>
        from activity in context.Activities
        where activity.Activity.Name is not null && activity.Activity.Node.Shape?.FindProperty("policy")?.Type is ObjectType policy && policy.FindProperty("timeout") is not null
        let timeout = (activity.Activity.Node.FindValue("policy") as BoundObject)?.FindValue("timeout")
        where Given.IsEmpty(timeout) || timeout is BoundScalar { Text: "0.12:00:00" or "12:00:00" or "7.00:00:00" }
        select Descriptor.At(
            timeout is { IsImplied: false, Span.Length: > 0 } ? timeout.Span : activity.Activity.Name!.Span, $"'{activity.Name}' has the timeout that it has by default. Give it one that fits what it does.");
}

/// <summary>Two linked services of the same type and settings: a change of one is forgotten in the other.</summary>
internal sealed class SameConnectionRule() : Rule(new("PW5312", DiagnosticSeverity.Off, "Two linked services to the same store"))
{
    public override IEnumerable<Diagnostic> Check(RuleContext context) => SameSettings.Find(context, ResourceKind.LinkedService, Descriptor);
}

/// <summary>Two datasets of the same type and settings.</summary>
internal sealed class SameDatasetRule() : Rule(new("PW5313", DiagnosticSeverity.Off, "Two datasets of the same files or table"))
{
    public override IEnumerable<Diagnostic> Check(RuleContext context) => SameSettings.Find(context, ResourceKind.Dataset, Descriptor);
}

/// <summary>Resources that differ in nothing but their names and what is said about them.</summary>
internal static class SameSettings
{
    private static readonly string[] Compared = ["type", "linkedServiceName", "typeProperties", "parameters", "connectVia", "schema", "structure", "version"];

    public static IEnumerable<Diagnostic> Find(RuleContext context, ResourceKind kind, DiagnosticDescriptor descriptor)
    {
        if (context.Kind != kind || context.Properties is null || context.Resource.Root is null || !context.Properties.Properties.Any(p => p.Name == "typeProperties"))
        {
            yield break;
        }

        var own = Write(context.Properties);
        if (context.Factory.OfKind(kind).FirstOrDefault(s => s.Resource.Properties is { } other && s.Name != context.Resource.Name && Write(other) == own) is { } same)
        {
            yield return descriptor.At(NamedThing.NameSpan(context), $"The {TypeNames.Describe(kind)} '{same.Name}' has the very same settings. Keep one of them, with a parameter for what is to differ.") with
            {
                Related = [new RelatedPlace(same.Document.Path, same.Resource.NameSpan, $"'{same.Name}' is declared here")],
            };
        }
    }

    private static string Write(BoundObject properties) => string.Join('\n', Compared.Select(c => properties.FindValue(c)).Select(v => v is null ? "" : Write(v)));

    /// <summary>In one order of properties; implied values count as written ones do.</summary>
    private static string Write(BoundNode node) => node switch
    {
        BoundObject value => "{" + string.Join(',', value.Properties.OrderBy(p => p.Name, StringComparer.OrdinalIgnoreCase).Select(p => p.Name.ToUpperInvariant() + ":" + Write(p.Value))) + "}",
        BoundArray array => "[" + string.Join(',', array.Items.Select(Write)) + "]",
        BoundScalar scalar => scalar.Kind + "'" + scalar.Text + "'",
        _ => "",
    };
}
