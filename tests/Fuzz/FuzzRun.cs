using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Pipewright.Fuzz;

/// <summary>One way of looking for mistakes.</summary>
internal interface ISuite
{
    /// <summary>What it is asked for by, and its result file is called.</summary>
    string Name { get; }

    /// <summary>What one try is, and what must hold of it, for the table in docs/reliability.md.</summary>
    string What { get; }

    Task RunAsync(FuzzRun run);
}

/// <summary>What the command line asks for.</summary>
/// <param name="Names">Of the suites; none for all.</param>
/// <param name="Minutes">The time for each suite that could go on for ever.</param>
/// <param name="Tries">How many are enough for each of these.</param>
internal sealed record RunOptions(IReadOnlyList<string> Names, bool IsBrief, double Minutes, long Tries, int Seed, string? Results)
{
    public static RunOptions? Read(string[] arguments)
    {
        var options = new RunOptions([], false, 10, long.MaxValue, 1, null);
        var minutes = default(double?);
        for (var i = 0; i < arguments.Length; i++)
        {
            var next = i + 1 < arguments.Length ? arguments[i + 1] : "";
            switch (arguments[i])
            {
                case "--brief":
                    options = options with { IsBrief = true };
                    break;
                case "--minutes" when double.TryParse(next, CultureInfo.InvariantCulture, out var number):
                    minutes = number;
                    i++;
                    break;
                case "--tries" when long.TryParse(next, CultureInfo.InvariantCulture, out var number):
                    options = options with { Tries = number };
                    i++;
                    break;
                case "--seed" when int.TryParse(next, CultureInfo.InvariantCulture, out var seed):
                    options = options with { Seed = seed };
                    i++;
                    break;
                case "--results" when next.Length > 0:
                    options = options with { Results = next };
                    i++;
                    break;
                case var name when !name.StartsWith('-'):
                    options = options with { Names = [.. options.Names, name] };
                    break;
                default:
                    return null;
            }
        }

        return options with { Minutes = minutes ?? (options.IsBrief ? 0.15 : 10) };
    }
}

/// <summary>Something that must not be.</summary>
/// <param name="Subject">Where it was found: a file, a seed.</param>
/// <param name="Text">What was tried; null where the subject says all.</param>
internal sealed record Finding(string Subject, string Problem, string? Text);

/// <summary>One run of a suite with its counts.</summary>
internal sealed class FuzzRun(ISuite suite, RunOptions options)
{
    /// <summary>As small a stack as any system gives to a thread: what would overflow it there overflows it here.</summary>
    private const int SmallStack = 1024 * 1024;

    /// <summary>After so many findings the next ones tell nothing new.</summary>
    private const int MostFindings = 20;

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    private readonly SortedDictionary<string, double> _measures = new(StringComparer.Ordinal);
    private DateTime _end;

    public List<Finding> Findings { get; } = [];

    public long Tries { get; private set; }

    public bool IsBrief => options.IsBrief;

    public int Seed => options.Seed;

    /// <summary>Whether there is time left, and a reason to go on.</summary>
    public bool GoesOn => DateTime.UtcNow < _end && Tries < options.Tries && Findings.Count < MostFindings;

    /// <summary>The same for a run of a given length, which goes on to its end however long that takes.</summary>
    public bool GoesOnFor(int step) => step == 0 || Findings.Count < MostFindings;

    public async Task StartAsync()
    {
        _end = DateTime.UtcNow.AddMinutes(options.Minutes);
        var done = new TaskCompletionSource();
        var thread = new Thread(() =>
        {
            try
            {
                suite.RunAsync(this).GetAwaiter().GetResult();
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                Report("the suite itself", e.ToString(), null);
            }

            done.SetResult();
        }, SmallStack);
        thread.Start();
        await done.Task;
    }

    /// <summary>Tries something once; whatever it throws is a finding.</summary>
    public void Try(string subject, string? text, Action action)
    {
        Tries++;
        Look(subject, text, action);
    }

    /// <summary>Looks at what tries have come to, which is not counted as one more.</summary>
    public void Look(string subject, string? text, Action action)
    {
        try
        {
            action();
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            Report(subject, e.ToString(), text);
        }
    }

    /// <summary>The same of something that waits.</summary>
    public async Task TryAsync(string subject, string? text, Func<Task> action)
    {
        Tries++;
        try
        {
            await action();
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            Report(subject, e.ToString(), text);
        }
    }

    /// <summary>Counts tries that were made elsewhere.</summary>
    public void Count(long tries) => Tries += tries;

    public void Report(string subject, string problem, string? text)
    {
        Findings.Add(new Finding(subject, problem, text));
        Console.Error.WriteLine($"{suite.Name}: {subject}: {problem}");
        if (options.Results is { } folder && text is not null)
        {
            Directory.CreateDirectory(folder);
            File.WriteAllText(Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{suite.Name}-finding-{Findings.Count}.txt")), text);
        }
    }

    /// <summary>A number for the table; of several the greatest is kept.</summary>
    public void Measure(string name, double value) => _measures[name] = Math.Max(value, _measures.GetValueOrDefault(name, double.MinValue));

    /// <summary>A number for the table; of several the sum is kept.</summary>
    public void Add(string name, double value) => _measures[name] = value + _measures.GetValueOrDefault(name);

    public string DescribeMeasures() => string.Concat(_measures.Select(m => string.Create(CultureInfo.InvariantCulture, $"; {m.Key} {m.Value:0.##}")));

    /// <summary>Leaves the counts where a script makes the table of them.</summary>
    public void WriteResult(TimeSpan time)
    {
        if (options.Results is not { } folder)
        {
            return;
        }

        Directory.CreateDirectory(folder);
        var result = new JsonObject
        {
            ["suite"] = suite.Name,
            ["what"] = suite.What,
            ["tries"] = Tries,
            ["findings"] = Findings.Count,
            ["seed"] = options.Seed,
            ["seconds"] = Math.Round(time.TotalSeconds, 1),
            ["measures"] = new JsonObject([.. _measures.Select(m => KeyValuePair.Create(m.Key, (JsonNode?)JsonValue.Create(Math.Round(m.Value, 2))))]),
        };
        File.WriteAllText(Path.Combine(folder, $"{suite.Name}.json"), result.ToJsonString(Indented) + "\n");
    }
}
