// What has a name in a factory, and the places where the name is written.
using System.Collections.Immutable;
using Pipewright.Core.Schema;
using Pipewright.Core.Syntax;
using Pipewright.Core.Text;

namespace Pipewright.Core.Factory;

public enum SymbolKind
{
    Resource,

    /// <summary>Of a pipeline, dataset, linked service or data flow.</summary>
    Parameter,
    GlobalParameter,
    Variable,
    Activity,

    /// <summary>A source, sink or transformation of a data flow.</summary>
    Stream,
}

/// <summary>Something that has a name. Two are the same if they mean the same thing, whichever case their names are written in.</summary>
/// <param name="Name">As one of the places has it.</param>
/// <param name="OwnerKind">The kind of the resource that it is, or that it belongs to.</param>
/// <param name="Owner">The name of that resource; empty for a global parameter, which all factory files share.</param>
public sealed record Symbol(SymbolKind Kind, string Name, ResourceKind OwnerKind, string Owner)
{
    /// <summary>The file of what is known in one file only: an activity or a variable. Null for what others can name.</summary>
    public string? Path { get; init; }

    /// <summary>Which of the activities of one name in a pipeline, in text order; 0 where names are unique, as they should be.</summary>
    public int Which { get; init; }

    public static Symbol OfResource(ResourceKind kind, string name) => new(SymbolKind.Resource, name, kind, name);

    public static Symbol OfParameter(ResourceKind kind, string resource, string name) => new(SymbolKind.Parameter, name, kind, resource);

    public static Symbol OfGlobalParameter(string name) => new(SymbolKind.GlobalParameter, name, ResourceKind.Factory, "");

    public static Symbol OfStream(string dataFlow, string name) => new(SymbolKind.Stream, name, ResourceKind.DataFlow, dataFlow);

    public static Symbol OfVariable(ResourceDocument document, string pipeline, string name) =>
        new(SymbolKind.Variable, name, ResourceKind.Pipeline, pipeline) { Path = document.Path };

    public static Symbol OfActivity(ResourceDocument document, string pipeline, string name, int which = 0) =>
        new(SymbolKind.Activity, name, ResourceKind.Pipeline, pipeline) { Path = document.Path, Which = which };

    public bool Equals(Symbol? other) => other is not null && Kind == other.Kind && OwnerKind == other.OwnerKind && Which == other.Which && Path == other.Path
        && IsSame(Name, other.Name) && IsSame(Owner, other.Owner);

    public override int GetHashCode() => HashCode.Combine(
        Kind, OwnerKind, Which, Path, StringComparer.OrdinalIgnoreCase.GetHashCode(Name), StringComparer.OrdinalIgnoreCase.GetHashCode(Owner));

    private static bool IsSame(string one, string other) => one.Equals(other, StringComparison.OrdinalIgnoreCase);
}

/// <summary>One place where a symbol is named.</summary>
/// <param name="Path">The file, relative to the factory root.</param>
/// <param name="Span">The name itself, without quotes. Of no length where a file's name alone gives it: then the start of the resource.</param>
public sealed record SymbolUse(Symbol Symbol, string Path, TextSpan Span, bool IsDeclaration)
{
    /// <summary>Whether it is given a value here: a variable that is set, a parameter that something is passed to. Of a declaration this is false.</summary>
    public bool IsWrite { get; init; }

    /// <summary>How the name is written; null where no text has it.</summary>
    internal WrittenName? Written { get; init; }
}

internal enum WrittenKind
{
    /// <summary>It is all of a scalar.</summary>
    Whole,

    /// <summary>It is a part of a scalar, as it is.</summary>
    Part,

    /// <summary>In the quotes of an expression's string.</summary>
    Quoted,

    /// <summary>After the dot of an expression.</summary>
    Member,
}

/// <summary>Where a name is written.</summary>
/// <param name="Part">In the scalar's value.</param>
/// <param name="Dot">The place of the dot before a member, in the scalar's value.</param>
internal sealed record WrittenName(ScalarSyntax Scalar, TextSpan Part, WrittenKind Kind, int Dot = 0)
{
    public static WrittenName OfWhole(ScalarSyntax scalar) => new(scalar, new TextSpan(0, scalar.Value.Length), WrittenKind.Whole);

    /// <summary>The change of the scalar's value that writes another name.</summary>
    public TextChange Write(string name) => Kind switch
    {
        WrittenKind.Quoted => new TextChange(Part, Escape(name)),
        WrittenKind.Member when !Expressions.ExpressionText.IsPlainName(name) => new TextChange(TextSpan.FromBounds(Dot, Part.End), $"['{Escape(name)}']"),
        _ => new TextChange(Part, name),
    };

    private static string Escape(string name) => name.Replace("'", "''", StringComparison.Ordinal);
}

/// <summary>Places where one symbol is named.</summary>
/// <param name="Span">The place that was asked about.</param>
/// <param name="Uses">In the order of paths, then of the text.</param>
public sealed record FoundSymbol(Symbol Symbol, TextSpan Span, ImmutableArray<SymbolUse> Uses);
