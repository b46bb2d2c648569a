// Rules about what a notebook is passed. Facts by Microsoft's documentation of the activity, and Databricks' of widgets.
using System.Collections.Immutable;
using Pipewright.Core.Binding;
using Pipewright.Core.Expressions;
using Pipewright.Core.Notebooks;
using Pipewright.Core.Rules.Activities;
using Pipewright.Core.Syntax;
using Pipewright.Core.Text;

namespace Pipewright.Core.Rules.Databricks;

/// <summary>A parameter that the notebook neither declares nor reads.</summary>
internal sealed class ParameterWithoutWidgetRule() : Rule(new("PW6006", DiagnosticSeverity.Hint, "Parameter that the notebook doesn't read"))
{
    public override IEnumerable<Diagnostic> Check(RuleContext context)
    {
        foreach (var call in NotebookCall.FindAll(context).Where(c => c.Contract.KnowsReads))
        {
            var known = call.Contract.Widgets.Select(w => w.Name).Concat(call.Contract.Reads.Select(r => r.Name)).ToHashSet(StringComparer.Ordinal);
            foreach (var passed in call.Passed.Where(p => !known.Contains(p.Name)))
            {
                var closest = Spelling.FindClosest(passed.Name, known.Where(k => !call.Passes(k)).Order(StringComparer.Ordinal));
                yield return Descriptor.At(
                    passed.NameSpan, $"The notebook '{call.Name}' has no widget '{passed.Name}' and doesn't read it." + (closest is null ? "" : $" Did you mean '{closest}'?"),
                    ActivityReading.Possible(
                    [
                        .. closest is null ? Array.Empty<CodeFix>() : [new CodeFix($"Change to '{closest}'", context.Edits.SetName(passed, closest)) { IsPreferred = true }],
                        new CodeFix("Don't pass it", context.Edits.Remove(passed)) { IsPreferred = false },
                    ]));
            }
        }
    }
}

/// <summary>What a notebook reads, and nobody gives it: the run ends with InputWidgetNotDefined.</summary>
internal sealed class MissingParameterRule() : Rule(new("PW6007", DiagnosticSeverity.Warning, "Notebook reads a parameter that is not passed"))
{
    public override IEnumerable<Diagnostic> Check(RuleContext context) =>
        from call in NotebookCall.FindAll(context)
        where call.KnowsParameters && call.Contract.KnowsWidgets
        let declared = call.Contract.Widgets.Where(w => w.HasDefault).Select(w => w.Name).ToHashSet(StringComparer.Ordinal)
        from name in call.Contract.Reads.Where(r => r.Kind == WidgetUseKind.Read).Select(r => r.Name).Distinct(StringComparer.Ordinal)
        where !declared.Contains(name) && !call.Passes(name)
        select Descriptor.At(call.Path.Span, $"The notebook '{call.Name}' reads '{name}', which has no default and is not passed. Pass it in 'baseParameters'.", call.PassFixes(context, name));
}

/// <summary>An empty default usually stands for none: the notebook is meant to be passed a value.</summary>
internal sealed class EmptyDefaultRule() : Rule(new("PW6008", DiagnosticSeverity.Hint, "Widget with an empty default is not passed"))
{
    public override IEnumerable<Diagnostic> Check(RuleContext context) =>
        from call in NotebookCall.FindAll(context)
        where call.KnowsParameters && call.Contract.KnowsWidgets
        let read = call.Contract.Reads.Select(r => r.Name).ToHashSet(StringComparer.Ordinal)
        from widget in call.Contract.Widgets
        where widget is { HasDefault: true, Default: "" } && read.Contains(widget.Name) && !call.Passes(widget.Name)
        select Descriptor.At(call.Path.Span, $"The notebook '{call.Name}' reads '{widget.Name}', whose default is empty, and it is not passed.", call.PassFixes(context, widget.Name));
}

