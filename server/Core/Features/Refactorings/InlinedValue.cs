// A value in the place of the name that stood for it.
using System.Collections.Immutable;
using Pipewright.Core.Binding;
using Pipewright.Core.Expressions;
using Pipewright.Core.Factory;
using Pipewright.Core.Syntax;
using Pipewright.Core.Text;

namespace Pipewright.Core.Features.Refactorings;

/// <summary>A literal or an expression.</summary>
/// <param name="Text">A string's value or template; a number or boolean as it is written.</param>
internal sealed record InlinedValue(string Text, ScalarKind Kind)
{
    private Template Parsed => Template.Parse(Text);

    private bool IsDynamic => Kind == ScalarKind.String && Parsed.Kind != TemplateKind.Literal;

    /// <summary>What a node says; null for lists, objects, nothing, and text that would need escapes.</summary>
    public static InlinedValue? Of(BoundNode? node) => node switch
    {
        not null when DynamicContent.FindExpression(node) is { } expression => Of(expression, isDynamic: true),
        BoundScalar { Kind: not ScalarKind.Null } scalar => Of(scalar, isDynamic: false),
        _ => null,
    };

    /// <summary>What the value is inside of an expression.</summary>
    public string AsOperand() => Kind switch
    {
        ScalarKind.String when Parsed is { Kind: TemplateKind.Expression, Parts: [ExpressionPart part] } => Text.Substring(part.Expression.Span.Start, part.Expression.Span.Length),
        ScalarKind.String when IsDynamic => $"concat({string.Join(", ", Parsed.Parts.Select(AsArgument))})",
        ScalarKind.String => Quote(Text),
        _ => ScalarText.ToJson(Text, Kind) ?? Text,
    };

    /// <summary>Puts the value in place of names in one string.</summary>
    /// <param name="names">The expressions that read it, whole.</param>
    /// <returns>Null where the place does not take the value.</returns>
    public ImmutableArray<TextChange>? PutInto(ResourceDocument document, ExpressionSite site, IReadOnlyCollection<ExpressionNode> names)
    {
        if (site.Template is { Kind: TemplateKind.Expression, Parts: [ExpressionPart { Expression: var whole }] } && names.Contains(whole))
        {
            return PutWhole(document, site);
        }

        var changes = ImmutableArray.CreateBuilder<TextChange>();
        foreach (var name in names)
        {
            var part = site.Template.Kind == TemplateKind.Interpolation ? site.Template.Parts.OfType<ExpressionPart>().FirstOrDefault(p => p.Expression == name) : null;
            changes.Add(part is null ? new TextChange(name.Span, AsOperand()) : new TextChange(part.Span, AsText()));
        }

        return ScalarEdits.Replace(document.Text, site.Syntax, changes.ToImmutable());
    }

    private ImmutableArray<TextChange>? PutWhole(ResourceDocument document, ExpressionSite site)
    {
        if (IsDynamic)
        {
            return ScalarEdits.Replace(document.Text, site.Syntax, [new TextChange(new TextSpan(0, site.Scalar.Text.Length), Text)]);
        }

        // A condition, or what a loop goes over, has to be an expression.
        BoundNode place = site.Scalar.Parent is BoundProperty { Parent: BoundObject holder } && DynamicContent.IsExpressionObject(holder) ? holder : site.Scalar;
        return site.Property?.IsComputed == true ? null
            : place.Syntax is null or ScalarSyntax && Kind == ScalarKind.String ? new ResourceEdits(document).SetText(site.Scalar, Text)
            : new ResourceEdits(document).SetValue(place, Kind == ScalarKind.String ? new NewScalar(Text) : new NewLiteral(ScalarText.ToJson(Text, Kind) ?? Text));
    }

    /// <summary>What the value is within a text.</summary>
    private string AsText() => Kind switch
    {
        ScalarKind.String when Parsed.Kind == TemplateKind.Expression => $"@{{{AsOperand()}}}",
        ScalarKind.Boolean => Text.Equals("true", StringComparison.OrdinalIgnoreCase) ? "True" : "False",
        _ => Text,
    };

    private static InlinedValue? Of(BoundScalar scalar, bool isDynamic)
    {
        var value = new InlinedValue(scalar.Text, scalar.Kind);
        return value.Parsed.Diagnostics.IsEmpty && (isDynamic == value.IsDynamic) && (isDynamic || !scalar.Text.Contains('@', StringComparison.Ordinal)) ? value : null;
    }

    private string AsArgument(TemplatePart part) => part switch
    {
        ExpressionPart { Expression.Span: var span } => Text.Substring(span.Start, span.Length),
        TextPart text => Quote(text.Value),
        _ => "''",
    };

    private static string Quote(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
}

/// <summary>The uses of one name in the expressions of a resource.</summary>
internal static class InlinedUses
{
    /// <summary>The strings that read a name, with the nodes that do; null where one may read it under a computed name.</summary>
    public static List<(ExpressionSite Site, ExpressionNode[] Nodes)>? Find(RefactoringContext context, NameKind kind, string name)
    {
        var found = new List<(ExpressionSite, ExpressionNode[])>();
        foreach (var site in context.Sites.Where(s => s.IsDynamic))
        {
            var uses = NameUses.Find(site.Template).Where(u => u.Kind == kind).ToList();
            var mine = uses.Where(u => name.Equals(u.Name, StringComparison.OrdinalIgnoreCase)).ToList();
            if (uses.Exists(u => u.Name is null) || (mine.Count > 0 && !site.Template.Diagnostics.IsEmpty))
            {
                return null;
            }

            if (mine.Count > 0)
            {
                found.Add((site, [.. mine.Select(u => u.Member ?? CallAt(site.Template, u.Span)).OfType<ExpressionNode>()]));
            }
        }

        return found;
    }

    /// <summary>The name that the cursor is on, in an expression or in the table that declares it.</summary>
    public static string? FindNameAt(RefactoringContext context, NameKind kind, string section)
    {
        if (ExpressionSite.FindAt(context.Document, context.Selection.Start) is var (site, _))
        {
            var at = site.Syntax.ToValueOffset(context.Selection.Start);
            return NameUses.Find(site.Template).FirstOrDefault(u => u.Kind == kind && u.Name is not null && (u.Member ?? CallAt(site.Template, u.Span))?.Span.Touches(at) == true)?.Name;
        }

        return Declared.In(context.Resource.Properties, section).FirstOrDefault(d => d.Node.NameSpan.Touches(context.Selection.Start))?.Name;
    }

    /// <summary>The call that has a name as its argument.</summary>
    private static CallNode? CallAt(Template template, TextSpan name) =>
        ActivityNames.NodesOf(template).OfType<CallNode>().LastOrDefault(c => c.Span.Contains(name) && c.Arguments.Any(a => a is LiteralNode && a.Span.Contains(name)));
}
