// The embedded schema's binary layout, shared by its reader here and its writer, schemas/Generator.
//
// Header of 32-bit little-endian numbers, see Header. Strings: an index of positions, then UTF-8. Types: an index of positions, then records of
// varints, so that a type is decoded only when asked for. Descriptions: Brotli blocks of many, as few are ever read.
namespace Pipewright.Core.Schema;

internal static class SchemaFormat
{
    public const int Magic = 0x31535750;

    /// <summary>How many descriptions are compressed together.</summary>
    public const int DescriptionsPerBlock = 128;

    /// <summary>Separates the descriptions of a block.</summary>
    public const char DescriptionSeparator = '\0';

    public const string ExternalReference = "External";

    /// <summary>The words for kinds of value, in the order of <c>ValueKind</c>.</summary>
    public static IReadOnlyList<string> KindWords { get; } = ["any", "string", "integer", "number", "boolean", "array", "object"];
}

/// <summary>The header's fields, each a number.</summary>
internal enum SchemaHeader
{
    Magic,

    /// <summary>Position of the string index: one more entry than strings, positions from the start of the string text.</summary>
    StringIndex,
    StringText,
    StringCount,

    /// <summary>Position of the type index: positions of the type records.</summary>
    TypeIndex,
    TypeCount,

    /// <summary>Position of the list of resource kinds with their types.</summary>
    Resources,

    /// <summary>Position of the index of description blocks: one more entry than blocks, positions in the whole.</summary>
    DescriptionIndex,
    DescriptionCount,
    Length,
}

/// <summary>What kind of type a record is.</summary>
internal enum SchemaRecord : byte
{
    Any,
    Scalar,
    Array,
    Object,
    Union,
}

/// <summary>Which optional parts a scalar, array or object record has, and its flags.</summary>
[Flags]
internal enum SchemaTypeFlags
{
    None = 0,
    Extensible = 1,
    Secret = 2,
    Pattern = 4,
    Minimum = 8,
    Maximum = 16,
    Deprecated = 32,
    Additional = 64,
    Reference = 128,
    Discriminator = 256,
    Wrapper = 512,
    Description = 1024,
}

/// <summary>Which optional parts a property has, and its flags.</summary>
[Flags]
internal enum SchemaPropertyFlags
{
    None = 0,
    Required = 1,
    ReadOnly = 2,
    Plain = 4,
    Deprecated = 8,
    Expression = 16,
    Default = 32,
    Description = 64,
}
