// What a pull would do: a live factory into files, which keep what they have where it means the same.
using System.Collections.Immutable;
using Pipewright.Core.Binding;
using Pipewright.Core.Emit;
using Pipewright.Core.Factory;
using Pipewright.Core.Schema;
using Pipewright.Core.Text;
using Pipewright.Deployment.Comparison;

namespace Pipewright.Deployment.Pulling;

public enum PullAction
{
    /// <summary>The file means what is live, and is not touched.</summary>
    None,
    Create,
    Update,

    /// <summary>The factory has it no more.</summary>
    Delete,
}

/// <summary>What a pull would do with one resource.</summary>
/// <param name="Path">Of its file, relative to the root.</param>
/// <param name="Text">The file's new text; null where it stays, or goes.</param>
/// <param name="Properties">How the file would change: before is the file, after what is live.</param>
/// <param name="Note">What there is to know, in a sentence; null for nothing.</param>
public sealed record PulledResource(ResourceId Id, PullAction Action, string Path, string? Text, ImmutableArray<PropertyChange> Properties, string? Note);

/// <summary>A pull of one factory.</summary>
/// <param name="Resources">In the order of kinds and names.</param>
public sealed record PullPlan(ImmutableArray<PulledResource> Resources)
{
    /// <summary>One line.</summary>
    public string Summarise() =>
        $"{Count(PullAction.Create)} to create, {Count(PullAction.Update)} to change, {Count(PullAction.Delete)} only here, {Count(PullAction.None)} unchanged";

    public int Count(PullAction action) => Resources.Count(r => r.Action == action);

    /// <summary>The changes of files; those of one file are one.</summary>
    /// <param name="deletes">Whether what the factory has no more goes.</param>
    public IEnumerable<FileChange> Changes(FactorySnapshot factory, bool deletes) => Resources.SelectMany(r => (IEnumerable<FileChange>)(r switch
    {
        { Action: PullAction.Create, Text: { } text } => [new FileCreation(r.Path, text)],
        { Action: PullAction.Update, Text: { } text } => [new FileEdit(r.Path, [Difference(factory.Documents[r.Path].Text, text)])],
        { Action: PullAction.Delete } when deletes => [new FileDeletion(r.Path)],
        _ => [],
    }));

    /// <summary>Only what is between what both texts begin and end with.</summary>
    private static TextChange Difference(SourceText old, string text)
    {
        var before = old.Content;
        var start = before.AsSpan().CommonPrefixLength(text);
        var end = 0;
        while (end < Math.Min(before.Length, text.Length) - start && before[^(end + 1)] == text[^(end + 1)])
        {
            end++;
        }

        return new TextChange(new TextSpan(start, before.Length - start - end), text[start..^end]);
    }
}

public sealed class PullPlanner
{
    private const string Masked = "The service does not show its secrets; put a Key Vault reference in their place before it is deployed anew.";

    /// <summary>Files with several resources change one after the other.</summary>
    private FactorySnapshot _current;

    private readonly string _name;
    private readonly TargetOverrides? _overrides;

    /// <param name="factory">The files.</param>
    /// <param name="name">The name of the live factory.</param>
    /// <param name="overrides">What the target changes; null for nothing. It is not undone in the files.</param>
    public PullPlanner(FactorySnapshot factory, string name, TargetOverrides? overrides)
    {
        _current = factory;
        _name = name;
        _overrides = overrides;
    }

    /// <param name="states">The state of each resource.</param>
    /// <param name="isSpec">The form of files that are made; null for the one that the files have.</param>
    public PullPlan Make(IEnumerable<ResourceStatus> states, bool? isSpec)
    {
        var form = isSpec ?? LiveFile.IsMostlySpec(_current);
        return new PullPlan([.. states.Select(s => Plan(s, form)).OfType<PulledResource>()]);
    }

    private PulledResource? Plan(ResourceStatus state, bool isSpec) => state switch
    {
        { State: ResourceState.Same } => new PulledResource(state.Id, PullAction.None, state.Unit!.Path, null, [], null),
        { Unit: null, Live: { } live } => Create(live, isSpec),
        { Live: null, Unit: { } unit } => Forget(unit),
        _ => Update(state),
    };

