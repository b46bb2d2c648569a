// The samples are what people learn from, so they must be right: clean in both forms, the same in both, and calling notebooks that are there.
using System.Text.Json.Nodes;
using Pipewright.Core.Emit;
using Pipewright.Core.Factory;
using Pipewright.Core.Features;
using Pipewright.Core.Text;
using Xunit;

namespace Pipewright.Core.Tests.Samples;

public sealed class SampleTests
{
    private static readonly string Folder = Path.Combine(RepositoryFiles.Root, "samples");

    [Theory]
    [InlineData("medallion")]
    [InlineData("medallion-git")]
    public void A_sample_validates_clean(string name)
    {
        var factory = Load(name);
        var found = from document in factory.Documents.Values
                    from diagnostic in LanguageFeatures.GetDiagnostics(factory, document, default)
                    where diagnostic.Severity is DiagnosticSeverity.Error or DiagnosticSeverity.Warning
                    select $"{document.Path}({document.Text.GetPosition(diagnostic.Span.Start).Line + 1}): {diagnostic.Code} {diagnostic.Message}";
        Assert.Empty(found);
    }

    [Fact]
    public void The_sample_in_the_spec_form_has_each_resource_of_the_one_in_the_git_form()
    {
        var paths = Load("medallion").Documents.Values.SelectMany(Conversion.ToGit).Select(f => f.Path);
        Assert.Equal(Load("medallion-git").Documents.Keys.Order(StringComparer.Ordinal), paths.Order(StringComparer.Ordinal));
    }

    /// <summary>After a change to the sample: <c>pipewright convert samples/medallion --to git --out samples/medallion-git</c>, and read what changed.</summary>
    [Theory]
    [MemberData(nameof(SpecFiles))]
    public void The_spec_form_means_exactly_the_git_form(string path)
    {
        var converted = Assert.Single(Conversion.ToGit(Load("medallion").Documents[path]));
        Assert.Empty(converted.Losses);
        var expected = File.ReadAllText(Path.Combine(Folder, "medallion-git", converted.Path));
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), JsonNode.Parse(converted.Text)), converted.Text);
    }

    public static TheoryData<string> SpecFiles => [.. Load("medallion").Documents.Keys.Order(StringComparer.Ordinal)];

    [Fact]
    public void A_notebook_that_is_called_is_there_and_has_a_widget_for_each_parameter()
    {
        var calls = Load("medallion-git").Documents.Values.SelectMany(d => FindNotebookCalls(JsonNode.Parse(d.Text.Content))).ToList();
        Assert.NotEmpty(calls);
        Assert.All(calls, call =>
        {
            var path = Path.Combine(Folder, "medallion", "notebooks") + call.Path["/Shared/medallion".Length..];
            var text = File.ReadAllText(File.Exists(path + ".py") ? path + ".py" : path + ".sql");
            Assert.StartsWith("Databricks notebook source", text.TrimStart('#', '-', ' '), StringComparison.Ordinal);
            Assert.All(call.Parameters, p => Assert.Matches($"""(widgets\.\w+\("{p}"|CREATE WIDGET \w+ {p} )""", text));
        });
    }

    private static IEnumerable<(string Path, IEnumerable<string> Parameters)> FindNotebookCalls(JsonNode? node) => node switch
    {
        JsonObject value when value["notebookPath"] is { } path => [((string)path!, value["baseParameters"]?.AsObject().Select(p => p.Key) ?? [])],
        JsonObject value => value.SelectMany(p => FindNotebookCalls(p.Value)),
        JsonArray array => array.SelectMany(FindNotebookCalls),
        _ => [],
    };

    internal static FactorySnapshot Load(string name) => FactorySnapshot.Empty.With(
        RepositoryFiles.Read("samples/" + name).Where(f => FileClassification.Classify(f.Path) is not null).Select(f => TestText.Document(f.Path, f.Text)));
}
