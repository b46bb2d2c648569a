namespace Pipewright.LanguageServer.Protocol;

/// <summary>Between the URIs of the protocol and paths of the file system.</summary>
internal static class DocumentUri
{
    /// <summary>The path of a <c>file:</c> URI; null for any other, such as an editor's unsaved text.</summary>
    public static string? ToPath(string uri)
    {
        if (!Uri.TryCreate(uri, UriKind.Absolute, out var parsed) || !parsed.IsFile || !uri.StartsWith("file:", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var path = Uri.UnescapeDataString(parsed.AbsolutePath);
        if (path is ['/', var drive, ':', ..] && char.IsAsciiLetter(drive))
        {
            // One drive has one path, whichever way the client writes it: file:///c%3A/x and file:///C:/x.
            path = char.ToUpperInvariant(drive) + path[2..];
        }

        return Path.GetFullPath(parsed.Host.Length > 0 && !parsed.IsLoopback ? $"//{parsed.Host}{path}" : path);
    }

    public static string FromPath(string path) => new Uri(path).AbsoluteUri;

    /// <summary>The same for all ways of writing one file's URI.</summary>
    public static string ToKey(string uri) => ToPath(uri) ?? uri;

    /// <summary>
    /// The name at the end with that of its folder, for a URI that is not that of a file: the folder tells what JSON of the Git form holds. Without the folder where there is none.
    /// </summary>
    public static string LastParts(string uri)
    {
        var name = uri.LastIndexOfAny(['/', ':', '\\']);
        var folder = name > 0 && uri[name] == '/' ? uri.LastIndexOfAny(['/', ':', '\\'], name - 1) + 1 : name + 1;
        return Uri.UnescapeDataString(folder < name ? uri[folder..] : uri[(name + 1)..]);
    }

    /// <summary>Whether it names a file of a file system that only the client knows, such as a repository that is looked at without a clone.</summary>
    public static bool IsVirtual(string uri) => ToPath(uri) is null && uri.Contains(":/", StringComparison.Ordinal) && !uri.StartsWith("untitled:", StringComparison.OrdinalIgnoreCase);
}
