using System.Collections.Immutable;
using Pipewright.Core.Expressions;
using Pipewright.Core.Factory;
using Pipewright.Core.Syntax;
using Pipewright.Core.Text;

namespace Pipewright.Core.Rules.Activities;

/// <summary>An activity sets a variable that its pipeline does not declare.</summary>
internal sealed class UndeclaredVariableRule() : Rule(new("PW4210", DiagnosticSeverity.Error, "Variable is not declared"))
{
    public override IEnumerable<Diagnostic> Check(RuleContext context)
    {
        ImmutableArray<string>? declared = null;
        foreach (var write in VariableWrite.FindAll(context).Where(w => w.Variable is null))
        {
            declared ??= [.. Declared.Variables(context.Resource).Select(v => v.Name)];
            var closest = Spelling.FindClosest(write.Name.Text, declared);
            yield return Descriptor.At(
                write.Name.Span,
                $"The pipeline has no variable '{write.Name.Text}'." + (closest is null ? "" : $" Did you mean '{closest}'?"),
                ActivityReading.Possible(Mend(context, write, closest)));
        }
    }

    private static IEnumerable<CodeFix> Mend(RuleContext context, VariableWrite write, string? closest)
    {
        if (closest is not null)
        {
            yield return new CodeFix($"Change to '{closest}'", context.Edits.SetText(write.Name, closest)) { IsPreferred = true };
        }

        if (write.Name.Text.Equals(VariableWrite.ReturnVariable, StringComparison.OrdinalIgnoreCase) && !write.Appends)
        {
            yield return context.SetFix("Return it from the pipeline", write.Activity, "setSystemVariable", new NewLiteral("true"));
        }
        else
        {
            var type = write.Appends ? ExpressionType.Array : write.Value is { } value ? context.TypeOf(value) : ExpressionType.String;
            yield return new CodeFix($"Declare the variable '{write.Name.Text}'", context.Declarations.AddVariable(write.Name.Text, type));
        }
    }
}
