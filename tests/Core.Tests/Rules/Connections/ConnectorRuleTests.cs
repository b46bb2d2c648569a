using System.Collections.Immutable;
using Pipewright.Core.Rules.Connections;
using Xunit;

namespace Pipewright.Core.Tests.Rules.Connections;

/// <summary>Linked services use connectors that are still there, sign in in one whole way, and go through a runtime that reaches their store.</summary>
public sealed class ConnectorRuleTests
{
    private static readonly string[] Others =
    [
        "Own.integrationRuntime.yaml", "type: SelfHosted",
        "Net.integrationRuntime.yaml", "type: Managed\nmanagedVirtualNetwork: default",
        "KV.linkedService.yaml", "type: AzureKeyVault\nbaseUrl: https://v.vault.azure.net",
        "OnPrem.linkedService.yaml", "type: SqlServer\nserver: db.corp\nauthenticationType: SQL\nuserName: u\nencryptedCredential: x\nconnectVia: Own",
        "Cloud.linkedService.yaml", "type: AzureSqlDatabase\nserver: s.database.windows.net",
        "OnPremTable.dataset.yaml", "type: SqlServerTable\nlinkedServiceName: OnPrem",
        "CloudTable.dataset.yaml", "type: AzureSqlTable\nlinkedServiceName: Cloud",
    ];

