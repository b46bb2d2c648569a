using System.Diagnostics;

namespace Pipewright.Server.Tests.CommandLine;

/// <summary>The program that users run, in a process of its own.</summary>
internal static class PipewrightProgram
{
    /// <summary>Runs it with nothing to read from.</summary>
    public static Task<(int Code, string[] Output, string Error)> RunAsync(params string[] arguments) => RunInAsync([], arguments);

    /// <summary>Runs it in an environment with further variables.</summary>
    public static async Task<(int Code, string[] Output, string Error)> RunInAsync((string Name, string Value)[] environment, string[] arguments)
    {
        using var process = Start(environment, arguments);
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, (await output).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries), await error);
    }

    /// <summary>Starts it with its three streams at hand.</summary>
    public static Process Start(params string[] arguments) => Start([], arguments);

    private static Process Start((string Name, string Value)[] environment, string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "pipewright.dll"), .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }
}
