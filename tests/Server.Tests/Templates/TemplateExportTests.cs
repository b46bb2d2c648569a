using System.Text.Json;
using System.Text.Json.Nodes;
using Pipewright.Deployment.Templates;
using Xunit;

namespace Pipewright.Server.Tests.Templates;

public sealed class TemplateExportTests
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private const string Encrypted = "abcdEncryptedByTheFactory==";

    private const string Shape = """
        {
            "$schema": "http://schema.management.azure.com/schemas/2015-01-01/deploymentTemplate.json#",
            "contentVersion": "1.0.0.0",
            "parameters": {
                "factoryName": {
                    "type": "string",
                    "metadata": {
                        "description": "Data Factory name"
                    },
                    "defaultValue": "adf"
                },
                "Lake_accountKey": {
                    "type": "secureString",
                    "metadata": {
                        "description": "Secure string for 'accountKey' of 'Lake'"
                    }
                },
                "Lake_properties_typeProperties_url": {
                    "type": "string",
                    "defaultValue": "https://lake"
                },
                "default_properties_env_value": {
                    "type": "string",
                    "defaultValue": "dev"
                }
            },
            "variables": {
                "factoryId": "[concat('Microsoft.DataFactory/factories/', parameters('factoryName'))]"
            },
            "resources": [
                {
                    "name": "[concat(parameters('factoryName'), '/load')]",
                    "type": "Microsoft.DataFactory/factories/pipelines",
                    "apiVersion": "2018-06-01",
                    "properties": {
                        "activities": [
                            {
                                "name": "Look",
                                "type": "Lookup",
                                "typeProperties": {
                                    "source": {
                                        "type": "BinarySource"
                                    },
                                    "dataset": {
                                        "referenceName": "Orders",
                                        "type": "DatasetReference"
                                    }
                                }
                            }
                        ]
                    },
                    "dependsOn": [
                        "[concat(variables('factoryId'), '/datasets/Orders')]"
                    ]
                },
                {
                    "name": "[concat(parameters('factoryName'), '/Orders')]",
                    "type": "Microsoft.DataFactory/factories/datasets",
                    "apiVersion": "2018-06-01",
                    "properties": {
                        "type": "Binary",
                        "linkedServiceName": {
                            "referenceName": "Lake",
                            "type": "LinkedServiceReference"
                        },
                        "typeProperties": {
                            "location": {
                                "type": "AzureBlobFSLocation",
                                "fileName": "[[all]"
                            }
                        }
                    },
                    "dependsOn": [
                        "[concat(variables('factoryId'), '/linkedServices/Lake')]"
                    ]
                },
                {
                    "name": "[concat(parameters('factoryName'), '/Lake')]",
                    "type": "Microsoft.DataFactory/factories/linkedServices",
                    "apiVersion": "2018-06-01",
                    "properties": {
                        "type": "AzureBlobFS",
                        "typeProperties": {
                            "url": "[parameters('Lake_properties_typeProperties_url')]",
                            "accountKey": {
                                "type": "SecureString",
                                "value": "[parameters('Lake_accountKey')]"
                            }
                        }
                    },
                    "dependsOn": []
                },
                {
                    "name": "[concat(parameters('factoryName'), '/default')]",
                    "type": "Microsoft.DataFactory/factories/globalparameters",
                    "apiVersion": "2018-06-01",
                    "properties": {
                        "env": {
                            "type": "string",
                            "value": "[parameters('default_properties_env_value')]"
                        }
                    },
                    "dependsOn": []
                }
            ]
        }

        """;

    [Fact]
    public void A_template_has_the_shape_of_those_that_Studio_publishes()
    {
        var files = TemplateExport.ToArm(ExportedTexts.Request(
            ("load.pipeline.yaml", "activities:\n  - { name: Look, type: Lookup, source: { type: BinarySource }, dataset: Orders }\n"),
            ("Orders.dataset.yaml", "type: Binary\nlinkedServiceName: Lake\nlocation: { type: AzureBlobFSLocation, fileName: \"[all]\" }\n"),
            ("Lake.linkedService.yaml", $"type: AzureBlobFS\nurl: https://lake\nencryptedCredential: {Encrypted}\n"),
            ("adf.factory.yaml", "location: westeurope\nglobalParameters:\n  env: { type: string, value: dev }\n")));
        Assert.Empty(files.Losses);
        Assert.Equal(
            ["ARMTemplateForFactory.json", "ARMTemplateParametersForFactory.json", "factory/adf_ARMTemplateForFactory.json", "factory/adf_ARMTemplateParametersForFactory.json"],
            files.Files.Select(f => f.Path));
        Assert.Equal(
            Shape,
            files.Files[0].Text);
        Assert.Equal(
            """{"factoryName":{"value":"adf"},"Lake_accountKey":{"value":""},"Lake_properties_typeProperties_url":{"value":"https://lake"},"default_properties_env_value":{"value":"dev"}}""",
            JsonNode.Parse(files.Files[1].Text)!["parameters"]!.ToJsonString());
        Assert.Equal("dataFactory_properties_globalParameters_env_value dataFactory_location", ParameterNames(files.Find("factory/adf_ARMTemplateForFactory.json")));
    }

    [Theory]
    [InlineData("linkedService/L.json", """{ "type": "AzureSqlDatabase", "typeProperties": { "connectionString": "Server=x", "encryptedCredential": "e" } }""", "L_connectionString:secureString")]
    [InlineData("linkedService/L.json", """{ "type": "AzureSqlDatabase", "typeProperties": { "server": "x", "userName": "u", "encryptedCredential": "e" } }""", "L_password:secureString L_properties_typeProperties_server:string L_properties_typeProperties_userName:string")]
    [InlineData("linkedService/L.json", """{ "type": "AzureDatabricks", "typeProperties": { "domain": "x", "existingClusterId": "c", "encryptedCredential": "e" } }""", "L_accessToken:secureString L_properties_typeProperties_existingClusterId:string")]
    [InlineData("linkedService/L.json", """{ "type": "AzureDataExplorer", "typeProperties": { "servicePrincipalId": "i", "encryptedCredential": "e" } }""", "L_servicePrincipalKey:secureString L_properties_typeProperties_servicePrincipalId:string")]
    [InlineData("linkedService/a b.json", """{ "type": "RestService", "typeProperties": { "url": "https://x", "authHeaders": { "x-key": { "type": "SecureString", "value": "***" } } } }""", "a b_x-key:secureString a b_properties_typeProperties_url:string")]
    [InlineData(
        "linkedService/L.json", """{ "type": "SqlServer", "typeProperties": { "connectionString": { "type": "AzureKeyVaultSecret", "store": { "referenceName": "V", "type": "LinkedServiceReference" }, "secretName": "n" } } }""",
        "L_properties_typeProperties_connectionString_secretName:string")]
    [InlineData("linkedService/L.json", """{ "type": "AmazonS3", "typeProperties": { "accessKeyId": { "type": "AzureKeyVaultSecret", "secretName": "n" } } }""", "L_properties_typeProperties_accessKeyId:object")]
    [InlineData("linkedService/L.json", """{ "type": "Odbc", "typeProperties": { "userName": "u", "connectionString": "Dsn=x" } }""", "L_properties_typeProperties_userName:string")]
    [InlineData("linkedService/L.json", """{ "type": "AzureSqlDatabase", "typeProperties": { "userName": "u", "username": "v" } }""", "L_properties_typeProperties_userName:string L_properties_typeProperties_username_2:string")]
    [InlineData(
        "trigger/T.json", """{ "type": "ScheduleTrigger", "pipelines": [ { "pipelineReference": { "referenceName": "p", "type": "PipelineReference" }, "parameters": { "s": "a", "b": true, "n": 1, "l": [ 1 ], "f": 1.5, "z": null } } ] }""",
        "T_properties_p_parameters_s:string T_properties_p_parameters_b:bool T_properties_p_parameters_n:int T_properties_p_parameters_l:array")]
    [InlineData("trigger/T.json", """{ "type": "BlobEventsTrigger", "typeProperties": { "scope": "/x", "events": [] } }""", "T_properties_typeProperties_scope:string")]
    [InlineData(
        "managedVirtualNetwork/default/managedPrivateEndpoint/E.json", """{ "privateLinkResourceId": "/x", "groupId": "dfs", "fqdns": [ "a" ], "connectionState": {} }""",
        "E_properties_privateLinkResourceId:string E_properties_groupId:string E_properties_fqdns:array")]
    [InlineData(
        "integrationRuntime/I.json", """{ "type": "SelfHosted", "typeProperties": { "linkedInfo": { "resourceId": "/x", "authorizationType": "Rbac", "key": { "type": "SecureString", "value": "k" } } } }""",
        "I_properties_typeProperties_linkedInfo_key_value:secureString I_properties_typeProperties_linkedInfo_resourceId:string")]
    [InlineData(
        "pipeline/P.json", """{ "activities": [ { "name": "Call", "type": "WebActivity", "typeProperties": { "url": "https://x", "authentication": { "password": { "type": "SecureString", "value": "k" } } } } ] }""",
        "P_properties_Call_typeProperties_authentication_password_value:secureString")]
    [InlineData("pipeline/P.json", """{ "parameters": { "key": { "type": "securestring", "defaultValue": "k" } } }""", "P_properties_parameters_key_defaultValue:secureString")]
    [InlineData("dataset/D.json", """{ "type": "AzureBlob", "typeProperties": { "folderPath": "a", "fileName": { "value": "@dataset().f", "type": "Expression" } } }""", "D_properties_typeProperties_folderPath:string D_properties_typeProperties_fileName:object")]
    public void Parameters_are_those_that_Studio_makes_by_default(string path, string properties, string expected) =>
        Assert.Equal(expected, Parameters(ExportedTexts.Request((path, $$"""{ "name": "{{Path.GetFileNameWithoutExtension(path)}}", "properties": {{properties}} }"""))));

    [Theory]
    [InlineData("""{ "properties": { "typeProperties": { "url": "-" } } }""", "L_properties_typeProperties_url:string=")]
    [InlineData("""{ "properties": { "typeProperties": { "url": "=:-" } } }""", "L_url:string=https://x")]
    [InlineData("""{ "properties": { "typeProperties": { "url": "=:address" } } }""", "L_properties_typeProperties_address:string=https://x")]
    [InlineData("""{ "properties": { "typeProperties": { "url": "-:-address:string" } } }""", "L_address:string=")]
    [InlineData("""{ "properties": { "typeProperties": { "url": "|:-address:secureString" } } }""", "L_address:secureString=")]
    [InlineData("""{ "properties": { "typeProperties": { "url": "=::int" } } }""", "L_properties_typeProperties_url:string=https://x")]
    [InlineData("""{ "properties": { "typeProperties": { "*": "=", "url": "=:-url" } } }""", "L_url:string=https://x L_properties_typeProperties_retries:int=3")]
    [InlineData("""{ "properties": { "typeProperties": "=" } }""", """L_properties_typeProperties:object={"url":"https://x","retries":3}""")]
    [InlineData("""{ "*": { "properties": { "typeProperties": { "url": "=" } } }, "restservice": { "properties": { "typeProperties": { "retries": "=:-n" } } } }""", "L_n:int=3")]
    [InlineData("""{ "*": { "properties": { "typeProperties": { "url": "=:-u" } } }, "Other": {} }""", "L_u:string=https://x")]
    [InlineData("""{ "properties": { "description": "=" } }""", "")]
    [InlineData("{}", "")]
    public void A_definition_tells_which_properties_become_parameters(string rules, string expected) => Assert.Equal(expected, Parameters(
        ExportedTexts.Request(("linkedService/L.json", """{ "name": "L", "properties": { "type": "RestService", "typeProperties": { "url": "https://x", "retries": 3 } } }""")) with
        {
            Definitions = ExportedTexts.Define("linkedServices", rules),
        },
        withDefaults: true));

    [Theory]
    [InlineData("""{ "properties": { "activities": [ { "typeProperties": { "waitTimeInSeconds": "-::int" } } ] } }""", "P_properties_A_typeProperties_waitTimeInSeconds:int P_properties_B_typeProperties_waitTimeInSeconds:int")]
    [InlineData("""{ "properties": { "activities": [ { "typeProperties": { "waitTimeInSeconds": "=:-wait:int" } } ] } }""", "P_wait:int P_properties_B_typeProperties_wait:int")]
    [InlineData("""{ "properties": { "activities": [ { "typeProperties": { "activities": [ { "typeProperties": { "url": "=" } } ] } } ] } }""", "P_properties_E_typeProperties_C_typeProperties_url:string")]
    [InlineData("""{ "properties": { "activities": [ { "typeProperties": { "waitTimeInSeconds": "=" } }, "type" ] } }""", "P_properties_Wait_typeProperties_waitTimeInSeconds:int P_properties_Wait_typeProperties_waitTimeInSeconds_2:int")]
    [InlineData("""{ "properties": { "annotations": [ "=" ] } }""", "P_properties_0:string")]
    public void Elements_of_lists_are_named_in_parameters(string rules, string expected) => Assert.Equal(expected, Parameters(
        ExportedTexts.Request(("P.pipeline.yaml", """
            annotations: [x]
            activities:
              - { name: A, type: Wait, waitTimeInSeconds: 1 }
              - { name: B, type: Wait, waitTimeInSeconds: 2 }
              - { name: E, type: ForEach, items: "@x", activities: [{ name: C, type: WebActivity, method: GET, url: "https://x" }] }
            """)) with
        { Definitions = ExportedTexts.Define("pipelines", rules) }));

    [Theory]
    [InlineData("[]", "an object with a member for each kind")]
    [InlineData("""{ "linkedServices": {} }""", "'linkedServices' is no kind of resource")]
    [InlineData("""{ "Microsoft.DataFactory/factories/datasets": { "properties": { "x": "keep" } } }""", "\"keep\" at 'Microsoft.DataFactory/factories/datasets.properties.x' is no action")]
    [InlineData("""{ "Microsoft.DataFactory/factories/datasets": { "x": "=::text" } }""", "\"=::text\"")]
    [InlineData("""{ "Microsoft.DataFactory/factories/datasets": { "x": [] } }""", "the list at")]
    [InlineData("""{ "Microsoft.DataFactory/factories/datasets": { "x": true } }""", "has to be an object, a list or a text")]
    public void What_is_wrong_in_a_definition_is_said(string text, string expected)
    {
        var complaints = new List<string>();
        ParameterDefinitions.Parse(text, complaints.Add);
        Assert.Contains(expected, Assert.Single(complaints), StringComparison.Ordinal);
    }

    [Fact]
    public void No_secret_reaches_a_file()
    {
        const string Secret = "h4sh3dS3cretValue+Q9zX7w==";
        var request = ExportedTexts.Request(
            ("linkedService/a.json", $$"""{ "name": "a", "properties": { "type": "AzureSqlDatabase", "typeProperties": { "server": "x", "password": "{{Secret}}" } } }"""),
            ("linkedService/b.json", $$"""{ "name": "b", "properties": { "type": "AzureSqlDatabase", "typeProperties": { "password": { "type": "SecureString", "value": "{{Secret}}" } } } }"""),
            ("linkedService/c.json", $$"""{ "name": "c", "properties": { "type": "AzureBlobStorage", "typeProperties": { "connectionString": "AccountName=x;AccountKey={{Secret}}" } } }"""),
            ("linkedService/d.json", $$"""{ "name": "d", "properties": { "type": "RestService", "typeProperties": { "url": "https://x/?sig={{Secret}}", "encryptedCredential": "{{Secret}}" } } }"""),
            ("linkedService/e.json", $$"""{ "name": "e", "properties": { "type": "NoSuchType", "typeProperties": { "encryptedCredential": "{{Secret}}" } } }"""),
            ("trigger/t.json", $$"""{ "name": "t", "properties": { "type": "ScheduleTrigger", "pipelines": [ { "parameters": { "password": "{{Secret}}", "o": { "clientSecret": "{{Secret}}" } } } ] } }"""),
            ("pipeline/p.json", $$"""{ "name": "p", "properties": { "activities": [ { "name": "w", "type": "WebActivity", "typeProperties": { "authentication": { "pfx": { "type": "SecureString", "value": "{{Secret}}" } } } } ] } }"""));
        var (arm, bicep) = (TemplateExport.ToArm(request), TemplateExport.ToBicep(request));
        Assert.All(arm.Files.Concat(bicep.Files), f => Assert.DoesNotContain(Secret, f.Text, StringComparison.Ordinal));
        Assert.Contains("'encryptedCredential' of 'e' is left out", Assert.Single(arm.Losses), StringComparison.Ordinal);
        Assert.Equal(
            "a_password:secureString b_password:secureString c_connectionString:secureString d_properties_typeProperties_url:secureString t_properties_0_parameters_password:secureString t_properties_0_parameters_o:secureObject p_properties_w_typeProperties_authentication_pfx_value:secureString",
            string.Join(' ', Parameters(request).Split(' ').Where(p => p.Contains(":secure", StringComparison.Ordinal)).OrderBy(p => "abcdtp".IndexOf(p[0], StringComparison.Ordinal))));
    }

    [Fact]
    public void Both_forms_give_the_same_bytes_whatever_the_order_of_files()
    {
        var spec = ExportedTexts.ReadFolder(Path.Combine(Repository.Root, "samples", "medallion")).ToList();
        var git = ExportedTexts.ReadFolder(Path.Combine(Repository.Root, "samples", "medallion-git"));
        foreach (var export in (Func<TemplateRequest, TemplateFiles>[])[TemplateExport.ToArm, TemplateExport.ToBicep])
        {
            var files = export(ExportedTexts.Request(spec)).Files.AsEnumerable();
            Assert.Equal(files, export(ExportedTexts.Request(git)).Files.AsEnumerable());
            Assert.Equal(files, export(ExportedTexts.Request(spec.AsEnumerable().Reverse())).Files.AsEnumerable());
        }
    }

    [Fact]
    public void A_template_that_is_too_large_is_linked_from_parts()
    {
        // One dataset of a service, and 900 pipelines, each of which calls the next one.
        var files = TemplateExport.ToArm(ExportedTexts.Request(
        [
            ("L.linkedService.yaml", "type: AzureBlobFS\nurl: https://lake\nencryptedCredential: x\n"), ("f.factory.yaml", "location: x\n"),
            .. Enumerable.Range(0, 900).Select(i => ($"p{i:000}.pipeline.yaml", i == 899 ? "activities: []\n" : $"activities:\n  - {{ name: C, type: ExecutePipeline, pipeline: p{i + 1:000} }}\n")),
        ]));
        Assert.Empty(files.Losses);
        Assert.Contains("ArmTemplate_master.json", Assert.Single(files.Notes), StringComparison.Ordinal);
        Assert.Equal(
            ["linkedTemplates/ArmTemplate_0.json", "linkedTemplates/ArmTemplate_1.json", "linkedTemplates/ArmTemplate_master.json", "linkedTemplates/ArmTemplateParameters_master.json"],
            files.Files.Where(f => f.Path.StartsWith("linkedTemplates/", StringComparison.Ordinal)).Select(f => f.Path));
        var parts = files.Files.Where(f => f.Path is "linkedTemplates/ArmTemplate_0.json" or "linkedTemplates/ArmTemplate_1.json").Select(f => new TemplateMeaning(f.Text)).ToList();
        Assert.Equal([800, 101], parts.Select(p => p.Resources.Count));

        // A part names what it needs of its own resources only: what an earlier one deploys is there by then.
        Assert.Equal([798, 100], parts.Select(p => p.Resources.Values.Count(r => r.Needed.Length > 0)));
        Assert.Equal(["L_accountKey", "L_properties_typeProperties_url", "factoryName"], parts[0].Parameters.Keys);
        Assert.Equal(["factoryName"], parts[1].Parameters.Keys);
        var master = JsonNode.Parse(files.Find("linkedTemplates/ArmTemplate_master.json"))!;
        Assert.Equal("factoryName L_accountKey L_properties_typeProperties_url containerUri containerSasToken", string.Join(' ', master["parameters"]!.AsObject().Select(p => p.Key)));
        Assert.Equal(["factoryName"], master["resources"]![1]!["properties"]!["parameters"]!.AsObject().Select(p => p.Key));
        Assert.Equal(
            "[resourceId('Microsoft.Resources/deployments', concat(take(parameters('factoryName'), 48), '_ArmTemplate_0'))]", master["resources"]![1]!["dependsOn"]![0]!.GetValue<string>());
    }

    [Fact]
    public void More_parameters_than_a_template_may_have_are_said()
    {
        var request = ExportedTexts.Request(Enumerable.Range(0, 256).Select(i => ($"l{i}.linkedService.yaml", "type: RestService\nurl: https://x\n")));
        Assert.Contains("has 257 parameters, and Azure takes 256", Assert.Single(TemplateExport.ToArm(request).Losses), StringComparison.Ordinal);
        Assert.Single(TemplateExport.ToBicep(request).Losses);
    }

    [Fact]
    public void The_factory_itself_has_a_template_without_its_connection_to_Git()
    {
        var files = TemplateExport.ToArm(ExportedTexts.Request(("factory/f.json", """
            { "name": "f", "properties": { "repoConfiguration": { "type": "FactoryGitHubConfiguration" }, "publicNetworkAccess": "Disabled" },
              "identity": { "type": "SystemAssigned", "principalId": "p", "tenantId": "t" }, "tags": { "a": "b" }, "eTag": "e" }
            """)));
        var factory = JsonNode.Parse(files.Find("factory/f_ARMTemplateForFactory.json"))!;
        Assert.Equal(
            """{"name":"[parameters('factoryName')]","type":"Microsoft.DataFactory/factories","apiVersion":"2018-06-01","properties":{"publicNetworkAccess":"Disabled"},"identity":{"type":"[parameters('dataFactory_identity_type')]"},"tags":{"a":"b"},"location":"[parameters('dataFactory_location')]","dependsOn":[]}""",
            factory["resources"]![0]!.ToJsonString(Plain));
        Assert.Null(factory["parameters"]!["dataFactory_location"]!["defaultValue"]);
    }

    private static string ParameterNames(string template) => string.Join(' ', JsonNode.Parse(template)!["parameters"]!.AsObject().Select(p => p.Key).Where(p => p != "factoryName"));

    private static string Parameters(TemplateRequest request, bool withDefaults = false)
    {
        var files = TemplateExport.ToArm(request);
        var values = JsonNode.Parse(files.Files[1].Text)!["parameters"]!;
        return string.Join(' ', JsonNode.Parse(files.Files[0].Text)!["parameters"]!.AsObject().Where(p => p.Key != "factoryName")
            .Select(p => $"{p.Key}:{p.Value!["type"]}{(withDefaults ? $"={(values[p.Key]!["value"] is JsonObject whole ? whole.ToJsonString() : values[p.Key]!["value"])}" : "")}"));
    }
}
