// The words for types and values in messages.
using System.Text.RegularExpressions;
using Pipewright.Core.Schema;
using Pipewright.Core.Syntax;

namespace Pipewright.Core.Binding;

public static partial class TypeNames
{
    /// <summary>A noun for a kind of resource: <c>linked service</c>.</summary>
    public static string Describe(ResourceKind kind) => kind switch
    {
        ResourceKind.ChangeDataCapture => "change data capture",
        _ => SplitWords(kind.ToString()),
    };

    /// <summary>A noun for an object type: <c>Copy activity</c>, <c>Parquet dataset</c>, <c>tabular translator</c>.</summary>
    public static string Describe(ObjectType type) => type switch
    {
        { Discriminator: { } discriminator } => $"{discriminator} {SplitWords(Trim(type.Name, discriminator))}".TrimEnd(),
        _ => SplitWords(type.Name),
    };

    /// <summary>A noun for what a discriminator selects: <c>activity type</c>.</summary>
    public static string Describe(DiscriminatedType type) => SplitWords(type.Name) + " type";

    /// <summary>A type with its article, as in "must be …".</summary>
    public static string DescribeValue(SchemaType type) => type switch
    {
        ArrayType => "a list",
        ScalarType { Kind: ValueKind.Integer } => "a whole number",
        ScalarType { Kind: ValueKind.Number } => "a number",
        ScalarType { Kind: ValueKind.Boolean } => "true or false",
        ScalarType => "a string",
        ObjectType { Reference.TypeName: var name } => "AEIOU".Contains(name[0], StringComparison.Ordinal) ? $"an {name}" : $"a {name}",
        ObjectType or DiscriminatedType => "an object",
        _ => "a value",
    };

    /// <summary>What a value is, as in "not …".</summary>
    public static string DescribeValue(BoundNode node) => node switch
    {
        BoundArray => "a list",
        BoundObject => "an object",
        BoundScalar { Kind: ScalarKind.Null } => "nothing",
        BoundScalar { Kind: ScalarKind.String, Text: { Length: <= 40 } text } => $"'{text}'",
        BoundScalar { Kind: ScalarKind.String } => "a string",
        BoundScalar scalar => scalar.Text,
        _ => "this",
    };

    private static string Trim(string name, string discriminator)
    {
        // The model's names repeat the discriminator: CopyActivity for Copy. What is left says what kind of thing it is.
        foreach (var noun in (string[])["Activity", "Dataset", "LinkedService", "Trigger", "Source", "Sink", "DataFlow", "IntegrationRuntime", "Credential"])
        {
            if (name.EndsWith(noun, StringComparison.Ordinal))
            {
                return discriminator.EndsWith(noun, StringComparison.OrdinalIgnoreCase) ? "" : noun;
            }
        }

        return "";
    }

    private static string SplitWords(string name) => string.Join(' ', WordStart().Split(name)).ToLowerInvariant();

    [GeneratedRegex(@"(?<=[a-z0-9])(?=[A-Z])", RegexOptions.CultureInvariant)]
    private static partial Regex WordStart();
}
