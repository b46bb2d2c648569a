using Pipewright.Core.Expressions;
using Pipewright.Core.Factory;
using Pipewright.Core.Schema;
using Pipewright.Core.Text;

namespace Pipewright.Core.Rules.References;

/// <summary>A parameter that no expression of its resource reads.</summary>
internal sealed class UnusedParameterRule() : Rule(new("PW4020", DiagnosticSeverity.Warning, "Parameter is never used", DiagnosticTags.Unnecessary))
{
    public override IEnumerable<Diagnostic> Check(RuleContext context)
    {
        // A data flow's script has a language of its own; parameters of a credential or a trigger are not a thing.
        if (context.Kind is not (ResourceKind.Pipeline or ResourceKind.Dataset or ResourceKind.LinkedService) || Declared.Parameters(context.Resource) is not { IsEmpty: false } declared)
        {
            return [];
        }

        var used = UsedNames.Find(context, NameKind.Parameter);
        var kind = Binding.TypeNames.Describe(context.Kind);
        return declared.Where(p => !used.MayHold(p.Name)).Select(p => Descriptor.At(
            p.Node.NameSpan, $"No expression of this {kind} uses the parameter '{p.Name}'.", new CodeFix($"Remove '{p.Name}'", context.Edits.Remove(p.Node)) { IsPreferred = false }));
    }
}

/// <summary>A variable that is neither set nor read.</summary>
internal sealed class UnusedVariableRule() : Rule(new("PW4021", DiagnosticSeverity.Warning, "Variable is never used", DiagnosticTags.Unnecessary))
{
    public override IEnumerable<Diagnostic> Check(RuleContext context)
    {
        var uses = new VariableUses(context);
        return uses.Declared.Where(v => !uses.IsRead(v.Name) && !uses.IsSet(v.Name)).Select(v => Descriptor.At(
            v.Node.NameSpan, $"The variable '{v.Name}' is neither set nor read.", new CodeFix($"Remove '{v.Name}'", context.Edits.Remove(v.Node)) { IsPreferred = false }));
    }
}

/// <summary>A variable that is read, and that nothing sets: it is always what it begins with.</summary>
internal sealed class UnsetVariableRule() : Rule(new("PW4022", DiagnosticSeverity.Information, "Variable is never set"))
{
    public override IEnumerable<Diagnostic> Check(RuleContext context)
    {
        var uses = new VariableUses(context);
        return uses.Declared.Where(v => uses.IsRead(v.Name) && !uses.IsSet(v.Name)).Select(v => Descriptor.At(
            v.Node.NameSpan,
            v.Default is null
                ? $"Nothing sets the variable '{v.Name}', and it has no default: it is always empty. Set it, or give it a default."
                : $"Nothing sets the variable '{v.Name}': it is always its default. A parameter says that more clearly."));
    }
}

/// <summary>A variable that is set, and that nothing reads.</summary>
internal sealed class UnreadVariableRule() : Rule(new("PW4023", DiagnosticSeverity.Information, "Variable is never read", DiagnosticTags.Unnecessary))
{
    public override IEnumerable<Diagnostic> Check(RuleContext context)
    {
        var uses = new VariableUses(context);
        return uses.Declared.Where(v => !uses.IsRead(v.Name) && uses.IsSet(v.Name)).Select(v => Descriptor.At(
            v.Node.NameSpan, $"The variable '{v.Name}' is set, but no expression reads it."));
    }
}
