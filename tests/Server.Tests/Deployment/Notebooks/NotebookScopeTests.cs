using Pipewright.Core.Factory;
using Pipewright.Core.Notebooks;
using Pipewright.Core.Text;
using Pipewright.Deployment.Notebooks;
using Pipewright.Deployment.Planning;
using Xunit;

namespace Pipewright.Server.Tests.Deployment.Notebooks;

/// <summary>Which notebooks go along, and where to.</summary>
public sealed class NotebookScopeTests
{
    private const string Service = "type: AzureDatabricks\nparameters:\n  host: { type: string, defaultValue: https://default }\ndomain: DOMAIN\nworkspaceResourceId: /subscriptions/w\nauthentication: MSI\n";

    [Theory]
    [InlineData("/Shared/etl/load", "https://one", "https://one /Shared/etl/load, https://one /Shared/etl/shared, https://one /Shared/etl/sub/deep")]
    [InlineData("/Workspace/Shared/etl/load", "https://one", "https://one /Shared/etl/load, https://one /Shared/etl/shared, https://one /Shared/etl/sub/deep")]
    [InlineData("/Shared/etl/shared", "https://one", "https://one /Shared/etl/shared, https://one /Shared/etl/sub/deep")]
    [InlineData("/Shared/etl/sub/deep", "\"@linkedService().host\"", "https://default /Shared/etl/sub/deep")]
    [InlineData("/Shared/etl/sub/deep", "\"@{linkedService().HOST}\"", "https://default /Shared/etl/sub/deep")]
    [InlineData("/Shared/etl/unknown", "https://one", "")]
    [InlineData("/Elsewhere/load", "https://one", "")]
    public void What_a_pipeline_calls_goes_along_with_what_that_includes(string path, string domain, string expected)
    {
        var scope = Collect(path, domain);
        Assert.Equal(expected, string.Join(", ", scope.Units.Select(u => $"{u.Place.Workspace} {u.Place.Path}")));
        Assert.All(scope.Units, u => Assert.Equal("/subscriptions/w", u.Place.ResourceId));
        Assert.Empty(scope.Warnings);
    }

    [Theory]
    [InlineData("/Shared/etl/load", "\"@concat('https://', 'x')\"", "'domain' of the linked service 'Databricks' is missing or computed")]
    [InlineData("/Shared/etl/load", "\"@linkedService().other\"", "'domain' of the linked service 'Databricks' is missing or computed")]
    [InlineData("/Shared/etl/load", "https://bad", "https://bad is no workspace.")]
    [InlineData("\"@pipeline().parameters.path\"", "https://one", "'N' of pipeline 'p' computes its notebookPath")]
    [InlineData("\"/Shared/@{pipeline().parameters.path}\"", "https://one", "'N' of pipeline 'p' computes its notebookPath")]
    [InlineData("/Shared/etl/plain", "https://one", "notebooks/plain.py is not imported: it is no notebook")]
    public void What_can_not_go_along_is_named_with_the_reason(string path, string domain, string reason)
    {
        var scope = Collect(path, domain);
        Assert.Empty(scope.Units);
        Assert.Contains(reason, Assert.Single(scope.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_activity_passes_to_the_linked_service_counts()
    {
        var scope = Collect("/Shared/etl/sub/deep", "\"@linkedService().host\"", "linkedServiceName: { referenceName: Databricks, type: LinkedServiceReference, parameters: { host: https://passed } }");
        Assert.Equal("https://passed", Assert.Single(scope.Units).Place.Workspace);
    }

    [Fact]
    public void A_guess_is_not_enough_to_write_somewhere()
    {
        var scope = Collect("/Shared/etl/sub/deep", "https://one", isGuessed: true);
        Assert.Empty(scope.Units);
        Assert.Contains("only a guess", Assert.Single(scope.Warnings), StringComparison.Ordinal);
    }

    private static NotebookScope Collect(string path, string domain, string service = "linkedServiceName: Databricks", bool isGuessed = false)
    {
        (string Path, string Text)[] files =
        [
            ("p.pipeline.yaml", $"parameters:\n  path: {{ type: string }}\nactivities:\n  - name: I\n    type: IfCondition\n    expression: \"@bool('true')\"\n    ifTrueActivities:\n      - name: N\n        type: DatabricksNotebook\n        {service}\n        notebookPath: {path}\n"),
            ("Databricks.linkedService.yaml", Service.Replace("DOMAIN", domain, StringComparison.Ordinal)),
        ];
        (string Path, string Text)[] notebooks =
        [
            ("notebooks/load.py", "# Databricks notebook source\n# MAGIC %run ./shared\n"), ("notebooks/shared.py", "# Databricks notebook source\n# MAGIC %run ./sub/deep\n"),
            ("notebooks/sub/deep.sql", "-- Databricks notebook source\nSELECT 1\n"), ("notebooks/plain.py", "x = 1\n"),
        ];
        var factory = FactorySnapshot.Empty.With(files.Select(f => ResourceDocument.Create(f.Path, new SourceText(f.Text))!))
            .With(NotebookIndex.Create([new NotebookFolder("notebooks", "/Shared/etl", isGuessed)], notebooks.Select(n => KeyValuePair.Create(n.Path, Notebook.Parse(n.Path, new SourceText(n.Text))))));
        return NotebookScope.Collect(
            factory, DeploymentScope.Collect(factory, factory.Documents.Values), d => d == "https://bad" ? new ResolvedWorkspace(null, $"{d} is no workspace.") : new ResolvedWorkspace(d, null));
    }
}
