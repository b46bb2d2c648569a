using System.Collections.Immutable;
using Pipewright.Generator;
using Xunit;

namespace Pipewright.Core.Tests.Schema;

public sealed class GeneratorTests
{
    private static readonly Lazy<SchemaModel> Package = new(PackageReader.Read);

    [Fact]
    public void The_generated_files_are_what_the_package_gives() => Assert.Empty(SchemaFiles.FindDifferences(FindSchemas()));

    [Fact]
    public void The_published_schemas_are_up_to_date() => Assert.Empty(SchemaFiles.FindUnpublished(FindSchemas()));

    [Fact]
    public void Generated_text_is_read_back_as_it_was()
    {
        var files = GeneratedFiles.Write(Package.Value);
        Assert.Equal(files, GeneratedFiles.Write(GeneratedFiles.Read(files.Values)));
    }

    [Fact]
    public void Encoding_gives_the_same_bytes_each_time()
    {
        var model = SchemaFiles.Merge(FindSchemas());
        Assert.Equal(SchemaEncoder.Encode(model), SchemaEncoder.Encode(model));
    }

    [Theory]
    [InlineData("The path. Type: string (or Expression with resultType string).", "string", "string")]
    [InlineData("Type: Boolean (or Expression with resultType boolean).", "boolean", "boolean")]
    [InlineData("Type: integer(or Expression with resultType integer).", "integer", "integer")]
    [InlineData("Type: int (or Expression with resultType int).", "integer", "integer")]
    [InlineData("Type: double (or Expression with resultType double).", "number", "number")]
    [InlineData("Type: array of strings (or Expression with resultType array of strings).", "list of string", "array")]
    [InlineData("Type: array of objects(AdditionalColumns) (or Expression with resultType array of objects).", "list of any", "array")]
    [InlineData("Type: key value pairs (value should be string type) (or Expression with resultType object).", "map of any", "object")]
    [InlineData("Type: SqlWriteBehaviorEnum (or Expression with resultType SqlWriteBehaviorEnum)", "string", "string")]
    [InlineData("Type: string, SecureString or AzureKeyVaultSecretReference.", "secret", null)]
    [InlineData("Type: string (or Expression with resultType double).", "string", "any")]
    [InlineData("Could be a static value or Expression.", null, "any")]
    [InlineData("Expression used for 'Aggregate' and 'Derived' type mapping.", null, null)]
    [InlineData("Type: string.", "string", null)]
    [InlineData("The name.", null, null)]
    [InlineData(null, null, null)]
    public void Types_are_read_from_descriptions(string? description, string? type, string? expression)
    {
        var text = DescriptionText.Parse(description);
        Assert.Equal((type, expression), (text.Type?.Text, text.Expression));
    }

    [Fact]
    public void Limits_are_read_from_descriptions()
    {
        var text = DescriptionText.Parse(@"Type: string (or Expression with resultType string), pattern: ((\d+)\.)?(\d\d):(60|([0-5][0-9])):(60|([0-5][0-9])).");
        Assert.Equal(@"^(?:((\d+)\.)?(\d\d):(60|([0-5][0-9])):(60|([0-5][0-9])))$", text.Pattern);
        Assert.Equal(1, DescriptionText.Parse("Type: integer (or Expression with resultType integer), minimum: 1.").Minimum);
    }

    [Theory]
    [InlineData("types: { Nothing: { deprecated: true } }", "there is no type 'Nothing'")]
    [InlineData("types: { Pipeline: { new: true } }", "'Pipeline' is in the package")]
    [InlineData("types: { Pipeline: { colour: red } }", "'colour' is not known of 'Pipeline'")]
    [InlineData("types: { Pipeline: { properties: { activitys: { required: true } } } }", "there is no property 'activitys'")]
    [InlineData("types: { Pipeline: { properties: { activities: { required: false } } } }", "'activities' is changed in nothing")]
    [InlineData("types: { Pipeline: { properties: { activities: { must: true } } } }", "'must' is not known of a property")]
    [InlineData("types: { Pipeline: { properties: { activities: { type: Nothing } } } }", "names the type 'Nothing'")]
    [InlineData("types: { Pipeline: { order: [activitys] } }", "names 'activitys'")]
    [InlineData("rules: [{ why: x, types: Nothing*, set: { required: true } }]", "the rule changes nothing")]
    [InlineData("rules: [{ types: Pipeline, set: { required: true } }]", "a rule says why")]
    [InlineData("rules: [{ why: x, typs: Pipeline, set: { required: true } }]", "'typs' is not known of a rule")]
    [InlineData("things: {}", "'things' is no section")]
    public void A_slip_in_a_curated_file_is_an_error_that_names_it(string text, string message)
    {
        var files = ImmutableSortedDictionary<string, string>.Empty.Add("slip.yaml", text);
        var error = Assert.Throws<FormatException>(() => Curation.Apply(Package.Value, files));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("variants: { Nothing: [Copy] }", "there is no type 'Nothing'")]
    [InlineData("variants: { Activity: [Copyy] }", "'Copyy' is not in the schema there")]
    [InlineData("variants: { Activity: [Copy, Copy] }", "is there already")]
    [InlineData("variants: { Pipeline: [Copy] }", "nothing that has variants")]
    [InlineData("properties: { Pipeline: [activitys] }", "'activitys' is not in the schema there")]
    [InlineData("things: { Pipeline: [activities] }", "'things' is not known here")]
    public void A_slip_in_what_is_usual_is_an_error_that_names_it(string text, string message) =>
        Assert.Contains(message, Assert.Throws<FormatException>(() => UsualTable.Write(text, Package.Value)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("a: { title: x }", "'a' has no 'kind'")]
    [InlineData("a: { title: x, kind: pipeline, description: x, stops: {}, body: {}, more: x }", "'more' is not known here")]
    [InlineData("a: { title: x, kind: pipeline, description: x, stops: { b: { is: activity } }, body: {} }", "'b' needs a 'default'")]
    public void A_slip_in_a_snippet_is_an_error_that_names_it(string text, string message)
    {
        var error = Assert.Throws<FormatException>(() => SnippetTable.Write([new("file.yaml", text)]));
        Assert.StartsWith("snippets/file.yaml: ", error.Message, StringComparison.Ordinal);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_in_a_type_and_its_wrapper_must_be_listed() =>
        Assert.Contains("AzureSqlTableDataset: [schema]", Assert.Throws<FormatException>(() => Completion.Complete(Package.Value)).Message, StringComparison.Ordinal);

    private static string FindSchemas()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Join(folder.FullName, "LanguageServer.sln")))
        {
            folder = folder.Parent ?? throw new DirectoryNotFoundException("The tests do not run inside the repository.");
        }

        return Path.Join(folder.FullName, "schemas");
    }
}
