using Pipewright.Core.Factory;
using Pipewright.Core.Features;
using Pipewright.Core.Notebooks;
using Pipewright.Core.PipelineTests;
using Pipewright.Core.Text;

namespace Pipewright.Fuzz.Texts;

/// <summary>Files as they are while they are written or downloaded: cut off at each place.</summary>
internal sealed class PrefixSuite : ISuite
{
    /// <summary>Of a longer file not each prefix is tried: work grows with the square of the length.</summary>
    private const int MostPrefixes = 20_000;

    public string Name => "prefixes";

    public string What => "A resource file cut off at a place: parsed, bound, checked against the schema. Nothing throws, the tree holds every character, no finding lies outside.";

    public Task RunAsync(FuzzRun run)
    {
        var files = Subjects.OwnRoots.Concat(run.IsBrief ? [] : Subjects.RealRoots).SelectMany(Subjects.Resources).OrderBy(s => s.Text.Length).ToList();
        for (var i = 0; i < files.Count && run.GoesOn; i++)
        {
            // A short run takes as much of each file as there is time for: some places of all, not all of some.
            var step = Math.Max(run.IsBrief ? files[i].Text.Length / 40 : 1, files[i].Text.Length / MostPrefixes) + (run.IsBrief ? 1 : 0);
            for (var end = run.IsBrief ? i % step : 0; end <= files[i].Text.Length && run.GoesOn; end += Math.Max(1, step))
            {
                var text = files[i].Text[..end];
                run.Try($"{files[i].Name} up to {end}", text, () => Everything.CheckAlone(files[i].Path, text));
            }
        }

        run.Measure("files", files.Count);
        return Task.CompletedTask;
    }
}

/// <summary>Damaged files, asked all that an editor asks.</summary>
internal sealed class MutationSuite : ISuite
{
    public string Name => "mutations";

    public string What => "A resource file with one to four damages, within its factory: everything that an editor can ask, at places of chance. Fixes and refactorings can be applied, layout is stable, what is sound converts to what is sound.";

    public Task RunAsync(FuzzRun run)
    {
        var factories = Subjects.OwnRoots.Concat(run.IsBrief ? [] : Subjects.RealRoots).Select(r => Subjects.Resources(r).ToList()).Where(f => f.Count > 0)
            .Select(f => (Files: f, Factory: FactorySnapshot.Empty.With(f.Select(s => ResourceDocument.Create(s.Path, new SourceText(s.Text))!)))).ToList();
        for (var seed = run.Seed * 1_000_000; run.GoesOn; seed++)
        {
            var random = new Random(seed);
            var (files, factory) = factories[random.Next(factories.Count)];
            var file = files[random.Next(files.Count)];
            if (file.Text.Length > 60_000)
            {
                continue;
            }

            var text = new TextMutator(random).Mutate(file.Text);
            run.Try($"{file.Name}, seed {seed}", text, () => Everything.Ask(factory, Everything.CheckAlone(file.Path, text), random));
        }

        return Task.CompletedTask;
    }
}

/// <summary>Notebooks, whole, cut off and damaged.</summary>
internal sealed class NotebookSuite : ISuite
{
    private static readonly string[] Extensions = [".py", ".sql", ".scala", ".r", ".ipynb"];

    public string Name => "notebooks";

    public string What => "A notebook of Python, SQL, Scala, R or Jupyter, cut off or damaged: read, and what it says lies in its text.";

    public Task RunAsync(FuzzRun run)
    {
        var notebooks = Subjects.OwnRoots.Concat(Subjects.RealRoots).SelectMany(r => Subjects.Files(r, p => Extensions.Any(e => p.EndsWith(e, StringComparison.Ordinal)))).Where(s => s.Text.Length < 100_000).ToList();
        for (var seed = run.Seed * 1_000_000; run.GoesOn; seed++)
        {
            var random = new Random(seed);
            var notebook = notebooks[random.Next(notebooks.Count)];
            var text = random.Next(3) == 0 ? notebook.Text[..random.Next(notebook.Text.Length + 1)] : new TextMutator(random).Mutate(notebook.Text);

            // A text of one language in a file of another is what a wrong rename leaves.
            var path = random.Next(4) == 0 ? notebook.Path + Extensions[random.Next(Extensions.Length)] : notebook.Path;
            run.Try($"{path}, seed {seed}", text, () => Check(Notebook.Parse(path, new SourceText(text))));
        }

        return Task.CompletedTask;
    }

    private static void Check(Notebook notebook)
    {
        var whole = new TextSpan(0, notebook.Text.Length);
        foreach (var span in notebook.Widgets.Select(w => w.NameSpan).Concat(notebook.WidgetUses.Select(u => u.Span)).Concat(notebook.Links.Select(l => l.Span))
            .Concat(notebook.Exits.Select(e => e.Span)).Concat(notebook.Accesses.Select(a => a.Span)))
        {
            Shape.Demand(whole.Contains(span), $"{span} is not in the notebook of {whole}");
        }

        _ = notebook.Introduction;
    }
}

/// <summary>The settings of a factory, and files of tests.</summary>
internal sealed class ConfigurationSuite : ISuite
{
    public string Name => "settings";

    public string What => "A `pipewright.yaml` or a file of tests, cut off or damaged: read, checked, completed, and the tests run.";

    public Task RunAsync(FuzzRun run)
    {
        var files = Subjects.OwnRoots.SelectMany(r => Subjects.Files(r, p => p is "pipewright.yaml" || p.EndsWith(".pipeline-test.yaml", StringComparison.Ordinal))).ToList();
        var factories = files.Select(f => f.Root).Distinct().ToDictionary(r => r, r => FactorySnapshot.Empty.With(Subjects.Resources(r).Select(s => ResourceDocument.Create(s.Path, new SourceText(s.Text))!)));
        for (var seed = run.Seed * 1_000_000; run.GoesOn; seed++)
        {
            var random = new Random(seed);
            var file = files[random.Next(files.Count)];
            var text = random.Next(3) == 0 ? file.Text[..random.Next(file.Text.Length + 1)] : new TextMutator(random).Mutate(file.Text);
            run.Try($"{file.Name}, seed {seed}", text, () => Check(factories[file.Root], file.Path, text, random));
        }

        return Task.CompletedTask;
    }

    private static void Check(FactorySnapshot factory, string path, string text, Random random)
    {
        var offset = random.Next(text.Length + 1);
        if (path != "pipewright.yaml")
        {
            var document = Everything.CheckAlone(path, text);
            Everything.Ask(factory, document, random);
            var tests = PipelineTestFile.Read(document);
            foreach (var test in tests.Cases.Take(3))
            {
                _ = PipelineTestRunner.Run(factory, tests, test);
            }

            return;
        }

        factory = factory.With(FactoryConfiguration.Parse(new SourceText(text)));
        Shape.CheckFindings(new SourceText(text), LanguageFeatures.GetConfigurationDiagnostics(factory));
        _ = LanguageFeatures.GetConfigurationCompletion(factory, offset);
        _ = LanguageFeatures.GetConfigurationHover(factory, offset);
        _ = LanguageFeatures.GetConfigurationOutline(factory);
    }
}
