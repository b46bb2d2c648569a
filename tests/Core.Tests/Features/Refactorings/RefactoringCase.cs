using System.Collections.Immutable;
using Pipewright.Core.Factory;
using Pipewright.Core.Features;
using Pipewright.Core.Features.Refactorings;
using Pipewright.Core.Tests.Rules;
using Pipewright.Core.Text;
using Xunit;

namespace Pipewright.Core.Tests.Features.Refactorings;

/// <summary>What every refactoring is held to: it is offered or not, what it makes of the text, and that nothing new is wrong afterwards.</summary>
internal static class RefactoringCase
{
    public const string Spec = "p.pipeline.yaml";
    public const string Git = "pipeline/p.json";

    /// <summary>The titles that are offered for what is marked: a selection by <c>[|</c> and <c>|]</c>, or a cursor by <c>¦</c>.</summary>
    public static ImmutableArray<string> Titles(string path, string marked, params string[] others) => [.. Find(path, marked, others).Offered.Select(r => r.Title)];

    /// <summary>The files after the refactoring whose title starts so.</summary>
    public static FactorySnapshot Apply(string title, string path, string marked, params string[] others)
    {
        var (factory, offered) = Find(path, marked, others);
        var refactoring = offered.FirstOrDefault(r => r.Title.StartsWith(title, StringComparison.Ordinal));
        Assert.True(refactoring is not null, $"'{title}' is not among: {string.Join(", ", offered.Select(r => r.Title))}");
        return Apply(factory, path, refactoring!);
    }

    /// <summary>The document after the refactoring whose title starts so.</summary>
    public static string Text(string title, string path, string marked, params string[] others) => Apply(title, path, marked, others).Documents[path].Text.Content;

    /// <summary>Applies a refactoring, and sees to it that it changes something, and that no text is broken and no error is new.</summary>
    public static FactorySnapshot Apply(FactorySnapshot factory, string path, Refactoring refactoring)
    {
        Assert.False(refactoring.Edit.Edit.IsEmpty, $"'{refactoring.Title}' changes nothing.");
        var after = RuleCases.Apply(factory, path, refactoring.Edit);
        var before = Errors(factory);
        var wrong = Errors(after).Where(e => before.GetValueOrDefault(e.Key) < e.Value).ToList();
        Assert.True(wrong.Count == 0, $"After '{refactoring.Title}' of {path}: {string.Join(", ", wrong)}\n{string.Join("\n", after.Documents.Where(d => !factory.Documents.TryGetValue(d.Key, out var old) || old != d.Value).Select(d => d.Key + ":\n" + d.Value.Text.Content))}");
        return after;
    }

    /// <summary>How often each error is found, in those documents that may have been changed.</summary>
    private static Dictionary<string, int> Errors(FactorySnapshot factory) => factory.Documents.Values
        .SelectMany(d => LanguageFeatures.GetDiagnostics(factory, d, default)).Where(d => d.Severity == DiagnosticSeverity.Error)
        .GroupBy(d => d.Code).ToDictionary(g => g.Key, g => g.Count());

    private static (FactorySnapshot Factory, ImmutableArray<Refactoring> Offered) Find(string path, string marked, string[] others)
    {
        var (text, selection) = Mark(marked);
        var factory = TestText.Factory([.. others, path, text]);
        return (factory, LanguageFeatures.GetRefactorings(factory, factory.Documents[path], selection, default));
    }

    private static (string Text, TextSpan Selection) Mark(string marked)
    {
        var cursor = marked.IndexOf('¦', StringComparison.Ordinal);
        if (cursor >= 0)
        {
            return (marked.Remove(cursor, 1), new TextSpan(cursor, 0));
        }

        var (text, spans) = TestText.WithSpans(marked);
        return (text, Assert.Single(spans));
    }
}
