using Xunit;

namespace Pipewright.Core.Tests.Rules.Activities;

/// <summary>Activities ask files, folders and tables for what those have.</summary>
public sealed class FileActivityRuleTests
{
    private static readonly string[] Datasets =
    [
        "file.dataset.yaml", "type: Parquet\nlinkedServiceName: L\nlocation: { type: AzureBlobFSLocation, fileSystem: raw, fileName: a.parquet }",
        "folder.dataset.yaml", "type: Parquet\nlinkedServiceName: L\nlocation: { type: AzureBlobFSLocation, fileSystem: raw, folderPath: in }",
        "some.dataset.yaml", "type: DelimitedText\nlinkedServiceName: L\nparameters: { f: string }\nlocation: { type: AzureBlobFSLocation, fileSystem: raw, fileName: \"@dataset().f\" }",
        "many.dataset.yaml", "type: DelimitedText\nlinkedServiceName: L\nlocation: { type: AzureBlobFSLocation, fileSystem: raw, fileName: '*.csv' }",
        "web.dataset.yaml", "type: Json\nlinkedServiceName: L\nlocation: { type: HttpServerLocation, relativeUrl: 'a?b=*' }",
        "table.dataset.yaml", "type: AzureSqlTable\nlinkedServiceName: L\nschema: []",
        "old.dataset.yaml", "type: AzureBlob\nlinkedServiceName: L\nfolderPath: x",
    ];

    [Theory]
    [InlineData("PW4235", "type: GetMetadata, dataset: folder, [|fieldList|]: []")]
    [InlineData("PW4235", "type: [|GetMetadata|], dataset: folder")]
    [InlineData("PW4236", "type: GetMetadata, dataset: file, fieldList: [exists, [|childItems|]]")]
    [InlineData("PW4236", "type: GetMetadata, dataset: folder, fieldList: [[|size|], [|structure|], lastModified, [|contentMD5|], [|columnCount|]]")]
    [InlineData("PW4236", "type: GetMetadata, dataset: table, fieldList: [structure, columnCount, exists, [|size|], [|childItems|]]")]
    [InlineData("PW4236", "type: Validation, dataset: folder, [|minimumSize|]: 1")]
    [InlineData("PW4236", "type: Validation, dataset: file, [|childItems|]: true")]
    [InlineData("PW4237", "type: GetMetadata, dataset: [|many|], fieldList: [childItems]")]
    [InlineData("PW4238", "type: Validation, dataset: some, minimumSize: 1, [|childItems|]: true")]
    [InlineData("PW4239", "type: Validation, dataset: [|table|]")]
    [InlineData("PW4239", "type: Delete, dataset: [|table|], enableLogging: false")]
    public void It_is_found_and_mended(string code, string activity) => RuleCases.Finds(code, "p.pipeline.yaml", Pipeline(activity), Datasets);

    [Theory]
    [InlineData("PW4235", "type: GetMetadata, dataset: folder, fieldList: [exists]")]
    [InlineData("PW4236", "type: GetMetadata, dataset: folder, fieldList: [childItems, exists, itemName, lastModified]")]
    [InlineData("PW4236", "type: GetMetadata, dataset: file, fieldList: [size, structure, columnCount, contentMD5]")]
    [InlineData("PW4236", "type: GetMetadata, dataset: { referenceName: some, parameters: { f: x } }, fieldList: [childItems, size]")]
    [InlineData("PW4236", "type: GetMetadata, dataset: many, fieldList: [childItems, size]")]
    [InlineData("PW4236", "type: GetMetadata, dataset: web, fieldList: [size]")]
    [InlineData("PW4236", "type: GetMetadata, dataset: old, fieldList: [size]")]
    [InlineData("PW4236", "type: GetMetadata, dataset: elsewhere, fieldList: [size]")]
    [InlineData("PW4236", "type: Validation, dataset: file, minimumSize: 1, sleep: 10")]
    [InlineData("PW4237", "type: GetMetadata, dataset: web, fieldList: [exists]")]
    [InlineData("PW4237", "type: Delete, dataset: many")]
    [InlineData("PW4238", "type: Validation, dataset: some, minimumSize: 1")]
    [InlineData("PW4239", "type: Delete, dataset: old")]
    [InlineData("PW4239", "type: GetMetadata, dataset: table, fieldList: [exists]")]
    public void Nothing_is_found_where_nothing_is_wrong(string code, string activity) => RuleCases.FindsNothing(code, "p.pipeline.yaml", Pipeline(activity), Datasets);

    private static string Pipeline(string activity) => $"activities:\n  - {{ name: A, {activity} }}\n";
}
