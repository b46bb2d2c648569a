// What a tumbling window trigger waits for.
using System.Collections.Immutable;
using Pipewright.Core.Binding;

namespace Pipewright.Core.Rules.Triggers;

/// <param name="Node">The item of <c>dependsOn</c>.</param>
internal sealed record WindowDependency(BoundObject Node)
{
    public const string SelfType = "SelfDependencyTumblingWindowTriggerReference";

    public bool IsOnSelf => Node.Shape?.Discriminator == SelfType;

    /// <summary>The name of the other trigger; null where there is none, or where it cannot be judged.</summary>
    public BoundScalar? Trigger => (Node.FindValue("referenceTrigger") as BoundObject)?.FindValue("referenceName") is BoundScalar name && TriggerParts.TextOf(name) is not null ? name : null;

    public BoundScalar? Offset => Node.FindValue("offset") as BoundScalar;

    public BoundScalar? Size => Node.FindValue("size") as BoundScalar;

    /// <summary>None for what is no tumbling window trigger.</summary>
    public static ImmutableArray<WindowDependency> FindAll(BoundResource resource) =>
        TriggerParts.Find(resource, TriggerParts.TumblingWindow)?.FindValue("dependsOn") is BoundArray list
            ? [.. list.Items.OfType<BoundObject>().Select(i => new WindowDependency(i))]
            : [];
}