    [Theory]
    [InlineData("PW4420", "l.linkedService.yaml", "type: [|AzureStorage|]\nconnectionString: x")]
    [InlineData("PW4420", "d.dataset.yaml", "type: [|AzureBlob|]\nlinkedServiceName: L\nfolderPath: x")]
    [InlineData("PW4420", "p.pipeline.yaml", "activities:\n  - { name: C, type: Copy, inputs: [A], outputs: [B], source: { type: [|SnowflakeSource|], exportSettings: { type: SnowflakeExportCopyCommand } }, sink: { type: [|BlobSink|] } }")]
    [InlineData("PW4421", "l.linkedService.yaml", "type: [|Snowflake|]\nconnectionString: x")]
    [InlineData("PW4421", "l.linkedService.yaml", "type: [|Magento|]\nhost: h")]
    [InlineData("PW4421", "l.linkedService.yaml", "type: [|AzureDataLakeStore|]\ndataLakeStoreUri: adl://x.azuredatalakestore.net")]
    [InlineData("PW4422", "l.linkedService.yaml", "type: [|Oracle|]\nconnectionString: host=h;port=1521;sid=x")]
    [InlineData("PW4422", "l.linkedService.yaml", "type: MySql\nversion: [|'1.0'|]\nserver: h\ndatabase: d\nusername: u")]
    [InlineData("PW4424", "l.linkedService.yaml", "type: AzureBlobStorage\nserviceEndpoint: https://x.blob.core.windows.net\n[|connectionString|]: DefaultEndpointsProtocol=https;AccountName=x")]
    [InlineData("PW4424", "l.linkedService.yaml", "type: AzureBlobFS\nurl: https://x.dfs.core.windows.net\ncredential: C\n[|accountKey|]: { type: AzureKeyVaultSecret, store: KV, secretName: s }")]
    [InlineData("PW4424", "l.linkedService.yaml", "type: AzureSqlDatabase\nserver: s # kept\n[|connectionString|]: Data Source=s")]
    [InlineData("PW4425", "l.linkedService.yaml", "type: [|AzureBlobStorage|]\naccountKind: StorageV2")]
    [InlineData("PW4425", "l.linkedService.yaml", "type: [|AzureBatch|]\naccountName: a\nbatchUri: https://a.westeurope.batch.azure.com\npoolName: p\nlinkedServiceName: KV")]
    [InlineData("PW4426", "l.linkedService.yaml", "type: AzureBlobFS\nurl: https://x.dfs.core.windows.net\n[|servicePrincipalId|]: 0a0b0c0d-0000-0000-0000-000000000000\ntenant: t")]
    [InlineData("PW4426", "l.linkedService.yaml", "type: AzureBlobFS\nurl: https://x.dfs.core.windows.net\n[|servicePrincipalId|]: x\nservicePrincipalKey: { type: AzureKeyVaultSecret, store: KV, secretName: s }")]
    [InlineData("PW4426", "l.linkedService.yaml", "type: RestService\nurl: https://x.net\nauthenticationType: [|Basic|]\nuserName: u")]
    [InlineData("PW4426", "l.linkedService.yaml", "type: Sftp\nhost: h\nauthenticationType: [|SshPublicKey|]\nuserName: u")]
    [InlineData("PW4426", "l.linkedService.yaml", "type: AzureFunction\nfunctionAppUrl: https://x.azurewebsites.net\nauthentication: [|MSI|]")]
    [InlineData("PW4427", "l.linkedService.yaml", "type: AzureSqlDatabase\nconnectionString: \"Data Source=s;User ID=u;[|Password|]=********\"\npassword: { type: AzureKeyVaultSecret, store: KV, secretName: s }")]
    [InlineData("PW4427", "l.linkedService.yaml", "type: SqlServer\nconnectionString: Data Source=s;[|Integrated Security|]=True;User ID=u;Password=x")]
    [InlineData("PW4427", "l.linkedService.yaml", "type: SqlServer\nconnectionString: { type: SecureString, value: 'Data Source=s;Initial Catalog=a;[|initial catalog|]=b' }")]
    [InlineData("PW4427", "l.linkedService.yaml", "type: AzureBlobStorage\nconnectionString: AccountName=x;AccountKey=a;[|SharedAccessSignature|]=b")]
    [InlineData("PW4430", "l.linkedService.yaml", "type: SqlServer\nserver: [|localhost|]\nauthenticationType: SQL\nuserName: u")]
    [InlineData("PW4430", "l.linkedService.yaml", "type: FileServer\nhost: '[|\\\\files\\share|]'\nuserId: u")]
    [InlineData("PW4430", "l.linkedService.yaml", "type: FileServer\nhost: [|C:\\data|]\nuserId: u")]
    [InlineData("PW4430", "l.linkedService.yaml", "type: SqlServer\nserver: [|DESKTOP-8F\\SQLEXPRESS|]")]
    [InlineData("PW4430", "l.linkedService.yaml", "type: Sftp\nhost: [|10.1.2.3|]\nconnectVia: AutoResolveIntegrationRuntime")]
    [InlineData("PW4430", "l.linkedService.yaml", "type: SqlServer\nconnectionString: \"[|Data Source|]=tcp:sql01.corp,1433;Initial Catalog=d\"")]
    [InlineData("PW4431", "l.linkedService.yaml", "type: [|Odbc|]\nconnectionString: DSN=x")]
    [InlineData("PW4431", "l.linkedService.yaml", "type: [|SapTable|]\nserver: s\nconnectVia: Net")]
    [InlineData("PW4432", "p.pipeline.yaml", "activities:\n  - { name: D, type: ExecuteDataFlow, dataFlow: F, integrationRuntime: [|Own|] }")]
    [InlineData("PW4433", "f.dataflow.yaml", "type: MappingDataFlow\nsources:\n  - { name: a, dataset: [|OnPremTable|] }\n  - { name: b, dataset: CloudTable }\nsinks: [{ name: c, linkedService: [|OnPrem|] }]\nscriptLines: []")]
    public void It_is_found_and_mended(string code, string path, string text) => RuleCases.Finds(code, path, text, Others);

