using Pipewright.Core.Binding;
using Pipewright.Core.Factory;
using Pipewright.Core.Syntax;

namespace Pipewright.Core.Features.Refactorings;

internal static class ExpressionNodes
{
    /// <summary>An expression in the place of a value: a string, or the object that the Git form has there.</summary>
    public static NewNode Write(ResourceDocument document, BoundScalar place, string text) => document.IsSpec || ExpressionSite.FindSlot(place).Slot.IsPlain
        ? new NewScalar(text)
        : new NewMapping(("value", new NewScalar(text)), ("type", new NewScalar("Expression")));
}
