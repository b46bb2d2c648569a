// Which files a conversion makes: what the command line writes and an editor shows first.
using System.Collections.Immutable;
using Pipewright.Core.Emit;
using Pipewright.Core.Factory;
using Pipewright.LanguageServer.Workspaces;

namespace Pipewright.LanguageServer.Converting;

/// <summary>A file that a conversion makes.</summary>
/// <param name="Source">The document that it is made of.</param>
/// <param name="File">Where it goes, absolute.</param>
/// <param name="Losses">What could not be kept, a sentence each.</param>
/// <param name="LostComments">The lines, from 1, of comments that the file has no place for.</param>
internal sealed record ConversionFile(ResourceDocument Source, string File, string Text, ImmutableArray<string> Losses, ImmutableArray<int> LostComments);

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
        foreach (var made in Convert(document, toSpec))
        {
            var destination = Path.GetFullPath(Path.Combine(Folder, below, made.Path));
            if (!FactoryRoots.Contains(Folder, destination))
            {
                // The path may hold a resource's name, and a name may hold anything.
                refusals.Add($"{document.Path}: '{made.Path}' lies outside of {Folder} and is left out.");
            }
            else if (TextFile.LeadsAway(Folder, destination))
            {
                refusals.Add($"{document.Path}: '{made.Path}' is a link, or lies in a folder that is one; it is left out.");
            }
            else if (!_taken.Add(destination))
            {
                refusals.Add($"{document.Path}: '{made.Path}' has been written already; two files declare one resource, and this one is left out.");
            }
            else
            {
                files.Add(new ConversionFile(document, destination, made.Text, [.. made.Losses], [.. made.LostComments]));
            }
        }

        return (files.ToImmutable(), refusals.ToImmutable());
    }

    /// <summary>The resources of a document in the other form, or laid out anew where they have it.</summary>
    public static IReadOnlyList<ConvertedFile> Convert(ResourceDocument document, bool toSpec) => toSpec ? Conversion.ToSpec(document) : Conversion.ToGit(document);

    /// <summary>Says which comments of a document are not kept; null where all are.</summary>
    /// <param name="lines">Their lines, from 1.</param>
    public static string? DescribeLostComments(ResourceDocument document, IReadOnlyList<int> lines) => lines.Count == 0
        ? null
        : $"{document.Path}: JSON has no place for {(lines.Count == 1 ? "the comment in line" : "the comments in lines")} {string.Join(", ", lines)}.";
}
