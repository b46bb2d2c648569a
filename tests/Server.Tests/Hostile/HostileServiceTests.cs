using System.Net;
using System.Text;
using Pipewright.Azure;
using Pipewright.Azure.Databricks;
using Pipewright.Server.Tests.AzureServices;
using Xunit;
using static Pipewright.Server.Tests.AzureServices.ScriptedAzure;

namespace Pipewright.Server.Tests.Hostile;

/// <summary>Something answers in the service's place that lies, or never comes to an end.</summary>
public sealed class HostileServiceTests
{
    private const string ListPath = "pipelines";

    private static readonly DatabricksWorkspace Workspace = DatabricksWorkspace.Parse("http://localhost:1", out _)!;

    [Fact]
    public async Task A_list_that_always_has_one_more_page_ends()
    {
        var count = 0;
        var azure = new ScriptedAzure(r => Answer(200, $$"""{"value":[{"name":"p{{count}}"}],"nextLink":"{{r.Address.GetLeftPart(UriPartial.Path)}}?page={{++count}}"}"""));
        var problem = await Assert.ThrowsAsync<ArmException>(() => CountAsync(azure.Client(null, o => o with { MostPages = 50 })));
        Assert.Equal("The service's list has no end: it has more than 50 pages.", problem.Message);
        Assert.Equal(50, azure.Seen.Count);
    }

    [Fact]
    public async Task A_workspace_that_always_has_one_more_page_ends()
    {
        var count = 0;
        var azure = new ScriptedAzure(_ => Answer(200, $$"""{"jobs":[],"next_page_token":"{{++count}}"}"""));
        var client = new DatabricksClient(Workspace, null, azure.Options with { MostPages = 50 });
        var problem = await Assert.ThrowsAsync<ArmException>(async () =>
        {
            await foreach (var _ in client.ListJobsAsync(null, default))
            {
            }
        });
        Assert.Contains("more than 50 pages", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(5_000_000, 1_000_000, 100_000_000, "larger than 0 MB, and is not read")]
    [InlineData(600_000, 1_000_000, 1_000_000, "together")]
    public async Task An_answer_that_is_too_large_is_not_read(int size, long body, long all, string message)
    {
        var count = 0;
        var azure = new ScriptedAzure(r => Answer(200, $$"""{"value":[{"name":"{{new string('x', size)}}"}],"nextLink":"{{r.Address.GetLeftPart(UriPartial.Path)}}?page={{++count}}"}"""));
        var problem = await Assert.ThrowsAsync<ArmException>(() => CountAsync(azure.Client(null, o => o with { LargestBody = body, MostBytes = all })));
        Assert.Equal(ArmException.InvalidResponse, problem.Code);
        Assert.Contains(message, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_that_comes_byte_by_byte_is_not_waited_for()
    {
        ScriptedAzure? azure = null;
        azure = new ScriptedAzure(_ => new HttpResponseMessage(HttpStatusCode.OK) { Content = new StreamContent(new EndlessStream(() => azure!.Clock.Advance(TimeSpan.FromSeconds(1)))) });
        var problem = await Assert.ThrowsAsync<ArmException>(() => azure.Client().FindAsync("pipelines/p", default));
        Assert.Contains("after 5 minutes", problem.Message, StringComparison.Ordinal);
        Assert.Single(azure.Seen);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("7")]
    [InlineData("[]")]
    [InlineData("\"text\"")]
    [InlineData("{}")]
    [InlineData("{\"value\":7}")]
    [InlineData("{\"value\":{\"name\":\"p\"}}")]
    [InlineData("{\"value\":[{\"name\":\"p\"}],\"nextLink\":\"https://example.org/more\"}")]
    [InlineData("{\"value\":[{\"name\":\"p\"}],\"nextLink\":\"file:///etc/passwd\"}")]
    [InlineData("{\"value\":[{\"name\":\"p\"}],\"nextLink\":\"http://[\"}")]
    public async Task A_list_that_is_none_is_an_error_that_says_so(string body)
    {
        var azure = new ScriptedAzure(_ => Answer(200, body));
        var problem = await Assert.ThrowsAsync<ArmException>(() => CountAsync(azure.Client()));
        Assert.Contains(problem.Code, (string[])[ArmException.InvalidResponse, ArmException.ForeignLink]);
        Assert.Single(azure.Seen);
    }

    [Fact]
    public async Task An_answer_nested_without_an_end_is_no_answer()
    {
        var azure = new ScriptedAzure(_ => Answer(200, "{\"value\":" + new string('[', 100_000)));
        Assert.Equal(ArmException.InvalidResponse, (await Assert.ThrowsAsync<ArmException>(() => CountAsync(azure.Client()))).Code);
    }

    private static async Task<int> CountAsync(DataFactoryClient client)
    {
        var count = 0;
        await foreach (var _ in client.ListAsync(ListPath, default))
        {
            count++;
        }

        return count;
    }

    /// <summary>Gives one space at a time, for ever.</summary>
    private sealed class EndlessStream(Action given) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            given();
            return Encoding.ASCII.GetBytes(" ", 0, 1, buffer, offset);
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
