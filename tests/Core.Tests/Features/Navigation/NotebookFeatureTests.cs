using Pipewright.Core.Factory;
using Pipewright.Core.Features;
using Pipewright.Core.Features.Navigation;
using Pipewright.Core.Features.Notebooks;
using Pipewright.Core.Text;
using Xunit;

namespace Pipewright.Core.Tests.Features.Navigation;

/// <summary>Proposals, hovers and ways between activities and the notebooks that they call.</summary>
public sealed class NotebookFeatureTests
{
    private const string Clean = "# Databricks notebook source\n# MAGIC %md Orders, cleaned\n# COMMAND ----------\ndbutils.widgets.text(\"day\", \"\")\n"
        + "dbutils.widgets.dropdown(\"mode\", \"full\", [\"full\", \"delta\"])\nday = dbutils.widgets.get(\"day\")\n";

    [Theory]
    [InlineData("notebookPath: /|", "/Shared/")]
    [InlineData("notebookPath: /Shared/demo/|", "/Shared/demo/clean")]
    [InlineData("notebookPath: /Shared/demo/|", "/Shared/demo/gold/")]
    [InlineData("notebookPath: /Shared/demo/gold/|", "/Shared/demo/gold/build")]
    [InlineData("notebookPath: /Shared/demo/clean\n    baseParameters:\n      |", "day")]
    [InlineData("notebookPath: /Shared/demo/clean\n    baseParameters:\n      |", "mode")]
    [InlineData("notebookPath: /Shared/demo/clean\n    baseParameters:\n      mode: |", "delta")]
    public void It_is_proposed(string marked, string label)
    {
        var (factory, document, offset) = At(marked);
        Assert.Contains(label, LanguageFeatures.GetCompletion(factory, document, offset, default).Items.Select(i => i.Label));
    }

    [Fact]
    public void A_parameter_is_passed_on_from_the_pipeline_where_it_has_one_of_that_name()
    {
        var (factory, document, offset) = At("notebookPath: /Shared/demo/clean\n    baseParameters:\n      |");
        Assert.Contains("@pipeline().parameters.day", LanguageFeatures.GetCompletion(factory, document, offset, default).Items.First(i => i.Label == "day").NewText, StringComparison.Ordinal);
    }

