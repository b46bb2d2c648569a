using System.Collections.Immutable;
using Pipewright.Core.Factory;
using Pipewright.Core.Features;
using Pipewright.Core.Text;
using Pipewright.LanguageServer.Protocol;
using Pipewright.LanguageServer.Workspaces;
using Diagnostic = Pipewright.Core.Text.Diagnostic;

namespace Pipewright.Fuzz.Texts;

/// <summary>Edits in an open factory: what the server then knows is what it would know had it just read these files.</summary>
internal sealed class EditSuite : ISuite
{
    /// <summary>A text that was edited so often is hardly YAML or JSON any more; then the first one is put in its place.</summary>
    private const int EditsOfOneText = 40;

    private const int EditsOfOneWorkspace = 1000;

    /// <summary>So often another file's findings are compared, too: they may hang on the edited one.</summary>
    private const int EditsBetweenOthers = 20;

    /// <summary>So often all files of the factory are compared.</summary>
    private const int EditsBetweenLooks = 500;

    public string Name => "edits";

    public string What => "A random edit of an open document, an eighth of them taken back: tree, tokens, outline, names, references and all findings of the document are those of a text that is read from scratch; every 20 edits, the findings of another "
        + "file, every 500 those, and the coloured words and links, of all files of the factory.";

    public Task RunAsync(FuzzRun run)
    {
        // Golden factories hold mistakes of every kind; the samples hold none.
        var roots = Subjects.OwnRoots.Where(r => Subjects.Resources(r).Any()).Select(r => new Ground(r)).ToList();
        for (var seed = run.Seed * 1_000_000; run.GoesOn; seed++)
        {
            new Session(run, roots[seed % roots.Count], seed).Run();
        }

        return Task.CompletedTask;
    }

    /// <summary>A folder with its files as they are on disk, read twice: what the workspace remembers with its own must not be what it is compared with.</summary>
    private sealed class Ground(string root)
    {
        public IReadOnlyList<LoadedFactory> Loaded { get; } = new FactoryLoader(FileKinds.Default, _ => { }).Load(root, default);

        public IReadOnlyList<LoadedFactory> Twins { get; } = new FactoryLoader(FileKinds.Default, _ => { }).Load(root, default);

        public IReadOnlyList<Subject> Files { get; } = [.. Subjects.Resources(root).Where(s => s.Text.Length is > 0 and < 20_000)];
    }

    /// <summary>A file that is open.</summary>
    private sealed class Opened(Subject file)
    {
        public Subject File { get; } = file;

        public string Uri { get; } = DocumentUri.FromPath(Path.Combine(file.Root, file.Path));

        public string Text { get; set; } = file.Text;

        public int Edits { get; set; }
    }

    private sealed class Session
    {
        private readonly FuzzRun _run;
        private readonly Random _random;
        private readonly int _seed;
        private readonly Ground _ground;
        private readonly Workspace _workspace = new(_ => { });

        /// <summary>By its root, each factory as one that has read every file from scratch.</summary>
        private readonly Dictionary<string, FactorySnapshot> _fresh;
        private readonly List<Opened> _opened;
        private int _version;

        public Session(FuzzRun run, Ground ground, int seed)
        {
            (_run, _random, _seed, _ground) = (run, new Random(seed), seed, ground);
            _workspace.Replace(ground.Loaded);
            _fresh = ground.Twins.ToDictionary(f => f.Path, f => f.Snapshot);

            // Small files come more often, as they take less time: there are more places in all of them together than in a large one.
            _opened = [.. ground.Files.OrderBy(f => _random.NextDouble() * f.Text.Length).Take(4).Select(f => new Opened(f))];
            _opened.ForEach(o => _workspace.Open(o.Uri, 0, o.Text));
        }

