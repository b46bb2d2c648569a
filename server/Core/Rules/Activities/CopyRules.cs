// Rules about the settings of a copy that work against each other.
using Pipewright.Core.Binding;
using Pipewright.Core.Syntax;
using Pipewright.Core.Text;

namespace Pipewright.Core.Rules.Activities;

/// <summary>A copy needs a dataset to read and one to write (Microsoft's documentation of the activity). That a list of them is empty, the schema says.</summary>
internal sealed class CopyWithoutDatasetRule() : Rule(new("PW4256", DiagnosticSeverity.Error, "Copy without a dataset"))
{
    public override IEnumerable<Diagnostic> Check(RuleContext context) =>
        from activity in context.Running("Copy")
        let missing = ((string[])["inputs", "outputs"]).Where(l => ActivityReading.Given(activity.Activity.Node.FindValue(l)) is null).ToList()
        where missing.Count > 0
        select Descriptor.At(activity.Anchor(), $"'{activity.Name}' needs {string.Join(" and ", missing.Select(m => $"'{m}'"))}: the dataset to {(missing is ["outputs"] ? "write" : missing is ["inputs"] ? "read" : "read, and the one to write")}.");
}

/// <summary>A copy reads one dataset and writes one (Microsoft's documentation of the activity); what the service makes of more is not known.</summary>
internal sealed class ManyDatasetsRule() : Rule(new("PW4257", DiagnosticSeverity.Warning, "Copy with several datasets"))
{
    public override IEnumerable<Diagnostic> Check(RuleContext context) =>
        from activity in context.Running("Copy")
        from list in (string[])["inputs", "outputs"]
        let items = (activity.Activity.Node.FindValue(list) as BoundArray)?.Items ?? []
        from item in items.Skip(1)
        select Descriptor.At(
            item.Span, $"'{activity.Name}' {(list == "inputs" ? "reads" : "writes")} one dataset. Copy each in an activity of its own, or loop over them with ForEach.",
            ActivityReading.Possible(new CodeFix("Remove it", context.Edits.RemoveItem(item)) { IsPreferred = false }));
}

/// <summary>How columns are mapped is said in the old form and in the new one.</summary>
internal sealed class TwoMappingsRule() : Rule(new("PW4240", DiagnosticSeverity.Warning, "Columns mapped twice"))
{
    public override IEnumerable<Diagnostic> Check(RuleContext context) =>
        from activity in context.Running("Copy")
        let translator = activity.FindValue("translator") as BoundObject
        where translator is not null && ActivityReading.Given(translator.FindValue("mappings")) is not null
        from old in (string[])["columnMappings", "schemaMapping"]
        let property = translator.Find(old)
        where property is not null && ActivityReading.Given(property.Value) is not null
        select Descriptor.At(
            property.NameSpan, $"The columns are mapped by 'mappings' as well, of which '{old}' is the old form. Keep 'mappings'.",
            ActivityReading.Possible(new CodeFix($"Remove '{old}'", context.Edits.Remove(property))));
}

/// <summary>Where rows go that do not fit is said of a copy that fails at the first of them (Microsoft's documentation of fault tolerance).</summary>
internal sealed class RedirectWithoutSkipRule() : Rule(new("PW4241", DiagnosticSeverity.Warning, "Rows are redirected that are not skipped"))
{
    public override IEnumerable<Diagnostic> Check(RuleContext context) =>
        from activity in context.Running("Copy")
        let redirect = activity.TypeProperties?.Find("redirectIncompatibleRowSettings")
        where redirect is not null && ActivityReading.Given(redirect.Value) is not null
            && (activity.FindValue("enableSkipIncompatibleRow") is null || activity.IsFlag("enableSkipIncompatibleRow", false))
        select Descriptor.At(
            redirect.NameSpan, "Rows that do not fit are redirected only with 'enableSkipIncompatibleRow: true'; without, the copy fails at the first.",
            ActivityReading.Possible(
                context.SetFix("Skip rows that do not fit", activity, "enableSkipIncompatibleRow", new NewLiteral("true")),
                new CodeFix("Remove the settings", context.Edits.Remove(redirect))));
}

/// <summary>Rows that do not fit are left out, and nobody learns which.</summary>
internal sealed class SilentSkipRule() : Rule(new("PW4242", DiagnosticSeverity.Hint, "Rows are skipped without a trace"))
{
    private static readonly string[] Traces = ["logSettings", "logStorageSettings", "redirectIncompatibleRowSettings"];

    public override IEnumerable<Diagnostic> Check(RuleContext context) =>
        from activity in context.Running("Copy")
        where activity.IsFlag("enableSkipIncompatibleRow", true) && Traces.All(t => activity.FindValue(t) is null)
        select Descriptor.At(
            activity.FindValue("enableSkipIncompatibleRow")!.Span, "Rows that do not fit are left out, and nothing tells which. Let 'logSettings' keep them, or look at 'rowsSkipped' in the output.");
}
