// What is known of a value before a run: a set of kinds, with the elements of arrays and the members of objects where they are known.
using System.Collections.Immutable;
using System.Numerics;

namespace Pipewright.Core.Expressions;

/// <summary>The kinds that a value may be of.</summary>
[Flags]
public enum TypeKinds
{
    None = 0,
    String = 1,
    Integer = 2,
    Float = 4,
    Boolean = 8,
    Null = 16,
    Array = 32,
    Object = 64,

    /// <summary>An object <c>{"$content-type", "$content"}</c>.</summary>
    Binary = 128,

    /// <summary>The same that holds XML.</summary>
    Xml = 256,
    Number = Integer | Float,
    Any = String | Number | Boolean | Null | Array | Object | Binary | Xml,
}

/// <summary>A type.</summary>
/// <param name="Kinds">All that a value may be. <see cref="TypeKinds.Any"/> is unknown: nothing is wrong with it anywhere.</param>
/// <param name="Element">Of arrays; null where unknown.</param>
/// <param name="Members">Of objects, by name without regard to case; null where unknown.</param>
/// <param name="IsClosed">An object has no members but these.</param>
public sealed record ExpressionType(
    TypeKinds Kinds, ExpressionType? Element = null, ImmutableSortedDictionary<string, TypeMember>? Members = null, bool IsClosed = false)
{
    public static ExpressionType Any { get; } = new(TypeKinds.Any);

    public static ExpressionType String { get; } = new(TypeKinds.String);

    public static ExpressionType Integer { get; } = new(TypeKinds.Integer);

    public static ExpressionType Float { get; } = new(TypeKinds.Float);

    public static ExpressionType Number { get; } = new(TypeKinds.Number);

    public static ExpressionType Boolean { get; } = new(TypeKinds.Boolean);

    public static ExpressionType Null { get; } = new(TypeKinds.Null);

    public static ExpressionType Array { get; } = new(TypeKinds.Array);

    public static ExpressionType Object { get; } = new(TypeKinds.Object);

    /// <summary>An object may well have members besides those that are known, so that none is ever wrong.</summary>
    public bool IsOpen { get; init; }

    /// <summary>The type of an object's members that <see cref="Members"/> does not list; null where it is not known.</summary>
    public ExpressionType? Others { get; init; }

    /// <summary>Members that the object would have if something else were asked for, by name without regard to case, with what: <c>firstRowOnly is false</c>.</summary>
    public ImmutableDictionary<string, OutputSetting>? LeftOut { get; init; }

    public bool IsUnknown => Kinds == TypeKinds.Any;

    /// <summary>An array of a type of elements; null for unknown ones.</summary>
    public static ExpressionType ArrayOf(ExpressionType? element) => new(TypeKinds.Array, element is { IsUnknown: true } ? null : element);

    public static ExpressionType ObjectOf(IEnumerable<TypeMember> members, bool isClosed) => new(
        TypeKinds.Object, null, members.ToImmutableSortedDictionary(m => m.Name, m => m, StringComparer.OrdinalIgnoreCase), isClosed);

    /// <summary>Either of two types.</summary>
    public static ExpressionType Union(ExpressionType left, ExpressionType right)
    {
        if (left == right)
        {
            return left;
        }

        var element = (left.Kinds & right.Kinds).HasFlag(TypeKinds.Array)
            ? left.Element is { } one && right.Element is { } other ? Union(one, other) : null
            : left.Element ?? right.Element;
        var isOneObject = left.Kinds.HasFlag(TypeKinds.Object) != right.Kinds.HasFlag(TypeKinds.Object);
        var shape = left.Kinds.HasFlag(TypeKinds.Object) ? left : right;
        return new ExpressionType(left.Kinds | right.Kinds, element, isOneObject ? shape.Members : null, isOneObject && shape.IsClosed);
    }

    /// <summary>The same, or null.</summary>
    public ExpressionType OrNull() => this with { Kinds = Kinds | TypeKinds.Null };

    /// <summary>In words, as messages have it: <c>string or array</c>.</summary>
    public string Describe()
    {
        if (IsUnknown)
        {
            return "any";
        }

        var words = new List<string>();
        Add(TypeKinds.String, "string");
        if (Kinds.HasFlag(TypeKinds.Number))
        {
            words.Add("number");
        }
        else
        {
            Add(TypeKinds.Integer, "int");
            Add(TypeKinds.Float, "float");
        }

        Add(TypeKinds.Boolean, "bool");
        Add(TypeKinds.Array, Element is { } element && BitOperations.PopCount((uint)element.Kinds) == 1 ? $"array of {element.Describe()}" : "array");
        Add(TypeKinds.Object, "object");
        Add(TypeKinds.Binary, "binary");
        Add(TypeKinds.Xml, "xml");
        Add(TypeKinds.Null, "null");
        return string.Join(" or ", words);

        void Add(TypeKinds kind, string word)
        {
            if (Kinds.HasFlag(kind))
            {
                words.Add(word);
            }
        }
    }
}

/// <summary>A member of an object.</summary>
/// <param name="IsOptional">It may be missing: read it with <c>?.</c></param>
/// <param name="Description">For hovers; null where there is nothing to say.</param>
public sealed record TypeMember(string Name, ExpressionType Type, bool IsOptional = false, string? Description = null);
