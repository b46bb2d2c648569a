using Pipewright.Core.Factory;
using Pipewright.Core.Features;
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

    private static (FactorySnapshot Factory, ResourceDocument Document, int Offset) At(string marked)
    {
        var (text, offset) = TestText.WithCursor($"parameters: {{ day: string }}\nactivities:\n  - name: A\n    type: DatabricksNotebook\n    linkedServiceName: W\n    {marked}\n");
        var factory = TestText.Factory("notebooks/clean.py", Clean, "notebooks/gold/build.sql", "-- Databricks notebook source\nSELECT 1\n", "p.pipeline.yaml", text);
        return (factory, factory.Documents["p.pipeline.yaml"], offset);
    }
}
