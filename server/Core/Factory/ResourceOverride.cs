using System.Collections.Immutable;
using Pipewright.Core.Schema;
using Pipewright.Core.Text;

namespace Pipewright.Core.Factory;

public enum OverrideAction
{
    /// <summary>Gives a property that is there another value.</summary>
    Set,

    /// <summary>Gives a property a value, whether it is there or not.</summary>
    Add,

    /// <summary>Takes a property away.</summary>
    Remove,
}

/// <summary>A change of one property.</summary>
/// <param name="Path">From the resource's <c>properties</c> on; <c>typeProperties</c> may be left out, as in the spec form.</param>
/// <param name="Value">As JSON text; null for <see cref="OverrideAction.Remove"/>. Strings may hold <c>${env:NAME}</c>.</param>
/// <param name="Span">Of the path, in the configuration's text.</param>
public sealed record PropertyOverride(OverrideAction Action, PropertyPath Path, string? Value, TextSpan Span);

/// <summary>Changes of the resources of a kind on their way to a target.</summary>
/// <param name="NamePattern">A name without regard to case, with <c>*</c> for any characters and <c>?</c> for one.</param>
/// <param name="Span">Of the pattern, in the configuration's text.</param>
public sealed record ResourceOverride(ResourceKind Kind, string NamePattern, ImmutableArray<PropertyOverride> Changes, TextSpan Span)
{
    public bool Applies(ResourceKind kind, string name) => kind == Kind && System.IO.Enumeration.FileSystemName.MatchesSimpleExpression(NamePattern, name);
}
