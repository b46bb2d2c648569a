using Pipewright.Core.Text;

namespace Pipewright.Core.Rules.Names;

/// <summary>A space inside of a resource's name: legal, and in the way of scripts, addresses and file names.</summary>
internal sealed class SpaceInNameRule() : Rule(new("PW5012", DiagnosticSeverity.Hint, "Space in the name of a resource"))
{
    public override IEnumerable<Diagnostic> Check(RuleContext context) =>
        from thing in NamedThing.OfResource(context)
        where thing.Grammar.FindMistake(thing.Name) is null && thing.Name.TrimEnd().Contains(' ', StringComparison.Ordinal)
        select Descriptor.At(
            thing.Span, $"The name of the {thing.Noun} has a space in it, which scripts and addresses have to escape.",
            [.. thing.Rename(thing.Name.TrimEnd().Replace(' ', '_'))]);
}
