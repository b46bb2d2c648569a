using Pipewright.Core.Binding;
using Pipewright.Core.Emit;
using Pipewright.Core.Factory;
using Pipewright.Core.Features;
using Pipewright.Core.Schema;
using Pipewright.Core.Tests.Rules;
using Pipewright.Core.Text;
using Xunit;

namespace Pipewright.Core.Tests.Features.Refactorings;

/// <summary>Every refactoring that is offered anywhere in real factories leaves no text broken, and nothing wrong that was not before.</summary>
public sealed class CorpusRefactoringTests
{
    /// <summary>Of the activities of one pipeline; the rest are like these.</summary>
    private const int MostPlaces = 3;

    [CorpusFact]
    public void Nothing_is_wrong_after_a_refactoring_of_the_git_form() => CheckAll(d => [d]);

    [CorpusFact]
    public void Nothing_is_wrong_after_a_refactoring_of_the_spec_form() => CheckAll(
        d => d.HasSyntaxErrors ? [] : [.. Conversion.ToSpec(d).Select(f => TestText.Document(f.Path, f.Text))]);

    private static void CheckAll(Func<ResourceDocument, IEnumerable<ResourceDocument>> convert)
    {
        var wrong = new System.Collections.Concurrent.ConcurrentBag<string>();
        Parallel.ForEach(CorpusFiles.Factories, new ParallelOptions { MaxDegreeOfParallelism = 4 }, folder =>
        {
            var factory = FactorySnapshot.Empty.With(CorpusFiles.Load(folder).SelectMany(convert));
            foreach (var document in factory.Documents.Values.Where(d => d.Classification.Kind == ResourceKind.Pipeline && !d.HasSyntaxErrors).OrderBy(d => d.Path, StringComparer.Ordinal))
            {
                foreach (var problem in PlacesOf(document).SelectMany(p => Check(factory, document, p)))
                {
                    wrong.Add($"{Path.GetFileName(folder)}/{document.Path}: {problem}");
                }
            }
        });
        Assert.True(wrong.IsEmpty, $"{wrong.Count} are wrong:\n{string.Join("\n", wrong.Order(StringComparer.Ordinal).Take(40))}");
    }

    /// <summary>The heads of activities, all of them selected together, and the expressions and parameters.</summary>
    private static IEnumerable<TextSpan> PlacesOf(ResourceDocument document)
    {
        foreach (var resource in document.Resources)
        {
            var graph = new ActivityGraph(resource);
            var heads = graph.All.Where(a => a.Activity.Name?.Syntax is not null).ToList();
            var step = Math.Max(1, heads.Count / MostPlaces);
            foreach (var activity in heads.Where((_, i) => i % step == 0))
            {
                yield return new TextSpan(activity.Activity.Name!.Syntax!.Span.Start, 0);
            }

            // Values, names and keys: here expressions stand, and the declarations of parameters.
            var scalars = resource.Root?.DescendantsAndSelf().OfType<BoundScalar>().Where(s => s.Syntax is not null).ToList() ?? [];
            var declared = Declared.Parameters(resource).Concat(Declared.Variables(resource)).Select(d => d.Node.NameSpan.Start);
            var stride = Math.Max(1, scalars.Count / (2 * MostPlaces));
            foreach (var start in scalars.Where((_, i) => i % stride == 0).Select(s => s.Syntax!.Span.Start + 1).Concat(declared.Take(2)).Append(0))
            {
                yield return new TextSpan(start, 0);
            }

            if (graph.All is [var first, _, ..] && graph.All.Last(a => a.Siblings == first.Siblings) is { } last)
            {
                yield return TextSpan.FromBounds(first.Activity.Node.Span.Start + 1, last.Activity.Node.Span.End - 1);
            }
        }
    }

    private static IEnumerable<string> Check(FactorySnapshot factory, ResourceDocument document, TextSpan place)
    {
        foreach (var refactoring in LanguageFeatures.GetRefactorings(factory, document, place, default))
        {
            if (refactoring.Edit.Edit.IsEmpty)
            {
                yield return $"{refactoring.Title}: changes nothing";
                continue;
            }

            var after = RuleCases.Apply(factory, document.Path, refactoring.Edit);
            var changed = after.Documents.Where(d => !factory.Documents.TryGetValue(d.Key, out var old) || old != d.Value).Select(d => d.Key).ToList();
            var before = Errors(factory, changed.Append(document.Path));
            foreach (var (code, (count, message)) in Errors(after, changed).Where(e => before.GetValueOrDefault(e.Key).Count < e.Value.Count))
            {
                yield return $"{refactoring.Title}: {code} {message} ({count})";
            }
        }
    }

    private static Dictionary<string, (int Count, string Message)> Errors(FactorySnapshot factory, IEnumerable<string> paths) => paths.Distinct()
        .Select(p => factory.Documents.GetValueOrDefault(p)).OfType<ResourceDocument>()
        .SelectMany(d => LanguageFeatures.GetDiagnostics(factory, d, default)).Where(d => d.Severity == DiagnosticSeverity.Error)
        .GroupBy(d => d.Code).ToDictionary(g => g.Key, g => (g.Count(), g.Last().Message));
}
