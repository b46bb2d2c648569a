using Pipewright.Core.Emit;
using Pipewright.Core.Factory;
using Pipewright.Core.Text;
using Xunit;

namespace Pipewright.Core.Tests.Rules.Databricks;

/// <summary>What only a workspace can tell: said where it has answered, in both forms, and nowhere else.</summary>
public sealed class WorkspaceNameRuleTests
{
    private const string Service = "s.linkedService.yaml";
    private const string Pipeline = "p.pipeline.yaml";

    private static string Activity(string type, string rest) => $"parameters: {{ day: string }}\nactivities:\n  - name: A\n    type: {type}\n    linkedServiceName: Databricks\n{string.Join('\n', rest.Split('\n').Select(l => "    " + l))}\n";

    private static string Notebook(string path, string parameters = "{ day: x }") => Activity("DatabricksNotebook", $"notebookPath: {path}\nbaseParameters: {parameters}");

    private static string Compute(string rest) => $"type: AzureDatabricks\ndomain: https://adb-1.2.azuredatabricks.net\nauthentication: MSI\nworkspaceResourceId: /subscriptions/s/w\n{rest}\n";

    public static TheoryData<string, string, string, string> Mistakes => new()
    {
        { "PW6021", Pipeline, Notebook("[|/Shared/etl/laod|]"), "Did you mean 'load'?" },
        { "PW6021", Pipeline, Notebook("[|/Workspace/Shared/etl/laod|]"), "Did you mean 'load'?" },
        { "PW6021", Pipeline, Notebook("[|/Gone/x|]"), "has no folder '/Gone'" },
        { "PW6021", Pipeline, Activity("DatabricksSparkPython", "pythonFile: [|/Shared/etl/tools.py|]"), "Did you mean 'tool.py'?" },
        { "PW6022", Pipeline, Notebook("[|/Shared/etl|]"), "is a folder" },
        { "PW6022", Pipeline, Notebook("[|/Shared/etl/tool.py|]"), "is a plain file" },
        { "PW6023", Pipeline, Activity("DatabricksJob", "jobId: '[|43|]'"), "has no job 43" },
        { "PW6024", Pipeline, Activity("DatabricksJob", "jobId: '42'\njobParameters: { day: x, [|mod|]: full }"), "Did you mean 'mode'?" },
        { "PW6024", Pipeline, Activity("DatabricksJob", "jobId: '42'\njobParameters: { day: x, [|elsewhere|]: full }"), "It declares day, mode." },
        { "PW6025", Pipeline, Activity("DatabricksJob", "jobId: '[|42|]'"), "a parameter 'day'" },
        { "PW6026", Service, Compute("existingClusterId: [|0101-120000-other001|]"), "has no cluster" },
        { "PW6026", Service, Compute("existingClusterId: [|shared|]"), "is meant by its id here: '0101-120000-shared01'" },
        { "PW6026", Service, Compute("instancePoolId: [|none|]\nnewClusterVersion: 15.4.x-scala2.12\nnewClusterNumOfWorker: '1'"), "has no instance pool" },
        { "PW6026", Service, Compute("policyId: [|none|]\nnewClusterVersion: 15.4.x-scala2.12"), "has no cluster policy" },
        { "PW6027", Service, Compute("newClusterVersion: [|15.5.x-scala2.12|]\nnewClusterNumOfWorker: '1'\nnewClusterNodeType: Standard_D4ds_v5"), "Did you mean" },
        { "PW6027", Service, Compute("newClusterVersion: [|elsewhere|]\nnewClusterNumOfWorker: '1'\nnewClusterNodeType: Standard_D4ds_v5"), "long-term support is '15.4.x-scala2.12'" },
        { "PW6028", Service, Compute("newClusterVersion: 15.4.x-scala2.12\nnewClusterNumOfWorker: '1'\nnewClusterNodeType: [|Standard_D4ds_v6|]"), "Did you mean 'Standard_D4ds_v5'?" },
        { "PW6029", Service, Compute("newClusterVersion: 15.4.x-scala2.12\nnewClusterNumOfWorker: '1'\nnewClusterNodeType: [|Standard_DS3_v2|]"), "is deprecated" },
        { "PW6026", Pipeline, Activity("DatabricksNotebook", "notebookPath: /Shared/etl/load").Replace("Databricks\n", "{ referenceName: ByCluster, parameters: { cluster: '[|0000-000000-missing1|]' } }\n", StringComparison.Ordinal), "has no cluster" },
    };

    /// <summary>The same contract as that of a file.</summary>
    public static TheoryData<string, string, string> Contracts => new()
    {
        { "PW6006", Notebook("/Shared/etl/load", "{ day: x, [|dya|]: y }"), "no widget 'dya'" },
        { "PW6008", Notebook("[|/Shared/etl/load|]", "{ mode: full }"), "'day', whose default is empty" },
        { "PW6009", Notebook("/Shared/etl/load", "{ day: x, mode: [|none|] }"), "not among the choices" },
        { "PW6013", Notebook("/Shared/etl/load") + "  - { name: F, type: Fail, errorCode: '1', message: \"@string(activity('A').output.runOutput.[|row|])\", dependsOn: A }\n", "Did you mean 'rows'?" },
    };

