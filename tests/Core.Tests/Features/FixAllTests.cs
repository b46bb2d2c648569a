using Pipewright.Core.Features;
using Pipewright.Core.Text;
using Xunit;

namespace Pipewright.Core.Tests.Features;

/// <summary>All fixes that need no choice, at once.</summary>
public sealed class FixAllTests
{
    private const string Broken = """
        # the nightly load
        activities:
          - name: A            # first
            type: Wiat
            waitTimeInSeconds: 1
          - name: B
            type: Wait
            dependsOn: [a1, A, A]
            waitTimeInSecond: @pipeline().parameters.x
        """;

    [Fact]
    public void Everything_that_has_one_answer_is_mended_and_the_rest_is_left()
    {
        var mended = Apply(Broken, null);
        Assert.Equal("""
            # the nightly load
            parameters:
              x: string
            activities:
              - name: A            # first
                type: Wait
                waitTimeInSeconds: 1
              - name: B
                type: Wait
                dependsOn: [a1, A]
                waitTimeInSeconds: "@pipeline().parameters.x"
            """, mended);
    }

    [Fact]
    public void Only_the_findings_of_one_code_are_mended_when_asked_for_these()
    {
        var mended = Apply("activities:\n  - { name: A, type: Wiat, waitTimeInSeconds: 1 }\n  - { name: B, type: Fial, message: m, errorCode: '1', dependson: [A] }\n", "PW2006");
        Assert.Equal("activities:\n  - { name: A, type: Wait, waitTimeInSeconds: 1 }\n  - { name: B, type: Fail, message: m, errorCode: '1', dependson: [A] }\n", mended);
    }

    [Fact]
    public void Nothing_is_changed_where_all_is_well()
    {
        const string Clean = "activities:\n  - { name: A, type: Wait, waitTimeInSeconds: 1 }\n";
        var factory = TestText.Factory("p.pipeline.yaml", Clean);
        Assert.Empty(LanguageFeatures.GetFixAll(factory, factory.Documents["p.pipeline.yaml"], null, default));
    }

    /// <summary>Whatever is wrong in real factories: mending all of it breaks no text, adds no error, and leaves nothing more to mend.</summary>
    [CorpusFact]
    public void Mending_real_factories_makes_nothing_worse()
    {
        var worse = new List<string>();
        foreach (var folder in CorpusFiles.Factories)
        {
            var factory = Pipewright.Core.Factory.FactorySnapshot.Empty.With(CorpusFiles.Load(folder));
            foreach (var document in factory.Documents.Values)
            {
                if (LanguageFeatures.GetFixAll(factory, document, null, default) is not { IsEmpty: false } changes)
                {
                    continue;
                }

                var after = TestText.Document(document.Path, document.Text.WithChanges(changes).Content);
                var before = LanguageFeatures.GetDiagnostics(factory, document, default);
                var left = LanguageFeatures.GetDiagnostics(factory.With(after), after, default);
                if ((after.HasSyntaxErrors && !document.HasSyntaxErrors) || Grave(left) > Grave(before))
                {
                    worse.Add($"{Path.GetFileName(folder)}/{document.Path}: {string.Join("; ", left.Where(d => d.Severity == DiagnosticSeverity.Error).Select(d => d.Code + " " + d.Message).Except(before.Select(d => d.Code + " " + d.Message)))}");
                }
            }
        }

        Assert.True(worse.Count == 0, string.Join('\n', worse));
    }

    private static int Grave(IEnumerable<Diagnostic> found) => found.Count(d => d.Severity == DiagnosticSeverity.Error);

    private static string Apply(string text, string? code)
    {
        var factory = TestText.Factory("p.pipeline.yaml", text);
        return new SourceText(text).WithChanges(LanguageFeatures.GetFixAll(factory, factory.Documents["p.pipeline.yaml"], code, default)).Content;
    }
}
