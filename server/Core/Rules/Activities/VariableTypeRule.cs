using System.Collections.Immutable;
using System.Globalization;
using Pipewright.Core.Binding;
using Pipewright.Core.Expressions;
using Pipewright.Core.Syntax;
using Pipewright.Core.Text;

namespace Pipewright.Core.Rules.Activities;

/// <summary>
/// A variable is given a value of another type than its own. The service converts nothing: the run fails with "The variable of type 'Array'
/// cannot be initialized or updated with value of type 'String'" (seen by people who passed JSON text).
/// </summary>
internal sealed class VariableTypeRule() : Rule(new("PW4212", DiagnosticSeverity.Error, "Value of another type than the variable's"))
{
    public override IEnumerable<Diagnostic> Check(RuleContext context)
    {
        foreach (var write in VariableWrite.FindAll(context))
        {
            if (write is { Appends: false, Variable: { } variable, Value: { } value } && context.TypeOf(value) is var type && !VariableTypes.Fits(type, variable.Type, value) && !IsBroken(value))
            {
                var what = DynamicContent.FindExpression(value) is null ? TypeNames.DescribeValue(value) : $"an expression of type {type.Describe()}";
                yield return Descriptor.At(
                    ActivityReading.Place(value), $"'{variable.Name}' is of type {variable.TypeText}, and this is {what}. The service does not convert it.",
                    ActivityReading.Possible(Mend(context, value, variable.Type)));
            }
        }
    }

    /// <summary>Whether the value is an expression that cannot be read: what type it will have once it can is open.</summary>
    private static bool IsBroken(BoundNode value) => DynamicContent.FindExpression(value) is { } text && !Template.Parse(text.Text).Diagnostics.IsEmpty;

    private static IEnumerable<CodeFix> Mend(RuleContext context, BoundNode value, ExpressionType wanted)
    {
        if (DynamicContent.FindExpression(value) is { } scalar)
        {
            if (VariableTypes.Conversion(context.TypeOf(value), wanted) is { } function && context.Expressions.FirstOrDefault(e => e.Site.Scalar == scalar) is { Site: { Template: { Kind: TemplateKind.Expression, Parts: [ExpressionPart part] } } site })
            {
                ImmutableArray<TextChange> around = [new(new TextSpan(part.Expression.Span.Start, 0), function + "("), new(new TextSpan(part.Expression.Span.End, 0), ")")];
                yield return new CodeFix($"Wrap in {function}(…)", ScalarEdits.Replace(context.Document.Text, site.Syntax, around));
            }
        }
        else if (ActivityReading.Literal(value) is { } literal)
        {
            if (wanted.Kinds == TypeKinds.String)
            {
                yield return new CodeFix("Make it text", context.Edits.SetValue(value, new NewScalar(literal.Text)));
            }
            else if (wanted.Kinds == TypeKinds.Array && literal.Text.AsSpan().Trim() is ['[', .., ']'])
            {
                yield return new CodeFix("Wrap in @json(…)", context.Edits.SetText(literal, $"@json({ExpressionText.Quote(literal.Text)})"));
            }
        }
    }
}

/// <summary>What a variable takes.</summary>
internal static class VariableTypes
{
    /// <summary>Whether a variable may take a value. Only what certainly fails does not fit.</summary>
    public static bool Fits(ExpressionType type, ExpressionType declared, BoundNode value)
    {
        if (declared.IsUnknown || type.Kinds == TypeKinds.None || (type.Kinds & (declared.Kinds | TypeKinds.Null)) != 0)
        {
            return true;
        }

        // Studio wrote flags and numbers as text at times; that they fail is not known. Whole numbers may come out of any calculation.
        var text = (ActivityReading.Literal(value) is { Kind: ScalarKind.String } scalar ? scalar.Text : null) ?? "";
        return declared.Kinds switch
        {
            TypeKinds.Boolean => bool.TryParse(text, out _),
            TypeKinds.Integer => (type.Kinds & TypeKinds.Number) != 0 || long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _),
            _ => false,
        };
    }

    /// <summary>The function that makes a value of one type from one of another; null where none does.</summary>
    public static string? Conversion(ExpressionType from, ExpressionType to) => to.Kinds switch
    {
        TypeKinds.String => "string",
        TypeKinds.Integer when from.Kinds == TypeKinds.String => "int",
        TypeKinds.Boolean when (from.Kinds & ~(TypeKinds.String | TypeKinds.Number)) == 0 => "bool",
        TypeKinds.Array => from.Kinds == TypeKinds.String ? "json" : "createArray",
        _ => null,
    };
}
