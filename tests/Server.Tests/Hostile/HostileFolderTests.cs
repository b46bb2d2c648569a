using Pipewright.LanguageServer.Deploying;
using Pipewright.LanguageServer.Workspaces;
using Pipewright.Server.Tests.CommandLine;
using Pipewright.Server.Tests.Protocol;
using Xunit;

namespace Pipewright.Server.Tests.Hostile;

/// <summary>A folder of a stranger: files of any size, links to anything. Nothing is read without an end, and nothing is written outside.</summary>
public sealed class HostileFolderTests
{
    private const string Pipeline = "activities:\n  - name: W\n    type: Wait\n    waitTimeInSeconds: 1\n";

    /// <summary>Reading the first never ends; the second is the pipe on which the client's messages come.</summary>
    [UnixTheory]
    [InlineData("/dev/zero")]
    [InlineData("/dev/stdin")]
    [InlineData("/proc/self/fd/0")]
    public async Task A_link_to_a_device_is_not_read(string device)
    {
        using var folder = new TestFolder(("a.pipeline.yaml", Pipeline), ("pipewright.yaml", "notebooks:\n  - { folder: nb, workspacePath: /Shared }\n"), ("nb/x.py", ""));
        File.CreateSymbolicLink(folder["b.pipeline.yaml"], device);
        File.CreateSymbolicLink(folder["nb/y.py"], device);
        File.CreateSymbolicLink(folder["databricks.yml"], device);
        var (code, output, error) = await PipewrightProgram.RunAsync("validate", folder.Path);
        Assert.Equal(0, code);
        Assert.Contains("b.pipeline.yaml can't be read: It is a link to what is no file.", error, StringComparison.Ordinal);
        Assert.DoesNotContain(output, l => l.Contains(" error ", StringComparison.Ordinal));
    }

    [UnixFact]
    public async Task Settings_that_are_a_link_to_a_device_are_none()
    {
        using var folder = new TestFolder(("a.pipeline.yaml", Pipeline));
        File.CreateSymbolicLink(folder["pipewright.yaml"], "/dev/zero");
        Assert.Contains("no settings", (await PipewrightProgram.RunAsync("validate", folder.Path)).Error, StringComparison.Ordinal);
    }

