// The same resource in fewer or more words, in another order, or in the other form.
using System.Text.Json.Nodes;
using Pipewright.Core.Binding;
using Pipewright.Core.Emit;
using Pipewright.Core.Factory;
using Pipewright.Core.Syntax;
using Pipewright.Core.Text;

namespace Pipewright.Core.Features.Refactorings;

/// <summary>Writes in full what the spec form may leave out, or leaves it out.</summary>
internal static class ChangeLength
{
    public static IEnumerable<Refactoring> Find(RefactoringContext context)
    {
        if (!context.Document.IsSpec || context.Document.HasSyntaxErrors || context.Resource.Root is not { } root)
        {
            yield break;
        }

        var fileName = context.Document.Resources.Length == 1 ? context.Document.Classification.Name : null;
        foreach (var (what, part, node) in FindParts(context, root))
        {
            if (LongForm.Write(context.Document, part) is { } full && Make($"Write {what} in full", context, node, full) is { } longer)
            {
                yield return longer;
            }

            if (ShortForm.Write(context.Document, part, fileName) is { } brief && Make($"Shorten {what}", context, node, brief) is { } shorter)
            {
                yield return shorter;
            }
        }
    }

    private static IEnumerable<(string What, BoundNode Part, SyntaxNode Node)> FindParts(RefactoringContext context, BoundObject root)
    {
        if (context.Selection.Length > 0)
        {
            yield break;
        }

        if (context.IsAtRoot && root.Syntax is { } document)
        {
            yield return ("the document", root, document);
        }

        if (context.SelectedActivities is [{ Activity.Node: { Syntax: { } activity } node } selected])
        {
            yield return ($"'{selected.Name}'", node, activity);
        }

        // A reference or an expression: the string that stands for an object, or the object.
        if (context.Document.Syntax.FindNode(context.Selection.Start) is ScalarSyntax scalar && context.Resource.FindNode(scalar) is { } bound)
        {
            if (bound is BoundObject { Syntax: null })
            {
                yield return ("this value", bound, scalar);
            }
            else if (bound.Parent?.Parent is BoundObject { Syntax: MappingSyntax { Entries.Length: <= 3 } mapping } holder && holder.Parent is not null && ActivityScope.FindActivity(holder)?.Node != holder)
            {
                yield return ("this value", holder, mapping);
            }
        }
    }

    /// <summary>Null where the text would not mean the very same.</summary>
    private static Refactoring? Make(string title, RefactoringContext context, SyntaxNode node, Draft draft)
    {
        var rewriting = new DocumentRewriting(context.Document, context.Index);
        rewriting.Replace(node, draft);
        var changes = rewriting.Changes;
        return changes.IsEmpty || !rewriting.IsSound || !MeanTheSame(context.Document, rewriting.Document) ? null : new Refactoring(Refactoring.Rewrite, new CodeFix(title, changes));
    }

    private static bool MeanTheSame(ResourceDocument before, ResourceDocument after) =>
        Conversion.ToGit(before).Select(f => f.Text).SequenceEqual(Conversion.ToGit(after).Select(f => f.Text))
        || Conversion.ToGit(before).Zip(Conversion.ToGit(after)).All(p => JsonNode.DeepEquals(JsonNode.Parse(p.First.Text), JsonNode.Parse(p.Second.Text)));
}

/// <summary>Sorts properties as Studio writes them.</summary>
internal static class SortProperties
{
    public static IEnumerable<Refactoring> Find(RefactoringContext context)
    {
        if (context.Selection.Length > 0 || context.Resource.Root is not { } root)
        {
            yield break;
        }

        if (context.IsAtRoot && Make("Sort all properties as Studio does", context, root) is { } all)
        {
            yield return all;
        }

        if (context.SelectedActivities is [var activity] && Make($"Sort the properties of '{activity.Name}' as Studio does", context, activity.Activity.Node) is { } one)
        {
            yield return one;
        }
    }

    private static Refactoring? Make(string title, RefactoringContext context, BoundObject part)
    {
        if (PropertyOrder.Sort(context.Document, context.Resource, part) is not var (node, sorted))
        {
            return null;
        }

        return new Refactoring(Refactoring.Rewrite, CodeFix.Deferred(title, () =>
        {
            var rewriting = new DocumentRewriting(context.Document, context.Index);
            rewriting.Replace(node, sorted);
            return rewriting.IsSound ? new FixEdit(rewriting.Changes) : new FixEdit([]);
        }));
    }
}

/// <summary>Writes a file anew in the other form, and deletes it.</summary>
internal static class ConvertFile
{
    public static IEnumerable<Refactoring> Find(RefactoringContext context)
    {
        var document = context.Document;
        if (context.Index > 0 || !context.IsAtRoot || context.Selection.Length > 0 || document.Resources.Any(r => r.Root is null))
        {
            yield break;
        }

        var converted = document.IsSpec ? Conversion.ToGit(document) : Conversion.ToSpec(document);
        if (converted.Count == 0 || converted.Any(c => c.Losses.Count > 0 || c.Path == document.Path || context.Factory.Documents.ContainsKey(c.Path))
            || converted.Select(c => c.Path).Distinct(StringComparer.OrdinalIgnoreCase).Count() < converted.Count)
        {
            yield break;
        }

        var title = document.IsSpec ? "Convert the file to Studio's form (JSON)" : "Convert the file to the spec form (YAML)";
        yield return new Refactoring(Refactoring.Rewrite, new CodeFix(
            title, new FixEdit([], [.. converted.Select(c => new FileCreation(c.Path, c.Text)), new FileDeletion(document.Path)])));
    }
}
