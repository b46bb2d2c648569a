using System.Text;
using Pipewright.Fuzz.Texts;
using Pipewright.Server.Tests;

namespace Pipewright.Fuzz.Protocol;

/// <summary>Bytes that are no messages, between messages that are.</summary>
internal sealed class FrameSuite : ISuite
{
    private const string Sound = """{"jsonrpc":"2.0","method":"$/setTrace","params":{"value":"off"}}""";

    public string Name => "frames";

    public string What => "Bytes that are no frame, a frame with a wrong length, or a body that is no message, sent to the process over its streams: the next request is answered.";

    public async Task RunAsync(FuzzRun run)
    {
        using var folder = new TestFolder(("a.pipeline.yaml", "activities: []\n"));
        using var cache = new TestFolder();
        await using var server = await ServerProcess.StartAsync(folder.Path, cache.Path);
        await server.Client.OpenAsync(folder.UriOf("a.pipeline.yaml"), "activities: []\n");
        for (var seed = run.Seed * 1_000_000; run.GoesOn; seed++)
        {
            var random = new Random(seed);
            var bytes = Make(random);
            await run.TryAsync($"seed {seed}", Encoding.Latin1.GetString(bytes), async () =>
            {
                // In pieces, as pipes deliver.
                var cut = random.Next(bytes.Length + 1);
                await server.Client.SendBytesAsync(bytes[..cut]);
                await server.Client.SendBytesAsync(bytes[cut..]);
                await server.CheckAliveAsync(folder.UriOf("a.pipeline.yaml"));
            });
            server.Client.Forget();
        }

        await run.TryAsync("the end", null, async () => Shape.Demand((await server.EndAsync()).Code == 0, "the server does not end as it should"));
    }

    private static byte[] Make(Random random)
    {
        var body = Encoding.UTF8.GetBytes(Sound);
        switch (random.Next(10))
        {
            case 0:
                // Whatever it is, it does not begin a header.
                var junk = new byte[random.Next(1, 2000)];
                random.NextBytes(junk);
                return [.. junk, .. "\r\n\r\n"u8];
            case 1:
                return Frame(Pick(random, "-1", "x", "", "99999999999999999999", "2147483647", "1e3", "0x10", "12 13", "+5"), body);
            case 2:
                return Frame("0", []);
            case 3:
                var wrong = new byte[random.Next(1, 500)];
                random.NextBytes(wrong);
                return Frame(wrong);
            case 4:
                return Frame(Encoding.UTF8.GetBytes(new TextMutator(random).Mutate(Sound)));
            case 5:
                return Frame((body.Length - random.Next(1, 20)).ToString(System.Globalization.CultureInfo.InvariantCulture), body);
            case 6:
                return Frame(Encoding.UTF8.GetBytes(new string('[', random.Next(1, 20_000))));
            case 7:
                return [.. Encoding.ASCII.GetBytes($"X-Other: {new string('y', random.Next(5000))}\r\ncontent-length:{body.Length}\r\nContent-Type: text/x\r\n\r\n"), .. body];
            case 8:
                return Frame(Encoding.UTF8.GetBytes($$"""{"jsonrpc":"2.0","id":{{Pick(random, "-1", "1.5", "null", "true", "[]", "{}", "1e400", "\"" + new string('i', 5000) + "\"")}},"method":"textDocument/hover","params":{{Pick(random, "null", "7", "\"x\"", "[]", "[{}]", "{}")}}}"""));
            default:
                return [.. Frame(body), .. Frame(body), .. Frame(body)];
        }
    }

    private static string Pick(Random random, params string[] values) => values[random.Next(values.Length)];

    private static byte[] Frame(byte[] body) => Frame(body.Length.ToString(System.Globalization.CultureInfo.InvariantCulture), body);

    private static byte[] Frame(string length, byte[] body) => [.. Encoding.ASCII.GetBytes($"Content-Length: {length}\r\n\r\n"), .. body];
}
