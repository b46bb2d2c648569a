using Pipewright.LanguageServer.Workspaces;

namespace Pipewright.LanguageServer.CommandLine;

/// <summary>What a PATH on the command line stands for.</summary>
/// <param name="Path">The file or folder, absolute.</param>
/// <param name="Outermost">The folder to read, so that the whole factory is known: the factory's root where PATH is inside one.</param>
internal sealed record FactoryPath(string Path, string Outermost)
{
    private string Base => Directory.Exists(Path) ? Path : System.IO.Path.GetDirectoryName(Path)!;

    /// <summary>Null for a path that does not exist.</summary>
    public static FactoryPath? Resolve(string path)
    {
        var full = System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(path));
        if (!File.Exists(full) && !Directory.Exists(full))
        {
            return null;
        }

        // A folder is asked about as if a file lay in it; a factory further up wins over the folder itself.
        var probe = File.Exists(full) ? full : System.IO.Path.Combine(full, "any");
        var folder = System.IO.Path.GetDirectoryName(probe)!;
        var root = FactoryLoader.FindRoot(probe, System.IO.Path.GetPathRoot(full)!);
        return new FactoryPath(full, root == System.IO.Path.GetPathRoot(full) ? folder : root);
    }

    public bool Contains(string file) => file == Path || file.StartsWith(Path + System.IO.Path.DirectorySeparatorChar, StringComparison.Ordinal);

    /// <summary>Relative to PATH, or to the folder of a PATH that is a file, with <c>/</c> between its parts.</summary>
    public string Relative(string file) => FactoryLoader.RelativePath(Base, file);
}
