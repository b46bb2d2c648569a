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
        open.Document is { } document ? LanguageFeatures.GetDiagnostics(snapshot.FactoryOf(open.Root), document, cancellation)
        : open.IsConfiguration ? LanguageFeatures.GetConfigurationDiagnostics(snapshot.FactoryOf(open.Root))
        : [];

    /// <summary>The same with fixes that fit the factory as it is now.</summary>
    public static ImmutableArray<Diagnostic> FindWithFixes(WorkspaceSnapshot snapshot, OpenDocument open, CancellationToken cancellation) =>
        open.Document is { } document ? LanguageFeatures.GetDiagnosticsWithFixes(snapshot.FactoryOf(open.Root), document, cancellation) : Find(snapshot, open, cancellation);

    /// <summary>The settings of a root as they are on disk, with what is wrong with them; null where there are none.</summary>
    public static (string File, SourceText Text, ImmutableArray<Diagnostic> Diagnostics)? FindInConfiguration(string root, FactorySnapshot factory) =>
        FactoryRoots.FindConfiguration(root) is { } file && FactoryLoader.ReadConfiguration(file) is { File.Syntax.Text: var text } configuration
            ? (file, text, LanguageFeatures.GetConfigurationDiagnostics(factory.With(configuration)))
            : null;
}
