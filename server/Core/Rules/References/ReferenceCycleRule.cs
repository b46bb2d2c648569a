using Pipewright.Core.Binding;
using Pipewright.Core.Factory;
using Pipewright.Core.Schema;
using Pipewright.Core.Text;

namespace Pipewright.Core.Rules.References;

/// <summary>
/// Resources of one kind refer to each other in a circle: pipelines that call each other, linked services that need each other's secrets. Studio
/// refuses it, and there is no order in which they could be deployed.
/// </summary>
internal sealed class ReferenceCycleRule() : Rule(new("PW4007", DiagnosticSeverity.Error, "Resources refer to each other in a circle"))
{
    public override IEnumerable<Diagnostic> Check(RuleContext context)
    {
        if (context.Kind is not (ResourceKind.Pipeline or ResourceKind.LinkedService or ResourceKind.DataFlow))
        {
            yield break;
        }

        foreach (var reference in context.References.Where(r => r.Kind == context.Kind))
        {
            var isSelf = reference.Name.Text.Equals(context.Resource.Name, StringComparison.OrdinalIgnoreCase);
            if ((isSelf ? [] : FindWayBack(context, reference.Name.Text)) is { } way)
            {
                yield return Report(context, reference, isSelf, way);
            }
        }
    }

    private Diagnostic Report(RuleContext context, ResourceReference reference, bool isSelf, List<string> way)
    {
        var (kind, name) = (TypeNames.Describe(context.Kind), context.Resource.Name);
        var verb = context.Kind == ResourceKind.Pipeline ? "calls" : "needs";
        var message = isSelf
            ? $"The {kind} '{name}' {verb} itself. Data Factory does not allow that: loop with an Until activity, or start it again by a trigger."
            : $"The {kind} '{name}' {verb} itself by way of {string.Join(", ", way.Select(w => $"'{w}'"))}. Break the circle: it cannot be deployed.";
        if (context.Kind != ResourceKind.Pipeline && isSelf)
        {
            message = $"The {kind} '{name}' needs itself. Refer to another one.";
        }

        return Descriptor.At(reference.Name.Span, message) with { Related = [.. FindSteps(context, way)] };
    }

    /// <summary>Where each resource on the way refers to the next one, and the last one to this.</summary>
    private static IEnumerable<RelatedPlace> FindSteps(RuleContext context, List<string> way)
    {
        foreach (var (name, next) in way.Zip(way.Skip(1).Append(context.Resource.Name)))
        {
            var step = context.Factory.Find(context.Kind, name).SelectMany(s => s.FindReferences(), (s, r) => (s.Document.Path, Reference: r))
                .FirstOrDefault(s => s.Reference.Kind == context.Kind && s.Reference.Name.Text.Equals(next, StringComparison.OrdinalIgnoreCase));
            if (step.Reference is { } reference)
            {
                yield return new RelatedPlace(step.Path, reference.Name.Span, $"'{name}' refers to '{next}' here");
            }
        }
    }

    /// <summary>The resources on the way from one of a name back to this one, that one included; null where there is no way.</summary>
    private static List<string>? FindWayBack(RuleContext context, string start)
    {
        var cameFrom = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase) { [start] = null };
        var pending = new Queue<string>([start]);
        while (pending.TryDequeue(out var name))
        {
            foreach (var next in context.Factory.Find(context.Kind, name).SelectMany(s => s.FindReferences()).Where(r => r.Kind == context.Kind).Select(r => r.Name.Text))
            {
                if (next.Equals(context.Resource.Name, StringComparison.OrdinalIgnoreCase))
                {
                    return Unwind(cameFrom, name);
                }

                if (cameFrom.TryAdd(next, name))
                {
                    pending.Enqueue(next);
                }
            }
        }

        return null;
    }

    private static List<string> Unwind(Dictionary<string, string?> cameFrom, string end)
    {
        var way = new List<string>();
        for (string? name = end; name is not null; name = cameFrom[name])
        {
            way.Insert(0, name);
        }

        return way;
    }
}