/// <summary>A value that the widget doesn't offer.</summary>
internal sealed class WidgetChoiceRule() : Rule(new("PW6009", DiagnosticSeverity.Warning, "Value is not among the widget's choices"))
{
    public override IEnumerable<Diagnostic> Check(RuleContext context)
    {
        foreach (var call in NotebookCall.FindAll(context).Where(c => c.Contract.KnowsWidgets))
        {
            foreach (var passed in call.Passed)
            {
                if (call.Contract.Widgets.FirstOrDefault(w => w.Name == passed.Name) is { Kind: WidgetKind.Dropdown or WidgetKind.Multiselect, Choices: { IsEmpty: false } choices } widget
                    && ActivityReading.Literal(passed.Value) is { } value && !value.Text.Contains("@{", StringComparison.Ordinal) && FindWrong(widget, value.Text, choices) is { } wrong)
                {
                    var closest = widget.Kind == WidgetKind.Dropdown ? choices.FirstOrDefault(c => c.Equals(wrong, StringComparison.OrdinalIgnoreCase)) ?? Spelling.FindClosest(wrong, choices) : null;
                    yield return Descriptor.At(
                        value.Span, $"'{wrong}' is not among the choices of the widget '{widget.Name}': {string.Join(", ", choices.Take(10))}{(choices.Length > 10 ? ", …" : "")}.",
                        closest is null ? [] : ActivityReading.Possible(context.ChangeTo(value, closest)));
                }
            }
        }
    }

    private static string? FindWrong(Widget widget, string value, ImmutableArray<string> choices) => widget.Kind == WidgetKind.Dropdown
        ? choices.Contains(value) ? null : value
        : value.Split(',').FirstOrDefault(v => !choices.Contains(v) && !choices.Contains(v.Trim()));
}

/// <summary>Parameters arrive as text (Microsoft's documentation). A number is the same then; of a list, an object and a truth value a notebook may think otherwise.</summary>
internal sealed class ParameterTextRule() : Rule(new("PW6010", DiagnosticSeverity.Information, "Notebook gets a text"))
{
    private const TypeKinds Surprising = TypeKinds.Boolean | TypeKinds.Array | TypeKinds.Object;

    public override IEnumerable<Diagnostic> Check(RuleContext context) =>
        from activity in context.Running("DatabricksNotebook")
        let map = activity.FindValue("baseParameters") as BoundObject
        where map is not null && !DynamicContent.IsExpressionObject(map)
        from passed in map.Properties
        let kinds = context.TypeOf(passed.Value).Kinds
        where kinds != TypeKinds.None && (kinds & ~(Surprising | TypeKinds.Null)) == 0 && (kinds & Surprising) != 0
        select Descriptor.At(ActivityReading.Place(passed.Value), $"'{passed.Name}' arrives as a text: {Advice(kinds)}", Fixes(context, passed));

    private static string Advice(TypeKinds kinds) => kinds.HasFlag(TypeKinds.Boolean) ? "compare it with 'true' and 'false' in any case." : "the notebook has to read it as JSON.";

    private static ImmutableArray<CodeFix> Fixes(RuleContext context, BoundProperty passed) => DynamicContent.FindExpression(passed.Value) is { Text: ['@', not '{', ..] } expression
        ? ActivityReading.Possible(new CodeFix("Say so with string()", context.Edits.SetText(expression, $"@string({expression.Text[1..]})")) { IsPreferred = false })
        : passed.Value is BoundScalar { Kind: ScalarKind.Boolean } literal
            ? ActivityReading.Possible(new CodeFix("Write it as a text", context.Edits.SetValue(literal, new NewScalar(literal.Text))) { IsPreferred = false })
            : [];
}

/// <summary>A parameter without a value: the run ends with error 3202 (Microsoft's documentation).</summary>
internal sealed class EmptyParameterRule() : Rule(new("PW6011", DiagnosticSeverity.Warning, "Notebook parameter without a value"))
{
    public override IEnumerable<Diagnostic> Check(RuleContext context) =>
        from activity in context.Running("DatabricksNotebook")
        from passed in (activity.FindValue("baseParameters") as BoundObject)?.Properties ?? []
        where passed.Value is BoundScalar { Kind: ScalarKind.Null }
        select Descriptor.At(
            passed.NameSpan, $"'{passed.Name}' has no value: a run ends with error 3202. Write '' for an empty text.",
            ActivityReading.Possible(
                new CodeFix("Pass an empty text", context.Edits.SetValue(passed.Value, new NewScalar(""))) { IsPreferred = false },
                new CodeFix("Don't pass it", context.Edits.Remove(passed)) { IsPreferred = false }));
}
