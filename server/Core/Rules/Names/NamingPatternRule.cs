using System.Text.RegularExpressions;
using Pipewright.Core.Binding;
using Pipewright.Core.Factory;
using Pipewright.Core.Text;

namespace Pipewright.Core.Rules.Names;

/// <summary>A name is not as the factory's own configuration wants names of its kind.</summary>
internal sealed partial class NamingPatternRule() : Rule(new("PW5010", DiagnosticSeverity.Warning, "Name against the factory's own rule"))
{
    public override IEnumerable<Diagnostic> Check(RuleContext context)
    {
        var configuration = context.Factory.Configuration;
        return configuration.Naming.IsEmpty ? [] :
            from named in FindAll(context, configuration)
            let pattern = named.Pattern
            where pattern?.Fits(named.Thing.Name) == false
            let thing = named.Thing
            select Descriptor.At(
                thing.Span, $"The name of the {thing.Noun} is to match {pattern.Pattern}, as this factory's configuration says.",
                [.. FindBetter(thing.Name, pattern) is { } better ? thing.Rename(better) : []]);
    }

    private static IEnumerable<(NamedThing Thing, NamingPattern? Pattern)> FindAll(RuleContext context, FactoryConfiguration configuration) =>
        NamedThing.OfResource(context).Select(t => (t, configuration.FindNaming(context.Kind)))
            .Concat(NamedThing.OfActivities(context).Select(t => (t, configuration.FindNaming("activity"))))
            .Concat(NamedThing.OfGlobalParameters(context).Select(t => (t, configuration.FindNaming("globalParameter"))))
            .Concat(from table in DeclaredNames.FindTables(context)
                    from declared in table.Table.Properties
                    where !declared.IsImplied
                    select (ToThing(table.Noun, declared, context), configuration.FindNaming(table.Noun)));

    private static NamedThing ToThing(string noun, BoundProperty declared, RuleContext context) =>
        new(noun, declared.Name, declared.NameSpan, NameGrammar.Of(context.Kind), n => Renames.OfDeclared(context, declared, n));

    /// <summary>The name in another way of writing that fits: other capitals, words put together in another way, the pattern's own beginning. Null where none does.</summary>
    private static string? FindBetter(string name, NamingPattern pattern)
    {
        var words = Word().Matches(name).Select(m => m.Value).ToList();
        var start = Start().Match(pattern.Pattern.ToString()).Groups["text"].Value;
        var written = new[]
        {
            name, string.Join('_', words), string.Join('_', words).ToLowerInvariant(), string.Join('-', words).ToLowerInvariant(),
            string.Concat(words.Select(Capitalise)), Uncapitalise(string.Concat(words.Select(Capitalise))), name.ToLowerInvariant(), name.ToUpperInvariant(),
        };
        return written.Concat(written.Select(w => start + w)).FirstOrDefault(pattern.Fits);
    }

    private static string Capitalise(string word) => char.ToUpperInvariant(word[0]) + word[1..];

    private static string Uncapitalise(string word) => word.Length == 0 ? word : char.ToLowerInvariant(word[0]) + word[1..];

    /// <summary>A word of a name: <c>load</c>, <c>Orders</c> and <c>2</c> of <c>load-Orders2</c>.</summary>
    [GeneratedRegex("[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+", RegexOptions.CultureInvariant)]
    private static partial Regex Word();

    /// <summary>The text that every name begins with.</summary>
    [GeneratedRegex("^\\^(?<text>[A-Za-z0-9_-]+)(?![?*{+A-Za-z0-9_-])", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Start();
}
