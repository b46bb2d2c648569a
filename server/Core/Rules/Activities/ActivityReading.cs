// How the rules of this folder read activities and mend their values.
using System.Collections.Immutable;
using Pipewright.Core.Binding;
using Pipewright.Core.Expressions;
using Pipewright.Core.Factory;
using Pipewright.Core.Syntax;
using Pipewright.Core.Text;

namespace Pipewright.Core.Rules.Activities;

internal static class ActivityReading
{
    /// <summary>The activities of some types, or of all, without those that are switched off, which the service does not validate.</summary>
    public static IEnumerable<ActivityNode> Running(this RuleContext context, params string[] types) => context.Activities
        .Where(a => (types.Length == 0 || types.Any(a.Is)) && !a.ContainersAndSelf().Any(c => c.IsInactive));

    /// <summary>A property of the activity's type; null where it is not there, or is null.</summary>
    public static BoundNode? FindValue(this ActivityNode activity, string name) => Given(activity.TypeProperties?.FindValue(name));

    /// <summary>The node, unless it stands for no value.</summary>
    public static BoundNode? Given(BoundNode? node) => node is BoundScalar { Kind: ScalarKind.Null } ? null : node;

    /// <summary>The value of a property that is written out; null for an expression, whose value nobody knows, and for what is no scalar.</summary>
    public static BoundScalar? FindLiteral(this ActivityNode activity, string name) => Literal(activity.FindValue(name));

    /// <inheritdoc cref="FindLiteral"/>
    public static BoundScalar? Literal(BoundNode? node) => node switch
    {
        BoundScalar { Kind: ScalarKind.Null } => null,
        BoundScalar { Kind: ScalarKind.String, Text: var text } when SpecForm.IsExpression(text) => null,
        BoundScalar scalar => scalar,
        BoundObject value when DynamicContent.IsExpressionObject(value) => Literal(value.FindValue("value")),
        _ => null,
    };

    /// <summary>Whether a flag is written out as true or false, in either spelling.</summary>
    public static bool IsFlag(this ActivityNode activity, string name, bool value) =>
        activity.FindLiteral(name) is { } scalar && bool.TryParse(scalar.Text, out var written) && written == value;

    /// <summary>Where an activity is named when something is missing: at its type, which every activity has, else its name.</summary>
    public static TextSpan Anchor(this ActivityNode activity) => activity.Activity.Node.FindValue("type") is { IsImplied: false } type
        ? type.Span
        : activity.Activity.Name?.Span ?? new TextSpan(activity.Activity.Node.Span.Start, Math.Min(1, activity.Activity.Node.Span.Length));

    /// <summary>Where a value is named: at its own text if that is short, else at its key.</summary>
    public static TextSpan Place(BoundNode value) => value switch
    {
        BoundScalar => value.Span,
        BoundObject expression when DynamicContent.FindExpression(expression) is { } scalar => scalar.Span,
        { Parent: BoundProperty { IsImplied: false } property } => property.NameSpan,
        _ => new TextSpan(value.Span.Start, Math.Min(1, value.Span.Length)),
    };

    /// <summary>A fix that puts a text in place of a value that is written out.</summary>
    public static CodeFix ChangeTo(this RuleContext context, BoundScalar scalar, string text) => new(
        $"Change to '{text}'", scalar.Kind == ScalarKind.String ? context.Edits.SetText(scalar, text) : context.Edits.SetValue(scalar, new NewScalar(text)));

    /// <summary>A fix that sets a property of the activity's type.</summary>
    public static CodeFix SetFix(this RuleContext context, string title, ActivityNode activity, string property, NewNode value) =>
        new(title, context.Edits.SetProperty(activity.Activity.Node, "typeProperties." + property, value));

    /// <summary>The expressions in a value of an activity, in text order.</summary>
    public static IEnumerable<AnalysedExpression> ExpressionsIn(this RuleContext context, BoundNode? value) => value is null
        ? []
        : context.Expressions.Where(e => e.Analysis is not null && e.Site.Scalar.Span.Start >= value.Span.Start && e.Site.Scalar.Span.End <= value.Span.End);

    /// <summary>The fixes that change something: an edit that the text does not allow for is none.</summary>
    public static ImmutableArray<CodeFix> Possible(params IEnumerable<CodeFix> fixes) => [.. fixes.Where(f => f.IsDeferred || !f.Edit.IsEmpty)];

    /// <summary>What is known of a value's type, written out or not.</summary>
    public static ExpressionType TypeOf(this RuleContext context, BoundNode value) => DynamicContent.FindExpression(value) is { } expression
        ? context.Expressions.FirstOrDefault(e => e.Site.Scalar == expression)?.Analysis?.Type ?? ExpressionType.Any
        : References.ArgumentTypes.Of(value);
}
