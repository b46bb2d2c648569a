using System.Collections.Immutable;
using Pipewright.Core.Binding;
using Pipewright.Core.Factory;
using Pipewright.Core.Schema;
using Pipewright.Core.Syntax;

namespace Pipewright.Core.Tests.Mutations;

/// <summary>Linked services, datasets, and what does not go together; and secrets.</summary>
internal static class ConnectionMutations
{
    /// <summary>Put together here, so that nobody's scanner takes it for one that opens something.</summary>
    private static readonly string Key = string.Concat("q7Zk3Vw", "9Xr2Tb8", "Nf5Jh1", "Lc6Pd4", "Gs0Ym") + "==";

    public static ImmutableArray<Mutation> All { get; } =
    [
        Databricks("two computes", ["PW4401"], (s, o) => !o.Properties.Any(p => IsNewCluster(p) && p.Value is BoundScalar { Text.Length: > 0 }) ? null : o.Find("existingClusterId") is null ? s.Set(o, "existingClusterId", new NewScalar("0123-456789-abcd1234"), [.. o.Properties.Where(IsNewCluster).Select(p => p.NameSpan)]) : null),
        Databricks("version of the new cluster left out", ["PW4403", "PW4402"], (s, o) => o.Find("newClusterVersion") is { Entry: not null } p && o.Find("policyId") is null && o.Find("existingClusterId") is null && o.Find("newClusterNodeType") is not null ? s.Remove(p, [.. o.Properties.Select(x => x.NameSpan), s.Properties!.FindValue("type")!.Span]) : null),
        Databricks("number of workers in words", ["PW4404"], (s, o) => o.Find("newClusterNumOfWorker") is { } p ? s.SetValue(p.Value, new NewScalar("two")) : null),
        Databricks("range of workers the wrong way round", ["PW4404"], (s, o) => o.Find("newClusterNumOfWorker") is { } p ? s.SetValue(p.Value, new NewScalar("8:2")) : null),
        Databricks("range of workers with a dash", ["PW4404"], (s, o) => o.Find("newClusterNumOfWorker") is { } p ? s.SetValue(p.Value, new NewScalar("1-8")) : null),
        Databricks("address without https", ["PW4406"], (s, o) => s.Set(o, "domain", "adb-1234567890123456.7.azuredatabricks.net")),
        Databricks("address of a workspace page", ["PW4406"], (s, o) => s.Set(o, "domain", "https://adb-1234567890123456.7.azuredatabricks.net/?o=1234567890123456#notebook/1")),
        Databricks("address of the portal", ["PW4406"], (s, o) => s.Set(o, "domain", "https://portal.azure.com/")),
        Databricks("no address", ["PW2003"], (s, o) => o.Find("domain") is { Entry: not null } p ? s.Remove(p, [.. Subject.AnchorsOf(o), .. Subject.AnchorsOf(s.Properties!), s.Properties!.FindValue("type")!.Span]) : null),
        Databricks("token in plain text", ["PW7001", "PW7003"], (s, o) => s.Set(o, "accessToken", "dapi" + "0a1b2c3d4e5f60718293a4b5c6d7e8f9")),

        Secret("account key in a connection string", ["PW7002"], "connectionString", $"DefaultEndpointsProtocol=https;AccountName=lake;AccountKey={Key};EndpointSuffix=core.windows.net"),
        Secret("password in a connection string", ["PW7002"], "connectionString", "Server=tcp:x.database.windows.net;Database=d;User ID=u;Password=S3cr3t-Pa55;Encrypt=True"),
        Secret("Pwd in a connection string", ["PW7002"], "connectionString", "server=x;port=3306;uid=u;pwd=S3cr3t-Pa55"),
        Secret("signature in an address", ["PW7002"], "sasUri", "https://lake.blob.core.windows.net/c?sv=2022-11-02&sig=" + "q7Zk3Vw9Xr2Tb8Nf5Jh1Lc6Pd4Gs0Ym"),
        Secret("password in plain text", ["PW7001"], "password", "S3cr3t-Pa55"),
        Secret("account key in plain text", ["PW7001", "PW7003"], "accountKey", Key),
        Secret("client secret in plain text", ["PW7001", "PW7003"], "servicePrincipalKey", "abc8Q~" + "q7Zk3Vw9Xr2Tb8Nf5Jh1Lc6Pd4Gs0Ym1"),
        Secret("function key in plain text", ["PW7001", "PW7003"], "functionKey", Key),
        new("secrets", "SecureString with its value", ["PW7001"], s => from name in (string[])["password", "accountKey", "servicePrincipalKey"] where s.TypeProperties?.Shape?.FindProperty(name) is not null
            select s.Set(s.TypeProperties!, name, new NewMapping(("type", new NewScalar("SecureString")), ("value", new NewScalar("S3cr3t-Pa55"))))) { Kinds = [ResourceKind.LinkedService] },
        new("secrets", "password of a Key Vault's shape misspelt", ["PW2006", "PW2004", "PW2002", "PW2001"], s => from o in s.Objects where o.FindString("type") == "AzureKeyVaultSecret" && o.FindValue("type") is BoundScalar { Syntax: not null } select s.SetText((BoundScalar)o.FindValue("type")!, "AzureKeyVaultSecert", o.Span)) { Kinds = [ResourceKind.LinkedService] },
        new("secrets", "bearer token in a header", ["PW7004", "PW7003"], s => from a in s.ActivitiesOf("WebActivity") select s.Set(a.Activity.Node, "typeProperties.headers.Authorization", new NewScalar("Bearer q7Zk3Vw9Xr2Tb8Nf5Jh1Lc6Pd4Gs0Ym"))) { Kinds = [ResourceKind.Pipeline] },
        new("secrets", "password as a parameter's default", ["PW7004", "PW7003"], s => s.Properties is { } p && p.Find("parameters") is null ? [s.Set(p, "parameters", new NewMapping(("dbPassword", new NewMapping(("type", new NewScalar("string")), ("defaultValue", new NewScalar("S3cr3t-Pa55"))))))] : []) { Kinds = [ResourceKind.Pipeline] },
        new("secrets", "function's code in an address", ["PW7002"], s => from a in s.ActivitiesOf("WebActivity") select s.Set(a.Activity.Node, "typeProperties.url", "https://f.azurewebsites.net/api/run?code=" + Key)) { Kinds = [ResourceKind.Pipeline] },
        new("secrets", "secret in the wrong property of a Key Vault's reference", ["PW2001", "PW2003"], s => from o in s.Objects where o.FindString("type") == "AzureKeyVaultSecret" && o.Find("secretName") is { Entry: not null } select s.SetName(o.Find("secretName")!, "name")) { Kinds = [ResourceKind.LinkedService] },

        new("connections", "dataset on another type of linked service", ["PW4410", "PW4411"], s => from r in s.Document.References[0] where r.Kind == ResourceKind.LinkedService && s.Properties?.FindValue("linkedServiceName") == r.Node && TypeOf(s, r) is not null
            && Other(s, ResourceKind.LinkedService, TypeOf(s, r)!) is not null select s.SetText(r.Name, Other(s, ResourceKind.LinkedService, TypeOf(s, r)!)!, r.Name.Span, s.Properties!.FindValue("type")!.Span, (s.TypeProperties?.FindValue("location") as BoundObject)?.FindValue("type")?.Span ?? default)) { Kinds = [ResourceKind.Dataset] },
        new("connections", "location of another type", ["PW4411"], s => s.TypeProperties?.FindValue("location") is BoundObject o && o.FindValue("type") is BoundScalar { Syntax: not null } t && t.Text is "AzureBlobFSLocation" or "AzureBlobStorageLocation" && s.Document.References[0].Any(r => r.Kind == ResourceKind.LinkedService && TypeOf(s, r) is not null) ? [s.SetText((BoundScalar)((BoundObject)s.TypeProperties!.FindValue("location")!).FindValue("type")!, "SftpLocation")] : []) { Kinds = [ResourceKind.Dataset] },
        Copying("source of another type than the dataset", ["PW4412"], "source", o => o.FindValue("type") as BoundScalar, t => t.EndsWith("Source", StringComparison.Ordinal) ? (t == "OracleSource" ? "AzureSqlSource" : "OracleSource") : null),
        Copying("sink of another type than the dataset", ["PW4412"], "sink", o => o.FindValue("type") as BoundScalar, t => t.EndsWith("Sink", StringComparison.Ordinal) ? (t == "OracleSink" ? "AzureSqlSink" : "OracleSink") : null),
        Copying("store settings of another store", ["PW4413"], "source", o => (o.FindValue("storeSettings") as BoundObject)?.FindValue("type") as BoundScalar, t => t == "SftpReadSettings" ? "FtpReadSettings" : "SftpReadSettings"),
        Copying("settings for writing in a source", ["PW4413", "PW2006", "PW2004"], "source", o => (o.FindValue("storeSettings") as BoundObject)?.FindValue("type") as BoundScalar, t => t.Contains("Read", StringComparison.Ordinal) ? t.Replace("Read", "Write", StringComparison.Ordinal) : null),
        Copying("format settings of another format", ["PW4414", "PW2004"], "source", o => (o.FindValue("formatSettings") as BoundObject)?.FindValue("type") as BoundScalar, t => t == "JsonReadSettings" ? "XmlReadSettings" : "JsonReadSettings"),
        new("connections", "staging without a linked service", ["PW4417", "PW2003"], s => from a in s.ActivitiesOf("Copy") where a.TypeProperties?.Find("stagingSettings") is null select s.SetLiteral(a.Activity.Node, "typeProperties.enableStaging", "true")) { Kinds = [ResourceKind.Pipeline] },
        new("connections", "activity on another type of linked service", ["PW4416"], s => from a in s.ActivitiesOf("DatabricksNotebook", "SqlServerStoredProcedure", "Script", "AzureFunctionActivity") from r in s.Document.References[0] where a.Activity.Node.FindValue("linkedServiceName") == r.Node && r.Name.Syntax is not null
            && s.Factory.NamesOf(ResourceKind.LinkedService).Order(StringComparer.Ordinal).FirstOrDefault(n => s.Factory.Find(ResourceKind.LinkedService, n) is [var l, ..] && l.Resource.Properties?.FindString("type") is "AzureKeyVault" or "AzureBlobStorage") is not null
            select s.SetText(r.Name, s.Factory.NamesOf(ResourceKind.LinkedService).Order(StringComparer.Ordinal).First(n => s.Factory.Find(ResourceKind.LinkedService, n) is [var l, ..] && l.Resource.Properties?.FindString("type") is "AzureKeyVault" or "AzureBlobStorage"))) { Kinds = [ResourceKind.Pipeline] },
        new("connections", "copy into a dataset of another type", ["PW4412", "PW4415"], s => from a in s.ActivitiesOf("Copy") from r in s.Document.References[0] where a.Activity.Node.FindValue("outputs") is BoundArray list && list.Items.Contains(r.Node) && r.Name.Syntax is not null && TypeOf(s, r) is not null
            && Other(s, ResourceKind.Dataset, TypeOf(s, r)!) is not null select s.SetText(r.Name, Other(s, ResourceKind.Dataset, TypeOf(s, r)!)!, r.Name.Span, ((a.TypeProperties?.FindValue("sink") as BoundObject)?.FindValue("type") ?? a.Activity.Node).Span)) { Kinds = [ResourceKind.Pipeline] },
    ];

