// Which names an expression reads: of parameters, variables and activities.
using Pipewright.Core.Text;

namespace Pipewright.Core.Expressions;

public enum NameKind
{
    /// <summary>Of the resource that the expression is in: <c>pipeline().parameters.x</c>, <c>dataset().x</c>, <c>linkedService().x</c>.</summary>
    Parameter,
    GlobalParameter,
    Variable,
    Activity,
}

/// <summary>One name in an expression.</summary>
/// <param name="Name">Null where it is computed, or where all are read at once: any may be meant.</param>
/// <param name="Span">Of the name, without quotes; of the call where there is no name. In the template's text.</param>
/// <param name="Member">What reads it as a member, <c>.x</c> or <c>['x']</c>; null for an argument.</param>
public sealed record NameUse(NameKind Kind, string? Name, TextSpan Span, ExpressionNode? Member = null);

public static class NameUses
{
    /// <summary>All names in a template, in the order of the tree.</summary>
    public static IEnumerable<NameUse> Find(Template template) => template.Parts.OfType<ExpressionPart>().SelectMany(p => Find(p.Expression));

    private static IEnumerable<NameUse> Find(ExpressionNode root)
    {
        var pending = new Stack<ExpressionNode>([root]);
        while (pending.TryPop(out var node))
        {
            if (node is CallNode call && FindUse(call) is { } use)
            {
                yield return use;
            }

            foreach (var child in node.Children)
            {
                pending.Push(child);
            }
        }
    }

    private static NameUse? FindUse(CallNode call) => call.Name.ToUpperInvariant() switch
    {
        "VARIABLES" => OfArgument(NameKind.Variable, call),
        "ACTIVITY" => OfArgument(NameKind.Activity, call),
        "DATASET" or "LINKEDSERVICE" => OfMember(NameKind.Parameter, call, call),
        "PIPELINE" => OfPipeline(call),
        _ => null,
    };

    private static NameUse OfArgument(NameKind kind, CallNode call) => call.Arguments is [LiteralNode { Value: StringValue { Value: var text } } name]
        ? new NameUse(kind, text, Inside(name))
        : new NameUse(kind, null, call.Span);

    private static NameUse? OfPipeline(CallNode call) => call.Parent is { } parent && MemberOf(parent, call) is var (table, _) && table is not null
        ? table.ToUpperInvariant() switch
        {
            "PARAMETERS" => OfMember(NameKind.Parameter, parent, call),
            "GLOBALPARAMETERS" => OfMember(NameKind.GlobalParameter, parent, call),
            _ => null,
        }
        : call.Parent is IndexNode or null ? new NameUse(NameKind.Parameter, null, call.Span) : null;

    private static NameUse OfMember(NameKind kind, ExpressionNode table, CallNode call) => table.Parent is { } parent && MemberOf(parent, table) is (var name, { } span)
        ? new NameUse(kind, name, name is null ? call.Span : span, parent)
        : new NameUse(kind, null, call.Span);

    /// <summary>The name by which a node reads a member of another one; no span where it does not.</summary>
    private static (string? Name, TextSpan? Span) MemberOf(ExpressionNode node, ExpressionNode target) => node switch
    {
        MemberNode { NameToken: { } token } member when member.Target == target => (member.Name, token.Span),
        IndexNode { Index: LiteralNode { Value: StringValue { Value: var text } } index } access when access.Target == target => (text, Inside(index)),
        IndexNode access when access.Target == target => (null, access.Span),
        _ => (null, null),
    };

    /// <summary>A string's span without its quotes.</summary>
    private static TextSpan Inside(LiteralNode literal) => literal.Span.Length >= 2 ? new TextSpan(literal.Span.Start + 1, literal.Span.Length - 2) : literal.Span;
}
