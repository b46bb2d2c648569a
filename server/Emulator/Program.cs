// pipewright-emulator: Azure Data Factory's REST API on loopback, for trying things out and for tests. It keeps what it is given and checks what the
// service checks; it moves no data.
using System.CommandLine;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Pipewright.Emulator;

var port = new Option<int>("--port") { Description = "The port on 127.0.0.1; 0 for any that is free.", DefaultValueFactory = _ => 0 };
var state = new Option<string?>("--state") { Description = "A folder that keeps the state over a restart." };
var seed = new Option<string?>("--seed") { Description = "A factory's folder, in either form, to fill the factory 'local' from." };
var pageSize = new Option<int>("--page-size") { Description = "How many resources a list gives at once.", DefaultValueFactory = _ => 50 };
var root = new RootCommand("Answers Azure Data Factory's REST API on loopback.") { port, state, seed, pageSize };
root.SetAction(async (parsed, cancellation) =>
{
    await using var app = EmulatorHost.Build(new EmulatorOptions(
        parsed.GetValue(port), parsed.GetValue(state), parsed.GetValue(seed), Math.Max(1, parsed.GetValue(pageSize))));
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
