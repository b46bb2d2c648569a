// What a hover says inside of an expression.
using System.Text;
using Pipewright.Core.Binding;
using Pipewright.Core.Expressions;
using Pipewright.Core.Factory;
using Pipewright.Core.Schema;
using Pipewright.Core.Text;

namespace Pipewright.Core.Features.Expressions;

internal static class ExpressionHover
{
    /// <summary>A longer value is not shown.</summary>
    private const int LongestValue = 300;

    /// <summary>A longer setting of an activity is not shown.</summary>
    private const int LongestSetting = 120;

    /// <summary>What stands at an offset of an expression; null outside of expressions and where there is nothing to say.</summary>
    public static HoverResult? Find(FactorySnapshot factory, ResourceDocument document, int offset)
    {
        if (ExpressionSite.FindAt(document, offset) is not var (site, resource) || site.Template.FindNode(site.Syntax.ToValueOffset(offset)) is not { } node)
        {
            return null;
        }

        var names = new ResourceNames(factory, resource);
        var at = site.Syntax.ToValueOffset(offset);
        var analysis = names.Analyse(site);
        return Describe(node, at, analysis, names, site) is var (span, text) ? new HoverResult(site.Syntax.ToSourceSpan(span), text) : null;
    }

    private static (TextSpan Span, string Text)? Describe(ExpressionNode node, int at, ExpressionAnalysis analysis, ResourceNames names, ExpressionSite site) => node switch
    {
        CallNode { Open: not null } call when call.NameToken.Span.Touches(at) => DescribeCall(call, analysis),
        MemberNode { NameToken: { } token } member when token.Span.Touches(at) => DescribeMember(member, member.Target, member.Name, token.Span, analysis),
        LiteralNode { Value: StringValue name, Parent: IndexNode index } literal when index.Index == literal => DescribeMember(index, index.Target, name.Value, literal.Span, analysis),
        LiteralNode { Value: StringValue name, Parent: CallNode call } literal => DescribeName(call, name.Value, literal.Span, names, site),
        _ => null,
    };

    private static (TextSpan Span, string Text)? DescribeCall(CallNode call, ExpressionAnalysis analysis)
    {
        if (FunctionCatalog.Find(call.Name) is not { } function)
        {
            return null;
        }

        var text = new StringBuilder("```\n").Append(function).Append("\n```\n\n").Append(function.Description);
        AppendValue(text, call, analysis);
        if (function.Example is { } example)
        {
            text.Append("\n\nExample: `").Append(example).Append('`');
        }

        text.Append(function.IsDocumented ? "" : "\n\nNot documented for Data Factory.");
        return (call.NameToken.Span, text.ToString());
    }

    private static (TextSpan Span, string Text)? DescribeMember(ExpressionNode access, ExpressionNode target, string name, TextSpan span, ExpressionAnalysis analysis)
    {
        var owner = analysis.TypeOf(target);
        var member = owner.Members?.GetValueOrDefault(name);
        var type = analysis.TypeOf(access);
        if (member is null && type.IsUnknown)
        {
            return null;
        }

        var text = new StringBuilder("**").Append(member?.Name ?? name).Append("** `").Append(type.Describe()).Append('`').Append(member?.IsOptional == true ? " · may be missing" : "");
        if (member?.Description is { } description)
        {
            text.Append("\n\n").Append(description);
        }

        return (span, text.ToString());
    }

    private static (TextSpan Span, string Text)? DescribeName(CallNode call, string name, TextSpan span, ResourceNames names, ExpressionSite site)
    {
        var scope = names.ScopeAt(site.Scalar);
        if (call.Calls("activity") && scope.Activities?.GetValueOrDefault(name) is { } activity)
        {
            return (span, DescribeActivity(activity, names.Graph.Value.Find(name)?.Activity, scope.ReachOf(name)));
        }

        return call.Calls("variables") && scope.Variables?.GetValueOrDefault(name) is { } variable
            ? (span, $"**{variable.Name}** `{variable.Type.Describe()}` · variable" + (variable.Detail is null ? "" : $"\n\nStarts as `{variable.Detail}`."))
            : null;
    }

    private static string DescribeActivity(ActivitySymbol symbol, Activity? activity, ActivityReach reach)
    {
        var text = new StringBuilder("**").Append(symbol.Name).Append("** · ").Append(symbol.Type).Append(reach == ActivityReach.NotUpstream ? " · not upstream" : "");
        foreach (var paragraph in new[] { activity?.Node.FindString("description"), Settings(activity), Output(symbol) })
        {
            text.Append(string.IsNullOrWhiteSpace(paragraph) ? "" : "\n\n" + paragraph);
        }

        return text.ToString();
    }

    /// <summary>What the activity runs, by the settings that it must have.</summary>
    private static string? Settings(Activity? activity) => activity?.Node.FindValue("typeProperties") is BoundObject settings
        ? string.Join(", ", from setting in settings.Properties
                            where setting.Schema is { IsRequired: true, Type: not ScalarType { IsSecret: true } }
                            let value = setting.Value switch
                            {
                                BoundScalar scalar => scalar.Text,
                                BoundObject { Shape.Reference: not null } reference => reference.FindString("referenceName"),
                                BoundObject other => DynamicContent.FindExpression(other)?.Text ?? (other.Shape?.Discriminator is null ? null : other.FindString("type")),
                                _ => null,
                            }
                            where value is { Length: > 0 and <= LongestSetting } && !value.AsSpan().ContainsAny('`', '\n')
                            select $"{setting.Name} `{value}`")
        : null;

    private static string? Output(ActivitySymbol symbol) =>
        symbol.Output.Value.Members is { IsEmpty: false } members ? "Output: " + string.Join(", ", members.Values.Select(m => $"`{m.Name}`").Take(12)) : null;

    /// <summary>Where it is the same in every run.</summary>
    private static void AppendValue(StringBuilder text, CallNode call, ExpressionAnalysis analysis)
    {
        if (analysis.Constants.TryGetValue(call, out var value) && ValueJson.TryWrite(value, LongestValue) is { } json)
        {
            text.Append("\n\nValue: `").Append(json).Append('`');
        }
    }
}