    [Theory]
    [InlineData("type: AzureBlobStorage\nserviceEndpoint: https://x.blob.core.windows.net")]
    [InlineData("type: AzureBlobStorage\nconnectionString: ''\nsasUri: { type: AzureKeyVaultSecret, store: KV, secretName: s }\nsasToken: { type: AzureKeyVaultSecret, store: KV, secretName: t }")]
    [InlineData("type: AzureBlobStorage\naccountKind: StorageV2\nencryptedCredential: x")]
    [InlineData("type: AzureBlobFS\nurl: https://x.dfs.core.windows.net")]
    [InlineData("type: AzureBlobFS\nurl: https://x.dfs.core.windows.net\nservicePrincipalId: i\ntenant: t\nencryptedCredential: x")]
    [InlineData("type: RestService\nurl: https://x.net\nauthenticationType: Anonymous")]
    [InlineData("type: RestService\nparameters: { a: string }\nurl: https://x.net\nauthenticationType: \"@linkedService().a\"")]
    [InlineData("type: RestService\nurl: https://x.net\nauthenticationType: AadServicePrincipal\nservicePrincipalId: i\nservicePrincipalEmbeddedCert: { type: AzureKeyVaultSecret, store: KV, secretName: s }\ntenant: t\naadResourceId: r")]
    [InlineData("type: AzureSqlDatabase\nconnectionString: \"Data Source=s;Initial Catalog=d;User ID=u\"\npassword: { type: AzureKeyVaultSecret, store: KV, secretName: s }")]
    [InlineData("type: AzureSqlDatabase\nparameters: { s: string }\nserver: \"@linkedService().s\"\ndatabase: d\nauthenticationType: SystemAssignedManagedIdentity")]
    [InlineData("type: Oracle\nversion: '2.0'\nserver: h/x\nusername: u\nencryptedCredential: x")]
    [InlineData("type: MySql\ndriverVersion: V2\nserver: 10.0.0.1\ndatabase: d\nusername: u\nconnectVia: Own")]
    [InlineData("type: SqlServer\nserver: localhost\nconnectVia: Elsewhere")]
    [InlineData("type: SqlServer\nserver: '#{server}#'")]
    [InlineData("type: Sftp\nhost: 172.32.0.1")]
    [InlineData("type: SqlServer\nserver: sql.private.example\nconnectVia: Net")]
    [InlineData("type: FileServer\nhost: '\\\\store.file.core.windows.net\\share'\nuserId: u")]
    [InlineData("type: Odbc\nconnectionString: 'Driver={SQL Server;x};Server=s;Trusted_Connection=yes'\nconnectVia: Own")]
    public void What_is_right_is_left_in_peace(string text)
    {
        foreach (var code in new[] { "PW4420", "PW4421", "PW4422", "PW4424", "PW4425", "PW4426", "PW4427", "PW4430", "PW4431" })
        {
            RuleCases.FindsNothing(code, "l.linkedService.yaml", text, Others);
        }
    }

    [Theory]
    [InlineData("Net.integrationRuntime.yaml", "type: Managed\nmanagedVirtualNetwork: default", 0)]
    [InlineData("Net.integrationRuntime.yaml", "type: SelfHosted", 1)]
    public void A_private_endpoint_needs_a_runtime_in_its_network(string runtime, string text, int expected)
    {
        const string Path = "managedVirtualNetwork/default/managedPrivateEndpoint/e.json";
        var factory = TestText.Factory(runtime, text, Path, """{"name":"e","properties":{"privateLinkResourceId":"/x","groupId":"blob"}}""");
        Assert.Equal(expected, RuleCases.Find(factory, factory.Documents[Path], "PW4434").Length);
    }

    [Fact]
    public void A_secret_that_is_missing_is_read_from_the_vault() => Assert.Equal(
        "type: RestService\nurl: https://x.net\nauthenticationType: Basic\nuserName: u\npassword:\n  type: AzureKeyVaultSecret\n  store: KV\n  secretName: l-password",
        RuleCases.Fix("PW4426", "l.linkedService.yaml", "type: RestService\nurl: https://x.net\nauthenticationType: Basic\nuserName: u", 0, Others).TrimEnd());

    [Theory]
    [InlineData("A=1;B = x y ;", "a=1", "b=x y")]
    [InlineData("A=\"1;2\";B={3;4}", "a=1;2", "b=3;4")]
    [InlineData("User Id=u;=x;;C", "userid=u")]
    [InlineData("")]
    public void A_connection_string_has_parts(string text, params string[] parts) =>
        Assert.Equal(parts, ConnectionStringParts.Parse(text).Select(p => p.Key + "=" + p.Value).ToImmutableArray());
}
