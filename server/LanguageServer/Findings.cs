using System.Collections.Immutable;
using Pipewright.Core.Factory;
using Pipewright.Core.Features;
using Pipewright.Core.Text;
using Pipewright.LanguageServer.Workspaces;

namespace Pipewright.LanguageServer;

/// <summary>What there is to say about a file: a resource, or the settings of a factory.</summary>
internal static class Findings
{
    public static ImmutableArray<Diagnostic> Find(WorkspaceSnapshot snapshot, OpenDocument open, CancellationToken cancellation) =>
        open.Document is { } document ? Find(snapshot.FactoryOf(open.Root), document, cancellation)
        : open.IsConfiguration ? Visible(FactoryConfiguration.Parse(open.Text).Diagnostics)
        : [];

    public static ImmutableArray<Diagnostic> Find(FactorySnapshot factory, ResourceDocument document, CancellationToken cancellation) =>
        Visible(LanguageFeatures.GetDiagnostics(factory, document, cancellation));

    /// <summary>The settings of a root as they are on disk, with what is wrong with them; null where there are none.</summary>
    public static (string File, SourceText Text, ImmutableArray<Diagnostic> Diagnostics)? FindInConfiguration(string root)
    {
        if (FactoryRoots.FindConfiguration(root) is not { } file)
        {
            return null;
        }

        var text = new SourceText(File.ReadAllText(file));
        return (file, text, Visible(FactoryConfiguration.Parse(text).Diagnostics));
    }

    private static ImmutableArray<Diagnostic> Visible(ImmutableArray<Diagnostic> found) => found.RemoveAll(d => d.Severity == DiagnosticSeverity.Off);
}
