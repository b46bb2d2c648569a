using Xunit;

namespace Pipewright.Core.Tests.Rules.Connections;

/// <summary>A dataset of files says where they are, without wildcards, and how they are written without contradictions.</summary>
public sealed class FilePlaceRuleTests
{
    private static readonly string[] Others = ["Other.dataset.yaml", "type: Parquet\nlinkedServiceName: L\nlocation: { type: AzureBlobFSLocation, fileSystem: raw }"];

    [Theory]
    [InlineData("PW4436", "type: Parquet\nlinkedServiceName: L\nlocation: { type: [|AzureBlobFSLocation|], folderPath: x }")]
    [InlineData("PW4436", "type: Json\nlinkedServiceName: L\nlocation:\n  type: [|AzureBlobStorageLocation|]\n  container: ''")]
    [InlineData("PW4437", "type: Parquet\nlinkedServiceName: L\nlocation: { type: AzureBlobFSLocation, fileSystem: x, fileName: [|'*.parquet'|] }")]
    [InlineData("PW4437", "type: Parquet\nlinkedServiceName: L\nlocation:\n  type: AzureBlobFSLocation\n  fileSystem: x\n  folderPath: [|in/*/day|] # each")]
    [InlineData("PW4438", "type: Parquet\nlinkedServiceName: L\nlocation: { type: AzureBlobFSLocation, fileSystem: [|raw/in/day|] }")]
    [InlineData("PW4438", "type: Parquet\nlinkedServiceName: L\nlocation: { type: AzureBlobStorageLocation, container: [|/raw|], folderPath: x }")]
    [InlineData("PW4439", "type: DelimitedText\nlinkedServiceName: L\nlocation: { type: AzureBlobFSLocation, fileSystem: x }\nescapeChar: [|''|]\nquoteChar: '\"'")]
    [InlineData("PW4440", "type: DelimitedText\nlinkedServiceName: L\nlocation: { type: AzureBlobFSLocation, fileSystem: x }\n[|compressionLevel|]: Optimal")]
    [InlineData("PW4441", "type: AzureSqlTable\nlinkedServiceName: L\n[|structure|]: [{ name: a, type: String }]\nschema: [{ name: a, type: varchar }]")]
    public void It_is_found_and_mended(string code, string text) => RuleCases.Finds(code, "d.dataset.yaml", text, Others);

    [Theory]
    [InlineData("type: Parquet\nlinkedServiceName: L\nparameters: { f: string }\nlocation: { type: AzureBlobFSLocation, fileSystem: \"@dataset().f\", folderPath: \"@concat('a/', dataset().f, '*')\" }")]
    [InlineData("type: Parquet\nlinkedServiceName: L\nlocation: { type: SftpLocation, folderPath: a/b, fileName: c }")]
    [InlineData("type: DelimitedText\nlinkedServiceName: L\nlocation: { type: AzureBlobFSLocation, fileSystem: x }\nescapeChar: ''\nquoteChar: ''\ncompressionCodec: gzip\ncompressionLevel: Optimal")]
    [InlineData("type: AzureSqlTable\nlinkedServiceName: L\nstructure: []\nschema: [{ name: a, type: varchar }]")]
    public void What_is_right_is_left_in_peace(string text)
    {
        for (var code = 4436; code <= 4441; code++)
        {
            RuleCases.FindsNothing("PW" + code, "d.dataset.yaml", text, Others);
        }
    }

    [Fact]
    public void The_container_of_the_others_is_proposed() => Assert.Equal(
        "type: Parquet\nlinkedServiceName: L\nlocation: { type: AzureBlobFSLocation, fileSystem: raw }",
        RuleCases.Fix("PW4436", "d.dataset.yaml", "type: Parquet\nlinkedServiceName: L\nlocation: { type: AzureBlobFSLocation }", 0, Others));
}
