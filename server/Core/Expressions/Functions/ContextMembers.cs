using System.Collections.Immutable;

namespace Pipewright.Core.Expressions;

/// <summary>The types of what the context functions give.</summary>
public static class ContextMembers
{
    private static readonly Lazy<ExpressionType> PipelineType = new(() => Read(MemberReader.Tables.Pipeline) with { IsClosed = true });
    private static readonly Lazy<ExpressionType> ActivityType = new(() => Read(MemberReader.Tables.Activity));

    /// <summary>Whether only Microsoft Fabric has this member of <c>pipeline()</c>.</summary>
    public static bool IsFabricOnly(string name) => MemberReader.Tables.FabricOnly.Contains(name, StringComparer.OrdinalIgnoreCase);

    /// <summary>What <c>pipeline()</c> gives: these members, and no others.</summary>
    public static ExpressionType Pipeline(ExpressionType parameters, ExpressionType globalParameters) =>
        With(With(PipelineType.Value, "parameters", m => m with { Type = parameters }), "globalParameters", m => m with { Type = globalParameters });

    /// <summary>What <c>activity('…')</c> gives.</summary>
    /// <param name="hasFailed">The error is surely there.</param>
    public static ExpressionType Activity(ExpressionType output, bool hasFailed) =>
        With(With(ActivityType.Value, "output", m => m with { Type = output }), "error", m => m with { IsOptional = !hasFailed });

    /// <summary>What <c>trigger()</c> gives in a trigger of a type; null where that is not known.</summary>
    public static ExpressionType? Trigger(string? triggerType) => Find(MemberReader.Tables.Trigger, triggerType);

    /// <summary>Whether a type of trigger is known to be started by nothing that has a body: by the clock.</summary>
    public static bool HasNoBody(string? triggerType) =>
        triggerType is not null && MemberReader.Tables.Trigger.ContainsKey(triggerType) && !MemberReader.Tables.TriggerBody.ContainsKey(triggerType);

    /// <summary>What <c>triggerBody()</c> gives in a trigger of a type; null where that is not known.</summary>
    public static ExpressionType? TriggerBody(string? triggerType) => Find(MemberReader.Tables.TriggerBody, triggerType);

    private static ExpressionType? Find(IReadOnlyDictionary<string, IReadOnlyList<MemberText>> byType, string? type) =>
        type is not null && byType.TryGetValue(type, out var members) ? Read(members) : null;

    /// <summary>What is worked out is put in where it is asked for.</summary>
    private static ExpressionType Read(IReadOnlyList<MemberText> members) => MemberReader.ReadObject(members, _ => ExpressionType.Any);

    private static ExpressionType With(ExpressionType type, string name, Func<TypeMember, TypeMember> change) =>
        type with { Members = type.Members!.SetItem(name, change(type.Members[name])) };
}
