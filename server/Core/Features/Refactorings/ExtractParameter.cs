// Makes a parameter of a value that stands in the text.
using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Pipewright.Core.Binding;
using Pipewright.Core.Expressions;
using Pipewright.Core.Factory;
using Pipewright.Core.Schema;
using Pipewright.Core.Syntax;
using Pipewright.Core.Text;

namespace Pipewright.Core.Features.Refactorings;

internal static partial class ExtractParameter
{
    public static IEnumerable<Refactoring> Find(RefactoringContext context)
    {
        if (context.Resource.Properties is null || PrefixOf(context.Resource.Kind) is not { } prefix)
        {
            return [];
        }

        return context.Document.Syntax.FindNode(context.Selection.Start) is ScalarSyntax syntax && syntax.Span.Contains(context.Selection)
            && context.Resource.FindNode(syntax) is BoundScalar scalar && scalar.Syntax == syntax && IsReplaceable(context, scalar)
                ? OfValue(context, scalar, prefix)
                : OfLiteral(context, prefix);
    }

    /// <summary>What stands before the name of a parameter; null where a resource has none that expressions read.</summary>
    private static string? PrefixOf(ResourceKind kind) => kind switch
    {
        ResourceKind.Pipeline => "pipeline().parameters.",
        ResourceKind.Dataset => "dataset().",
        ResourceKind.LinkedService => "linkedService().",
        _ => null,
    };

    private static IEnumerable<Refactoring> OfValue(RefactoringContext context, BoundScalar scalar, string prefix)
    {
        var name = NameFor(context, scalar);
        var same = context.Resource.Properties!.DescendantsAndSelf().OfType<BoundScalar>()
            .Where(s => s.Kind == scalar.Kind && s.Text == scalar.Text && NameOf(s) == NameOf(scalar) && IsReplaceable(context, s)).ToList();
        yield return Make($"Extract the parameter '{name}'", context, name, ToNode(scalar.Text, scalar.Kind), scalar.Kind, Replace([scalar]));
        if (same.Count > 1)
        {
            yield return Make($"Extract the parameter '{name}' for all {same.Count} places", context, name, ToNode(scalar.Text, scalar.Kind), scalar.Kind, Replace(same));
        }

        ImmutableArray<TextChange> Replace(IEnumerable<BoundScalar> scalars) =>
            [.. scalars.SelectMany(s => new ResourceEdits(context.Document).SetValue(s, ExpressionNodes.Write(context.Document, s, "@" + prefix + name)))];
    }

    /// <summary>A literal in an expression.</summary>
    private static IEnumerable<Refactoring> OfLiteral(RefactoringContext context, string prefix)
    {
        if (ExpressionSite.FindAt(context.Document, context.Selection.Start) is not var (site, _) || !site.Template.Diagnostics.IsEmpty
            || site.Template.FindNode(site.Syntax.ToValueOffset(context.Selection.Start)) is not LiteralNode literal || IsName(literal))
        {
            yield break;
        }

        (string Text, ScalarKind Kind)? value = literal.Value switch
        {
            StringValue text => (text.Value, ScalarKind.String),
            IntegerValue or FloatValue => (literal.Value.ToText(), literal.Value is IntegerValue ? ScalarKind.Integer : ScalarKind.Float),
            BooleanValue flag => (flag.Value ? "true" : "false", ScalarKind.Boolean),
            _ => null,
        };
        if (value is not var (written, kind))
        {
            yield break;
        }

        var name = NameFor(context, site.Scalar);
        var changes = ScalarEdits.Replace(context.Document.Text, site.Syntax, [new TextChange(literal.Span, prefix + name)]);
        yield return Make($"Extract the parameter '{name}'", context, name, ToNode(written, kind), kind, changes);
    }

    /// <summary>A name of an activity, a variable or a member, which cannot be computed.</summary>
    private static bool IsName(LiteralNode literal) => literal.Parent is IndexNode || (literal.Parent is CallNode call && (call.Calls("activity") || call.Calls("variables")));

    private static Refactoring Make(string title, RefactoringContext context, string name, NewNode value, ScalarKind kind, ImmutableArray<TextChange> replaced) =>
        new(Refactoring.Extract, CodeFix.Deferred(title, () =>
        {
            var declared = new ResourceEdits(context.Document).SetProperty(
                context.Resource.Properties!, "parameters." + name, new NewMapping(("type", new NewScalar(TypeOf(kind))), ("defaultValue", value)));
            return new FixEdit(declared.IsEmpty || replaced.IsEmpty ? [] : [.. declared, .. replaced]);
        }));

    /// <summary>Whether the service evaluates what stands at the place of a value, and the value is nobody's secret.</summary>
    private static bool IsReplaceable(RefactoringContext context, BoundScalar scalar)
    {
        var (slot, property) = ExpressionSite.FindSlot(scalar);
        return scalar.Syntax is ScalarSyntax && scalar.Kind != ScalarKind.Null && slot.Expected is not null && property is { IsComputed: false } && (property.Expression is not null || IsListed(scalar))
            && !scalar.Text.Contains('@', StringComparison.Ordinal) && scalar.Type is not ScalarType { IsSecret: true }
            && (context.Resource.Kind != ResourceKind.Pipeline || context.Graph.FindEnclosing(scalar) is not null)
            && !(scalar.Parent is BoundProperty { Parent: BoundObject holder } && (DynamicContent.IsExpressionObject(holder) || DynamicContent.IsSecretObject(holder)));
    }

    /// <summary>Whether the schema knows the property, or the map that it is in.</summary>
    private static bool IsListed(BoundScalar scalar) => scalar.Parent is BoundProperty { Schema: not null } or BoundProperty { Parent: BoundObject { Shape.AdditionalProperties: not null } };

    private static string TypeOf(ScalarKind kind) => kind switch { ScalarKind.Integer => "int", ScalarKind.Float => "float", ScalarKind.Boolean => "bool", _ => "string" };

    private static NewNode ToNode(string text, ScalarKind kind) =>
        kind != ScalarKind.String && ScalarText.ToJson(text, kind) is { } json ? new NewLiteral(json) : new NewScalar(text);

    private static string NameFor(RefactoringContext context, BoundScalar scalar)
    {
        var taken = Declared.Parameters(context.Resource).Select(p => p.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return ActivityNames.MakeUnique(NameOf(scalar), taken.Contains);
    }

    /// <summary>The name of what holds the value; of a pair of name and value, the name.</summary>
    internal static string NameOf(BoundScalar scalar)
    {
        BoundNode node = scalar.Parent is BoundProperty { Parent: BoundObject holder } && DynamicContent.IsExpressionObject(holder) ? holder : scalar;
        while (node.Parent is BoundArray)
        {
            node = node.Parent;
        }

        var property = node.Parent as BoundProperty;
        var name = property is { Name: "value", Parent: BoundObject pair } && pair.FindString("name") is { } given ? given : property?.Name ?? "value";
        name = NotInName().Replace(name, "_").Trim('_');
        return name.Length == 0 || char.IsAsciiDigit(name[0]) ? "value" : name;
    }

    [GeneratedRegex("[^A-Za-z0-9_]+", RegexOptions.CultureInvariant)]
    private static partial Regex NotInName();
}
