using System.Collections.Immutable;
using Pipewright.Core.Binding;
using Pipewright.Core.Syntax;
using Pipewright.Core.Text;

namespace Pipewright.Core.Rules.Triggers;

/// <summary>
/// A tumbling window trigger has <c>pipelines</c>, or another one <c>pipeline</c>: the service keeps it and starts nothing (the model has
/// <c>pipeline</c> for windows, and <c>pipelines</c> for all others).
/// </summary>
internal sealed class PipelinePropertyRule() : Rule(new("PW4324", DiagnosticSeverity.Error, "Trigger has its pipelines in the wrong property"))
{
    public override IEnumerable<Diagnostic> Check(RuleContext context)
    {
        if (TriggerPipelines.FindMisplaced(context.Resource) is { } misplaced)
        {
            var right = TriggerPipelines.PropertyOf(context.Resource)!;
            yield return Descriptor.At(
                misplaced.NameSpan, right == "pipeline"
                    ? $"A {TriggerParts.TypeOf(context.Resource)} starts one pipeline, in 'pipeline'. What is in 'pipelines' is never started."
                    : $"A {TriggerParts.TypeOf(context.Resource)} has a list of pipelines, in 'pipelines'. What is in 'pipeline' is never started.",
                FindFixes(context, misplaced, right));
        }
    }

    private static ImmutableArray<CodeFix> FindFixes(RuleContext context, BoundProperty misplaced, string right)
    {
        if (!TriggerPipelines.FindAll(context.Resource).IsEmpty || misplaced.Value is BoundArray { Items.IsEmpty: true })
        {
            return [new CodeFix($"Remove '{misplaced.Name}'", context.Edits.Remove(misplaced)) { IsPreferred = false }];
        }

        // A window starts one pipeline: which of several is not for a fix to say.
        return context.Document.HasSyntaxErrors || misplaced.Entry is not { Parent: MappingSyntax } entry || FindMoved(entry, right) is null ? []
            : [CodeFix.Deferred($"Move it to '{right}'", () => new FixEdit(Move(context, entry, right)))];
    }

    private static ImmutableArray<TextChange> Move(RuleContext context, MappingEntrySyntax entry, string right)
    {
        var mapping = (MappingSyntax)entry.Parent!;
        var reader = new DraftReader(context.Document.Syntax);
        var draft = reader.Read(mapping);
        var moved = FindMoved(entry, right)!;
        var value = right == "pipeline" ? reader.Keep(moved)
            : (Draft)SequenceDraft.Of(!moved.IsFlow ? DraftLayout.Block : context.Document.IsSpec ? DraftLayout.Row : DraftLayout.Lines, reader.Keep(moved));
        var index = mapping.Entries.IndexOf(entry);
        var renamed = new EntryDraft(right, value) { Before = draft.Entries[index].Before, After = draft.Entries[index].After };

        // An empty one of the right name gives way.
        var entries = draft.Entries.SetItem(index, renamed).RemoveAll(e => e != renamed && e.Is(right));
        return TextComparison.FindChanges(context.Document.Text, reader.Replace(mapping, draft with { Entries = entries }));
    }

    /// <summary>The one pipeline that is written; null where there are several, or none.</summary>
    private static MappingSyntax? FindMoved(MappingEntrySyntax entry, string right) => (right, entry.Value) switch
    {
        ("pipeline", SequenceSyntax { Items: [MappingSyntax only] }) => only,
        ("pipelines", MappingSyntax one) => one,
        _ => null,
    };
}
