using System.Collections.Immutable;
using Pipewright.Core.Factory;
using Pipewright.Core.Features;
using Pipewright.Core.Text;
using Pipewright.LanguageServer.Protocol;
using Pipewright.LanguageServer.Workspaces;
using Diagnostic = Pipewright.Core.Text.Diagnostic;

namespace Pipewright.LanguageServer;

/// <summary>What there is to say about a file: a resource, or the settings of a factory.</summary>
internal static class Findings
{
    private const string MissingResource = "PW4001";

    public static ImmutableArray<Diagnostic> Find(WorkspaceSnapshot snapshot, OpenDocument open, CancellationToken cancellation) =>
        open.Document is { } document ? WithoutGuesses(open, LanguageFeatures.GetDiagnostics(snapshot.FactoryOf(open.Root), document, cancellation))
        : open.IsConfiguration ? LanguageFeatures.GetConfigurationDiagnostics(snapshot.FactoryOf(open.Root))
        : [];

    /// <summary>The same with fixes that fit the factory as it is now.</summary>
    public static ImmutableArray<Diagnostic> FindWithFixes(WorkspaceSnapshot snapshot, OpenDocument open, CancellationToken cancellation) =>
        open.Document is { } document ? WithoutGuesses(open, LanguageFeatures.GetDiagnosticsWithFixes(snapshot.FactoryOf(open.Root), document, cancellation)) : Find(snapshot, open, cancellation);

    /// <summary>Of a file system that only the editor knows, a document is known by itself: what else is there cannot be said to be missing.</summary>
    private static ImmutableArray<Diagnostic> WithoutGuesses(OpenDocument open, ImmutableArray<Diagnostic> found) =>
        DocumentUri.IsVirtual(open.Uri) ? [.. found.Where(d => d.Code != MissingResource)] : found;

    /// <summary>The settings of a root as they are on disk, with what is wrong with them; null where there are none.</summary>
    public static (string File, SourceText Text, ImmutableArray<Diagnostic> Diagnostics)? FindInConfiguration(string root, FactorySnapshot factory) =>
        FactoryRoots.FindConfiguration(root) is { } file && FactoryLoader.ReadConfiguration(file) is { File.Syntax.Text: var text } configuration
            ? (file, text, LanguageFeatures.GetConfigurationDiagnostics(factory.With(configuration)))
            : null;
}
