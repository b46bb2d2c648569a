using System.Collections.Immutable;
using System.Globalization;
using Pipewright.Core.Expressions;
using Pipewright.Core.Factory;
using Pipewright.Core.Syntax;
using Pipewright.Core.Text;

namespace Pipewright.Core.Rules.Activities;

/// <summary>
/// A SetVariable reads the variable that it sets, which Data Factory refuses (Microsoft's documentation of the activity). The way around is a
/// second variable that holds the new value.
/// </summary>
internal sealed class SelfReferenceRule() : Rule(new("PW4211", DiagnosticSeverity.Error, "Variable is set from itself"))
{
    /// <summary>The longest name of an activity.</summary>
    private const int LongestName = 55;

    public override IEnumerable<Diagnostic> Check(RuleContext context)
    {
        foreach (var write in VariableWrite.FindAll(context).Where(w => !w.Appends))
        {
            var reads = from expression in context.ExpressionsIn(write.Value)
                        from use in NameUses.Find(expression.Site.Template)
                        where use.Kind == NameKind.Variable && write.Name.Text.Equals(use.Name, StringComparison.OrdinalIgnoreCase)
                        orderby use.Span.Start
                        select expression.Site.Syntax.ToSourceSpan(use.Span);
            if (reads.Cast<TextSpan?>().FirstOrDefault() is { } read)
            {
                yield return Descriptor.At(
                    read, $"A SetVariable cannot read the variable that it sets. Put the new value of '{write.Name.Text}' into a second variable first.",
                    [.. write.Variable is { } variable ? [CodeFix.Deferred("Go through a second variable", () => new FixEdit(Split(context, write, variable)))] : Array.Empty<CodeFix>()]);
            }
        }
    }

    /// <summary>
    /// The activity sets the second variable and gets a new name; a new one takes its old name, comes after it, and copies the value. So whatever
    /// waits for the activity now waits for both.
    /// </summary>
    private static ImmutableArray<TextChange> Split(RuleContext context, VariableWrite write, DeclaredName variable)
    {
        var second = Unused($"{variable.Name}_new", Declared.Variables(context.Resource).Select(v => v.Name));
        var activity = write.Activity;
        var old = activity.Name.Length == 0 ? $"Set {variable.Name}" : activity.Name;
        var first = Unused((old.Length > LongestName - 12 ? old[..(LongestName - 12)] : old) + " new value", context.Activities.Select(a => a.Name));
        return
        [
            .. context.Declarations.AddVariable(second, variable.Type),
            .. activity.Activity.Name is { } name ? context.Edits.SetText(name, first) : context.Edits.SetProperty(activity.Activity.Node, "name", new NewScalar(first)),
            .. context.Edits.SetText(write.Name, second),
            .. context.Edits.AddItem(activity.Siblings, Copy(activity.Activity.Node.IsSpec, old, first, write.Name.Text, second)),
        ];
    }

    private static NewMapping Copy(bool isSpec, string name, string first, string to, string from)
    {
        var value = $"@variables({ExpressionText.Quote(from)})";
        return isSpec
            ? new NewMapping(
                ("name", new NewScalar(name)), ("type", new NewScalar("SetVariable")), ("dependsOn", new NewSequence(new NewScalar(first))),
                ("variableName", new NewScalar(to)), ("value", new NewScalar(value)))
            : new NewMapping(
                ("name", new NewScalar(name)), ("type", new NewScalar("SetVariable")),
                ("dependsOn", new NewSequence(new NewMapping(("activity", new NewScalar(first)), ("dependencyConditions", new NewSequence(new NewScalar("Succeeded")))))),
                ("typeProperties", new NewMapping(
                    ("variableName", new NewScalar(to)), ("value", new NewMapping(("value", new NewScalar(value)), ("type", new NewScalar("Expression")))))));
    }

    private static string Unused(string name, IEnumerable<string> used)
    {
        var taken = used.ToHashSet(StringComparer.OrdinalIgnoreCase);
        var candidate = name;
        for (var i = 2; taken.Contains(candidate); i++)
        {
            candidate = string.Create(CultureInfo.InvariantCulture, $"{name}{i}");
        }

        return candidate;
    }
}
