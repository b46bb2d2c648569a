using Pipewright.Core.Factory;

namespace Pipewright.Core.Tests;

/// <summary>A factory in Azure, as an answer of the service would tell it.</summary>
internal static class LiveFactory
{
    public static DateTimeOffset ReadAt { get; } = new(2024, 5, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>The factory <c>adf-dev</c>, of which the kinds that are named have been read.</summary>
    /// <param name="resources">The kind's word, the name, and the properties as JSON, one after the other.</param>
    public static LiveResources Of(params string[] resources) => Of(isFilling: false, resources);

    public static LiveResources Of(bool isFilling, params string[] resources) => resources.Chunk(3)
        .Select(r => new LiveEntry("adf-dev", FileClassification.GitFolders[r[0]], r[1], $$"""{"id":"/x/{{r[1]}}","name":"{{r[1]}}","type":"Microsoft.DataFactory/factories/x","etag":"1","properties":{{r[2]}}}""", "1"))
        .GroupBy(e => e.Kind)
        .Aggregate(new LiveResources("dev", "adf-dev", ReadAt, isFilling), (all, kind) => all.With(kind.Key, kind));

    /// <summary>One resource of each kind that references name.</summary>
    public static LiveResources Usual { get; } = Of(
        "linkedService", "SharedVault", """{"type":"AzureKeyVault","typeProperties":{"baseUrl":"https://v.vault.azure.net/"},"annotations":[]}""",
        "linkedService", "ByServer", """{"type":"AzureSqlDatabase","description":"All servers","parameters":{"server":{"type":"String"},"port":{"type":"Int","defaultValue":1433}},"typeProperties":{"server":"@linkedService().server","database":"d"}}""",
        "pipeline", "audit", """{"parameters":{"day":{"type":"string"},"rows":{"type":"int","defaultValue":0}},"activities":[],"lastPublishTime":"2024-04-30T08:00:00Z"}""",
        "dataset", "Shared", """{"type":"Json","linkedServiceName":{"referenceName":"SharedVault","type":"LinkedServiceReference"},"parameters":{"file":{"type":"string"}},"typeProperties":{"location":{"type":"AzureBlobFSLocation"}}}""",
        "integrationRuntime", "OnPremises", """{"type":"SelfHosted","state":"Online"}""",
        "credential", "Robot", """{"type":"ManagedIdentity","typeProperties":{"resourceId":"/x"}}""",
        "dataflow", "flow", """{"type":"MappingDataFlow","typeProperties":{"sources":[],"sinks":[],"transformations":[],"scriptLines":[]}}""",
        "trigger", "window", """{"type":"TumblingWindowTrigger","runtimeState":"Started","typeProperties":{"frequency":"Hour","interval":1,"startTime":"2024-01-01T00:00:00Z","maxConcurrency":1}}""",
        "factory", "adf-dev", """{"globalParameters":{"stage":{"type":"String","value":"dev"},"limit":{"type":"Int","value":3}},"provisioningState":"Succeeded"}""");

    public static FactorySnapshot WithLive(this FactorySnapshot factory, LiveResources? live = null) => factory.With(live ?? Usual);

    /// <summary>The codes that a document's findings have with the target's factory known.</summary>
    public static IEnumerable<string> Codes(FactorySnapshot factory, string path) =>
        Pipewright.Core.Features.LanguageFeatures.GetDiagnostics(factory, factory.Documents[path], default).Select(d => d.Code);
}