    [UnixFact]
    public async Task Links_in_a_circle_are_not_followed()
    {
        using var folder = new TestFolder(("a/a.pipeline.yaml", Pipeline));
        Directory.CreateSymbolicLink(folder["a/again"], folder.Path);
        File.CreateSymbolicLink(folder["a/self.pipeline.yaml"], "self.pipeline.yaml");
        var (code, _, error) = await PipewrightProgram.RunAsync("validate", folder.Path);
        Assert.Equal(0, code);
        Assert.Contains("self.pipeline.yaml can't be read", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_too_large_is_a_finding_and_is_not_read()
    {
        using var folder = new TestFolder(("a.pipeline.yaml", Pipeline));
        using (var large = new FileStream(folder["b.pipeline.yaml"], FileMode.CreateNew))
        {
            large.SetLength(100L << 20);
        }

        var (code, output, _) = await PipewrightProgram.RunAsync("validate", folder.Path);
        Assert.Equal(1, code);
        Assert.Contains(output, l => l.StartsWith("b.pipeline.yaml:1:1 error PW1022 This is 100 MB of text", StringComparison.Ordinal));
    }

    [Fact]
    public void Settings_of_more_than_1_MB_are_not_read()
    {
        using var folder = new TestFolder(("pipewright.yaml", "x: " + new string('y', 1 << 20)));
        Assert.Null(FactoryLoader.ReadConfiguration(folder["pipewright.yaml"]));
    }

    [UnixFact]
    public async Task A_conversion_writes_through_no_link()
    {
        using var outside = new TestFolder(("precious", "mine"));
        using var folder = new TestFolder(("a.pipeline.yaml", Pipeline), ("b.dataset.yaml", "type: Json\nlinkedServiceName: L\n"), ("pipeline/other", ""));
        File.CreateSymbolicLink(folder["pipeline/a.json"], outside["precious"]);
        Directory.CreateSymbolicLink(folder["dataset"], outside.Path);
        var (code, _, error) = await PipewrightProgram.RunAsync("convert", folder.Path, "--to", "git", "--out", folder.Path);
        Assert.Equal(1, code);
        Assert.Contains("pipeline/a.json' is a link", error, StringComparison.Ordinal);
        Assert.Equal(["precious"], Directory.GetFiles(outside.Path).Select(Path.GetFileName));
        Assert.Equal("mine", outside.Read("precious"));
    }

    /// <summary>The draft that takes a file's place has a name that can be foretold.</summary>
    [UnixFact]
    public async Task A_file_is_laid_out_through_no_link()
    {
        using var outside = new TestFolder(("precious", "mine"));
        using var folder = new TestFolder(("a.pipeline.yaml", Pipeline.Replace("    type", "    type:   Wait\n    #", StringComparison.Ordinal)));
        File.CreateSymbolicLink(folder["a.pipeline.yaml.new"], outside["precious"]);
        Assert.Equal(0, (await PipewrightProgram.RunAsync("format", folder.Path)).Code);
        Assert.Equal("mine", outside.Read("precious"));
        Assert.Contains("type: Wait", folder.Read("a.pipeline.yaml"), StringComparison.Ordinal);
    }

    [UnixFact]
    public void A_text_replaces_what_is_at_a_path_and_nothing_that_links_lead_to()
    {
        using var outside = new TestFolder(("precious", "mine"));
        using var folder = new TestFolder();
        File.CreateSymbolicLink(folder["a.new"], outside["precious"]);
        File.CreateSymbolicLink(folder["a"], outside["precious"]);
        TextFile.Replace(folder["a"], "new", overwrite: true);
        Assert.Equal(("new", "mine", 1), (folder.Read("a"), outside.Read("precious"), Directory.GetFiles(folder.Path).Length));
        Assert.Throws<IOException>(() => TextFile.Replace(folder["a"], "newer", overwrite: false));
        Assert.Equal(("new", 1), (folder.Read("a"), Directory.GetFiles(folder.Path).Length));
    }

    [UnixFact]
    public void What_deployments_leave_goes_through_no_link()
    {
        using var outside = new TestFolder();
        using var folder = new TestFolder();
        Directory.CreateSymbolicLink(folder[".pipewright"], outside.Path);
        var problem = Assert.Throws<IOException>(() => DeploymentFolder.Of(folder.Path).Begin(AzureServices.ScriptedAzure.Target, null));
        Assert.Contains("is a link", problem.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(outside.Path));
    }

    /// <summary>The editor may send what is not read from disk.</summary>
    [Fact]
    public async Task A_document_of_100_MB_in_the_editor_is_one_finding()
    {
        await using var client = await LspClient.StartAsync();
        await client.OpenAsync("file:///somewhere/huge.pipeline.yaml", new string('[', 100_000_000));
        Assert.Equal(["PW1022"], await client.PublishedAsync("file:///somewhere/huge.pipeline.yaml"));
        await client.OpenAsync("file:///somewhere/alive.pipeline.yaml", "activities: []\n");
        Assert.NotNull(await client.RequestAsync("textDocument/documentSymbol", LspClient.At("file:///somewhere/alive.pipeline.yaml")));
    }

    [Fact]
    public async Task Of_thousands_of_findings_an_editor_is_told_the_gravest()
    {
        await using var client = await LspClient.StartAsync();
        await client.OpenAsync("file:///somewhere/many.pipeline.yaml", string.Concat(Enumerable.Range(0, 3000).Select(i => $"k{i}: 1\n")) + "activities: 7\n");
        var codes = await client.PublishedAsync("file:///somewhere/many.pipeline.yaml", c => c.Length > 0);
        Assert.Equal(1000, codes.Length);
        Assert.Contains("PW2002", codes);
    }

    private sealed class UnixFactAttribute : FactAttribute
    {
        public UnixFactAttribute() => Skip = OperatingSystem.IsWindows() ? "Windows lets few make links, and has no devices among its files." : null;
    }

    private sealed class UnixTheoryAttribute : TheoryAttribute
    {
        public UnixTheoryAttribute() => Skip = OperatingSystem.IsWindows() ? "Windows has no devices among its files." : null;
    }
}
