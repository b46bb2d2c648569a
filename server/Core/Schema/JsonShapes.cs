namespace Pipewright.Core.Schema;

/// <summary>Finds the types of values in the JSON of the Git form, which leaves nothing out.</summary>
public static class JsonShapes
{
    /// <summary>What an object of a type may hold; null where nothing is known of it.</summary>
    /// <param name="findText">The text of a member of the object; null where it has no such member, or another kind of value there.</param>
    public static ObjectType? OfObject(SchemaType? type, Func<string, string?> findText) => type switch
    {
        ObjectType known => known,
        DiscriminatedType choice => (findText(choice.DiscriminatorName) is { } value ? choice.FindVariant(value) : null) ?? choice.Base,
        ScalarType { SecretObject: { } secret } => OfObject(secret, findText),
        _ => null,
    };

    /// <summary>The type of a member's value; null where nothing is known of it.</summary>
    public static SchemaType? OfMember(ObjectType? shape, string name) => shape?.FindProperty(name)?.Type ?? shape?.AdditionalProperties?.Value;

    public static SchemaType? OfItem(SchemaType? type) => (type as ArrayType)?.Item;
}
