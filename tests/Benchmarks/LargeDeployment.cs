// A deployment of 2,000 resources to an emulator that takes 50 ms for each answer, side by side and one at a time.
using System.Diagnostics;
using System.Globalization;

namespace Pipewright.Benchmarks;

internal static class LargeDeployment
{
    private const string Latency = "50";

    /// <param name="arguments">How many resources; 2,000 if not said.</param>
    public static async Task<int> MeasureAsync(string[] arguments)
    {
        var count = arguments is [var text, ..] ? int.Parse(text, CultureInfo.InvariantCulture) : 2000;
        if (await Executables.FindAsync("pipewright", "LanguageServer") is not { } server || await Executables.FindAsync("pipewright-emulator", "Emulator") is not { } emulator)
        {
            return 1;
        }

        var folder = Directory.CreateTempSubdirectory("pipewright-benchmark-").FullName;
        try
        {
            Write(folder, count);
            var single = await DeployAsync(server, emulator, folder, 1);
            var usual = await DeployAsync(server, emulator, folder, 8);
            var many = await DeployAsync(server, emulator, folder, 32);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{count} resources, {Latency} ms latency: one at a time {single.First.TotalSeconds:F1} s; 8 at once {usual.First.TotalSeconds:F1} s, ratio {single.First / usual.First:F1}; 32 at once {many.First.TotalSeconds:F1} s, ratio {single.First / many.First:F1}; once more, with nothing to do: {usual.Again.TotalSeconds:F2} s"));
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>A linked service, datasets of it, and pipelines of which every tenth is called by the nine after it.</summary>
    public static void Write(string folder, int count)
    {
        File.WriteAllText(Path.Combine(folder, "pipewright.yaml"), "");
        File.WriteAllText(Path.Combine(folder, "Lake.linkedService.yaml"), "type: AzureBlobFS\nurl: https://lake.dfs.core.windows.net/\n");
        for (var i = 1; i < count; i++)
        {
            var number = i.ToString("D5", CultureInfo.InvariantCulture);
            var called = (i / 10 * 10).ToString("D5", CultureInfo.InvariantCulture);
            var (name, text) = i < count / 2
                ? ($"D{number}.dataset.yaml", "type: Binary\nlinkedServiceName: Lake\nlocation: { type: AzureBlobFSLocation, fileSystem: raw }\n")
                : ($"p{number}.pipeline.yaml", i % 10 == 0 || i / 10 * 10 < count / 2
                    ? "activities:\n  - { name: W, type: Wait, waitTimeInSeconds: 1 }\n"
                    : $"activities:\n  - {{ name: E, type: ExecutePipeline, pipeline: p{called}, waitOnCompletion: true }}\n");
            File.WriteAllText(Path.Combine(folder, name), text);
        }
    }

    /// <returns>The time of the first deployment to an empty factory, and of the same once more.</returns>
    private static async Task<(TimeSpan First, TimeSpan Again)> DeployAsync(string server, string emulator, string folder, int parallel)
    {
        using var target = Process.Start(new ProcessStartInfo(emulator, ["--latency", Latency, "--page-size", "1000"]) { RedirectStandardOutput = true })!;
        try
        {
            var address = (await target.StandardOutput.ReadLineAsync())!;
            return (await RunAsync(server, folder, address, parallel), await RunAsync(server, folder, address, parallel));
        }
        finally
        {
            target.Kill();
        }
    }

    private static async Task<TimeSpan> RunAsync(string server, string folder, string address, int parallel)
    {
        var start = Stopwatch.GetTimestamp();
        using var process = Process.Start(new ProcessStartInfo(
            server, ["deploy", folder, "--target", "local", "--endpoint", address, "--yes", "--parallel", parallel.ToString(CultureInfo.InvariantCulture)])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        await output;
        return process.ExitCode == 0 ? Stopwatch.GetElapsedTime(start) : throw new InvalidOperationException($"The deployment failed: {await error}");
    }
}
