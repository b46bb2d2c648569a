// Which names may be given: what the service takes, and what is still free.
using System.Text.RegularExpressions;
using Pipewright.Core.Binding;
using Pipewright.Core.Schema;

namespace Pipewright.Core.Factory;

/// <summary>What is said against a new name.</summary>
public static partial class NewNames
{
    /// <summary>Whether a symbol may have a name, whatever else is there.</summary>
    /// <returns>A sentence that says why not; null where it may.</returns>
    public static string? FindMistake(Symbol symbol, string name) =>
        string.IsNullOrWhiteSpace(name) ? $"Give {WithArticle(NounOf(symbol))} a name."
        : name != name.Trim() ? $"'{name}' starts or ends with a space. Leave it out."
        : name.Any(char.IsControl) ? "A name is written on one line, with no control characters."
        : SpecForm.IsExpression(name) ? $"'{name}' would be read as an expression. Leave out the '@'."
        : symbol.Kind switch
        {
            SymbolKind.Resource => FindMistake(NounOf(symbol), NameGrammar.Of(symbol.OwnerKind), name),
            SymbolKind.Activity => FindMistake(NounOf(symbol), NameGrammar.OfActivities, name),
            SymbolKind.GlobalParameter => FindMistake(NounOf(symbol), NameGrammar.Of(ResourceKind.Pipeline), name),
            SymbolKind.Stream when !StreamName().IsMatch(name) => $"'{name}' is no name for a stream of a data flow: letters and digits only, a letter first.",
            SymbolKind.Parameter when symbol.OwnerKind == ResourceKind.DataFlow && !Identifier().IsMatch(name) =>
                $"'{name}' is no name for a parameter of a data flow: letters, digits and '_' only, and no digit first.",
            _ => null,
        };

    /// <summary>Whether a symbol may have a name in its factory.</summary>
    /// <returns>A sentence that says why not; null where it may.</returns>
    public static string? FindMistake(FactorySnapshot factory, Symbol symbol, string name) => FindMistake(symbol, name)
        ?? (!name.Equals(symbol.Name, StringComparison.OrdinalIgnoreCase) && IsTaken(factory, symbol, name)
            ? $"There is {WithArticle(NounOf(symbol))} '{name}' already, and case makes no difference."
            : null);

    private static string WithArticle(string noun) => noun[0] is 'a' or 'i' ? $"an {noun}" : $"a {noun}";

    private static string NounOf(Symbol symbol) => symbol.Kind switch
    {
        SymbolKind.Resource => TypeNames.Describe(symbol.OwnerKind),
        SymbolKind.GlobalParameter => "global parameter",
        SymbolKind.Parameter => $"parameter of the {TypeNames.Describe(symbol.OwnerKind)}",
        SymbolKind.Variable => "variable",
        SymbolKind.Activity => "activity",
        _ => "stream",
    };

    private static string? FindMistake(string noun, NameGrammar grammar, string name) =>
        name.Length > grammar.Longest ? $"The name of {WithArticle(noun)} has {grammar.Longest} characters at most; this one has {name.Length}."
        : name.Length < grammar.Shortest ? $"The name of {WithArticle(noun)} has {grammar.Shortest} characters at least; this one has {name.Length}."
        : grammar.FindMistake(name) is { } mistake ? $"'{name}' {mistake}."
        : null;

    private static bool IsTaken(FactorySnapshot factory, Symbol symbol, string name) => symbol.Kind switch
    {
        SymbolKind.Resource => factory.Has(symbol.OwnerKind, name),
        SymbolKind.GlobalParameter => factory.OfKind(ResourceKind.Factory).Any(f => Declares(Declared.In(f.Resource.Properties, "globalParameters"), name)),
        SymbolKind.Variable => Owners(factory, symbol).Any(r => Declares(Declared.Variables(r), name)),
        SymbolKind.Activity => Owners(factory, symbol).Any(r => new ActivityGraph(r).Find(name) is not null),
        SymbolKind.Parameter when symbol.OwnerKind == ResourceKind.DataFlow => Owners(factory, symbol)
            .Any(r => DataFlowScript.FindNames(r).Any(n => n.IsParameter && n.IsDeclaration && IsSame(n.Text, name))),
        SymbolKind.Parameter => Owners(factory, symbol).Any(r => Declares(Declared.Parameters(r), name)),
        _ => Owners(factory, symbol).Any(r => DataFlowScript.FindStreams(r).Any(s => IsSame(s.FindString("name"), name))),
    };

    private static IEnumerable<BoundResource> Owners(FactorySnapshot factory, Symbol symbol) => factory.Find(symbol.OwnerKind, symbol.Owner)
        .Where(s => symbol.Path is null || s.Document.Path == symbol.Path).Select(s => s.Resource);

    private static bool Declares(IEnumerable<DeclaredName> declared, string name) => declared.Any(d => IsSame(d.Name, name));

    private static bool IsSame(string? one, string other) => other.Equals(one, StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex(@"\A[A-Za-z][A-Za-z0-9]*\z", RegexOptions.CultureInvariant)]
    private static partial Regex StreamName();

    [GeneratedRegex(@"\A[A-Za-z_][A-Za-z0-9_]*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Identifier();
}
