using System.Collections.Immutable;
using Pipewright.Core.Text;

namespace Pipewright.LanguageServer.CommandLine.Reports;

/// <summary>A finding with the file that it is in.</summary>
/// <param name="File">Relative to what was checked, with <c>/</c>.</param>
/// <param name="RepositoryFile">Relative to the repository around it, or to the current folder where there is none; absolute where it lies outside of that.</param>
/// <param name="Start">Counts from 0, columns in UTF-16 units.</param>
/// <param name="End">Exclusive.</param>
internal sealed record Finding(string File, string RepositoryFile, LinePosition Start, LinePosition End, Diagnostic Diagnostic);

/// <summary>What a check of files has found.</summary>
/// <param name="Findings">By file and place.</param>
/// <param name="Files">All that were checked, as <see cref="Finding.File"/> names them.</param>
internal sealed record FindingsReport(ImmutableArray<Finding> Findings, ImmutableArray<string> Files)
{
    public int Count(DiagnosticSeverity severity) => Findings.Count(f => f.Diagnostic.Severity == severity);

    /// <summary>As people write the severity.</summary>
    public static string WordOf(DiagnosticSeverity severity) => severity.ToString().ToLowerInvariant();

    public string Summary => $"{Count(DiagnosticSeverity.Error)} errors, {Count(DiagnosticSeverity.Warning)} warnings in {Files.Length} files";
}
