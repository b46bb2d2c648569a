using System.Runtime.CompilerServices;

namespace Pipewright.Server.Tests;

/// <summary>What servers keep of factories goes to a folder of this run, never to that of the user who runs the tests.</summary>
internal static class CacheFolder
{
    public static string Path { get; } = Directory.CreateTempSubdirectory("pipewright-cache-").FullName;

    [ModuleInitializer]
    internal static void Redirect()
    {
        Environment.SetEnvironmentVariable("XDG_CACHE_HOME", Path);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(Path, recursive: true);
    }
}
