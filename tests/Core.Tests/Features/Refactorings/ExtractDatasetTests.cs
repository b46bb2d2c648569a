using Xunit;

namespace Pipewright.Core.Tests.Features.Refactorings;

public sealed class ExtractDatasetTests
{
    private const string Csv = """
        # all our files
        type: DelimitedText
        linkedServiceName: Lake
        parameters:
          folder: string
          file: { type: string, defaultValue: x.csv }
        location:
          type: AzureBlobFSLocation
          fileSystem: raw
          folderPath: "@dataset().folder"
          fileName: "in/@{dataset().folder}-@{dataset().file}"

        """;

    private const string Json = """
        {
          "name": "Csv",
          "properties": {
            "type": "DelimitedText",
            "linkedServiceName": { "referenceName": "Lake", "type": "LinkedServiceReference" },
            "parameters": { "folder": { "type": "string" } },
            "typeProperties": { "location": { "type": "AzureBlobFSLocation", "folderPath": { "value": "@concat('a/', dataset().folder)", "type": "Expression" } } }
          }
        }
        """;

    [Fact]
    public void All_values_go_into_the_new_dataset()
    {
        var after = RefactoringCase.Apply("Extract the dataset 'Csv_Read'", "p.pipeline.yaml", Lookup("{ referenceName: C¦sv, parameters: { folder: orders, file: a.csv } }"), "data/Csv.dataset.yaml", Csv);
        Assert.Equal(Lookup("Csv_Read"), after.Documents["p.pipeline.yaml"].Text.Content);
        Assert.Equal(
            """
            # all our files
            type: DelimitedText
            linkedServiceName: Lake
            location:
              type: AzureBlobFSLocation
              fileSystem: raw
              folderPath: "orders"
              fileName: "in/orders-a.csv"

            """,
            after.Documents["data/Csv_Read.dataset.yaml"].Text.Content);
    }

    [Fact]
    public void What_is_computed_is_still_passed()
    {
        var after = RefactoringCase.Apply(
            "Extract the dataset 'Csv_Read'", "p.pipeline.yaml", Lookup("{ referenceName: Csv, parameters: { folder: or¦ders, file: \"@pipeline().RunId\" } }"), "Csv.dataset.yaml", Csv);
        Assert.Equal(Lookup("{ referenceName: Csv_Read, parameters: { file: \"@pipeline().RunId\" } }"), after.Documents["p.pipeline.yaml"].Text.Content);
        var dataset = after.Documents["Csv_Read.dataset.yaml"].Text.Content;
        Assert.Contains("parameters:\n  file: { type: string, defaultValue: x.csv }\nlocation:", dataset, StringComparison.Ordinal);
        Assert.Contains("fileName: \"in/orders-@{dataset().file}\"", dataset, StringComparison.Ordinal);
    }

    [Fact]
    public void In_the_git_form_the_new_file_has_the_new_name()
    {
        var after = RefactoringCase.Apply(
            "Extract the dataset 'Csv_Read'", "pipeline/p.json",
            """
            { "name": "p", "properties": { "activities": [ { "name": "Read", "type": "Lookup", "typeProperties": { "source": { "type": "DelimitedTextSource" }, "dataset": { "referenceName": "C¦sv", "type": "DatasetReference", "parameters": { "folder": "orders" } } } } ] } }
            """,
            "dataset/Csv.json", Json);
        Assert.Equal(
            """
            { "name": "p", "properties": { "activities": [ { "name": "Read", "type": "Lookup", "typeProperties": { "source": { "type": "DelimitedTextSource" }, "dataset": { "referenceName": "Csv_Read", "type": "DatasetReference" } } } ] } }
            """,
            after.Documents["pipeline/p.json"].Text.Content);
        Assert.Equal(
            """
            {
              "name": "Csv_Read",
              "properties": {
                "type": "DelimitedText",
                "linkedServiceName": { "referenceName": "Lake", "type": "LinkedServiceReference" },
                "typeProperties": { "location": { "type": "AzureBlobFSLocation", "folderPath": { "value": "@concat('a/', 'orders')", "type": "Expression" } } }
              }
            }
            """,
            after.Documents["dataset/Csv_Read.json"].Text.Content);
    }

    [Theory]
    [InlineData("C¦sv")]
    [InlineData("{ referenceName: C¦sv, parameters: { folder: \"@pipeline().RunId\" } }")]
    [InlineData("{ referenceName: C¦sv, parameters: { unknown: a } }")]
    [InlineData("{ referenceName: M¦issing, parameters: { folder: a } }")]
    public void Without_values_there_is_nothing_to_extract(string reference) => Assert.DoesNotContain(
        RefactoringCase.Titles("p.pipeline.yaml", Lookup(reference), "Csv.dataset.yaml", Csv), t => t.Contains("dataset", StringComparison.Ordinal));

    private static string Lookup(string reference) =>
        $"activities:\n  - name: Read\n    type: Lookup\n    source: {{ type: DelimitedTextSource }}\n    dataset: {reference} # the orders\n";
}
