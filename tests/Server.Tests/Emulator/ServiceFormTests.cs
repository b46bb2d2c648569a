using System.Text.Json.Nodes;
using Pipewright.Emulator;
using Xunit;

namespace Pipewright.Server.Tests.Emulator;

/// <summary>What comes back otherwise than it was sent.</summary>
public sealed class ServiceFormTests
{
    [Theory]
    [InlineData(
        """{"typeProperties":{"connectionString":"Server=s;Database=d;User ID=u;Password=p4ss"},"annotations":[],"type":"AzureSqlDatabase"}""",
        """{"type":"AzureSqlDatabase","typeProperties":{"connectionString":"Server=s;Database=d;User ID=u","encryptedCredential":"?"},"annotations":[]}""")]
    [InlineData(
        """{"type":"AzureBlobStorage","typeProperties":{"connectionString":"DefaultEndpointsProtocol=https;AccountName=a;AccountKey=k==;"}}""",
        """{"type":"AzureBlobStorage","typeProperties":{"connectionString":"DefaultEndpointsProtocol=https;AccountName=a;","encryptedCredential":"?"},"annotations":[]}""")]
    [InlineData(
        """{"type":"AzureBlobStorage","typeProperties":{"connectionString":"AccountName=a"}}""",
        """{"type":"AzureBlobStorage","typeProperties":{"connectionString":"AccountName=a"},"annotations":[]}""")]
    [InlineData(
        """{"type":"AzureBlobStorage","typeProperties":{"connectionString":{"type":"SecureString","value":"AccountName=a"}}}""",
        """{"type":"AzureBlobStorage","typeProperties":{"encryptedCredential":"?"},"annotations":[]}""")]
    [InlineData(
        """{"type":"AzureBlobStorage","typeProperties":{"sasUri":"https://a.blob.core.windows.net/?sig=s"}}""",
        """{"type":"AzureBlobStorage","typeProperties":{"encryptedCredential":"?"},"annotations":[]}""")]
    [InlineData(
        """{"type":"MongoDb","typeProperties":{"server":"s","password":"@{linkedService().p}"}}""",
        """{"type":"MongoDb","typeProperties":{"server":"s","password":"@{linkedService().p}"},"annotations":[]}""")]
    [InlineData(
        """{"type":"AzureDatabricks","typeProperties":{"domain":"https://x","accessToken":{"type":"SecureString","value":"dapi"}}}""",
        """{"type":"AzureDatabricks","typeProperties":{"domain":"https://x","encryptedCredential":"?"},"annotations":[]}""")]
    [InlineData(
        """{"type":"AzureDatabricks","typeProperties":{"domain":"https://x","encryptedCredential":"kept"}}""",
        """{"type":"AzureDatabricks","typeProperties":{"domain":"https://x","encryptedCredential":"kept"},"annotations":[]}""")]
    [InlineData(
        """{"type":"AzureDatabricks","typeProperties":{"domain":"x","accessToken":{"type":"AzureKeyVaultSecret","secretName":"s","store":{"referenceName":"Vault","type":"LinkedServiceReference"}}}}""",
        """{"type":"AzureDatabricks","typeProperties":{"domain":"x","accessToken":{"type":"AzureKeyVaultSecret","secretName":"s","store":{"referenceName":"Vault","type":"LinkedServiceReference"}}},"annotations":[]}""")]
    [InlineData(
        """{"type":"SqlServer","typeProperties":{"connectionString":"Server=s","alwaysEncryptedSettings":{"alwaysEncryptedAkvAuthType":"ServicePrincipal","servicePrincipalId":"i","servicePrincipalKey":{"type":"SecureString","value":"k"}}}}""",
        """{"type":"SqlServer","typeProperties":{"connectionString":"Server=s","alwaysEncryptedSettings":{"alwaysEncryptedAkvAuthType":"ServicePrincipal","servicePrincipalId":"i"},"encryptedCredential":"?"},"annotations":[]}""")]
    [InlineData("""{"type":"NoSuchThing","typeProperties":{"key":{"type":"SecureString","value":"k"}}}""", """{"type":"NoSuchThing","typeProperties":{"key":{"type":"SecureString","value":"**********"}},"annotations":[]}""")]
    public async Task Secrets_of_linked_services_do_not_come_back(string sent, string kept)
    {
        await using var emulator = await TestEmulator.StartAsync();
        await emulator.PutAsync("linkedservices/Vault", """{"properties":{"type":"AzureKeyVault"}}""");
        Assert.Equal(200, (await emulator.PutAsync("linkedservices/l", $$"""{"properties":{{sent}}}""")).Status);
        var properties = (await emulator.GetAsync("linkedservices/l")).Content!["properties"]!;
        if (properties["typeProperties"]!["encryptedCredential"] is JsonValue credential && (string)credential! != "kept")
        {
            Assert.Contains("CredentialId", System.Text.Encoding.UTF8.GetString(Convert.FromBase64String((string)credential!)), StringComparison.Ordinal);
            properties["typeProperties"]!["encryptedCredential"] = "?";
        }

        Assert.Equal(kept, properties.ToJsonString());
    }

