// What is kept between sessions: files of JSON in the user's cache folder, which anybody may empty at any time.
using System.Globalization;
using System.Runtime.Versioning;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Pipewright.LanguageServer.Live;

/// <summary>A folder that this user alone may read. A file that can't be read or written is as if it were not there.</summary>
/// <param name="folder">Absolute; made when first written to.</param>
internal sealed class CacheFiles(string folder)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Bodies of resources are as deep as this, at most.</summary>
    private const int MostLevels = 1024;

    /// <summary>A folder of a name in the user's own folder for caches, by the custom of the system.</summary>
    public static CacheFiles OfUser(string name) => new(Path.Combine(FindUserFolder(), "pipewright", name));

    /// <summary>The file for something.</summary>
    /// <param name="name">What people recognise it by; it can be a file's name.</param>
    /// <param name="key">What tells it apart from all others.</param>
    public string FileOf(string name, string key) => Path.Combine(folder, $"{name}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)))[..16]}.json");

    /// <summary>What a file holds, as it is understood; null where it is not there, or is damaged.</summary>
    /// <param name="read">May throw what reading an unexpected element throws.</param>
    public static T? Read<T>(string file, Func<JsonElement, T?> read)
        where T : class
    {
        try
        {
            return read(JsonElement.Parse(File.ReadAllBytes(file), new JsonDocumentOptions { MaxDepth = MostLevels }));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or KeyNotFoundException or InvalidOperationException or FormatException or ArgumentException)
        {
            return null;
        }
    }

    /// <summary>Puts something in place of what a file holds, all or nothing.</summary>
    public void Write(string file, Action<Utf8JsonWriter> write)
    {
        var draft = $"{file}.{Environment.ProcessId.ToString(CultureInfo.InvariantCulture)}.new";
        try
        {
            MakeFolder();
            var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
            {
                Restrict(options);
            }

            using (var stream = new FileStream(draft, options))
            using (var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { MaxDepth = MostLevels }))
            {
                write(writer);
            }

            File.Move(draft, file, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The next session reads it anew from where it comes from.
        }
    }

    private void MakeFolder()
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, OwnerOnly | UnixFileMode.UserExecute);
        }
    }

    [UnsupportedOSPlatform("windows")]
    private static void Restrict(FileStreamOptions options) => options.UnixCreateMode = OwnerOnly;

    private static string FindUserFolder()
    {
        if (OperatingSystem.IsMacOS())
        {
            return Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), "Library", "Caches");
        }

        if (OperatingSystem.IsWindows())
        {
            return Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        }

        // The XDG base directory specification: only absolute paths count.
        return Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } named && Path.IsPathRooted(named)
            ? named
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache");
    }
}
