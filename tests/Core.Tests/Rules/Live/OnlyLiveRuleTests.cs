using Pipewright.Core.Emit;
using Pipewright.Core.Factory;
using Pipewright.Core.Rules;
using Pipewright.Core.Schema;
using Pipewright.Core.Text;
using Xunit;

namespace Pipewright.Core.Tests.Rules.Live;

/// <summary>What only the target's factory has is no mistake, and can be brought into the repository.</summary>
public sealed class OnlyLiveRuleTests
{
    private const string Sql = "type: AzureSqlTable\nlinkedServiceName: ";

    [Theory]
    [InlineData("d.dataset.yaml", "type: Json\nlinkedServiceName: [|SharedVault|]\nlocation: { type: AzureBlobFSLocation }")]
    [InlineData("l.linkedService.yaml", "type: SqlServer\nconnectionString: x\nconnectVia: [|onpremises|]")]
    [InlineData("l.linkedService.yaml", "type: AzureBlobFS\nurl: https://x.dfs.core.windows.net\ncredential: [|Robot|]")]
    [InlineData("p.pipeline.yaml", "activities:\n  - { name: C, type: ExecutePipeline, pipeline: [|audit|], parameters: { day: x } }")]
    [InlineData("p.pipeline.yaml", "activities:\n  - { name: L, type: Lookup, dataset: { referenceName: [|Shared|], parameters: { file: f } }, source: { type: JsonSource } }")]
    [InlineData("p.pipeline.yaml", "activities:\n  - { name: F, type: ExecuteDataFlow, dataFlow: [|flow|] }")]
    [InlineData("t.trigger.yaml", "type: TumblingWindowTrigger\nfrequency: Hour\ninterval: 1\nstartTime: '2024-01-01T00:00:00Z'\nmaxConcurrency: 1\ndependsOn: [{ type: TumblingWindowTriggerDependencyReference, referenceTrigger: [|window|] }]")]
    public void It_is_told_and_can_be_brought_in_in_either_form(string path, string marked)
    {
        var (text, spans) = TestText.WithSpans(marked);
        var spec = TestText.Factory(path, text);
        Assert.Contains("PW4001", LiveFactory.Codes(spec, path));
        var git = Conversion.ToGit(spec.Documents[path])[0];
        foreach (var (factory, at) in new[] { (spec, path), (TestText.Factory(git.Path, git.Text), git.Path) })
        {
            var known = factory.WithLive();
            var document = known.Documents[at];
            var finding = Assert.Single(RuleCases.Find(known, document, "PW8001"));
            Assert.Equal(text.Substring(spans[0].Start, spans[0].Length), document.Text.Content.Substring(finding.Span.Start, finding.Span.Length).Trim('"'));
            Assert.Equal(DiagnosticSeverity.Information, finding.Severity);
            Assert.DoesNotContain("PW4001", LiveFactory.Codes(known, at));
            RuleCases.CheckFixes(known, document, "PW8001");
            var creation = Assert.IsType<FileCreation>(Assert.Single(Assert.Single(finding.Fixes).Edit.Files));
            Assert.Equal(document.IsSpec, creation.Path.EndsWith(".yaml", StringComparison.Ordinal));
            var brought = RuleCases.Edit(known, creation);
            Assert.DoesNotContain(brought.Documents[creation.Path].Diagnostics, d => d.Severity == DiagnosticSeverity.Error);
            Assert.DoesNotContain("runtimeState", creation.Content, StringComparison.Ordinal);
            Assert.DoesNotContain("lastPublishTime", creation.Content, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_file_is_where_its_neighbours_are_and_as_they_are()
    {
        const string Trigger = "adf/trigger/t.json";
        var factory = TestText.Factory(
            "adf/pipeline/sub/q.json", """{"name":"q","properties":{"activities":[]}}""",
            Trigger, """{"name":"t","properties":{"type":"ScheduleTrigger","pipelines":[{"pipelineReference":{"referenceName":"audit","type":"PipelineReference"},"parameters":{"day":"x"}}]}}""").WithLive();
        var file = (FileCreation)RuleCases.Find(factory, factory.Documents[Trigger], "PW8001")[0].Fixes[0].Edit.Files[0];
        Assert.Equal("adf/pipeline/audit.json", file.Path);
        Assert.Equal("{\n\t\"name\": \"audit\",\n\t\"properties\": {\n\t\t\"parameters\": {\n\t\t\t\"day\": {\n\t\t\t\t\"type\": \"string\"\n\t\t\t},\n\t\t\t\"rows\": {\n\t\t\t\t\"type\": \"int\",\n\t\t\t\t\"defaultValue\": 0\n\t\t\t}\n\t\t},\n\t\t\"activities\": []\n\t}\n}\n", file.Content);
    }

    [Theory]
    [InlineData("PW4008", "p.pipeline.yaml", "activities:\n  - { name: C, type: ExecutePipeline, pipeline: audit }")]
    [InlineData("PW4005", "p.pipeline.yaml", "activities:\n  - { name: C, type: ExecutePipeline, pipeline: audit, parameters: { day: x, hour: 3 } }")]
    [InlineData("PW4006", "p.pipeline.yaml", "activities:\n  - { name: C, type: ExecutePipeline, pipeline: audit, parameters: { day: x, rows: many } }")]
    [InlineData("PW4004", "p.pipeline.yaml", "activities:\n  - { name: L, type: Lookup, dataset: Shared, source: { type: JsonSource } }")]
    [InlineData("PW4004", "d.dataset.yaml", Sql + "ByServer")]
    public void What_is_passed_to_it_is_checked(string code, string path, string text)
    {
        var factory = TestText.Factory(path, text);
        Assert.DoesNotContain(code, LiveFactory.Codes(factory, path));
        var known = factory.WithLive();
        var finding = Assert.Single(RuleCases.Find(known, known.Documents[path], code));
        Assert.Empty(finding.Related);
        Assert.All(finding.Fixes, f => Assert.Empty(f.Edit.Files));
        RuleCases.CheckFixes(known, known.Documents[path], code);
        var git = Conversion.ToGit(known.Documents[path])[0];
        Assert.Contains(code, LiveFactory.Codes(TestText.Factory(git.Path, git.Text).WithLive(), git.Path));
    }

    [Fact]
    public void What_a_file_declares_counts_before_what_is_live()
    {
        var factory = TestText.Factory("p.pipeline.yaml", "activities:\n  - { name: C, type: ExecutePipeline, pipeline: audit }", "audit.pipeline.yaml", "activities: []").WithLive();
        Assert.DoesNotContain(LiveFactory.Codes(factory, "p.pipeline.yaml"), c => c is "PW8001" or "PW4008" or "PW4001");
    }

    [Fact]
    public void What_neither_has_is_said_to_be_nowhere_and_a_slip_is_seen()
    {
        var factory = TestText.Factory("d.dataset.yaml", Sql + "Nowhere", "e.dataset.yaml", Sql + "SharedVaul").WithLive();
        var nowhere = Assert.Single(RuleCases.Find(factory, factory.Documents["d.dataset.yaml"], "PW4001"));
        Assert.StartsWith("No file here declares the linked service 'Nowhere', and 'adf-dev' does not have it.", nowhere.Message, StringComparison.Ordinal);
        Assert.Contains("Did you mean 'SharedVault'?", Assert.Single(RuleCases.Find(factory, factory.Documents["e.dataset.yaml"], "PW4001")).Message, StringComparison.Ordinal);
        RuleCases.CheckFixes(factory, factory.Documents["d.dataset.yaml"], "PW4001");
    }

    [Fact]
    public void Global_parameters_are_those_of_the_files_and_the_live_ones()
    {
        const string Use = "activities: [{ name: F, type: Fail, message: \"@pipeline().globalParameters.NAME\", errorCode: '1' }]";
        var factory = TestText.Factory(
            "f.factory.yaml", "globalParameters: { own: { type: String, value: x } }", "live.pipeline.yaml", Use.Replace("NAME", "stage", StringComparison.Ordinal), "none.pipeline.yaml", Use.Replace("NAME", "none", StringComparison.Ordinal), "own.pipeline.yaml", Use.Replace("NAME", "own", StringComparison.Ordinal));
        Assert.Contains("PW3105", LiveFactory.Codes(factory, "live.pipeline.yaml"));
        var known = factory.WithLive();
        Assert.DoesNotContain("PW3105", LiveFactory.Codes(known, "live.pipeline.yaml"));
        var finding = Assert.Single(RuleCases.Find(known, known.Documents["live.pipeline.yaml"], "PW8001"));
        Assert.Equal("stage", known.Documents["live.pipeline.yaml"].Text.Content.Substring(finding.Span.Start, finding.Span.Length));
        Assert.Contains("PW3105", LiveFactory.Codes(known, "none.pipeline.yaml"));
        Assert.DoesNotContain("PW8001", LiveFactory.Codes(known, "own.pipeline.yaml"));

        // Files that leave all of them to the factory are not told so at every use.
        Assert.DoesNotContain(LiveFactory.Codes(known.Without("f.factory.yaml"), "live.pipeline.yaml"), c => c is "PW8001" or "PW3105");
    }

    [Fact]
    public void Only_what_depends_on_what_is_live_is_checked_again()
    {
        var factory = TestText.Factory(
            "a.dataset.yaml", Sql + "SharedVault", "b.dataset.yaml", Sql + "Nowhere", "c.pipeline.yaml", "activities: [{ name: W, type: Wait, waitTimeInSeconds: 1 }]").WithLive();
        string CheckedAgain(FactorySnapshot next)
        {
            var before = next.Documents.Values.ToDictionary(d => d.Path, d => d.LastCheck);
            foreach (var document in next.Documents.Values)
            {
                RuleSet.Check(next, document, default);
            }

            return string.Join(' ', next.Documents.Values.Where(d => d.LastCheck != before[d.Path]).Select(d => d.Path).Order(StringComparer.Ordinal));
        }

        CheckedAgain(factory);
        var live = LiveFactory.Usual;
        LiveEntry Made(string name, string properties) => LiveFactory.Of("linkedService", name, properties).All.Single();
        Assert.Equal("", CheckedAgain(factory.WithLive(live with { ReadAt = LiveFactory.ReadAt.AddHours(1) })));
        Assert.Equal("", CheckedAgain(factory.WithLive(live.With(ResourceKind.LinkedService, live.OfKind(ResourceKind.LinkedService).Select(e => Made(e.Name, e.Content[(e.Content.IndexOf("\"properties\":", StringComparison.Ordinal) + 13)..^1]))))));
        Assert.Equal("b.dataset.yaml", CheckedAgain(factory.WithLive(live.With(ResourceKind.LinkedService, "New", Made("New", """{"type":"AzureKeyVault"}""")))));
        Assert.Equal("a.dataset.yaml b.dataset.yaml", CheckedAgain(factory.WithLive(live.With(ResourceKind.LinkedService, "SharedVault", null))));
        Assert.Equal("a.dataset.yaml b.dataset.yaml c.pipeline.yaml", CheckedAgain(factory.With((LiveResources?)null)));
    }

    [Theory]
    [InlineData("a/b", "a%2Fb")]
    [InlineData("../../x", "%2E.%2F..%2Fx")]
    [InlineData("..", "%2E%2E")]
    [InlineData("C:\\x", "C%3A%5Cx")]
    [InlineData("nul", "%6Eul")]
    [InlineData("Com1.x", "%43om1.x")]
    [InlineData("end. ", "end.%20")]
    [InlineData("a\0b", "a%00b")]
    [InlineData("", "%")]
    [InlineData("Orders 2024-05", "Orders 2024-05")]
    public void A_name_never_leads_out_of_its_folder(string name, string file)
    {
        Assert.Equal(file, FilePlace.ToFileName(name));
        Assert.Equal($"pipeline/{file}.pipeline.yaml", FilePlace.Find(FactorySnapshot.Empty, ResourceKind.Pipeline, name, null, isSpec: true));
        Assert.Equal($"managedVirtualNetwork/{file}/managedPrivateEndpoint/{file}.json", FilePlace.Find(FactorySnapshot.Empty, ResourceKind.ManagedPrivateEndpoint, name, name, isSpec: false));
    }
}
