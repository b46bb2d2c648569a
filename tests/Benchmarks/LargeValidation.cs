// `validate` on a factory of 5,000 resources, as a pull request runs it: the process from its start to its end.
using System.Diagnostics;
using System.Globalization;

namespace Pipewright.Benchmarks;

internal static class LargeValidation
{
    private const int Runs = 5;

    /// <param name="arguments">How many resources, 5,000 if not said; then the executable, that of <see cref="Executables"/> if not said.</param>
    public static async Task<int> MeasureAsync(string[] arguments)
    {
        var count = arguments is [var text, ..] ? int.Parse(text, CultureInfo.InvariantCulture) : 5000;
        if (await Executables.FindAsync("pipewright", "LanguageServer", arguments is [_, var path, ..] ? path : null) is not { } program)
        {
            return 1;
        }

        var folder = Directory.CreateTempSubdirectory("pipewright-benchmark-").FullName;
        try
        {
            LargeDeployment.Write(folder, count);
            var one = Path.Combine(folder, "Lake.linkedService.yaml");
            var whole = await MedianAsync(program, folder);
            var single = await MedianAsync(program, one);
            var nothing = await MedianAsync(program, null);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{count} resources: all of them {whole.TotalSeconds:F2} s, {count / whole.TotalSeconds:F0} a second; one of them, with the others read for its references, {single.TotalSeconds:F2} s; the process alone {nothing.TotalMilliseconds:F0} ms"));
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <param name="path">What to validate; null for telling the version.</param>
    private static async Task<TimeSpan> MedianAsync(string program, string? path)
    {
        var times = new List<TimeSpan>();
        for (var i = 0; i < Runs; i++)
        {
            var start = Stopwatch.GetTimestamp();
            using var process = Process.Start(new ProcessStartInfo(program, path is null ? ["version"] : ["validate", path, "--output", "json"]) { RedirectStandardOutput = true })!;
            await process.StandardOutput.ReadToEndAsync();
            await process.WaitForExitAsync();
            times.Add(process.ExitCode == 0 ? Stopwatch.GetElapsedTime(start) : throw new InvalidOperationException($"'{program}' ended with {process.ExitCode}."));
        }

        return times.Order().ElementAt(Runs / 2);
    }
}
