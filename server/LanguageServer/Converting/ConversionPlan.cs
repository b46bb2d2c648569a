// Which files a conversion makes: what the command line writes and an editor shows first.
using System.Collections.Immutable;
using System.Globalization;
using Pipewright.Core.Binding;
using Pipewright.Core.Emit;
using Pipewright.Core.Factory;
using Pipewright.Core.Syntax;
using Pipewright.LanguageServer.Workspaces;

namespace Pipewright.LanguageServer.Converting;

/// <summary>A file that a conversion makes.</summary>
/// <param name="Source">The document that it is made of.</param>
/// <param name="File">Where it goes, absolute.</param>
/// <param name="Losses">What could not be kept, a sentence each.</param>
internal sealed record ConversionFile(ResourceDocument Source, string File, string Text, ImmutableArray<string> Losses);

/// <param name="folder">The folder that is written to, absolute.</param>
/// <param name="toSpec">Whether to the spec form; else to the Git form.</param>
internal sealed class ConversionPlan(string folder, bool toSpec)
{
    private readonly HashSet<string> _taken = new(StringComparer.OrdinalIgnoreCase);

    public string Folder { get; } = folder;

    /// <summary>What a document becomes.</summary>
    /// <param name="below">The folder of its factory, relative to <see cref="Folder"/>.</param>
    /// <returns>The files; and why others are left out, a sentence each.</returns>
    public (ImmutableArray<ConversionFile> Files, ImmutableArray<string> Refusals) Add(string below, ResourceDocument document)
    {
        var files = ImmutableArray.CreateBuilder<ConversionFile>();
        var refusals = ImmutableArray.CreateBuilder<string>();
        foreach (var made in toSpec ? Conversion.ToSpec(document) : Conversion.ToGit(document))
        {
            var destination = Path.GetFullPath(Path.Combine(Folder, below, made.Path));
            if (!FactoryRoots.Contains(Folder, destination))
            {
                // The path may hold a resource's name, and a name may hold anything.
                refusals.Add($"{document.Path}: '{made.Path}' lies outside of {Folder} and is left out.");
            }
            else if (!_taken.Add(destination))
            {
                refusals.Add($"{document.Path}: '{made.Path}' has been written already; two files declare one resource, and this one is left out.");
            }
            else
            {
                files.Add(new ConversionFile(document, destination, made.Text, [.. made.Losses]));
            }
        }

        return (files.ToImmutable(), refusals.ToImmutable());
    }

    /// <summary>The comments of a document that the Git form has no place for; null where there are none.</summary>
    public static string? FindLostComments(ResourceDocument document)
    {
        if (document.Classification.Form != ResourceForm.Spec)
        {
            return null;
        }

        var lines = document.Syntax.Tokens.Where(t => t.Kind == SyntaxTokenKind.Comment)
            .Select(t => (document.Text.GetPosition(t.Span.Start).Line + 1).ToString(CultureInfo.InvariantCulture)).ToList();
        return lines.Count switch
        {
            0 => null,
            1 => $"{document.Path}: the comment in line {lines[0]} is not kept, because JSON has no comments.",
            _ => $"{document.Path}: {lines.Count} comments are not kept, because JSON has no comments: lines {string.Join(", ", lines.Take(5))}{(lines.Count > 5 ? " and more" : "")}.",
        };
    }
}
