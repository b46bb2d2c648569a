// Rules about where variables are set.
using Pipewright.Core.Binding;
using Pipewright.Core.Expressions;
using Pipewright.Core.Factory;
using Pipewright.Core.Syntax;
using Pipewright.Core.Text;

namespace Pipewright.Core.Rules.Activities;

/// <summary>AppendVariable takes arrays only (Microsoft's documentation).</summary>
internal sealed class AppendToScalarRule() : Rule(new("PW4213", DiagnosticSeverity.Error, "Variable to append to is no array"))
{
    public override IEnumerable<Diagnostic> Check(RuleContext context) =>
        from write in VariableWrite.FindAll(context)
        let variable = write.Variable
        where write.Appends && variable is { Type: { IsUnknown: false, Kinds: not TypeKinds.Array } }
        let type = (BoundScalar)((BoundObject)variable.Node.Value).FindValue("type")!
        select Descriptor.At(
            write.Name.Span, $"'{write.Name.Text}' is of type {variable.TypeText}; AppendVariable takes variables of type Array only.",
            ActivityReading.Possible(new CodeFix($"Make '{variable.Name}' an Array", context.Edits.SetText(type, "Array"))));
}

/// <summary>Rounds of a loop that run at one time set one variable, which is the pipeline's: it holds what the last of them wrote (Microsoft's documentation).</summary>
internal sealed class ParallelVariableRule() : Rule(new("PW4214", DiagnosticSeverity.Warning, "Variable is set in a parallel loop"))
{
    public override IEnumerable<Diagnostic> Check(RuleContext context) =>
        from write in VariableWrite.FindAll(context)
        let loop = write.Activity.ContainersAndSelf().FirstOrDefault(a => a.Is("ForEach"))
        where loop is not null && IsParallel(loop)
        select Descriptor.At(
            write.Name.Span,
            $"The rounds of '{loop.Name}' run at the same time, and '{write.Name.Text}' is one variable for all of them. Run them one after the other, or move the body into a pipeline of its own.",
            ActivityReading.Possible(context.SetFix($"Let '{loop.Name}' run one round after the other", loop, "isSequential", new NewLiteral("true"))));

    private static bool IsParallel(ActivityNode loop) => !loop.IsFlag("isSequential", true) && loop.FindLiteral("batchCount")?.Text is not "1";
}
