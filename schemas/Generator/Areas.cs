// Which of the generated files a type is written to: that of the one family that needs it, or the common one.
using System.Collections.Immutable;

namespace Pipewright.Generator;

internal static class Areas
{
    private const string Common = "common";

    /// <summary>The unions that have a file of their own, and the file's name.</summary>
    private static readonly ImmutableArray<(string Union, string Area)> Families =
    [
        ("Activity", "activity"), ("CopySource", "copySource"), ("CopySink", "copySink"), ("Dataset", "dataset"), ("LinkedService", "linkedService"),
        ("Trigger", "trigger"), ("DataFlow", "dataFlow"), ("IntegrationRuntime", "integrationRuntime"),
    ];

    /// <summary>The area of each type. Types that several areas need are common.</summary>
    public static ImmutableSortedDictionary<string, string> Assign(SchemaModel model)
    {
        var areas = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (union, area) in Families)
        {
            Visit(model, union, area, areas);
        }

        foreach (var root in model.Resources.Values)
        {
            Visit(model, root, "resource", areas);
        }

        return model.Types.Keys.ToImmutableSortedDictionary(n => n, n => areas[n], StringComparer.Ordinal);
    }

    private static void Visit(SchemaModel model, string name, string area, Dictionary<string, string> areas)
    {
        var before = areas.GetValueOrDefault(name);
        if (before == area || before == Common || Families.Any(f => f.Union == name && f.Area != area))
        {
            return;
        }

        var now = before is null ? area : Common;
        areas[name] = now;
        foreach (var inner in References(model.Types[name]))
        {
            Visit(model, inner, now, areas);
        }
    }

    /// <summary>The names of the types that a type mentions.</summary>
    public static IEnumerable<string> References(TypeModel type)
    {
        var texts = type.Properties.Values.Select(p => p.Value.Type).Concat(type is ObjectModel { Additional: { } additional } ? [additional] : []);
        // A secret is a string or an object, which the text does not name.
        var named = texts.Select(t => t.Text == "secret" ? "SecretBase" : t.NamedType).OfType<string>();
        return type is UnionModel union ? named.Concat(union.Variants.Values) : named;
    }
}
