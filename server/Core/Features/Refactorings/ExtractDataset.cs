// Makes a dataset of its own of one that a reference gives values to.
using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Pipewright.Core.Binding;
using Pipewright.Core.Expressions;
using Pipewright.Core.Factory;
using Pipewright.Core.Rules.Names;
using Pipewright.Core.Schema;
using Pipewright.Core.Syntax;
using Pipewright.Core.Text;

namespace Pipewright.Core.Features.Refactorings;

/// <summary>
/// A reference passes plain values to the parameters of a dataset that others share. The new dataset has these values in their places, so that the
/// reference passes nothing more; parameters that get expressions stay.
/// </summary>
internal static partial class ExtractDataset
{
    /// <summary>The longest name of a dataset (the REST model).</summary>
    private const int LongestName = 260;

    public static IEnumerable<Refactoring> Find(RefactoringContext context)
    {
        if (context.Resource.Kind != ResourceKind.Pipeline || context.Selection.Length > 0)
        {
            yield break;
        }

        var references = context.Document.References[context.Index];
        foreach (var arguments in ResourceArguments.FindAll(context.Factory, context.Resource, [.. references.Where(r => r.Kind == ResourceKind.Dataset && r.Node.Span.Touches(context.Selection.Start))]))
        {
            if (arguments.Given is not null && arguments.Target.Document is { Resources.Length: 1, HasSyntaxErrors: false, IsLive: false } && FindValues(context, arguments) is { IsEmpty: false } values)
            {
                var name = NameFor(context, arguments);
                yield return new Refactoring(Refactoring.Extract, CodeFix.Deferred($"Extract the dataset '{name}' with these values", () => Extract(context, arguments, values, name)));
            }
        }
    }

    /// <summary>A parameter, and the value that takes its place.</summary>
    private sealed record FixedValue(BoundProperty Given, DeclaredName Parameter);

    private static ImmutableArray<FixedValue> FindValues(RefactoringContext context, ResourceArguments arguments)
    {
        var inside = new RefactoringContext(context.Factory, arguments.Target.Document, 0, default);
        return [.. arguments.Given!.Properties.Select(g => Fix(inside, arguments, g)).OfType<FixedValue>()];
    }

    /// <summary>Null where the value is no plain one, or some place of the dataset does not take it.</summary>
    private static FixedValue? Fix(RefactoringContext inside, ResourceArguments arguments, BoundProperty given)
    {
        if (arguments.Parameters.FirstOrDefault(p => p.Name.Equals(given.Name, StringComparison.OrdinalIgnoreCase)) is not { IsSecret: false } parameter
            || given.Value is not BoundScalar || InlinedValue.Of(given.Value) is not { } value || value.Text.Contains('@', StringComparison.Ordinal)
            || InlinedUses.Find(inside, NameKind.Parameter, parameter.Name) is not { } uses)
        {
            return null;
        }

        return uses.TrueForAll(u => value.PutInto(inside.Document, u.Site, u.Nodes) is { IsEmpty: false }) ? new FixedValue(given, parameter) : null;
    }

    private static FixEdit Extract(RefactoringContext context, ResourceArguments arguments, ImmutableArray<FixedValue> values, string name)
    {
        var document = arguments.Target.Document;
        var path = ResourcePath.WithName(document, name);
        var changes = MakeReference(context, arguments, values, name);
        return path == document.Path || context.Factory.HasFile(path) || changes.IsEmpty
            ? new FixEdit([])
            : new FixEdit(changes, new FileCreation(path, WriteDataset(arguments, values, name)));
    }

    private static string WriteDataset(ResourceArguments arguments, ImmutableArray<FixedValue> values, string name)
    {
        var (resource, document) = arguments.Target;
        var edits = new ResourceEdits(document);
        var written = resource.Root?.Find("name") is { IsImplied: false, Value: BoundScalar scalar } ? edits.SetText(scalar, name) : [];
        var declarations = resource.Properties?.Find("parameters") is { } table && arguments.Parameters.Length == values.Length
            ? edits.Remove(table)
            : edits.Remove(values.Select(v => v.Parameter.Node));

        // A string with several of the names in it has been changed once for each: only the places of different strings go together.
        var text = document.Text.WithChanges([.. written.Concat(declarations).OrderBy(c => c.Span.Start)]);
        return values.Aggregate(text, (t, v) => PutValue(t, document, v)).Content;
    }

    private static SourceText PutValue(SourceText text, ResourceDocument document, FixedValue value)
    {
        var current = ResourceDocument.Create(document.Path, text, document.Classification);
        var inside = new RefactoringContext(FactorySnapshot.Empty.With(current), current, 0, default);
        var changes = (InlinedUses.Find(inside, NameKind.Parameter, value.Parameter.Name) ?? [])
            .SelectMany(u => InlinedValue.Of(value.Given.Value)?.PutInto(current, u.Site, u.Nodes) ?? []);
        return text.WithChanges([.. changes]);
    }

    private static ImmutableArray<TextChange> MakeReference(RefactoringContext context, ResourceArguments arguments, ImmutableArray<FixedValue> values, string name)
    {
        var edits = new ResourceEdits(context.Document);
        var isAll = values.Length == arguments.Given!.Properties.Length;
        if (isAll && context.Document.IsSpec && arguments.Holder.Properties.All(p => p.IsImplied || p.Name is "referenceName" or "parameters"))
        {
            return edits.SetValue(arguments.Holder, new NewScalar(name));
        }

        var removed = isAll && arguments.Holder.Find("parameters") is { } parameters ? edits.Remove(parameters) : edits.Remove(values.Select(v => v.Given));
        var renamed = edits.SetText(arguments.Reference.Name, name);
        return removed.IsEmpty || renamed.IsEmpty ? [] : [.. renamed, .. removed];
    }

    private static string NameFor(RefactoringContext context, ResourceArguments arguments)
    {
        var activity = ActivityScope.FindActivity(arguments.Holder)?.Name?.Text ?? context.Resource.Name;
        var name = NotInName().Replace($"{arguments.Target.Name}_{activity}", "_").Trim('_');
        return ActivityNames.MakeUnique(name, n => context.Factory.Has(ResourceKind.Dataset, n), LongestName);
    }

    [GeneratedRegex("[^A-Za-z0-9_]+", RegexOptions.CultureInvariant)]
    private static partial Regex NotInName();
}
