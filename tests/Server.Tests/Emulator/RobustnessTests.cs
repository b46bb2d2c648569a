using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using Pipewright.Emulator;
using Pipewright.Emulator.Faults;
using Xunit;

namespace Pipewright.Server.Tests.Emulator;

/// <summary>Many at once, too much at once, and a sudden end.</summary>
public sealed class RobustnessTests
{
    [Fact]
    public async Task Of_many_who_replace_one_version_just_one_wins_whatever_the_latency()
    {
        await using var emulator = await TestEmulator.StartAsync(new EmulatorOptions(0, null, null, 50) { Latency = LatencyRange.Parse("0-10")!.Value });
        var etag = (await emulator.PutAsync("pipelines/p", """{"properties":{}}""")).ETag;
        for (var round = 0; round < 10; round++)
        {
            var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => emulator.PutAsync("pipelines/p", """{"properties":{"concurrency":N}}""".Replace("N", $"{i + 1}", StringComparison.Ordinal), etag)));
            var winner = Assert.Single(answers, a => a.Status == 200);
            Assert.All(answers.Where(a => a != winner), a => Assert.Equal("PreconditionFailed", a.Error));
            var kept = await emulator.GetAsync("pipelines/p");
            Assert.Equal(winner.Content!.ToJsonString(), kept.Content!.ToJsonString());
            etag = kept.ETag;
        }
    }

    [Fact]
    public async Task Latency_is_waited_for_by_all_at_once()
    {
        await using var emulator = await TestEmulator.StartAsync(new EmulatorOptions(0, null, null, 5000) { Latency = LatencyRange.Parse("50")!.Value });
        var start = Stopwatch.GetTimestamp();
        var answers = await Task.WhenAll(Enumerable.Range(0, 2000).Select(i => emulator.PutAsync($"pipelines/p{i}", """{"properties":{"activities":[{"name":"W","type":"Wait","typeProperties":{"waitTimeInSeconds":1}}]}}""")));
        var taken = Stopwatch.GetElapsedTime(start);
        Assert.All(answers, a => Assert.Equal(200, a.Status));
        Assert.True(taken < TimeSpan.FromSeconds(2000 * 0.05 / 2), $"One after the other it takes 100 s; all at once took {taken}.");
        Assert.Equal(2000, (await emulator.GetAsync("pipelines")).Names.Count());
    }

    [Fact]
    public async Task Writers_and_readers_of_several_factories_do_not_get_in_each_others_way()
    {
        await using var emulator = await TestEmulator.StartAsync(pageSize: 1000);
        static string Factory(int n) => $"/subscriptions/s/resourceGroups/g/providers/Microsoft.DataFactory/factories/factory{n}";
        await Task.WhenAll(Enumerable.Range(0, 4).Select(n => emulator.PutAsync(Factory(n), """{"location":"x"}""")));
        await Task.WhenAll(Enumerable.Range(0, 200).Select(async i =>
        {
            Assert.Equal(200, (await emulator.PutAsync($"{Factory(i % 4)}/datasets/d{i}", """{"properties":{"type":"Binary"}}""")).Status);
            Assert.Equal(200, (await emulator.GetAsync($"{Factory(i % 4)}/datasets")).Status);
        }));
        foreach (var n in Enumerable.Range(0, 4))
        {
            Assert.Equal(50, (await emulator.GetAsync($"{Factory(n)}/datasets")).Names.Count());
        }
    }

    [Theory]
    [InlineData("Content-Length: 104857600\r\n\r\n")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n6400000\r\n")]
    public async Task A_body_of_100_MB_is_refused_before_it_is_read(string rest)
    {
        await using var emulator = await TestEmulator.StartAsync();
        var status = await SendRawAsync(emulator, $"PUT {TestEmulator.Factory}/pipelines/p?api-version=2018-06-01 HTTP/1.1\r\nHost: 127.0.0.1\r\n{rest}", rest.StartsWith("Transfer", StringComparison.Ordinal) ? 9 : 0);
        Assert.Equal("413", status);
        Assert.Equal(200, (await emulator.GetAsync("pipelines")).Status);
    }

    [Theory]
    [InlineData("GET /../../../etc/passwd?api-version=1 HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", "404")]
    [InlineData("GET /subscriptions/%00/providers/Microsoft.DataFactory/factories?api-version=1 HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", "400")]
    [InlineData("GET /subscriptions HTTP/9.9\r\n\r\n", "505")]
    [InlineData("nonsense\r\n\r\n", "400")]
    [InlineData("GET /subscriptions?api-version=1 HTTP/1.1\r\nHost: evil.example\r\n\r\n", "400")]
    [InlineData("POST /_emulator/reset HTTP/1.1\r\nHost: evil.example\r\nContent-Length: 0\r\n\r\n", "400")]
    public async Task A_hostile_request_gets_its_refusal(string request, string expected)
    {
        await using var emulator = await TestEmulator.StartAsync();
        Assert.Equal(expected, await SendRawAsync(emulator, request));
        Assert.Equal(200, (await emulator.GetAsync("pipelines")).Status);
    }

    [Theory]
    [InlineData("..", "one")]
    [InlineData("g", "one")]
    [InlineData("con:aux", "two")]
    public async Task No_name_leads_out_of_the_state_folder(string group, string factory)
    {
        using var around = new TestFolder();
        var state = Directory.CreateDirectory(Path.Combine(around.Path, "state")).FullName;
        var address = $"/subscriptions/%2e%2e%5c/resourceGroups/{Uri.EscapeDataString(group)}/providers/Microsoft.DataFactory/factories/{factory}";
        await using (var emulator = await TestEmulator.StartAsync(state))
        {
            await emulator.PutAsync(address, """{"location":"x"}""");
            await emulator.PutAsync($"{address}/pipelines/{new string('é', 260)}", """{"properties":{}}""");
        }

        Assert.Equal([state], Directory.EnumerateFileSystemEntries(around.Path));
    }

    [Fact]
    public async Task The_longest_name_survives_a_restart()
    {
        using var state = new TestFolder();
        var name = "a" + new string('é', 259);
        await using (var emulator = await TestEmulator.StartAsync(state.Path))
        {
            Assert.Equal(200, (await emulator.PutAsync($"pipelines/{name}", """{"properties":{}}""")).Status);
        }

        await using var restarted = await TestEmulator.StartAsync(state.Path);
        Assert.Equal([name], (await restarted.GetAsync("pipelines")).Names);
    }

    [Fact]
    public async Task Json_that_is_too_deep_is_refused_and_deep_json_is_kept()
    {
        await using var emulator = await TestEmulator.StartAsync();
        static string Deep(int levels) => $$$"""{"properties":{"x":{{{new string('[', levels)}}}{{{new string(']', levels)}}}}}""";
        Assert.Equal("InvalidRequestContent", (await emulator.PutAsync("pipelines/p", Deep(100_000))).Error);
        Assert.Equal(200, (await emulator.PutAsync("pipelines/p", Deep(400))).Status);
    }

    [Fact]
    public async Task What_was_answered_survives_a_kill_in_the_middle_of_writing()
    {
        using var state = new TestFolder();
        var (process, address) = await StartProcessAsync(state.Path);
        var confirmed = new System.Collections.Concurrent.ConcurrentDictionary<string, string>();
        using (process)
        using (var http = new HttpClient { BaseAddress = address })
        {
            var writers = Enumerable.Range(0, 8).Select(async writer =>
            {
                for (var i = 0; i < 10_000; i++)
                {
                    using var body = new StringContent("""{"properties":{"description":"N"}}""".Replace("N", $"{i}", StringComparison.Ordinal));
                    var name = $"p{writer}-{i % 50}";
                    var answer = await http.PutAsync(new Uri($"{TestEmulator.Factory}/pipelines/{name}?api-version=2018-06-01", UriKind.Relative), body);
                    confirmed[name] = (string)System.Text.Json.Nodes.JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["etag"]!;
                }
            }).ToArray();
            while (confirmed.Count < 200)
            {
                await Task.Delay(5);
            }

            process.Kill();
            await process.WaitForExitAsync();
            foreach (var writer in writers)
            {
                await Assert.ThrowsAnyAsync<HttpRequestException>(() => writer);
            }
        }

        await using var restarted = await TestEmulator.StartAsync(state.Path, pageSize: 5000);
        var kept = (await restarted.GetAsync("pipelines")).Content!["value"]!.AsArray().ToDictionary(r => (string)r!["name"]!, r => (string)r!["etag"]!);
        foreach (var (name, etag) in confirmed)
        {
            // The last write of each name may have been kept without its answer.
            Assert.True(string.CompareOrdinal(kept.GetValueOrDefault(name, ""), etag) >= 0, name);
        }
    }

    private static async Task<(Process Process, Uri Address)> StartProcessAsync(string state)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "pipewright-emulator.dll");
        var process = Process.Start(new ProcessStartInfo("dotnet", [program, "--port", "0", "--state", state]) { RedirectStandardOutput = true })!;
        return (process, new Uri((await process.StandardOutput.ReadLineAsync())!));
    }

    /// <param name="more">How many megabytes follow.</param>
    /// <returns>The status of the answer.</returns>
    private static async Task<string> SendRawAsync(TestEmulator emulator, string request, int more = 0)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(emulator.Address.Host, emulator.Address.Port);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(request));
        for (var i = 0; i < more; i++)
        {
            await stream.WriteAsync(new byte[1024 * 1024]);
        }

        using var reader = new StreamReader(stream, Encoding.ASCII);
        return (await reader.ReadLineAsync())!.Split(' ')[1];
    }
}
