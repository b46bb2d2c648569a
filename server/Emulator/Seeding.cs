using System.Text.Json.Nodes;
using Pipewright.Core.Emit;
using Pipewright.Core.Factory;
using Pipewright.Core.Schema;
using Pipewright.Core.Text;

namespace Pipewright.Emulator;

/// <summary>Fills a factory from files, in either form, without the checks that a deployment goes through.</summary>
internal static class Seeding
{
    public static void Fill(ResourceStore store, ResourceViews views, FactoryKey key, string folder)
    {
        if (!Directory.Exists(folder))
        {
            Console.Error.WriteLine($"'{folder}' is no folder, so there is nothing to seed from.");
            return;
        }

        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            var path = Path.GetRelativePath(folder, file).Replace('\\', '/');
            if (FileClassification.Classify(path) is null or { Kind: ResourceKind.PipelineTest } || ResourceDocument.Create(path, new SourceText(File.ReadAllText(file))) is not { } document)
            {
                continue;
            }

            foreach (var (name, json) in Conversion.ToDeployment(document))
            {
                Put(store, views, key, document, name, (JsonObject)JsonNode.Parse(json)!);
            }
        }
    }

    private static void Put(ResourceStore store, ResourceViews views, FactoryKey key, ResourceDocument document, string name, JsonObject body)
    {
        if (document.Classification.Kind == ResourceKind.Factory)
        {
            body["location"] ??= "local";
            store.PutFactory(key, _ => body);
            return;
        }

        var kind = document.Classification.Kind;
        var collection = ArmCollection.Of(kind).Segment;
        collection = kind == ResourceKind.ManagedPrivateEndpoint ? $"managedVirtualNetworks/{Conversion.FindVirtualNetwork(document.Path)}/{collection}" : collection;
        store.Put(key, collection, name, (_, _) => views.Keep(kind, body["properties"]?.DeepClone() as JsonObject ?? []));
    }
}
