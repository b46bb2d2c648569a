namespace Pipewright.LanguageServer.Protocol;

/// <summary>Between the URIs of the protocol and paths of the file system.</summary>
internal static class DocumentUri
{
    /// <summary>The path of a <c>file:</c> URI; null for any other, such as an editor's unsaved text.</summary>
    public static string? ToPath(string uri) => Uri.TryCreate(uri, UriKind.Absolute, out var parsed) && parsed.IsFile
        ? Path.GetFullPath(Uri.UnescapeDataString(parsed.AbsolutePath))
        : null;

    public static string FromPath(string path) => new Uri(path).AbsoluteUri;

    /// <summary>The name at the end, for a URI that is not that of a file.</summary>
    public static string LastPart(string uri) => Uri.UnescapeDataString(uri[(uri.LastIndexOfAny(['/', ':', '\\']) + 1)..]);
}
