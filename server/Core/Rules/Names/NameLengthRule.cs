using System.Collections.Immutable;
using Pipewright.Core.Text;

namespace Pipewright.Core.Rules.Names;

/// <summary>A name with more characters than the service takes, or fewer: the REST model's limits, and that of Microsoft's naming rules for activities.</summary>
internal sealed class NameLengthRule() : Rule(new("PW5002", DiagnosticSeverity.Error, "Name is too long or too short"))
{
    public override IEnumerable<Diagnostic> Check(RuleContext context)
    {
        foreach (var thing in NamedThing.FindAll(context))
        {
            var (name, grammar) = (thing.Name, thing.Grammar);
            if (name.Length > grammar.Longest)
            {
                var fixes = grammar.FindMistake(name) is null ? thing.Rename(grammar.Mend(name)) : [];
                yield return Descriptor.At(thing.Span, $"The name of the {thing.Noun} has {name.Length} characters; {grammar.Longest} are the most.", [.. fixes]);
            }
            else if (name.Length < grammar.Shortest)
            {
                var message = name.Length == 0 ? $"The {thing.Noun} has no name." : $"The name of the {thing.Noun} has {name.Length} characters; {grammar.Shortest} are the least.";
                yield return Descriptor.At(thing.Span, message, ImmutableArray<CodeFix>.Empty);
            }
        }
    }
}
