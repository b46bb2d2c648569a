using System.Collections.Concurrent;
using Pipewright.Core.Emit;
using Pipewright.Core.Factory;
using Pipewright.Core.Features;
using Pipewright.Core.Text;
using Xunit;

namespace Pipewright.Core.Tests.Features.Renaming;

/// <summary>In real factories everything can be renamed: nothing is wrong afterwards that was not wrong before, and the old name gives the old bytes.</summary>
public sealed class CorpusRenameTests
{
    /// <summary>Long enough to be nobody's own, short enough for every kind.</summary>
    private const string Fresh = "Renamed9x7";

    [CorpusFact]
    public void Renaming_leaves_nothing_behind() => Check(CorpusFiles.Load, 3);

    [CorpusFact]
    public void Renaming_in_the_spec_form_leaves_nothing_behind() => Check(
        folder => CorpusFiles.Load(folder)
            .Where(d => !d.HasSyntaxErrors).SelectMany(Conversion.ToSpec).Select(f => TestText.Document(f.Path, f.Text)),
        6);

    /// <param name="step">Of how many symbols one is renamed: to try all of them takes minutes.</param>
    private static void Check(Func<string, IEnumerable<ResourceDocument>> load, int step)
    {
        var mistakes = new ConcurrentBag<string>();
        var count = 0;
        Parallel.ForEach(CorpusFiles.Factories, folder =>
        {
            var factory = FactorySnapshot.Empty.With(load(folder));
            foreach (var symbol in FindSymbols(factory).Where((_, i) => i % step == 0))
            {
                Interlocked.Increment(ref count);
                foreach (var mistake in Check(factory, symbol))
                {
                    mistakes.Add($"{Path.GetFileName(folder)}: {symbol.Kind} {symbol.OwnerKind} {symbol.Owner} '{symbol.Name}' {mistake}");
                }
            }
        });
        Assert.True(count > 1500, $"There are only {count} names.");
        Assert.True(mistakes.IsEmpty, $"{mistakes.Count} of {count}:\n{string.Join('\n', mistakes.Order(StringComparer.Ordinal).Take(40))}");
    }

    private static IEnumerable<Symbol> FindSymbols(FactorySnapshot factory) =>
        factory.Documents.Values.OrderBy(d => d.Path, StringComparer.Ordinal).SelectMany(d => SymbolUses.FindDeclared(factory, d)).Distinct()
            .Where(s => s.Kind != SymbolKind.Resource || factory.Find(s.OwnerKind, s.Name).Length == 1);

    private static IEnumerable<string> Check(FactorySnapshot factory, Symbol symbol)
    {
        if (Core.Factory.Renaming.FindObstacle(factory, symbol, Fresh) is { } obstacle)
        {
            yield return obstacle;
            yield break;
        }

        var changes = Core.Factory.Renaming.Rename(factory, symbol, Fresh);
        var renamed = RenameCase.Apply(factory, changes);
        var paths = changes.OfType<FileRename>().ToDictionary(r => r.Path, r => r.NewPath);
        foreach (var path in changes.Select(c => c.Path).Distinct())
        {
            var newPath = paths.GetValueOrDefault(path, path);
            var before = CountCodes(factory, factory.Documents[path]);
            foreach (var (code, number) in CountCodes(renamed, renamed.Documents[newPath]).Where(c => c.Value > before.GetValueOrDefault(c.Key)))
            {
                yield return $"gives {number} {code} in {path}, not {before.GetValueOrDefault(code)}";
            }
        }

        var again = symbol with { Name = Fresh, Owner = symbol.Kind == SymbolKind.Resource ? Fresh : symbol.Owner, Path = symbol.Path, Which = 0 };
        var back = RenameCase.Apply(renamed, Core.Factory.Renaming.Rename(renamed, again, symbol.Name));

        // Names that were written in several cases come back in one.
        var texts = back.Documents.Values.ToLookup(d => d.Path, d => d.Text.Content, StringComparer.OrdinalIgnoreCase);
        foreach (var document in factory.Documents.Values.Where(d => !texts[d.Path].Contains(d.Text.Content, StringComparer.OrdinalIgnoreCase)))
        {
            yield return $"does not come back in {document.Path}";
        }
    }

    private static Dictionary<string, int> CountCodes(FactorySnapshot factory, ResourceDocument document) =>
        LanguageFeatures.GetDiagnostics(factory, document, default).CountBy(d => d.Code).ToDictionary();
}
