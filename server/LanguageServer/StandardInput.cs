using System.IO.Pipelines;

namespace Pipewright.LanguageServer;

/// <summary>What a client writes to the process.</summary>
internal static class StandardInput
{
    private const int BytesAtOnce = 64 * 1024;

    /// <summary>
    /// Reads on a thread of its own, for as long as the process lives: the system's stream keeps one thread of the pool waiting, which has few, and a second passes before it gets another.
    /// </summary>
    public static Stream Open()
    {
        var pipe = new Pipe(new PipeOptions(useSynchronizationContext: false));
        var thread = new Thread(() => Pump(pipe.Writer)) { IsBackground = true, Name = "standard input" };
        thread.Start();
        return pipe.Reader.AsStream();
    }

    private static void Pump(PipeWriter writer)
    {
        Exception? failure = null;
        try
        {
            using var input = Console.OpenStandardInput();
            for (var isOpen = true; isOpen;)
            {
                var read = input.Read(writer.GetSpan(BytesAtOnce));
                writer.Advance(read);
                isOpen = read > 0 && !writer.FlushAsync().AsTask().GetAwaiter().GetResult().IsCompleted;
            }
        }
        catch (IOException e)
        {
            failure = e;
        }

        writer.Complete(failure);
    }
}
