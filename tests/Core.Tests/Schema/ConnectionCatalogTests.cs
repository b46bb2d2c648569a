using System.Collections.Immutable;
using Pipewright.Core.Schema;
using Xunit;

namespace Pipewright.Core.Tests.Schema;

/// <summary>The table of what fits what names only types that there are, and leaves none out that it could know.</summary>
public sealed class ConnectionCatalogTests
{
    [Fact]
    public void Every_type_of_the_table_is_one_of_the_schema()
    {
        var known = Variants(SchemaCatalog.Default[ResourceKind.Dataset]).Concat(Variants(SchemaCatalog.Default[ResourceKind.LinkedService])).Concat(Variants(SchemaCatalog.Default[ResourceKind.Pipeline]));
        Assert.Empty(ConnectionCatalog.Default.Types.Except(known));
    }

    [Fact]
    public void Every_dataset_type_is_in_the_table_but_those_that_fit_anything()
    {
        var datasets = ((DiscriminatedType)SchemaCatalog.Default[ResourceKind.Dataset].FindProperty("properties")!.Type).Variants.Keys;
        Assert.Equal(["CustomDataset", "RelationalTable"], datasets.Where(d => ConnectionCatalog.Default.FindDataset(d) is null).Order());
    }

    /// <summary>All values of discriminators in the types that can be reached from one.</summary>
    private static HashSet<string> Variants(SchemaType start)
    {
        var found = new HashSet<string>();
        var seen = new HashSet<SchemaType>();
        var pending = new Stack<SchemaType>([start]);
        while (pending.TryPop(out var type))
        {
            if (!seen.Add(type))
            {
                continue;
            }

            ImmutableArray<SchemaType> next = type switch
            {
                ObjectType shape => [.. shape.Properties.Select(p => p.Type), .. shape.AdditionalProperties is { } values ? [values.Value] : ImmutableArray<SchemaType>.Empty],
                ArrayType list => [list.Item],
                DiscriminatedType union => [union.Base, .. union.Variants.Values.Select(v => v.Value)],
                _ => [],
            };
            found.UnionWith(type is DiscriminatedType { Variants: var variants } ? variants.Keys : []);
            foreach (var child in next)
            {
                pending.Push(child);
            }
        }

        return found;
    }
}
