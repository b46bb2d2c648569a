using Pipewright.Core.Binding;
using Pipewright.Core.Expressions;
using Pipewright.Core.Factory;
using Pipewright.Core.Schema;
using Pipewright.Core.Syntax;
using Pipewright.Core.Text;

namespace Pipewright.Core.Rules.References;

/// <summary>
/// A reference gives no value to a parameter of a dataset or linked service that has no default: Studio refuses to publish it, and no run can
/// resolve it (Microsoft's documentation of parameters).
/// </summary>
internal sealed class MissingArgumentRule() : MissingValueRule(new("PW4004", DiagnosticSeverity.Error, "Parameter without a value"))
{
    protected override bool IsAbout(ResourceKind target) => target != ResourceKind.Pipeline;
}

/// <summary>
/// The same of a pipeline that is called. Factories in production leave text parameters out, and their runs work, so this is no more than a
/// warning.
/// </summary>
internal sealed class MissingPipelineArgumentRule() : MissingValueRule(new("PW4008", DiagnosticSeverity.Warning, "Pipeline parameter without a value"))
{
    protected override bool IsAbout(ResourceKind target) => target == ResourceKind.Pipeline;
}

/// <summary>Finds parameters without default that a reference gives no value to.</summary>
internal abstract class MissingValueRule(DiagnosticDescriptor descriptor) : Rule(descriptor)
{
    /// <summary>Whether this rule is about references to a kind of resource.</summary>
    protected abstract bool IsAbout(ResourceKind target);

    public override IEnumerable<Diagnostic> Check(RuleContext context)
    {
        foreach (var arguments in ResourceArguments.FindAll(context.Factory, context.Resource, context.References)
            .Where(a => IsAbout(a.Target.Kind) && !context.IsInactive(a.Reference.Node)))
        {
            // Of a misspelt name it is said at the name; that is a warning, which is enough for a pipeline only.
            var missing = arguments.Parameters.Where(p => p.IsRequired && arguments.Given?.Find(p.Name) is null && !(arguments.Target.Kind == ResourceKind.Pipeline && arguments.IsMisspelt(p))).ToList();
            if (missing.Count > 0)
            {
                yield return Report(context, arguments, missing);
            }
        }
    }

    private Diagnostic Report(RuleContext context, ResourceArguments arguments, List<DeclaredName> missing)
    {
        var names = string.Join(", ", missing.Select(m => $"'{m.Name}'"));
        var target = $"{TypeNames.Describe(arguments.Target.Kind)} '{arguments.Target.Name}'";
        var where = arguments.Path == "parameters" ? "" : $" under '{arguments.Path}'";
        return Descriptor.At(
            arguments.Reference.Name.Span,
            $"The {target} needs a value for {names}, which {(missing.Count == 1 ? "has" : "have")} no default. Pass {(missing.Count == 1 ? "it" : "them")}{where}, or declare a default.",
            new CodeFix(missing.Count == 1 ? $"Pass '{missing[0].Name}'" : "Pass all missing parameters", context.Edits.SetMembers(arguments.Holder, arguments.Path, arguments.Given, [.. missing.Select(m => (m.Name, Guess(context, m)))]))
            {
                // What is passed has to be looked at.
                IsPreferred = false,
            }) with
        {
            Related = arguments.Declaring(missing.Select(m => (m.Node.NameSpan, $"'{m.Name}' is declared here"))),
        };
    }

    /// <summary>A value of the right type: a parameter of one's own that has the same name, or an empty one.</summary>
    private static NewNode Guess(RuleContext context, DeclaredName parameter)
    {
        var own = Declared.Parameters(context.Resource).FirstOrDefault(p => p.Name.Equals(parameter.Name, StringComparison.OrdinalIgnoreCase));
        var access = own is null ? null : ExpressionText.WriteMember(own.Name);
        var expression = context.Kind switch
        {
            _ when access is null => null,
            ResourceKind.Pipeline => "@pipeline().parameters" + access,
            ResourceKind.Dataset => "@dataset()" + access,
            ResourceKind.LinkedService => "@linkedService()" + access,
            _ => null,
        };
        return expression is not null ? new NewScalar(expression) : parameter.TypeText?.ToUpperInvariant() switch
        {
            "INT" or "FLOAT" => new NewLiteral("0"),
            "BOOL" => new NewLiteral("false"),
            "ARRAY" => new NewSequence(),
            "OBJECT" => new NewMapping(),
            _ => new NewScalar(""),
        };
    }
}
