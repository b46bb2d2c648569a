using System.Text.Json;
using Pipewright.Core.Factory;
using Pipewright.Core.Notebooks;
using Pipewright.Core.Schema;
using Pipewright.Deployment;
using Pipewright.Deployment.Comparison;
using Pipewright.Deployment.Planning;
using Pipewright.LanguageServer.Deploying;
using Pipewright.LanguageServer.Live;
using Pipewright.Server.Tests.AzureServices;
using Xunit;

namespace Pipewright.Server.Tests.Hostile;

/// <summary>What is kept between sessions is cut off at any byte, or has any bit turned around: it is read as it was, or as if it were not there, and nothing throws.</summary>
public sealed class DamagedCacheTests
{
    [Fact]
    public void Of_a_factory()
    {
        using var folder = new TestFolder();
        var cache = new LiveCache(new CacheFiles(folder.Path));
        cache.Write(ScriptedAzure.Target, new LiveResources("dev", "adf", DateTimeOffset.UnixEpoch, IsFilling: false)
            .With(ResourceKind.ManagedPrivateEndpoint, [new LiveEntry("adf", ResourceKind.ManagedPrivateEndpoint, "e", """{"name":"e","properties":{}}""", null, "default")])
            .With(ResourceKind.Pipeline, [new LiveEntry("adf", ResourceKind.Pipeline, "p", """{"name":"p","properties":{"a":[1,2]}}""", "tag")]));
        Damage(cache.FileOf(ScriptedAzure.Target), () => cache.Read(ScriptedAzure.Target, "dev")?.All.Select(e => e.Symbol.Name).ToList());
    }

    [Fact]
    public void Of_a_workspace()
    {
        using var folder = new TestFolder();
        var cache = new WorkspaceCache(new CacheFiles(folder.Path));
        var live = new LiveWorkspace("http://localhost:1")
            .With(WorkspacePart.Folder("/Shared"), new KnownPart(new FolderContent([new WorkspaceItem("/Shared/a", WorkspaceItemKind.Notebook, NotebookLanguage.Sql)]), DateTimeOffset.UnixEpoch))
            .With(WorkspacePart.Job("42"), new KnownPart(new JobContent(new JobDefinition("42", "Load", [new("day", null)], ["t"])), DateTimeOffset.UnixEpoch))
            .With(new WorkspacePart(WorkspacePartKind.NodeTypes), new KnownPart(new ListContent([new WorkspaceNodeType("n", "n", 0.5, 1024, "General", true)]), DateTimeOffset.UnixEpoch));
        cache.Write(live);
        Damage(cache.FileOf(live.Domain), () => cache.Read(live.Domain)?.Parts.Count);
    }

    [Fact]
    public void Of_a_baseline()
    {
        using var folder = new TestFolder();
        var baselines = new BaselineFolder(folder.Path, () => { });
        var id = new ResourceId(ResourceKind.Pipeline, "p");
        baselines.Put(id, new Baseline(JsonElement.Parse("""{"properties":{"a":[1]}}"""), [new PropertyChange("properties.a", "1", null)]));
        Damage(Directory.GetFiles(folder.Path, "*", SearchOption.AllDirectories).Single(), () => baselines.Find(id)?.Residue.Length);
    }

    [Fact]
    public void Of_a_journal()
    {
        using var folder = new TestFolder();
        string file;
        using (var journal = DeploymentFolder.Of(folder.Path).Begin(ScriptedAzure.Target, null))
        {
            file = journal.Path;
            journal.End();
        }

        Damage(file, () => FoundJournal.Read(file)?.Record.Header.Factory);
    }

    [Fact]
    public void Of_another_version_it_is_not_read()
    {
        using var folder = new TestFolder();
        var cache = new LiveCache(new CacheFiles(folder.Path));
        cache.Write(ScriptedAzure.Target, new LiveResources("dev", "adf", DateTimeOffset.UnixEpoch, IsFilling: false));
        Assert.NotNull(cache.Read(ScriptedAzure.Target, "dev"));
        var file = cache.FileOf(ScriptedAzure.Target);
        File.WriteAllText(file, File.ReadAllText(file).Replace("\"live\":1", "\"live\":2", StringComparison.Ordinal));
        Assert.Null(cache.Read(ScriptedAzure.Target, "dev"));
    }

    private static void Damage(string file, Func<object?> read)
    {
        var whole = File.ReadAllBytes(file);
        Assert.NotNull(read());
        for (var length = 0; length < whole.Length; length++)
        {
            File.WriteAllBytes(file, whole[..length]);
            _ = read();
        }

        for (var at = 0; at < whole.Length; at++)
        {
            var turned = whole.ToArray();
            turned[at] ^= (byte)(1 << (at % 8));
            File.WriteAllBytes(file, turned);
            _ = read();
        }

        File.WriteAllBytes(file, whole);
        Assert.NotNull(read());
    }
}