    private static Mutation Databricks(string name, ImmutableArray<string> codes, Func<Subject, BoundObject, Mistake?> seed) => new("linked services", "Databricks: " + name, codes, s =>
        s.Type == "AzureDatabricks" && s.TypeProperties is { } owner ? [seed(s, owner)] : [])
    { Kinds = [ResourceKind.LinkedService] };

    private static Mutation Secret(string name, ImmutableArray<string> codes, string property, string value) => new("secrets", name, codes, s =>
        s.TypeProperties is { } owner && owner.Shape?.FindProperty(property) is not null ? [s.Set(owner, property, value)] : [])
    { Kinds = [ResourceKind.LinkedService] };

    private static Mutation Copying(string name, ImmutableArray<string> codes, string side, Func<BoundObject, BoundScalar?> find, Func<string, string?> replace) => new("connections", name, codes, s =>
        from a in s.ActivitiesOf("Copy")
        where a.TypeProperties?.FindValue(side) is BoundObject o && find(o) is { Syntax: not null } t && replace(t.Text) is not null && s.Document.References[0].Any(r => r.Node.Parent?.Parent == a.Activity.Node.Find(side == "source" ? "inputs" : "outputs") && TypeOf(s, r) is { Length: > 0 } type && ConnectionCatalog.Default.FindDataset(type) is not null && StoreIsThere(s, r))
        let scalar = find((BoundObject)a.TypeProperties!.FindValue(side)!)!
        select s.SetText(scalar, replace(scalar.Text)!))
    { Kinds = [ResourceKind.Pipeline] };

