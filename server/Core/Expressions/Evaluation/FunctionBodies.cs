using System.Collections.Immutable;

namespace Pipewright.Core.Expressions.Evaluation;

/// <summary>What each function does, by its name without regard to case.</summary>
internal static class FunctionBodies
{
    public static ImmutableDictionary<string, FunctionBody> All { get; } = StringFunctions.All
        .AddRange(CollectionFunctions.All)
        .AddRange(LogicFunctions.All)
        .AddRange(MathFunctions.All)
        .AddRange(ConversionFunctions.All)
        .AddRange(EncodingFunctions.All)
        .AddRange(XmlFunctions.All)
        .AddRange(DateFunctions.All);
}
