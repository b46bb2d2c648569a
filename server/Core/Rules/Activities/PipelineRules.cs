// Rules about a pipeline as a whole, and about what any of its activities has.
using Pipewright.Core.Binding;
using Pipewright.Core.Expressions;
using Pipewright.Core.Factory;
using Pipewright.Core.Schema;
using Pipewright.Core.Syntax;
using Pipewright.Core.Text;

namespace Pipewright.Core.Rules.Activities;

/// <summary>A pipeline that does nothing: it can be saved, and Studio does not publish it. Of a text that cannot be read nobody knows.</summary>
internal sealed class EmptyPipelineRule() : Rule(new("PW4249", DiagnosticSeverity.Warning, "Pipeline without activities"))
{
    public override IEnumerable<Diagnostic> Check(RuleContext context)
    {
        if (context.Kind == ResourceKind.Pipeline && !context.Document.HasSyntaxErrors && context.Properties is { } properties && Containers.IsEmpty(properties.FindValue("activities")))
        {
            var list = properties.Find("activities");
            yield return Descriptor.At(list is { IsImplied: false } ? list.NameSpan : context.Resource.NameSpan, $"The pipeline '{context.Resource.Name}' has no activities. Give it one, or delete it.");
        }
    }
}

/// <summary>
/// A secret parameter goes into an activity whose input everybody can read who may see its runs (Microsoft's documentation of secure input). Where it goes
/// to a parameter that is secret as well, it stays one.
/// </summary>
internal sealed class ExposedSecretRule() : Rule(new("PW4250", DiagnosticSeverity.Hint, "Secret parameter where it can be read"))
{
    public override IEnumerable<Diagnostic> Check(RuleContext context)
    {
        var secrets = context.Kind == ResourceKind.Pipeline ? Declared.Parameters(context.Resource).Where(p => p.IsSecret).Select(p => p.Name).ToHashSet(StringComparer.OrdinalIgnoreCase) : [];
        var seen = new HashSet<ActivityNode>();
        foreach (var expression in context.Expressions.Where(e => secrets.Count > 0 && e.Analysis is not null && !context.IsInactive(e.Site.Scalar)))
        {
            if (NameUses.Find(expression.Site.Template).FirstOrDefault(u => u is { Kind: NameKind.Parameter, Name: { } name } && secrets.Contains(name)) is { } use
                && context.Graph.FindEnclosing(expression.Site.Scalar) is { } activity && IsReadable(activity) && !IsKept(context, expression.Site.Scalar) && seen.Add(activity))
            {
                yield return Descriptor.At(
                    expression.Site.Syntax.ToSourceSpan(use.Span),
                    $"'{use.Name}' is secret, and the input of '{activity.Name}' is kept with its runs. Hide it with 'secureInput: true' under 'policy'.",
                    ActivityReading.Possible(new CodeFix("Hide the input", context.Edits.SetProperty(activity.Activity.Node, "policy.secureInput", new NewLiteral("true")))));
            }
        }
    }

    /// <summary>Whether the input of an activity could be hidden, and is not.</summary>
    private static bool IsReadable(ActivityNode activity) =>
        activity.Activity.Node.Shape?.FindProperty("policy")?.Type is ObjectType policy && policy.FindProperty("secureInput") is not null
        && ((activity.Activity.Node.FindValue("policy") as BoundObject)?.FindValue("secureInput") is not { } secure || ActivityReading.Literal(secure) is { Text: var text } && !text.Equals("true", StringComparison.OrdinalIgnoreCase));

    private static bool IsKept(RuleContext context, BoundScalar scalar) =>
        ResourceArguments.FindAll(context.Factory, context.Resource, context.References)
            .SelectMany(a => a.Parameters.Where(p => p.IsSecret).Select(p => a.Given?.FindValue(p.Name))).OfType<BoundNode>()
            .Any(v => v.Span.Start <= scalar.Span.Start && scalar.Span.End <= v.Span.End);
}

/// <summary>Two user properties of an activity have one name: monitoring shows one of them.</summary>
internal sealed class DuplicateUserPropertyRule() : Rule(new("PW4251", DiagnosticSeverity.Warning, "Two user properties have one name"))
{
    public override IEnumerable<Diagnostic> Check(RuleContext context)
    {
        foreach (var activity in context.Running())
        {
            var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
            foreach (var item in (activity.Activity.Node.FindValue("userProperties") as BoundArray)?.Items.OfType<BoundObject>() ?? [])
            {
                if (item.FindValue("name") is BoundScalar { Kind: ScalarKind.String, Text.Length: > 0 } name && !seen.Add(name.Text))
                {
                    yield return Descriptor.At(
                        name.Span, $"'{activity.Name}' has a user property '{name.Text}' already. Give this one another name, or remove it.",
                        ActivityReading.Possible(new CodeFix("Remove it", context.Edits.RemoveItem(item)) { IsPreferred = false }));
                }
            }
        }
    }
}

/// <summary>An activity of a type whose service Microsoft has retired, or that another type has replaced.</summary>
internal sealed class RetiredActivityRule() : Rule(new("PW4252", DiagnosticSeverity.Warning, "Retired type of activity", DiagnosticTags.Deprecated))
{
    public override IEnumerable<Diagnostic> Check(RuleContext context) =>
        from activity in context.Running()
        where activity.Activity.Node.Shape is { IsDeprecated: true }
        select Descriptor.At(activity.Anchor(), $"Activities of type {activity.Activity.Type} run on a service that Microsoft has retired, so that '{activity.Name}' fails. Do its work by an activity of another type.");
}

/// <summary>A SetVariable that says nothing of the value.</summary>
internal sealed class NoValueRule() : Rule(new("PW4253", DiagnosticSeverity.Warning, "Variable is set to nothing"))
{
    public override IEnumerable<Diagnostic> Check(RuleContext context) =>
        from activity in context.Running("SetVariable")
        where activity.TypeProperties is { } settings && settings.Find("variableName") is not null && settings.Find("value") is null
        select Descriptor.At(activity.Anchor(), $"'{activity.Name}' sets '{activity.FindLiteral("variableName")?.Text}' and has no 'value'. Say what it is set to.");
}

/// <summary>A Fail activity ends the pipeline with a message and a code, which must not be empty (Microsoft's documentation of the activity).</summary>
internal sealed class EmptyFailureRule() : Rule(new("PW4254", DiagnosticSeverity.Warning, "Failure without a message or code"))
{
    public override IEnumerable<Diagnostic> Check(RuleContext context) =>
        from activity in context.Running("Fail")
        from name in (string[])["message", "errorCode"]
        let property = activity.TypeProperties?.Find(name)
        where property is not null && (ActivityReading.Given(property.Value) is null || ActivityReading.Literal(property.Value) is { Text: var text } && string.IsNullOrWhiteSpace(text))
        select Descriptor.At(property.NameSpan, $"'{name}' must not be empty: it is what monitoring shows of the failure, and what a caller reads. Say what went wrong.");
}
