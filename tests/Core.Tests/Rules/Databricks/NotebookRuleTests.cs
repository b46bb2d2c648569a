using Pipewright.Core.Features;
using Pipewright.Core.Notebooks;
using Pipewright.Core.Rules;
using Pipewright.Core.Text;
using Xunit;

namespace Pipewright.Core.Tests.Rules.Databricks;

/// <summary>Activities against the notebooks that they call.</summary>
public sealed class NotebookRuleTests
{
    private const string Clean = """
        # Databricks notebook source
        import json
        dbutils.widgets.text("day", "")
        dbutils.widgets.text("catalog", "dev")
        dbutils.widgets.dropdown("mode", "full", ["full", "delta"])
        dbutils.widgets.multiselect("parts", "a", ["a", "b"])
        day = dbutils.widgets.get("day")
        dbutils.notebook.exit(json.dumps({"loaded": 1, "by": {"day": 2}}))
        """;

    private const string Strict = "# Databricks notebook source\nday = dbutils.widgets.get(\"day\")\n";

    private const string Free = "# Databricks notebook source\np = dbutils.widgets.getAll()\ndbutils.notebook.exit(p[\"x\"])\n";

    private const string Includes = "# Databricks notebook source\n# MAGIC %run ./clean\n";

    private const string IncludesMore = "# Databricks notebook source\n# MAGIC %run ./nowhere\n";

    private const string Text = "# Databricks notebook source\ndbutils.notebook.exit(\"done\")\n";

    private static readonly string[] Notebooks =
    [
        "notebooks/clean.py", Clean, "notebooks/strict.py", Strict, "notebooks/free.py", Free, "notebooks/includes.py", Includes, "notebooks/includes_more.py", IncludesMore,
        "notebooks/text.py", Text, "notebooks/plain.py", "x = 1\n",
    ];

    [Theory]
    [InlineData("PW6001", "notebookPath: [|/Shared/demo/claen|]")]
    [InlineData("PW6001", "notebookPath: [|/Workspace/Shared/demo/sub/clean|], baseParameters: { day: '1', \"a b\": '2' }")]
    [InlineData("PW6001", "notebookPath: [|/Shared/demo/new|]")]
    [InlineData("PW6002", "notebookPath: [|Shared/demo/clean|]")]
    [InlineData("PW6002", "notebookPath: [|\"https://adb-1.2.azuredatabricks.net/#notebook/3\"|]")]
    [InlineData("PW6003", "notebookPath: [|/Shared/demo/clean.py|]")]
    [InlineData("PW6003", "notebookPath: [|/Elsewhere/clean.ipynb|]")]
    [InlineData("PW6004", "notebookPath: [|/Shared\\demo|]")]
    [InlineData("PW6005", "notebookPath: [|/Shared/demo/plain|]")]
    [InlineData("PW6006", "notebookPath: /Shared/demo/clean, baseParameters: { day: '1', [|dya|]: '2', [|other|]: '3' }")]
    [InlineData("PW6006", "notebookPath: /Shared/demo/includes, baseParameters: { [|catalgo|]: '2' }")]
    [InlineData("PW6007", "notebookPath: [|/Shared/demo/strict|]")]
    [InlineData("PW6007", "notebookPath: [|/Shared/demo/strict|], baseParameters: { Day: '1' }")]
    [InlineData("PW6008", "notebookPath: [|/Shared/demo/clean|]")]
    [InlineData("PW6008", "notebookPath: [|/Shared/demo/includes|], baseParameters: { catalog: x }")]
    [InlineData("PW6009", "notebookPath: /Shared/demo/clean, baseParameters: { mode: [|ful|] }")]
    [InlineData("PW6009", "notebookPath: /Shared/demo/clean, baseParameters: { mode: [|Delta|], parts: [|'a,c'|] }")]
    [InlineData("PW6010", "notebookPath: /x, baseParameters: { a: [|true|], b: [|\"@pipeline().parameters.list\"|] }")]
    [InlineData("PW6011", "notebookPath: /x, baseParameters: { [|a|]: null }")]
    public void It_is_found_and_mended(string code, string activity) => RuleCases.Finds(code, "p.pipeline.yaml", Pipeline(activity), Notebooks);

