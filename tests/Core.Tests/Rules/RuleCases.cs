// What every rule is held to: it finds its mistake on the right characters, in both forms, and each of its fixes mends it in both.
using System.Collections.Immutable;
using Pipewright.Core.Emit;
using Pipewright.Core.Factory;
using Pipewright.Core.Features;
using Pipewright.Core.Notebooks;
using Pipewright.Core.Rules;
using Pipewright.Core.Text;
using Xunit;

namespace Pipewright.Core.Tests.Rules;

internal static class RuleCases
{
    /// <summary>
    /// The rule finds just what is marked by <c>[|</c> and <c>|]</c>, and every fix that is offered takes its finding away and leaves a text that
    /// parses. What is written in the spec form is tried in the Git form as well: there the rule finds as much.
    /// </summary>
    /// <param name="others">Further files of the factory: path, text, path, text …</param>
    /// <returns>The findings, in text order.</returns>
    public static ImmutableArray<Diagnostic> Finds(string code, string path, string marked, params string[] others)
    {
        var (text, spans) = TestText.WithSpans(marked);
        var factory = TestText.Factory([.. others, path, text]);
        var document = factory.Documents[path];
        var found = Find(factory, document, code);
        Assert.Equal(spans.OrderBy(s => s.Start).Select(s => text.Substring(s.Start, s.Length) + "@" + s.Start), found.Select(d => text.Substring(d.Span.Start, d.Span.Length) + "@" + d.Span.Start));
        CheckFixes(factory, document, code);
        if (document.IsSpec && ToGit(factory, document) is var (git, gitFactory))
        {
            Assert.Equal(spans.Count, Find(gitFactory, git, code).Length);
            CheckFixes(gitFactory, git, code);
        }

        return found;
    }

    /// <summary>The rule finds nothing, in either form.</summary>
    public static void FindsNothing(string code, string path, string text, params string[] others) => Assert.Empty(Finds(code, path, text, others));

    /// <summary>The document after one fix of the first finding of a rule.</summary>
    /// <param name="which">The number of the fix, from 0.</param>
    public static string Fix(string code, string path, string text, int which = 0, params string[] others)
    {
        var factory = TestText.Factory([.. others, path, text]);
        var diagnostic = Find(factory, factory.Documents[path], code)[0];
        return Apply(factory, path, diagnostic.Fixes[which]).Documents[path].Text.Content;
    }

    /// <summary>The factory after a fix of a finding in one of its documents.</summary>
    public static FactorySnapshot Apply(FactorySnapshot factory, string path, CodeFix fix)
    {
        var edits = fix.Edit.Files;
        factory = Edit(factory, new FileEdit(path, fix.Changes));
        return edits.Aggregate(factory, Edit);
    }

    /// <summary>The findings of a code, which is switched on where it is off by itself.</summary>
    public static ImmutableArray<Diagnostic> Find(FactorySnapshot factory, ResourceDocument document, string code)
    {
        var isOff = factory.Configuration.File is null && RuleCatalog.Find(code)?.Severity == DiagnosticSeverity.Off;
        var asked = isOff ? factory.With(FactoryConfiguration.Parse(new SourceText($"rules: {{ {code}: information }}"))) : factory;
        return [.. LanguageFeatures.GetDiagnostics(asked, document, default).Where(d => d.Code == code)];
    }

    public static FactorySnapshot Edit(FactorySnapshot factory, FileChange change) => change switch
    {
        FileEdit { Path: var path } edit when factory.Notebooks.FindFile(path) is { } file =>
            factory.With(factory.Notebooks.With(path, Notebook.Parse(path, file.Notebook.Text.WithChanges(edit.Changes)))),
        FileCreation { Path: var path } creation when NotebookFolder.ExtensionOf(path) is not null =>
            factory.With(factory.Notebooks.With(path, Notebook.Parse(path, new SourceText(creation.Content)))),
        FileEdit edit => factory.With(TestText.Document(edit.Path, factory.Documents[edit.Path].Text.WithChanges(edit.Changes).Content)),
        FileCreation creation => factory.With(TestText.Document(creation.Path, creation.Content)),
        FileRename rename => factory.Without(rename.Path).With(TestText.Document(rename.NewPath, factory.Documents[rename.Path].Text.Content)),
        FileDeletion deletion => factory.Without(deletion.Path),
        _ => throw new ArgumentOutOfRangeException(nameof(change)),
    };

    private static (ResourceDocument Document, FactorySnapshot Factory)? ToGit(FactorySnapshot factory, ResourceDocument document)
    {
        if (document.HasSyntaxErrors || Conversion.ToGit(document) is not [var converted])
        {
            return null;
        }

        var git = TestText.Document(converted.Path, converted.Text);
        return (git, factory.Without(document.Path).With(git));
    }

    /// <summary>Every fix of a finding of the code takes it away, and leaves a text that parses.</summary>
    public static void CheckFixes(FactorySnapshot factory, ResourceDocument document, string code)
    {
        var before = Find(factory, document, code);
        foreach (var fix in before.SelectMany(d => d.Fixes))
        {
            var fixedFactory = Apply(factory, document.Path, fix);
            var renamed = fix.Edit.Files.OfType<FileRename>().FirstOrDefault(r => r.Path == document.Path)?.NewPath ?? document.Path;
            if (!fixedFactory.Documents.TryGetValue(renamed, out var after))
            {
                continue;
            }

            Assert.False(after.HasSyntaxErrors, $"'{fix.Title}' breaks the text:\n{after.Text.Content}");
            Assert.True(Find(fixedFactory, after, code).Length < before.Length, $"'{fix.Title}' leaves its finding:\n{after.Text.Content}");
        }
    }
}
