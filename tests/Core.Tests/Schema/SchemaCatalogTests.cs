using Pipewright.Core.Schema;
using Xunit;

namespace Pipewright.Core.Tests.Schema;

public sealed class SchemaCatalogTests
{
    [Fact]
    public void Every_resource_kind_has_a_name_and_properties()
    {
        foreach (var kind in ResourceKinds.OfService)
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

    [Theory]
    [InlineData("Activity", "ForEach", "typeProperties.batchCount", "20")]
    [InlineData("Activity", "Copy", "policy.timeout", "\"0.12:00:00\"")]
    [InlineData("Activity", "Lookup", "typeProperties.firstRowOnly", "true")]
    [InlineData("Activity", "Copy", "typeProperties.source", null)]
    public void Defaults_are_JSON(string union, string variant, string path, string? expected) =>
        Assert.Equal(expected, SchemaWalk.Property(union, variant, path).Default);

    [Theory]
    [InlineData("Activity", "WebActivity", "typeProperties.method", "PATCH", true)]
    [InlineData("Trigger", "ScheduleTrigger", "typeProperties.recurrence.frequency", "Week", false)]
    [InlineData("Activity", "Copy", "state", "Inactive", true)]
    public void Allowed_values_are_known(string union, string variant, string path, string value, bool isExtensible)
    {
        var type = (ScalarType)SchemaWalk.Property(union, variant, path).Type;
        Assert.Contains(value, type.AllowedValues);
        Assert.Equal(isExtensible, type.IsExtensible);
    }

    [Theory]
    [InlineData("LinkedService", "AzureBlobFS", "typeProperties.url", true)]
    [InlineData("LinkedService", "AzureSqlDatabase", "typeProperties.connectionString", true)]
    [InlineData("Activity", "DatabricksNotebook", "typeProperties.baseParameters", false)]
    [InlineData("Activity", "Copy", "typeProperties.enableStaging", false)]
    public void It_is_known_where_an_expression_stays_a_lone_string(string union, string variant, string path, bool isPlain) =>
        Assert.Equal(isPlain, SchemaWalk.Property(union, variant, path).WritesPlainExpression);

    [Fact]
    public void Limits_and_lengths_are_known()
    {
        var batch = (ScalarType)SchemaWalk.Property("Activity", "ForEach", "typeProperties.batchCount").Type;
        Assert.Equal((1, 50), (batch.Minimum, batch.Maximum));
        Assert.Equal(5, ((ArrayType)SchemaWalk.Property("Activity", "Copy", "userProperties").Type).MaximumLength);
        var days = (ScalarType)((ArrayType)SchemaWalk.Property("Trigger", "ScheduleTrigger", "typeProperties.recurrence.schedule.monthDays").Type).Item;
        Assert.Equal(-31, days.Minimum);
    }

    [Fact]
    public void Properties_come_in_the_order_in_which_Studio_writes_them() => Assert.Equal(
        ["name", "description", "type", "state", "onInactiveMarkAs", "dependsOn", "policy", "userProperties", "typeProperties", "linkedServiceName"],
        SchemaWalk.Unions["Activity"].FindVariant("DatabricksNotebook")!.Properties.Select(p => p.Name));

    [Theory]
    [InlineData("DataFlow", "UDFLibrary")]
    [InlineData("IntegrationRuntime", "Airflow")]
    public void Types_that_only_Studio_makes_are_known(string union, string variant) => Assert.NotNull(SchemaWalk.Unions[union].FindVariant(variant));

    [Fact]
    public void Legacy_types_are_marked() => Assert.True(SchemaWalk.Unions["LinkedService"].FindVariant("AzureDataLakeStore")!.IsDeprecated);

    [Fact]
    public void Every_activity_says_what_it_is_for() =>
        Assert.DoesNotContain(SchemaWalk.Unions["Activity"].Variants.Values, v => string.IsNullOrEmpty(v.Value.Description));

    [Fact]
    public void Every_property_can_be_decoded_with_its_description()
    {
        foreach (var property in SchemaWalk.All.OfType<ObjectType>().SelectMany(t => t.Properties))
        {
            Assert.NotNull(property.Type);
            Assert.NotEqual("", property.Description);
        }
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
