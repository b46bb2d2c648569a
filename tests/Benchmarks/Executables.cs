namespace Pipewright.Benchmarks;

/// <summary>The executables that are measured as processes: the native ones that <c>npm run build</c> leaves, or what a build of the solution has made where these are not.</summary>
internal static class Executables
{
    private static readonly string _suffix = OperatingSystem.IsWindows() ? ".exe" : "";

    /// <summary>The path of an executable, which is said; null if there is none, which is said as well.</summary>
    /// <param name="name">Without a suffix.</param>
    /// <param name="project">Its project's folder within <c>server</c>.</param>
    /// <param name="asked">The path that was asked for; null for none.</param>
    public static async Task<string?> FindAsync(string name, string project, string? asked = null)
    {
        var root = Texts.FindRoot();
        string[] places = asked is not null
            ? [asked]
            : [Path.Combine(root, "artifacts", "bin", name + _suffix), Path.Combine(root, "server", project, "bin", "Release", "net10.0", name + _suffix)];
        var found = Array.Find(places, File.Exists);
        await Console.Error.WriteLineAsync(found is not null
            ? $"// measured: {found}{(found == places[0] ? "" : ", which is not native")}"
            : $"'{places[0]}' is not there. Run 'npm run build' first.");
        return found;
    }
}
