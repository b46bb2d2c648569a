// The beginning of the paths that a blob trigger listens for: /container/blobs/folder/.
namespace Pipewright.Core.Rules.Triggers;

internal static class BlobPath
{
    private const string EventSubject = "/blobServices/default/containers/";

    /// <summary>The form that the service has, for a path in which <c>/blobs/</c> is missing, or that has more before the container.</summary>
    /// <returns>Null for a path that is right, that does not start with a slash, or that nobody can tell the container of.</returns>
    public static string? FindMeant(string path)
    {
        if (path.StartsWith(EventSubject, StringComparison.OrdinalIgnoreCase))
        {
            return path[(EventSubject.Length - 1)..];
        }

        var (container, rest) = Split(path);
        return !LacksBlobs(path) || container.Equals("blobs", StringComparison.OrdinalIgnoreCase) ? null : $"/{container}/blobs/{rest}";
    }

    /// <summary>Whether a folder follows its container without <c>/blobs/</c> between them.</summary>
    public static bool LacksBlobs(string path)
    {
        var (container, rest) = Split(path);

        // What is left out at the end may still come: the beginning of a path need not end at a slash.
        return path.StartsWith('/') && container.Length > 0 && !rest.StartsWith("blobs/", StringComparison.OrdinalIgnoreCase)
            && !"blobs/".StartsWith(rest, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>With the slash that it must start with, for a path that is right otherwise or is a blob's address.</summary>
    public static string? FindRooted(string path)
    {
        if (path.StartsWith("https://", StringComparison.OrdinalIgnoreCase))
        {
            return Uri.TryCreate(path, UriKind.Absolute, out var address) && address.AbsolutePath.Length > 1
                ? FindMeant(Uri.UnescapeDataString(address.AbsolutePath)) ?? Uri.UnescapeDataString(address.AbsolutePath)
                : null;
        }

        var container = path.IndexOf('/', StringComparison.Ordinal);
        return container > 0 && path[container..].StartsWith("/blobs/", StringComparison.OrdinalIgnoreCase) ? "/" + path : null;
    }

    private static (string Container, string Below) Split(string path)
    {
        var parts = path.TrimStart('/').Split('/', 2);
        return (parts[0], parts.Length > 1 ? parts[1] : "");
    }
}
