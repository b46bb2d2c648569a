using System.Collections.Concurrent;
using System.Globalization;
using Pipewright.Core.Emit;
using Pipewright.Core.Factory;
using Pipewright.Core.Tests.Samples;
using Xunit;
using Xunit.Abstractions;

namespace Pipewright.Core.Tests.Mutations;

/// <summary>
/// Mistakes that people make, seeded into real factories and into the samples, are found where they are made. With <c>PIPEWRIGHT_MUTATIONS=all</c>
/// every file is tried, with a number so many of each kind, and with <c>PIPEWRIGHT_MUTATION_REPORT</c> the table is written to the file that it names.
/// </summary>
public sealed class MutationTests(ITestOutputHelper output)
{
    /// <summary>What the project promises.</summary>
    private const double Promised = 0.98;

    /// <summary>Of each kind, unless it says itself why it is less.</summary>
    private const double Floor = 0.9;

    /// <summary>Of each kind and form, in a usual run.</summary>
    private const int Usual = 25;

    /// <summary>Of each kind and form, in one file of the samples.</summary>
    private const int InSample = 6;

    private static readonly int Share = Environment.GetEnvironmentVariable("PIPEWRIGHT_MUTATIONS") switch
    {
        "all" => int.MaxValue,
        { Length: > 0 } number => int.Parse(number, CultureInfo.InvariantCulture),
        _ => Usual,
    };

    [CorpusFact]
    public void Mistakes_in_real_factories_are_found_where_they_are_made()
    {
        var report = Run([.. CorpusFiles.Factories.Select(f => (Path.GetFileName(f), FactorySnapshot.Empty.With(CorpusFiles.Load(f))))], Share, Share == int.MaxValue ? 5 : 2);
        if (Environment.GetEnvironmentVariable("PIPEWRIGHT_MUTATION_REPORT") is { Length: > 0 } path)
        {
            File.WriteAllText(path, report.ToMarkdown());
        }

        Judge(report);
    }

    [Fact]
    public void Mistakes_in_the_samples_are_found_where_they_are_made() =>
        Judge(Run([("medallion-git", SampleTests.Load("medallion-git"))], int.MaxValue, Share == int.MaxValue ? int.MaxValue : InSample));

    private void Judge(MutationReport report)
    {
        var details = report.ToDetails(4);
        output.WriteLine(details);
        Assert.True(report.Share >= Promised, details);
        var low = report.ByKind.Where(k => MutationReport.ShareOf(k.Outcomes) < (k.Mutation.Known?.Share ?? Floor)).Select(k => k.Mutation.Name);
        Assert.True(!low.Any(), $"Not found often enough: {string.Join("; ", low)}\n{details}");
    }

    /// <param name="most">Tries of a kind and form.</param>
    /// <param name="mostInFile">Of those in one file.</param>
    private static MutationReport Run(IReadOnlyList<(string Name, FactorySnapshot Factory)> factories, int most, int mostInFile)
    {
        var subjects = factories.SelectMany(f => SubjectsOf(f.Name, f.Factory).Concat(SubjectsOf(f.Name, ToSpec(f.Factory)))).ToList();
        var outcomes = new ConcurrentDictionary<(int, bool), List<Outcome>>();
        var tasks = AllMutations.All.SelectMany((m, i) => new (Mutation Mutation, (int Number, bool IsSpec) Key)[] { (m, (i, false)), (m, (i, true)) });
        Parallel.ForEach(tasks, task => outcomes[task.Key] = TryKind(task.Mutation, subjects.Where(s => s.IsSpec == task.Key.IsSpec && task.Mutation.Fits(s)), most, mostInFile));
        return new MutationReport([.. outcomes.OrderBy(o => o.Key).SelectMany(o => o.Value)]);
    }

    private static List<Outcome> TryKind(Mutation mutation, IEnumerable<Subject> subjects, int most, int mostInFile)
    {
        var outcomes = new List<Outcome>();
        foreach (var subject in subjects.OrderBy(s => Typing.Hash(mutation.Name + s.FactoryName + s.Document.Path)))
        {
            var seeded = mutation.Seed(subject).OfType<Mistake>().Take(500).ToList();
            var tried = seeded.Select((m, i) => (m, i)).OrderBy(m => Typing.Hash(m.i.ToString(CultureInfo.InvariantCulture) + subject.Document.Path)).Select(m => m.m)
                .Select(m => MutationRun.Try(subject, mutation, m)).OfType<Outcome>().Take(Math.Min(mostInFile, most - outcomes.Count));
            outcomes.AddRange(tried);
            if (outcomes.Count >= most)
            {
                break;
            }
        }

        return outcomes;
    }

    /// <summary>Files that are broken already say nothing.</summary>
    private static IEnumerable<Subject> SubjectsOf(string name, FactorySnapshot factory) => factory.Documents.Values
        .Where(d => d is { HasSyntaxErrors: false, Resources: [{ Root: not null }] }).OrderBy(d => d.Path, StringComparer.Ordinal).Select(d => new Subject(name, factory, d));

    private static FactorySnapshot ToSpec(FactorySnapshot factory) => FactorySnapshot.Empty.With(
        from document in factory.Documents.Values
        where !document.HasSyntaxErrors
        from file in Conversion.ToSpec(document)
        select TestText.Document(file.Path, file.Text));
}