    [Theory]
    [InlineData("PW6001", "notebookPath: /Shared/demo/CLEAN")]
    [InlineData("PW6001", "notebookPath: /Elsewhere/x")]
    [InlineData("PW6001", "notebookPath: \"@concat('/Shared/demo/', 'x')\"")]
    [InlineData("PW6001", "notebookPath: \"/Shared/demo/@{pipeline().Pipeline}\"")]
    [InlineData("PW6001", "notebookPath: /Shared/demo/nowhere, state: Inactive")]
    [InlineData("PW6002", "notebookPath: /x")]
    [InlineData("PW6003", "notebookPath: /x/load.v2")]
    [InlineData("PW6005", "notebookPath: /Shared/demo/clean")]
    [InlineData("PW6006", "notebookPath: /Shared/demo/free, baseParameters: { any: '1' }")]
    [InlineData("PW6006", "notebookPath: /Shared/demo/includes_more, baseParameters: { any: '1' }")]
    [InlineData("PW6006", "notebookPath: /Shared/demo/strict, baseParameters: { day: '1' }")]
    [InlineData("PW6007", "notebookPath: /Shared/demo/strict, baseParameters: { day: '1' }")]
    [InlineData("PW6007", "notebookPath: /Shared/demo/clean")]
    [InlineData("PW6008", "notebookPath: /Shared/demo/clean, baseParameters: { day: \"@item()\" }")]
    [InlineData("PW6009", "notebookPath: /Shared/demo/clean, baseParameters: { mode: full, parts: 'a, b' }")]
    [InlineData("PW6009", "notebookPath: /Shared/demo/clean, baseParameters: { mode: \"@item()\" }")]
    [InlineData("PW6010", "notebookPath: /x, baseParameters: { a: 1, b: \"@string(pipeline().parameters.list)\", c: \"@activity('B').output\" }")]
    [InlineData("PW6011", "notebookPath: /x, baseParameters: { a: '' }")]
    public void Nothing_is_found_where_nothing_is_wrong(string code, string activity) => RuleCases.FindsNothing(code, "p.pipeline.yaml", Pipeline(activity), Notebooks);

    [Theory]
    [InlineData("PW6012", "text", ".[|state|]")]
    [InlineData("PW6013", "clean", ".[|loadd|]")]
    [InlineData("PW6013", "clean", "?.by.[|dya|]")]
    [InlineData("PW6013", "clean", "['[|other|]']")]
    [InlineData("PW6012", "clean", ".loaded")]
    [InlineData("PW6013", "clean", ".loaded")]
    [InlineData("PW6013", "clean", ".by.day")]
    [InlineData("PW6013", "free", ".any")]
    [InlineData("PW6012", "text", "")]
    public void What_a_notebook_gives_back_is_what_can_be_read(string code, string notebook, string read) => RuleCases.Finds(
        code, "p.pipeline.yaml", Pipeline($"notebookPath: /Shared/demo/{notebook}", $"@activity('A').output.runOutput{read}"), Notebooks);

    [Theory]
    [InlineData("@activity('A').output.[|runOutput|]", 1)]
    [InlineData("@{activity('A').output['runOutput'].x}", 1)]
    [InlineData("@activity('A').output?.runOutput", 0)]
    public void A_notebook_without_an_exit_gives_nothing_back(string expression, int count)
    {
        var (text, _) = TestText.WithSpans(Pipeline("notebookPath: /Shared/demo/strict", expression));
        var factory = TestText.Factory([.. Notebooks, "p.pipeline.yaml", text]);
        Assert.Equal(count, RuleCases.Find(factory, factory.Documents["p.pipeline.yaml"], "PW6014").Length);
        RuleCases.CheckFixes(factory, factory.Documents["p.pipeline.yaml"], "PW6014");
    }