    [Fact]
    public void A_hover_shows_the_first_text_and_the_widgets()
    {
        var (factory, document, offset) = At("notebookPath: /Shared/de|mo/clean");
        var said = LanguageFeatures.GetHover(factory, document, offset, default)!.Markdown;
        Assert.Contains("Orders, cleaned", said, StringComparison.Ordinal);
        Assert.Contains("`mode` dropdown widget, default 'full': `full`, `delta`", said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("notebookPath: /Shared/de|mo/clean", 0)]
    [InlineData("notebookPath: /Shared/demo/clean\n    baseParameters:\n      d|ay: x", 1)]
    public void A_path_leads_to_the_file_and_a_parameter_to_its_widget(string marked, int start)
    {
        var (factory, document, offset) = At(marked);
        var place = Assert.Single(LanguageFeatures.GetDefinition(factory, document, offset, default)!.Targets);
        Assert.Equal(("notebooks/clean.py", start == 0 ? 0 : Clean.IndexOf("day", StringComparison.Ordinal)), (place.Path, place.NameSpan.Start));
    }

    [Fact]
    public void A_path_is_a_link()
    {
        var (factory, document, _) = At("notebookPath: /Shared/demo/clean|");
        Assert.Contains(LanguageFeatures.GetLinks(factory, document, default), l => l.File == "notebooks/clean.py");
    }

    [Fact]
    public void A_notebook_knows_who_calls_it_and_a_widget_who_passes_it()
    {
        var (factory, _, _) = At("notebookPath: /Shared/demo/clean\n    baseParameters: { day: x }|");
        Assert.Single(NotebookFeatures.GetCallers(factory, "notebooks/clean.py", default));
        Assert.Equal(3, NotebookFeatures.GetReferences(factory, "notebooks/clean.py", Clean.IndexOf("day", StringComparison.Ordinal), default).Length);
    }

    [Fact]
    public void A_widget_gets_another_name_everywhere()
    {
        var (factory, document, _) = At("notebookPath: /Shared/demo/clean\n    baseParameters: { day: x }|");
        var changes = NotebookFeatures.GetRename(factory, "notebooks/clean.py", Clean.IndexOf("day", StringComparison.Ordinal), "run_date", default)!.Value.Cast<FileEdit>().ToList();
        Assert.Equal(Clean.Replace("\"day\"", "\"run_date\"", StringComparison.Ordinal), new SourceText(Clean).WithChanges(changes[0].Changes).Content);
        Assert.Contains("{ run_date: x }", document.Text.WithChanges(changes[1].Changes).Content, StringComparison.Ordinal);
        Assert.Null(NotebookFeatures.GetRename(factory, "notebooks/clean.py", Clean.IndexOf("day", StringComparison.Ordinal), "run date", default));
    }

    [Fact]
    public void A_parameter_is_renamed_with_its_widget()
    {
        var (factory, document, offset) = At("notebookPath: /Shared/demo/clean\n    baseParameters: { d|ay: x }");
        Assert.Equal("day", LanguageFeatures.GetRenameTarget(factory, document, offset, default)!.Name);
        var changes = LanguageFeatures.GetRename(factory, document, offset, "run_date", canRenameFiles: true, default)!.Changes.Cast<FileEdit>().ToList();
        Assert.Equal(["notebooks/clean.py", "p.pipeline.yaml"], changes.Select(c => c.Path));
        Assert.Contains("{ run_date: x }", document.Text.WithChanges(changes[1].Changes).Content, StringComparison.Ordinal);
        Assert.Contains("letters, digits", LanguageFeatures.GetRename(factory, document, offset, "run date", canRenameFiles: true, default)!.Obstacle, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("notebookPath: /Shared/demo/clean\n    baseParameters: { un|known: x }")]
    [InlineData("notebookPath: /Shared/demo/cl|ean")]
    public void What_no_notebook_names_is_not_renamed(string marked)
    {
        var (factory, document, offset) = At(marked);
        Assert.Null(LanguageFeatures.GetRenameTarget(factory, document, offset, default));
        Assert.Null(LanguageFeatures.GetRename(factory, document, offset, "other", canRenameFiles: true, default));
    }

    [Fact]
    public void From_the_pipeline_the_same_places_are_found_as_from_the_notebook()
    {
        var (factory, document, offset) = At("notebookPath: /Shared/demo/clean\n    baseParameters: { d|ay: x }");
        Assert.Equal<Place>(NotebookFeatures.GetReferences(factory, "notebooks/clean.py", Clean.IndexOf("day", StringComparison.Ordinal), default),
            LanguageFeatures.GetReferences(factory, document, offset, withDeclaration: true, default));
        var (called, caller, path) = At("notebookPath: /Shared/demo/cl|ean");
        Assert.Equal<Place>(NotebookFeatures.GetCallers(called, "notebooks/clean.py", default), LanguageFeatures.GetReferences(called, caller, path, withDeclaration: true, default));
    }

    /// <summary>A declaration in what is included, a read in what includes it; a third with the same name, which has nothing to do with them.</summary>
    [Theory]
    [InlineData("notebooks/setup.py")]
    [InlineData("notebooks/load.py")]
    public void A_widget_is_one_with_that_of_an_included_notebook(string from)
    {
        var files = new Dictionary<string, string>
        {
            ["notebooks/setup.py"] = "# Databricks notebook source\ndbutils.widgets.text(\"day\", \"\")\n",
            ["notebooks/load.py"] = "# Databricks notebook source\n# MAGIC %run ./setup\n# COMMAND ----------\nday = dbutils.widgets.get(\"day\")\n",
            ["notebooks/other.py"] = "# Databricks notebook source\ndbutils.widgets.text(\"day\", \"\")\n",
            ["p.pipeline.yaml"] = "activities:\n" + string.Concat(((string[])["load", "other"]).Select(n =>
                $"  - name: {n}\n    type: DatabricksNotebook\n    linkedServiceName: W\n    notebookPath: /Shared/demo/{n}\n    baseParameters: {{ day: x }}\n")),
        };
        var factory = TestText.Factory([.. files.SelectMany(f => (string[])[f.Key, f.Value])]);
        var offset = files[from].IndexOf("day\"", StringComparison.Ordinal);
        var changes = NotebookFeatures.GetRename(factory, from, offset, "run_date", default)!.Value.Cast<FileEdit>().ToDictionary(c => c.Path, c => new SourceText(files[c.Path]).WithChanges(c.Changes).Content);
        Assert.Equal(["notebooks/load.py", "notebooks/setup.py", "p.pipeline.yaml"], changes.Keys.Order(StringComparer.Ordinal));
        Assert.Contains("get(\"run_date\")", changes["notebooks/load.py"], StringComparison.Ordinal);
        Assert.Contains("text(\"run_date\"", changes["notebooks/setup.py"], StringComparison.Ordinal);
        Assert.Equal(files["p.pipeline.yaml"].IndexOf("day:", StringComparison.Ordinal), changes["p.pipeline.yaml"].IndexOf("run_date:", StringComparison.Ordinal));
        Assert.Equal(files["p.pipeline.yaml"].LastIndexOf("day:", StringComparison.Ordinal) + "run_".Length + 1, changes["p.pipeline.yaml"].LastIndexOf("day:", StringComparison.Ordinal));
        Assert.Equal(3, NotebookFeatures.GetReferences(factory, from, offset, default).Length);
    }

    [Theory]
    [InlineData("# MAGIC %run ./gold/bu|ild", "notebooks/gold/build.sql")]
    [InlineData("# MAGIC %run ./nowhe|re", null)]
    [InlineData("dbutils.notebook.run(\"/Shared/demo/gold/bu|ild\", 60)", "notebooks/gold/build.sql")]
    [InlineData("dbutils.widgets.text(\"day\", \"\")\nday = dbutils.widgets.get(\"d|ay\")", "notebooks/own.py")]
    [InlineData("x =| 1", null)]
    public void A_notebook_leads_to_others_and_to_its_widgets(string marked, string? path)
    {
        var (text, offset) = TestText.WithCursor("# Databricks notebook source\n" + marked + "\n");
        var factory = TestText.Factory("notebooks/own.py", text, "notebooks/gold/build.sql", "-- Databricks notebook source\nSELECT 1\n", "p.pipeline.yaml", "activities: []\n");
        Assert.Equal(path, NotebookFeatures.GetDefinition(factory, "notebooks/own.py", offset, default).SingleOrDefault()?.Path);
    }

    private static (FactorySnapshot Factory, ResourceDocument Document, int Offset) At(string marked)
    {
        var (text, offset) = TestText.WithCursor($"parameters: {{ day: string }}\nactivities:\n  - name: A\n    type: DatabricksNotebook\n    linkedServiceName: W\n    {marked}\n");
        var factory = TestText.Factory("notebooks/clean.py", Clean, "notebooks/gold/build.sql", "-- Databricks notebook source\nSELECT 1\n", "p.pipeline.yaml", text);
        return (factory, factory.Documents["p.pipeline.yaml"], offset);
    }
}
