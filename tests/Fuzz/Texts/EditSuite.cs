using Pipewright.Core.Factory;
using Pipewright.Core.Features;
using Pipewright.Core.Text;
using Pipewright.LanguageServer.Protocol;
using Pipewright.LanguageServer.Workspaces;

namespace Pipewright.Fuzz.Texts;

/// <summary>Edits in an open factory: what the server then knows is what it would know had it just read these files.</summary>
internal sealed class EditSuite : ISuite
{
    /// <summary>A text that was edited so often is hardly YAML any more; then a fresh one is begun.</summary>
    private const int EditsOfOneText = 40;

    /// <summary>All files of the factory are compared so often; the edited one each time.</summary>
    private const int EditsBetweenLooks = 60;

    public string Name => "edits";

    public string What => "A random edit of an open document, some of them taken back: tree, tokens, names, references and findings of the document are those of a server that reads the text from scratch; every 60 edits, those of all files.";

    public Task RunAsync(FuzzRun run)
    {
        // Golden factories hold mistakes of every kind; the samples hold none.
        var roots = Subjects.OwnRoots.Where(r => Subjects.Resources(r).Any()).ToList();
        for (var seed = run.Seed * 1_000_000; run.GoesOn; seed++)
        {
            Edit(run, new Random(seed), roots[seed % roots.Count], seed);
        }

        return Task.CompletedTask;
    }

    private static void Edit(FuzzRun run, Random random, string root, int seed)
    {
        var workspace = new Workspace(_ => { });
        workspace.Replace(new FactoryLoader(FileKinds.Default, _ => { }).Load(root, default));
        var files = Subjects.Resources(root).Where(s => s.Text.Length < 20_000).ToList();
        var opened = files.OrderBy(_ => random.Next()).Take(4).ToList();
        var texts = opened.ToDictionary(o => o.Path, o => o.Text);
        opened.ForEach(o => workspace.Open(UriOf(o), 1, o.Text));
        var mutator = new TextMutator(random);
        for (var i = 1; i <= EditsOfOneText * opened.Count && run.GoesOn; i++)
        {
            var file = opened[random.Next(opened.Count)];
            var (before, edit) = (texts[file.Path], mutator.NextEdit(texts[file.Path]));
            var after = string.Concat(before.AsSpan(0, edit.Start), edit.Text, before.AsSpan(edit.Start + edit.Length));
            var isTakenBack = random.Next(2) == 0;
            run.Try($"{file.Name}, seed {seed}, edit {i}", after, () =>
            {
                Apply(workspace, file, i, before, new TextSpan(edit.Start, edit.Length), edit.Text);
                Compare(workspace, file, after);
                if (isTakenBack)
                {
                    Apply(workspace, file, i, after, new TextSpan(edit.Start, edit.Text.Length), before.Substring(edit.Start, edit.Length));
                    Compare(workspace, file, before);
                }
            });
            texts[file.Path] = isTakenBack ? before : after;
            if (i % EditsBetweenLooks == 0)
            {
                run.Try($"{file.Name}, seed {seed}, all after edit {i}", texts[file.Path], () => CompareAll(workspace, root));
            }
        }
    }

    private static string UriOf(Subject file) => DocumentUri.FromPath(Path.Combine(file.Root, file.Path));

    private static void Apply(Workspace workspace, Subject file, int version, string before, TextSpan span, string put)
    {
        // A range that begins or ends within a line break can't be said in lines and columns; then the whole text is sent, as clients do.
        var range = PositionEncoding.Utf16.ToRange(new SourceText(before), span);
        var isExact = PositionEncoding.Utf16.ToSpan(new SourceText(before), range) == span;
        TextDocumentContentChangeEvent change = isExact
            ? new(put, range)
            : new(string.Concat(before.AsSpan(0, span.Start), put, before.AsSpan(span.End)));
        workspace.Edit(UriOf(file), version, [change], PositionEncoding.Utf16);
    }

    private static void Compare(Workspace workspace, Subject file, string text)
    {
        var current = workspace.Current.FindOpen(UriOf(file))?.Document ?? throw new InvalidOperationException("the document is not there any more");
        Shape.Demand(current.Text.Content == text, "the text is another");
        var fresh = ResourceDocument.Create(current.Path, new SourceText(text), current.Classification);
        DemandSame(Shape.Describe(fresh), Shape.Describe(current), current.Path);
    }

    private static void CompareAll(Workspace workspace, string root)
    {
        foreach (var (path, factory) in workspace.Current.Factories.Where(f => f.Key.StartsWith(root, StringComparison.Ordinal)))
        {
            var all = factory.Documents.Values.Concat(factory.Tests.Values).ToList();
            var fresh = FactorySnapshot.Empty.With(factory.Configuration).With(factory.Notebooks)
                .With(all.Select(d => ResourceDocument.Create(d.Path, new SourceText(d.Text.Content), d.Classification)));
            foreach (var document in all)
            {
                var twin = fresh.FindDocument(document.Path)!;
                DemandSame(Findings(fresh, twin), Findings(factory, document), $"{path}: {document.Path}");
                DemandSame(Names(fresh, twin), Names(factory, document), $"{path}: {document.Path}");
            }
        }
    }

    private static string Findings(FactorySnapshot factory, ResourceDocument document) => string.Join('\n', LanguageFeatures.GetDiagnostics(factory, document, default).Select(Shape.Describe));

    private static string Names(FactorySnapshot factory, ResourceDocument document) =>
        string.Join('\n', LanguageFeatures.GetTokens(factory, document, null, default).Select(t => t.ToString()).Concat(LanguageFeatures.GetLinks(factory, document, default).Select(l => l.ToString())));

    private static void DemandSame(string fresh, string current, string path)
    {
        if (fresh != current)
        {
            var (left, right) = (fresh.Split('\n'), current.Split('\n'));
            var at = left.Zip(right).TakeWhile(p => p.First == p.Second).Count();
            throw new InvalidOperationException($"{path}: from scratch '{left.ElementAtOrDefault(at)}', after edits '{right.ElementAtOrDefault(at)}'");
        }
    }
}
