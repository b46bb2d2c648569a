using Xunit;

namespace Pipewright.Core.Tests.Rules.Connections;

/// <summary>Datasets are on linked services of their type, and read and written by what fits them.</summary>
public sealed class ConnectionRuleTests
{
    private static readonly string[] Others =
    [
        "Lake.linkedService.yaml", "type: AzureBlobFS\nurl: https://x.dfs.core.windows.net",
        "Blob.linkedService.yaml", "type: AzureBlobStorage\nserviceEndpoint: https://x.blob.core.windows.net",
        "Sql.linkedService.yaml", "type: AzureSqlDatabase\nserver: s",
        "Dbx.linkedService.yaml", "type: AzureDatabricks\ndomain: https://adb-1.2.azuredatabricks.net\nexistingClusterId: c\nencryptedCredential: x",
        "Files.dataset.yaml", "type: Parquet\nlinkedServiceName: Lake\nlocation: { type: AzureBlobFSLocation }",
        "Csv.dataset.yaml", "type: DelimitedText\nlinkedServiceName: Blob\nlocation: { type: AzureBlobStorageLocation }",
        "Raw.dataset.yaml", "type: Binary\nlinkedServiceName: Lake\nlocation: { type: AzureBlobFSLocation }",
        "Table.dataset.yaml", "type: AzureSqlTable\nlinkedServiceName: Sql",
        "Odd.dataset.yaml", "type: RelationalTable\nlinkedServiceName: Sql",
    ];

    [Theory]
    [InlineData("PW4410", "d.dataset.yaml", "type: AzureSqlTable\nlinkedServiceName: [|Lake|]")]
    [InlineData("PW4410", "d.dataset.yaml", "type: AzureBlob\nlinkedServiceName: { referenceName: [|sql|] }")]
    [InlineData("PW4411", "d.dataset.yaml", "type: Parquet\nlinkedServiceName: Lake\nlocation: { type: [|AzureBlobStorageLocation|], container: c }")]
    [InlineData("PW4411", "d.dataset.yaml", "type: Json\nlinkedServiceName: Blob\nlocation:\n  type: [|\"AzureBlobFSLocation\"|] # lake")]
    [InlineData("PW4412", "p.pipeline.yaml", "activities:\n  - { name: C, type: Copy, inputs: [Files], outputs: [Table], source: { type: [|DelimitedTextSource|] }, sink: { type: [|ParquetSink|] } }")]
    [InlineData("PW4412", "p.pipeline.yaml", "activities:\n  - name: L\n    type: Lookup\n    dataset: Table\n    source:\n      type: [|ParquetSource|]")]
    [InlineData("PW4413", "p.pipeline.yaml", "activities:\n  - { name: C, type: Copy, inputs: [Files], outputs: [Table], source: { type: ParquetSource, storeSettings: { type: [|AzureBlobStorageReadSettings|] } }, sink: { type: AzureSqlSink } }")]
    [InlineData("PW4414", "p.pipeline.yaml", "activities:\n  - { name: C, type: Copy, inputs: [Table], outputs: [Csv], source: { type: AzureSqlSource }, sink: { type: DelimitedTextSink, formatSettings: { type: [|ParquetWriteSettings|] } } }")]
    [InlineData("PW4415", "p.pipeline.yaml", "activities:\n  - { name: C, type: Copy, inputs: [Raw], outputs: [Files], source: { type: BinarySource }, sink: { type: [|ParquetSink|] } }")]
    [InlineData("PW4416", "p.pipeline.yaml", "activities:\n  - { name: N, type: DatabricksNotebook, linkedServiceName: [|Sql|], notebookPath: /x }")]
    [InlineData("PW4416", "p.pipeline.yaml", "activities:\n  - { name: S, type: SqlServerStoredProcedure, linkedServiceName: [|Lake|], storedProcedureName: p }")]
    [InlineData("PW4417", "p.pipeline.yaml", "activities:\n  - { name: C, type: Copy, inputs: [Files], outputs: [Table], source: { type: ParquetSource }, sink: { type: AzureSqlSink }, enableStaging: [|true|] }")]
    [InlineData("PW4417", "p.pipeline.yaml", "activities:\n  - { name: D, type: Delete, dataset: Files, enableLogging: [|true|] }")]
    [InlineData("PW4418", "p.pipeline.yaml", "activities:\n  - { name: C, type: Copy, inputs: [Files], outputs: [Table], source: { type: ParquetSource }, sink: { type: AzureSqlSink, writeBehavior: [|upsert|] } }")]
    public void It_is_found_and_mended(string code, string path, string text) => RuleCases.Finds(code, path, text, Others);

    [Theory]
    [InlineData("d.dataset.yaml", "type: Parquet\nlinkedServiceName: LAKE\nlocation: { type: azureblobfslocation }")]
    [InlineData("d.dataset.yaml", "type: AzureSqlTable\nlinkedServiceName: Elsewhere")]
    [InlineData("d.dataset.yaml", "type: NewTable\nlinkedServiceName: Sql")]
    [InlineData("p.pipeline.yaml", "activities:\n  - { name: C, type: Copy, inputs: [Files], outputs: [Table], source: { type: ParquetSource, storeSettings: { type: AzureBlobFSReadSettings }, formatSettings: { type: ParquetReadSettings } }, sink: { type: SqlSink, writeBehavior: insert } }")]
    [InlineData("p.pipeline.yaml", "activities:\n  - { name: C, type: Copy, inputs: [Odd], outputs: [Elsewhere], source: { type: AnySource }, sink: { type: AnySink } }")]
    [InlineData("p.pipeline.yaml", "activities:\n  - { name: C, type: Copy, inputs: [Raw], outputs: [Raw], source: { type: BinarySource }, sink: { type: BinarySink }, enableStaging: false }")]
    [InlineData("p.pipeline.yaml", "activities:\n  - { name: C, type: Copy, state: Inactive, inputs: [Files], outputs: [Table], source: { type: JsonSource }, sink: { type: ParquetSink }, enableStaging: true }")]
    [InlineData("p.pipeline.yaml", "activities:\n  - { name: N, type: DatabricksNotebook, linkedServiceName: Dbx, notebookPath: /x }\n  - { name: S, type: SqlServerStoredProcedure, linkedServiceName: Sql, storedProcedureName: p }")]
    public void What_fits_is_left_in_peace(string path, string text)
    {
        for (var code = 4410; code <= 4418; code++)
        {
            RuleCases.FindsNothing("PW" + code, path, text, Others);
        }
    }
}
