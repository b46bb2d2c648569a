using Pipewright.Core.Binding;
using Pipewright.Core.Schema;
using Pipewright.Core.Text;

namespace Pipewright.Core.Rules.Names;

/// <summary>The ARM type that stands in a file is that of another kind than the file's folder. The service writes the type and does not read it.</summary>
internal sealed class ResourceTypeRule() : Rule(new("PW5021", DiagnosticSeverity.Warning, "Resource type of another kind"))
{
    private const string Prefix = "Microsoft.DataFactory/factories";

    public override IEnumerable<Diagnostic> Check(RuleContext context)
    {
        if (context.Resource.Root is { } root && root.Find("type") is { IsImplied: false, Value: BoundScalar type }
            && type.Text.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase)
            && root.Shape?.FindProperty("type")?.Type is ScalarType { AllowedValues: [var own] } && !own.Equals(type.Text, StringComparison.OrdinalIgnoreCase))
        {
            yield return Descriptor.At(
                type.Span, $"By its place this is a {TypeNames.Describe(context.Kind)}, whose type is '{own}', not '{type.Text}'.",
                new CodeFix($"Change to '{own}'", context.Edits.SetText(type, own)));
        }
    }
}
