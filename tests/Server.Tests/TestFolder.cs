namespace Pipewright.Server.Tests;

/// <summary>A folder on disk for one test; it is gone afterwards.</summary>
internal sealed class TestFolder : IDisposable
{
    public TestFolder(params (string Path, string Text)[] files)
    {
        Path = Directory.CreateTempSubdirectory("pipewright-").FullName;
        foreach (var (path, text) in files)
        {
            Write(path, text);
        }
    }

    /// <summary>Absolute.</summary>
    public string Path { get; }

    public string Uri => new Uri(Path).AbsoluteUri;

    public string this[string file] => System.IO.Path.Combine(Path, file);

    public string UriOf(string file) => new Uri(this[file]).AbsoluteUri;

    public string Write(string file, string text)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(this[file])!);
        File.WriteAllText(this[file], text);
        return UriOf(file);
    }

    public string Read(string file) => File.ReadAllText(this[file]);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
