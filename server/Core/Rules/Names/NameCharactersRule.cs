using Pipewright.Core.Text;

namespace Pipewright.Core.Rules.Names;

/// <summary>A name that the service refuses: the patterns of the REST model, and Microsoft's naming rules.</summary>
internal sealed class NameCharactersRule() : Rule(new("PW5001", DiagnosticSeverity.Error, "Name that the service refuses"))
{
    public override IEnumerable<Diagnostic> Check(RuleContext context) =>
        from thing in NamedThing.FindAll(context)
        let mistake = thing.Grammar.FindMistake(thing.Name)
        where mistake is not null
        select Descriptor.At(thing.Span, $"The name of the {thing.Noun} {mistake}.", [.. thing.Rename(thing.Grammar.Mend(thing.Name))]);
}
