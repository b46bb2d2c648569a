// Counts the embedded schema against the package itself, read here apart from the generator, so that nothing is lost on the way.
using Azure.Bicep.Types.Az;
using Azure.Bicep.Types.Concrete;
using Xunit;

namespace Pipewright.Core.Tests.Schema;

public sealed class PackageCoverageTests
{
    private static readonly Lazy<Dictionary<string, DiscriminatedObjectType>> PackageUnions = new(ReadUnions);

    [Theory]
    [InlineData("Activity", 40)]
    [InlineData("Dataset", 105)]
    [InlineData("LinkedService", 121)]
    [InlineData("Trigger", 7)]
    [InlineData("DataFlow", 3)]
    [InlineData("IntegrationRuntime", 2)]
    [InlineData("Credential", 2)]
    [InlineData("CopySource", 90)]
    [InlineData("CopySink", 46)]
    public void Every_variant_of_the_package_is_there(string union, int least)
    {
        var expected = PackageUnions.Value[union].Elements.Keys.ToList();
        Assert.True(expected.Count >= least, $"The package has {expected.Count} variants of {union} only.");
        Assert.Empty(expected.Except(SchemaWalk.Unions[union].Variants.Keys, StringComparer.Ordinal));
    }

    [Fact]
    public void Every_union_and_every_property_of_the_package_is_there()
    {
        foreach (var (name, union) in PackageUnions.Value)
        {
            var ours = SchemaWalk.Unions[name];
            foreach (var (value, reference) in union.Elements)
            {
                var variant = ours.FindVariant(value);
                Assert.NotNull(variant);
                var expected = ((ObjectType)reference.Type).Properties.Keys.Union(union.BaseProperties.Keys);
                Assert.Empty(expected.Except(variant.Properties.Select(p => p.Name)).Except(["apiVersion"]));
            }
        }
    }

    private static Dictionary<string, DiscriminatedObjectType> ReadUnions()
    {
        var loader = new AzTypeLoader();
        var found = new Dictionary<string, DiscriminatedObjectType>(StringComparer.Ordinal);
        var visited = new HashSet<TypeBase>(ReferenceEqualityComparer.Instance);
        foreach (var (key, location) in loader.LoadTypeIndex().Resources.Where(r => r.Key.StartsWith("Microsoft.DataFactory/", StringComparison.Ordinal)))
        {
            if (key.EndsWith("@2018-06-01", StringComparison.Ordinal))
            {
                Visit(loader.LoadResourceType(location).Body, visited, found);
            }
        }

        return found;
    }

    private static void Visit(ITypeReference reference, HashSet<TypeBase> visited, Dictionary<string, DiscriminatedObjectType> found)
    {
        if (!visited.Add(reference.Type))
        {
            return;
        }

        IEnumerable<ITypeReference> inner = reference.Type switch
        {
            ObjectType shape => shape.Properties.Values.Select(p => p.Type).Concat(shape.AdditionalProperties is { } more ? [more] : []),
            DiscriminatedObjectType union => union.BaseProperties.Values.Select(p => p.Type).Concat(union.Elements.Values),
            ArrayType array => [array.ItemType],
            UnionType union => union.Elements,
            _ => [],
        };
        if (reference.Type is DiscriminatedObjectType discriminated)
        {
            found[discriminated.Name] = discriminated;
        }

        foreach (var next in inner)
        {
            Visit(next, visited, found);
        }
    }
}
