using Pipewright.Core.Binding;
using Pipewright.Core.Expressions;
using Pipewright.Core.Factory;
using Pipewright.Core.Syntax;
using Pipewright.Core.Text;

namespace Pipewright.Core.Rules;

/// <summary>What can be done where an expression reads what an activity is not asked for: ask for it, or read what is there.</summary>
internal static class LeftOutFixes
{
    private const string FirstRow = "firstRow";

    private const string Rows = "value";

    /// <param name="span">Of the member's name, in the text of the expression.</param>
    public static IEnumerable<CodeFix> Find(LeftOutMember member, TextSpan span, ExpressionSite site, RuleContext context)
    {
        if (context.Names.Graph.Value.Find(member.Activity) is { } activity)
        {
            yield return Ask(member, activity, context);
            if (activity.Is("Lookup") && ReadOther(member.Name, span, site.Template) is { } change)
            {
                yield return new CodeFix(
                    member.Name.Equals(Rows, StringComparison.OrdinalIgnoreCase) ? "Read 'firstRow'" : "Read the first of 'value'",
                    ScalarEdits.Replace(context.Document.Text, site.Syntax, [change]));
            }
        }
    }

    private static CodeFix Ask(LeftOutMember member, ActivityNode activity, RuleContext context)
    {
        var setting = member.Setting;
        var listed = (setting.Value is null ? activity.TypeProperties?.FindValue(setting.Property) : null) as BoundArray;
        return setting.Value is not { } value
            ? new CodeFix($"Let '{activity.Name}' read '{member.Name}'", listed is null ? [] : context.Edits.AddItem(listed, new NewScalar(member.Name)))
            : new CodeFix(
                $"Set '{setting.Property}' of '{activity.Name}' to {value}",
                context.Edits.SetProperty(activity.Activity.Node, "typeProperties." + setting.Property, bool.TryParse(value, out _) ? new NewLiteral(value) : new NewScalar(value)));
    }

    /// <summary>The first row of many is as good as the first row alone; for all rows there is nothing else.</summary>
    private static TextChange? ReadOther(string name, TextSpan span, Template template)
    {
        if (template.FindNode(span.Start) is not MemberNode { NameToken: { } token } access)
        {
            return null;
        }

        return name.Equals(FirstRow, StringComparison.OrdinalIgnoreCase) ? new TextChange(token.Span, Rows + "[0]")
            : access.Parent is IndexNode { Index: LiteralNode { Value: IntegerValue { Value: 0 } } } first && first.Target == access
                ? new TextChange(TextSpan.FromBounds(token.Span.Start, first.Span.End), FirstRow)
                : null;
    }
}
