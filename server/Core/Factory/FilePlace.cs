// Where a resource gets its file.
using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Pipewright.Core.Schema;

namespace Pipewright.Core.Factory;

/// <summary>Finds a path for a resource that no file declares: where others of its kind are.</summary>
public static class FilePlace
{
    /// <summary>What no file system takes, and what has a meaning in paths; <c>%</c> so that two names never become one.</summary>
    private const string Forbidden = "<>:\"/\\|?*%";

    /// <summary>Names of devices, with any ending, cannot be files in Windows.</summary>
    private static readonly ImmutableHashSet<string> Devices =
    [
        "CON", "PRN", "AUX", "NUL", .. Enumerable.Range(1, 9).SelectMany(i => (string[])[$"COM{i}", $"LPT{i}"]),
    ];

    /// <summary>The name as that of a file in one folder: whatever could lead out of it, or could not be a file somewhere, is escaped by <c>%</c>.</summary>
    public static string ToFileName(string name)
    {
        var text = new StringBuilder();
        for (var i = 0; i < name.Length; i++)
        {
            var isAtEdge = (i == 0 || i == name.Length - 1) && name[i] is '.' or ' ';
            var isDevice = i == 0 && Devices.Contains(name.Split('.')[0].TrimEnd().ToUpperInvariant());
            _ = name[i] < ' ' || Forbidden.Contains(name[i], StringComparison.Ordinal) || isAtEdge || isDevice
                ? text.Append(CultureInfo.InvariantCulture, $"%{(int)name[i]:X2}")
                : text.Append(name[i]);
        }

        return text.Length == 0 ? "%" : text.ToString();
    }

    /// <summary>A path that no file of the factory has, relative to its root.</summary>
    /// <param name="network">The network of a managed private endpoint; null for every other kind.</param>
    /// <param name="isSpec">Which form the file has.</param>
    /// <param name="beside">A document of the factory, whose folder is taken where no other tells; null for none.</param>
    public static string Find(FactorySnapshot factory, ResourceKind kind, string name, string? network, bool isSpec, ResourceDocument? beside = null)
    {
        var file = ToFileName(name);
        var ending = isSpec ? $".{FileClassification.WordOf(kind)}.yaml" : ".json";
        var folder = kind == ResourceKind.ManagedPrivateEndpoint ? OfEndpoints(factory, network ?? "default", isSpec) : FindFolder(factory, kind, isSpec, beside);
        var path = folder + file + ending;
        for (var i = 2; factory.HasFile(path); i++)
        {
            path = string.Create(CultureInfo.InvariantCulture, $"{folder}{file}-{i}{ending}");
        }

        return path;
    }

    /// <summary>Ending in <c>/</c>; empty for the root.</summary>
    private static string FindFolder(FactorySnapshot factory, ResourceKind kind, bool isSpec, ResourceDocument? beside)
    {
        var word = FileClassification.WordOf(kind);
        if (factory.OfKind(kind).Select(s => s.Document).FirstOrDefault(d => d.IsSpec == isSpec) is { } sibling)
        {
            return isSpec ? FolderOf(sibling.Path) : KindFolder(sibling);
        }

        if (beside is not null && beside.IsSpec == isSpec)
        {
            return isSpec ? FolderOf(beside.Path) : RootOf(beside) + word + "/";
        }

        var other = Enum.GetValues<ResourceKind>().SelectMany(factory.OfKind).Select(s => s.Document).FirstOrDefault(d => d.IsSpec == isSpec);
        return other is null ? word + "/"
            : !isSpec ? RootOf(other) + word + "/"
            : FolderOf(other.Path) is var folder && InKindFolder(folder, other) is { } root ? root + word + "/"
            : folder;
    }

    /// <summary>What tells the network of a private endpoint, in either form.</summary>
    private static string OfEndpoints(FactorySnapshot factory, string network, bool isSpec)
    {
        var other = Enum.GetValues<ResourceKind>().SelectMany(factory.OfKind).Select(s => s.Document).FirstOrDefault(d => !d.IsSpec);
        return $"{(other is null || isSpec ? "" : RootOf(other))}managedVirtualNetwork/{ToFileName(network)}/managedPrivateEndpoint/";
    }

    /// <summary>The folder of a Git form's kind, above the sub-folders that may be in it.</summary>
    private static string KindFolder(ResourceDocument document) => RootOf(document) + document.Path[RootOf(document).Length..].Split('/')[0] + "/";

    /// <summary>What is before the folder of a Git form's kind; empty where nothing is, or where a setting alone tells the kind.</summary>
    private static string RootOf(ResourceDocument document)
    {
        var path = "/" + FolderOf(document.Path);
        var word = document.Classification.Kind == ResourceKind.ManagedPrivateEndpoint ? "managedVirtualNetwork" : FileClassification.WordOf(document.Classification.Kind);
        var at = path.LastIndexOf($"/{word}/", StringComparison.OrdinalIgnoreCase);
        return at <= 0 ? "" : path[1..(at + 1)];
    }

    /// <summary>What is before a folder that is called like the kind of the document in it; null where it is not.</summary>
    private static string? InKindFolder(string folder, ResourceDocument document) =>
        ("/" + folder).EndsWith($"/{FileClassification.WordOf(document.Classification.Kind)}/", StringComparison.OrdinalIgnoreCase)
            ? folder[..^(FileClassification.WordOf(document.Classification.Kind).Length + 1)]
            : null;

    private static string FolderOf(string path) => path[..(path.LastIndexOf('/') + 1)];
}
