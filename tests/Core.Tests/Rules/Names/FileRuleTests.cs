using Pipewright.Core.Text;
using Xunit;

namespace Pipewright.Core.Tests.Rules.Names;

/// <summary>A file says what it holds by its place and its name; both have to agree with its content.</summary>
public sealed class FileRuleTests
{
    [Theory]
    [InlineData("p.pipeline.yaml", "name: [|q|]\nactivities: []")]
    [InlineData("pipeline/p.json", """{"name":[|"q"|],"properties":{"activities":[]}}""")]
    public void A_file_of_another_name_is_found(string path, string text) => Assert.Equal(2, RuleCases.Finds("PW2010", path, text)[0].Fixes.Length);

    [Theory]
    [InlineData("p.pipeline.yaml", "name: P\nactivities: []")]
    [InlineData("p.pipeline.yaml", "activities: []")]
    [InlineData("pipeline/p.json", """{"name":"P","properties":{"activities":[]}}""")]
    [InlineData("p.pipeline.yaml", "name: a\nactivities: []\n---\nname: b\nactivities: []")]
    public void A_file_of_the_same_name_is_not(string path, string text) => RuleCases.FindsNothing("PW2010", path, text);

    [Fact]
    public void A_file_is_renamed_to_what_others_call_its_resource()
    {
        const string text = """{"name":"q","properties":{"activities":[]}}""";
        var factory = TestText.Factory("pipeline/p.json", text, "r.pipeline.yaml", "activities: [{ name: E, type: ExecutePipeline, pipeline: q }]");
        var fix = Assert.Single(RuleCases.Find(factory, factory.Documents["pipeline/p.json"], "PW2010")[0].Fixes);
        Assert.Equal(text, RuleCases.Apply(factory, "pipeline/p.json", fix).Documents["pipeline/q.json"].Text.Content);
    }

    [Fact]
    public void No_file_is_written_over()
    {
        var found = RuleCases.Finds("PW2010", "pipeline/p.json", """{"name":[|"q"|],"properties":{"activities":[]}}""", "pipeline/Q.json", """{"name":"z","properties":{"activities":[]}}""");
        Assert.DoesNotContain(found[0].Fixes, f => f.Edit.Files.Any(c => c is FileRename));
    }

    [Theory]
    [InlineData("pipeline/p.json", """{"name":"p","type":[|"Microsoft.DataFactory/factories/datasets"|],"properties":{"activities":[]}}""")]
    [InlineData("p.pipeline.yaml", "type: [|Microsoft.DataFactory/factories/triggers|]\nactivities: []")]
    public void The_type_of_another_kind_is_found(string path, string text) => RuleCases.Finds("PW5021", path, text);

    [Theory]
    [InlineData("pipeline/p.json", """{"name":"p","type":"microsoft.datafactory/factories/Pipelines","properties":{"activities":[]}}""")]
    [InlineData("linkedService/l.json", """{"name":"l","type":"Microsoft.Synapse/workspaces/linkedservices","properties":{"type":"AzureBlobFS","typeProperties":{"url":"https://x.dfs.core.windows.net"}}}""")]
    public void A_type_that_nobody_reads_is_not(string path, string text)
    {
        RuleCases.FindsNothing("PW5021", path, text);
        RuleCases.FindsNothing("PW2004", path, text);
    }

    [Theory]
    [InlineData("dataset/p.json", """{"name":[|"p"|],"properties":{"activities":[]}}""", "pipeline/p.json")]
    [InlineData("adf/pipeline/sub/d.json", """{"name":[|"d"|],"properties":{"type":"DelimitedText","linkedServiceName":{"referenceName":"L","type":"LinkedServiceReference"}}}""", "adf/dataset/sub/d.json")]
    [InlineData("dataset/l.json", """{"name":[|"l"|],"properties":{"type":"AzureDatabricks"}}""", "linkedService/l.json")]
    [InlineData("etl/t.pipeline.yml", "name: [|t|]\ntype: ScheduleTrigger", "etl/t.trigger.yml")]
    public void A_resource_of_another_kind_is_found_and_moved(string path, string text, string newPath)
    {
        var fix = Assert.Single(RuleCases.Finds("PW5022", path, text)[0].Fixes);
        Assert.Equal(new FileRename(path, newPath), Assert.Single(fix.Edit.Files));
    }

    [Theory]
    [InlineData("pipeline/p.json", """{"name":"p","properties":{"activities":[]}}""")]
    [InlineData("dataset/d.json", """{"name":"d","properties":{"type":"Nobody","activities":"x"}}""")]
    [InlineData("dataset/d.json", """{"name":"d","properties":{"type":"Binary"}}""")]
    [InlineData("factory/f.json", """{"name":"fff","properties":{"type":"AzureDatabricks"}}""")]
    public void A_resource_in_its_place_is_not(string path, string text) => RuleCases.FindsNothing("PW5022", path, text);

    [Theory]
    [InlineData("activities: []\nfolder: { name: [|/a/b|] }")]
    [InlineData("activities: []\nfolder:\n  name: [|'a//b/ '|]")]
    [InlineData("activities: []\nfolder: { name: [|a\\b|] }")]
    [InlineData("activities: []\nfolder: { name: [|/|] }")]
    public void A_folder_without_a_name_is_found(string text) => RuleCases.Finds("PW5023", "p.pipeline.yaml", text);

    [Theory]
    [InlineData("activities: []\nfolder: { name: 1. Bronze/a b }")]
    [InlineData("activities: []\nfolder: { name: '' }")]
    [InlineData("activities: []\nfolder: { name: 5 }")]
    public void A_folder_with_one_is_not(string text) => RuleCases.FindsNothing("PW5023", "p.pipeline.yaml", text);
}
