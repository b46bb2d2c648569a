namespace Pipewright.Deployment.Templates;

/// <summary>
/// The default parameterization template of Microsoft's documentation, and what Data Factory Studio offers beyond it when one begins a definition there: how the pipelines of a trigger are named, and
/// <c>accountEndpoint</c>, <c>endpoint</c>, <c>existingClusterId</c>, <c>mlWorkspaceName</c>, the factory's identity and encryption, and the token of a credential.
/// </summary>
internal static class DefaultDefinition
{
    public const string Text = """
        {
          "Microsoft.DataFactory/factories": {
            "properties": {
              "globalParameters": { "*": { "value": "=" } },
              "globalConfigurations": { "*": "=" },
              "encryption": { "*": "=", "identity": { "*": "=" } }
            },
            "location": "=",
            "identity": { "type": "=", "userAssignedIdentities": "=" }
          },
          "Microsoft.DataFactory/factories/globalparameters": { "properties": { "*": { "value": "=" } } },
          "Microsoft.DataFactory/factories/pipelines": {},
          "Microsoft.DataFactory/factories/dataflows": {},
          "Microsoft.DataFactory/factories/integrationRuntimes": {
            "properties": {
              "typeProperties": {
                "ssisProperties": {
                  "catalogInfo": {
                    "catalogServerEndpoint": "=",
                    "catalogAdminUserName": "=",
                    "catalogAdminPassword": { "value": "-::secureString" }
                  },
                  "customSetupScriptProperties": { "sasToken": { "value": "-::secureString" } }
                },
                "linkedInfo": { "key": { "value": "-::secureString" }, "resourceId": "=" },
                "computeProperties": { "dataFlowProperties": { "externalComputeInfo": [ { "accessToken": "-::secureString" } ] } }
              }
            }
          },
          "Microsoft.DataFactory/factories/triggers": {
            "properties": {
              "pipelines": [ { "parameters": { "*": "=" } }, "pipelineReference.referenceName" ],
              "pipeline": { "parameters": { "*": "=" } },
              "typeProperties": { "scope": "=" }
            }
          },
          "Microsoft.DataFactory/factories/linkedServices": {
            "*": {
              "properties": {
                "typeProperties": {
                  "accountName": "=",
                  "accountEndpoint": "=",
                  "username": "=",
                  "userName": "=",
                  "accessKeyId": "=",
                  "endpoint": "=",
                  "servicePrincipalId": "=",
                  "userId": "=",
                  "host": "=",
                  "clientId": "=",
                  "existingClusterId": "=",
                  "clusterUserName": "=",
                  "clusterSshUserName": "=",
                  "hostSubscriptionId": "=",
                  "clusterResourceGroup": "=",
                  "subscriptionId": "=",
                  "resourceGroupName": "=",
                  "tenant": "=",
                  "dataLakeStoreUri": "=",
                  "baseUrl": "=",
                  "database": "=",
                  "serviceEndpoint": "=",
                  "batchUri": "=",
                  "poolName": "=",
                  "databaseName": "=",
                  "systemNumber": "=",
                  "server": "=",
                  "url": "=",
                  "functionAppUrl": "=",
                  "environmentUrl": "=",
                  "aadResourceId": "=",
                  "sasUri": "|:-sasUri:secureString",
                  "sasToken": "|",
                  "connectionString": "|:-connectionString:secureString",
                  "hostKeyFingerprint": "=",
                  "mlWorkspaceName": "="
                }
              }
            },
            "Odbc": { "properties": { "typeProperties": { "userName": "=", "connectionString": { "secretName": "=" } } } }
          },
          "Microsoft.DataFactory/factories/datasets": { "*": { "properties": { "typeProperties": { "folderPath": "=", "fileName": "=" } } } },
          "Microsoft.DataFactory/factories/credentials": { "*": { "properties": { "typeProperties": { "token": "=" } } } },
          "Microsoft.DataFactory/factories/managedVirtualNetworks/managedPrivateEndpoints": {
            "properties": { "privateLinkResourceId": "=", "groupId": "=", "fqdns": "=" }
          }
        }
        """;
}
