using Pipewright.Core.Schema;
using Xunit;

namespace Pipewright.Core.Tests.Schema;

public sealed class SchemaCatalogTests
{
    [Fact]
    public void Every_resource_kind_has_a_name_and_properties()
    {
        foreach (var kind in Enum.GetValues<ResourceKind>())
        {
            Assert.True(SchemaCatalog.Default[kind].FindProperty("name")!.IsRequired, kind.ToString());
            Assert.NotNull(SchemaCatalog.Default[kind].FindProperty("properties"));
        }
    }

    [Fact]
    public void Only_the_types_asked_for_are_decoded()
    {
        var catalog = SchemaCatalog.Load();
        Assert.Equal(0, catalog.Reader.DecodedTypes);

        Assert.NotNull(catalog[ResourceKind.Pipeline].FindProperty("properties"));
        Assert.Equal(1, catalog.Reader.DecodedTypes);
        Assert.True(catalog.Reader.TypeCount > 900);
    }

    [Theory]
    [InlineData("Activity", "copy", "Copy")]
    [InlineData("Activity", "DATABRICKSNOTEBOOK", "DatabricksNotebook")]
    [InlineData("Dataset", "delimitedtext", "DelimitedText")]
    public void Variants_and_properties_are_found_in_any_case(string union, string written, string canonical)
    {
        var variant = SchemaWalk.Unions[union].FindVariant(written);
        Assert.Equal(canonical, variant?.Discriminator);
        Assert.Equal("typeProperties", variant!.FindProperty("TYPEPROPERTIES")?.Name);
    }

    [Theory]
    [InlineData("Activity", "Copy", "typeProperties.source", true)]
    [InlineData("Activity", "Copy", "typeProperties.enableStaging", false)]
    [InlineData("Activity", "DatabricksNotebook", "typeProperties.notebookPath", true)]
    [InlineData("Activity", "Wait", "name", true)]
    [InlineData("Dataset", "Parquet", "linkedServiceName", true)]
    public void Required_properties_are_known(string union, string variant, string path, bool isRequired) =>
        Assert.Equal(isRequired, SchemaWalk.Property(union, variant, path).IsRequired);

    [Theory]
    [InlineData("Activity", "DatabricksNotebook", "typeProperties.notebookPath", ValueKind.String)]
    [InlineData("Activity", "Copy", "typeProperties.enableStaging", ValueKind.Boolean)]
    [InlineData("Activity", "ForEach", "typeProperties.items", ValueKind.Array)]
    [InlineData("Activity", "IfCondition", "typeProperties.expression", ValueKind.Boolean)]
    [InlineData("Activity", "Wait", "typeProperties.waitTimeInSeconds", ValueKind.Integer)]
    [InlineData("Activity", "ForEach", "typeProperties.batchCount", null)]
    [InlineData("Activity", "ForEach", "name", null)]
    public void Expression_slots_are_known(string union, string variant, string path, ValueKind? expected) =>
        Assert.Equal(expected, SchemaWalk.Property(union, variant, path).Expression);

    [Theory]
    [InlineData("Activity", "Lookup", "typeProperties.dataset", "DatasetReference", ResourceKind.Dataset)]
    [InlineData("Activity", "ExecutePipeline", "typeProperties.pipeline", "PipelineReference", ResourceKind.Pipeline)]
    [InlineData("Activity", "ExecuteDataFlow", "typeProperties.dataFlow", "DataFlowReference", ResourceKind.DataFlow)]
    [InlineData("LinkedService", "AzureDatabricks", "connectVia", "IntegrationRuntimeReference", ResourceKind.IntegrationRuntime)]
    [InlineData("LinkedService", "AzureDatabricks", "typeProperties.credential", "CredentialReference", ResourceKind.Credential)]
    [InlineData("IntegrationRuntime", "Managed", "managedVirtualNetwork", "ManagedVirtualNetworkReference", ResourceKind.ManagedVirtualNetwork)]
    [InlineData("Activity", "SynapseNotebook", "typeProperties.notebook", "NotebookReference", null)]
    public void References_know_their_target(string union, string variant, string path, string typeName, ResourceKind? target) =>
        Assert.Equal(new ReferenceSchema(typeName, target), ((ObjectType)SchemaWalk.Property(union, variant, path).Type).Reference);

    [Fact]
    public void A_secret_may_be_an_object_with_a_reference_to_its_vault()
    {
        var token = (ScalarType)SchemaWalk.Property("LinkedService", "AzureDatabricks", "typeProperties.accessToken").Type;
        var vaultSecret = Assert.IsType<DiscriminatedType>(token.SecretObject).FindVariant("AzureKeyVaultSecret");
        Assert.Equal(ResourceKind.LinkedService, ((ObjectType)vaultSecret!.FindProperty("store")!.Type).Reference?.Target);
    }

    [Fact]
    public void Descriptions_come_from_the_package() =>
        Assert.Contains("notebook", SchemaWalk.Property("Activity", "DatabricksNotebook", "typeProperties.notebookPath").Description, StringComparison.OrdinalIgnoreCase);

    [Fact]
    public void An_unknown_activity_still_has_what_all_activities_have()
    {
        var unknown = SchemaWalk.Unions["Activity"].Base;
        Assert.Equal("ActivityDependency", ((ArrayType)unknown.FindProperty("dependsOn")!.Type).Item.Name);
        Assert.NotNull(((ObjectType)unknown.FindProperty("linkedServiceName")!.Type).Reference);
        Assert.NotNull(((ObjectType)unknown.FindProperty("typeProperties")!.Type).AdditionalProperties);
    }

    [Fact]
    public void Wrappers_and_their_clashes_are_known()
    {
        var table = SchemaWalk.Unions["Dataset"].FindVariant("AzureSqlTable")!;
        Assert.Equal("typeProperties", table.Wrapper?.Name);
        Assert.Equal("schema", Assert.Single(table.WrapperClashes));
        Assert.Equal("properties", SchemaCatalog.Default[ResourceKind.Dataset].Wrapper?.Name);
    }

    [Fact]
    public void No_type_has_two_properties_of_one_name_but_for_case()
    {
        foreach (var shape in SchemaWalk.All.OfType<ObjectType>())
        {
            Assert.Equal(shape.Properties.Length, shape.Properties.Select(p => p.Name.ToUpperInvariant()).Distinct().Count());
        }
    }
}
