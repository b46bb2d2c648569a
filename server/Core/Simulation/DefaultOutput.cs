// What an activity answers that has no stub: the members that its type has, with values that say as little as they can.
using Pipewright.Core.Binding;
using Pipewright.Core.Expressions;

namespace Pipewright.Core.Simulation;

internal static class DefaultOutput
{
    /// <param name="duration">How long the attempt takes.</param>
    public static ExpressionValue Of(ActivityWalk walk, TimeSpan duration) =>
        Of(walk.Run.Plan.FindOutputType(walk.Simulation.Factory, walk.Node), duration, walk.Simulation.Clock.Now, DatasetOf(walk));

    /// <summary>An output of a type.</summary>
    /// <param name="now">What files are said to be of, in UTC.</param>
    /// <param name="dataset">The dataset that is looked at; empty for none.</param>
    public static ObjectValue Of(ExpressionType type, TimeSpan duration, DateTime now, string dataset) => MakeObject(type, (name, _) => name switch
    {
        "executionDuration" or "copyDuration" => new IntegerValue((long)duration.TotalSeconds),
        "effectiveIntegrationRuntime" => new StringValue("AutoResolveIntegrationRuntime"),
        "exists" => new BooleanValue(true),
        "itemType" => new StringValue("File"),
        "lastModified" or "created" => ActivityResult.Text(now),
        "datasetName" or "itemName" => new StringValue(dataset),
        _ => null,
    });

    private static string DatasetOf(ActivityWalk walk) => (walk.Property("dataset") as BoundObject)?.FindString("referenceName") ?? "";

    /// <summary>Members that a run which went well may lack are left out, but for those that are objects, as the first row of a Lookup.</summary>
    private static ObjectValue MakeObject(ExpressionType type, Func<string, ExpressionType, ExpressionValue?> choose) => new(
        from member in type.Members?.Values ?? []
        where !member.IsOptional || member.Type.Kinds == TypeKinds.Object
        select KeyValuePair.Create(member.Name, choose(member.Name, member.Type) ?? Make(member.Type, choose)));

    private static ExpressionValue Make(ExpressionType type, Func<string, ExpressionType, ExpressionValue?> choose) => type.Kinds switch
    {
        TypeKinds.String => new StringValue(""),
        TypeKinds.Integer or TypeKinds.Float or TypeKinds.Number => new IntegerValue(0),
        TypeKinds.Boolean => new BooleanValue(false),
        TypeKinds.Array => new ArrayValue([]),
        TypeKinds.Object => MakeObject(type, choose),
        _ => NullValue.Instance,
    };
}