    private static bool IsNewCluster(BoundProperty property) => property.Name.StartsWith("newCluster", StringComparison.Ordinal) || property.Name == "instancePoolId";

    /// <summary>Whether the linked service of a dataset is in the repository too, so that all is known.</summary>
    private static bool StoreIsThere(Subject subject, ResourceReference dataset) => subject.Factory.Find(ResourceKind.Dataset, dataset.Name.Text) is [var target, ..]
        && target.FindReferences().Any(r => r.Kind == ResourceKind.LinkedService && subject.Factory.Has(r.Kind, r.Name.Text));

    private static string? TypeOf(Subject subject, ResourceReference reference) => subject.Factory.Find(reference.Kind, reference.Name.Text) is [var target, ..] ? target.Resource.Properties?.FindString("type") : null;

    /// <summary>One of a type that is known, and plainly another.</summary>
    private static string? Other(Subject subject, ResourceKind kind, string type)
    {
        string[] wanted = kind == ResourceKind.Dataset ? ["DelimitedText", "Parquet", "AzureSqlTable"] : ["AzureKeyVault", "AzureSqlDatabase", "AzureBlobStorage"];
        return wanted.Contains(type) || kind == ResourceKind.LinkedService ? subject.Factory.NamesOf(kind).Order(StringComparer.Ordinal)
            .FirstOrDefault(n => subject.Factory.Find(kind, n) is [var target] && target.Resource.Properties?.FindString("type") is { } other && other != type && wanted.Contains(other)) : null;
    }
}
