// Rules about settings of a copy, and of what logs, that need each other.
using Pipewright.Core.Binding;
using Pipewright.Core.Syntax;
using Pipewright.Core.Text;

namespace Pipewright.Core.Rules.Connections;

/// <summary>A setting that is switched on and lacks what it works with.</summary>
internal sealed class IncompleteSettingRule() : Rule(new("PW4417", DiagnosticSeverity.Error, "Setting without what it needs"))
{
    /// <summary>By activity type: the switch, and the property that it needs (Microsoft's documentation of the activities).</summary>
    private static readonly (string Activity, string Switch, string Needs)[] Pairs =
    [
        ("Copy", "enableStaging", "stagingSettings.linkedServiceName"), ("Delete", "enableLogging", "logStorageSettings"),
    ];

    public override IEnumerable<Diagnostic> Check(RuleContext context) =>
        from activity in context.Activities
        let settings = activity.TypeProperties
        where settings is not null && !context.IsInactive(activity.Activity.Node)
        from pair in Pairs
        where activity.Is(pair.Activity)
        let property = settings?.Find(pair.Switch)
        where property?.Value is BoundScalar { Kind: ScalarKind.Boolean, Text: var text } && text.Equals("true", StringComparison.OrdinalIgnoreCase) && Find(settings, pair.Needs) is null
        select Descriptor.At(
            property.Value.Span, $"'{pair.Switch}' needs '{pair.Needs}'. Give it, or switch '{pair.Switch}' off.",
            new CodeFix($"Switch '{pair.Switch}' off", context.Edits.SetValue(property.Value, new NewLiteral("false"))) { IsPreferred = false });

    private static BoundNode? Find(BoundObject settings, string path) =>
        path.Split('.').Aggregate((BoundNode?)settings, (node, name) => (node as BoundObject)?.FindValue(name));
}

/// <summary>A sink that upserts needs to know by which columns rows are the same.</summary>
internal sealed class UpsertKeysRule() : Rule(new("PW4418", DiagnosticSeverity.Warning, "Upsert without keys"))
{
    public override IEnumerable<Diagnostic> Check(RuleContext context)
    {
        foreach (var sink in context.Activities.Where(a => a.Is("Copy") && !context.IsInactive(a.Activity.Node)).Select(a => a.TypeProperties?.FindValue("sink")).OfType<BoundObject>())
        {
            // Those of the SQL family have the settings; others know their rows by themselves.
            if (sink.FindValue("writeBehavior") is BoundScalar behaviour && behaviour.Text.Equals("upsert", StringComparison.OrdinalIgnoreCase)
                && sink.Shape?.FindProperty("upsertSettings") is not null && (sink.FindValue("upsertSettings") as BoundObject)?.FindValue("keys") is null or BoundArray { Items.IsEmpty: true })
            {
                yield return Descriptor.At(behaviour.Span, "To upsert, give the columns that tell rows apart as 'upsertSettings.keys'. Without, the primary key of the table is used, if it has one.");
            }
        }
    }
}
