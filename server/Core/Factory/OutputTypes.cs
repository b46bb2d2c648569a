// What is known of an activity's output from what is written in the pipeline.
using System.Collections.Immutable;
using Pipewright.Core.Binding;
using Pipewright.Core.Expressions;
using Pipewright.Core.Notebooks;
using Pipewright.Core.Schema;
using Pipewright.Core.Syntax;

namespace Pipewright.Core.Factory;

/// <summary>An activity as the source of what its output's type follows from.</summary>
/// <param name="items">The type of the array that it goes through.</param>
internal sealed class OutputTypes(FactorySnapshot factory, ActivityNode activity, Func<ExpressionType> items) : OutputSource
{
    /// <summary>How an activity sets what its pipeline returns.</summary>
    private const string ReturnVariable = "pipelineReturnValue";

    public override ExpressionType Items => items();

    public override ExpressionType ReturnValues
    {
        get
        {
            var called = (FindValue("pipeline") as BoundObject)?.FindString("referenceName");
            var pipeline = called is null ? null : factory.FindAnywhere(ResourceKind.Pipeline, called).FirstOrDefault();
            if (pipeline is null)
            {
                return ExpressionType.Object;
            }

            var keys = pipeline.Resource.Objects.Where(IsReturn)
                .SelectMany(o => (o.FindValue("value") as BoundArray)?.Items ?? []).OfType<BoundObject>()
                .Select(k => (Name: k.FindString("key"), Type: (k.FindValue("value") as BoundObject)?.FindString("type"))).ToList();
            return keys.Count == 0 || keys.Any(k => k.Name is null || SpecForm.IsExpression(k.Name))
                ? ExpressionType.Object
                : ExpressionType.ObjectOf(keys.DistinctBy(k => k.Name, StringComparer.OrdinalIgnoreCase).Select(k => new TypeMember(k.Name!, ToType(k.Type))), isClosed: false);
        }
    }

    public ExpressionType Find() => activity.Activity.Type is { } type ? WithRunOutput(ActivityOutputs.Find(type, this)) : ExpressionType.Any;

    /// <summary>What a notebook gives back, where its text tells.</summary>
    private ExpressionType WithRunOutput(ExpressionType output)
    {
        if (output.Members?.GetValueOrDefault("runOutput") is not { } member || NotebookContract.Of(factory, activity, mayBeOld: true) is not { KnowsExits: true } contract)
        {
            return output;
        }

        // Whether the notebook gives anything back is known: where it doesn't, a rule says more than that it may be missing.
        var type = contract.Returned is { Kind: ReturnedKind.Object } returned ? NotebookContract.ToType(returned) : member.Type;
        return output with { Members = output.Members.SetItem("runOutput", member with { Type = type, IsOptional = false }) };
    }

    public override string? FindText(string property, out bool isKnown)
    {
        var value = FindValue(property);
        isKnown = value is null or BoundScalar && !(value is BoundScalar { Kind: ScalarKind.String, Text: var text } && SpecForm.IsExpression(text));
        return (value as BoundScalar)?.Text;
    }

    public override ImmutableArray<string>? FindList(string property) => FindValue(property) is BoundArray { Items: var items }
        && items.All(i => i is BoundScalar { Kind: ScalarKind.String } scalar && !SpecForm.IsExpression(scalar.Text))
            ? [.. items.Cast<BoundScalar>().Select(s => s.Text)]
            : null;

    private BoundNode? FindValue(string path) =>
        path.Split('.').Aggregate(activity.Activity.Node.FindValue("typeProperties"), (node, name) => (node as BoundObject)?.FindValue(name));

    private static bool IsReturn(BoundObject settings) => settings.FindString("variableName") == ReturnVariable
        && settings.FindValue("setSystemVariable") is BoundScalar { Text: var text } && text.Equals("true", StringComparison.OrdinalIgnoreCase);

    /// <summary>The types that Studio offers for a returned value; an expression may be anything.</summary>
    private static ExpressionType ToType(string? type) => type switch
    {
        "String" => ExpressionType.String,
        "Int" => ExpressionType.Integer,
        "Float" => ExpressionType.Number,
        "Boolean" => ExpressionType.Boolean,
        "Array" => ExpressionType.Array,
        "Object" => ExpressionType.Object,
        "Null" => ExpressionType.Null,
        _ => ExpressionType.Any,
    };
}
