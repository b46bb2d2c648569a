using Pipewright.Core.Factory;
using Pipewright.Core.Features;
using Pipewright.Core.Text;
using Xunit;

namespace Pipewright.Core.Tests;

/// <summary>Most of the real factories were accepted by the service, so an error found in them is ours until it is proven otherwise.</summary>
public sealed class CorpusValidationTests
{
    /// <summary>The errors that are truly there, and why.</summary>
    private static readonly Dictionary<string, string> Known = new(StringComparer.Ordinal);

    [CorpusFact]
    public void No_error_is_reported_that_is_not_there()
    {
        var errors = new List<string>();
        var counts = new SortedDictionary<string, int>(StringComparer.Ordinal);
        foreach (var folder in CorpusFiles.Factories)
        {
            var factory = FactorySnapshot.Empty.With(CorpusFiles.Load(folder));
            foreach (var document in factory.Documents.Values.OrderBy(d => d.Path, StringComparer.Ordinal))
            {
                foreach (var diagnostic in LanguageFeatures.GetDiagnostics(factory, document, default))
                {
                    counts[diagnostic.Code] = counts.GetValueOrDefault(diagnostic.Code) + 1;
                    if (diagnostic.Severity == DiagnosticSeverity.Error)
                    {
                        var line = document.Text.GetPosition(diagnostic.Span.Start).Line + 1;
                        errors.Add($"{Path.GetFileName(folder)}/{document.Path}:{line} {diagnostic.Code} {diagnostic.Message}");
                    }
                }
            }
        }

        var surprising = errors.Where(e => !Known.ContainsKey(e)).ToList();
        Assert.True(surprising.Count == 0, $"{surprising.Count} errors; findings by code: {string.Join(", ", counts)}\n{string.Join('\n', surprising.Take(400))}");
        Assert.Empty(Known.Keys.Except(errors));
    }
}
