// Long runs that look for what nobody thought of: `npm run fuzz`, `npm run soak`; with `--brief` as continuous integration runs them.
using System.Diagnostics;
using System.Globalization;
using Pipewright.Fuzz;
using Pipewright.Fuzz.Protocol;
using Pipewright.Fuzz.Texts;

ISuite[] suites =
[
    new PrefixSuite(), new MutationSuite(), new EditSuite(), new ExpressionSuite(), new NotebookSuite(), new ConfigurationSuite(), new HostileTextSuite(),
    new FrameSuite(), new MessageSuite(), new CancellationSuite(), new SoakSuite(),
];
var options = RunOptions.Read(args);
if (options is null)
{
    await Console.Error.WriteLineAsync($"Usage: [SUITE…] [--brief] [--minutes N] [--tries N] [--seed N] [--results FOLDER]\nSuites: {string.Join(' ', suites.Select(s => s.Name))}");
    return 2;
}

var (passed, failed) = (0, 0);
foreach (var suite in suites.Where(s => options.Names.Count == 0 || options.Names.Contains(s.Name)))
{
    var run = new FuzzRun(suite, options);
    var clock = Stopwatch.StartNew();
    await run.StartAsync();
    clock.Stop();
    run.WriteResult(clock.Elapsed);
    (passed, failed) = run.Findings.Count == 0 ? (passed + 1, failed) : (passed, failed + 1);
    await Console.Error.WriteLineAsync(string.Create(
        CultureInfo.InvariantCulture, $"{suite.Name}: {run.Tries} tries in {clock.Elapsed.TotalSeconds:0.0} s, {run.Findings.Count} findings{run.DescribeMeasures()}"));
}

Console.WriteLine($"{passed} passed, {failed} failed, 0 skipped");
return failed == 0 ? 0 : 1;
