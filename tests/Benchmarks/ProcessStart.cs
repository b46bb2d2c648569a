// From the start of the server's process to its answer to `initialize`, against the start of a process that does nothing.
using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Pipewright.Benchmarks;

internal static class ProcessStart
{
    private const int Runs = 20;

    /// <param name="arguments">The server's executable; that of <see cref="Executables"/> if none is given.</param>
    public static async Task<int> MeasureAsync(string[] arguments)
    {
        if (await Executables.FindAsync("pipewright", "LanguageServer", arguments is [var path, ..] ? path : null) is not { } server)
        {
            return 1;
        }

        var nothing = await MedianAsync(() => RunAsync("true", [], null));
        var initialize = await MedianAsync(() => RunAsync(server, ["lsp"], """{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"processId":null,"rootUri":null,"capabilities":{}}}"""));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"a process that does nothing: {nothing.TotalMilliseconds:F1} ms; start to initialize: {initialize.TotalMilliseconds:F1} ms; ratio {initialize / nothing:F1}"));
        return 0;
    }

    private static async Task<TimeSpan> MedianAsync(Func<Task<TimeSpan>> run)
    {
        await run();
        var times = new List<TimeSpan>();
        for (var i = 0; i < Runs; i++)
        {
            times.Add(await run());
        }

        return times.Order().ElementAt(Runs / 2);
    }

    /// <summary>The time to the end of the process, or to the first byte of the answer where a message is sent.</summary>
    private static async Task<TimeSpan> RunAsync(string file, string[] arguments, string? message)
    {
        var start = Stopwatch.GetTimestamp();
        using var process = Process.Start(new ProcessStartInfo(file, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        if (message is not null)
        {
            var body = Encoding.UTF8.GetBytes(message);
            await process.StandardInput.BaseStream.WriteAsync(Encoding.ASCII.GetBytes($"Content-Length: {body.Length}\r\n\r\n"));
            await process.StandardInput.BaseStream.WriteAsync(body);
            await process.StandardInput.BaseStream.FlushAsync();
            await process.StandardOutput.BaseStream.ReadExactlyAsync(new byte[1]);
        }
        else
        {
            await process.WaitForExitAsync();
        }

        var elapsed = Stopwatch.GetElapsedTime(start);
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        return elapsed;
    }
}
