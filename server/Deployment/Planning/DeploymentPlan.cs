using System.Collections.Immutable;
using Pipewright.Deployment.Comparison;
using Pipewright.Deployment.Notebooks;

namespace Pipewright.Deployment.Planning;

public enum PlannedAction
{
    /// <summary>The target has it as it is wanted.</summary>
    None,
    Create,
    Update,
    Delete,
}

/// <summary>What a deployment would do with one resource.</summary>
/// <param name="Unit">What is wanted; null for one that is to go.</param>
/// <param name="Live">What the target has; null where it has none.</param>
public sealed record PlannedChange(ResourceId Id, PlannedAction Action, DeploymentUnit? Unit, LiveResource? Live)
{
    /// <summary>The properties that would change; of an update only.</summary>
    public ImmutableArray<PropertyChange> Properties { get; init; } = [];

    /// <summary>What somebody else has changed since it was last deployed from here; empty where that is not known.</summary>
    public ImmutableArray<PropertyChange> ChangedOutside { get; init; } = [];

    /// <summary>Differences that are no change: what the service made of the last deployment.</summary>
    public ImmutableArray<PropertyChange> Residue { get; init; } = [];

    /// <summary>Whether the resource is sent; an update of a trigger may be that it is started.</summary>
    public bool Writes { get; init; } = Action is PlannedAction.Create or PlannedAction.Update;

    /// <summary>Of a trigger: whether it fires afterwards.</summary>
    public bool EndsStarted { get; init; }

    /// <summary>What it has to wait for, as far as that changes too.</summary>
    public IEnumerable<ResourceId> References => Unit is null ? JsonReferences.Find(Live!.Content) : Unit.References;
}

/// <summary>What a deployment would do.</summary>
/// <param name="Changes">In an order that works one by one: what is created or changed after all that it refers to, then what is deleted before all that it refers to.</param>
/// <param name="Warnings">What to know before saying yes, a sentence each.</param>
public sealed record DeploymentPlan(ImmutableArray<PlannedChange> Changes, ImmutableArray<string> Warnings)
{
    /// <summary>Notebooks that go along: what is created or changed before all resources, what is deleted after them. None where they are not asked for.</summary>
    public ImmutableArray<PlannedNotebook> Notebooks { get; init; } = [];

    public bool IsEmpty => Changes.All(c => c.Action == PlannedAction.None) && Notebooks.All(n => n.Action == PlannedAction.None);

    /// <summary>One line.</summary>
    public string Summarise() => Describe(Changes.Select(c => c.Action)) + (Notebooks.IsEmpty ? "" : $"; of notebooks {Describe(Notebooks.Select(n => n.Action))}");

    private static string Describe(IEnumerable<PlannedAction> actions)
    {
        var all = actions.ToList();
        int Of(PlannedAction action) => all.Count(a => a == action);
        return $"{Of(PlannedAction.Create)} to create, {Of(PlannedAction.Update)} to change, {Of(PlannedAction.Delete)} to delete, {Of(PlannedAction.None)} unchanged";
    }

    public int Count(PlannedAction action) => Changes.Count(c => c.Action == action);
}