    private PulledResource? Create(LiveResource live, bool isSpec)
    {
        if (LiveFile.Create(_current, live.ToEntry(_name), isSpec, null) is not { } file)
        {
            return null;
        }

        var document = ResourceDocument.Create(file.Path, new SourceText(file.Content))!;
        _current = _current.With(document);
        return new PulledResource(live.Id, PullAction.Create, file.Path, file.Content, [], HasMasks(document, []) ? Masked : null);
    }

    /// <summary>A file that holds other resources as well can't go, nor can what no deployment deletes.</summary>
    private PulledResource? Forget(DeploymentUnit unit) => unit.Id.Kind == ResourceKind.Factory ? null
        : _current.Documents[unit.Path].Resources.Length == 1 ? new PulledResource(unit.Id, PullAction.Delete, unit.Path, null, [], null)
        : new PulledResource(unit.Id, PullAction.None, unit.Path, null, [], "The factory does not have it; its file holds other resources, so take it out by hand.");

    private PulledResource Update(ResourceStatus state)
    {
        var document = _current.Documents[state.Unit!.Path];
        var entry = state.Live!.ToEntry(_name);
        var properties = state.Properties.Select(p => new PropertyChange(p.Path, p.After, p.Before)).ToImmutableArray();
        var index = document.Resources.Select((r, i) => (r, i)).First(r => document.Resources.Length == 1 || r.r.Name.Equals(state.Id.Name, StringComparison.OrdinalIgnoreCase)).i;
        if (state.Id.Kind is not (ResourceKind.Factory or ResourceKind.ManagedPrivateEndpoint) && _current.Find(state.Id.Kind, state.Id.Name).Length > 1)
        {
            return new PulledResource(state.Id, PullAction.None, document.Path, null, properties, "Several files declare it, so it can't be told which is meant. Remove all but one.");
        }

        if (LiveFile.Write(entry, document.Path) is not { } text || ResourceDocument.Create(document.Path, new SourceText(text), document.Classification) is not { } fresh)
        {
            return new PulledResource(state.Id, PullAction.None, document.Path, null, properties, "What is live can't be written to this file.");
        }

        var merged = FileMerge.Merge(document, index, fresh, properties.Select(p => p.Path));
        if (merged is null || !IsLive(merged, state))
        {
            if (merged is not null && _overrides is not null)
            {
                return new PulledResource(state.Id, PullAction.None, document.Path, null, properties, "An override of the target decides what differs; change it in pipewright.yaml.");
            }

            if (document.Resources.Length > 1)
            {
                return new PulledResource(state.Id, PullAction.None, document.Path, null, properties, "It can't be changed within a file of several resources; do it by hand.");
            }

            merged = fresh;
        }

        _current = _current.With(merged);
        var note = merged == fresh ? "The file is laid out anew: the change could not be made in place." : HasMasks(fresh, properties) ? Masked : null;
        return new PulledResource(state.Id, PullAction.Update, document.Path, merged.Text.Content, properties, note);
    }

    /// <summary>Whether a text means what is live, but for what it did not mean before either and nobody can see.</summary>
    private bool IsLive(ResourceDocument document, ResourceStatus state) =>
        DeploymentUnit.FromDocument(document, _overrides).FirstOrDefault(u => u.Id.Equals(state.Id)) is { } unit
        && !ResourceComparison.Compare(state.Id.Kind, state.Live!.Content, unit.Content).Any(c => state.Properties.Any(p => p.Path == c.Path));

    /// <summary>Whether a text has masks in place of secrets, where it is new or has changed.</summary>
    private static bool HasMasks(ResourceDocument document, ImmutableArray<PropertyChange> changed) => changed.IsEmpty
        ? document.Resources.Any(r => r.Root?.DescendantsAndSelf().OfType<BoundScalar>().Any(s => ServiceSecrets.IsMask(s.Text)) == true)
        : changed.Any(p => p.After?.Contains("***", StringComparison.Ordinal) == true);
}
