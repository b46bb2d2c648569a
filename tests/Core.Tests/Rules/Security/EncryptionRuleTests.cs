using Xunit;

namespace Pipewright.Core.Tests.Rules.Security;

/// <summary>Servers are verified, credentials travel encrypted, and monitoring shows no secret that is read.</summary>
public sealed class EncryptionRuleTests
{
    [Theory]
    [InlineData("PW7005", "l.linkedService.yaml", "type: RestService\nurl: https://x.net\nauthenticationType: Anonymous\nenableServerCertificateValidation: [|false|]")]
    [InlineData("PW7005", "l.linkedService.yaml", "type: Sftp\nhost: h\nskipHostKeyValidation: [|true|]")]
    [InlineData("PW7005", "l.linkedService.yaml", "type: AzureSqlDatabase\nserver: s\ntrustServerCertificate: [|true|]")]
    [InlineData("PW7005", "p.pipeline.yaml", "activities:\n  - { name: W, type: WebActivity, method: GET, url: https://x.net, disableCertValidation: [|true|] }")]
    [InlineData("PW7006", "l.linkedService.yaml", "type: FtpServer\nhost: h\nenableSsl: [|false|]")]
    [InlineData("PW7006", "l.linkedService.yaml", "type: HttpServer\nurl: [|http://x.net|]\nauthenticationType: Basic\nuserName: u\nencryptedCredential: x")]
    [InlineData("PW7006", "p.pipeline.yaml", "activities:\n  - { name: W, type: WebActivity, method: GET, url: [|http://x.net|], authentication: { type: MSI, resource: r } }")]
    [InlineData("PW7007", "p.pipeline.yaml", "activities:\n  - { name: W, type: WebActivity, method: GET, url: [|https://v.vault.azure.net/secrets/s?api-version=7.0|] }")]
    [InlineData("PW7007", "p.pipeline.yaml", "parameters: { s: string }\nactivities:\n  - name: W\n    type: WebActivity\n    policy: { secureOutput: false }\n    method: GET\n    url: [|\"@concat('https://v.vault.azure.net/secrets/', pipeline().parameters.s)\"|]")]
    public void It_is_found_and_mended(string code, string path, string text) => RuleCases.Finds(code, path, text);

    [Theory]
    [InlineData("l.linkedService.yaml", "type: HttpServer\nurl: http://x.net\nauthenticationType: Anonymous\nenableServerCertificateValidation: true")]
    [InlineData("l.linkedService.yaml", "type: HttpServer\nurl: http://localhost/a\nauthenticationType: Basic\nuserName: u\nencryptedCredential: x")]
    [InlineData("l.linkedService.yaml", "type: SqlServer\nserver: s\ntrustServerCertificate: true")]
    [InlineData("p.pipeline.yaml", "activities:\n  - { name: W, type: WebActivity, method: GET, url: https://v.vault.azure.net/secrets/s, policy: { secureOutput: true } }")]
    [InlineData("p.pipeline.yaml", "activities:\n  - { name: W, type: WebActivity, state: Inactive, method: GET, url: https://v.vault.azure.net/secrets/s, disableCertValidation: true }")]
    public void What_is_right_is_left_in_peace(string path, string text)
    {
        foreach (var code in new[] { "PW7005", "PW7006", "PW7007" })
        {
            RuleCases.FindsNothing(code, path, text);
        }
    }
}