    private static FactorySnapshot Around(string path, string text) => TestText.Factory(
        KnownWorkspaces.Path, KnownWorkspaces.Service, "ByCluster.linkedService.yaml", "parameters: { cluster: string }\n" + Compute("existingClusterId: \"@linkedService().cluster\""), path, text);

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void It_is_told_in_either_form_where_the_workspace_has_answered(string code, string path, string marked, string message)
    {
        var (text, spans) = TestText.WithSpans(marked);
        var spec = Around(path, text);
        Assert.Empty(RuleCases.Find(spec, spec.Documents[path], code));
        var git = Conversion.ToGit(spec.Documents[path])[0];
        foreach (var (factory, at) in new[] { (spec, path), (spec.Without(path).With(TestText.Document(git.Path, git.Text)), git.Path) })
        {
            var known = factory.WithWorkspaces();
            var document = known.Documents[at];
            var finding = Assert.Single(RuleCases.Find(known, document, code));
            Assert.Equal(text.Substring(spans[0].Start, spans[0].Length), document.Text.Content.Substring(finding.Span.Start, finding.Span.Length).Trim('"', '\''));
            Assert.Contains(message, finding.Message, StringComparison.Ordinal);
            RuleCases.CheckFixes(known, document, code);

            // Neither what an earlier session read counts, nor what could not be read again, nor anything of a workspace that does not answer.
            foreach (var old in new[] { KnownWorkspaces.Usual.Change(p => p with { IsFromDisk = true }), KnownWorkspaces.Usual.Change(p => p with { Problem = "Refused." }), KnownWorkspaces.Usual.With(KnownWorkspaces.Usual.Find(KnownWorkspaces.Domain)! with { Problem = "Away." }) })
            {
                var unsure = factory.WithWorkspaces(old);
                Assert.Empty(RuleCases.Find(unsure, unsure.Documents[at], code));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Contracts))]
    public void A_notebook_that_no_file_has_is_held_to_its_contract(string code, string marked, string message)
    {
        var (text, spans) = TestText.WithSpans(marked);
        var factory = Around(Pipeline, text).WithWorkspaces();
        var finding = Assert.Single(RuleCases.Find(factory, factory.Documents[Pipeline], code));
        Assert.Equal(spans[0], finding.Span);
        Assert.Contains(message, finding.Message, StringComparison.Ordinal);
        RuleCases.CheckFixes(factory, factory.Documents[Pipeline], code);
        var old = factory.WithWorkspaces(KnownWorkspaces.Usual.Change(p => p with { IsFromDisk = true }));
        Assert.Empty(RuleCases.Find(old, old.Documents[Pipeline], code));
    }