    [Fact]
    public async Task A_secret_that_is_sent_again_is_encrypted_again()
    {
        await using var emulator = await TestEmulator.StartAsync();
        async Task<string> PutAsync() => (string)(await emulator.PutAsync(
            "linkedservices/l", """{"properties":{"type":"AzureDatabricks","typeProperties":{"accessToken":{"type":"SecureString","value":"s"}}}}""")).Content!["properties"]!["typeProperties"]!["encryptedCredential"]!;
        var first = await PutAsync();
        Assert.Equal(first, (string)(await emulator.GetAsync("linkedservices/l")).Content!["properties"]!["typeProperties"]!["encryptedCredential"]!);
        Assert.NotEqual(first, await PutAsync());
    }

    [Fact]
    public async Task A_pipeline_comes_back_with_what_the_service_adds()
    {
        await using var emulator = await TestEmulator.StartAsync();
        await emulator.PutAsync("pipelines/p", """
            {"properties":{"activities":[{"name":"Call","type":"WebActivity","policy":{"retry":2},
              "typeProperties":{"url":"https://x","method":"GET","headers":{"key":{"type":"SecureString","value":"k"}}}},
              {"name":"Each","type":"ForEach","typeProperties":{"activities":[{"name":"W","type":"Wait","typeProperties":{"waitTimeInSeconds":1}}]}}],
              "parameters":{"key":{"type":"securestring","defaultValue":"k"},"open":{"type":"String","defaultValue":"o"}}}}
            """);
        var properties = (await emulator.GetAsync("pipelines/p")).Content!["properties"]!;
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$", (string)properties["lastPublishTime"]!);
        Assert.Equal("[]", properties["annotations"]!.ToJsonString());
        var call = properties["activities"]![0]!;
        Assert.Equal(["type", "typeProperties", "name", "policy"], call.AsObject().Select(p => p.Key));
        Assert.Equal("**********", (string)call["typeProperties"]!["headers"]!["key"]!["value"]!);
        Assert.Equal((2, 30, false, "0.12:00:00"), ((int)call["policy"]!["retry"]!, (int)call["policy"]!["retryIntervalInSeconds"]!, (bool)call["policy"]!["secureInput"]!, (string)call["policy"]!["timeout"]!));
        var inner = properties["activities"]![1]!["typeProperties"]!["activities"]![0]!.AsObject();
        Assert.Equal(["type", "typeProperties", "name"], inner.Select(p => p.Key));
        Assert.Equal(("**********", "o"), ((string)properties["parameters"]!["key"]!["defaultValue"]!, (string)properties["parameters"]!["open"]!["defaultValue"]!));
    }

    [Fact]
    public async Task What_only_the_service_writes_is_not_taken_from_anybody()
    {
        await using var emulator = await TestEmulator.StartAsync();
        await emulator.PutAsync("pipelines/p", """{"properties":{"lastPublishTime":"1999-01-01T00:00:00Z"}}""");
        Assert.DoesNotContain("1999", (await emulator.GetAsync("pipelines/p")).Content!.ToJsonString(), StringComparison.Ordinal);
        await emulator.PutAsync("managedVirtualNetworks/default", """{"properties":{"vNetId":"mine"}}""");
        Assert.True(Guid.TryParse((string)(await emulator.GetAsync("managedVirtualNetworks/default")).Content!["properties"]!["vNetId"]!, out _));
        await emulator.PutAsync("managedVirtualNetworks/default/managedPrivateEndpoints/e", """{"properties":{"groupId":"blob","provisioningState":"Failed"}}""");
        var endpoint = (await emulator.GetAsync("managedVirtualNetworks/default/managedPrivateEndpoints/e")).Content!["properties"]!;
        Assert.Equal(("Succeeded", "Pending"), ((string)endpoint["provisioningState"]!, (string)endpoint["connectionState"]!["status"]!));
        await emulator.PutAsync("integrationRuntimes/azure", """{"properties":{"type":"Managed","state":"Limited"}}""");
        Assert.Equal("Online", (string)(await emulator.GetAsync("integrationRuntimes/azure")).Content!["properties"]!["state"]!);
    }

    [Fact]
    public async Task Bodies_come_back_as_they_were_sent_when_that_is_asked_for()
    {
        await using var emulator = await TestEmulator.StartAsync(new EmulatorOptions(0, null, null, 50) { Plain = true });
        const string Sent = """{"typeProperties":{"accessToken":{"type":"SecureString","value":"s"}},"type":"AzureDatabricks"}""";
        await emulator.PutAsync("linkedservices/l", $$"""{"properties":{{Sent}}}""");
        Assert.Equal(Sent, (await emulator.GetAsync("linkedservices/l")).Content!["properties"]!.ToJsonString());
    }

    /// <summary>Whatever the factory: the service's form of its own form changes nothing but the times.</summary>
    [Fact]
    public async Task What_the_service_gave_is_taken_back_as_it_is()
    {
        await using var emulator = await TestEmulator.StartAsync(new EmulatorOptions(0, null, Path.Combine(Repository.Root, "samples", "medallion"), 500) { Time = new TurnedTime() });
        foreach (var collection in (string[])["pipelines", "datasets", "linkedservices", "dataflows", "integrationRuntimes", "credentials", "managedVirtualNetworks", "managedVirtualNetworks/default/managedPrivateEndpoints"])
        {
            foreach (var resource in (await emulator.GetAsync(collection)).Content!["value"]!.AsArray())
            {
                var again = await emulator.PutAsync($"{collection}/{resource!["name"]}", $$"""{"properties":{{resource["properties"]!.ToJsonString()}}}""");
                Assert.Equal(resource["properties"]!.ToJsonString(), again.Content!["properties"]!.ToJsonString());
            }
        }
    }
}
