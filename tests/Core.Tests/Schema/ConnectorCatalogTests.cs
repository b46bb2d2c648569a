using Pipewright.Core.Schema;
using Xunit;

namespace Pipewright.Core.Tests.Schema;

/// <summary>The table of connectors names only types and properties that there are.</summary>
public sealed class ConnectorCatalogTests
{
    [Fact]
    public void Every_type_of_the_table_is_one_of_the_schema() => Assert.Equal(
        [],
        ConnectorCatalog.Default.Types.Except(ConnectionCatalog.Default.Types).Where(t => Find(t) is null && t is not "AzureMLService").Order());

    [Fact]
    public void Every_property_of_the_table_is_one_of_its_type() => Assert.Empty(
        from entry in ConnectorCatalog.Default.SignInProperties.Concat(ConnectorCatalog.Default.VersionMarks)
        from property in entry.Properties
        where Find(entry.Type)?.FindProperty(property) is null
        select $"{entry.Type}.{property}");

    [Fact]
    public void What_ends_or_is_replaced_is_deprecated() => Assert.Empty(
        ((DiscriminatedType)SchemaCatalog.Default[ResourceKind.LinkedService].FindProperty("properties")!.Type).Variants.Values
            .Where(v => !v.Value.IsDeprecated && (ConnectorCatalog.Default.FindEnd(v.Value.Discriminator!) is not null || !ConnectorCatalog.Default.FindReplacements(v.Value.Discriminator!).IsEmpty))
            .Select(v => v.Value.Discriminator));

    [Fact]
    public void What_nobody_knows_is_not_there()
    {
        Assert.Null(ConnectorCatalog.Default.FindSignIn("NoSuchStore"));
        Assert.Null(ConnectorCatalog.Default.FindEnd("NoSuchStore"));
        Assert.Null(ConnectorCatalog.Default.FindVersion("NoSuchStore"));
        Assert.Empty(ConnectorCatalog.Default.FindReplacements("NoSuchStore"));
    }

    /// <summary>The settings of a type of linked service.</summary>
    private static ObjectType? Find(string type) =>
        (SchemaCatalog.Default[ResourceKind.LinkedService].FindProperty("properties")?.Type as DiscriminatedType)?.FindVariant(type)?.FindProperty("typeProperties")?.Type as ObjectType;
}
