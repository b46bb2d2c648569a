using Pipewright.Core.Binding;
using Pipewright.Core.Syntax;
using Pipewright.Core.Text;

namespace Pipewright.Core.Rules.References;

/// <summary>A reference says that it is of another kind than its place takes; the service does not resolve it.</summary>
internal sealed class WrongReferenceTypeRule() : Rule(new("PW4003", DiagnosticSeverity.Error, "Reference of the wrong kind"))
{
    public override IEnumerable<Diagnostic> Check(RuleContext context) =>
        from value in context.Resource.Objects
        let expected = value.Shape?.Reference?.TypeName
        where expected is not null
        let type = value.FindValue("type") as BoundScalar
        where type is { IsImplied: false, Kind: ScalarKind.String } && !type.Text.Equals(expected, StringComparison.OrdinalIgnoreCase)
        select Descriptor.At(
            type.Span, $"This place takes a {expected}, not '{type.Text}'.", new CodeFix($"Change to '{expected}'", context.Edits.SetText(type, expected)));
}
