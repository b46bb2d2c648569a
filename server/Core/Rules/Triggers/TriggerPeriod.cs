// From when to when a trigger fires, and in which time zone that is told.
using Pipewright.Core.Binding;

namespace Pipewright.Core.Rules.Triggers;

/// <param name="Owner">The object with the times: the recurrence of a schedule trigger, what is particular to a tumbling window trigger.</param>
/// <param name="HasZone">Whether the times are told in a zone of their own, as those of a schedule trigger are. All others are in UTC.</param>
internal sealed record TriggerPeriod(BoundObject Owner, bool HasZone)
{
    public BoundScalar? Start => Owner.FindValue("startTime") as BoundScalar;

    public BoundScalar? End => Owner.FindValue("endTime") as BoundScalar;

    /// <summary>The times that are written.</summary>
    public IEnumerable<BoundScalar> Times => new[] { Start, End }.OfType<BoundScalar>();

    public BoundProperty? ZoneProperty => HasZone ? Owner.Find("timeZone") : null;

    /// <summary>The zone's name; null where none is given or where its text cannot be judged.</summary>
    public string? Zone => TriggerParts.TextOf(ZoneProperty?.Value);

    /// <summary>Whether a zone is given, be it known or not.</summary>
    public bool NamesZone => ZoneProperty?.Value is { } value and not BoundScalar { Kind: Syntax.ScalarKind.Null };

    /// <summary>Null for resources that have no such times.</summary>
    public static TriggerPeriod? Find(RuleContext context) =>
        TriggerParts.FindRecurrence(context) is { } recurrence ? new TriggerPeriod(recurrence, true)
        : TriggerParts.Find(context, TriggerParts.TumblingWindow) is { } window ? new TriggerPeriod(window, false)
        : null;
}
