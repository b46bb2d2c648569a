using Pipewright.Core.Expressions;
using Pipewright.Core.Factory;
using Pipewright.Core.Schema;
using Pipewright.Core.Text;

namespace Pipewright.Core.Rules.References;

/// <summary>A global parameter that no pipeline of the repository reads. Something outside may read it, as a script that deploys.</summary>
internal sealed class UnusedGlobalParameterRule() : Rule(new("PW4012", DiagnosticSeverity.Hint, "Global parameter is never used", DiagnosticTags.Unnecessary))
{
    public override IEnumerable<Diagnostic> Check(RuleContext context)
    {
        if (context.Kind != ResourceKind.Factory || Declared.In(context.Properties, "globalParameters") is not { IsEmpty: false } declared || context.Factory.Count(ResourceKind.Pipeline) == 0)
        {
            yield break;
        }

        // Triggers may pass them on.
        var used = new UsedNames();
        foreach (var user in context.Factory.OfKind(ResourceKind.Pipeline).Concat(context.Factory.OfKind(ResourceKind.Trigger)))
        {
            used.Add(ExpressionSite.FindAll(user.Resource).Select(s => s.Template), NameKind.GlobalParameter);
        }

        foreach (var parameter in declared.Where(p => !used.MayHold(p.Name)))
        {
            yield return Descriptor.At(
                parameter.Node.NameSpan, $"No pipeline here reads the global parameter '{parameter.Name}'.",
                new CodeFix($"Remove '{parameter.Name}'", context.Edits.Remove(parameter.Node)) { IsPreferred = false });
        }
    }
}
