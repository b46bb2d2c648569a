using System.Runtime.CompilerServices;
using Pipewright.Core.Factory;
using Pipewright.Core.Features;
using Pipewright.Core.Text;
using Xunit;

namespace Pipewright.Core.Tests.Factory;

/// <summary>Of a document that was edited often only the last version is held. A long session of editing found that all were: tests/Fuzz.</summary>
public sealed class ForgottenVersionTests
{
    [Fact]
    public void Documents_that_call_each_other_do_not_keep_what_they_were()
    {
        var (factory, old) = Edit(20);
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        Assert.Equal(2, factory.Documents.Count);
        Assert.InRange(old.Count(r => r.TryGetTarget(out _)), 0, 4);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static (FactorySnapshot Factory, List<WeakReference<ResourceDocument>> Old) Edit(int times)
    {
        var factory = FactorySnapshot.Empty.With([Make("a", "b", 0), Make("b", "a", 0)]);
        var old = new List<WeakReference<ResourceDocument>>();
        for (var i = 1; i <= times; i++)
        {
            foreach (var (name, other) in (ReadOnlySpan<(string, string)>)[("a", "b"), ("b", "a")])
            {
                var document = Make(name, other, i);
                old.Add(new WeakReference<ResourceDocument>(document));
                factory = factory.With(document);
                _ = LanguageFeatures.GetDiagnostics(factory, document, default);
                _ = LanguageFeatures.GetReferences(factory, document, document.Text.Content.IndexOf("pipeline: ", StringComparison.Ordinal) + 10, withDeclaration: true, default);
            }
        }

        return (factory, old);
    }

    private static ResourceDocument Make(string name, string other, int seconds) => ResourceDocument.Create(
        $"{name}.pipeline.yaml", new SourceText($"activities:\n- {{ name: W, type: Wait, waitTimeInSeconds: {seconds} }}\n- name: Call\n  type: ExecutePipeline\n  pipeline: {other}\n"))!;
}
