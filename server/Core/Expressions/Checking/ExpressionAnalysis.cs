using System.Collections.Immutable;
using Pipewright.Core.Text;

namespace Pipewright.Core.Expressions;

/// <summary>What is known of a template at its place.</summary>
/// <param name="Type">Of the whole value.</param>
/// <param name="Findings">What is wrong, its syntax included; spans and fixes are in the template's text.</param>
/// <param name="Types">The type of each node.</param>
/// <param name="Constants">The value of each node whose value is known before a run.</param>
public sealed record ExpressionAnalysis(
    ExpressionType Type, ImmutableArray<ExpressionFinding> Findings, IReadOnlyDictionary<ExpressionNode, ExpressionType> Types,
    IReadOnlyDictionary<ExpressionNode, ExpressionValue> Constants)
{
    public ExpressionType TypeOf(ExpressionNode node) => Types.GetValueOrDefault(node, ExpressionType.Any);
}

/// <summary>A finding, with what a fix outside of the expression can do about it.</summary>
/// <param name="Missing">The name that is not declared or not reachable; null for other findings.</param>
/// <param name="LeftOut">The member that an activity is not asked for; null for other findings.</param>
public sealed record ExpressionFinding(Diagnostic Diagnostic, MissingName? Missing = null, LeftOutMember? LeftOut = null);

/// <summary>A member that an activity's output would have with another setting.</summary>
public sealed record LeftOutMember(string Activity, string Name, OutputSetting Setting);

public enum MissingKind
{
    Parameter,
    Variable,

    /// <summary>An activity that is there, and that the one with the expression does not wait for.</summary>
    Dependency,
}

/// <summary>A name that a declaration or a dependency would make right.</summary>
/// <param name="Type">What the place of the name wants of it.</param>
public sealed record MissingName(MissingKind Kind, string Name, ExpressionType Type);

/// <summary>What a place wants of an expression.</summary>
/// <param name="Type">Its type; <see cref="ExpressionType.Any"/> where all is taken.</param>
/// <param name="IsStrict">The service converts nothing here: conditions and lists to loop over.</param>
/// <param name="Name">Of the property, for messages.</param>
public sealed record ExpectedType(ExpressionType Type, bool IsStrict, string Name)
{
    public static ExpectedType Anything { get; } = new(ExpressionType.Any, false, "");
}
