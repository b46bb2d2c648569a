// pipewright-emulator: the REST API of Azure Data Factory and of a Databricks workspace on loopback, for trying things out and for tests. It keeps what it is given and checks what the
// service checks; it moves no data.
using System.CommandLine;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Pipewright.Core.Notebooks;
using Pipewright.Emulator;
using Pipewright.Emulator.Databricks;
using Pipewright.Emulator.Faults;

var port = new Option<int>("--port") { Description = "The port on 127.0.0.1; 0 for any that is free.", DefaultValueFactory = _ => 0 };
var state = new Option<string?>("--state") { Description = "A folder that keeps the state over a restart." };
var seed = new Option<string?>("--seed") { Description = "A factory's folder, in either form, to fill the factory 'local' from." };
var notebooks = new Option<string[]>("--notebooks") { Description = "A folder of notebooks, and where the workspace has it: FOLDER=/Shared/etl. May be given several times." };
notebooks.Validators.Add(result =>
{
    if ((result.GetValueOrDefault<string[]>() ?? []).FirstOrDefault(n => NotebookSeeding.Read(n) is null) is { } wrong)
    {
        result.AddError($"--notebooks takes a folder and a path of the workspace, such as notebooks=/Shared/etl, and not '{wrong}'.");
    }
});
var pageSize = new Option<int>("--page-size") { Description = "How many resources a list gives at once.", DefaultValueFactory = _ => 50 };
var plain = new Option<bool>("--plain") { Description = "Give bodies back as they were written, without what the service adds and hides." };
var latency = new Option<string>("--latency") { Description = "How long every request waits, in milliseconds: 50, or 20-80 by chance.", DefaultValueFactory = _ => "0" };
latency.Validators.Add(result =>
{
    if (LatencyRange.Parse(result.GetValueOrDefault<string>() ?? "") is null)
    {
        result.AddError("--latency takes milliseconds, such as 50 or 20-80.");
    }
});
var throttle = new Option<int>("--throttle") { Description = "Requests a minute for each factory, then 429; 0 for no limit.", DefaultValueFactory = _ => 0 };
var randomSeed = new Option<int>("--seed-random") { Description = "What chance is drawn from; the same number draws the same.", DefaultValueFactory = _ => 0 };
var operationTime = new Option<int>("--operation-time") { Description = "How long starting, stopping and subscribing go on, in milliseconds; 0 for at once.", DefaultValueFactory = _ => 0 };
var speed = new Option<double>("--speed") { Description = "How many times faster than the clock pipelines run; 0 for at once.", DefaultValueFactory = _ => EmulatorOptions.UsualSpeed };
speed.Validators.Add(result =>
{
    if (result.GetValueOrDefault<double>() is not (>= 0 and <= 1_000_000))
    {
        result.AddError("--speed takes a number from 0 to 1000000.");
    }
});
var root = new RootCommand("Answers the REST API of Azure Data Factory, and of a Databricks workspace, on loopback.") { port, state, seed, notebooks, pageSize, plain, latency, throttle, randomSeed, operationTime, speed };
root.SetAction(async (parsed, cancellation) =>
{
    await using var app = EmulatorHost.Build(new EmulatorOptions(
        parsed.GetValue(port), parsed.GetValue(state), parsed.GetValue(seed), Math.Max(1, parsed.GetValue(pageSize)))
    {
        Notebooks = [.. (parsed.GetValue(notebooks) ?? []).Select(NotebookSeeding.Read).OfType<NotebookFolder>()],
        Plain = parsed.GetValue(plain),
        Latency = LatencyRange.Parse(parsed.GetValue(latency)!)!.Value,
        Throttle = Math.Max(0, parsed.GetValue(throttle)),
        RandomSeed = parsed.GetValue(randomSeed),
        Speed = parsed.GetValue(speed),
        OperationTime = TimeSpan.FromMilliseconds(Math.Max(0, parsed.GetValue(operationTime))),
    });
    try
    {
        await app.StartAsync(cancellation);
    }
    catch (IOException e)
    {
        await Console.Error.WriteLineAsync(e.Message);
        return 1;
    }

    var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;
    await Console.Out.WriteLineAsync(addresses.First());
    await app.WaitForShutdownAsync(cancellation);
    return 0;
});
var result = root.Parse(args);
return result.Errors.Count > 0 ? await result.InvokeAsync() is var _ ? 2 : 2 : await result.InvokeAsync();
