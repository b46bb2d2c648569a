namespace Pipewright.Core.Schema;

/// <summary>The way to the types of activities.</summary>
public static class ActivityTypes
{
    /// <summary>What an item of a pipeline's <c>activities</c> is: an object whose <c>type</c> selects the variant. Null in a schema without pipelines.</summary>
    public static DiscriminatedType? FindActivityType(this SchemaCatalog schema) =>
        (schema[ResourceKind.Pipeline].FindProperty("properties")?.Type as ObjectType)?.FindProperty("activities")?.Type is ArrayType { Item: DiscriminatedType activity }
            ? activity
            : null;
}