        public void Run()
        {
            var mutator = new TextMutator(_random);
            for (var i = 1; i <= EditsOfOneWorkspace && _run.GoesOn; i++)
            {
                var file = _opened[_random.Next(_opened.Count)];
                var (before, edit) = (file.Text, mutator.NextEdit(file.Text));
                var after = string.Concat(before.AsSpan(0, edit.Start), edit.Text, before.AsSpan(edit.Start + edit.Length));
                var isTakenBack = _random.Next(8) == 0;
                _run.Try(Name(file, i), after, () =>
                {
                    Apply(file, after, new TextSpan(edit.Start, edit.Length), edit.Text);
                    Compare(file);
                    if (isTakenBack)
                    {
                        Apply(file, before, new TextSpan(edit.Start, edit.Text.Length), before.Substring(edit.Start, edit.Length));
                        Compare(file);
                        _run.Add("taken back", 1);
                    }

                    if (++file.Edits % EditsOfOneText == 0 || file.Text.Length > (2 * file.File.Text.Length) + 200)
                    {
                        Apply(file, file.File.Text, new TextSpan(0, file.Text.Length), file.File.Text);
                        Compare(file);
                    }
                });

                if (i % EditsBetweenLooks == 0)
                {
                    _run.Look($"all after {Name(file, i)}", null, CompareAll);
                }
            }

            foreach (var file in _opened)
            {
                _run.Add(file.File.Path.EndsWith(".json", StringComparison.Ordinal) ? "of JSON" : "of YAML", file.Edits);
            }
        }

        private string Name(Opened file, int edit) => $"{file.File.Name}, seed {_seed}, edit {edit}";

        private void Apply(Opened file, string after, TextSpan span, string put)
        {
            // A range that begins or ends within a line break can't be said in lines and columns; then the whole text is sent, as clients do.
            var before = _workspace.Current.FindOpen(file.Uri)!.Text;
            var range = PositionEncoding.Utf16.ToRange(before, span);
            var isExact = PositionEncoding.Utf16.ToSpan(before, range) == span;
            file.Text = after;
            _workspace.Edit(file.Uri, ++_version, [isExact ? new TextDocumentContentChangeEvent(put, range) : new TextDocumentContentChangeEvent(after)], PositionEncoding.Utf16);
        }

        private void Compare(Opened file)
        {
            var located = _workspace.Current.FindFile(file.Uri) ?? throw new InvalidOperationException("the document is not there any more");
            var current = located.Document;
            Shape.Demand(current.Text.Content == file.Text, "the text is another");
            var fresh = ResourceDocument.Create(current.Path, new SourceText(file.Text), current.Classification);
            Sameness.Demand(fresh, current, current.Path);
            var factory = _fresh[located.Root] = _fresh[located.Root].With(fresh);
            Sameness.Demand(FindingsAnew(factory, fresh), LanguageFeatures.GetDiagnostics(located.Factory, current, default), current.Path);
            if (_random.Next(EditsBetweenOthers) == 0)
            {
                var path = located.Factory.Documents.Keys.ElementAt(_random.Next(located.Factory.Documents.Count));
                CompareFindings(factory, located.Factory, path);
            }
        }

        /// <summary>The fresh side remembers nothing.</summary>
        private static ImmutableArray<Diagnostic> FindingsAnew(FactorySnapshot factory, ResourceDocument document) =>
            LanguageFeatures.GetDiagnosticsWithFixes(factory, document, default);

        private static void CompareFindings(FactorySnapshot fresh, FactorySnapshot current, string path) => Sameness.Demand(
            FindingsAnew(fresh, fresh.FindDocument(path)!), LanguageFeatures.GetDiagnostics(current, current.FindDocument(path)!, default), path);

        private void CompareAll()
        {
            foreach (var (root, factory) in _workspace.Current.Factories.Where(f => _fresh.ContainsKey(f.Key)))
            {
                var all = factory.Documents.Values.Concat(factory.Tests.Values).ToList();
                var fresh = _fresh[root] = FactorySnapshot.Empty.With(factory.Configuration).With(factory.Notebooks)
                    .With(all.Select(d => ResourceDocument.Create(d.Path, new SourceText(d.Text.Content), d.Classification)));
                foreach (var document in all)
                {
                    CompareFindings(fresh, factory, document.Path);
                    Sameness.DemandSameLines(Words(fresh, fresh.FindDocument(document.Path)!), Words(factory, document), document.Path);
                }
            }
        }

        private static string Words(FactorySnapshot factory, ResourceDocument document) =>
            string.Join('\n', LanguageFeatures.GetTokens(factory, document, null, default).Select(t => t.ToString()).Concat(LanguageFeatures.GetLinks(factory, document, default).Select(l => l.ToString())));
    }
}
