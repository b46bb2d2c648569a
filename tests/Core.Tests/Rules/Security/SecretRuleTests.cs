using Xunit;

namespace Pipewright.Core.Tests.Rules.Security;

/// <summary>Secrets are found and not repeated; what only looks like one is left in peace.</summary>
public sealed class SecretRuleTests
{
    // Put together here, so that nobody who looks for keys in repositories is woken.
    private const string Token = "da" + "pi0123456789abcdef0123456789abcdef";
    private const string MapKey = "AI" + "zaSyA1b2C3d4E5f6G7h8I9j0K1l2M3n4O5p6Q";
    private const string Channel = "https://hooks.slack.com/" + "services/T01234567/B01234567/a1b2c3d4e5f6g7h8i9j0k1l2";
    private const string Signature = "Zx81kQ-" + "9dKw3mPq7RtYu2";

    [Theory]
    [InlineData("PW7001", "s.linkedService.yaml", "type: AzureSqlDatabase\nserver: s\npassword: { type: SecureString, value: [|horse-1-Battery|] }")]
    [InlineData("PW7001", "f.linkedService.yaml", "type: AzureFunction\nfunctionAppUrl: https://f.azurewebsites.net\nfunctionKey: [|horse-1-Battery|]")]
    [InlineData("PW7001", "s.linkedService.yaml", "type: AzureSqlDatabase\nserver: s\npassword:\n  type: SecureString # kept\n  value: [|\"horse-1-Battery\"|]")]
    [InlineData("PW7001", "d.linkedService.yaml", "type: AzureDatabricks\ndomain: https://adb-1.2.azuredatabricks.net\nexistingClusterId: 0524-123456-abcde123\naccessToken: { type: SecureString, value: [|" + Token + "|] }")]
    [InlineData("PW7002", "s.linkedService.yaml", "type: AzureSqlDatabase\nconnectionString: \"Server=s;Database=d;User ID=u;Password=[|horse-1-Battery|];Encrypt=true\"")]
    [InlineData("PW7002", "s.linkedService.yaml", "type: AzureBlobStorage\nconnectionString: { type: SecureString, value: 'DefaultEndpointsProtocol=https;AccountName=a;AccountKey=[|abcDEF123|]' }")]
    [InlineData("PW7002", "p.pipeline.yaml", "activities:\n  - { name: W, type: WebActivity, method: GET, url: 'https://prod-1.westeurope.logic.azure.com/x?api-version=1&sig=[|" + Signature + "|]' }")]
    [InlineData("PW7002", "s.linkedService.yaml", "type: HttpServer\nauthenticationType: Anonymous\nurl: https://user:[|horse-1-Battery|]@x.net/a")]
    [InlineData("PW7002", "p.pipeline.yaml", "activities:\n  - { name: S, type: Script, linkedServiceName: L, scripts: [{ type: NonQuery, text: \"CREATE LOGIN x WITH PASSWORD = '[|horse-1-Battery|]'\" }] }")]
    [InlineData("PW7003", "f.factory.yaml", "globalParameters: { maps: { type: String, value: [|" + MapKey + "|] } }")]
    [InlineData("PW7003", "p.pipeline.yaml", "activities:\n  - { name: W, type: WebActivity, method: POST, body: x, url: [|" + Channel + "|] }")]
    [InlineData("PW7003", "p.pipeline.yaml", "activities:\n  - { name: W, type: WebActivity, method: GET, url: https://x.net, headers: { X-Other: [|" + Token + "|] } }")]
    [InlineData("PW7004", "p.pipeline.yaml", "parameters:\n  key: { type: secureString, defaultValue: [|hush-hush|] }\nactivities: []")]
    [InlineData("PW7004", "p.pipeline.yaml", "parameters:\n  apiKey: { type: string, defaultValue: [|a8Kz02mQ9xWe|] }\nactivities: []")]
    [InlineData("PW7004", "p.pipeline.yaml", "activities:\n  - { name: W, type: WebActivity, method: GET, url: https://x.net, headers: { Authorization: [|Basic dXNlcjpwYXNz|] } }")]
    public void It_is_found(string code, string path, string text)
    {
        foreach (var finding in RuleCases.Finds(code, path, text))
        {
            Assert.DoesNotContain("horse-1-Battery", finding.Message, StringComparison.Ordinal);
            Assert.DoesNotContain(Token, finding.Message, StringComparison.Ordinal);
            Assert.DoesNotContain(Signature, finding.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("s.linkedService.yaml", "type: AzureSqlDatabase\nserver: s\npassword: { type: SecureString, value: '**********' }")]
    [InlineData("s.linkedService.yaml", "type: AzureSqlDatabase\nserver: s\npassword: { type: SecureString, value: '' }")]
    [InlineData("s.linkedService.yaml", "type: AzureSqlDatabase\nserver: s\npassword: { type: SecureString, value: '#{SqlPassword}#' }")]
    [InlineData("s.linkedService.yaml", "type: AzureSqlDatabase\nparameters: { p: string }\nserver: s\npassword: { type: SecureString, value: '@{linkedService().p}' }")]
    [InlineData("s.linkedService.yaml", "type: AzureSqlDatabase\nserver: s\npassword: { type: AzureKeyVaultSecret, store: KV, secretName: sql-password-1 }")]
    [InlineData("s.linkedService.yaml", "type: AzureSqlDatabase\nserver: s\nencryptedCredential: eyJDcmVkZW50aWFsSWQiOiI1NzY1YjEyMy0wMDAwIn0")]
    [InlineData("s.linkedService.yaml", "type: AzureSqlDatabase\nconnectionString: Integrated Security=False;Data Source=s;Initial Catalog=d;User ID=u;Password=**********")]
    [InlineData("s.linkedService.yaml", "type: HttpServer\nauthenticationType: Anonymous\nurl: https://x.net:8443/a@b")]
    [InlineData("p.pipeline.yaml", "activities:\n  - { name: S, type: Script, linkedServiceName: L, scripts: [{ type: Query, text: \"SELECT 1 WHERE Password = @password AND code = 'x'\" }] }")]
    [InlineData("p.pipeline.yaml", "parameters: { secretName: { type: string, defaultValue: sql-password-9x }, tokenUrl: { type: string, defaultValue: 'https://login.x.net/a1b2c3d4/token' } }\nactivities: []")]
    [InlineData("p.pipeline.yaml", "activities:\n  - { name: W, type: WebActivity, method: GET, url: https://x.net, headers: { Authorization: \"@concat('Bearer ', activity('T').output.token)\" } }")]
    [InlineData("p.pipeline.yaml", "activities:\n  - { name: N, type: DatabricksNotebook, linkedServiceName: L, notebookPath: /x, baseParameters: { continuation_token: page-00012-a, token_column: col_12_ab } }")]
    public void What_is_no_secret_is_left_in_peace(string path, string text)
    {
        foreach (var code in new[] { "PW7001", "PW7002", "PW7003", "PW7004" })
        {
            RuleCases.FindsNothing(code, path, text);
        }
    }

    [Fact]
    public void It_is_read_from_the_vault_that_is_there()
    {
        string[] vault = ["KV.linkedService.yaml", "type: AzureKeyVault\nbaseUrl: https://v.vault.azure.net"];
        Assert.Equal(
            "type: AzureSqlDatabase\npassword: { type: AzureKeyVaultSecret, store: KV, secretName: my-sql-password } # old\nserver: s",
            RuleCases.Fix("PW7001", "My Sql.linkedService.yaml", "type: AzureSqlDatabase\npassword: { type: SecureString, value: horse-1-Battery } # old\nserver: s", 0, vault));
    }

    [Fact]
    public void A_vault_is_begun_where_there_is_none()
    {
        const string Path = "linkedService/Sql.json";
        var factory = TestText.Factory(Path, """{"name":"Sql","properties":{"type":"AzureSqlDatabase","typeProperties":{"server":"s","password":{"type":"SecureString","value":"horse-1-Battery"}}}}""");
        var after = RuleCases.Apply(factory, Path, RuleCases.Find(factory, factory.Documents[Path], "PW7001")[0].Fixes[0]);
        Assert.Contains("\"AzureKeyVault\"", after.Documents["linkedService/KeyVault.json"].Text.Content, StringComparison.Ordinal);
        Assert.Empty(RuleCases.Find(after, after.Documents[Path], "PW4001"));
    }
}
