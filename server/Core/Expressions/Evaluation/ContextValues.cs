using System.Collections.Immutable;

namespace Pipewright.Core.Expressions.Evaluation;

/// <summary>The values of the functions that give what is around an expression.</summary>
internal static class ContextValues
{
    public static ObjectValue MakePipeline(EvaluationContext context) => new(context.System
        .Append(KeyValuePair.Create<string, ExpressionValue>("parameters", MakeObject(context.Parameters)!))
        .Append(KeyValuePair.Create<string, ExpressionValue>("globalParameters", MakeObject(context.GlobalParameters)!))
        .Append(KeyValuePair.Create<string, ExpressionValue>("libraryVariables", MakeObject(context.LibraryVariables)!)));

    public static ObjectValue? MakeObject(ImmutableDictionary<string, ExpressionValue>? values) =>
        values is null ? null : new ObjectValue(values.OrderBy(v => v.Key, StringComparer.Ordinal));
}
