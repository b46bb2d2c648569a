using System.Globalization;
using Spectre.Console;

namespace Pipewright.LanguageServer.CommandLine;

/// <summary>
/// How far a long piece of work has come. It is drawn on standard error where somebody watches, once it has taken longer than a blink, and is gone
/// afterwards; elsewhere nothing is drawn. May be told from several threads.
/// </summary>
internal sealed class WorkProgress
{
    private static readonly TimeSpan Blink = TimeSpan.FromMilliseconds(400);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(80);

    private readonly Lock _gate = new();
    private string _title;
    private int _done;
    private int _total;
    private IAnsiConsole? _drawn;

    private WorkProgress(string title) => _title = title;

    /// <summary>Does a piece of work.</summary>
    /// <param name="title">What it is, for people.</param>
    public static async Task<T> RunAsync<T>(string title, Func<WorkProgress, Task<T>> work)
    {
        var start = TimeProvider.System.GetTimestamp();
        var progress = new WorkProgress(title);
        var running = work(progress);
        if (Terminal.IsWatched && await Task.WhenAny(running, Task.Delay(Blink)) != running)
        {
            await progress.DrawAsync(running);
        }

        var result = await running;
        Terminal.Detail(string.Create(CultureInfo.InvariantCulture, $"{progress._title}: {TimeProvider.System.GetElapsedTime(start).TotalSeconds:F2} s"));
        return result;
    }

    /// <summary>The same for work that keeps processors busy: it gets a thread of its own, so that there is one left to draw on.</summary>
    public static Task<T> RunAsync<T>(string title, Func<WorkProgress, T> work) =>
        RunAsync(title, p => Task.Factory.StartNew(() => work(p), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default));

    /// <summary>Begins the next part of the work.</summary>
    /// <param name="total">How many steps it has; 0 where that is not known.</param>
    public void Begin(string title, int total)
    {
        lock (_gate)
        {
            (_title, _total, _done) = (title, total, 0);
        }
    }

    /// <summary>One step is done.</summary>
    public void Advance() => Interlocked.Increment(ref _done);

    /// <summary>So many steps are done.</summary>
    public void Report(int done) => Volatile.Write(ref _done, done);

    /// <summary>Writes a line of the result to standard output, above what is drawn where both are one terminal.</summary>
    public void WriteLine(string line)
    {
        lock (_gate)
        {
            if (_drawn is not null && !Console.IsOutputRedirected)
            {
                _drawn.WriteLine(line);
            }
            else
            {
                Console.Out.WriteLine(line);
            }
        }
    }

    private async Task DrawAsync(Task running)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(Console.Error),
            Ansi = AnsiSupport.Yes,
            Interactive = InteractionSupport.Yes,
            ColorSystem = Terminal.ErrorUsesColour ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
        });
        ProgressColumn[] columns = [new TaskDescriptionColumn(), new ProgressBarColumn { Width = 30 }, new ElapsedTimeColumn()];
        await console.Progress().AutoClear(true).HideCompleted(false).Columns(columns).StartAsync(async context =>
        {
            var task = context.AddTask(Markup.Escape(_title));
            lock (_gate)
            {
                _drawn = console;
            }

            try
            {
                do
                {
                    Show(task);
                }
                while (await Task.WhenAny(running, Task.Delay(Pause)) != running);
            }
            finally
            {
                lock (_gate)
                {
                    _drawn = null;
                }
            }
        });
    }

    private void Show(ProgressTask task)
    {
        lock (_gate)
        {
            task.Description = Markup.Escape(_total > 0 ? string.Create(CultureInfo.InvariantCulture, $"{_title} {Math.Min(_done, _total)}/{_total}") : _title);
            task.IsIndeterminate = _total == 0;
            if (_total > 0)
            {
                task.MaxValue = _total;

                // A task that is full is taken to have ended, and stands still.
                task.Value = Math.Min(_done, _total - 0.001);
            }
        }
    }
}