    [Theory]
    [InlineData(Pipeline, "/Shared/etl/load")]
    [InlineData(Pipeline, "/Workspace/Shared/etl/LOAD")]
    [InlineData(Pipeline, "/Users/a@b.c/unknown")]
    [InlineData(Pipeline, "\"@pipeline().parameters.day\"")]
    public void Paths_that_are_there_or_in_no_folder_that_is_known_are_left_alone(string path, string notebook)
    {
        var factory = Around(path, Notebook(notebook)).WithWorkspaces();
        Assert.DoesNotContain(LiveFactory.Codes(factory, path), c => c.StartsWith("PW602", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("existingClusterId: 0101-120000-shared01")]
    [InlineData("newClusterVersion: custom:own\nnewClusterNumOfWorker: '1'\nnewClusterNodeType: Standard_D4ds_v5")]
    [InlineData("instancePoolId: 1234-pool\nnewClusterVersion: 15.4.x-scala2.12\nnewClusterNumOfWorker: '1'")]
    public void Compute_that_is_there_is_left_alone(string compute)
    {
        var factory = Around(Service, Compute(compute)).WithWorkspaces();
        Assert.DoesNotContain(LiveFactory.Codes(factory, Service), c => c.StartsWith("PW602", StringComparison.Ordinal));
    }

    [Fact]
    public void A_folder_of_this_machine_has_the_first_word()
    {
        var factory = TestText.Factory(
            KnownWorkspaces.Path, KnownWorkspaces.Service, "notebooks/here.py", "# Databricks notebook source\n", "here.pipeline.yaml", Notebook("/Shared/demo/here", "{}"), "gone.pipeline.yaml", Notebook("/Shared/demo/gone", "{}"))
            .WithWorkspaces(KnownWorkspaces.Of((WorkspacePart.Folder("/Shared/demo"), KnownWorkspaces.Folder())));
        Assert.DoesNotContain(LiveFactory.Codes(factory, "here.pipeline.yaml"), c => c.StartsWith("PW60", StringComparison.Ordinal));
        Assert.Equal(["PW6001"], LiveFactory.Codes(factory, "gone.pipeline.yaml").Where(c => c.StartsWith("PW60", StringComparison.Ordinal)));
    }

    [Fact]
    public void Only_what_depends_on_an_answer_is_checked_again()
    {
        var factory = Around("a.pipeline.yaml", Notebook("/Shared/etl/load")).With(TestText.Document("b.pipeline.yaml", Notebook("/Shared/setup", "{}"))).With(TestText.Document("c.pipeline.yaml", "activities: []")).WithWorkspaces();
        string CheckedAgain(FactorySnapshot next)
        {
            var before = next.Documents.Values.ToDictionary(d => d.Path, d => d.LastCheck);
            foreach (var document in next.Documents.Values)
            {
                _ = LiveFactory.Codes(next, document.Path).ToList();
            }

            return string.Join(' ', next.Documents.Values.Where(d => d.LastCheck != before[d.Path]).Select(d => d.Path).Order());
        }

        CheckedAgain(factory);
        Assert.Equal("", CheckedAgain(factory.WithWorkspaces(KnownWorkspaces.Usual.Change(p => p with { ReadAt = p.ReadAt.AddDays(1), IsFilling = true }))));
        var another = KnownWorkspaces.Usual.With(KnownWorkspaces.Usual.Find(KnownWorkspaces.Domain)!.With(WorkspacePart.Folder("/Shared"), new KnownPart(KnownWorkspaces.Folder("/Shared/etl/"), KnownWorkspaces.ReadAt)));
        Assert.Equal("b.pipeline.yaml", CheckedAgain(factory.WithWorkspaces(another)));
    }

    [Theory]
    [InlineData("type: AzureDatabricks\ndomain: adb-1.2.azuredatabricks.net", "", KnownWorkspaces.Domain)]
    [InlineData("type: AzureDatabricks\nparameters: { d: string }\ndomain: \"@linkedService().d\"", "d: HTTPS://ADB-1.2.azuredatabricks.net/?o=1", KnownWorkspaces.Domain)]
    [InlineData("type: AzureDatabricks\nparameters: { d: { type: string, defaultValue: adb-1.2 } }\ndomain: \"https://@{linkedService().d}.azuredatabricks.net\"", "", KnownWorkspaces.Domain)]
    [InlineData("type: AzureDatabricks\nparameters: { d: string }\ndomain: \"@{linkedService().d}\"", "d: \"@pipeline().globalParameters.workspace\"", KnownWorkspaces.Domain)]
    [InlineData("type: AzureDatabricks\nparameters: { d: string }\ndomain: \"@linkedService().d\"", "d: \"@pipeline().parameters.day\"", null)]
    [InlineData("type: AzureDatabricks\nparameters: { d: string }\ndomain: \"@linkedService().d\"", "", null)]
    [InlineData("type: AzureDatabricks\ndomain: \"not an address\"", "", null)]
    [InlineData("type: AzureKeyVault\nbaseUrl: https://adb-1.2.azuredatabricks.net", "", null)]
    public void The_workspace_is_found_where_it_can_be_told(string service, string arguments, string? expected)
    {
        var text = Notebook("/Shared/etl/load").Replace("Databricks\n", $"{{ referenceName: L, parameters: {{ {arguments} }} }}\n", StringComparison.Ordinal);
        var factory = TestText.Factory("L.linkedService.yaml", service, "f.factory.yaml", $"globalParameters: {{ workspace: {{ type: string, value: {KnownWorkspaces.Domain} }} }}", Pipeline, text);
        Assert.Equal(expected, WorkspaceAddress.Of(factory, new ActivityGraph(factory.Documents[Pipeline].Resources[0]).All[0].Activity.Node));
    }

    [Theory]
    [InlineData(null, "https://adb-1.2.azuredatabricks.net")]
    [InlineData("prod", "https://adb-9.9.azuredatabricks.net")]
    [InlineData("test", null)]
    public void The_overrides_of_the_target_decide(string? target, string? expected)
    {
        var factory = Around(Pipeline, Notebook("/Shared/etl/load")).With(FactoryConfiguration.Parse(new SourceText("""
            targets:
              prod: { subscription: s, resourceGroup: g, factory: f, overrides: [{ linkedService: Data*, set: { typeProperties.domain: 'https://adb-9.9.azuredatabricks.net' } }] }
              test: { subscription: s, resourceGroup: g, factory: f, overrides: [{ linkedService: Databricks, set: { domain: 'https://${env:WORKSPACE}' } }] }
            """))).With(new LiveWorkspaces(target));
        Assert.Equal(expected, WorkspaceAddress.FindAll(factory).Select(w => w.Domain).FirstOrDefault(d => d != KnownWorkspaces.Domain || target is null));
    }
}
