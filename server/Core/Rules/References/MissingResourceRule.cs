using Pipewright.Core.Binding;
using Pipewright.Core.Factory;
using Pipewright.Core.Schema;
using Pipewright.Core.Text;

namespace Pipewright.Core.Rules.References;

/// <summary>
/// A reference names a resource that no file declares, and that the target's factory, as far as that is known, does not have. It may live in another factory in
/// Azure, so this is a warning.
/// </summary>
internal sealed class MissingResourceRule() : Rule(new("PW4001", DiagnosticSeverity.Warning, "Reference to a resource that is not in the repository"))
{
    /// <summary>Every factory has this integration runtime; Studio writes no file for it.</summary>
    private const string DefaultIntegrationRuntime = "AutoResolveIntegrationRuntime";

    public override IEnumerable<Diagnostic> Check(RuleContext context)
    {
        foreach (var reference in context.References.Where(r => r.Name.Text.Length > 0 && !IsKnown(context.Factory, r)))
        {
            var name = reference.Name.Text;
            var closest = Spelling.FindClosest(name, context.Factory.NamesOf(reference.Kind).Concat(context.Factory.OnlyLive(reference.Kind).Select(e => e.Name)));
            var nor = context.Factory.FactoryThatIsKnown(reference.Kind) is { } target ? $", and '{target}' does not have it" : "";
            var kind = TypeNames.Describe(reference.Kind);
            var advice = closest is null ? $"Add it, or deploy only to a factory that has it." : $"Did you mean '{closest}'?";
            yield return Descriptor.At(reference.Name.Span, $"No file here declares the {kind} '{name}'{nor}. {advice}",
            [
                .. closest is null ? Array.Empty<CodeFix>() : [new CodeFix($"Change to '{closest}'", context.Edits.SetText(reference.Name, closest)) { IsPreferred = true }],
                .. !ResourceStub.CanWrite(reference.Kind) ? Array.Empty<CodeFix>()
                    : [CodeFix.Deferred($"Create the {kind} '{name}'", () => new FixEdit([], ResourceStub.Write(context, reference)), isPreferred: false)],
            ]);
        }
    }

    private static bool IsKnown(FactorySnapshot factory, ResourceReference reference) => factory.Has(reference.Kind, reference.Name.Text)
        || factory.FindLive(reference.Kind, reference.Name.Text) is not null
        || (reference.Kind == ResourceKind.IntegrationRuntime && reference.Name.Text.Equals(DefaultIntegrationRuntime, StringComparison.OrdinalIgnoreCase));
}
