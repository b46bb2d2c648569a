// Puts the one value that a parameter ever has in its place.
using System.Collections.Immutable;
using Pipewright.Core.Binding;
using Pipewright.Core.Expressions;
using Pipewright.Core.Factory;
using Pipewright.Core.Schema;
using Pipewright.Core.Text;

namespace Pipewright.Core.Features.Refactorings;

internal static class InlineParameter
{
    public static IEnumerable<Refactoring> Find(RefactoringContext context)
    {
        if (context.Resource.Kind != ResourceKind.Pipeline || InlinedUses.FindNameAt(context, NameKind.Parameter, "parameters") is not { } name
            || Declared.Parameters(context.Resource).FirstOrDefault(p => p.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) is not { IsSecret: false } parameter
            || FindCallers(context, name) is not { } callers || FindValue(parameter, callers) is not { } value
            || InlinedUses.Find(context, NameKind.Parameter, name) is not { } uses || uses.Exists(u => value.PutInto(context.Document, u.Site, u.Nodes) is not { IsEmpty: false }))
        {
            yield break;
        }

        yield return new Refactoring(Refactoring.Inline, CodeFix.Deferred($"Inline the parameter '{parameter.Name}'", () => new FixEdit(
            [.. uses.SelectMany(u => value.PutInto(context.Document, u.Site, u.Nodes)!.Value), .. new ResourceEdits(context.Document).Remove(parameter.Node)],
            [.. callers.GroupBy(c => c.Document).Select(g => (Document: g.Key, Changes: g.Where(c => c.Given is not null).SelectMany(c => new ResourceEdits(g.Key).Remove(c.Given!)).ToImmutableArray()))
                .Where(e => !e.Changes.IsEmpty).Select(e => new FileEdit(e.Document.Path, e.Changes))])));
    }

    /// <summary>A reference to the pipeline.</summary>
    /// <param name="Given">What it passes; null where that is the default.</param>
    private sealed record Caller(ResourceDocument Document, BoundProperty? Given);

    /// <summary>All references to the pipeline; null where one of them is in the same document.</summary>
    private static List<Caller>? FindCallers(RefactoringContext context, string parameter)
    {
        var documents = context.Factory.ReferencesTo(ResourceKind.Pipeline, context.Resource.Name);
        if (documents.Contains(context.Document))
        {
            return null;
        }

        return [.. from document in documents
            from index in Enumerable.Range(0, document.Resources.Length)
            from arguments in ResourceArguments.FindAll(context.Factory, document.Resources[index], document.References[index])
            where arguments.Reference.Kind == ResourceKind.Pipeline && arguments.Reference.Name.Text.Equals(context.Resource.Name, StringComparison.OrdinalIgnoreCase)
            select new Caller(document, arguments.Given?.Find(parameter))];
    }

    /// <summary>The value that all callers give or leave; null where they differ, or where it is no plain value.</summary>
    private static InlinedValue? FindValue(DeclaredName parameter, List<Caller> callers)
    {
        var given = callers.Select(c => c.Given?.Value ?? parameter.Default).Distinct().ToList();
        var values = (given.Count == 0 ? [parameter.Default] : given).Select(v => v is BoundScalar ? InlinedValue.Of(v) : null).Distinct().ToList();
        return values is [{ } only] && !only.Text.Contains('@', StringComparison.Ordinal) ? only : null;
    }
}
