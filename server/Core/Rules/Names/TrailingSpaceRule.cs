using Pipewright.Core.Text;

namespace Pipewright.Core.Rules.Names;

/// <summary>A space at the end of a name: legal, and whoever refers to it by what can be seen does not find it.</summary>
internal sealed class TrailingSpaceRule() : Rule(new("PW5008", DiagnosticSeverity.Warning, "Space at the end of a name"))
{
    public override IEnumerable<Diagnostic> Check(RuleContext context) =>
        from thing in NamedThing.FindAll(context)
        where thing.Name.Length > 0 && thing.Grammar.FindMistake(thing.Name) is null && char.IsWhiteSpace(thing.Name[^1])
        select Descriptor.At(
            thing.Span, $"The name of the {thing.Noun} ends with a space, which is part of it: references without it don't find it.",
            [.. thing.Rename(thing.Name.TrimEnd())]);
}
