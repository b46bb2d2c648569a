using Pipewright.Core.Binding;
using Pipewright.Core.Expressions;
using Pipewright.Core.Factory;
using Pipewright.Core.Syntax;
using Pipewright.Core.Text;

namespace Pipewright.Core.Rules.References;

/// <summary>A reference gives a parameter a value that cannot become one of its type. The service finds out when a run is created.</summary>
internal sealed class WrongArgumentRule() : Rule(new("PW4006", DiagnosticSeverity.Warning, "Value of another type than the parameter's"))
{
    public override IEnumerable<Diagnostic> Check(RuleContext context)
    {
        var passed = from arguments in ResourceArguments.FindAll(context.Factory, context.Resource, context.References)
                     from parameter in arguments.Parameters
                     let given = arguments.Given?.FindValue(parameter.Name)
                     where given is not null && !context.IsInactive(given)
                     select (Arguments: arguments, Parameter: parameter, Given: given);
        foreach (var (arguments, parameter, given) in passed)
        {
            var expression = DynamicContent.FindExpression(given);
            var type = expression is null ? ArgumentTypes.Of(given) : TypeOf(context, expression);
            var text = expression is null && given is BoundScalar { Kind: ScalarKind.String } scalar ? scalar.Text : null;
            if (!ArgumentTypes.Fits(type, parameter.Type, text))
            {
                var what = expression is null ? TypeNames.DescribeValue(given) : $"an expression of type {type.Describe()}";
                yield return Descriptor.At(
                    given.Span,
                    $"'{parameter.Name}' of the {TypeNames.Describe(arguments.Target.Kind)} '{arguments.Target.Name}' is of type {parameter.TypeText}; this is {what}.",
                    [.. Mend(context, parameter, given, text)]) with
                {
                    Related = arguments.Declaring([(parameter.Node.NameSpan, $"'{parameter.Name}' is declared here")]),
                };
            }
        }
    }

    private static ExpressionType TypeOf(RuleContext context, BoundScalar expression) =>
        context.Expressions.FirstOrDefault(e => e.Site.Scalar == expression)?.Analysis?.Type ?? ExpressionType.Any;

    /// <summary>Yes and no are what people write for true and false; a list of words is an array.</summary>
    private static IEnumerable<CodeFix> Mend(RuleContext context, DeclaredName parameter, BoundNode given, string? text)
    {
        if (text is not null && parameter.Type.Kinds == TypeKinds.Boolean && text.ToUpperInvariant() is "YES" or "NO" or "Y" or "N" or "ON" or "OFF" or "1" or "0")
        {
            var value = text.ToUpperInvariant() is "YES" or "Y" or "ON" or "1" ? "true" : "false";
            yield return new CodeFix($"Change to {value}", context.Edits.SetValue(given, new NewLiteral(value)));
        }
        else if (text is { Length: > 0 } && parameter.Type.Kinds == TypeKinds.Array)
        {
            yield return new CodeFix("Make it a list", context.Edits.SetValue(given, new NewSequence([.. text.Split(',', StringSplitOptions.TrimEntries).Select(t => (NewNode)new NewScalar(t))])));
        }
    }
}
