using Pipewright.Core.Factory;
using Pipewright.LanguageServer;
using Pipewright.LanguageServer.Protocol;
using Pipewright.LanguageServer.Workspaces;
using Xunit;

namespace Pipewright.Server.Tests.Hostile;

/// <summary>Where reading a text fails by a mistake of ours, the server's text is the editor's all the same, and everything else goes on.</summary>
public sealed class FailingReaderTests
{
    private const string Uri = "file:///somewhere/orders.pipeline.yaml";
    private const string Pipeline = "activities:\n  - name: Copy\n    type: Wait\n    waitTimeInSeconds: 1\n";

    /// <summary>What reading fails on.</summary>
    private const string Stone = "stumble";

    private readonly List<string> _reported = [];

    [Theory]
    [InlineData(false, new string[0])]
    [InlineData(true, new[] { "PW1023" })]
    public void An_edit_that_reading_fails_on_is_kept(bool failsAlways, string[] codes)
    {
        var workspace = new Workspace(_reported.Add, Reader(failsAlways));
        workspace.Open(Uri, 1, Pipeline);
        Edit(workspace, 2, 10, 10, Stone);
        Assert.Equal(Pipeline.Replace("Copy", Stone + "Copy", StringComparison.Ordinal), workspace.Current.FindOpen(Uri)!.Text.Content);
        Assert.Equal(codes, Codes(workspace));
        Assert.Equal(failsAlways ? 2 : 1, _reported.Count);

        // A mistake that is made in what the editor has now is found where it is.
        Edit(workspace, 3, 10, 10 + Stone.Length, "waitTime: 1 ");
        Assert.Equal(Pipeline.Replace("Copy", "waitTime: 1 Copy", StringComparison.Ordinal), workspace.Current.FindOpen(Uri)!.Document!.Text.Content);
        Assert.NotEmpty(Codes(workspace));
        Assert.DoesNotContain("PW1023", Codes(workspace));
        Edit(workspace, 4, 10, 22, "");
        Assert.Equal((Pipeline, 4), (workspace.Current.FindOpen(Uri)!.Document!.Text.Content, workspace.Current.FindOpen(Uri)!.Version));
        Assert.Empty(Codes(workspace));
        Assert.All(_reported, r => Assert.DoesNotContain(Stone, r, StringComparison.Ordinal));
        Assert.All(_reported, r => Assert.Matches(@"^orders\.pipeline\.yaml .*: InvalidOperationException at \S.*$", r));
    }

    [Fact]
    public void A_text_that_reading_fails_on_when_it_is_opened_is_kept()
    {
        var workspace = new Workspace(_reported.Add, Reader(failsAlways: true));
        workspace.Open(Uri, 1, Pipeline.Replace("Copy", Stone, StringComparison.Ordinal));
        Assert.Equal(["PW1023"], Codes(workspace));
        Edit(workspace, 2, 10, 10 + Stone.Length, "Copy");
        Assert.Equal(Pipeline, workspace.Current.FindOpen(Uri)!.Document!.Text.Content);
        Assert.Empty(Codes(workspace));
    }

    [Fact]
    public void A_file_that_reading_fails_on_keeps_none_of_the_others_away()
    {
        using var folder = new TestFolder(("pipewright.yaml", ""), ("good.pipeline.yaml", Pipeline), ("bad.pipeline.yaml", Pipeline.Replace("Copy", Stone, StringComparison.Ordinal)));
        var loaded = new FactoryLoader(FileKinds.Default, _reported.Add, reader: Reader(failsAlways: true)).LoadRoot(folder.Path, default);
        Assert.Equal(["PW1023"], loaded.Snapshot.FindDocument("bad.pipeline.yaml")!.Diagnostics.Select(d => d.Code));
        Assert.Empty(loaded.Snapshot.FindDocument("good.pipeline.yaml")!.Diagnostics);
        Assert.Single(_reported);
    }

    private static void Edit(Workspace workspace, int version, int start, int end, string text) =>
        workspace.Edit(Uri, version, [new TextDocumentContentChangeEvent(text, new LanguageServer.Protocol.Range(new Position(1, start), new Position(1, end)))], PositionEncoding.Utf16);

    private static IEnumerable<string> Codes(Workspace workspace) => Findings.Find(workspace.Current, workspace.Current.FindOpen(Uri)!, default).Select(f => f.Code);

    private ResourceReader Reader(bool failsAlways) => new(_reported.Add, (path, text, classification, before) =>
        text.Content.Contains(Stone, StringComparison.Ordinal) && (failsAlways || before is not null) ? throw new InvalidOperationException($"It stumbled over {text.Content}.")
        : before?.WithText(text) ?? ResourceDocument.Create(path, text, classification));
}
