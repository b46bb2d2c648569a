using Pipewright.Core.Schema;
using Pipewright.Core.Text;

namespace Pipewright.Core.Rules.Triggers;

/// <summary>A window waits for a trigger that has no windows: only tumbling window triggers can be waited for (Microsoft's documentation).</summary>
internal sealed class DependencyKindRule() : Rule(new("PW4315", DiagnosticSeverity.Error, "Dependency on a trigger without windows"))
{
    public override IEnumerable<Diagnostic> Check(RuleContext context)
    {
        foreach (var name in WindowDependency.FindAll(context.Resource).Select(d => d.Trigger).OfType<Binding.BoundScalar>())
        {
            var types = context.Factory.Find(ResourceKind.Trigger, name.Text).Select(t => TriggerParts.TypeOf(t.Resource)).ToList();
            if (types.Count > 0 && types.TrueForAll(t => t is not null and not TriggerParts.TumblingWindow))
            {
                yield return Descriptor.At(name.Span, $"'{name.Text}' is a {types[0]} and has no windows to wait for. A dependency is on a {TriggerParts.TumblingWindow}.");
            }
        }
    }
}