    [Fact]
    public void A_slip_between_what_is_written_and_what_is_read_is_found_if_it_is_asked_for() => Assert.Single(RuleCases.Finds(
        "PW6015", "p.pipeline.yaml",
        "activities:\n  - { name: A, type: DatabricksNotebook, linkedServiceName: W, notebookPath: /Shared/demo/write }\n"
        + "  - { name: B, type: DatabricksNotebook, linkedServiceName: W, dependsOn: [A], notebookPath: [|/Shared/demo/read|] }\n",
        "notebooks/write.py", "# Databricks notebook source\ndf.write.saveAsTable(\"silver.orders\")\n", "notebooks/read.sql", "-- Databricks notebook source\nSELECT * FROM silver.order\n"));

    [Theory]
    [InlineData("PW6007", "notebookPath: /Shared/demo/strict", "parameters: { list: array, day: string }")]
    [InlineData("PW6007", "notebookPath: /Shared/demo/strict", "baseParameters: { day: \"@pipeline().parameters.day\" }")]
    [InlineData("PW6002", "notebookPath: x", "notebookPath: /x")]
    [InlineData("PW6009", "notebookPath: /Shared/demo/clean, baseParameters: { mode: FULL }", "mode: full")]
    [InlineData("PW6010", "notebookPath: /x, baseParameters: { b: \"@pipeline().parameters.list\" }", "@string(pipeline().parameters.list)")]
    public void A_fix_says_what_was_meant(string code, string activity, string expected) =>
        Assert.Contains(expected, RuleCases.Fix(code, "p.pipeline.yaml", Pipeline(activity), 0, Notebooks), StringComparison.Ordinal);

    [Fact]
    public void A_notebook_is_created_with_the_widgets_that_are_passed()
    {
        var factory = TestText.Factory([.. Notebooks, "p.pipeline.yaml", Pipeline("notebookPath: /Shared/demo/sub/new, baseParameters: { day: '1', \"a b\": '2' }")]);
        var fix = RuleCases.Find(factory, factory.Documents["p.pipeline.yaml"], "PW6001")[0].Fixes.Single(f => f.Title.StartsWith("Create", StringComparison.Ordinal));
        Assert.Equal(
            new FileCreation("notebooks/sub/new.py", "# Databricks notebook source\ndbutils.widgets.text(\"day\", \"\")\ndbutils.widgets.text(\"a b\", \"\")\n\nday = dbutils.widgets.get(\"day\")\n"),
            Assert.Single(fix.Edit.Files));
    }

    [Fact]
    public void A_changed_notebook_checks_only_those_again_that_call_it()
    {
        var factory = TestText.Factory([.. Notebooks, "a.pipeline.yaml", Pipeline("notebookPath: /Shared/demo/strict"), "b.pipeline.yaml", Pipeline("notebookPath: /Shared/demo/includes"), "c.pipeline.yaml", Pipeline("notebookPath: /x")]);
        var before = factory.Documents.Values.ToDictionary(d => d.Path, d => RuleSet.Check(factory, d, default));
        var edited = factory.With(factory.Notebooks.With("notebooks/clean.py", Notebook.Parse("a.py", new SourceText("# Databricks notebook source\n"))));
        var again = factory.Documents.Values.Where(d => RuleSet.Check(edited, d, default) != before[d.Path]).Select(d => d.Path);
        Assert.Equal(["b.pipeline.yaml"], again);
    }

    [Fact]
    public void Members_that_a_notebook_gives_back_are_proposed()
    {
        var (text, offset) = TestText.WithCursor(Pipeline("notebookPath: /Shared/demo/clean", "@activity('A').output.runOutput.|"));
        var factory = TestText.Factory([.. Notebooks, "p.pipeline.yaml", text]);
        var labels = LanguageFeatures.GetCompletion(factory, factory.Documents["p.pipeline.yaml"], offset, default).Items.Select(i => i.Label);
        Assert.Superset(new HashSet<string> { "loaded", "by" }, labels.ToHashSet());
    }

    private static string Pipeline(string activity, string? read = null) =>
        $"parameters: {{ list: array }}\nactivities:\n  - {{ name: A, type: DatabricksNotebook, linkedServiceName: W, {activity} }}\n"
        + (read is null ? "" : $"  - {{ name: B, type: Fail, dependsOn: [A], errorCode: '1', message: \"{read}\" }}\n");
}
