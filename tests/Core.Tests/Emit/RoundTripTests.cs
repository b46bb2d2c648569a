using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Pipewright.Core.Emit;
using Xunit;

namespace Pipewright.Core.Tests.Emit;

/// <summary>Lowering what was lifted gives the same JSON value, for real factories and for generated trees.</summary>
public sealed class RoundTripTests
{
    private static readonly string[] Folders =
        ["pipeline", "dataset", "linkedService", "trigger", "dataflow", "integrationRuntime", "credential", "factory", "managedVirtualNetwork", "adfcdc"];

    /// <summary>Names and values at which the forms differ, so that generated trees meet every rule and its edges.</summary>
    private static readonly string[] Words =
    [
        "name", "type", "properties", "typeProperties", "TypeProperties", "activities", "activity", "dependsOn", "dependencyConditions", "referenceName",
        "linkedServiceName", "parameters", "variables", "value", "Expression", "LinkedServiceReference", "DatasetReference", "Copy", "Wait", "Web", "ForEach", "AzureSqlTable",
        "schema", "table", "source", "items", "@item()", "@@x", "a @{b} c", "inputs", "waitTimeInSeconds", "Succeeded", "Microsoft.DataFactory/factories/datasets",
        "<<", "~", "null", "true", "yes", "1", "1e3", "0x1F", "-", "- a", "a: b", "# c", "", " ", "line\nline", "tab\t", "é😀\ud800", "'", "\"", "\\", "!json", "&a", "*a", "{", "[", "%", "@", "`", "\u0007",
    ];

    [CorpusFact]
    public void Every_file_of_the_real_factories_comes_back_the_same()
    {
        var count = 0;
        var wrong = new List<string>();
        foreach (var factory in CorpusFiles.Factories)
        {
            foreach (var document in CorpusFiles.Load(factory).Where(d => !d.HasSyntaxErrors))
            {
                count++;
                if (Difference(document.Path, document.Text.Content) is { } difference)
                {
                    wrong.Add($"{Path.GetFileName(factory)}/{document.Path}: {difference}");
                }
            }
        }

        Assert.True(wrong.Count == 0, $"{wrong.Count} of {count}:\n" + string.Join("\n", wrong.Take(10)));
        Assert.True(count > 0);
    }

    [Property(MaxTest = 2000)]
    public Property Every_generated_tree_comes_back_the_same() => Prop.ForAll(
        Gen.Zip(Gen.Elements(Folders), Gen.Sized(size => GenerateObject(Math.Min(size, 60)))).ToArbitrary(),
        pair =>
        {
            var (folder, tree) = pair;
            var difference = Difference($"{folder}/x.json", tree.ToJsonString());
            return (difference is null).Label(difference ?? "");
        });

    private static Gen<JsonNode> GenerateObject(int size) =>
        from count in Gen.Choose(0, Math.Min(size, 5))
        from entries in Gen.Zip(Gen.Elements(Words), GenerateValue(size / Math.Max(count, 2))).ArrayOf(count)
        select (JsonNode)new JsonObject(entries.DistinctBy(e => e.Item1).Select(e => KeyValuePair.Create(e.Item1, (JsonNode?)e.Item2)));

    private static Gen<JsonNode?> GenerateValue(int size)
    {
        var scalar = Gen.OneOf(
            Gen.Elements(Words).Select(w => (JsonNode?)JsonValue.Create(w)),
            Gen.Choose(-5, 500).Select(n => (JsonNode?)JsonValue.Create(n)),
            Gen.Elements<JsonNode?>(null, JsonValue.Create(true), JsonNode.Parse("1.50"), JsonNode.Parse("1E+2")).Select(n => n?.DeepClone()));
        return size <= 1
            ? scalar
            : Gen.Frequency((2, scalar), (3, GenerateObject(size).Select(o => (JsonNode?)o)), (1, GenerateArray(size)), (2, GenerateActivity(size)));
    }

    private static Gen<JsonNode?> GenerateArray(int size) =>
        from count in Gen.Choose(0, 3)
        from items in GenerateValue(size / 2).ArrayOf(count)
        select (JsonNode?)new JsonArray(items);

    /// <summary>Something close to what pipelines really hold, which pure chance would never make.</summary>
    private static Gen<JsonNode?> GenerateActivity(int size) =>
        from noise in GenerateValue(size / 2)
        from more in GenerateObject(size / 2)
        from type in Gen.Elements("Copy", "Wait", "ForEach", "Unknown")
        from template in Gen.Elements(
            """{"activities":[{"name":"A","type":"$T","dependsOn":[{"activity":"B","dependencyConditions":["Succeeded"]}],"typeProperties":$M,"x":$N}]}""",
            """{"activities":[{"name":"A","type":"$T","dependsOn":$N,"linkedServiceName":{"referenceName":"L","type":"LinkedServiceReference"},"typeProperties":{"items":{"value":"@x","type":"Expression"}}}]}""",
            """{"type":"AzureSqlTable","schema":$N,"linkedServiceName":$M,"typeProperties":{"schema":"dbo","table":{"value":"@dataset().t","type":"Expression"}}}""",
            """{"parameters":{"a":{"type":"string"},"b":$N},"variables":{"c":"String","d":$M}}""",
            """{"properties":{"type":"AzureDatabricks","typeProperties":$M,"connectVia":{"referenceName":"I","type":"IntegrationRuntimeReference"}},"name":$N}""")
        select JsonNode.Parse(template
            .Replace("$T", type, StringComparison.Ordinal)
            .Replace("$N", noise?.ToJsonString() ?? "null", StringComparison.Ordinal)
            .Replace("$M", more.ToJsonString(), StringComparison.Ordinal));

    /// <summary>Null where lifting and lowering give the same JSON value back.</summary>
    private static string? Difference(string path, string json)
    {
        var lifted = Assert.Single(Conversion.ToSpec(TestText.Document(path, json)));
        var spec = TestText.Document(lifted.Path, lifted.Text);
        if (spec.Syntax.Diagnostics.Length > 0)
        {
            return $"{spec.Syntax.Diagnostics[0].Message} in:\n{lifted.Text}";
        }

        var lowered = JsonTextWriter.Write(spec.Resources[0].Content!, null);
        var expected = JsonTextWriter.Write(TestText.Document(path, json).Resources[0].Content!, null);
        return JsonNode.DeepEquals(JsonNode.Parse(expected), JsonNode.Parse(lowered)) ? null : $"\n{expected}\n{lowered}\n{lifted.Text}";
    }
}
