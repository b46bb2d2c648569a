using System.Collections.Immutable;
using Pipewright.Core.Binding;
using Pipewright.Core.Expressions;
using Pipewright.Core.Factory;
using Pipewright.Core.Rules.References;
using Pipewright.Core.Schema;
using Pipewright.Core.Syntax;
using Pipewright.Core.Text;

namespace Pipewright.Core.Rules.Activities;

/// <summary>The default of a parameter or variable, or the value of a global parameter, is not of the type that is declared.</summary>
internal sealed class DefaultValueRule() : Rule(new("PW4221", DiagnosticSeverity.Warning, "Default is not of its type"))
{
    public override IEnumerable<Diagnostic> Check(RuleContext context) => context.Kind switch
    {
        ResourceKind.Pipeline => [.. Check(context, Declared.Parameters(context.Resource), isVariable: false), .. Check(context, Declared.Variables(context.Resource), isVariable: true)],
        ResourceKind.Dataset or ResourceKind.LinkedService => Check(context, Declared.Parameters(context.Resource), isVariable: false),
        ResourceKind.Factory => Check(context, Declared.In(context.Properties, "globalParameters"), isVariable: false),
        _ => [],
    };

    private IEnumerable<Diagnostic> Check(RuleContext context, ImmutableArray<DeclaredName> declarations, bool isVariable)
    {
        foreach (var declared in declarations)
        {
            if (ActivityReading.Given(declared.Default) is not { } value || DynamicContent.FindExpression(value) is not null)
            {
                continue;
            }

            var type = ArgumentTypes.Of(value);
            var text = value is BoundScalar { Kind: ScalarKind.String } scalar ? scalar.Text : null;
            if (isVariable ? !VariableTypes.Fits(type, declared.Type, value) : !ArgumentTypes.Fits(type, declared.Type, text))
            {
                yield return Descriptor.At(
                    ActivityReading.Place(value), $"'{declared.Name}' is of type {declared.TypeText}, and its {(context.Kind == ResourceKind.Factory ? "value" : "default")} is {TypeNames.DescribeValue(value)}.",
                    ActivityReading.Possible(Mend(context, declared, value, type, isVariable)));
            }
        }
    }

    private static IEnumerable<CodeFix> Mend(RuleContext context, DeclaredName declared, BoundNode value, ExpressionType type, bool isVariable)
    {
        if (declared.Type.Kinds == TypeKinds.String && value is BoundScalar scalar)
        {
            yield return new CodeFix("Make it text", context.Edits.SetValue(value, new NewScalar(scalar.Text)));
        }

        if (WordOf(type, isVariable) is { } word && (declared.Node.Value as BoundObject)?.FindValue("type") is BoundScalar written)
        {
            yield return new CodeFix($"Declare it as {word}", context.Edits.SetText(written, word)) { IsPreferred = false };
        }
    }

    /// <summary>The name of a type as declarations have it; null for one that there is none for.</summary>
    private static string? WordOf(ExpressionType type, bool isVariable) => type.Kinds switch
    {
        TypeKinds.String => isVariable ? "String" : "string",
        TypeKinds.Integer => isVariable ? "Integer" : "int",
        TypeKinds.Number or TypeKinds.Float => isVariable ? null : "float",
        TypeKinds.Boolean => isVariable ? "Boolean" : "bool",
        TypeKinds.Array => isVariable ? "Array" : "array",
        TypeKinds.Object => isVariable ? null : "object",
        _ => null,
    };
}
