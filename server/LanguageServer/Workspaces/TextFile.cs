// Reads and replaces files of a workspace, which may come from a stranger: of any size, and links to anything.
using System.Buffers;
using System.Text;

namespace Pipewright.LanguageServer.Workspaces;

/// <summary>What was read of a file.</summary>
/// <param name="Text">Null for one that is too large.</param>
/// <param name="Size">In bytes, as far as it was looked at.</param>
internal readonly record struct ReadText(string? Text, long Size);

internal static class TextFile
{
    /// <summary>Where a system keeps what are no files: reading them may never end, or take what is meant for somebody else.</summary>
    private static readonly string[] DeviceFolders = ["/dev", "/proc", "/sys"];

    /// <summary>In bytes.</summary>
    private const int SmallestBuffer = 16 * 1024;

    /// <summary>Reads a text of up to a size.</summary>
    /// <param name="most">In bytes. Not more is held in memory, whatever the system says about the file's size.</param>
    /// <exception cref="IOException">It can't be read, or is a link to a device.</exception>
    public static ReadText Read(string file, long most)
    {
        if (LeadsToDevice(file))
        {
            throw new IOException("It is a link to what is no file.");
        }

        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        var told = stream.CanSeek ? stream.Length : 0;
        if (told > most)
        {
            return new ReadText(null, told);
        }

        // One more than there is, so that the end is seen in the same buffer; a file that grows meanwhile gets a larger one.
        var buffer = ArrayPool<byte>.Shared.Rent((int)Math.Max(told + 1, SmallestBuffer));
        try
        {
            var length = 0;
            for (int read; (read = stream.Read(buffer.AsSpan(length))) > 0;)
            {
                length += read;
                if (length > most)
                {
                    return new ReadText(null, length);
                }

                buffer = length < buffer.Length ? buffer : Grow(buffer);
            }

            return new ReadText(Decode(buffer, length), length);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static byte[] Grow(byte[] full)
    {
        var larger = ArrayPool<byte>.Shared.Rent(2 * full.Length);
        full.CopyTo(larger, 0);
        ArrayPool<byte>.Shared.Return(full);
        return larger;
    }

    /// <summary>UTF-8, but for a mark at the beginning that says something else.</summary>
    private static string Decode(byte[] bytes, int length)
    {
        if (length == 0 || bytes[0] is not (0xEF or 0xFE or 0xFF or 0))
        {
            return Encoding.UTF8.GetString(bytes, 0, length);
        }

        using var reader = new StreamReader(new MemoryStream(bytes, 0, length), Encoding.UTF8, detectEncodingFromByteOrderMarks: true);
        return reader.ReadToEnd();
    }

    /// <summary>
    /// Puts a text in place of a file, all or nothing. The draft beside it is always a new file: what a stranger may have put in its place, such as a link
    /// to elsewhere, is taken away and not written to.
    /// </summary>
    /// <exception cref="IOException">It can't be written, or is there already and <paramref name="overwrite"/> is false.</exception>
    public static void Replace(string file, string text, bool overwrite, Encoding? encoding = null)
    {
        var draft = file + ".new";
        File.Delete(draft);
        using (var stream = new FileStream(draft, FileMode.CreateNew, FileAccess.Write))
        using (var writer = new StreamWriter(stream, encoding ?? new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)))
        {
            writer.Write(text);
        }

        try
        {
            File.Move(draft, file, overwrite);
        }
        catch (IOException)
        {
            File.Delete(draft);
            throw;
        }
    }

    /// <summary>Whether a file, or a folder between it and the root that it is below, is a link to somewhere else.</summary>
    public static bool LeadsAway(string root, string file)
    {
        for (var current = file; current is not null && current.Length > root.Length; current = Path.GetDirectoryName(current))
        {
            if ((Path.Exists(current) || new FileInfo(current).LinkTarget is not null) && File.GetAttributes(current).HasFlag(FileAttributes.ReparsePoint))
            {
                return true;
            }
        }

        return false;
    }

    private static bool LeadsToDevice(string file) => !OperatingSystem.IsWindows()
        && new FileInfo(file).LinkTarget is not null
        && File.ResolveLinkTarget(file, returnFinalTarget: true) is { } target
        && Array.Exists(DeviceFolders, f => FactoryRoots.Contains(f, target.FullName));
}
