using Pipewright.Core.Binding;
using Pipewright.Core.Factory;
using Pipewright.Core.Text;

namespace Pipewright.Core.Rules.References;

/// <summary>A reference gives a value to a parameter that its target does not declare. Studio refuses it, the service takes no notice.</summary>
internal sealed class UnknownArgumentRule() : Rule(new("PW4005", DiagnosticSeverity.Warning, "Value for a parameter that is not declared"))
{
    public override IEnumerable<Diagnostic> Check(RuleContext context) =>
        from arguments in ResourceArguments.FindAll(context.Factory, context.Resource, context.References)
        from given in arguments.Given?.Properties ?? []
        where given.Entry is not null && !arguments.Parameters.Any(p => p.Name.Equals(given.Name, StringComparison.OrdinalIgnoreCase))
        select Report(context, arguments, given);

    private Diagnostic Report(RuleContext context, ResourceArguments arguments, BoundProperty given)
    {
        var closest = arguments.FindMeant(given.Name);
        var advice = closest is not null ? $"Did you mean '{closest}'?"
            : arguments.Parameters.IsEmpty ? "It has no parameters."
            : $"It has {string.Join(", ", arguments.Parameters.Take(8).Select(p => $"'{p.Name}'"))}{(arguments.Parameters.Length > 8 ? " and more" : "")}.";
        return Descriptor.At(
            given.NameSpan,
            $"The {TypeNames.Describe(arguments.Target.Kind)} '{arguments.Target.Name}' has no parameter '{given.Name}'. {advice}",
            [
                .. closest is null ? Array.Empty<CodeFix>() : [new CodeFix($"Change to '{closest}'", context.Edits.SetName(given, closest)) { IsPreferred = true }],
                new CodeFix($"Remove '{given.Name}'", context.Edits.Remove(given)) { IsPreferred = closest is null ? null : false },
                .. arguments.Target.Document.IsLive ? Array.Empty<CodeFix>() : [Declare(arguments, given)],
            ]) with
        {
            Related = arguments.Declaring([(arguments.Target.Resource.NameSpan, $"'{arguments.Target.Name}' is declared here")]),
        };
    }

    private static CodeFix Declare(ResourceArguments arguments, BoundProperty given) => CodeFix.Deferred(
        $"Declare '{given.Name}' in the {TypeNames.Describe(arguments.Target.Kind)} '{arguments.Target.Name}'",
        () => new FixEdit([], new FileEdit(
            arguments.Target.Document.Path, new Declarations(arguments.Target.Document, arguments.Target.Resource).AddParameter(given.Name, ArgumentTypes.Of(given.Value)))));
}
